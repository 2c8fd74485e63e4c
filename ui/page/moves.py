"""How does a visitor take back a move?  Undo, redo, two resets, what changed last,
and the log with its minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from hdmodel import Edition, PageState
from hdmodel.links.plans import NO_PLANS, SLOTS, Plan
from hdmodel.reading.tables import csv_file
from hdmodel.reasons import Transition
from ui.answers.reason_sentences import bearing_on, change_sentence, lever_change
from ui.explain.clicks import arithmetic_html
from ui.explain.questions import NOW, Change, StateInQuestion
from ui.html.elements import NOTHING, Markup, element, remark
from ui.html.show import show_html
from ui.page.about import About, file_name, origin_lines
from ui.page.share import address_of
from ui.session import history, state
from ui.session.history import History, Moment
from ui.text.speech import Speech

_LOG_COLUMNS = ("time", "move", "star")
Line: TypeAlias = tuple[str, str, str]  # of the log: time, move and star
_SHOWN = 30  # moments in the dialog; the minutes have them all


def moves_bar(opened: PageState, speech: Speech) -> None:
    """The row of buttons. None is ever off: a press draws only what levers move,
    and would have to turn them on.
    """
    with st.container(key="moves", horizontal=True, vertical_alignment="center", gap="small"):
        _button("undo", speech, _undo, opened.edition, speech)
        _button("redo", speech, _redo, opened.edition, speech)
        menu = st.popover(speech.say("reset"), key="reset", on_change="rerun")
        if menu.open:
            with menu:
                _button("reset.baseline", speech, history.reset_to_baseline, opened.edition)
                _button("reset.opened", speech, history.reset_to_opened, opened.edition)
                st.caption(speech.say("reset.about"))
        st.button(speech.say("log"), key="log", type="tertiary", on_click=state.open_log)


def _undo(edition: Edition, speech: Speech) -> None:
    if not history.undo(edition):
        is_fresh = history.began_as_baseline()
        st.toast(speech.say("undo.nothing" if is_fresh else "undo.nothing.opened"))


def _redo(edition: Edition, speech: Speech) -> None:
    if not history.redo(edition):
        st.toast(speech.say("redo.nothing"))


def last_move(opened: PageState, speech: Speech) -> None:
    """What the last move changed, in words; below the levers, where it pushes none of them about."""
    past = history.history()
    if past.past:
        before = past.log[past.past[-1]]
        move = LoggedMove(opened.edition, before, past.present, opened.focus)
        sentence, way = said_of(move, speech), _way_to(move, speech)
        show_html(element("p", speech.say("moves.last", move=sentence), way, class_="remark last-move"))


@dataclass(frozen=True)
class LoggedMove:
    """From one moment of the history to the next, told to whom has an indicator in focus."""

    edition: Edition
    before: Moment
    after: Moment
    focus: str

    @property
    def levers(self) -> list[str]:
        return history.moved(self.before.scenario, self.after.scenario)

    @property
    def transition(self) -> Transition | None:
        """That of the indicator that it is about, the one in focus if that was moved; `None` where the
        levers bear on no single one.
        """
        levers = {*self.levers}
        concerned = next(
            (id for id in (self.focus, *self.edition.indicators) if levers & {*bearing_on(self.edition, id)}),
            None,
        )
        if concerned is None:
            return None
        return Transition(self.edition, self.before.scenario, self.after.scenario, concerned)


def _way_to(move: LoggedMove, speech: Speech) -> Markup:
    """The way to the arithmetic of the change that a move's sentence speaks of, where it speaks of one."""
    transition = move.transition
    if transition is None:
        return NOTHING
    old, new = transition.old, transition.new
    compares = None not in (old.path.full_year, new.path.full_year) and old.unit == new.unit
    asked = Change(transition.indicator, "change", StateInQuestion("before"), NOW)
    return " " + arithmetic_html(speech, asked) if compares else NOTHING


def _button(name: str, speech: Speech, does: Callable[..., None], *args: Edition | Speech) -> None:
    st.button(speech.say(name), key=name.replace(".", "-"), on_click=does, args=args)


def said_of(move: LoggedMove, speech: Speech) -> str:
    """A move in one sentence, about the indicator in focus where it was moved,
    else about the first that was.
    """
    before, after = move.before, move.after
    parts = [
        speech.say("moves.plan", slot=speech.say(f"slot.{slot}"), what=speech.say(_done_to(old, new)))
        for slot, old, new in zip(SLOTS, before.plans, after.plans, strict=True)
        if old != new
    ]
    transition, states = move.transition, (before.scenario, after.scenario)
    if transition is None:
        parts += [lever_change(move.edition, id, states, speech) for id in move.levers]
    else:
        parts.append(change_sentence(transition, speech, is_logged=True))
        others = {*move.levers} - {*bearing_on(move.edition, transition.indicator)}
        parts += [speech.say("moves.others", count=str(len(others)))] if others else []
    return speech.say("between_sentences").join(parts)


def _done_to(old: Plan | None, new: Plan | None) -> str:
    if new is None:
        return "moves.cleared"
    return "moves.renamed" if old is not None and old.scenario == new.scenario else "moves.kept"


# --- the log
# ---------------------------------------------------------------------------------------------------------


def log_dialog(opened: PageState, speech: Speech) -> None:
    """The log, where it was asked for: the latest first, each with its time, a star,
    and the way back to it.
    """
    if not state.is_log_asked():
        return

    @st.dialog(speech.say("log"), width="large")
    def shown() -> None:
        past = history.history()
        lines = lines_of(opened.edition, past, opened.focus, speech)
        st.caption(speech.say("log.about"))
        _minutes(opened, lines, speech)
        latest = sorted(range(len(past.log)), key=lambda index: (not past.log[index].is_starred, -index))
        for index in latest[:_SHOWN]:
            _log_row(opened.edition, index, lines[index], speech)

    shown()


def _minutes(opened: PageState, lines: Sequence[Line], speech: Speech) -> None:
    """The log as two files, each with when it was made, of which figures, and the way back."""
    about = About(local_time(datetime.now(UTC)), address_of(st.context.url, replace(opened, plans=NO_PLANS)))
    origin = origin_lines(opened, about, speech)
    texts = {"text": minutes_text(lines, origin), "csv": minutes_csv(lines, origin, speech)}
    endings = {"text": ("-log.txt", "text/plain"), "csv": ("-log.csv", "text/csv")}
    for place, (name, data) in zip(st.columns(2), texts.items(), strict=True):
        ending, type = endings[name]
        place.download_button(
            speech.say(f"log.{name}"),
            data,
            file_name(opened, about, ending),
            type,
            on_click="ignore",
            width="stretch",
        )


def _log_row(edition: Edition, index: int, line: Line, speech: Speech) -> None:
    (time, sentence, star), past = line, history.history()
    with st.container(horizontal=True, vertical_alignment="center", key=f"moment-{index}"):
        st.button(
            star or "☆",
            key=f"star-{index}",
            type="tertiary",
            on_click=past.star,
            args=(index,),
            help=speech.say("log.star"),
        )
        show_html(remark(element("b", time), f" {sentence}"))
        if index == past.now:
            st.caption(speech.say("log.here"))
        elif st.button(speech.say("log.back"), key=f"back-{index}"):
            history.come_back(edition, index)
            st.rerun()


def lines_of(edition: Edition, past: History, focus: str, speech: Speech) -> list[Line]:
    """Time, move and star of every moment, in order;
    a moment's move is what set it apart from the state it was made from.
    """
    sentences = [
        speech.say("log.start")
        if moment.after is None
        else said_of(LoggedMove(edition, past.log[moment.after], moment, focus), speech)
        for moment in past.log
    ]
    return [
        (local_time(moment.since).strftime("%H:%M:%S"), text, "★" if moment.is_starred else "")
        for moment, text in zip(past.log, sentences, strict=True)
    ]


def minutes_text(lines: Sequence[Line], origin: Sequence[str]) -> str:
    """The minutes as plain text, a line a move, and after a blank one where they are from."""
    moves = (f"{time} {star} {sentence}".replace("  ", " ") for time, sentence, star in lines)
    return "".join(f"{line}\n" for line in (*moves, "", *origin))


def minutes_csv(lines: Sequence[Line], origin: Sequence[str], speech: Speech) -> bytes:
    """The same as CSV that a spreadsheet opens with its characters right."""
    heads = [speech.say(f"log.column.{name}") for name in _LOG_COLUMNS]
    return csv_file([heads, *lines, [], *([line] for line in origin)])


def local_time(moment: datetime) -> datetime:
    """The visitor's own time of day."""
    try:
        return moment.astimezone(ZoneInfo(st.context.timezone or "Asia/Shanghai"))
    except (ZoneInfoNotFoundError, ValueError):
        return moment
