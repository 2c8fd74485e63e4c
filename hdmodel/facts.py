"""What is given before any quarter is reckoned?  Numbers by id, the target, what Q3 has brought,
and which levers that leaves at work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.edition import Edition, Indicator, Lever
from hdmodel.form import Numbers, Role
from hdmodel.formulas import Number


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


def made_among(values: Mapping[str, Fraction | None], names: Iterable[str]) -> dict[str, Fraction]:
    """Those of some entries that somebody has made."""
    return {name: value for name in names if (value := values.get(name)) is not None}


def target_of(indicator: Indicator, numbers: Numbers) -> Number | None:
    """The annual target in the indicator's unit, `None` while none is known."""
    return indicator.form.target(indicator, numbers)


def actual_q3(edition: Edition, indicator: str, numbers: Numbers) -> Number | None:
    """What Q3 alone (当季) did bring: a growth rate in %, a flow's amount in its unit, projects started;
    `None` while it is open.

    A cumulative number (累计) is turned into the quarter's by what the first half brought.
    """
    one = edition.indicators[indicator]
    return one.form.actual_q3(one, numbers)


def in_both_quarters(
    edition: Edition, indicator: Indicator, role: Role, numbers: Numbers
) -> tuple[Number, Number]:
    """The levers of a role, Q3 and Q4; where what the third brought is said in a lever's terms,
    that stands in its place.
    """
    q3, q4 = edition.lever_ids(indicator.id, role.name)
    owner = edition.levers[q3].indicator
    is_said = edition.indicators[owner].form.takes_the_place_of == role.name
    known = actual_q3(edition, owner, numbers) if is_said else None
    return numbers[q3] if known is None else known, numbers[q4]


def settled_levers(edition: Edition, numbers: Numbers) -> frozenset[str]:
    """The levers that stand for nothing any more: Q3 is known, or a ledger says what the quarter brings."""
    return frozenset().union(
        *(one.form.settled(edition, one, numbers) for one in edition.indicators.values())
    )


def levers_at_work(edition: Edition, indicator: str, numbers: Numbers) -> tuple[str, ...]:
    """The indicator's own levers that still move its year; starts move no quarter whose amount is settled."""
    one, settled = edition.indicators[indicator], settled_levers(edition, numbers)
    idle = settled | one.form.idle(edition, one, settled)
    return tuple(id for id in edition.own_levers(indicator) if id not in idle)


def lever_set(edition: Edition, numbers: Numbers, values: Mapping[str, Number]) -> dict[str, Number | None]:
    """The numbers with levers at other values;
    one in whose place stands what a ledger plans takes its quarter back.
    """
    freed = {
        f"{lever.indicator}.planned_{lever.quarter}": None
        for lever in map(edition.levers.__getitem__, values)
        if (one := edition.indicators.get(lever.indicator)) and one.form.planned_in_place_of == lever.role
    }
    return {**numbers, **freed, **values}


def starts_settled(edition: Edition, lever: Lever, numbers: Numbers) -> Number:
    """The projects that are known to have started in Q3:
    they take up room under the joint limit of a lever's indicator.
    """
    known = (
        actual_q3(edition, lever.indicator, numbers)
        if edition.indicators[lever.indicator].form.counts_starts
        else None
    )
    return Fraction(0) if known is None else known
