"""Did the second half of past years move far enough?  The user's own years, the strip they make,
and a count in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import streamlit as st

from hdmodel import BadInput, PageState, Problem, Projection
from hdmodel.form import Kind
from hdmodel.past_years import (
    COLUMNS,
    YEARS,
    Year,
    move,
    needed,
)
from hdmodel.problems import Place
from hdmodel.reading.ledger_table import Remark
from hdmodel.reading.past_years import read_years, separators_in
from ui.answers.ledger_rows import remark_line
from ui.answers.past_years_rows import (
    EnteredYears,
    asked_move,
    count_html,
    entered_years,
    judged,
    number_of,
    strip_marks,
    strip_rows,
)
from ui.charts.colours import Look
from ui.charts.legend import chart_head
from ui.charts.past_years_chart import AROUND, LANE, record_frame, record_spec
from ui.explain.clicks import heard_on_chart, number_html
from ui.explain.questions import Move, Quantity
from ui.files.faults import found_in_words, place_of, with_remedy
from ui.html.elements import NOTHING, Markup, element, listed, notice, remark
from ui.html.show import show_html
from ui.html.tables import table_html
from ui.page.cards import h1_figure, tag_of, target_figure
from ui.page.frame import escape_markdown
from ui.page.look import look
from ui.session import late_messages, state
from ui.text.speech import MINUS, Speech
from ui.text.texts import TEXTS

_ROOM = 0.08  # of the moves' span, left free on either side
_APART = 0.1  # of the width: two years that are closer stand in lanes of their own
_PLACES, _PLACES_OF_MULTIPLE = 1, 2
_MOST_PLACES = 4


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
    entered = entered_years(opened.edition, projection, ())
    if entered is None:
        show_html(remark(speech.say(_why_none(projection))))
        return
    entered = replace(entered, years=_typed_years(projection, entered.unit, _this_year(opened), speech))
    if not entered.years:
        need = asked_move(entered, "required_move", entered.need, speech)
        show_html(remark(speech.html("record.invite", need=need)))
        return
    show_html(count_html(entered, speech) + remark(_need_from(opened, projection, speech)))
    _strip(entered, speech)
    show_html(_table(entered, speech))


def _why_none(projection: Projection) -> str:
    """Why nothing is held against past years: a key of the texts."""
    if needed(projection.kind, projection.path.h1, projection.target) is not None:
        return "record.q3_known"
    return "record.no_target" if projection.target is None else "record.no_h1"


def _strip(entered: EnteredYears, speech: Speech) -> None:
    drawn = [{**row, "clicks": state.clicks()} for row in strip_rows(entered, speech)]
    lanes, key = 1 + int(max(row["lane"] for row in drawn)), f"record-strip-{entered.id}"
    show_html(_head(entered, speech))
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
    late_messages.bring(key, text)
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
    for word in separators_in(text):
        st.caption(remark_line(Remark("separator", value=word), speech))
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
        value=found_in_words(problem, speech) or speech.say("record.blank"),
        what=speech.say(f"problem.{problem.kind}"),
        accepted=with_remedy(
            problem, speech.say(accepted, accepted=limits) if accepted in TEXTS else limits, speech
        ),
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


def _need_from(opened: PageState, projection: Projection, speech: Speech) -> Markup:
    """The two figures that the need comes from, each with its tag: one may be only illustrative."""
    edition, scenario = opened.edition, opened.scenario
    places = edition.indicators[projection.id].places_in(projection.unit)
    figures = {"target": projection.target, "h1": projection.path.h1}
    numbers = {
        name: number_html(speech.amount(value, projection.unit, places), Quantity(projection.id, name))
        for name, value in figures.items()
    }
    return speech.html(
        "record.from.benchmark" if edition.indicators[projection.id].is_benchmark else "record.from",
        target_tag=tag_of(edition, scenario, target_figure(edition, projection), speech),
        sign="÷" if projection.kind.is_sum else MINUS,
        h1_tag=tag_of(edition, scenario, h1_figure(edition, projection), speech),
        **numbers,
    )


def _head(entered: EnteredYears, speech: Speech) -> Markup:
    return chart_head(speech.say(f"record.axis.{entered.kind.name}"), strip_marks(speech))


def _table(entered: EnteredYears, speech: Speech) -> Markup:
    """The years as they were read, so that a slip of typing is seen."""
    unit = speech.unit(entered.unit)
    columns = [
        speech.say("record.column.unit", name=_column(name, entered.kind, speech), unit=unit)
        for name in COLUMNS[1:]
    ]
    moved = speech.say("record.column.move.flow" if entered.kind.is_sum else "record.column.move")
    titles = [_column("year", entered.kind, speech), *columns, moved, speech.say("record.column.judged")]
    about = speech.say("record.years", n=str(len(entered.years)), tag=speech.say("tag.entered"))
    places = _places_typed([value for year in entered.years for value in (year.h1, year.full_year)])
    return remark(about) + table_html(
        titles, [_table_row(entered, year, places, speech) for year in entered.years], "record"
    )


def _places_typed(values: Sequence[Fraction]) -> int:
    """The decimals that show every value as it was typed, up to four."""
    return next(
        (places for places in range(_MOST_PLACES) if all((v * 10**places).denominator == 1 for v in values)),
        _MOST_PLACES,
    )


def _table_row(entered: EnteredYears, year: Year, places: int, speech: Speech) -> tuple[str, ...]:
    moved = move(entered.kind, year.h1, year.full_year)
    typed = (speech.number(value, places) for value in (year.h1, year.full_year))
    number = number_html(number_of(entered, moved, speech), Move(entered.id, year))
    return str(year.year), *typed, number, judged(entered, year, speech)
