"""What does a move change?  The cards, the levers and the answer: the part of the page that runs again at every press.

It is a fragment: a press sends these elements alone, and leaves the header and the levers of other indicators as they are.
"""

from __future__ import annotations

import streamlit as st

from hdmodel import Opened, Scenario, project
from ui import history, state, twins
from ui.cards import cards, others
from ui.explore import explore
from ui.inputs import WITH_LEVERS, panel
from ui.moves import last_move, moves_bar
from ui.required import all_sentences, required
from ui.words import Speech

VIEWS = WITH_LEVERS


def supposed(speech: Speech) -> tuple[Opened, Scenario | None]:
    """What the visitor supposes now, and before the last change; first of all in every run."""
    state.repeat_untold()
    twins.settle(state.as_opened().edition, speech)
    opened = state.current()
    history.record(opened)
    return opened, state.remember(opened.scenario)


def workbench(opened: Opened, before: Scenario | None, speech: Speech) -> None:
    """Draw it with the page that was just made; from then on it runs again by itself, with what is supposed then."""
    from_the_page = [(opened, before)]

    @st.fragment
    def again() -> None:
        if from_the_page:
            _draw(*from_the_page.pop(), speech)
            return
        if state.needs_whole_page():
            st.rerun()
        _draw(*supposed(speech), speech)
        state.all_told()

    again()
    if opened.view == "explore":  # no slider moves them, and a reading asks for the whole page
        others(opened, project(opened.edition, opened.scenario), speech)


def _draw(opened: Opened, before: Scenario | None, speech: Speech) -> None:
    """Cards above; levers on the left, what they lead to on the right; on a phone one above the other."""
    projections = project(opened.edition, opened.scenario)
    above = st.container()
    with st.container(key="workbench"):
        left, right = st.columns([4, 7], gap="medium")
        with right:  # first, so that the answer is on its way while the levers are still drawn
            if opened.view == "explore":
                explore(opened, projections[opened.focus], before, speech)
            else:
                required(opened, projections[opened.focus], speech)
        with left:
            moves_bar(opened, speech)
            panel(opened, projections[opened.focus], speech)
            last_move(opened, speech)
    with above:
        cards(opened, projections, speech)
    if opened.view == "required":
        all_sentences(opened, projections, speech)
    state.keep_address_whole(opened)
