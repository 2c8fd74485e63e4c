"""What reaches the page as HTML?  Only what is of that type; every other text is refused.

No other module hands HTML, styles or scripts to Streamlit.
"""

from __future__ import annotations

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.html.elements import Markup


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
    st.html(_whole("style", sheet))


def run_script(script: str) -> None:
    """Run a script in the browser, anew in each run: the time in it makes it another text."""
    st.html(_whole("script", f"/* {time.time_ns()} */ {script}"), unsafe_allow_javascript=True)


def _whole(name: str, inside: str) -> str:
    """A style sheet or script, in which nothing is escaped; raises `ValueError` where it would end early.

    >>> _whole("style", "p { color: red }")
    '<style>p { color: red }</style>'
    >>> _whole("style", "</style>")
    Traceback (most recent call last):
    ValueError: a style holds no tag
    """
    if "</" in inside or "<!--" in inside:
        raise ValueError(f"a {name} holds no tag")
    return f"<{name}>{inside}</{name}>"
