"""What is said of the map of two levers?  What its colours mean, the line on target as an equation, and a few
of its years as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from hdmodel import Edition, Lever, Projection
from hdmodel.paths import facts_in
from hdmodel.projection import Outcome
from ui.answers.lever_map_rows import Axes, Line, is_reachable
from ui.answers.reason_sentences import lever_value
from ui.explain.clicks import number_html
from ui.explain.questions import NOW, Crossing, TradeOff, where
from ui.html.elements import Markup, joined
from ui.html.tables import table_html
from ui.text.speech import Speech


def map_marks(edition: Edition, projection: Projection, speech: Speech) -> dict[str, str]:
    """What the map's colours mean, and its line where there is something to land on."""
    if projection.target is None:
        return {mark: speech.say(f"map.{mark}.now") for mark in ("below", "above")}
    against = ".benchmark" if edition.indicators[projection.id].is_benchmark else ""
    return {mark: speech.say(f"map.{mark}{against}") for mark in ("below", "above", "target")}


def line_in_words(projection: Projection, axes: Axes, line: Line, speech: Speech) -> Markup:
    """The line on target as an equation, where it is straight: the two levers do not multiply each other."""
    if projection.target is None:
        return speech.html("required.no_target")
    if not line:
        return speech.html("map.line.none")
    (x_0, y_0), (x_1, y_1) = line[0], line[-1]
    if x_0 == x_1 or y_0 == y_1:
        return joined([_level_line(axes.x.lever, axes.y.lever, line, speech)])
    slope = (y_0 - y_1) / (x_1 - x_0)
    if any(partner != y_0 - slope * (at - x_0) for at, partner in line):
        return speech.html("map.line.curved")
    across, up = axes.x.lever, axes.y.lever
    at_0, less = speech.number(y_0 + slope * x_0, 1), speech.number(slope, 2)
    can_be_0 = across.low <= 0 <= across.high
    return speech.html(
        "map.line",
        y=speech.pick(up.label),
        x=speech.pick(across.label),
        at_0=number_html(at_0, Crossing(projection.id, up.id, where("now", {across.id: Fraction(0)})))
        if can_be_0
        else at_0,
        slope=number_html(less, TradeOff(projection.id, up.id, across.id, NOW)),
    )


def _level_line(x: Lever, y: Lever, line: Line, speech: Speech) -> str:
    """A line along one value of a lever, on which the other does not matter;
    or the one pair that lands on target.
    """
    (x_0, y_0), (x_1, _) = line[0], line[-1]
    at_x, at_y = (
        speech.say("asked.set", lever=speech.pick(lever.label), value=speech.amount(value, lever.unit, 1))
        for lever, value in ((x, x_0), (y, y_0))
    )
    if line[0] == line[-1]:
        return speech.say("map.line.one", x=at_x, y=at_y)
    fixed, free = (at_x, y) if x_0 == x_1 else (at_y, x)
    return speech.say("map.line.level", held=fixed, free=speech.pick(free.label))


WriteYear = Callable[[Mapping[str, Fraction], Fraction | None], str]


def years_table(outcome: Outcome, axes: Axes, write: WriteYear, speech: Speech) -> Markup:
    """The years of a few pairs of two levers, reckoned exactly. `write` is handed each pair with its year,
    `None` where it breaks a joint limit.
    """
    edition, few = outcome.edition, axes.thinned()
    x, y = (speech.pick(axis.lever.label) for axis in (few.x, few.y))
    across = (lever_value(edition, few.x.lever.id, value, speech) for value in few.x.middles)
    rows = [
        (
            lever_value(edition, few.y.lever.id, up, speech),
            *(write(pair, _year_at(outcome, pair)) for at in few.x.middles for pair in [axes.pair(at, up)]),
        )
        for up in few.y.middles
    ]
    return table_html([speech.say("map.corner", x=x, y=y), *across], rows, "map-table")


def _year_at(outcome: Outcome, pair: Mapping[str, Fraction]) -> Fraction | None:
    edition, scenario = outcome.edition, outcome.scenario
    if not is_reachable(edition, scenario, pair):
        return None
    year = facts_in(edition, scenario, outcome.projection.id).with_numbers(pair).path.full_year
    assert isinstance(year, Fraction), "the map is drawn where there is a year"
    return year
