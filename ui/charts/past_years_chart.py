"""Which past years moved far enough?  A strip with one dot a year, and what is needed now as an upright line.

It only draws: every number and word comes in the rows. Dots that reach the line are filled,
the others hollow. A click on a dot or on the line's label asks for its arithmetic.
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pyarrow as pa

from ui.charts.colours import Look
from ui.charts.marks import (
    FONT,
    Layer,
    Row,
    asking,
    between_ends,
    by_width,
    clickable,
    ends_of,
    frame_of,
    haloed,
    layers,
    mark,
    note_size,
    plain_frame,
    spec_of,
    text,
)

NUMBERS: Final = ("lane", "enough", "not_enough", "move", "need", "domain_low", "domain_high", "clicks")
WORDS: Final = ("year", "need_left", "need_middle", "need_right", "tip", "year_asks", "need_asks")
LANE: Final = 44  # pixels high: a dot and its year
AROUND: Final = 96  # pixels: the label above the lanes, the axis below them


def record_frame(rows: Sequence[Row]) -> pa.Table:
    """The rows as the chart takes them."""
    return frame_of(rows, NUMBERS, WORDS)


def record_spec(look: Look) -> dict[str, Any]:
    """The chart's fixed specification for one look."""
    return spec_of(record_chart(look))


def record_chart(look: Look) -> alt.LayerChart:
    """All layers, from the back to the front."""
    stack: list[Layer] = [
        room(look),
        need_line(look),
        dots("enough", look, look.fact),
        dots("not_enough", look, look.background),
        year_names(look),
        *need_labels(look),
    ]
    return (
        layers(*stack)
        .add_params(*ends_of("x", "domain_low", "domain_high"))
        .properties(
            **plain_frame(height=AROUND + LANE, padding={"left": 0, "right": 0, "top": 30, "bottom": 4})
        )
    )


def room(look: Look) -> alt.Chart:
    """Unseen, as wide as the domain: it holds the axis, which all layers share."""
    axis = alt.Axis(
        title=None,
        grid=False,
        tickCount=5,
        labelOverlap=True,
        labelFlush=True,
        labelFont=FONT,
        labelFontSize=note_size(look),
        labelColor=look.muted,
        domain=True,
        ticks=True,
        domainColor=look.zero,
        tickColor=look.zero,
    )
    return mark(alt.MarkDef(type="rule", opacity=0)).encode(
        x=_move("domain_low", axis), x2="domain_high", y=_lane()
    )


def need_line(look: Look) -> alt.Chart:
    return mark(alt.MarkDef(type="rule", color=look.required, strokeWidth=2.6, strokeDash=[7, 5])).encode(
        x=_move("need")
    )


def dots(field: str, look: Look, fill: str) -> alt.Chart:
    size = by_width(phone=90, desktop=150)
    point = alt.MarkDef(
        type="point",
        shape="circle",
        size=size,
        fill=fill,
        stroke=look.fact,
        strokeWidth=2.6,
        opacity=1,
        yOffset=12,
    )
    dot = mark(point).encode(y=_lane(), x=_move(field), tooltip=alt.Tooltip("tip", type="nominal"))
    return clickable(dot, field, "year_asks")


def year_names(look: Look) -> alt.LayerChart:
    words = haloed(
        look, color=look.ink, align="center", baseline="bottom", yOffset=3, fontSize=note_size(look)
    )
    return layers(*(word.encode(y=_lane(), x=_move("move"), text=text("year")) for word in words))


def need_labels(look: Look) -> list[alt.Chart]:
    """Above the line; a row fills one of three, so that the words stay inside the plot."""
    style = {
        "color": look.required,
        "fontWeight": 600,
        "baseline": "bottom",
        "dy": -6,
        "fontSize": note_size(look),
    }
    sides = (("need_left", "left"), ("need_middle", "center"), ("need_right", "right"))
    return [
        word.encode(x=_move("need"), y=alt.value(0), text=text(field))
        for field, align in sides
        for word in asking(haloed(look, align=align, **style), f"{field}_label", "need_asks")
    ]


def _move(field: str, axis: alt.Axis | None = None) -> alt.X:
    if axis is None:
        return alt.X(field, type="quantitative", scale=between_ends("x"))
    return alt.X(field, type="quantitative", axis=axis, scale=between_ends("x"))


def _lane() -> alt.Y:
    """The lowest lane stands on the axis."""
    return alt.Y("lane", type="ordinal", axis=None, sort="descending", scale=alt.Scale(padding=0))
