"""Did the second half of past years move far enough?  The user's own years, the strip they make,
and a count in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import count
from typing import Any

import streamlit as st

from hdmodel import BadInput, PageState, Problem, Projection
from hdmodel.form import Kind
from hdmodel.numbers import half_up
from hdmodel.past_years import (
    COLUMNS,
    FEWEST_FOR_A_SHARE,
    ROUNDING,
    YEARS,
    Year,
    far_enough,
    frequency,
    move,
    needed,
    read_years,
    within_rounding,
)
from hdmodel.problems import Place
from ui.charts.colours import Look
from ui.charts.legend import chart_head
from ui.charts.past_years_chart import AROUND, LANE, record_frame, record_spec
from ui.explain.clicks import asks, heard_on_chart, number_html
from ui.explain.questions import Frequency, Move, Quantity, typed_in
from ui.files.faults import place_of
from ui.html.door import show_html
from ui.html.elements import NOTHING, Markup, element, listed, notice, remark
from ui.html.tables import table_html
from ui.page.cards import h1_figure, tag_of, target_figure
from ui.page.frame import escape_markdown
from ui.page.look import look
from ui.session import keys, state
from ui.text.speech import MINUS, Speech
from ui.text.texts import TEXTS

_ROOM = 0.08  # of the moves' span, left free on either side
_APART = 0.1  # of the width: two years that are closer stand in lanes of their own
_PLACES, _PLACES_OF_MULTIPLE = 1, 2
_MOST_PLACES = 4


@dataclass(frozen=True)
class EnteredYears:
    """The user's years of one indicator, and what they are held against."""

    id: str
    kind: Kind
    unit: str
    years: tuple[Year, ...]
    need: Fraction


@lru_cache
def _spec(colours: Look) -> dict[str, Any]:
    return record_spec(colours)


def record(opened: PageState, projection: Projection, speech: Speech) -> None:
    """The section, folded until it is asked for."""
    folded = st.expander(speech.say("record"), key="record", on_change="rerun")
    if folded.open:
        with folded:
            _section(opened, projection, speech)


def _section(opened: PageState, projection: Projection, speech: Speech) -> None:
    need = needed(projection.kind, projection.path.h1, projection.target)
    if need is None:
        show_html(remark(speech.say("record.no_target" if projection.target is None else "record.no_h1")))
        return
    if projection.is_q3_known:
        show_html(remark(speech.say("record.q3_known")))
        return
    unit = typed_in(opened.edition.indicators[projection.id])
    held = EnteredYears(
        projection.id, projection.kind, unit, _typed_years(projection, unit, _this_year(opened), speech), need
    )
    if not held.years:
        show_html(remark(speech.html("record.invite", need=_asked(held, "required_move", need, speech))))
        return
    show_html(count_html(held, speech) + remark(_need_from(opened, projection, speech)))
    _strip(held, speech)
    show_html(_table(held, speech))


def _strip(held: EnteredYears, speech: Speech) -> None:
    drawn = [{**row, "clicks": state.clicks()} for row in strip_rows(held, speech)]
    lanes, key = 1 + int(max(row["lane"] for row in drawn)), f"record-strip-{held.id}"
    show_html(_head(held, speech))
    st.vega_lite_chart(
        record_frame(drawn),
        _spec(look()),
        key=key,
        height=AROUND + LANE * lanes,
        on_select=lambda: heard_on_chart(state.take_clicks(key)),
    )


# --- what is typed
# ---------------------------------------------------------------------------------------------------


def _this_year(opened: PageState) -> int:
    """The year that is reckoned with; far off where an edition does not say it as a number."""
    year = opened.edition.about["year"]
    return int(year) if year.isdecimal() and len(year) == 4 else YEARS[1] + 1


def _typed_years(projection: Projection, unit: str, before: int, speech: Speech) -> tuple[Year, ...]:
    """The years in the field, or those last read from it while it has a fault;
    every fault is named below it.
    """
    key = f"record-years-{projection.id}"
    text, years = state.own_years(projection.id)
    if not keys.has(key):
        keys.put(key, text)
    label = "record.enter.level" if projection.kind.is_level else "record.enter"
    text = st.text_area(
        escape_markdown(speech.say(label, unit=speech.unit(unit))),
        key=key,
        height=150,
        placeholder=speech.say("record.format"),
    )
    with st.container(key="record-read", horizontal=True, vertical_alignment="center"):
        # a place to click: leaving the field is what sends it
        st.button(speech.say("record.read"), key="record-read-button")
        st.caption(speech.say("record.about"))
    problems: Sequence[Problem] = ()
    try:
        years = read_years(text, projection.kind, before)
    except BadInput as bad:
        problems = bad.problems
    state.keep_own_years(projection.id, text, years)
    if problems:
        show_html(faults_html(problems, len(years), projection.kind, speech))
    return years


def faults_html(problems: Sequence[Problem], kept: int, kind: Kind, speech: Speech) -> Markup:
    """Everything that could not be read, each with its place, and what is shown meanwhile."""
    lines = listed(_fault(problem, kind, speech) for problem in problems)
    last = element("p", speech.say("record.faults.kept", n=str(kept))) if kept else NOTHING
    return notice(speech.say("record.faults"), lines, last)


def _fault(problem: Problem, kind: Kind, speech: Speech) -> str:
    accepted = f"record.accepted.{problem.kind}"
    limits = problem.wanted.replace("-", MINUS)
    return speech.say(
        "record.fault",
        place=_place(place_of(problem), kind, speech),
        value=speech.shortened(problem.found) or speech.say("record.blank"),
        what=speech.say(f"problem.{problem.kind}"),
        accepted=speech.say(accepted, accepted=limits) if accepted in TEXTS else limits,
    )


def _place(place: Place, kind: Kind, speech: Speech) -> str:
    """Where a fault stands: in a cell, in a row, or in the whole text."""
    if place.row is None:
        return speech.say("record.place.text")
    row = str(place.row)
    if not place.column:
        return speech.say("record.place.row", row=row)
    return speech.say("record.place", row=row, column=_column(place.column, kind, speech))


def _column(name: str, kind: Kind, speech: Speech) -> str:
    key = f"record.column.{name}.level" if kind.is_level and name != "year" else f"record.column.{name}"
    return speech.say(key)


# --- what is shown
# ---------------------------------------------------------------------------------------------------


def count_html(held: EnteredYears, speech: Speech) -> Markup:
    """k of n years; from eight years on also the percentage, with its interval."""
    k, n = len(far_enough(held.kind, held.years, held.need)), len(held.years)
    need = _asked(held, "required_move", held.need, speech)
    count = speech.html("record.count", n=str(n), k=str(k), need=need, means=_means(held, speech))
    found = frequency(k, n)
    if found is None:
        beside = speech.html("record.count_only", fewest=str(FEWEST_FOR_A_SHARE))
    else:
        ends = {"share": found.share, "low": found.low, "high": found.high}
        said = {
            end: number_html(
                f"{speech.number(value, 0)} %", Frequency(held.id, f"years_{end}", held.years, held.need)
            )
            for end, value in ends.items()
        }
        beside = speech.html("record.share", **said)
    return element("p", count, class_="record-count") + remark(beside) + _near(held, speech)


def _near(held: EnteredYears, speech: Speech) -> Markup:
    """The years that the rounding of printed figures may have put on either side."""
    years = within_rounding(held.kind, held.years, held.need)
    named = speech.say("moved.and").join(str(year.year) for year in years)
    said = speech.say("record.near", years=named, by=speech.points(ROUNDING))
    return remark(said) if years else NOTHING


def _means(held: EnteredYears, speech: Speech) -> Markup:
    """What is needed now, in words: a minus sign alone is misread as a shortfall."""
    if held.kind.is_sum:
        return speech.html("record.means.flow")
    side = "below" if held.need < 0 else "above" if held.need > 0 else "even"
    by = speech.points(held.need, _places(held))
    return speech.html(
        f"record.means.{held.kind.name}.{side}", by=number_html(by, Quantity(held.id, "required_move"))
    )


def _need_from(opened: PageState, projection: Projection, speech: Speech) -> Markup:
    """The two figures that the need comes from, each with its tag: one may be only illustrative."""
    edition, scenario = opened.edition, opened.scenario
    places = edition.indicators[projection.id].places_in(projection.unit)
    figures = {"target": projection.target, "h1": projection.path.h1}
    said = {
        name: number_html(speech.amount(value, projection.unit, places), Quantity(projection.id, name))
        for name, value in figures.items()
    }
    return speech.html(
        "record.from.benchmark" if edition.indicators[projection.id].is_benchmark else "record.from",
        target_tag=tag_of(edition, scenario, target_figure(edition, projection), speech),
        sign="÷" if projection.kind.is_sum else MINUS,
        h1_tag=tag_of(edition, scenario, h1_figure(edition, projection), speech),
        **said,
    )


def strip_rows(held: EnteredYears, speech: Speech) -> list[dict[str, Any]]:
    """One row a year with its lane, from the smallest move to the largest;
    the first also carries what is needed.
    """
    moves = {year: move(held.kind, year.h1, year.full_year) for year in held.years}
    reached = far_enough(held.kind, held.years, held.need)
    marks = [float(value) for value in (*moves.values(), held.need)]
    room = (max(marks) - min(marks)) * _ROOM or 1.0
    low, high = min(marks) - room, max(marks) + room
    ordered = sorted(held.years, key=lambda year: (moves[year], year.year))
    lanes = lanes_of([(float(moves[year]) - low) / (high - low) for year in ordered])
    rows: list[dict[str, Any]] = [
        {
            "lane": lane,
            "year": str(year.year),
            "move": float(moves[year]),
            "enough" if year in reached else "not_enough": float(moves[year]),
            "tip": _tip(held, year, moves[year], speech),
            "year_asks": asks(Move(held.id, year)),
            "domain_low": low,
            "domain_high": high,
        }
        for year, lane in zip(ordered, lanes, strict=True)
    ]
    return [
        {
            **rows[0],
            "need": float(held.need),
            **_need_label(held, (float(held.need) - low) / (high - low), speech),
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


def _need_label(held: EnteredYears, place: float, speech: Speech) -> dict[str, str]:
    side = "left" if place < 1 / 4 else "right" if place > 3 / 4 else "middle"
    said = speech.say("record.need", value=_said(held, held.need, speech))
    return {f"need_{side}": said, "need_asks": asks(Quantity(held.id, "required_move"))}


def _tip(held: EnteredYears, year: Year, moved: Fraction, speech: Speech) -> str:
    said = _said(held, moved, speech)
    return speech.say("record.dot", year=str(year.year), move=said, judged=_judged(held, year, speech))


def _judged(held: EnteredYears, year: Year, speech: Speech) -> str:
    return speech.say("record.enough" if far_enough(held.kind, (year,), held.need) else "record.not_enough")


def _said(held: EnteredYears, moved: Fraction, speech: Speech) -> str:
    return speech.say(f"record.move.{held.kind.name}", value=_number(held, moved, speech))


def _asked(held: EnteredYears, quantity: str, moved: Fraction, speech: Speech) -> Markup:
    """A move with the way to its arithmetic."""
    return number_html(_said(held, moved, speech), Quantity(held.id, quantity))


def _number(held: EnteredYears, moved: Fraction, speech: Speech) -> str:
    return speech.number(moved, _places(held), signed=not held.kind.is_sum)


def _places(held: EnteredYears) -> int:
    """The decimals that keep every move, and nought, apart from what is needed."""
    others = {Fraction(0), *(move(held.kind, year.h1, year.full_year) for year in held.years)} - {held.need}
    return next(
        more
        for more in count(_PLACES_OF_MULTIPLE if held.kind.is_sum else _PLACES)
        if half_up(held.need, more) not in {half_up(other, more) for other in others}
    )


def _head(held: EnteredYears, speech: Speech) -> Markup:
    marks = {mark: speech.say(f"record.{mark}") for mark in ("enough", "not_enough")}
    return chart_head(speech.say(f"record.axis.{held.kind.name}"), marks)


def _table(held: EnteredYears, speech: Speech) -> Markup:
    """The years as they were read, so that a slip of typing is seen."""
    unit = speech.unit(held.unit)
    columns = [
        speech.say("record.column.unit", name=_column(name, held.kind, speech), unit=unit)
        for name in COLUMNS[1:]
    ]
    moved = speech.say("record.column.move.flow" if held.kind.is_sum else "record.column.move")
    titles = [_column("year", held.kind, speech), *columns, moved, speech.say("record.column.judged")]
    about = speech.say("record.years", n=str(len(held.years)), tag=speech.say("tag.entered"))
    places = _places_typed([value for year in held.years for value in (year.h1, year.full_year)])
    return remark(about) + table_html(
        titles, [_table_row(held, year, places, speech) for year in held.years], "record"
    )


def _places_typed(values: Sequence[Fraction]) -> int:
    """The decimals that show every value as it was typed, up to four."""
    return next(
        (places for places in range(_MOST_PLACES) if all((v * 10**places).denominator == 1 for v in values)),
        _MOST_PLACES,
    )


def _table_row(held: EnteredYears, year: Year, places: int, speech: Speech) -> tuple[str, ...]:
    moved = move(held.kind, year.h1, year.full_year)
    typed = (speech.number(value, places) for value in (year.h1, year.full_year))
    number = number_html(_number(held, moved, speech), Move(held.id, year))
    return str(year.year), *typed, number, _judged(held, year, speech)
