"""Which number does the visitor want explained?  Numbers in sentences and tables can be clicked, or reached by Tab and Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

import streamlit as st

from hdmodel import BadInput, Edition, Opened, Scenario, baseline, change
from hdmodel.numbers import plain
from hdmodel.plans import SLOTS
from hdmodel.worked import QUANTITIES, Worked, worked, worked_crossing, worked_end
from hdmodel.worked_change import worked_change
from ui import state

_SCRIPT = """
export default function ({ setTriggerValue }) {
  const asked = event => {
    const number = event.target.closest?.("[data-asks]");
    if (!number || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    setTriggerValue("number", number.dataset.asks);
  };
  document.addEventListener("click", asked);
  document.addEventListener("keydown", asked);
  return () => {
    document.removeEventListener("click", asked);
    document.removeEventListener("keydown", asked);
  };
}
"""
_LONGEST = 400  # characters of a text that names a number


def asks(*words: str) -> str:
    """The attributes that make an element of the page's own HTML ask for a number's arithmetic when it is clicked.

    The words name the number as `read` takes them.

    >>> asks("start_rate", "full_year")
    ' role="button" tabindex="0" data-asks="start_rate full_year"'
    """
    return f' role="button" tabindex="0" data-asks="{escape(" ".join(words))}"'


def number_html(text: str, *words: str) -> str:
    """A number and its unit, kept on one line, that opens its arithmetic at a click."""
    return f'<span class="n"{asks(*words)}>{escape(text)}</span>'


def where(key: str, values: Mapping[str, Fraction]) -> tuple[str, ...]:
    """The words for a state with some levers set otherwise."""
    return (key, *(f"{lever}={plain(value)}" for lever, value in values.items()))


def listen() -> None:
    """Hear those clicks, wherever on the page they are."""
    st.components.v2.component("asked", js=_SCRIPT)(key="asked", on_number_change=_heard)


def _heard() -> None:
    """What a browser sends is believed only where it names a number of this edition, in a state that is there."""
    text = str(st.session_state["asked"].get("number", ""))
    words = text[:_LONGEST].split(" ")
    if len(text) <= _LONGEST and read(state.current(), words) is not None:
        state.ask(*words)


# --- which number is meant -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Supposed:
    """A state by its name (`now`, `baseline`, `opened` or a slot), the levers set otherwise in it, and what is supposed in all."""

    key: str
    otherwise: tuple[str, ...]
    scenario: Scenario


@dataclass(frozen=True)
class Question:
    """A number of the page: one of `QUANTITIES` in a state, the `crossing` of a lever, or one of `CHANGES` since another state.

    `rounding` is that of the answer to 倒逼 at the `low` or the `high` `end` of what printed figures leave open.
    """

    indicator: str
    quantity: str
    state: Supposed
    since: Supposed | None = None
    lever: str = ""
    end: str = ""

    def answer(self, edition: Edition) -> Worked | None:
        """How the number was worked out; `None` where there is none at present."""
        if self.since is not None:
            return worked_change(edition, self.since.scenario, self.state.scenario, self.indicator, self.quantity, self.lever)
        if self.end:
            return worked_end(edition, self.state.scenario, self.indicator, self.end)
        if self.lever:
            return worked_crossing(edition, self.state.scenario, self.indicator, self.lever)
        return worked(edition, self.state.scenario, self.indicator, self.quantity)


def read(opened: Opened, words: Sequence[str]) -> Question | None:
    """What some words ask for; `None` where they name nothing of this edition, no state that is kept, or no value a lever takes.

    INDICATOR QUANTITY, then where it is not the present state: STATE, and each LEVER=VALUE set otherwise in it;
    INDICATOR rounding low or high STATE; INDICATOR crossing STATE LEVER; INDICATOR change or together STATE STATE;
    INDICATOR effect STATE STATE LEVER.
    """
    match words:
        case [indicator, *_] if indicator not in opened.edition.indicators:
            return None
        case [indicator, quantity] if quantity in QUANTITIES:
            return _in_state(indicator, quantity, supposed(opened, "now"))
        case [indicator, quantity, key, *settings] if quantity in QUANTITIES:
            return _in_state(indicator, quantity, supposed(opened, key, settings))
        case [indicator, "rounding", ("low" | "high") as end, key]:
            return _in_state(indicator, "rounding", supposed(opened, key), end=end)
        case [indicator, "crossing", key, lever] if lever in opened.edition.own_levers(indicator):
            return _in_state(indicator, "crossing", supposed(opened, key), lever)
        case [indicator, "effect", since, key, lever] if lever in opened.edition.levers:
            return _since(indicator, "effect", supposed(opened, since), supposed(opened, key), lever)
        case [indicator, ("together" | "change") as quantity, since, key]:
            return _since(indicator, quantity, supposed(opened, since), supposed(opened, key))
    return None


def _in_state(indicator: str, quantity: str, state: Supposed | None, lever: str = "", end: str = "") -> Question | None:
    return None if state is None else Question(indicator, quantity, state, None, lever, end)


def _since(indicator: str, quantity: str, since: Supposed | None, state: Supposed | None, lever: str = "") -> Question | None:
    return None if since is None or state is None else Question(indicator, quantity, state, since, lever)


def supposed(opened: Opened, key: str, settings: Sequence[str] = ()) -> Supposed | None:
    """The state of that name with some levers set otherwise, checked as a link's are; `None` where there is no such state."""
    states = {"now": opened.scenario, "baseline": baseline(opened.edition), "opened": state.as_opened().scenario}
    states |= {slot: plan.scenario for slot, plan in zip(SLOTS, opened.plans, strict=True) if plan is not None}
    pairs = [(name, value) for name, _, value in (setting.partition("=") for setting in settings)]
    if key not in states or not all(value for _, value in pairs):
        return None
    try:
        return Supposed(key, tuple(name for name, _ in pairs), change(opened.edition, states[key], pairs))
    except BadInput:
        return None
