"""How does a visitor keep a visit?  All that it holds as a file on their own device, to save and to open
again.

Nothing is stored on the server, and nothing in the browser.
"""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from hdmodel import BadInput, PageState, Problem
from hdmodel.links.visit_file import FILE, MOST_BYTES, CheckedVisit, checked_visit, write_visit
from ui.files.faults import MOST, faults_html
from ui.files.read_apart import apart
from ui.host.events import happened
from ui.html.elements import Markup, element, listed, notice
from ui.html.show import show_html
from ui.page.frame import heading
from ui.page.moves import local_time
from ui.session import kept_visit, keys, state, visit
from ui.text.speech import Speech

_FILE = "visit-file"


def visit_file(opened: PageState, speech: Speech) -> None:
    """What the visit holds, the way to keep it, and a place for one that was kept."""
    heading(speech.say("keep"))
    st.caption(speech.say("keep.about"))
    show_html(element("p", _in_words(opened, speech)))
    save_button(opened, "visit", speech)
    st.file_uploader(
        speech.say("keep.open", most=str(MOST_BYTES // 2**20)),
        key=_FILE,
        on_change=_chosen,
        args=(opened, speech),
    )
    _ask(opened, speech)
    _faults(speech)


def save_button(opened: PageState, place: str, speech: Speech) -> None:
    """One press saves the visit; the file is made when it is asked for."""
    whole = kept_visit.whole(opened)
    st.download_button(
        speech.say("keep.save"),
        lambda: write_visit(kept_visit.written_down(whole), datetime.now(UTC)),
        f"{opened.edition.id}-{local_time(datetime.now(UTC)):%Y%m%d-%H%M}.visit.json",
        "application/json",
        key=f"{place}-save",
        on_click="ignore",
    )


def _in_words(opened: PageState, speech: Speech) -> str:
    parts = visit.holds(opened, speech)
    if not parts:
        return speech.say("keep.nothing")
    return speech.say("keep.holds", what=speech.say("visit.and").join(parts.values()))


def _chosen(opened: PageState, speech: Speech) -> None:
    """A file has arrived: open it, or ask first where that would replace what is held,
    or say all that is wrong with it.
    """
    file = keys.get(_FILE)
    keys.put(keys.VISIT_FAULTS, None)
    keys.put(keys.VISIT_CHOSEN, None)
    if file is None:
        return
    try:
        checked: CheckedVisit = apart(FILE, checked_visit, file.getvalue())
    except BadInput as bad:
        keys.put(keys.VISIT_FAULTS, (file.name, bad.problems, False))
        happened("upload", what="visit", end=bad.problems[0].kind)
        return
    happened("upload", what="visit", end="taken")
    keys.put(keys.VISIT_CHOSEN, (file.name, checked))
    if not visit.holds(opened, speech):
        _open()


def _open() -> None:
    name, checked = keys.take(keys.VISIT_CHOSEN)
    problems = kept_visit.put_back(checked, {_FILE})
    keys.put(keys.VISIT_FAULTS, (name, problems, True) if problems else None)
    keys.put(keys.EDITION_SAID, ("keep.opened", {"file": name, "saved": _saved(checked)}))


def _saved(checked: CheckedVisit) -> str:
    saved = checked.visit.saved
    return "–" if saved is None else f"{local_time(saved):%Y-%m-%d %H:%M}"


def _ask(opened: PageState, speech: Speech) -> None:
    """Whether a file may replace what is held now."""
    chosen: tuple[str, CheckedVisit] | None = keys.get(keys.VISIT_CHOSEN)
    if chosen is None:
        return
    name, checked = chosen
    lines = listed([*_of_file(checked, speech), speech.say("keep.replaced", what=_in_words(opened, speech))])
    with st.container(key="visit-ask"):
        show_html(notice(speech.say("keep.ask", file=name, saved=_saved(checked)), lines))
        with st.container(horizontal=True):
            st.button(speech.say("keep.yes"), key="visit-yes", type="primary", on_click=_open)
            st.button(speech.say("keep.no"), key="visit-no", on_click=_leave)


def _leave() -> None:
    keys.put(keys.VISIT_CHOSEN, None)


def _of_file(checked: CheckedVisit, speech: Speech) -> list[str]:
    """What a file holds, in words."""
    kept = checked.visit
    rows, moves = sum(len(ledger.rows) for ledger in kept.ledgers), len(kept.log.moments) - 1
    parts = [
        *([speech.say("visit.ledger", count=str(rows))] if rows else []),
        *([speech.say("keep.years")] if kept.years else []),
        *([speech.say("visit.log", count=str(moves))] if moves > 0 else []),
        *([speech.say("keep.own_edition")] if kept.own_edition else []),
    ]
    return [speech.say("keep.in_file", what=speech.say("visit.and").join([speech.say("keep.state"), *parts]))]


def _faults(speech: Speech) -> None:
    """What is wrong with a file: all of it, or what of it could not be put back."""
    refused: tuple[str, tuple[Problem, ...], bool] | None = keys.get(keys.VISIT_FAULTS)
    if refused is None:
        return
    file, problems, is_open = refused
    title = speech.say("keep.partly" if is_open else "keep.faults", file=file, count=str(len(problems)))
    more: list[Markup] = []
    if len(problems) > MOST:
        more = [element("p", speech.say("editions.more", count=str(len(problems) - MOST)))]
    show_html(notice(title, faults_html(problems, speech), *more, name="notice many"))
    if is_open and state.is_waiting():
        show_html(element("p", speech.say("keep.waits")))
