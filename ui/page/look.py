"""How does the page look?  The style sheet, with its colours and words."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import streamlit as st

from ui.charts.colours import DARK, LIGHT, Look, variables
from ui.html.show import lay_style
from ui.text.speech import Speech

ICON = str(Path(__file__).with_name("icon.svg"))
_PARTS, _STYLE = (Path(__file__).with_name(name) for name in ("parts.css", "look.css"))


def parts_style() -> str:
    """The style of what the page and the offline page show alike."""
    return _PARTS.read_text(encoding="utf-8")


@lru_cache(maxsize=2)
def _style_sheet(*_modified: float) -> str:
    return parts_style() + _STYLE.read_text(encoding="utf-8")


def _modified() -> list[float]:
    return [sheet.stat().st_mtime for sheet in (_PARTS, _STYLE)]


def dress(speech: Speech) -> None:
    """Lay the style sheet on the page; the words in it are in the page's language."""
    texts = {"skip": speech.say("skip"), "browse": speech.say("editions.browse")}
    words = "".join(f"--{name}:{json.dumps(text, ensure_ascii=False)};" for name, text in texts.items())
    lay_style(f"{variables(look())}:root{{{words}}}{_style_sheet(*_modified())}")


def look() -> Look:
    """The colours for the theme this visitor's browser asks for."""
    return DARK if st.context.theme.type == "dark" else LIGHT
