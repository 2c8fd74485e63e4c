"""What did past years do, against what is needed now?  A count in words, and the rows of the strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any

from hdmodel import Edition, Projection
from hdmodel.form import Kind
from hdmodel.numbers import half_up
from hdmodel.past_years import (
    FEWEST_FOR_A_SHARE,
    ROUNDING,
    Year,
    far_enough,
    frequency,
    move,
    needed,
    within_rounding,
)
from ui.explain.clicks import asks, number_html
from ui.explain.questions import Frequency, Move, Quantity, typed_in
from ui.html.elements import Markup, element, joined, remark
from ui.text.speech import Speech

_ROOM = 0.08  # of the moves' span, left free on either side
_APART = 0.1  # of the width: two years that are closer stand in lanes of their own
_PLACES, _PLACES_OF_MULTIPLE = 1, 2


@dataclass(frozen=True)
class EnteredYears:
    """The user's years of one indicator, and what they are held against."""

    id: str
    kind: Kind
    unit: str
    years: tuple[Year, ...]
    need: Fraction


def entered_years(edition: Edition, projection: Projection, years: tuple[Year, ...]) -> EnteredYears | None:
    """Years held against what is needed now; `None` where nothing is, or the year hangs on Q4 alone."""
    need = needed(projection.kind, projection.path.h1, projection.target)
    if need is None or projection.is_q3_known:
        return None
    return EnteredYears(
        projection.id, projection.kind, typed_in(edition.indicators[projection.id]), years, need
    )


def strip_marks(speech: Speech) -> dict[str, str]:
    """What filled and hollow dots mean."""
    return {mark: speech.say(f"record.{mark}") for mark in ("enough", "not_enough")}


def count_html(entered: EnteredYears, speech: Speech) -> Markup:
    """k of n years; from eight years on also the percentage, with its interval."""
    count, *remarks = count_lines(entered, speech)
    return element("p", count, class_="record-count") + joined(map(remark, remarks))


def count_lines(entered: EnteredYears, speech: Speech) -> list[Markup | str]:
    """The same as lines: the count, and what is remarked on it."""
    k, n = len(far_enough(entered.kind, entered.years, entered.need)), len(entered.years)
    need = asked_move(entered, "required_move", entered.need, speech)
    count = speech.html("record.count", n=str(n), k=str(k), need=need, means=_means(entered, speech))
    near = _near(entered, speech)
    return [count, _share(entered, k, speech), *([near] if near else [])]


def _share(entered: EnteredYears, reached: int, speech: Speech) -> Markup:
    often = frequency(reached, len(entered.years))
    if often is None:
        return speech.html("record.count_only", fewest=str(FEWEST_FOR_A_SHARE))
    ends = {"share": often.share, "low": often.low, "high": often.high}
    numbers = {
        end: number_html(
            f"{speech.number(value, 0)} %", Frequency(entered.id, f"years_{end}", entered.years, entered.need)
        )
        for end, value in ends.items()
    }
    return speech.html("record.share", **numbers)


def _near(entered: EnteredYears, speech: Speech) -> str:
    """The years that the rounding of printed figures may have put on either side."""
    years = within_rounding(entered.kind, entered.years, entered.need)
    named = speech.say("moved.and").join(str(year.year) for year in years)
    return speech.say("record.near", years=named, by=speech.points(ROUNDING)) if years else ""


def _means(entered: EnteredYears, speech: Speech) -> Markup:
    """What is needed now, in words: a minus sign alone is misread as a shortfall."""
    if entered.kind.is_sum:
        return speech.html("record.means.flow")
    side = "below" if entered.need < 0 else "above" if entered.need > 0 else "even"
    by = speech.points(entered.need, _places(entered))
    return speech.html(
        f"record.means.{entered.kind.name}.{side}", by=number_html(by, Quantity(entered.id, "required_move"))
    )


def strip_rows(entered: EnteredYears, speech: Speech) -> list[dict[str, Any]]:
    """One row a year with its lane, from the smallest move to the largest;
    the first also carries what is needed.
    """
    moves = {year: move(entered.kind, year.h1, year.full_year) for year in entered.years}
    reached = far_enough(entered.kind, entered.years, entered.need)
    marks = [float(value) for value in (*moves.values(), entered.need)]
    room = (max(marks) - min(marks)) * _ROOM or 1.0
    low, high = min(marks) - room, max(marks) + room
    ordered = sorted(entered.years, key=lambda year: (moves[year], year.year))
    lanes = lanes_of([(float(moves[year]) - low) / (high - low) for year in ordered])
    rows: list[dict[str, Any]] = [
        {
            "lane": lane,
            "year": str(year.year),
            "move": float(moves[year]),
            "enough" if year in reached else "not_enough": float(moves[year]),
            "tip": _tip(entered, year, moves[year], speech),
            "year_asks": asks(Move(entered.id, year)),
            "domain_low": low,
            "domain_high": high,
        }
        for year, lane in zip(ordered, lanes, strict=True)
    ]
    return [
        {
            **rows[0],
            "need": float(entered.need),
            **_need_label(entered, (float(entered.need) - low) / (high - low), speech),
        },
        *rows[1:],
    ]


def lanes_of(places: Sequence[float]) -> list[int]:
    """The lowest lane in which each place (0 to 1, rising) keeps its distance to the one before it.

    >>> lanes_of([0.1, 0.15, 0.22, 0.9])
    [0, 1, 0, 0]
    """
    last: list[float] = []
    lanes = []
    for place in places:
        lane = next((lane for lane, other in enumerate(last) if place - other >= _APART), len(last))
        last[lane : lane + 1] = [place]
        lanes.append(lane)
    return lanes


def _need_label(entered: EnteredYears, place: float, speech: Speech) -> dict[str, str]:
    side = "left" if place < 1 / 4 else "right" if place > 3 / 4 else "middle"
    label = speech.say("record.need", value=_said(entered, entered.need, speech))
    return {f"need_{side}": label, "need_asks": asks(Quantity(entered.id, "required_move"))}


def _tip(entered: EnteredYears, year: Year, moved: Fraction, speech: Speech) -> str:
    in_words = _said(entered, moved, speech)
    return speech.say("record.dot", year=str(year.year), move=in_words, judged=judged(entered, year, speech))


def judged(entered: EnteredYears, year: Year, speech: Speech) -> str:
    return speech.say(
        "record.enough" if far_enough(entered.kind, (year,), entered.need) else "record.not_enough"
    )


def _said(entered: EnteredYears, moved: Fraction, speech: Speech) -> str:
    return speech.say(f"record.move.{entered.kind.name}", value=number_of(entered, moved, speech))


def asked_move(entered: EnteredYears, quantity: str, moved: Fraction, speech: Speech) -> Markup:
    """A move with the way to its arithmetic."""
    return number_html(_said(entered, moved, speech), Quantity(entered.id, quantity))


def number_of(entered: EnteredYears, moved: Fraction, speech: Speech) -> str:
    return speech.number(moved, _places(entered), signed=not entered.kind.is_sum)


def _places(entered: EnteredYears) -> int:
    """The decimals that keep every move, and nought, apart from what is needed."""
    others = {Fraction(0), *(move(entered.kind, year.h1, year.full_year) for year in entered.years)} - {
        entered.need
    }
    return next(
        more
        for more in count(_PLACES_OF_MULTIPLE if entered.kind.is_sum else _PLACES)
        if half_up(entered.need, more) not in {half_up(other, more) for other in others}
    )
