"""How does a leader move the year?  Sliders with a typed value beside each, and the real figures that may be entered.

Every lever's slider, and every entry that has been made, is on the page at all times, since the address keeps only what
is: those of other indicators are out of sight (`out_of_sight`), not gone.
"""

from __future__ import annotations

import json
import time
from fractions import Fraction

import streamlit as st

from hdmodel import Edition, Lever, Opened
from hdmodel.edition import QUARTERS
from ui import state
from ui.frame import css_class, escape_markdown
from ui.twins import typed_key
from ui.words import Speech

WITH_LEVERS = ("explore", "required")  # the views in which the levers are in sight


def levers_in_sight(opened: Opened) -> tuple[str, ...]:
    """The levers and entries of the indicator in focus, those it shares with another included; none in other views."""
    edition, focus = opened.edition, opened.focus
    if opened.view not in WITH_LEVERS:
        return ()
    ruler = edition.entries_of("pro_rata") if edition.indicators[focus].kind == "flow" else ()
    return (*edition.own_levers(focus), *edition.entries_of(focus), *ruler)


def panel(opened: Opened, speech: Speech) -> None:
    """The levers of the indicator in focus, Q3 and Q4 apart, and below them the figures that may be entered."""
    in_sight = [opened.edition.levers[id] for id in levers_in_sight(opened)]
    with st.container(key="levers"):
        for quarter in QUARTERS:
            levers = [lever for lever in in_sight if lever.quarter == quarter]
            if levers:
                with st.container(key=f"quarter-{quarter}", gap="small"):
                    st.html(f'<h2 class="quarter">{speech.say(f"quarter.{quarter}")}</h2>')
                    for lever in levers:
                        _lever(lever, speech)
        _note(speech)
        _entries([lever for lever in in_sight if lever.is_entry], opened, speech)
    _focus_picked(opened.edition)


def out_of_sight(opened: Opened, speech: Speech) -> None:
    """What moves the other indicators, unseen: the address holds only what is on the page."""
    in_sight, values = levers_in_sight(opened), opened.scenario.as_dict()
    for lever in opened.edition.levers.values():
        if lever.id in in_sight or lever.low == lever.high:
            continue
        if not lever.is_entry and lever.role != "reading":
            _slider(lever, speech, is_seen=False)
        elif values[lever.id] is not None or lever.role == "plan":
            _typed_alone(lever, "", speech)  # what the ledger plans is there before it drives: only then code's value is written


def _focus_picked(edition: Edition) -> None:
    """Put the keyboard on the slider that a chart asked for, and bring it into view."""
    picked = state.picked_lever()
    if picked in edition.levers:
        slider = json.dumps(f".{css_class(picked)} input")
        script = f"const slider = document.querySelector({slider}); slider?.focus(); slider?.scrollIntoView({{block: 'center'}});"
        st.html(f"<script>/* {time.time_ns()} */ {script}</script>", unsafe_allow_javascript=True)


def _entries(entries: list[Lever], opened: Opened, speech: Speech) -> None:
    if not entries:
        return
    folded = st.expander(speech.say("entries"), key="entries", on_change="rerun")
    values = opened.scenario.as_dict()
    with folded:
        if folded.open:
            st.caption(speech.say("entries.back"))
        for lever in entries:
            if folded.open or values[lever.id] is not None:
                _entry(lever, opened, speech)
    if _is_half_entered(opened):
        st.warning(speech.say("entries.half"))


def label_of(lever: Lever, speech: Speech) -> str:
    """A lever's name with its unit."""
    return speech.say("input.label", label=speech.pick(lever.label), unit=speech.unit(lever.unit))


def _lever(lever: Lever, speech: Speech) -> None:
    if lever.low == lever.high:
        return  # nothing left to move: no slider has a single place
    if lever.role == "reading":
        _typed_alone(lever, speech.say("blank"), speech)
    else:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _slider(lever, speech)
            _typed(lever, speech)


def _slider(lever: Lever, speech: Speech, is_seen: bool = True) -> None:
    low, high, default, step = (
        state.as_widget_value(lever, value) for value in (lever.low, lever.high, lever.default or Fraction(0), lever.step)
    )
    st.slider(
        escape_markdown(label_of(lever, speech)),
        low,
        high,
        default,
        step,
        key=lever.id,
        format=_format(lever),
        bind="query-params",
        help=escape_markdown(speech.pick(lever.reason)) if is_seen else None,
        label_visibility="visible" if is_seen else "collapsed",
    )


def _typed(lever: Lever, speech: Speech) -> None:
    """The slider's value as a number that can be typed or stepped; `ui.twins` keeps the two in agreement."""
    if typed_key(lever.id) not in st.session_state:
        st.session_state[typed_key(lever.id)] = float(st.session_state[lever.id])
    st.number_input(
        escape_markdown(speech.say("input.typed", label=label_of(lever, speech))),
        float(lever.low),
        float(lever.high),
        value=None,
        step=float(lever.step),
        format="%.0f" if lever.step.denominator == 1 else f"%.{_places(lever)}f",
        key=typed_key(lever.id),
        label_visibility="collapsed",
    )


def _entry(lever: Lever, opened: Opened, speech: Speech) -> None:
    figure = opened.edition.figures.get(lever.id)
    standing = speech.say("blank")
    if figure is not None and figure.value is not None:
        standing = f"{speech.number(figure.value, _places(lever))} · {speech.say(f'tag.{figure.tag}')}"
    _typed_alone(lever, standing, speech)


def _typed_alone(lever: Lever, standing: str, speech: Speech) -> None:
    """A number that is typed and has no slider; blank means what `standing` says."""
    st.number_input(
        escape_markdown(label_of(lever, speech)),
        float(lever.low),
        float(lever.high),
        value=None,
        step=float(lever.step),
        format=f"%.{_places(lever)}f",
        key=lever.id,
        placeholder=standing,
        bind="query-params",
        help=escape_markdown(speech.pick(lever.reason)),
    )


def _note(speech: Speech) -> None:
    note = state.take_note()
    if note is not None:
        key, parts = note
        st.warning(escape_markdown(speech.say(key, **parts)))


def _is_half_entered(opened: Opened) -> bool:
    """Whether one of the two amounts that turn % of target into amounts is there without the other."""
    values = opened.scenario.as_dict()
    pair = [values[id] for id in (f"{opened.focus}.target", f"{opened.focus}.h1") if id in values]
    return len(pair) == 2 and (pair[0] is None) != (pair[1] is None)


def _format(lever: Lever) -> str:
    return "%d" if lever.step.denominator == 1 else f"%.{_places(lever)}f"


def _places(lever: Lever) -> int:
    """The decimals of a field: one for what a slider steps through, two for what is entered."""
    return 2 if lever.is_entry else 1
