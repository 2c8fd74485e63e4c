"""What must the rest of the year deliver (倒逼)?  Exact, since the year is linear in each single lever."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hdmodel import formulas as f
from hdmodel.edition import Edition, Lever
from hdmodel.facts import Facts, levers_at_work, starts_settled
from hdmodel.formulas import Number
from hdmodel.paths import Path


@dataclass(frozen=True)
class Required:
    """What lands the year exactly on the target; `None` where no such value exists or nothing has to be met.

    `h2`, `q3` (given the chosen Q4) and `q4` (given the chosen Q3) are in the indicator's own terms: a flow's
    amount, a growth rate in %, the projects that must start, a level's reading in %. `intensity`,
    `intensity_q3` and `intensity_q4` say the same in the terms of its levers, where those are others: for a
    project-driven flow as % of the H1 average.
    """

    h2: Number | None = None
    q3: Number | None = None
    q4: Number | None = None
    intensity: Number | None = None
    intensity_q3: Number | None = None
    intensity_q4: Number | None = None


def required_of(facts: Facts, target: Number | None) -> Required:
    """What the second half, the third and the fourth quarter must bring for `target`;
    Q4 alone once it is known what Q3 brought.
    """
    if target is None:
        return Required()
    required = facts.form.required(facts, target)
    return Required(q4=required.q4, intensity_q4=required.intensity_q4) if facts.is_q3_known else required


@dataclass(frozen=True)
class Solved:
    """The value that lands the year on its target: given to both quarters, or to one with the other as it is;
    in the terms of the levers, `None` where they do not move the year.
    """

    both: Number | None
    q3: Number | None
    q4: Number | None


def solve_each(facts: Facts, target: Number) -> Solved:
    """The required value of the levers that a requirement is stated in: for both quarters, and for each
    alone.
    """
    q3, q4 = levers_asked(facts.edition, facts.indicator.id)
    return Solved(
        both=solve(facts, (q3, q4), target), q3=solve(facts, (q3,), target), q4=solve(facts, (q4,), target)
    )


def levers_asked(edition: Edition, indicator: str) -> tuple[str, str]:
    """The levers of Q3 and Q4 that an indicator's requirement is stated in."""
    return edition.lever_ids(indicator, edition.indicators[indicator].form.asked.name)


def solve(facts: Facts, levers: Collection[str], target: Number) -> Number | None:
    """The one value that, given to all of `levers`, lands the year on `target`;
    `None` where they do not move it.
    """
    return line_of(facts, levers).crossing(target)


@dataclass(frozen=True)
class StraightLine:
    """The full year with some levers at 0 and at 1: the two points of a straight line."""

    at_0: Number
    at_1: Number

    def crossing(self, target: Number) -> Number | None:
        """The value at which the year lands on `target`; `None` where no value moves the year."""
        return None if self.at_0 == self.at_1 else f.crossing(target, self.at_0, self.at_1)


def line_of(facts: Facts, levers: Collection[str]) -> StraightLine:
    """The line of the full year over one value that all of `levers` take."""
    at_0, at_1 = (facts.with_levers(dict.fromkeys(levers, Fraction(value))) for value in (0, 1))
    return StraightLine(at_0.path.full_year, at_1.path.full_year)


def required_path_of(facts: Facts, target: Number | None) -> Path | None:
    """The path that lands on `target` with one value in both quarters;
    `None` where none is needed or there is none.
    """
    if target is None or facts.path.full_year is None:
        return None
    value = solve(facts, levers_asked(facts.edition, facts.indicator.id), target)
    if value is None or value < lowest_asked(facts.edition, facts.indicator.id):
        return None
    return path_at(facts, value)


def lowest_asked(edition: Edition, indicator: str) -> Fraction:
    """The lowest value of those levers."""
    return min(edition.levers[name].low for name in levers_asked(edition, indicator))


def path_at(facts: Facts, value: Number) -> Path:
    """The path with one value for those levers in both quarters."""
    return facts.with_levers(dict.fromkeys(levers_asked(facts.edition, facts.indicator.id), value)).path


def reach_of(facts: Facts) -> tuple[Number, Number] | None:
    """The lowest and the highest full year that the indicator's own levers allow,
    `None` while the year is unknown.

    The year is linear in each lever, so both lie at corners of the ranges.
    What a ledger plans can be taken back: it sets no limit.
    """
    years = years_at_corners(facts)
    return (min(years), max(years)) if years else None


def years_at_corners(facts: Facts) -> list[Number]:
    """The full year at every corner of the ranges of the indicator's own levers that keeps their joint
    limits; empty while the year is unknown.
    """
    without_plans = facts.with_numbers(dict.fromkeys(facts.edition.plans_of(facts.indicator.id)))
    corners = (without_plans.with_numbers(corner) for corner in _corners(without_plans))
    return [there.path.full_year for there in corners if there.path.full_year is not None]


def _corners(facts: Facts) -> Iterator[dict[str, Fraction]]:
    """Every corner of the ranges of the indicator's own levers that keeps their joint limits."""
    levers = [facts.edition.levers[name] for name in levers_at_work(facts)]
    limited = [lever for lever in levers if lever.joint is not None]
    room = _room(facts, limited[0]) if limited else Fraction(0)
    for ends in product(*((lever.low, lever.high) for lever in levers)):
        corner = {lever.id: end for lever, end in zip(levers, ends, strict=True)}
        excess = sum((corner[lever.id] for lever in limited), Fraction(0)) - room
        if not limited or excess <= 0:
            yield corner
            continue
        for lever in limited:
            if corner[lever.id] - excess >= lever.low:
                yield {**corner, lever.id: corner[lever.id] - excess}


def _room(facts: Facts, lever: Lever) -> Number:
    """What the joint limit of a lever leaves beside the projects that are known to have started."""
    return (lever.joint or 0) - starts_settled(facts.edition, lever, facts.numbers)
