"""Which lever matters most?  Each from its low to its high end with the others held."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.edition import Edition, Lever
from hdmodel.facts import levers_at_work
from hdmodel.form import Numbers
from hdmodel.paths import numbers_of
from hdmodel.projection import project
from hdmodel.required import years_at_0_and_1
from hdmodel.scenario import Scenario, together_with


@dataclass(frozen=True)
class Swing:
    """The full year with one lever at either end, in the indicator's unit,
    and where on the way the target is met.

    `low` and `high` are the ends that the joint limits leave; `crossing` is the lever's value on target,
    `None` where it lies outside them or there is no target.
    """

    lever: str
    low: Fraction
    high: Fraction
    year_at_low: Fraction
    year_at_high: Fraction
    crossing: Fraction | None


def swings(edition: Edition, scenario: Scenario, indicator: str) -> tuple[Swing, ...]:
    """Every lever that moves an indicator, the widest swing first; empty while the year is unknown."""
    numbers, projection = numbers_of(edition, scenario), project(edition, scenario)[indicator]
    if projection.path.full_year is None:
        return ()
    levers = [edition.levers[id] for id in levers_at_work(edition, indicator, numbers)]
    found = [
        swing_of(edition, numbers, indicator, lever, _high(edition, numbers, lever), projection.target)
        for lever in levers
    ]
    return tuple(sorted(found, key=lambda swing: abs(swing.year_at_high - swing.year_at_low), reverse=True))


def swing_of(
    edition: Edition, numbers: Numbers, indicator: str, lever: Lever, high: Fraction, target: Fraction | None
) -> Swing:
    """That of one lever, from its low end to `high`."""
    line = years_at_0_and_1(edition, indicator, numbers, [lever.id])
    crossing = None if target is None or line[0] == line[1] else f.crossing(target, *line)
    inside = crossing is not None and lever.low <= crossing <= high
    at_low, at_high = (f.on_line(*line, end) for end in (lever.low, high))
    return Swing(lever.id, lever.low, high, at_low, at_high, crossing if inside else None)


def _high(edition: Edition, numbers: Numbers, lever: Lever) -> Fraction:
    """The high end of a lever that the joint limit leaves, given the others."""
    if lever.joint is None:
        return lever.high
    return min(lever.high, lever.joint - together_with(edition, lever, {**numbers, lever.id: Fraction(0)}))
