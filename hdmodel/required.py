"""What must the rest of the year deliver (倒逼)?  Exact, since the year is linear in each single lever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hdmodel import formulas as f
from hdmodel.edition import Edition
from hdmodel.facts import actual_q3, lever_set, levers_at_work, starts_settled
from hdmodel.form import Numbers
from hdmodel.formulas import Number
from hdmodel.paths import Path, path_of


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


def required_of(edition: Edition, indicator: str, numbers: Numbers, target: Number | None) -> Required:
    """What the second half, the third and the fourth quarter must bring for `target`;
    Q4 alone once it is known what Q3 brought.
    """
    if target is None:
        return Required()
    one = edition.indicators[indicator]
    found = one.form.required(edition, one, numbers, target)
    is_q3_known = actual_q3(edition, indicator, numbers) is not None
    return Required(q4=found.q4, intensity_q4=found.intensity_q4) if is_q3_known else found


@dataclass(frozen=True)
class Solved:
    """The value that lands the year on its target: given to both quarters, or to one with the other as it is;
    in the terms of the levers, `None` where they do not move the year.
    """

    both: Number | None
    q3: Number | None
    q4: Number | None


def solve_each(edition: Edition, indicator: str, numbers: Numbers, target: Number) -> Solved:
    """That value of the levers in whose terms it is said what is required."""
    q3, q4 = levers_asked(edition, indicator)
    both, in_q3, in_q4 = (
        solve(edition, indicator, numbers, names, target) for names in ((q3, q4), (q3,), (q4,))
    )
    return Solved(both=both, q3=in_q3, q4=in_q4)


def levers_asked(edition: Edition, indicator: str) -> tuple[str, str]:
    """The levers of Q3 and Q4 in whose terms it is said what an indicator needs."""
    return edition.lever_ids(indicator, edition.indicators[indicator].form.asked.name)


def solve(
    edition: Edition, indicator: str, numbers: Numbers, levers: Iterable[str], target: Number
) -> Number | None:
    """The one value that, given to all of `levers`, lands the year on `target`;
    `None` where they do not move it.
    """
    at_0, at_1 = years_at_0_and_1(edition, indicator, numbers, levers)
    return None if at_0 == at_1 else f.crossing(target, at_0, at_1)


def years_at_0_and_1(
    edition: Edition, indicator: str, numbers: Numbers, levers: Iterable[str]
) -> tuple[Number, Number]:
    """The full year with all of `levers` at 0 and at 1: the two points of its line."""
    names = list(levers)
    at_0, at_1 = (
        path_of(edition, indicator, lever_set(edition, numbers, dict.fromkeys(names,
        Fraction(value)))).full_year
        for value in (0, 1)
    )  # fmt: skip
    return at_0, at_1


def required_path_of(
    edition: Edition, indicator: str, numbers: Numbers, target: Number | None
) -> Path | None:
    """The path that lands on `target` with one value in both quarters;
    `None` where none is needed or there is none.
    """
    levers = levers_asked(edition, indicator)
    if target is None or path_of(edition, indicator, numbers).full_year is None:
        return None
    value = solve(edition, indicator, numbers, levers, target)
    if value is None or value < lowest_asked(edition, indicator):
        return None
    return path_at(edition, indicator, numbers, value)


def lowest_asked(edition: Edition, indicator: str) -> Fraction:
    """The lowest value of the levers in whose terms it is said what an indicator needs."""
    return min(edition.levers[name].low for name in levers_asked(edition, indicator))


def path_at(edition: Edition, indicator: str, numbers: Numbers, value: Number) -> Path:
    """The path with one value in both quarters, in the terms of those levers."""
    levers = levers_asked(edition, indicator)
    return path_of(edition, indicator, lever_set(edition, numbers, dict.fromkeys(levers, value)))


def reach_of(edition: Edition, indicator: str, numbers: Numbers) -> tuple[Number, Number] | None:
    """The lowest and the highest full year that the indicator's own levers allow,
    `None` while the year is unknown.

    The year is linear in each lever, so both lie at corners of the ranges.
    What a ledger plans can be taken back: it sets no limit.
    """
    known = years_at_corners(edition, indicator, numbers)
    return (min(known), max(known)) if known else None


def years_at_corners(edition: Edition, indicator: str, numbers: Numbers) -> list[Number]:
    """The full year at every corner of the ranges of the indicator's own levers that keeps their joint
    limits; empty while the year is unknown.
    """
    free = {**numbers, **dict.fromkeys(edition.plans_of(indicator))}
    years = [
        path_of(edition, indicator, {**free, **corner}).full_year
        for corner in _corners(edition, indicator, free)
    ]
    return [year for year in years if year is not None]


def _corners(edition: Edition, indicator: str, numbers: Numbers) -> Iterator[dict[str, Fraction]]:
    """Every corner of the ranges of the indicator's own levers that keeps their joint limits."""
    levers = [edition.levers[name] for name in levers_at_work(edition, indicator, numbers)]
    for ends in product(*((lever.low, lever.high) for lever in levers)):
        corner = {lever.id: end for lever, end in zip(levers, ends, strict=True)}
        limited = [lever for lever in levers if lever.joint is not None]
        room = (limited[0].joint or 0) - starts_settled(edition, limited[0], numbers) if limited else 0
        excess = sum((corner[lever.id] for lever in limited), Fraction(0)) - room
        if not limited or excess <= 0:
            yield corner
            continue
        for lever in limited:
            if corner[lever.id] - excess >= lever.low:
                yield {**corner, lever.id: corner[lever.id] - excess}
