"""How is the page's chart drawn where there is no browser?  By vl-convert, from the same specification
and rows.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import vl_convert

from hdmodel import PageState, Projection
from hdmodel.projection import Outcome
from ui.answers.path_rows import path_rows
from ui.charts.colours import LIGHT
from ui.charts.legend import path_marks
from ui.charts.marks import FONT
from ui.charts.path_chart import path_frame, path_spec
from ui.page.cards import h1_figure, tag_of
from ui.page.q3_facts import bracketed_q3_tag
from ui.text.speech import Speech

_ON_PAPER = replace(LIGHT, background="#ffffff")
_TRIED = "青海"  # two signs that every Chinese font has; without one both are the same box, or none


def path_drawn(opened: PageState, projection: Projection, size: tuple[int, int], speech: Speech) -> str:
    """The path to the year's end as SVG on white, its labels included so many pixels wide and high."""
    rows = path_rows(Outcome(opened.edition, opened.scenario, projection), None, speech)
    spec, (width, height) = _specification(), size
    around = spec["padding"]["top"] + spec["padding"]["bottom"]
    drawn = {"width": width, "height": height - around, "background": _ON_PAPER.background}
    return vl_convert.vegalite_to_svg({**spec, **drawn, "data": {"values": path_frame(rows).to_pylist()}})


def path_legend(opened: PageState, projection: Projection, speech: Speech) -> dict[str, str]:
    """What each mark of that chart means, by the mark's name."""
    rows = path_rows(Outcome(opened.edition, opened.scenario, projection), None, speech)
    tag = tag_of(opened.edition, opened.scenario, h1_figure(opened.edition, projection), speech)
    return path_marks(
        rows, tag, bracketed_q3_tag(opened.edition, opened.scenario, projection.id, speech), speech
    )


def as_png(svg: str, scale: float) -> bytes:
    """A drawing as a picture of so many dots for each of its pixels."""
    return vl_convert.svg_to_png(svg, scale=scale)


@lru_cache
def has_chinese_font() -> bool:
    """Whether this host can draw Chinese: two signs come out as two different pictures."""
    one, other = (as_png(_drawn(sign), 1) for sign in _TRIED)
    return one != other


def _drawn(sign: str) -> str:
    svg = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", width="40", height="40")
    place = {"x": "4", "y": "32", "font-size": "28", "font-family": FONT}
    ElementTree.SubElement(svg, "text", place).text = sign
    return ElementTree.tostring(svg, encoding="unicode")


@lru_cache
def _specification() -> dict[str, Any]:
    """The page's specification without what only a page has: the input that a drag is written to."""
    spec = copy.deepcopy(path_spec(_ON_PAPER))
    for param in spec["params"]:
        param.pop("bind", None)
    return spec
