"""What draws a chart where there is no browser?  vl-convert, in its own process (`ui.files.with_limits`).

It keeps some 200 MB from its first chart on and holds up whatever else its process does while it draws, so it
is loaded nowhere else: only when a function of this module runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

Place = tuple[float, float, float, float]  # x, y, width and height
ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def drawings(specifications: Sequence[Mapping[str, Any]]) -> list[str]:
    """Charts with their rows in them, as SVG."""
    import vl_convert

    return [vl_convert.vegalite_to_svg(specification) for specification in specifications]


def pictures(svgs: Sequence[str], scale: float) -> list[bytes]:
    """Drawings as PNG of so many dots for each of their pixels."""
    import vl_convert

    return [vl_convert.svg_to_png(svg, scale=scale) for svg in svgs]


def sheet(outer: str, placed: Sequence[tuple[Mapping[str, Any], Place]]) -> str:
    """A drawing with charts in their places on it, as SVG."""
    root = ElementTree.fromstring(outer)
    charts = drawings([specification for specification, _ in placed])
    for at, (svg, (_, place)) in enumerate(zip(charts, placed, strict=True)):
        inner = ElementTree.fromstring(_named_apart(svg, f"chart{at}-"))
        inner.attrib |= {
            name: f"{value:.1f}" for name, value in zip(("x", "y", "width", "height"), place, strict=True)
        }
        root.append(inner)
    return ElementTree.tostring(root, encoding="unicode")


def sheet_picture(outer: str, placed: Sequence[tuple[Mapping[str, Any], Place]]) -> bytes:
    """The same as PNG, a dot a pixel."""
    return pictures([sheet(outer, placed)], 1)[0]


def _named_apart(svg: str, before: str) -> str:
    """A chart whose clips and patterns have names that no other chart on the sheet has."""
    return re.sub(r'(\bid="|url\(#)', rf"\1{before}", svg)


def chart_picture(specification: Mapping[str, Any], scale: float) -> bytes:
    """A chart as PNG, in one go."""
    return pictures(drawings([specification]), scale)[0]


def script_and_charts(snippet: str, charts: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A script with what it takes of Vega in it, and charts by name as Vega takes them."""
    import vl_convert

    vega_charts = {name: vl_convert.vegalite_to_vega(chart) for name, chart in charts.items()}
    return vl_convert.javascript_bundle(snippet), vega_charts
