"""Why did the year move?  From one scenario to another, lever by lever, adding up exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.edition import Edition
from hdmodel.paths import numbers_of, path_of
from hdmodel.projection import Projection, project
from hdmodel.scenario import Scenario


@dataclass(frozen=True)
class Part:
    """What one lever or entry did on its own: its value before and after, and the change of the full year."""

    lever: str
    before: Fraction | None
    after: Fraction | None
    effect: Fraction


@dataclass(frozen=True)
class Reasons:
    """The change of a full year, in the indicator's unit: the parts and `together` add up to `total` exactly.

    `together` is what no single lever brings: two that multiply each other, moved at once.
    """

    parts: tuple[Part, ...]
    together: Fraction
    total: Fraction


@dataclass(frozen=True)
class Pulls:
    """Percentage points (拉动) that H1, Q3 and Q4 contribute to the growth of the year; they sum to it."""

    h1: Fraction
    q3: Fraction
    q4: Fraction


def reasons(edition: Edition, before: Scenario, after: Scenario, indicator: str) -> Reasons | None:
    """Why an indicator's year moved; `None` where the two years do not compare (one is blank, or in another unit)."""
    old, new = project(edition, before)[indicator], project(edition, after)[indicator]
    if old.path.full_year is None or new.path.full_year is None or old.unit != new.unit:
        return None
    parts = tuple(part for part in _alone(edition, before, after, indicator, old.path.full_year) if part.effect)
    total = new.path.full_year - old.path.full_year
    return Reasons(parts, total - sum((part.effect for part in parts), Fraction(0)), total)


def pulls(projection: Projection) -> Pulls | None:
    """What each period pulls the year's growth by; `None` for anything but a growth rate."""
    bases, path = projection.bases, projection.path
    if bases is None or path.h1 is None or path.q3 is None or path.q4 is None:
        return None
    return Pulls(
        *(
            f.contribution(base, growth, bases.year)
            for base, growth in ((bases.h1, path.h1), (bases.q3, path.q3), (bases.q4, path.q4))
        )
    )


def _alone(edition: Edition, before: Scenario, after: Scenario, indicator: str, year: Fraction) -> list[Part]:
    """Each changed lever's effect with all others as they were before."""
    old, new = before.as_dict(), after.as_dict()
    parts = []
    for id in (id for id in edition.levers if old[id] != new[id]):
        moved = Scenario(tuple({**old, id: new[id]}.items()))
        there = path_of(edition, indicator, numbers_of(edition, moved)).full_year
        parts.append(Part(id, old[id], new[id], Fraction(0) if there is None else there - year))
    return parts
