"""What do the marks of a chart mean?  Its title with a small legend in HTML;
the charts themselves stay free of it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ui.html.elements import NOTHING, Markup, element
from ui.text.speech import Speech

_FIELD_OF_MARK = {
    "supposed": "supposed_to",
    "quarter": "quarter",
    "target": "target",
    "required": "required",
    "ruler": "ruler",
    "ghost": "ghost",
}


def chart_head(title: str, marks: Mapping[str, str], way: Markup = NOTHING) -> Markup:
    """The title, the way to the arithmetic where there is one (as HTML), and what each mark means,
    by its class.
    """
    items = [
        element("span", element("i", class_=mark, aria_hidden="true"), name, role="listitem")
        for mark, name in marks.items()
    ]
    legend = element("div", *items, class_="legend", role="list") if items else NOTHING
    return element("div", element("h2", title), way, legend, class_="chart-head")


def path_marks(rows: Sequence[Mapping[str, Any]], h1_tag: str, q3_tag: str, speech: Speech) -> dict[str, str]:
    """The marks that these rows of the path chart draw; facts are named by the tags of their figures."""
    marks = [
        mark for mark, field in _FIELD_OF_MARK.items() if any(row.get(field) is not None for row in rows)
    ]
    named = {mark: speech.say(f"legend.{mark}") for mark in marks}
    if any(row.get("fact") is not None for row in rows):
        named = {
            "fact": speech.say("legend.fact_q3" if q3_tag else "legend.fact", tag=h1_tag, q3_tag=q3_tag),
            **named,
        }
    return named
