"""Which number does the visitor want explained?  Numbers in sentences and tables can be clicked, or reached by Tab and Enter."""

from __future__ import annotations

from html import escape

import streamlit as st

from hdmodel import Edition
from hdmodel.worked import QUANTITIES
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


def asks(indicator: str, quantity: str) -> str:
    """The attributes that make an element of the page's own HTML ask for a number's arithmetic when it is clicked.

    >>> asks("start_rate", "full_year")
    ' role="button" tabindex="0" data-asks="start_rate full_year"'
    """
    return f' role="button" tabindex="0" data-asks="{escape(indicator)} {escape(quantity)}"'


def listen(edition: Edition) -> None:
    """Hear those clicks, wherever on the page they are."""
    st.components.v2.component("asked", js=_SCRIPT)(key="asked", on_number_change=lambda: _heard(edition))


def _heard(edition: Edition) -> None:
    """What a browser sends is believed only where it names a number of this edition."""
    indicator, _, quantity = str(st.session_state["asked"].get("number", "")).partition(" ")
    if indicator in edition.indicators and quantity in QUANTITIES:
        state.ask(indicator, quantity)
