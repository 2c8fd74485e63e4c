"""Where does the year land if…?  The levers of the indicator in focus, the sentence, and the path to the year's end."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from hdmodel import Opened, Projection, Scenario, project
from ui import inputs, rows
from ui.arithmetic import arithmetic
from ui.cards import h1_figure, others, tag_of
from ui.colours import Look
from ui.legend import legend
from ui.look import look
from ui.path_chart import path_frame, path_spec
from ui.sentences import caveats, result_sentence
from ui.words import Speech


@st.cache_resource
def _spec(colours: Look) -> dict[str, Any]:
    """The chart's specification, built by Altair once for each look; only its rows change afterwards."""
    return path_spec(colours)


def explore(opened: Opened, projections: dict[str, Projection], before: Scenario | None, speech: Speech) -> None:
    """Levers on the left, what they lead to on the right; on a phone one above the other."""
    with st.container(key="workbench"):
        left, right = st.columns([4, 7], gap="medium")
        with right:  # first, so that the answer is on its way while the levers are still drawn
            _result(opened, projections[opened.focus], before, speech)
        with left:
            inputs.panel(opened, speech)
    others(opened, projections, speech)


def _result(opened: Opened, projection: Projection, before: Scenario | None, speech: Speech) -> None:
    answer(opened, projection, speech)
    last = project(opened.edition, before)[projection.id] if before else None
    if last is not None and last.unit != projection.unit:
        last = None  # the two do not compare
    drawn = rows.path_rows(opened.edition, opened.scenario, projection, last, speech)
    tag = tag_of(opened.edition, opened.scenario, h1_figure(opened.edition, projection), speech)
    st.html(f'<div class="chart-head"><h2>{escape(_chart_title(projection, speech))}</h2>{legend(drawn, tag, speech)}</div>')
    st.vega_lite_chart(path_frame(drawn), _spec(look()), key="path", height=290)
    arithmetic(opened, projection, speech)


def answer(opened: Opened, projection: Projection, speech: Speech) -> None:
    """The sentence, and under it on what stand-ins it rests."""
    sentence = result_sentence(opened.edition, opened.scenario, projection, speech)
    notes = "".join(
        f'<p class="remark">{escape(note)}</p>' for note in caveats(opened.edition, opened.scenario, projection, speech)
    )
    st.html(f'<div role="status"><p class="sentence">{sentence}</p>{notes}</div>')


def _chart_title(projection: Projection, speech: Speech) -> str:
    key = "flow_share" if projection.unit == "% of target" else projection.kind
    return speech.say(f"chart.{key}", unit=speech.unit(projection.unit))
