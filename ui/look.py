"""How does the page look?  The style sheet, what is in sight, and the one-time work that keeps the server quick."""

from __future__ import annotations

import gc
from pathlib import Path

import streamlit as st

from hdmodel import Opened
from ui.colours import DARK, LIGHT, Look, variables
from ui.frame import css_class
from ui.inputs import PANEL, WITH_LEVERS, levers_in_sight

ICON = str(Path(__file__).with_name("icon.svg"))
_STYLE = Path(__file__).with_name("look.css")


@st.cache_resource
def freeze_imports() -> bool:
    """Take what the imports left out of every later garbage collection, once for the server."""
    gc.collect()
    gc.freeze()
    return True


@st.cache_data
def _style_sheet(modified: float) -> str:
    return _STYLE.read_text(encoding="utf-8")


def dress(opened: Opened) -> None:
    """Lay the style sheet on the page, and put the levers of the other indicators out of sight."""
    st.html(f"<style>{variables(look())}{_style_sheet(_STYLE.stat().st_mtime)}{focus_style(opened)}</style>")


def look() -> Look:
    """The colours for the theme this visitor's browser asks for."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def focus_style(opened: Opened) -> str:
    """The rule that hides every lever that is not of the indicator in focus, or all of them in other views."""
    if opened.view not in WITH_LEVERS:
        return f'[data-testid="stLayoutWrapper"]:has(> .{css_class(PANEL)}){{display:none}}'
    in_sight = levers_in_sight(opened.edition, opened.focus)
    return ",".join(f".{css_class(id)}" for id in opened.edition.levers if id not in in_sight) + "{display:none}"
