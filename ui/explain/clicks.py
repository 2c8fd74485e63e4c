"""Which number does the visitor want explained?  Numbers in sentences and tables can be clicked,
or reached by Tab and Enter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import streamlit as st

from hdmodel.numbers import plain
from ui.explain.questions import read
from ui.html.elements import Markup, element
from ui.session import keys, state
from ui.text.speech import Speech

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


def _asking(name: str, text: str, words: Sequence[str]) -> Markup:
    """A text that asks for a number's arithmetic when it is clicked."""
    asks = {"role": "button", "tabindex": "0", "data_asks": " ".join(words)} if words else {}
    return element("span", text, class_=name, **asks)


def number_html(text: str, *words: str) -> Markup:
    """A number and its unit, kept on one line, that opens its arithmetic at a click if words name it.

    >>> print(number_html("5 %", "start_rate", "full_year"))
    <span class="n" role="button" tabindex="0" data-asks="start_rate full_year">5 %</span>
    """
    return _asking("n", text, words)


def arithmetic_html(speech: Speech, *words: str) -> Markup:
    """The way to a number's arithmetic for who does not think of clicking the number."""
    return _asking("way", speech.say("arithmetic.way"), words)


def where(key: str, values: Mapping[str, Fraction]) -> tuple[str, ...]:
    """The words for a state with some levers set otherwise."""
    return (key, *(f"{lever}={plain(value)}" for lever, value in values.items()))


def listen() -> None:
    """Hear those clicks, wherever on the page they are."""
    st.components.v2.component("asked", js=_SCRIPT)(key="asked", on_number_change=_heard)


def _heard() -> None:
    _ask(str(keys.get("asked").get("number", "")))


def heard_on_chart(points: Iterable[Mapping[str, object]]) -> bool:
    """Ask for the number whose label was clicked on a chart (in its callback), if one was:
    its words stand in a field `…_asks`.
    """
    return any(
        [_ask(str(text)) for point in points for field, text in point.items() if field.endswith("_asks")]
    )


def _ask(text: str) -> bool:
    """What a browser sends is believed only where it names a number of this edition,
    in a state that is there.
    """
    words = text[:_LONGEST].split(" ")
    is_number = len(text) <= _LONGEST and read(state.current(), words) is not None
    if is_number:
        state.ask(*words)
    return is_number
