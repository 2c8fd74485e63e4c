"""In which language does the page speak?  The button for the other one, or a menu where there are more."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hdmodel.language.languages import LANGUAGES, Language
from ui.session import keys, state
from ui.text.speech import Speech


def language_choice(speech: Speech) -> None:
    """The languages that the page does not speak now, each by what it calls itself."""
    others = [language for code, language in LANGUAGES.items() if code != speech.language]
    if len(others) == 1:
        (other,) = others
        st.button(other.name, key="language", type="tertiary", on_click=state.show, args=("lang", other.code))
    elif others:
        _menu(others, speech)


def _menu(others: Sequence[Language], speech: Speech) -> None:
    menu = st.popover(speech.traits.name, key="language-menu", type="tertiary", on_change="rerun")
    if menu.open:
        with menu:
            for language in others:
                st.button(
                    language.name,
                    key=f"language-{language.code}",
                    width="stretch",
                    on_click=_choose,
                    args=(language.code,),
                )


def _choose(code: str) -> None:
    state.show("lang", code)
    keys.put("language-menu", False)  # closes the menu
