"""What becomes of what a visitor does while their run waits or works?  Nothing is lost, no run ends half-way.

As Streamlit has it, a press that draws the whole page ends the run before it wherever that reads or writes
what is kept, in the middle of a callback too: half of a scenario would be supposed, or a remark be gone
before anybody saw it. And of two clicks that wait, it makes one, or does the second first.

A part of the page that runs to its end leaves its place open for what the same thread runs next: as Streamlit
has it, the whole page would then be laid out inside that part.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from streamlit.delta_generator_singletons import context_dg_stack, get_default_dg_stack_value
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
)
from streamlit.runtime.state import SafeSessionState, SessionState

from ui.host.turns import TURNS

MOST_CLICKS: Final = 50  # that wait for one visitor; a hand makes no more, and the last ones are then merged
_CLICKS: Final = ("trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value")


def take_turns() -> None:
    """From now on runs take turns, and each goes to its end."""
    script_runner.ScriptRequests = InTurn  # type: ignore[misc]
    script_runner.SafeSessionState = WrittenWhole  # type: ignore[misc]


class InTurn(ScriptRequests):
    """What is asked of one visitor's thread: it takes up one thing after another, when its turn has come."""

    def __init__(self) -> None:
        super().__init__()
        self._is_own = False  # the run itself has asked to begin again
        self._later: deque[RerunData] = deque()  # what waits behind the next one: each is a click

    def on_scriptrunner_ready(self) -> ScriptRequest:
        TURNS.give_back()
        if self._state is ScriptRequestType.RERUN:
            TURNS.take()
        request = super().on_scriptrunner_ready()
        self._go_on()
        if request.type is not ScriptRequestType.RERUN:
            TURNS.give_back()
        elif not TURNS.is_taken:  # asked for between the two questions
            TURNS.take()
        context_dg_stack.set(get_default_dg_stack_value())  # the next run begins at the top of the page
        return request

    def on_scriptrunner_yield(self) -> ScriptRequest | None:
        if self._state is ScriptRequestType.RERUN and not self._is_own:
            return None
        request = super().on_scriptrunner_yield()
        if request is not None:
            self._go_on()
        return request

    def _go_on(self) -> None:
        """One thing has been taken up: the next in line comes after it."""
        with self._lock:
            self._is_own = False
            if self._later and self._state is ScriptRequestType.CONTINUE:
                super()._request_rerun_locked(self._later.popleft())

    def _request_rerun_locked(self, new_data: RerunData) -> bool:
        """Merge what is asked with what waits, unless both are clicks."""
        if TURNS.is_taken:
            self._is_own = True
            return super()._request_rerun_locked(new_data)
        if self._state is not ScriptRequestType.RERUN:
            return super()._request_rerun_locked(new_data)
        last = self._later[-1] if self._later else self._rerun_data
        if _is_click(last) and _is_click(new_data) and len(self._later) < MOST_CLICKS:
            self._later.append(new_data)
            return True
        if not self._later:
            return super()._request_rerun_locked(new_data)
        first, self._rerun_data = self._rerun_data, self._later.pop()
        super()._request_rerun_locked(new_data)
        self._later.append(self._rerun_data)
        self._rerun_data = first
        return True


class WrittenWhole(SafeSessionState):
    """What a session keeps; reading and writing it end no run, only sending to the browser does."""

    def __init__(self, state: SessionState, yield_callback: Callable[[], None]) -> None:
        super().__init__(state, _nothing)


def _nothing() -> None:
    pass


def _is_click(asked: RerunData) -> bool:
    """Whether a button was pressed, or the browser told of something that happened once."""
    return asked.widget_states is not None and any(map(_is_pressed, asked.widget_states.widgets))


def _is_pressed(state: WidgetState) -> bool:
    kind = state.WhichOneof("value")
    value = getattr(state, kind) if kind in _CLICKS else False
    return bool(value.ListFields() if hasattr(value, "ListFields") else value)
