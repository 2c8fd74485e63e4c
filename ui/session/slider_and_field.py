"""Which of two controls did the user move?
 A slider and its typed value stand for one lever and must never disagree.

Both send what they hold at each run, and either may lag behind: fast keys on one arrive before the other has
been told. Where both differ from what was last agreed, the one that was moved last is believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from hdmodel import Edition, Lever
from hdmodel.links.values import on_step
from hdmodel.numbers import plain
from hdmodel.scenario import together_with
from ui.session import keys, late_messages, state
from ui.text.speech import Speech

_SLIDER, _TYPED = "slider", "typed"


@dataclass(frozen=True)
class _Shown:
    """What a lever's two controls hold as a run begins; `None` for one that is empty or not on the page."""

    slider: Fraction | None
    typed: Fraction | None


def typed_key(id: str) -> str:
    """The key of the field beside a lever's slider."""
    return f"typed:{id}"


def settle(edition: Edition, speech: Speech) -> None:
    """Before anything is worked out: make each slider and its field agree on what the user did last."""
    agreed: dict[str, Fraction | None] = st.session_state.setdefault(
        keys.AGREED, state.as_opened().scenario.as_dict()
    )
    values, everything = state.held(edition), keys.everything()
    for id, lever in edition.levers.items():
        if lever.is_typed_alone:
            continue
        if id not in everything:
            agreed[id] = values[id]  # what its controls will show when they come
            continue
        shown = _Shown(_exactly(everything[id]), _exactly(everything.get(typed_key(id))))
        control, value = _moved_to(lever, shown, agreed[id], speech)
        value = _within_joint_limit(edition, lever, value, agreed[id], values, speech)
        # The other control is told of every move, even where it seems to hold the value:
        # it may hold it by lagging behind.
        has_moved = value != agreed[id]
        if value != shown.slider or (has_moved and control == _TYPED):
            state.put(edition, {id: value})
        if typed_key(id) in everything and (value != shown.typed or (has_moved and control == _SLIDER)):
            late_messages.assign(typed_key(id), float(value))
        agreed[id] = values[id] = value


def _moved_to(lever: Lever, shown: _Shown, agreed: Fraction | None, speech: Speech) -> tuple[str, Fraction]:
    """Which control the user moved last, and the value it gives, on a step of the slider."""
    slider = lever.default if shown.slider is None else shown.slider
    typed = shown.typed
    assert slider is not None
    slider_moved, typed_moved = slider != agreed, typed is not None and typed != agreed
    moved_last: dict[str, str] = st.session_state.setdefault(keys.MOVED_LAST, {})
    if slider_moved != typed_moved:
        moved_last[lever.id] = _TYPED if typed_moved else _SLIDER
    if not typed_moved or moved_last.get(lever.id, _SLIDER) == _SLIDER or typed is None:
        return _SLIDER, on_step(lever, slider)
    nearest = on_step(lever, typed)
    if nearest != typed:
        state.note("input.snapped", label=speech.pick(lever.label), typed=plain(typed), used=plain(nearest))
    return _TYPED, nearest


def _within_joint_limit(
    edition: Edition,
    lever: Lever,
    value: Fraction,
    agreed: Fraction | None,
    values: Mapping[str, Fraction | None],
    speech: Speech,
) -> Fraction:
    """The value held to what its joint limit leaves, and said so; a lever that was moved gives way,
    else that of Q4.
    """
    if lever.joint is None:
        return value
    is_q3_known = any(values[id] is not None for id in edition.actuals_of(lever.indicator))
    if is_q3_known and lever.quarter == "q3":
        return value
    others = together_with(edition, lever, {**values, lever.id: Fraction(0)})
    if value == agreed and (others + value <= lever.joint or lever.quarter == "q3"):
        return value
    room = max(lever.low, lever.joint - others)
    if value > room:
        state.note("input.capped", label=speech.pick(lever.label), limit=plain(lever.joint), used=plain(room))
    return min(value, room)


def _exactly(shown: float | None) -> Fraction | None:
    """What a widget holds, exactly as it is written."""
    return None if shown is None else Fraction(repr(shown))
