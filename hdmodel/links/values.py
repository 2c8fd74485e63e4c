"""Which values does a link give the levers?  Each is checked alone and together;
what cannot be used stays at the baseline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hdmodel.cache import cached_per_edition
from hdmodel.edition import Edition, Lever
from hdmodel.links.short_names import short_names
from hdmodel.numbers import plain
from hdmodel.problems import Problem
from hdmodel.scenario import (
    Scenario,
    baseline,
    contradictions,
    faults_of,
    read_value,
    too_many_together,
    with_values,
)


def written(value: Fraction | None) -> str:
    """A value as a link writes it; blank for an entry that nobody has made:
    the edition's own figure stands.
    """
    return "" if value is None else plain(value)


def on_step(lever: Lever, value: Fraction) -> Fraction:
    """The value, or the nearest one that a press of the slider's keys can reach;
    what is typed has no steps.
    """
    if lever.is_typed_alone:
        return value
    steps = (value - lever.low) / lever.step
    return min(
        lever.high,
        lever.low + lever.step * ((2 * steps.numerator + steps.denominator) // (2 * steps.denominator)),
    )


@cached_per_edition(most=1)
def ids_of(edition: Edition) -> dict[str, str]:
    """The id that each name a link may use stands for: the ids themselves and their short names."""
    return {**{name: id for id, name in short_names(edition).items()}, **{id: id for id in edition.levers}}


def read_settings(edition: Edition, given: Mapping[str, str], problems: list[Problem]) -> Scenario:
    """The scenario that values written by id give; every fault is added to `problems`."""
    names = [name for name in edition.levers if name in given]
    values = {name: _value(edition, name, given[name], problems) for name in names}
    # one that goes may lay bare another
    while clashes := contradictions(edition, {**baseline(edition).as_dict(), **values}):
        for problem in clashes:
            values.update(dict.fromkeys(problem.place.split(" + ")))
            problems.append(replace(problem, used="blank"))
    for problem in too_many_together(edition, {**baseline(edition).as_dict(), **values}):
        values.update({name: baseline(edition).as_dict()[name] for name in problem.place.split(" + ")})
        problems.append(replace(problem, used="baseline"))
    return with_values(edition, baseline(edition), values)


def _value(edition: Edition, name: str, text: str, problems: list[Problem]) -> Fraction | None:
    """The value a link gives a lever: its default when it can't be used,
    the nearest step when it lies between two.
    """
    lever = edition.levers[name]
    faults = faults_of(edition, name, text)
    if faults:
        used = "blank" if lever.default is None else plain(lever.default)
        problems += [replace(fault, used=used) for fault in faults]
        return None if lever.is_entry else lever.default
    value = read_value(lever, text)
    nearest = None if value is None else on_step(lever, value)
    if value is not None and nearest is not None and nearest != value:
        accepted = f"{plain(lever.low)}, {plain(lever.low + lever.step)} … {plain(lever.high)}"
        problems.append(Problem("off_step", name, text, accepted, plain(nearest)))
    return nearest
