"""What does a move change?  The answer, the levers and the cards they move:
the part of the page that runs again at every press.

It is a fragment, and holds nothing else: buttons, choices, fold-outs, entries and the cards of other
indicators are laid out with the whole page, and a press neither draws nor sends them.
"""

from __future__ import annotations

import streamlit as st

from hdmodel import PageState, Scenario, project
from ui.charts import live as live_charts
from ui.html.elements import element
from ui.html.show import show_html
from ui.page import typed
from ui.page.cards import cards, others, strip_html
from ui.page.levers import WITH_LEVERS, entries, levers_in_sight, panel
from ui.page.live import settled_values
from ui.page.moves import last_move, moves_bar
from ui.page.printed_page import paper_html
from ui.session import history, late_messages, slider_and_field, state, visit
from ui.text.speech import Speech
from ui.views.explore import explore
from ui.views.required import all_sentences, required

VIEWS = WITH_LEVERS


def supposed(speech: Speech) -> tuple[PageState, Scenario | None]:
    """What the visitor supposes now, and before the last change; first of all in every run."""
    visit.run_began()
    late_messages.repeat()
    slider_and_field.settle(state.as_opened().edition, speech)
    opened = state.current()
    history.record(opened)
    return opened, state.remember(opened.scenario)


def workbench(opened: PageState, before: Scenario | None, speech: Speech) -> None:
    """Cards above; levers on the left, what they lead to on the right; on a phone one above the other.

    Drawn with the page that was just made; from then on what levers move runs again by itself,
    with what is supposed then.
    """
    projections = project(opened.edition, opened.scenario)
    focus = projections[opened.focus]
    draw_cards = cards(opened, projections, speech)
    show_html(element("input", id=live_charts.INPUT, hidden="", aria_hidden="true", tabindex="-1"))
    with st.container(key="workbench"):
        left, right = st.columns([4, 7], gap="medium")
        with left:
            moves_bar(opened, speech)
            levers = st.container(key="levers")
            entries(opened, focus, speech)
        with right:
            draw_answer = (explore if opened.view == "explore" else required)(opened, focus, speech)
    if opened.view == "explore":
        others(opened, projections, speech)
        draw_sentences = None
    else:
        draw_sentences = all_sentences(opened, projections, speech)

    in_sight = st.container(key="in-sight")  # behind the rest in the page, so that nothing lies over it
    from_the_page, drawn = [(opened, before)], opened

    @st.fragment
    def again() -> None:
        nonlocal drawn
        is_press = not from_the_page
        if is_press and state.needs_whole_page():
            st.rerun()
        opened, before = supposed(speech) if is_press else from_the_page.pop()
        if _is_beyond(drawn, opened):
            st.rerun()
        drawn = opened
        projections = project(opened.edition, opened.scenario)
        draw_rest = draw_answer(opened, projections[opened.focus], before)
        panel(opened, speech)
        with in_sight:
            # one element: each that is sent costs the server a hundredth of a press
            strip = strip_html(opened, projections[opened.focus], speech)
            show_html(strip + paper_html(opened, st.context.url, speech))
        last_move(opened, speech)
        draw_cards(opened, projections)
        if draw_rest:
            draw_rest()
        if draw_sentences:
            draw_sentences(opened, projections)
        visit.run_ended(opened, speech, settled_values(opened), typed.field_values(opened))
        late_messages.tell()

    with levers:
        again()


def _is_beyond(drawn: PageState, opened: PageState) -> bool:
    """Whether a lever has moved that is not in sight: one of the indicator that was in focus before, whose
    message was on its way when the focus changed. Its card is drawn with the whole page only.
    """
    moved = history.moved(drawn.scenario, opened.scenario)
    return bool({*moved} - {*levers_in_sight(opened)})
