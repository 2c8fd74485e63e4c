"""What does the year come to while levers go through a range?  A row for each value and indicator,
for whoever draws or reckons on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from hdmodel.edition import Edition
from hdmodel.language.languages import OF_THE_PROGRAM
from hdmodel.numbers import as_json, read_number
from hdmodel.problems import BadInput, Phrase, Problem
from hdmodel.projection import project
from hdmodel.reading.remarks import without_effect
from hdmodel.scenario import Scenario, faults_of, faults_together, with_values

MOST_LEVERS, MOST_POINTS = 2, 10_000
_PLACE = "--sweep"

Row = dict[str, str | int | float | None]


@dataclass(frozen=True)
class Sweep:
    """The rows of a sweep, and what there is to remark: combinations that were left out since levers share a
    limit, and swept levers that move nothing.
    """

    rows: list[Row]
    remarks: tuple[Problem, ...] = ()


def sweep(
    edition: Edition,
    scenario: Scenario,
    ranges: Mapping[str, Sequence[Fraction]],
    language: str = OF_THE_PROGRAM,
) -> Sweep:
    """The year of every indicator for every combination of values, the rest as it is supposed.

    A row has the levers' values by their ids, in their units; `indicator` and `label`; `full_year`, `target`
    and `shortfall` unrounded, in `unit`; and `status`. What does not apply is `None`. Raises `BadInput` for a
    value that a lever does not take, and for more than `MOST_LEVERS` levers or `MOST_POINTS` combinations.
    """
    _check_size(len(ranges), prod(map(len, ranges.values())))
    problems = [
        problem
        for lever, values in ranges.items()
        for problem in next(filter(None, (faults_of(edition, lever, value) for value in values)), [])
    ]
    if problems:
        raise BadInput(problems)
    rows: list[Row] = []
    idle: dict[str, Problem] = {}
    left_out = 0
    for combination in product(*ranges.values()):
        values = dict(zip(ranges, combination, strict=True))
        if faults_together(edition, {**scenario.as_dict(), **values}):
            left_out += 1
            continue
        there = with_values(edition, scenario, values)
        rows += _rows(edition, there, values, language)
        if len(idle) < len(ranges):
            remarked = {problem.place: problem for problem in without_effect(edition, there)}
            idle = {**{lever: remarked[lever] for lever in ranges if lever in remarked}, **idle}
    remarks = list(idle.values())
    if left_out:
        remarks.append(Problem("left_out", _PLACE, Phrase("found.combinations", count=left_out), ""))
    return Sweep(rows, tuple(remarks))


def _rows(edition: Edition, scenario: Scenario, values: Mapping[str, Fraction], language: str) -> list[Row]:
    return [
        {
            **{lever: as_json(value) for lever, value in values.items()},
            "indicator": id,
            "label": edition.indicators[id].label.in_language(language),
            "full_year": as_json(projection.path.full_year),
            "target": as_json(projection.target),
            "shortfall": as_json(projection.shortfall),
            "unit": projection.unit,
            "status": projection.status,
        }
        for id, projection in project(edition, scenario).items()
    ]


def range_of(text: str) -> tuple[str, tuple[Fraction, ...]]:
    """A lever and its values as they are written, both ends counted where a step falls on them.

    >>> lever, values = range_of("telecom_volume.q3=10:12:0.5")
    >>> lever, [float(value) for value in values]
    ('telecom_volume.q3', [10.0, 10.5, 11.0, 11.5, 12.0])

    Raises `BadInput` for anything that is not LEVER=FROM:TO:STEP with a STEP above 0 and a TO from FROM on,
    and for more than `MOST_POINTS` values.
    """
    lever, _, written = text.partition("=")
    try:
        low, high, step = (read_number(part.strip()) for part in written.split(":"))
        if step <= 0 or high < low:
            raise ValueError
    except ValueError:
        raise BadInput([Problem("malformed", _PLACE, text, Phrase("wanted.sweep"))]) from None
    count = (high - low) // step + 1
    _check_size(1, count)
    return lever.strip(), tuple(low + step * at for at in range(count))


def _check_size(levers: int, count: int) -> None:
    if levers > MOST_LEVERS or count > MOST_POINTS:
        size = Phrase("found.sweep", levers=levers, count=count)
        wanted = Phrase("wanted.sweep_size", levers=MOST_LEVERS, most=MOST_POINTS)
        raise BadInput([Problem("too_large", _PLACE, size, wanted)])
