"""What do the bars of the levers draw?  One row a lever: the year at either end of it, the present one,
the target and where it is met, with their labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hdmodel import Edition, Lever, Projection
from hdmodel.sensitivity import Swing
from ui.answers.sentences import target_words
from ui.explain.clicks import asks
from ui.explain.questions import NOW, Crossing, Quantity, where
from ui.text.speech import Speech

_WIDE_BAR = 0.6  # of the chart's width: its labels fit below it
_LABEL = 0.3  # of the bars' width: what a label outside a bar takes
Row = dict[str, Any]


def swings_rows(
    edition: Edition, projection: Projection, swings: Sequence[Swing], speech: Speech
) -> list[Row]:
    """A row for each lever, in their order, with what all of them share."""
    places = year_places(edition, projection, speech)
    ends = [year for swing in swings for year in (swing.year_at_low, swing.year_at_high)]
    marks = [
        float(value) for value in (*ends, projection.path.full_year, projection.target) if value is not None
    ]
    low, high = min(marks), max(marks)
    room = _room(swings, low, high)
    shared = {
        "now": projection.path.full_year,
        "target": projection.target,
        "target_text": target_words(edition.indicators[projection.id], projection.target, places, speech),
        "target_asks": asks(Quantity(projection.id, "target")),
        "domain_low": low - room,
        "domain_high": high + room,
    }
    rows = [
        {
            **shared,
            "crossing": None if swing.crossing is None else projection.target,
            **_bar(edition.levers[swing.lever], swing, places, speech),
            **_asks(projection.id, swing),
        }
        for swing in swings
    ]
    return [
        {**row, **_on_its_side(row, high - low), "order": order, "tip": _tip(row)}
        for order, row in enumerate(rows)
    ]


def _bar(lever: Lever, swing: Swing, places: int, speech: Speech) -> Row:
    is_flat = swing.year_at_low == swing.year_at_high
    low, high = (
        end_words(lever, value, speech.number(year, places), speech)
        for value, year in ((swing.low, swing.year_at_low), (swing.high, swing.year_at_high))
    )
    return {
        "lever": lever.id,
        "name": lever_name(lever, swing.crossing, speech),
        "year_low": swing.year_at_low,
        "year_high": swing.year_at_high,
        "low": "" if is_flat else low,
        "high": flat_words(swing.year_at_high, places, speech) if is_flat else high,
    }


def lever_name(lever: Lever, crossing: Fraction | None, speech: Speech) -> str:
    """A lever's name, and where on it the target is met."""
    name = speech.pick(lever.label)
    if crossing is None:
        return name
    key = "tornado.crossing.count" if lever.is_count else "tornado.crossing"
    return speech.say(key, lever=name, value=met_at(lever, crossing, speech))


def end_words(lever: Lever, value: Fraction, year: str, speech: Speech) -> str:
    """An end of a lever and the year there."""
    return speech.say("tornado.end", lever=speech.amount(value, lever.unit, lever.places), year=year)


def flat_words(year: Fraction, places: int, speech: Speech) -> str:
    """The year of a lever that moves nothing."""
    return speech.say("tornado.flat", year=speech.number(year, places))


def met_at(lever: Lever, crossing: Fraction, speech: Speech) -> str:
    """Where on a lever the target is met; of projects the first whole number that is enough."""
    return speech.count(crossing, lever.unit) if lever.is_count else speech.amount(crossing, lever.unit, 1)


def year_places(edition: Edition, projection: Projection, speech: Speech) -> int:
    """The decimals of a full year beside its target."""
    places = edition.indicators[projection.id].places_in(projection.unit)
    return speech.places_beside(projection.path.full_year, projection.target, places)


def _asks(indicator: str, swing: Swing) -> Row:
    """What a click on a label asks for."""
    low, high = (
        asks(Quantity(indicator, "full_year", where("now", {swing.lever: value})))
        for value in (swing.low, swing.high)
    )
    crossing = "" if swing.crossing is None else asks(Crossing(indicator, swing.lever, NOW))
    return {"crossing_asks": crossing, "low_asks": low, "high_asks": high}


def _room(swings: Sequence[Swing], low: float, high: float) -> float:
    """The margin on either side of the bars: wide where a narrow one, whose labels stand outside,
    lies close to it.
    """
    width = high - low
    ends = ((float(swing.year_at_low), float(swing.year_at_high)) for swing in swings)
    is_close = any(
        end - start <= _WIDE_BAR * width and (high - end < width * _LABEL or start - low < width * _LABEL)
        for start, end in ends
    )
    return width * (_LABEL if is_close else 1 / 12) or 1.0


def _on_its_side(row: Row, width: float) -> dict[str, str]:
    """Either end's label, on the side of it where there is room."""
    side = "inside" if row["year_high"] - row["year_low"] > _WIDE_BAR * width else "outside"
    return {f"low_{side}": row["low"], f"high_{side}": row["high"]}


def _tip(row: Row) -> str:
    return f"{row['name']}: {' · '.join(end for end in (row['low'], row['high']) if end)}"
