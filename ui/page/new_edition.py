"""How does a visitor start an edition of their own?  A form for city, year, indicators and figures,
which gives a workbook, or has the page run on it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import streamlit as st

from hdmodel import BadInput, Edition, Problem
from hdmodel.forms import FORMS
from hdmodel.problems import Place
from hdmodel.reading import new_edition as model
from hdmodel.reading.new_edition import NewEdition, NewIndicator, figures_asked, is_optional, unit_asked
from hdmodel.reading.next_edition import next_tables
from hdmodel.reading.tables import Sheet
from ui.files.edition_file import edition_workbook
from ui.files.faults import faults_html, place_of
from ui.html.elements import notice
from ui.html.show import show_html
from ui.page.editions import run_on, sheets_of
from ui.session import keys, late_messages
from ui.text.speech import Speech

MOST = 12  # indicators
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = ("id", "city", "year", "source")


def new_edition(edition: Edition, speech: Speech) -> None:
    """The form, folded until it is asked for; what is filled in is kept for the visit."""
    folded = st.expander(speech.say("begin"), key="new-edition", on_change="rerun")
    if folded.open:
        with folded:
            _form(edition, speech)


def _form(edition: Edition, speech: Speech) -> None:
    st.caption(speech.say("begin.about"))
    with st.container(horizontal=True):
        _workbook("begin.blank", model.blank_tables(), "blank", speech)
        _workbook("begin.next", next_tables(edition, sheets_of(edition)), "next", speech)
    filled = _read()
    with st.container(border=True):
        columns = st.columns(4, vertical_alignment="bottom")
        for name, column in zip(_HEAD, columns, strict=True):
            with column:
                _text(name, speech.say(f"begin.{name}"), filled)
        for number in range(1, 1 + int(filled.get("count", "1"))):
            _indicator(number, filled, speech)
        with st.container(horizontal=True):
            st.button(speech.say("begin.more"), key="new-more", on_click=_one_more)
            st.button(speech.say("begin.make"), key="new-make", type="primary", on_click=_made)
    _outcome(speech)


def _workbook(key: str, sheets: Mapping[str, Sheet], name: str, speech: Speech) -> None:
    """Tables as a workbook with guidance, made when it is asked for."""
    tables = {table: [cells for _, cells in sheet.rows] for table, sheet in sheets.items()}
    st.download_button(
        speech.say(key),
        lambda: edition_workbook(tables, speech),
        f"{name}.xlsx",
        _WORKBOOK_TYPE,
        key=f"new-xlsx-{name}",
        on_click="ignore",
    )


def _indicator(number: int, filled: dict[str, str], speech: Speech) -> None:
    """One indicator: its kind and name, and the figures of that kind."""
    kinds = list(FORMS)
    columns = st.columns(2, vertical_alignment="bottom")
    kind = filled.get(f"{number}.kind", kinds[0])
    with columns[0]:
        st.selectbox(
            speech.say("begin.kind", number=str(number)),
            kinds,
            index=kinds.index(kind),
            key=f"new-{number}.kind",
            format_func=lambda name: speech.say(f"begin.kind.{name}"),
        )
    with columns[1]:
        _text(f"{number}.label", speech.say("begin.label"), filled)
    asked = figures_asked(FORMS[kind])
    for name, column in zip(asked, st.columns(len(asked), vertical_alignment="bottom"), strict=True):
        with column:
            _text(f"{number}.{name}", _name_of(kind, name, speech), filled)


def _name_of(kind: str, name: str, speech: Speech) -> str:
    form, name_of_figure = FORMS[kind], model.worded(f"figure.{name}", speech.language)
    key = "begin.figure.optional" if is_optional(form, name) else "begin.figure"
    return speech.say(key, name=name_of_figure, unit=speech.unit(unit_asked(form, name)))


def _text(name: str, label: str, filled: dict[str, str]) -> None:
    key = f"new-{name}"
    late_messages.bring(key, filled.get(name, ""))
    st.text_input(label, key=key, max_chars=100)


# --- what was pressed


def _read() -> dict[str, str]:
    """Keep what the fields hold: their own state goes whenever they leave the page."""
    filled: dict[str, str] = dict(keys.get(keys.NEW_EDITION, {}))
    names = [*_HEAD, *(f"{number}.{part}" for number in range(1, MOST + 1) for part in _parts())]
    filled |= {name: str(keys.get(f"new-{name}")) for name in names if keys.has(f"new-{name}")}
    keys.put(keys.NEW_EDITION, filled)
    return filled


def _parts() -> list[str]:
    figures = {name for form in FORMS.values() for name in figures_asked(form)}
    return ["kind", "label", *figures]


def _one_more() -> None:
    filled = _read()
    count = min(int(filled.get("count", "1")) + 1, MOST)
    keys.put(keys.NEW_EDITION, {**filled, "count": str(count)})


def _made() -> None:
    filled = _read()
    keys.put(keys.NEW_EDITION_MADE, None)
    try:
        keys.put(keys.NEW_EDITION_MADE, model.new_edition(_asked_for(filled)))
    except BadInput as bad:
        keys.put(keys.NEW_EDITION_MADE, bad.problems)


def _asked_for(filled: dict[str, str]) -> NewEdition:
    indicators = [
        _indicator_of(number, filled)
        for number in range(1, 1 + int(filled.get("count", "1")))
        if filled.get(f"{number}.label", "").strip()
    ]
    head = {name: filled.get(name, "").strip() for name in _HEAD}
    return NewEdition(head["id"], head["city"], head["year"], indicators, head["source"])


def _indicator_of(number: int, filled: dict[str, str]) -> NewIndicator:
    form = FORMS[filled.get(f"{number}.kind", next(iter(FORMS)))]
    figures = {name: filled.get(f"{number}.{name}", "") for name in figures_asked(form)}
    return NewIndicator(f"indicator_{number}", form, filled[f"{number}.label"].strip(), figures)


# --- what came of it


def _named(problems: tuple[Problem, ...], speech: Speech) -> Iterator[Problem]:
    """Faults with the indicator by its number in the form, and the figure by its name."""
    for problem in problems:
        place = place_of(problem)
        if place.table == "indicators":
            problem = replace(problem, place=Place(speech.say("begin.indicators")))
        number = place.table.removeprefix("indicator_")
        key = f"figure.{place.column}"
        if number != place.table and key in model.WORDS:
            table, column = speech.say("begin.indicator", number=number), model.worded(key, speech.language)
            problem = replace(problem, place=Place(table, column=column))
        yield problem


def _outcome(speech: Speech) -> None:
    """The workbook and the way to run on it, or all that is wrong."""
    made: tuple[Edition, dict[str, Sheet]] | tuple[Problem, ...] | None = keys.get(keys.NEW_EDITION_MADE)
    if made is None:
        return
    if not isinstance(made[0], Edition):
        title = speech.say("begin.faults", count=str(len(made)))
        show_html(notice(title, faults_html(tuple(_named(made, speech)), speech), name="notice many"))
        return
    edition, sheets = made
    st.caption(speech.say("begin.ready", count=str(len(edition.indicators))))
    with st.container(horizontal=True):
        _workbook("editions.xlsx", sheets, edition.id, speech)
        st.button(speech.say("begin.run"), key="new-run", on_click=run_on, args=(edition, sheets, edition.id))
