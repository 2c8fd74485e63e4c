"""How are the page's charts drawn where there is no browser?  From the same specifications and rows, in a
process of its own.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree

from hdmodel import PageState, Projection
from hdmodel.projection import Outcome
from ui.answers.path_rows import path_rows, path_title
from ui.charts.colours import LIGHT
from ui.charts.legend import path_marks
from ui.charts.marks import FONT, ROWS_AS_SENT
from ui.charts.path_chart import path_frame, path_spec
from ui.files.with_limits import Limits, isolated
from ui.handover.vega import Place, chart_picture, drawings, pictures, sheet, sheet_picture
from ui.page.cards import h1_figure, tag_of
from ui.page.q3_facts import bracketed_q3_tag
from ui.text.speech import Speech

# a second or so where processors are free
DRAWING: Final = Limits(
    seconds=15, longest=30, memory=2**30, answered=32 * 2**20, turn=threading.BoundedSemaphore(2)
)
ON_PAPER: Final = replace(LIGHT, background="#ffffff")
Size = tuple[int, int]  # pixels, the labels included


@dataclass(frozen=True)
class Chart:
    """A chart of the page, to be drawn on white: its title, what its marks mean by their names, how it looks
    and its rows.
    """

    title: str
    marks: Mapping[str, str]
    specification: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    is_fitted: bool = False  # whether its axes and labels take of its room

    def in_size(self, size: Size) -> dict[str, Any]:
        """All that it takes to draw it, so many pixels wide and high; what stands out of a chart that is not
        fitted adds to that.
        """
        (width, height), around = size, self.specification["padding"]
        if self.is_fitted:
            around = dict.fromkeys(around, 0)
        fixed: dict[str, Any] = {
            "width": width - around["left"] - around["right"],
            "height": height - around["top"] - around["bottom"],
        }
        if self.is_fitted:
            fixed["autosize"] = {"type": "fit", "contains": "padding"}
        data = {"name": ROWS_AS_SENT, "values": self.rows}
        ground = {"background": ON_PAPER.background, "data": data}
        return {**_without_a_page(self.specification), **fixed, **ground}


def path_chart(opened: PageState, projection: Projection, speech: Speech) -> Chart:
    """The path to the year's end, titled."""
    rows = path_rows(Outcome(opened.edition, opened.scenario, projection), None, speech)
    tag = tag_of(opened.edition, opened.scenario, h1_figure(opened.edition, projection), speech)
    q3_tag = bracketed_q3_tag(opened.edition, opened.scenario, projection.id, speech)
    return Chart(
        path_title(projection, speech),
        path_marks(rows, tag, q3_tag, speech),
        _path_specification(),
        path_frame(rows).to_pylist(),
    )


def drawn(charts: Sequence[Chart], sizes: Sequence[Size]) -> list[str]:
    """Charts as SVG; raises `NotDone` where they cannot be drawn within the limits."""
    return isolated(
        DRAWING, drawings, [chart.in_size(size) for chart, size in zip(charts, sizes, strict=True)]
    )


Placed = Sequence[tuple[Chart, Size, Place]]


def on_sheet(outer: str, placed: Placed) -> str:
    """A drawing with charts on it, each in its own size and place."""
    return isolated(DRAWING, sheet, outer, [(chart.in_size(size), place) for chart, size, place in placed])


def sheet_as_png(outer: str, placed: Placed) -> bytes:
    """The same as PNG, in one go."""
    charts = [(chart.in_size(size), place) for chart, size, place in placed]
    return isolated(DRAWING, sheet_picture, outer, charts)


def as_picture(chart: Chart, size: Size, scale: float) -> bytes:
    """A chart as PNG of so many dots for each pixel."""
    return isolated(DRAWING, chart_picture, chart.in_size(size), scale)


@lru_cache
def can_draw(signs: str) -> bool:
    """Whether this host's fonts have two signs: they come out as two different pictures. Without a font that
    has them both are the same box, or none.
    """
    first, second = isolated(DRAWING, pictures, [_sign(sign) for sign in signs], 1)
    return first != second


def _sign(sign: str) -> str:
    svg = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", width="40", height="40")
    place = {"x": "4", "y": "32", "font-size": "28", "font-family": FONT}
    ElementTree.SubElement(svg, "text", place).text = sign
    return ElementTree.tostring(svg, encoding="unicode")


@lru_cache
def _path_specification() -> dict[str, Any]:
    return path_spec(ON_PAPER)


def _without_a_page(specification: Mapping[str, Any]) -> dict[str, Any]:
    """The page's specification without what only a page has: the input that a drag is written to."""
    spec = copy.deepcopy({**specification})
    for param in spec.get("params", ()):
        param.pop("bind", None)
    return spec
