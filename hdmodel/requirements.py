"""In the terms of its levers, what does an indicator need?  Each required value with what can be set."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from hdmodel.edition import Edition, Lever
from hdmodel.projection import Projection
from hdmodel.required import levers_asked as ids_asked


@dataclass(frozen=True)
class Need:
    """A value that lands the year on its target, in the unit of the `levers` that have to take it.

    `quantity` is its name among `hdmodel.explain.worked_lines.QUANTITIES`.
    """

    quantity: str
    value: Fraction
    levers: tuple[Lever, ...]

    @property
    def unit(self) -> str:
        return self.levers[0].unit

    @property
    def low(self) -> Fraction:
        """The lowest value that can be set."""
        return max(lever.low for lever in self.levers)

    @property
    def high(self) -> Fraction:
        """The highest value that can be set."""
        return min(lever.high for lever in self.levers)

    @property
    def is_count(self) -> bool:
        """Whether it is a number of projects: whole, and of those that start in all."""
        return self.levers[0].is_count

    @property
    def is_free(self) -> bool:
        """Whether the value lies below all that can be set: the number itself would say nothing."""
        return self.value < self.low

    @property
    def enough(self) -> Fraction | None:
        """The first step of the slider that is enough; `None` where none is, or any will do."""
        lever = self.levers[0]
        step = lever.low + ceil((self.value - lever.low) / lever.step) * lever.step
        return step if self.low <= step <= self.high else None


def levers_asked(edition: Edition, indicator: str) -> tuple[Lever, Lever]:
    """The levers of Q3 and Q4 that an indicator's requirement is stated in."""
    q3, q4 = ids_asked(edition, indicator)
    return edition.levers[q3], edition.levers[q4]


def needs_of(edition: Edition, projection: Projection) -> dict[str, Need]:
    """What `h2` (one value in both quarters; projects in all), `q4` and `q3` need, if they do;
    nothing of a mere reading.
    """
    form = edition.indicators[projection.id].form
    if not form.is_requirement_said:
        return {}
    q3, q4 = levers_asked(edition, projection.id)
    values = {period: getattr(projection.required, field) for period, field in form.required_in.items()}
    levers = {"h2": (q3, q4), "q4": (q4,), "q3": (q3,)}
    return {
        period: Need(f"required_{form.required_in[period]}", value, levers[period])
        for period, value in values.items()
        if value is not None
    }


def need_now(edition: Edition, projection: Projection) -> Need | None:
    """What has to be met from here on: by both quarters, or by Q4 once it is known what Q3 brought."""
    return needs_of(edition, projection).get("q4" if projection.is_q3_known else "h2")
