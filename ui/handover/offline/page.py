"""How does the page go where there is no network?  As one HTML file that asks for nothing: its sliders move
what the page's move, by the expressions that the model has printed.

Nothing in it is worked out anew: cases and gaps are the page's own (`ui/handover/offline/parts.py`), and so
are the functions that fill them (`ui/text/live_speech.js`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
from ui.charts.lever_map_chart import pairs_spec
from ui.charts.marks import ROWS_AS_SENT
from ui.charts.path_chart import LIVE_FIELDS, path_frame, path_spec
from ui.files.with_limits import isolated
from ui.handover.drawing import DRAWING
from ui.handover.offline.body import body_of
from ui.handover.offline.lever_map import BLANK, maps_of
from ui.handover.offline.parts import Parts, focus_of, shown_of, sliders_of
from ui.handover.vega import script_and_charts
from ui.html.files import Document, written
from ui.page.about import About, title_of
from ui.page.live import room_beside
from ui.page.live_cases import Json, against_target, path_fields
from ui.page.look import parts_style
from ui.text.live_speech import GAP_END, LiveSpeech, filling_script
from ui.text.speech import Speech

_STYLE, _MAP_SCRIPT, _SCRIPT, _SNIPPET = (
    Path(__file__).with_name(name) for name in ("page.css", "map.js", "page.js", "vega.js")
)
_MOST_PLACES: Final = 6  # of a lever's value, finer than any step
_ROOM_ABOVE: Final = 20  # pixels for the label of a bar that ends near the top of the axis
# of a label that is clicked, and of what is read over a bar: neither follows a lever
_ONLY_ON_THE_PAGE: Final = ("bind", "cursor", "description")
_TIP: Final = "tooltip"


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
        scripts=[drawing.script, _script()],
    )
    return written(document).encode()


def _script() -> str:
    own = (script.read_text(encoding="utf-8") for script in (_MAP_SCRIPT, _SCRIPT))
    return "\n".join((filling_script(), *own))


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
        "maps": maps_of(parts),
        "blank": BLANK,
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
    """Vega as a script, and the charts by name and look as it takes them."""

    script: str
    charts: Mapping[str, Any]


@lru_cache(maxsize=1)
def offline_drawing() -> Drawing:
    """The same for every file, and kept: it takes two seconds of a processor.

    Raises `NotDone` as `isolated` does.
    """
    charts = {}
    for look, colours in (("light", LIGHT), ("dark", DARK)):
        path = _without(path_spec(colours), (*_ONLY_ON_THE_PAGE, _TIP))
        charts[f"path-{look}"] = _alone({**path, "padding": {**path["padding"], "top": _ROOM_ABOVE}})
        axes = {"labelColor": colours.muted, "tickColor": colours.zero, "domainColor": colours.zero}
        lever_map = _without(pairs_spec(colours), _ONLY_ON_THE_PAGE)
        charts[f"map-{look}"] = _alone({**lever_map, "config": {"axis": axes}})
    snippet = _SNIPPET.read_text(encoding="utf-8")
    return Drawing(*isolated(DRAWING, script_and_charts, snippet, charts))


def _alone(spec: dict[str, Any]) -> dict[str, Any]:
    return {**spec, "data": {"name": ROWS_AS_SENT}}


def _without(node: Any, names: Collection[str]) -> Any:
    """A specification without what a click selects, and without what goes by these names."""
    if isinstance(node, list):
        return [
            _without(inner, names) for inner in node if not (isinstance(inner, dict) and "select" in inner)
        ]
    if not isinstance(node, dict):
        return node
    return {name: _without(inner, names) for name, inner in node.items() if name not in names}
