"""Whose figures does the page run on?  The present edition to take away, and somebody's own to run it on,
in this visit only.

What is uploaded lives in the visitor's own session: nothing is written to disk, and nobody else sees it.
"""

from __future__ import annotations

import streamlit as st

from hdmodel import BadInput, Edition, PageState, Problem, released_edition
from hdmodel.problems import Faults, Phrase, Place
from hdmodel.reading.edition import RELEASED, faulty_editions, faulty_labels
from hdmodel.reading.files import sheets_in
from hdmodel.reading.tables import Sheet
from hdmodel.reading.upload import is_released, own_edition
from ui.answers.sentences import far_lines
from ui.files.edition_file import edition_workbook
from ui.files.faults import MOST, faults_html, in_words, place_of
from ui.files.spreadsheets import FILE, MOST_BYTES, read_apart, write_zip
from ui.host.events import fault, happened
from ui.html.elements import element, notice, remark
from ui.html.show import show_html
from ui.page.frame import heading
from ui.session import keys, state
from ui.text.speech import Speech

_FILE = "edition-file"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def editions(opened: PageState, speech: Speech) -> None:
    """Which edition is in use, the way back to the released one, the present one as a file,
    and a place for another.
    """
    edition = opened.edition
    heading(speech.say("editions"))
    st.caption(speech.say("editions.about"))
    in_use = speech.say(
        "editions.released" if is_released(edition) else "editions.own", id=edition.id, digest=edition.digest
    )
    with st.container(key="edition", horizontal=True, vertical_alignment="center"):
        show_html(element("p", in_use, class_="edition"))
        if not is_released(edition):
            st.button(speech.say("editions.back"), key="edition-back", on_click=_back)
        downloads(edition, "edition", speech)
    st.file_uploader(
        speech.say("editions.upload", most=str(MOST_BYTES // 2**20)), key=_FILE, on_change=_adopt
    )
    st.caption(speech.say("editions.rules"))
    _faults(speech)
    _odd(opened, speech)
    _left_out(speech)


def downloads(edition: Edition, place: str, speech: Speech) -> None:
    """The edition as a workbook and as a zip, made when they are asked for."""
    tables = {name: [cells for _, cells in sheet.rows] for name, sheet in sheets_of(edition).items()}
    st.download_button(
        speech.say("editions.xlsx"),
        lambda: edition_workbook(tables, speech),
        f"{edition.id}.xlsx",
        _WORKBOOK_TYPE,
        key=f"{place}-xlsx",
        on_click="ignore",
    )
    st.download_button(
        speech.say("editions.zip"),
        lambda: write_zip(tables),
        f"{edition.id}.zip",
        "application/zip",
        key=f"{place}-zip",
        on_click="ignore",
    )


def said(speech: Speech) -> None:
    """What came of the last upload, once."""
    note = keys.take(keys.EDITION_SAID, None)
    if note is not None:
        key, parts = note
        show_html(element("p", f"✓ {speech.say(key, **parts)}", class_="remark told", role="status"))


def read_own(data: bytes) -> tuple[Edition, dict[str, Sheet]]:
    """The edition that a file holds, and its tables;
    raises `BadInput` with every fault of the file and of what it says.
    """
    faults = Faults()
    sheets = read_apart(data, faults)
    if not sheets:
        faults.raise_if_any()
    of_file = tuple(faults.problems)
    named = {problem.place for problem in of_file if place_of(problem).column}
    try:
        return own_edition(sheets, faults), sheets
    except BadInput as bad:  # a cell that could not be read is named once
        rest = [problem for problem in bad.problems[len(of_file) :] if problem.place not in named]
        raise BadInput([*of_file, *rest]) from None
    except Exception as error:  # what no check foresees is a fault of the file too, and no traceback
        fault("edition", error)
        raise BadInput(
            [*of_file, Problem("malformed", Place(FILE), Phrase("found.unforeseen"), Phrase("wanted.file"))]
        ) from error


def sheets_of(edition: Edition) -> dict[str, Sheet]:
    """The tables of the edition in use."""
    if is_released(edition):
        return sheets_in(RELEASED / edition.id, Faults())
    sheets: dict[str, Sheet] = keys.get(keys.EDITION_SHEETS)
    return sheets


def _adopt() -> None:
    """A file has arrived: run on what it holds,
    or say all that is wrong with it and leave everything as it is.
    """
    file = keys.get(_FILE)
    keys.put(keys.EDITION_FAULTS, None)
    if file is None:
        return
    try:
        edition, sheets = read_own(file.getvalue())
    except BadInput as bad:
        keys.put(keys.EDITION_FAULTS, (file.name, bad.problems))
        happened("upload", what="edition", end=bad.problems[0].kind)
        return
    happened("upload", what="edition", end="taken")
    run_on(edition, sheets, file.name)


def run_on(edition: Edition, sheets: dict[str, Sheet], name: str) -> None:
    """Run the page on somebody's own edition (a widget's callback)."""
    parts = {"file": name, "id": edition.id, "digest": edition.digest}
    if edition == state.as_opened().edition:
        keys.put(keys.EDITION_SAID, ("editions.same", parts))
        return
    waited = state.is_waiting_for(edition)
    state.enter(edition, {_FILE})
    keys.put(keys.EDITION_SHEETS, sheets)
    keys.put(keys.EDITION_SAID, ("editions.reopened" if waited else "editions.adopted", parts))


def _back() -> None:
    left = keys.get(keys.LEFT)
    edition = released_edition() if left is None else left.edition
    state.enter(edition, {_FILE})
    keys.put(keys.EDITION_SAID, ("editions.returned", {"id": edition.id}))


def _odd(opened: PageState, speech: Speech) -> None:
    """How tables were read that are not written the usual way, and what looks odd of the figures in use and
    of what is entered beside them.
    """
    for note in opened.edition.notes:
        how = in_words(note.found, speech)
        show_html(remark(speech.say("editions.read_as", tables=note.place, how=how)))
    for id in opened.edition.indicators:
        for line in far_lines(opened.edition, opened.scenario, id, speech):
            show_html(remark(line))


def _left_out(speech: Speech) -> None:
    """What of this host does not load, editions and labels: left out, so that all else runs, and named."""
    for folder, problems in faulty_editions().items():
        _name(speech.say("editions.left_out", folder=folder, count=str(len(problems))), problems, speech)
    for table, problems in faulty_labels().items():
        _name(speech.say("editions.labels", table=table, count=str(len(problems))), problems, speech)


def _name(title: str, problems: tuple[Problem, ...], speech: Speech) -> None:
    show_html(notice(title, faults_html(problems, speech), name="notice many left-out", role="status"))


def _faults(speech: Speech) -> None:
    refused: tuple[str, tuple[Problem, ...]] | None = keys.get(keys.EDITION_FAULTS)
    if refused is None:
        return
    file, problems = refused
    title = speech.say("editions.faults", file=file, count=str(len(problems)))
    more = speech.say("editions.more", count=str(len(problems) - MOST)) if len(problems) > MOST else ""
    show_html(notice(title, faults_html(problems, speech), element("p", more), name="notice many"))
