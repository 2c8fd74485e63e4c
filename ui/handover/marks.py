"""How does a legend show the marks of a chart?  As the chart draws them: bars as boxes, lines as lines,
points as points.
"""

from __future__ import annotations

from collections.abc import Callable

from ui.charts.colours import LIGHT

Put = Callable[..., object]  # puts an SVG element with these attributes
_BOXES = {
    "fact": {"fill": LIGHT.fact},
    "below": {"fill": LIGHT.below},
    "above": {"fill": LIGHT.above},
    "apart": {"fill": LIGHT.carried, "stroke": LIGHT.ghost},
    "without_project": {"fill": "none", "stroke": LIGHT.short, "stroke_dasharray": "6 4"},
    "dormant": {"fill": "none", "stroke": LIGHT.ghost, "stroke_dasharray": "2 3"},
}
_STRIPED = ("supposed", "secured")
_LINES = {"target": LIGHT.ink, "ruler": LIGHT.ruler, "now": LIGHT.required}
_POINTS = {"required": ("none", LIGHT.required), "ghost": (LIGHT.ghost, LIGHT.ghost)}
_YEARS = {"enough": (LIGHT.fact, LIGHT.fact), "not_enough": ("none", LIGHT.fact)}


def draw_mark(put: Put, mark: str, at: tuple[float, float], size: float) -> None:
    """A mark beside its name, in type of this size, whose letters begin at the same height."""
    x, y = at
    box = {"x": x, "y": y - size * 0.2, "width": size, "height": size * 0.7}
    if mark in _BOXES:
        put("rect", **box, **{"stroke_width": 2, **_BOXES[mark]})
    elif mark in _STRIPED:
        put("rect", **box, fill=LIGHT.wash, stroke=LIGHT.stripe)
        for stripe in (0.5, 2.5):
            put("rect", **{**box, "x": x + stripe * size / 4, "width": size / 4}, fill=LIGHT.stripe)
    elif mark in _LINES:
        put("rect", **{**box, "y": y + size * 0.15 - 2, "height": 4}, fill=_LINES[mark])
    else:
        fill, stroke = {**_POINTS, **_YEARS}.get(mark, (LIGHT.muted, LIGHT.muted))
        centre = {"cx": x + size / 2, "cy": y + size * 0.15, "r": size * 0.28}
        put("circle", **centre, fill=fill, stroke=stroke, stroke_width=3)
