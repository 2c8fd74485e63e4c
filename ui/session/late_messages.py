"""Has the browser heard of what the server has set?

A message that was on its way when the server set a control still says what the control showed before;
taken at its word, it would take the setting back. So each run leaves its number in a field that nobody
sees, and every message says which run its sender had seen.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from ui.session import keys

_FIELD = "run-seen"
Value = float | str | None


@dataclass
class Unheard:
    """What a control showed in the browser when that last heard of it, and what it was set to since,
    each with the run that tells of it.
    """

    shown: Value
    since: list[tuple[int, Value]] = field(default_factory=list)

    def hears(self, run: int) -> None:
        """The browser has seen a run, and all before it."""
        while self.since and self.since[0][0] <= run:
            self.shown = self.since.pop(0)[1]

    def was_moved(self, run: int, value: Value) -> None:
        """The visitor has moved the control, and does not know yet what it was set to: when that is heard, it
        takes the move back in the browser, unless this run tells of the move after it.
        """
        self.shown = value
        self.since.append((run, value))

    def may_show(self, value: Value) -> bool:
        """Whether the browser may show a value though nobody has moved the control."""
        return value in (self.shown, *(since for _, since in self.since))


def assign(key: str, value: Value) -> None:
    """Set a control from code."""
    unheard = _unheard().setdefault(key, Unheard(keys.get(key)))
    unheard.since.append((_run(), value))
    keys.put(key, value)


def repeat() -> None:
    """Set again what the sender of this message had not heard of; a control that was moved meanwhile is set
    to where it was moved. First of all in a run.
    """
    _hear()
    for key, unheard in list(_unheard().items()):
        if not unheard.since or not keys.has(key):
            del _unheard()[key]
            continue
        if not unheard.may_show(keys.get(key)):
            unheard.was_moved(_run(), keys.get(key))
        keys.put(key, unheard.since[-1][1])


def as_set(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What stands at every key, with what the sender of this message had not heard of: a button's callback
    asks before the run has begun.
    """
    _hear()
    set_since = {
        key: unheard.since[-1][1]
        for key, unheard in _unheard().items()
        if unheard.since and key in shown and unheard.may_show(shown[key])
    }
    return {**shown, **set_since}


def _hear() -> None:
    """Take in which run the sender of this message had seen."""
    seen = keys.get(_FIELD)
    for unheard in _unheard().values() if isinstance(seen, int) else ():
        unheard.hears(seen)


def page_begins() -> None:
    """The whole page is drawn from here: what is not drawn again has left it."""
    keys.put(keys.STAYING, keys.get(keys.ON_PAGE, frozenset()))
    keys.put(keys.ON_PAGE, frozenset())


def bring(key: str, value: Value) -> None:
    """Give a control that comes onto the page its value, and tell it to the browser.

    A message that was sent before the control left the page may still speak of it: it then stands at its
    key, but the browser has forgotten it and would show an empty one.
    """
    on_page: frozenset[str] = keys.get(keys.ON_PAGE, frozenset())
    if not keys.has(key) or key not in {*on_page, *keys.get(keys.STAYING, ())}:
        keys.put(key, keys.get(key, value))
    keys.put(keys.ON_PAGE, on_page | {key})


def tell() -> None:
    """Leave this run's number in the browser, behind everything that the run has set."""
    keys.put(_FIELD, _run())
    st.number_input(_FIELD, step=1, key=_FIELD, label_visibility="collapsed")
    keys.put(keys.RUN, _run() + 1)


def _unheard() -> dict[str, Unheard]:
    if not keys.has(keys.UNHEARD):
        keys.put(keys.UNHEARD, {})
    unheard: dict[str, Unheard] = keys.get(keys.UNHEARD)
    return unheard


def _run() -> int:
    """The number of the run that tells of what is set now. A session begins at the time, in milliseconds:
    what a browser has seen of an earlier session is less.
    """
    if not keys.has(keys.RUN):
        keys.put(keys.RUN, time.time_ns() // 1_000_000)
    run: int = keys.get(keys.RUN)
    return run
