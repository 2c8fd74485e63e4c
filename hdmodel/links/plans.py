"""Which plans are kept beside the present state?  Three slots (保底, 争取, 冲刺),
each a scenario with a name of the user's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from hdmodel.edition import Edition
from hdmodel.links.short_names import places_of, short_names
from hdmodel.links.values import ids_of, read_settings
from hdmodel.numbers import plain
from hdmodel.problems import Phrase, Problem
from hdmodel.reading.edition import released_editions
from hdmodel.scenario import Scenario

SLOTS = ("p1", "p2", "p3")
MOST_LETTERS = 36  # of a name in Latin letters; a Chinese one counts for three, as it does in an address
_BETWEEN, _NAME_AFTER = "_", "~"


@dataclass(frozen=True)
class Plan:
    """A scenario that is kept, and what the user calls it (blank: the slot's own name)."""

    scenario: Scenario
    name: str = ""


Plans = tuple[Plan | None, ...]  # one for each of SLOTS
NO_PLANS: Plans = (None,) * len(SLOTS)


def write_plan(edition: Edition, plan: Plan | None) -> str:
    """A plan as a link carries it: every lever and each entry that was made, by its place,
    then the plan's name.

    >>> from hdmodel import baseline, released_edition
    >>> write_plan(edition := released_edition(), Plan(baseline(edition), "稳妥"))[:24]
    '0_13.8_1_13.8_2_100_3_10'
    """
    if plan is None:
        return ""
    names = {**short_names(edition), **{id: place for place, id in _places(edition).items()}}
    values = (
        part for id, value in plan.scenario.values if value is not None for part in (names[id], plain(value))
    )
    return _BETWEEN.join(values) + (_NAME_AFTER + plan.name if plan.name else "")


def read_plan(edition: Edition, slot: str, text: str, problems: list[Problem]) -> Plan | None:
    """The plan that a link carries in a slot, `None` for a blank one;
    every fault is added to `problems` under the slot's name.
    """
    if not text:
        return None
    values, _, name = text.partition(_NAME_AFTER)
    parts = values.split(_BETWEEN)
    given = dict(zip(parts[::2], parts[1::2], strict=False))
    if len(parts) != 2 * len(given):
        problems.append(Problem("malformed", slot, text, Phrase("wanted.plan_pairs"), "blank"))
        return None
    ids = {**ids_of(edition), **_places(edition)}
    if len({ids.get(name, name) for name in given}) < len(given):  # one lever, spelt in two ways
        problems.append(Problem("malformed", slot, text, Phrase("wanted.plan_pairs"), "blank"))
        return None
    if len(given) > len(ids):
        problems.append(
            Problem("malformed", slot, text, Phrase("wanted.plan_names", count=len(ids)), "blank")
        )
        return None
    of_plan: list[Problem] = [
        Problem("unknown_name", name, value, Phrase("wanted.names"))
        for name, value in given.items()
        if name not in ids
    ]
    scenario = read_settings(
        edition, {ids[name]: value for name, value in given.items() if name in ids}, of_plan
    )
    problems += [replace(problem, place=f"{slot} {problem.place}") for problem in of_plan]
    if name != named(name):
        problems.append(
            Problem(
                "malformed",
                f"{slot} name",
                name,
                Phrase("wanted.plan_name", most=MOST_LETTERS, chinese=MOST_LETTERS // 3),
                named(name),
            )
        )
    return Plan(scenario, named(name))


def _places(edition: Edition) -> dict[str, str]:
    """Places hold in a released edition alone: somebody's own may be revised under the same name."""
    return places_of(edition) if edition.id in released_editions() else {}


def named(text: str) -> str:
    """A plan's name as it is kept: one line, no tilde, short enough for a link (`MOST_LETTERS`).

    >>> named(" 县里~的 版本  二 "), named("海" * 13) == "海" * 12
    ('县里的 版本 二', True)
    """
    letters = "".join(letter for letter in text if letter.isprintable() and letter != _NAME_AFTER)
    name, room = "", 3 * MOST_LETTERS
    for letter in " ".join(letters.split()):
        room -= len(quote(letter, safe="")) if not letter.isascii() else 3
        if room < 0:
            break
        name += letter
    return name.strip()
