"""What is given before any quarter is reckoned?  Numbers by id, last year's bases, the target, H1,
and what Q3 has brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.edition import Edition, Indicator, Lever
from hdmodel.formulas import Number

Numbers = Mapping[str, Number | None]
# what of an indicator's figures and entries goes into its year
RECKONED_WITH = (
    *(
        "h1",
        "target",
        "base_h1",
        "h1_share",
        "q3_share_of_h2",
        "n_h1",
        "target_index",
        "h1_completion",
        "started",
        "listed",
    ),
    *("actual_q3", "actual_ytd_q3", "actual_completion_q3", "actual_completion_ytd_q3"),
)
SETTLED_BY_Q3 = {"weighted_growth": "growth", "project_flow": "intensity", "start_rate": "starts"}


@dataclass(frozen=True)
class Bases:
    """Last year's values (上年基数) that weigh a growth rate, all in one unit."""

    h1: Number
    q3: Number
    q4: Number

    @property
    def year(self) -> Number:
        return f.year_amount(self.h1, self.q3, self.q4)


def merged(
    edition: Edition,
    values: Iterable[tuple[str, Fraction | None]],
    figures: Mapping[str, Fraction | None] | None = None,
) -> dict[str, Number | None]:
    """Every figure, lever and entry by id; an entry that has a value stands before the figure of the same id.

    What Q3 brought is said in one way only: one that is entered stands before any that the edition prints.
    `figures` are the values to take instead of the edition's own.
    """
    given = {id: figure.value for id, figure in edition.figures.items()} if figures is None else figures
    pairs = list(values)
    entered = {id: value for id, value in pairs if value is not None or id not in given}
    return {**given, **entered, **dict.fromkeys(said_otherwise(edition, pairs))}


def said_otherwise(edition: Edition, values: Iterable[tuple[str, Fraction | None]]) -> set[str]:
    """The ways of saying what Q3 brought that do not count, since another one is entered."""
    entered = {id for id, value in values if value is not None}
    ways = (edition.actuals_of(id) for id in edition.indicators)
    return {id for way in ways if entered.intersection(way) for id in way if id not in entered}


def bases_of(indicator: str, numbers: Numbers) -> Bases:
    """Last year's values of a growth indicator, in the unit of its `base_h1`."""
    h1, h1_share, q3_share = (
        numbers[f"{indicator}.{name}"] for name in ("base_h1", "h1_share", "q3_share_of_h2")
    )
    h2 = f.base_h2(h1, h1_share)
    return Bases(h1, f.base_q3(h2, q3_share), f.base_q4(h2, q3_share))


def in_amounts(indicator: str, numbers: Numbers) -> bool:
    """Whether a project-driven flow has both its amounts,
    so that it is reckoned in them and not in % of target.
    """
    return numbers.get(f"{indicator}.h1") is not None and (
        f"{indicator}.target_index" not in numbers or numbers.get(f"{indicator}.target") is not None
    )


def target_of(indicator: Indicator, numbers: Numbers) -> Number | None:
    """The annual target in the indicator's unit, `None` while none is known."""
    if f"{indicator.id}.target_index" in numbers and not in_amounts(indicator.id, numbers):
        return numbers[f"{indicator.id}.target_index"]
    return numbers.get(f"{indicator.id}.target")


def flow_h1(indicator: Indicator, numbers: Numbers) -> Number:
    """What the first half achieved, in the unit of the target: an amount,
    or a share of the target while that is blank.
    """
    if in_amounts(indicator.id, numbers):
        return numbers[f"{indicator.id}.h1"]
    return f.amount_at_completion(target_of(indicator, numbers), numbers[f"{indicator.id}.h1_completion"])


def actual_q3(edition: Edition, indicator: str, numbers: Numbers) -> Number | None:
    """What Q3 alone (当季) did bring: a growth rate in %, a flow's amount in its unit, projects started;
    `None` while it is open.

    A cumulative number (累计) is turned into the quarter's by what the first half brought.
    """
    one = edition.indicators[indicator]
    said = {name: numbers.get(f"{indicator}.{name}") for name in _WAYS}
    if one.form == "weighted_growth":
        return _growth_alone(indicator, numbers, said)
    if one.form == "project_flow":
        return _flow_alone(one, numbers, said)
    cumulative = said["actual_ytd_q3"]
    if one.form != "start_rate" or cumulative is None:
        return said["actual_q3"]
    return f.amount_since_h1(cumulative, numbers[f"{indicator}.started"])


_WAYS = RECKONED_WITH[-4:]


def _growth_alone(indicator: str, numbers: Numbers, said: Numbers) -> Number | None:
    cumulative = said["actual_ytd_q3"]
    if cumulative is None:
        return said["actual_q3"]
    bases = bases_of(indicator, numbers)
    return f.growth_since_h1(bases.h1, numbers[f"{indicator}.h1"], bases.q3, cumulative)


def _flow_alone(indicator: Indicator, numbers: Numbers, said: Numbers) -> Number | None:
    """In 亿元 only once the flow is reckoned in it; a share of the target at any time."""
    alone, cumulative = (said[name] if in_amounts(indicator.id, numbers) else None for name in _WAYS[:2])
    target = target_of(indicator, numbers)
    shares = [
        None if target is None or said[name] is None else f.amount_at_completion(target, said[name])
        for name in _WAYS[2:]
    ]
    alone, cumulative = (
        share if amount is None else amount for amount, share in zip((alone, cumulative), shares, strict=True)
    )
    if cumulative is None:
        return alone
    return f.amount_since_h1(cumulative, flow_h1(indicator, numbers))


def planned(indicator: str, quarter: str, numbers: Numbers) -> Number | None:
    """What a project ledger plans for a quarter (台账计划), in 亿元; `None` where no ledger drives it."""
    return numbers.get(f"{indicator}.planned_{quarter}") if in_amounts(indicator, numbers) else None


def settled_levers(edition: Edition, numbers: Numbers) -> frozenset[str]:
    """The levers that stand for nothing any more: Q3 is known, or a ledger says what the quarter brings."""
    return frozenset().union(*(_settled(edition, id, numbers) for id in edition.indicators))


def _settled(edition: Edition, id: str, numbers: Numbers) -> set[str]:
    form = edition.indicators[id].form
    if form not in SETTLED_BY_Q3:
        return set()
    q3, q4 = edition.lever_ids(id, SETTLED_BY_Q3[form])
    found = {q3} if actual_q3(edition, id, numbers) is not None else set()
    if form == "project_flow":
        found |= {
            lever for lever, quarter in ((q3, "q3"), (q4, "q4")) if planned(id, quarter, numbers) is not None
        }
    return found


def levers_at_work(edition: Edition, indicator: str, numbers: Numbers) -> tuple[str, ...]:
    """The indicator's own levers that still move its year; starts move no quarter whose amount is settled."""
    settled, own = settled_levers(edition, numbers), edition.own_levers(indicator)
    idle = set(settled)
    if edition.indicators[indicator].form == "project_flow":
        (intensity_q3, intensity_q4), (starts_q3, starts_q4) = (
            edition.lever_ids(indicator, role) for role in ("intensity", "starts")
        )
        idle |= {starts_q4} if intensity_q4 in settled else set()
        idle |= {starts_q3} if {intensity_q3, intensity_q4} <= settled else set()
    return tuple(id for id in own if id not in idle)


def lever_set(edition: Edition, numbers: Numbers, values: Mapping[str, Number]) -> dict[str, Number | None]:
    """The numbers with levers at other values;
    an intensity that is set takes its quarter back from the ledger.
    """
    freed = {
        f"{lever.indicator}.planned_{lever.quarter}": None
        for lever in map(edition.levers.__getitem__, values)
        if lever.role == "intensity"
    }
    return {**numbers, **freed, **values}


def starts_settled(edition: Edition, lever: Lever, numbers: Numbers) -> Number:
    """The projects that are known to have started in Q3:
    they take up room under the joint limit of a lever's indicator.
    """
    known = (
        actual_q3(edition, lever.indicator, numbers)
        if edition.indicators[lever.indicator].form == "start_rate"
        else None
    )
    return Fraction(0) if known is None else known
