"""Where does the year land if…?  The sentence, and the path to the year's end."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from hdmodel import PageState, Projection, Scenario, project
from hdmodel.projection import Outcome
from ui.answers import path_rows
from ui.answers.sentences import caveats, result_sentence
from ui.charts.colours import Look
from ui.charts.legend import chart_head, path_marks
from ui.charts.path_chart import path_frame, path_spec
from ui.explain.clicks import arithmetic_html, heard_on_chart
from ui.explain.questions import Quantity
from ui.html.elements import NOTHING, Markup, element, remark
from ui.html.show import show_html
from ui.page.cards import h1_figure, tag_of
from ui.page.look import look
from ui.page.q3_facts import bracketed_q3_tag
from ui.session import state
from ui.text.speech import Speech

# draws what the levers lead to, beside what was before, and may give what draws the rest of it,
# which can wait
Answer = Callable[[PageState, Projection, Scenario | None], Callable[[], None] | None]


@lru_cache
def _spec(colours: Look) -> dict[str, Any]:
    """The chart's specification, built by Altair once for each look; only its rows change afterwards."""
    return path_spec(colours)


def explore(_opened: PageState, _projection: Projection, speech: Speech) -> Answer:
    """The sentence, and the path with the last state as a ghost: gives what draws them."""
    place = st.container()

    def draw(opened: PageState, projection: Projection, before: Scenario | None) -> None:
        with place:
            _answer(opened, projection, before, speech)

    return draw


def _answer(opened: PageState, projection: Projection, before: Scenario | None, speech: Speech) -> None:
    last = project(opened.edition, before)[projection.id] if before else None
    if last is not None and last.unit != projection.unit:
        last = None  # the two do not compare
    drawn = path_rows.path_rows(Outcome(opened.edition, opened.scenario, projection), last, speech)
    tag = tag_of(opened.edition, opened.scenario, h1_figure(opened.edition, projection), speech)
    q3_tag = bracketed_q3_tag(opened.edition, opened.scenario, projection.id, speech)
    year = projection.path.full_year
    way = NOTHING if year is None else arithmetic_html(speech, Quantity(projection.id, "full_year"))
    head = chart_head(path_rows.path_title(projection, speech), path_marks(drawn, tag, q3_tag, speech), way)
    show_html(
        answer_html(opened, projection, speech) + head
    )  # one element: each that is sent delays the chart
    with st.container(key="path-place"):
        st.vega_lite_chart(
            path_frame([{**row, "clicks": state.clicks()} for row in drawn]),
            _spec(look()),
            key="path",
            height="stretch",
            on_select=lambda: heard_on_chart(state.take_clicks("path")),
        )


def answer_html(opened: PageState, projection: Projection, speech: Speech) -> Markup:
    """The sentence, and under it on what stand-ins it rests."""
    sentence = result_sentence(opened.edition, opened.scenario, projection, speech)
    notes = map(remark, caveats(opened.edition, opened.scenario, projection, speech))
    return element("div", element("p", sentence, class_="sentence"), *notes, role="status")
