"""How sure is a required value?  Printed figures are rounded and a stand-in weight has a range: both give a band."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hdmodel.arithmetic import evaluate
from hdmodel.edition import Edition
from hdmodel.formulas import Number
from hdmodel.given import RECKONED_WITH, Numbers, actual_q3, merged, target_of
from hdmodel.intervals import as_printed
from hdmodel.paths import numbers_of
from hdmodel.required import Required, required_of
from hdmodel.scenario import Scenario

_MOST_ROUNDED = 6  # figures: their corners double with each, and somebody's own edition may have hundreds
_COUNTS = ("项",)  # a count is exact: only measured figures are rounded


@dataclass(frozen=True)
class Band:
    """The lowest and the highest value that an answer may have, and where both come from one weight, at which it has them."""

    low: Fraction
    high: Fraction
    at_low: Fraction | None = None
    at_high: Fraction | None = None


def weight_band(edition: Edition, scenario: Scenario, indicator: str) -> Band | None:
    """The growth that both quarters need (%), over the range of last year's H1 share; `None` where no stand-in is used."""
    share = f"{indicator}.h1_share"
    lever = edition.levers.get(share)
    if lever is None or scenario.as_dict()[share] is not None or edition.figures[share].tag != "proxy":
        return None
    numbers, ends = numbers_of(edition, scenario), (lever.low, lever.high)
    if actual_q3(edition, indicator, numbers) is not None:  # then Q3's own share weighs, too: the ends come from no single weight
        return _band(dict.fromkeys(_answers(edition, indicator, _weights(edition, indicator, numbers))))
    found = _answers(edition, indicator, ({**numbers, share: end} for end in ends))
    return _band(dict(zip(found, ends, strict=True)) if found else {})


def _weights(edition: Edition, indicator: str, numbers: Numbers) -> Iterator[Numbers]:
    """The numbers with last year's shares at every pair of ends of their ranges."""
    names = (f"{indicator}.h1_share", f"{indicator}.q3_share_of_h2")
    ranges = [(edition.levers[id].low, edition.levers[id].high) if id in edition.levers else (numbers[id],) for id in names]
    return ({**numbers, **dict(zip(names, ends, strict=True))} for ends in product(*ranges))


def rounding_band(edition: Edition, scenario: Scenario, indicator: str) -> Band | None:
    """The same answer over all that the indicator's printed figures may stand for before rounding; `None` if none is rounded."""
    entered = {id for id, value in scenario.values if edition.levers[id].is_entry and value is not None}
    rounded = [id for id in _rounded(edition, indicator) if id not in entered]
    if not rounded or len(rounded) > _MOST_ROUNDED:
        return None
    ends = ((as_printed(edition.figures[id].written).low, as_printed(edition.figures[id].written).high) for id in rounded)
    corners = (dict(zip(rounded, corner, strict=True)) for corner in product(*ends))
    found = _answers(edition, indicator, (merged(edition, scenario.values, figures_with(edition, corner)) for corner in corners))
    return _band(dict.fromkeys(found))


def figures_with(edition: Edition, changed: Mapping[str, Fraction]) -> dict[str, Fraction | None]:
    """Every figure's value when some printed ones are others: what follows from them is worked out anew."""
    values: dict[str, Fraction | None] = {}

    def value(id: str) -> Fraction:
        if id not in values:
            figure = edition.figures[id]
            values[id] = changed.get(id) or (Fraction(evaluate(figure.formula, value)) if figure.formula else figure.value)
        return values[id] or Fraction(0)

    for id, figure in edition.figures.items():
        if figure.value is None:
            values[id] = None
        else:
            value(id)
    return values


def _rounded(edition: Edition, indicator: str) -> list[str]:
    in_formulas = " ".join(figure.formula for figure in edition.figures.values())
    reckoned_with = {f"{indicator}.{name}" for name in RECKONED_WITH} | {*re.findall(r"[a-z][a-z0-9_.]*", in_formulas)}
    own = (figure for id, figure in edition.figures.items() if id.rpartition(".")[0] == indicator and id in reckoned_with)
    return [figure.id for figure in own if figure.tag == "printed" and figure.unit not in _COUNTS]


def _answers(edition: Edition, indicator: str, readings: Iterator[Numbers]) -> list[Number]:
    """The answer over each reading of the numbers; empty where one of them has none."""
    found = []
    for numbers in readings:
        target = target_of(edition.indicators[indicator], numbers)
        answer = _answer(required_of(edition, indicator, numbers, target))
        if answer is None:
            return []
        found.append(answer)
    return found


def _band(found: Mapping[Number, Fraction | None]) -> Band | None:
    """The two ends of the answers; `None` where there are no two."""
    return Band(min(found), max(found), found[min(found)], found[max(found)]) if len(found) > 1 else None


def _answer(required: Required) -> Number | None:
    """The value for both quarters in lever terms, or for Q4 where Q3 is known."""
    ways = (required.intensity, required.intensity_q4, required.h2, required.q4)
    return next((value for value in ways if value is not None), None)
