"""What does a printed page say beside what is on the screen?  What is supposed, as a table; date, edition,
model, link and code. The browser fills in time, link and code when it prints (`ui/session/stamp.js`).
"""

from __future__ import annotations

import streamlit as st

from hdmodel import PageState
from hdmodel.projection import MODEL_VERSION
from ui.answers.plan_rows import NamedState, baseline_of, lever_rows
from ui.html.elements import Markup, element
from ui.html.show import show_html
from ui.html.tables import table_html
from ui.page.share import is_of_this_machine
from ui.text.speech import Speech


def on_paper(opened: PageState, speech: Speech) -> None:
    """Lay that part on the page."""
    show_html(paper_html(opened, st.context.url, speech))


def paper_html(opened: PageState, page: str | None, speech: Speech) -> Markup:
    """The part of the page that only a print shows; with a code where its address leads others to it."""
    baseline, now = baseline_of(opened, speech), NamedState("now", speech.say("print.now"), opened.scenario)
    rows = lever_rows(opened.edition, [baseline, now], speech)
    columns = [speech.say("print.lever"), baseline.title, now.title]
    supposed = (
        table_html(columns, rows, "supposed")
        if rows
        else element("p", speech.say("print.none"), class_="remark")
    )
    edition = opened.edition
    about = speech.say("print.about", id=edition.id, digest=edition.digest, model=MODEL_VERSION)
    when = element("p", speech.say("print.at"), element("time", "", id="printed-at"), " · ", about)
    link = element("p", speech.say("print.link"), element("span", "", id="printed-link"))
    lines = element("div", when, link)
    if is_of_this_machine(page):
        way = lines + element("p", speech.say("print.code.here"), class_="remark")
    else:
        way = element("div", _code(speech), lines, class_="way-back")
    return element("div", element("h2", speech.say("print.supposed")), supposed, way, id="on-paper")


def _code(speech: Speech) -> Markup:
    """The place of the code with what is said of it, and what stands there without one."""
    lines = (
        element("p", speech.say(f"print.code.{name}"), class_="remark", data_with_code=is_for, hidden="")
        for name, is_for in (("scan", "true"), ("long", "false"))
    )
    return element("div", element("div", id="printed-code"), *lines)
