"""How does the page go where there is no network?  As one HTML file that asks for nothing: its sliders move
what the page's move, by the expressions that the model has printed.

Nothing in it is worked out anew: cases and gaps are the page's own (`ui/handover/offline_parts.py`), and so
are the functions that fill them (`ui/text/live_speech.js`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from hdmodel import PageState
from hdmodel.explain.worked_lines import over_symbols, symbols_of
from hdmodel.links.link import VIEWS, link_fields
from hdmodel.links.sent_results import BETWEEN, PLACES, headlines
from hdmodel.links.short_names import short_names
from hdmodel.projection import outcome_of
from ui.answers.path_rows import path_rows
from ui.charts.colours import DARK, LIGHT, variables
from ui.charts.path_chart import LIVE_FIELDS, path_frame, path_spec
from ui.files.isolated import isolated
from ui.handover.about import About, title_of
from ui.handover.drawing import DRAWING
from ui.handover.offline_body import body_of
from ui.handover.offline_parts import Parts, focus_of, shown_of, sliders_of
from ui.handover.vega import script_and_charts
from ui.html.files import Document, written
from ui.page.live import room_beside
from ui.page.live_cases import Json, against_target, path_fields
from ui.page.look import parts_style
from ui.text.live_speech import GAP_END, LiveSpeech, filling_script
from ui.text.speech import Speech

_STYLE, _SCRIPT = (Path(__file__).with_name(name) for name in ("offline.css", "offline.js"))
_MOST_PLACES: Final = 6  # of a lever's value, finer than any step
_SNIPPET: Final = Path(__file__).with_name("offline_vega.js")
ROWS: Final = "rows"  # the name under which the chart takes its rows
_ROOM_ABOVE: Final = 20  # pixels for the label of a bar that ends near the top of the axis
# of a label that is clicked, and of what is read over a bar: neither follows a lever
_ONLY_ON_THE_PAGE: Final = ("bind", "cursor", "tooltip", "description")


def offline_page(opened: PageState, about: About, speech: Speech) -> bytes:
    """The offline page of a state as UTF-8; raises what `offline_drawing` does."""
    drawing, parts = offline_drawing(), Parts.of(replace(opened, view=VIEWS[0]), speech)
    body = body_of(parts, about)  # first: it says which conditions and gaps there are
    document = Document(
        title=speech.say("offline.title", title=title_of(opened, speech)),
        language=speech.traits.tag,
        style=_style(),
        body=body,
        data={**_data(parts, about), "charts": drawing.charts},
        scripts=[drawing.script, f"{filling_script()}\n{_SCRIPT.read_text(encoding='utf-8')}"],
    )
    return written(document).encode()


def _style() -> str:
    dark = f"@media (prefers-color-scheme: dark) {{ {variables(DARK)} }}"
    return f"{variables(LIGHT)}{dark}\n{parts_style()}\n{_STYLE.read_text(encoding='utf-8')}"


def _data(parts: Parts, about: About) -> dict[str, Json]:
    """What the script needs, beside the charts."""
    opened, live = parts.opened, parts.live
    values, sliders, shown = opened.scenario.as_dict(), sliders_of(opened), shown_of(opened)
    return {
        "focus": focus_of(opened),
        "values": {id: float(values[id] or 0) for id in sliders},
        "levers": {
            id: {"low": float(lever.low), **room_beside(opened, lever, sliders)}
            for id, lever in sliders.items()
        },
        "conditions": parts.conditions,
        "rows": {id: _rows(parts, id) for id in shown},
        "fields": LIVE_FIELDS,
        "moving": {id: against_target(opened, id, live, path_fields) for id in shown},
        "links": {id: _link(replace(opened, focus=id), about, live) for id in shown},
        "gaps": live.gaps,
    }


def _rows(parts: Parts, id: str) -> list[dict[str, Any]]:
    """The rows of an indicator's chart in the state that is exported."""
    opened = parts.opened
    rows = path_rows(outcome_of(opened.edition, opened.scenario, id), None, parts.speech)
    plain = [{name: row[name] for name in row if not name.endswith("_asks")} for row in rows]
    return path_frame(plain).to_pylist()


def _link(opened: PageState, about: About, live: LiveSpeech) -> str:
    """The complete link, as the page makes it, with gaps for what the sliders move."""
    edition, names = opened.edition, short_names(opened.edition)
    page, fields = about.link.partition("?")[0], link_fields(opened)
    symbols = symbols_of(edition, opened.scenario)
    for id in sliders_of(opened):
        at = symbols[id]
        assert at is not None
        fields[names[id]] = live.in_link(at, _MOST_PLACES)
    years = (over_symbols(edition, opened.scenario, id).path.full_year for id in headlines(edition))
    fields["r"] = BETWEEN.join("" if year is None else live.in_link(year, PLACES) for year in years)
    return f"{page}?{urlencode(fields, safe=f'~{GAP_END}')}"


# --- the chart


@dataclass(frozen=True)
class Drawing:
    """Vega as a script, and the path chart by look as it takes it."""

    script: str
    charts: Mapping[str, Any]


@lru_cache(maxsize=1)
def offline_drawing() -> Drawing:
    """The same for every file, and kept: it takes two seconds of a processor.

    Raises `NotDone` as `isolated` does.
    """
    charts = {name: _alone(path_spec(look)) for name, look in (("light", LIGHT), ("dark", DARK))}
    snippet = _SNIPPET.read_text(encoding="utf-8")
    return Drawing(*isolated(DRAWING, script_and_charts, snippet, charts))


def _alone(spec: dict[str, Any]) -> dict[str, Any]:
    padding = {**spec["padding"], "top": _ROOM_ABOVE}
    return {**_without_the_page(spec), "padding": padding, "data": {"name": ROWS}}


def _without_the_page(node: Any) -> Any:
    """The specification without what a click selects and what only the page has."""
    if isinstance(node, list):
        return [
            _without_the_page(inner) for inner in node if not (isinstance(inner, dict) and "select" in inner)
        ]
    if not isinstance(node, dict):
        return node
    return {name: _without_the_page(inner) for name, inner in node.items() if name not in _ONLY_ON_THE_PAGE}
