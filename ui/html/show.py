"""What reaches the page as HTML?  Only what is of that type; every other text is refused.

No other module hands HTML, styles or scripts to Streamlit.
"""

from __future__ import annotations

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.html.elements import Markup, whole


def show_html(html: Markup, place: DeltaGenerator | None = None) -> None:
    """Draw HTML, here or in another place; raises `TypeError` for text that is none.

    >>> show_html("<b>")
    Traceback (most recent call last):
    TypeError: no HTML, but text: '<b>'
    """
    if not isinstance(html, Markup):
        raise TypeError(f"no HTML, but text: {html!r}")
    (place or st).html(str(html))


def lay_style(sheet: str) -> None:
    """Lay a style sheet on the page."""
    st.html(str(whole("style", sheet)))


def lay_script(script: str) -> None:
    """Run a script in the browser once, however often it is laid."""
    st.html(str(whole("script", script)), unsafe_allow_javascript=True)


def run_script(script: str) -> None:
    """Run a script in the browser, anew in each run: the time in it makes it another text."""
    st.html(str(whole("script", f"/* {time.time_ns()} */ {script}")), unsafe_allow_javascript=True)
