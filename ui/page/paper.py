"""What does a printed page say beside what is on the screen?  What is supposed, as a table; date, edition,
model and link. The browser fills in the time and the link when it prints (`ui/session/visit.js`).
"""

from __future__ import annotations

from hdmodel import PageState
from hdmodel.projection import MODEL_VERSION
from ui.answers.plan_rows import NamedState, baseline_of, lever_rows
from ui.html.door import show_html
from ui.html.elements import Markup, element
from ui.html.tables import table_html
from ui.text.speech import Speech


def on_paper(opened: PageState, speech: Speech) -> None:
    """Lay that part on the page."""
    show_html(paper_html(opened, speech))


def paper_html(opened: PageState, speech: Speech) -> Markup:
    """The part of the page that only a print shows."""
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
    return element("div", element("h2", speech.say("print.supposed")), supposed, when, link, id="on-paper")
