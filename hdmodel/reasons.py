"""Why did the year move?  From one scenario to another, lever by lever, adding up exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.edition import Edition
from hdmodel.projection import Projection, project
from hdmodel.scenario import Scenario


@dataclass(frozen=True)
class Transition:
    """From one scenario to another, as far as one indicator goes."""

    edition: Edition
    before: Scenario
    after: Scenario
    indicator: str

    @property
    def old(self) -> Projection:
        return project(self.edition, self.before)[self.indicator]

    @property
    def new(self) -> Projection:
        return project(self.edition, self.after)[self.indicator]


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


def reasons(transition: Transition) -> Reasons | None:
    """Why an indicator's year moved; `None` where the two years do not compare (one is blank,
    or in another unit).
    """
    old, new = transition.old, transition.new
    if old.path.full_year is None or new.path.full_year is None or old.unit != new.unit:
        return None
    parts = tuple(part for part in _parts(transition) if part.effect)
    total = f.change(new.path.full_year, old.path.full_year)
    return Reasons(parts, f.together(total, sum((part.effect for part in parts), Fraction(0))), total)


def each_alone(before: Scenario, after: Scenario) -> dict[str, Scenario]:
    """For each lever that differs, the scenario in which it alone has moved,
    all others as they were before.
    """
    old, new = before.as_dict(), after.as_dict()
    return {id: Scenario(tuple({**old, id: new[id]}.items())) for id in old if old[id] != new[id]}


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


def _parts(transition: Transition) -> list[Part]:
    """Each changed lever's effect; none for one that alone turns the year into another unit,
    which does not compare.
    """
    before, after, old = transition.before, transition.after, transition.old
    was, now = before.as_dict(), after.as_dict()
    parts = []
    for id, moved in each_alone(before, after).items():
        there = project(transition.edition, moved)[old.id]
        compares = there.path.full_year is not None and there.unit == old.unit
        parts.append(
            Part(
                id,
                was[id],
                now[id],
                f.change(there.path.full_year, old.path.full_year) if compares else Fraction(0),
            )
        )
    return parts
