"""How does the offline page draw?  With the page's own chart, light and dark, and Vega beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ui.charts.colours import DARK, LIGHT
from ui.charts.path_chart import path_spec
from ui.files.isolated import isolated
from ui.handover.drawing import DRAWING
from ui.handover.vega import script_and_charts

_SNIPPET: Final = Path(__file__).with_name("offline_vega.js")
ROWS: Final = "rows"  # the name under which the chart takes its rows
_ROOM_ABOVE: Final = 20  # pixels for the label of a bar that ends near the top of the axis
# of a label that is clicked, and of what is read over a bar: neither follows a lever
_ONLY_ON_THE_PAGE: Final = ("bind", "cursor", "tooltip", "description")


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
        return [_without_the_page(one) for one in node if not (isinstance(one, dict) and "select" in one)]
    if not isinstance(node, dict):
        return node
    return {name: _without_the_page(one) for name, one in node.items() if name not in _ONLY_ON_THE_PAGE}
