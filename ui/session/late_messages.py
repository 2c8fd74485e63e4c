"""Has the browser heard of what the server has set?

A message that was on its way when the server set a control still says what the control showed before;
taken at its word, it would take the setting back. So each run leaves its number in a field that nobody
sees, and every message says which run its sender had seen.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

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

    def may_show(self, value: Value) -> bool:
        """Whether the browser may show a value though nobody has moved the control."""
        return value in (self.shown, *(since for _, since in self.since))


def assign(key: str, value: Value) -> None:
    """Set a control from code."""
    unheard = _unheard().setdefault(key, Unheard(keys.get(key)))
    unheard.since.append((_run(), value))
    keys.put(key, value)


def repeat() -> None:
    """Set again what the sender of this message had not heard of, unless the control was moved meanwhile;
    first of all in a run.
    """
    seen = keys.get(_FIELD)
    for key, unheard in list(_unheard().items()):
        if isinstance(seen, int):
            unheard.hears(seen)
        if unheard.since and keys.has(key) and unheard.may_show(keys.get(key)):
            keys.put(key, unheard.since[-1][1])
        else:
            del _unheard()[key]


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
