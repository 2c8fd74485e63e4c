"""What do the marks of the path chart mean?  A small legend in HTML for what is drawn; the chart itself stays free of words."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ui.words import Speech

_FIELD_OF_MARK = {
    "supposed": "supposed_to",
    "quarter": "quarter",
    "target": "target",
    "required": "required",
    "ruler": "ruler",
    "ghost": "ghost",
}


def legend(rows: Sequence[Mapping[str, Any]], h1_tag: str, q3_tag: str, speech: Speech) -> str:
    """The marks that these rows draw, as an HTML list; facts are named by the tags of their figures."""
    marks = [mark for mark, field in _FIELD_OF_MARK.items() if any(row.get(field) is not None for row in rows)]
    named = {mark: speech.say(f"legend.{mark}") for mark in marks}
    if any(row.get("fact") is not None for row in rows):
        named = {"fact": speech.say("legend.fact_q3" if q3_tag else "legend.fact", tag=h1_tag, q3_tag=q3_tag), **named}
    items = "".join(
        f'<span role="listitem"><i class="{mark}" aria-hidden="true"></i>{escape(name)}</span>' for mark, name in named.items()
    )
    return f'<div class="legend" role="list">{items}</div>'
