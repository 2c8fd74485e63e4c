"""How sure is a required value?  Printed figures are rounded and a stand-in weight has a range:
both give a band.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from hdmodel.data_formula import evaluate
from hdmodel.edition import Edition, Figure
from hdmodel.facts import facts_of, merged
from hdmodel.form import READINGS, Numbers
from hdmodel.formulas import Number
from hdmodel.intervals import Interval, as_printed
from hdmodel.paths import facts_in, numbers_of
from hdmodel.required import required_of
from hdmodel.scenario import Scenario

_MOST_ROUNDED = 6  # figures: their corners double with each, and somebody's own edition may have hundreds
Corner = Mapping[str, Fraction]  # the numbers that are varied, each at one end of its range


@dataclass(frozen=True)
class Band:
    """The lowest and the highest value that an answer may have, and the corner at which it has each.

    `quantity` names the answer among `hdmodel.explain.worked_lines.QUANTITIES`.
    """

    quantity: str
    low: Fraction
    high: Fraction
    at_low: Corner
    at_high: Corner


def weight_band(edition: Edition, scenario: Scenario, indicator: str) -> Band | None:
    """The growth that is still needed (%), over the ranges of last year's shares;
    `None` where no stand-in is used.
    """
    ranges = {
        id: (edition.levers[id].low, edition.levers[id].high)
        for id in _stand_ins(edition, scenario, indicator)
    }
    if not ranges:
        return None
    numbers = numbers_of(edition, scenario)
    return _band(edition, indicator, ((corner, {**numbers, **corner}) for corner in _corners(ranges)))


def _stand_ins(edition: Edition, scenario: Scenario, indicator: str) -> list[str]:
    """The shares that weigh what is still needed and that nobody has entered:
    Q3's own only once Q3 is known.
    """
    facts = facts_in(edition, scenario, indicator)
    shares = [f"{indicator}.{name}" for name in facts.form.weights(facts.is_q3_known)]
    made = scenario.as_dict()
    return [id for id in shares if id in made and made[id] is None and edition.figures[id].tag == "proxy"]


def rounding_band(edition: Edition, scenario: Scenario, indicator: str) -> Band | None:
    """The same answer over all that the indicator's printed figures may stand for before rounding;
    `None` if none is rounded. A target that is set is exact.
    """
    entered = {id for id, value in scenario.values if edition.levers[id].is_entry and value is not None}
    printed = {
        id: as_printed(edition.figures[id].written) * edition.figures[id].factor
        for id in _rounded(edition, indicator)
        if id not in entered
    }
    if not 0 < len(printed) <= _MOST_ROUNDED or _may_be_nought(edition, indicator, printed):
        return None
    corners = _corners({id: (interval.low, interval.high) for id, interval in printed.items()})
    readings = (
        (corner, merged(edition, scenario.values, figures_with(edition, corner))) for corner in corners
    )
    return _band(edition, indicator, readings)


def _may_be_nought(edition: Edition, indicator: str, printed: Mapping[str, Interval]) -> bool:
    """Whether the first half may have been nothing before rounding, where the levers are multiples of it: no
    lever has a value that lands on target then.
    """
    h1 = printed.get(f"{indicator}.h1")
    return edition.indicators[indicator].form.is_multiple_of_h1 and h1 is not None and h1.low <= 0


def _corners(ranges: Mapping[str, tuple[Fraction, Fraction]]) -> Iterator[Corner]:
    return (dict(zip(ranges, ends, strict=True)) for ends in product(*ranges.values()))


def edition_at(edition: Edition, corner: Corner) -> Edition:
    """The edition as if its source had printed the figures of a corner;
    what follows from them is worked out anew.
    """
    values = figures_with(edition, corner)
    return replace(
        edition, figures={id: replace(figure, value=values[id]) for id, figure in edition.figures.items()}
    )


def figures_with(edition: Edition, changed: Mapping[str, Fraction]) -> dict[str, Fraction | None]:
    """Every figure's value when some printed ones are others: what follows from them is worked out anew."""
    values: dict[str, Fraction | None] = {}

    def value(id: str) -> Fraction:
        if id not in values:
            figure = edition.figures[id]
            values[id] = (
                changed[id]
                if id in changed
                else Fraction(evaluate(figure.formula, value))
                if figure.formula
                else figure.value
            )
        return values[id] or Fraction(0)

    for id, figure in edition.figures.items():
        if figure.value is None:
            values[id] = None
        else:
            value(id)
    return values


def _rounded(edition: Edition, indicator: str) -> list[str]:
    in_formulas = " ".join(figure.formula for figure in edition.figures.values())
    names = (*READINGS, *edition.indicators[indicator].form.figures_reckoned_with)
    reckoned_with = {f"{indicator}.{name}" for name in names} | {
        *re.findall(r"[a-z][a-z0-9_.]*", in_formulas)
    }
    own = (
        figure
        for id, figure in edition.figures.items()
        if id.rpartition(".")[0] == indicator and id in reckoned_with
    )
    return [figure.id for figure in own if figure.is_rounded and not _is_set(edition, indicator, figure)]


def _is_set(edition: Edition, indicator: str, figure: Figure) -> bool:
    """Whether it is a target that somebody has set (定下的目标): a decision, which is exact,
    unless its row says to how many decimals it is rounded. A benchmark is a statistic.
    """
    is_target = figure.id == f"{indicator}.target" and not edition.indicators[indicator].is_benchmark
    return is_target and not figure.rounding


def _band(edition: Edition, indicator: str, readings: Iterable[tuple[Corner, Numbers]]) -> Band | None:
    """The two ends of the answer over all corners; `None` where one of them has no answer,
    or all have the same.
    """
    corners: dict[Number, Corner] = {}
    quantity, required_in = "", edition.indicators[indicator].form.required_in
    answers = [required_in[period] for period in ("h2", "q4")]  # both quarters before Q4 alone
    for corner, numbers in readings:
        facts = facts_of(edition, indicator, numbers)
        required = required_of(facts, facts.target)
        name = next((name for name in answers if getattr(required, name) is not None), None)
        if name is None:
            return None
        quantity = f"required_{name}"
        corners.setdefault(getattr(required, name), corner)
    if len(corners) < 2:
        return None
    low, high = min(corners), max(corners)
    return Band(quantity, low, high, corners[low], corners[high])
