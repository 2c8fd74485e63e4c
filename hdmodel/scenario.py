"""What does the user suppose?  A value for every lever and entry of an edition, checked when it is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from math import isfinite
from numbers import Rational, Real

from hdmodel.edition import Edition, Lever
from hdmodel.facts import Facts, facts_of, made_among, merged, said_otherwise, starts_settled
from hdmodel.numbers import plain, read_number
from hdmodel.problems import BadInput, Phrase, Problem

Value = (
    str | int | float | Fraction | Decimal | None
)  # as text, or a number; `None`, or blank, clears an entry
Settings = Mapping[str, Value] | Iterable[tuple[str, Value]]


@dataclass(frozen=True)
class Scenario:
    """A value for every lever, and for every entry that the user has made, in the edition's order.

    `None` is an entry or a reading that nobody has made: the edition's own figure stands, if there is one.
    """

    values: tuple[tuple[str, Fraction | None], ...]

    def __hash__(self) -> int:
        """The hash of the values, worked out once: a fraction's hash takes long, and caches look every answer
        up by its scenario.
        """
        if "_hash" not in self.__dict__:
            object.__setattr__(self, "_hash", hash(self.values))
        return int(self.__dict__["_hash"])

    def as_dict(self) -> dict[str, Fraction | None]:
        """The values by id."""
        return dict(self.values)


def baseline(edition: Edition) -> Scenario:
    """The scenario in which every lever and entry stands at its default: the H1 pace holds."""
    return Scenario(
        tuple((lever.id, None if lever.is_entry else lever.default) for lever in edition.levers.values())
    )


def baseline_with_entries_of(edition: Edition, scenario: Scenario) -> Scenario:
    """Every lever at its default, every entry as it is in a scenario: what is known stays,
    what is supposed goes.
    """
    made = {id: value for id, value in scenario.values if edition.levers[id].is_entry}
    return Scenario(tuple({**baseline(edition).as_dict(), **made}.items()))


def in_effect(edition: Edition, scenario: Scenario) -> dict[str, Fraction | None]:
    """The values that are reckoned with, by id: an entry nobody has made is the edition's own figure."""
    values = {id: edition.levers[id].default if value is None else value for id, value in scenario.values}
    return {**values, **dict.fromkeys(said_otherwise(edition, scenario.values))}


def preset(edition: Edition, name: str) -> Scenario:
    """A scenario of the edition by name; raises `BadInput` when there is none of that name."""
    if name not in edition.scenarios:
        raise BadInput([Problem("unknown_scenario", "scenario", name, ", ".join(edition.scenarios))])
    return change(edition, baseline(edition), edition.scenarios[name].settings)


def change(edition: Edition, scenario: Scenario, settings: Settings) -> Scenario:
    """The scenario with some values set, by id or as pairs: each a number, or written as text.
    A float counts as it is written (0.1 is a tenth); blank text or `None` clears an entry.

    >>> from hdmodel import released_edition
    >>> edition = released_edition()
    >>> changed = change(edition, baseline(edition), {"telecom_volume.q3": 12.5, "outside_funds.new_q3": "3"})
    >>> float(changed.as_dict()["telecom_volume.q3"])
    12.5

    Raises `BadInput` naming every setting that cannot be used: unknown, given twice, no number, out of range,
    a count that is not whole, or too many together.
    """
    pairs = [(name, _as_written(name, value)) for name, value in _pairs(settings)]
    faults = {name: faults_of(edition, name, text) for name, text in pairs}
    problems = [problem for of_one in faults.values() for problem in of_one] + _duplicates(pairs)
    usable = {name: read_value(edition.levers[name], text) for name, text in pairs if not faults[name]}
    problems += faults_together(edition, {**scenario.as_dict(), **usable})
    if problems:
        raise BadInput(problems)
    return Scenario(tuple({**scenario.as_dict(), **usable}.items()))


def _pairs(settings: Settings) -> list[tuple[str, Value]]:
    """The settings as pairs; raises `BadInput` for what is neither pairs nor a mapping."""
    if isinstance(settings, Mapping):
        return list(settings.items())
    try:
        return [(name, value) for name, value in settings]
    except (TypeError, ValueError):
        raise BadInput([Problem("malformed", "settings", repr(settings), Phrase("wanted.setting"))]) from None


def _as_written(name: str, value: object) -> str | Fraction:
    """A setting's text, or the exact number it is; raises `BadInput` for anything else."""
    if value is None or isinstance(value, str):
        return value or ""
    if not isinstance(value, bool):
        if isinstance(value, Rational):
            return Fraction(int(value.numerator), int(value.denominator))
        if isinstance(value, Decimal) and value.is_finite():
            return Fraction(value)
        if isinstance(value, Real) and isfinite(value):
            return Fraction(repr(float(value)))
    raise BadInput([Problem("not_a_number", name, repr(value), Phrase("wanted.number"))])


def with_values(edition: Edition, scenario: Scenario, values: Mapping[str, Fraction | None]) -> Scenario:
    """The scenario with some exact values set; raises `BadInput` as `change` does."""
    problems = [
        problem for name, value in values.items() for problem in value_faults(edition.levers[name], value)
    ]
    changed = {**scenario.as_dict(), **values}
    problems += faults_together(edition, changed)
    if problems:
        raise BadInput(problems)
    return Scenario(tuple(changed.items()))


def read_value(lever: Lever, text: str | Fraction) -> Fraction | None:
    """A written value, or a number as it is; blank text gives a lever's default, and no entry.
    Raises `ValueError` when it is no number.
    """
    if isinstance(text, Fraction):
        return text
    return read_number(text) if text.strip() else None if lever.is_entry else lever.default


def accepted_range(lever: Lever) -> str:
    """The values a lever takes, as text: `-20…40`."""
    return f"{plain(lever.low)}…{plain(lever.high)}"


def together(edition: Edition, lever: Lever) -> tuple[str, ...]:
    """The levers that share a joint limit with this one, itself included."""
    group = (lever.indicator, lever.role)
    return tuple(
        other.id
        for other in edition.levers.values()
        if (other.indicator, other.role) == group and other.joint is not None
    )


def nearest_names(ids: Collection[str], name: str) -> str:
    """The ids most like a name that is not one, as text for a message; all of them when none is alike."""
    return ", ".join(get_close_matches(name[:100], ids, n=3, cutoff=0.5) or ids)


def faults_together(edition: Edition, values: Mapping[str, Fraction | None]) -> list[Problem]:
    """The faults of values that could each be used alone."""
    return contradictions(edition, values) + too_many_together(edition, values)


def too_many_together(edition: Edition, values: Mapping[str, Fraction | None]) -> list[Problem]:
    """The joint limits that these values break, one problem for each group of levers."""
    problems = {}
    for lever in edition.levers.values():
        if lever.joint is not None and (total := together_with(edition, lever, values)) > lever.joint:
            names = counted_together(edition, lever, values)
            problems[names] = Problem(
                "too_many_together", " + ".join(names), plain(total), f"0…{plain(lever.joint)}"
            )
    return list(problems.values())


def counted_together(
    edition: Edition, lever: Lever, values: Mapping[str, Fraction | None]
) -> tuple[str, ...]:
    """The levers that a joint limit counts: once it is known how many started in Q3,
    its own lever stands for nothing.
    """
    is_settled = edition.indicators[lever.indicator].form.settled_by_q3 == lever.role
    ways = edition.actuals_of(lever.indicator) if is_settled else ()
    is_known = any(values.get(id) is not None or edition.levers[id].default is not None for id in ways)
    return tuple(
        name for name in together(edition, lever) if not is_known or edition.levers[name].quarter != "q3"
    )


def together_with(edition: Edition, lever: Lever, values: Mapping[str, Fraction | None]) -> Fraction:
    """The sum that a joint limit holds down: the levers it counts,
    and what is known to have started in Q3.
    """
    known = Fraction(starts_settled(edition, lever, merged(edition, values.items())))
    return known + sum(
        (values[name] or Fraction(0) for name in counted_together(edition, lever, values)), Fraction(0)
    )


def contradictions(edition: Edition, values: Mapping[str, Fraction | None]) -> list[Problem]:
    """What Q3 brought, said twice, in 亿元 while the indicator is not reckoned in it,
    or cumulative and less than H1 alone.
    """
    numbers = merged(edition, values.items())
    of_each = (facts_of(edition, id, numbers) for id in edition.indicators)
    return [problem for facts in of_each for problem in _contradictions(facts, values)]


def _contradictions(facts: Facts, values: Mapping[str, Fraction | None]) -> list[Problem]:
    made = made_among(values, facts.edition.actuals_of(facts.indicator.id))
    if len(made) > 1:
        return [
            Problem(
                "said_twice",
                " + ".join(made),
                ", ".join(plain(value) for value in made.values()),
                Phrase("wanted.one_of_them"),
            )
        ]
    return facts.form.contradictions(facts, values)


def _duplicates(pairs: list[tuple[str, str | Fraction]]) -> list[Problem]:
    written: dict[str, list[str]] = {}
    for name, text in pairs:
        written.setdefault(name, []).append(_shown(text))
    return [
        Problem("duplicate", name, ", ".join(texts), Phrase("wanted.one_value"))
        for name, texts in written.items()
        if len(texts) > 1
    ]


def _shown(text: str | Fraction) -> str:
    return plain(text) if isinstance(text, Fraction) else text


def faults_of(edition: Edition, name: str, text: str | Fraction) -> list[Problem]:
    """What is wrong with one written setting, taken alone; empty when it can be used."""
    if name not in edition.levers:
        return [Problem("unknown_name", name, _shown(text), nearest_names(edition.levers, name))]
    return setting_faults(edition.levers[name], text)


def setting_faults(lever: Lever, text: str | Fraction) -> list[Problem]:
    """What is wrong with a value of one lever as it is written, taken alone."""
    try:
        return value_faults(lever, read_value(lever, text), _shown(text))
    except ValueError:
        return [Problem("not_a_number", lever.id, _shown(text), accepted_range(lever))]


def value_faults(lever: Lever, value: Fraction | None, text: str = "") -> list[Problem]:
    """What is wrong with a value of one lever, taken alone."""
    if value is None:
        return []
    written = text or plain(value)
    if not lever.low <= value <= lever.high:
        return [Problem("out_of_range", lever.id, written, accepted_range(lever))]
    if lever.is_count and value.denominator != 1:
        return [Problem("not_whole", lever.id, written, accepted_range(lever))]
    return []
