"""What does the Q3 × Q4 map draw?  The full year over a grid of two levers, the line on target,
and where we are.

The grid is reckoned in one go by the model's own formulas over numpy arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np

from hdmodel import Edition, Lever, Projection, Scenario
from hdmodel.cache import cached_per_edition
from hdmodel.facts import facts_of, levers_at_work
from hdmodel.links.values import on_step
from hdmodel.paths import facts_in, numbers_of
from hdmodel.projection import Outcome
from hdmodel.required import solve
from hdmodel.scenario import too_many_together
from ui.answers.sentences import label_of
from ui.explain.clicks import asks
from ui.explain.questions import Quantity
from ui.text.speech import Speech, with_minus

MOST_CELLS = 17  # a side
_TABLE_CELLS = 5  # a side, of the map as a table
GAP_ACROSS, GAP_YEAR = "{x}", "{year}"  # in what is read over a cell
_SURE_DIGITS = 9  # decimals of a floating-point year: beyond lies its noise
BETWEEN = " "  # cells of a strip
Row = dict[str, Any]
Value = TypeVar("Value")
Line = tuple[tuple[Fraction, Fraction], ...]  # the pairs that land exactly on target


@dataclass(frozen=True)
class Axis:
    """One side of the map: a lever, the middles of its cells (values its slider can take)
    and their common width.
    """

    lever: Lever
    middles: tuple[Fraction, ...]
    width: Fraction

    @staticmethod
    def of(lever: Lever) -> Axis:
        """The lever's range cut into cells: one for each step, or each round number of steps,
        where they fill the range.
        """
        extent = lever.high - lever.low
        rounds = (lever.step * factor * 10**power for power in range(9) for factor in (1, 2, 5))
        fitting = (
            width
            for width in rounds
            if (extent / width).denominator == 1 and 1 <= extent / width < MOST_CELLS
        )
        width = next(fitting, extent / (MOST_CELLS - 1))
        return Axis(
            lever,
            tuple(on_step(lever, lever.low + width * cell) for cell in range(int(extent / width) + 1)),
            width,
        )


@dataclass(frozen=True)
class Axes:
    """Both sides of the map, across and up."""

    x: Axis
    y: Axis

    @staticmethod
    def of(x: Lever, y: Lever) -> Axes:
        return Axes(Axis.of(x), Axis.of(y))

    def pair(self, x: Value, y: Value) -> dict[str, Value]:
        """The values of the two levers at a place, by id."""
        return {self.x.lever.id: x, self.y.lever.id: y}

    def thinned(self) -> Axes:
        """The same with a few cells a side, as a table has them."""
        x, y = (
            replace(axis, middles=axis.middles[:: max(1, (len(axis.middles) - 1) // (_TABLE_CELLS - 1))])
            for axis in (self.x, self.y)
        )
        return Axes(x, y)


def axes_of(
    edition: Edition, scenario: Scenario, indicator: str, chosen: Sequence[str | None] = (None, None)
) -> Axes | None:
    """The two levers that span the map of an indicator: those chosen, else the first and the one in the
    middle; `None` where fewer than two are left to move.
    """
    own = levers_at_work(facts_in(edition, scenario, indicator))
    if len(own) < 2:
        return None
    across = chosen[0] if chosen[0] in own else own[0]
    rest = [id for id in own if id != across]
    usual = own[len(own) // 2]
    up = next(id for id in (chosen[1], usual, rest[0]) if id in rest)
    return Axes.of(edition.levers[across or own[0]], edition.levers[up or rest[0]])


def years_over(edition: Edition, scenario: Scenario, indicator: str, axes: Axes) -> np.ndarray:
    """The full year for every pair: a row for each middle of `y`, a column for each of `x`."""
    numbers = {
        id: None if value is None else float(value) for id, value in numbers_of(edition, scenario).items()
    }
    across, up = ([float(value) for value in axis.middles] for axis in (axes.x, axes.y))
    grid = axes.pair(*np.meshgrid(across, up))
    return np.asarray(facts_of(edition, indicator, {**numbers, **grid}).path.full_year)


def on_target(outcome: Outcome, axes: Axes) -> Line:
    """The pairs that land exactly on target, one for each middle of `x` whose partner lies on the map."""
    if outcome.projection.target is None:
        return ()
    return _on_target(outcome.edition, _without(outcome.scenario, axes), outcome.projection.id, axes)


@cached_per_edition(most=64)
def _on_target(edition: Edition, others: Scenario, indicator: str, axes: Axes) -> Line:
    """Those in the middles of `x`, and where the line leaves the map above or below."""
    facts, x, y = facts_in(edition, others, indicator), axes.x, axes.y

    def met(lever: Lever, fixed: Lever, at: Fraction) -> Fraction | None:
        value: Fraction | None = solve(facts.with_numbers({fixed.id: at}), [lever.id], facts.target)
        return value if value is not None and lever.low <= value <= lever.high else None

    along = ((at, met(y.lever, x.lever, at)) for at in x.middles)
    edges = ((met(x.lever, y.lever, at), at) for at in (y.lever.low, y.lever.high))
    pairs = sorted(
        {(at, partner) for at, partner in (*along, *edges) if at is not None and partner is not None}
    )
    if len(pairs) == 2:  # a third point tells a curve from a straight line
        middle = (pairs[0][0] + pairs[1][0]) / 2
        pairs[1:1] = [(middle, partner) for partner in [met(y.lever, x.lever, middle)] if partner is not None]
    return tuple(pairs)


def _without(scenario: Scenario, axes: Axes) -> Scenario:
    """The same state wherever on the map it lies: moving the point leaves colours and line as they are,
    and they are kept.
    """
    return Scenario(tuple({**scenario.as_dict(), **axes.pair(Fraction(0), Fraction(0))}.items()))


def pairs_rows(outcome: Outcome, axes: Axes, line: Line, speech: Speech) -> list[Row]:
    """The cells, a row for each strip of them, the line on target and the present point,
    as the rows of one table.
    """
    edition, projection, x, y = outcome.edition, outcome.projection, axes.x, axes.y
    values = outcome.scenario.as_dict()
    now = {"now_x": float(values[x.lever.id] or 0), "now_y": float(values[y.lever.id] or 0)}
    year_asks = asks(Quantity(projection.id, "full_year"))
    levers = {"x_lever": x.lever.id, "y_lever": y.lever.id}
    words = {"x_title": label_of(edition, x.lever, speech), "y_title": label_of(edition, y.lever, speech)}
    text = now_words(edition, projection, speech)
    middle = projection.target if projection.target is not None else projection.path.full_year or Fraction(0)
    shades = _Shades(_without(outcome.scenario, axes), projection.id, axes, middle)
    return [
        *(
            {**strip, **levers, "tip": tip_words(projection, x, (y.lever, above), speech)}
            for above, strip in zip(y.middles, _strips(edition, shades), strict=True)
        ),
        *(
            {"line_x": float(at), "line_y": float(partner), "line_order": order, **levers}
            for order, (at, partner) in enumerate(line)
        ),
        {**now, "now_text": text, "now_asks": year_asks, **levers, **words, **_ends(x)},
    ]


def now_words(edition: Edition, projection: Projection, speech: Speech) -> str:
    """The label of the present point; blank while the year is unknown."""
    year, usual = projection.path.full_year, edition.indicators[projection.id].places_in(projection.unit)
    places = speech.places_beside(year, projection.target, usual)
    return "" if year is None else speech.say("map.now", value=speech.number(year, places))


def tip_words(projection: Projection, x: Axis, y: tuple[Lever, Fraction], speech: Speech) -> str:
    """What is read over a cell of a strip, with gaps for the number across and the year."""
    lever, above = y
    across, up = (
        speech.say(
            "asked.set", lever=speech.pick(side.label), value=f"{value} {speech.unit_of_number(side.unit)}"
        )
        for side, value in ((x.lever, GAP_ACROSS), (lever, speech.number(above, lever.places)))
    )
    year = speech.say("map.tip.year", year=f"{GAP_YEAR} {speech.unit_of_number(projection.unit)}")
    return f"{across}\n{up}\n{year}"


@dataclass(frozen=True)
class _Shades:
    """All that the cells depend on beside the edition: the same wherever on the map the state lies."""

    others: Scenario
    indicator: str
    axes: Axes
    middle: Fraction  # the year at which the colour turns


@cached_per_edition(most=64)
def _strips(edition: Edition, shades: _Shades) -> tuple[Row, ...]:
    """A row for each middle of `y`, its cells written one after the other:
    a table of a row a cell would take ten times as long.
    """
    axes, x, y = shades.axes, shades.axes.x, shades.axes.y
    facts = facts_in(edition, shades.others, shades.indicator)
    years = years_over(edition, shades.others, shades.indicator, axes)
    away = years - float(shades.middle)
    parts = away / (float(np.max(np.abs(away))) or 1.0)
    sure, places = np.round(years, _SURE_DIGITS), facts.indicator.places_in(facts.form.unit(facts))
    columns = BETWEEN.join(str(column) for column in range(len(x.middles)))
    x_low, low, width = _ends(x)["x_start"], float(y.lever.low), float(y.width)
    return tuple(
        {
            "y_from": low + width * (cell - 0.5), "y_to": low + width * (cell + 0.5), "y_mid": float(above),
            "x_low": x_low, "x_width": float(x.width), "columns": columns,
            "shades": BETWEEN.join(f"{shade:.3f}" for shade in strip),
            "across": BETWEEN.join(with_minus(at, x.lever.places) for at in x.middles),
            "years": BETWEEN.join(with_minus(year, places) for year in sure[cell].tolist()),
            "shut": BETWEEN.join("01"[not is_reachable(edition, shades.others, axes.pair(at, above))]
            for at in x.middles),
        }
        for cell, (above, strip) in enumerate(zip(y.middles, parts.tolist(), strict=True))
    )  # fmt: skip


def _ends(x: Axis) -> Row:
    """Where the first cell begins and the last one ends."""
    low, width = float(x.lever.low), float(x.width)
    return {"x_start": low - width / 2, "x_end": low + width * (len(x.middles) - 0.5)}


def place_of(axis: Axis, clicked: object) -> Fraction | None:
    """The middle of the cell that was clicked, exactly; `None` for what is no number."""
    if not isinstance(clicked, int | float):
        return None
    return min(axis.middles, key=lambda middle: abs(float(middle) - clicked))


def is_reachable(edition: Edition, scenario: Scenario, pair: Mapping[str, Fraction]) -> bool:
    """Whether a pair of values keeps the joint limits, given the other levers."""
    if all(edition.levers[id].joint is None for id in pair):
        return True
    return not too_many_together(edition, {**scenario.as_dict(), **pair})
