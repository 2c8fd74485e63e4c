"""Which lever matters most?  Each from its low to its high end with the others held."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.edition import Edition, Lever
from hdmodel.facts import Facts, levers_at_work
from hdmodel.paths import facts_in
from hdmodel.required import line_of
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
    facts = facts_in(edition, scenario, indicator)
    if facts.path.full_year is None:
        return ()
    levers = (edition.levers[id] for id in levers_at_work(facts))
    swings = [swing_of(facts, lever, _high(facts, lever)) for lever in levers]
    return tuple(sorted(swings, key=lambda swing: abs(swing.year_at_high - swing.year_at_low), reverse=True))


def swing_of(facts: Facts, lever: Lever, high: Fraction) -> Swing:
    """The swing of one lever, from its low end to `high`."""
    line = line_of(facts, [lever.id])
    crossing = None if facts.target is None else line.crossing(facts.target)
    inside = crossing is not None and lever.low <= crossing <= high
    at_low, at_high = (f.on_line(line.at_0, line.at_1, end) for end in (lever.low, high))
    return Swing(lever.id, lever.low, high, at_low, at_high, crossing if inside else None)


def _high(facts: Facts, lever: Lever) -> Fraction:
    """The high end of a lever that the joint limit leaves, given the others."""
    if lever.joint is None:
        return lever.high
    others = {**facts.numbers, lever.id: Fraction(0)}
    return min(lever.high, lever.joint - together_with(facts.edition, lever, others))
