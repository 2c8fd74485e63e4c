"""What does the user suppose?  A value for every lever and entry of an edition, checked when it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from hdmodel.edition import Edition, Lever
from hdmodel.numbers import plain, read_number
from hdmodel.problems import BadInput, Problem

Settings = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Scenario:
    """A value for every lever, and for every entry that the user has made, in the edition's order.

    `None` is an entry or a reading that nobody has made: the edition's own figure stands, if there is one.
    """

    values: tuple[tuple[str, Fraction | None], ...]

    def as_dict(self) -> dict[str, Fraction | None]:
        """The values by id."""
        return dict(self.values)


def baseline(edition: Edition) -> Scenario:
    """The scenario in which every lever and entry stands at its default: the H1 pace holds."""
    return Scenario(tuple((lever.id, None if lever.is_entry else lever.default) for lever in edition.levers.values()))


def in_effect(edition: Edition, scenario: Scenario) -> dict[str, Fraction | None]:
    """The values that are reckoned with, by id: an entry nobody has made is the edition's own figure."""
    return {id: edition.levers[id].default if value is None else value for id, value in scenario.values}


def preset(edition: Edition, name: str) -> Scenario:
    """A scenario of the edition by name; raises `BadInput` when there is none of that name."""
    if name not in edition.scenarios:
        raise BadInput([Problem("unknown_scenario", "scenario", name, ", ".join(edition.scenarios))])
    return change(edition, baseline(edition), edition.scenarios[name].settings)


def change(edition: Edition, scenario: Scenario, settings: Settings) -> Scenario:
    """The scenario with some values set, each written as text; blank text clears an entry.

    Raises `BadInput` naming every setting that cannot be used: unknown, given twice, no number, out of range,
    a count that is not whole, or too many together.
    """
    pairs = list(settings)
    faults = {name: faults_of(edition, name, text) for name, text in pairs}
    problems = [problem for found in faults.values() for problem in found] + _duplicates(pairs)
    usable = {name: read_value(edition.levers[name], text) for name, text in pairs if not faults[name]}
    problems += too_many_together(edition, {**scenario.as_dict(), **usable})
    if problems:
        raise BadInput(problems)
    return Scenario(tuple({**scenario.as_dict(), **usable}.items()))


def with_values(edition: Edition, scenario: Scenario, values: Mapping[str, Fraction | None]) -> Scenario:
    """The scenario with some exact values set; raises `BadInput` as `change` does."""
    problems = [problem for name, value in values.items() for problem in _value_faults(edition.levers[name], value)]
    merged = {**scenario.as_dict(), **values}
    problems += too_many_together(edition, merged)
    if problems:
        raise BadInput(problems)
    return Scenario(tuple(merged.items()))


def read_value(lever: Lever, text: str) -> Fraction | None:
    """A written value; blank text gives a lever's default, and no entry. Raises `ValueError` when it is no number."""
    return read_number(text) if text.strip() else None if lever.is_entry else lever.default


def accepted_range(lever: Lever) -> str:
    """The values a lever takes, as text: `-20…40`."""
    return f"{plain(lever.low)}…{plain(lever.high)}"


def together(edition: Edition, lever: Lever) -> tuple[str, ...]:
    """The levers that share a joint limit with this one, itself included."""
    group = (lever.indicator, lever.role)
    return tuple(
        other.id for other in edition.levers.values() if (other.indicator, other.role) == group and other.joint is not None
    )


def nearest_names(edition: Edition, name: str) -> str:
    """The ids most like a name that is not one, as text for a message; all of them when none is alike."""
    return ", ".join(get_close_matches(name[:100], edition.levers, n=3, cutoff=0.5) or edition.levers)


def too_many_together(edition: Edition, values: Mapping[str, Fraction | None]) -> list[Problem]:
    """The joint limits that these values break, one problem for each group of levers."""
    problems = {}
    for lever in edition.levers.values():
        names = together(edition, lever) if lever.joint is not None else ()
        total = sum((values[name] or Fraction(0) for name in names), Fraction(0))
        if lever.joint is not None and total > lever.joint:
            problems[names] = Problem("too_many_together", " + ".join(names), plain(total), f"0…{plain(lever.joint)}")
    return list(problems.values())


def _duplicates(pairs: list[tuple[str, str]]) -> list[Problem]:
    written: dict[str, list[str]] = {}
    for name, text in pairs:
        written.setdefault(name, []).append(text)
    return [Problem("duplicate", name, ", ".join(texts), "one value") for name, texts in written.items() if len(texts) > 1]


def faults_of(edition: Edition, name: str, text: str) -> list[Problem]:
    """What is wrong with one written setting, taken alone; empty when it can be used."""
    if name not in edition.levers:
        return [Problem("unknown_name", name, text, nearest_names(edition, name))]
    lever = edition.levers[name]
    try:
        return _value_faults(lever, read_value(lever, text), text)
    except ValueError:
        return [Problem("not_a_number", name, text, accepted_range(lever))]


def _value_faults(lever: Lever, value: Fraction | None, text: str = "") -> list[Problem]:
    if value is None:
        return []
    written = text or plain(value)
    if not lever.low <= value <= lever.high:
        return [Problem("out_of_range", lever.id, written, accepted_range(lever))]
    if lever.is_count and value.denominator != 1:
        return [Problem("not_whole", lever.id, written, accepted_range(lever))]
    return []
