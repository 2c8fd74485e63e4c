"""Which lever matters most?  One bar a lever, from the year at its low end to the year at its high end.

It only draws: every number and word comes in the rows. A click on a bar is the selection `lever`.
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pyarrow as pa

from ui.charts.colours import Look
from ui.charts.marks import (
    Layer,
    Row,
    asking,
    clickable,
    frame_of,
    haloed,
    layers,
    mark,
    note_size,
    spec_of,
    target_above,
    text,
)

NUMBERS: Final = (
    "order",
    "year_low",
    "year_high",
    "now",
    "target",
    "crossing",
    "domain_low",
    "domain_high",
    "clicks",
)
WORDS: Final = (
    *("lever", "name", "low_inside", "low_outside", "high_inside", "high_outside", "target_text", "tip"),
    *("crossing_asks", "low_asks", "high_asks", "target_asks"),
)
_BAR = 20  # pixels high


def swings_frame(rows: Sequence[Row]) -> pa.Table:
    """The rows as the chart takes them."""
    return frame_of(rows, NUMBERS, WORDS)


def swings_spec(look: Look) -> dict[str, Any]:
    """The chart's fixed specification for one look."""
    return spec_of(swings_chart(look))


def swings_chart(look: Look) -> alt.LayerChart:
    """All layers, from the back to the front."""
    stack: list[Layer] = [
        bars(look),
        below_now(look),
        upright("target", look.ink, 2),
        upright("now", look.required, 3),
        crossing_points(look),
        touch_rows(),
        *labels(look),  # before the rows: each opens a number of its own
        *target_above(look, _year("target")),
    ]
    return layers(*stack).properties(
        width="container",
        height=300,
        background="transparent",
        view=alt.ViewBackground(stroke=None),
        padding={"left": 0, "right": 0, "top": 26, "bottom": 4},
    )


def bars(look: Look) -> alt.Chart:
    """The whole swing; what raises the year above the present keeps this colour, the map's own for it."""
    return mark(alt.MarkDef(type="bar", height=_BAR, color=look.above)).encode(
        y=_row(), x=_year("year_low"), x2="year_high"
    )


def below_now(look: Look) -> alt.Chart:
    """The part that lowers the year below the present, in the map's colour for it;
    it lies left of the present's line.
    """
    return mark(alt.MarkDef(type="bar", height=_BAR, color=look.below)).encode(
        y=_row(), x=_year("year_low"), x2="now"
    )


def upright(field: str, colour: str, width: float) -> alt.Chart:
    """A year that all rows share, across each bar alone:
    a line from top to bottom would run through the labels.
    """
    tick = mark(alt.MarkDef(type="tick", color=colour, thickness=width, size=_BAR + 8, orient="vertical"))
    return tick.encode(y=_row(), x=_year(field))


def crossing_points(look: Look) -> alt.Chart:
    point = mark(
        alt.MarkDef(
            type="point",
            shape="circle",
            size=110,
            fill=look.background,
            stroke=look.required,
            strokeWidth=2.6,
            opacity=1,
        )
    )
    return point.encode(y=_row(), x=_year("crossing"))


def labels(look: Look) -> list[alt.Chart]:
    """The lever's name above its bar, and below it what either end stands for: inside a wide bar,
    outside a narrow one.
    """
    small = {"fontSize": note_size(look)}
    name = haloed(
        look, color=look.ink, align="left", baseline="bottom", dy=-_BAR / 2 - 3, fontWeight=600, **small
    )
    ends = {"color": look.muted, "baseline": "top", "dy": _BAR / 2 + 3, **small}
    sides = (
        ("low", "inside", "left"),
        ("low", "outside", "right"),
        ("high", "inside", "right"),
        ("high", "outside", "left"),
    )
    return [
        *_asking(name, "name", "crossing_asks", "lever", x=alt.value(0)),
        *(
            chart
            for end, side, align in sides
            for chart in _asking(
                haloed(look, align=align, **ends), f"{end}_{side}", f"{end}_asks", x=_year(f"year_{end}")
            )
        ),
    ]


def _asking(
    words: tuple[alt.Chart, alt.Chart], field: str, *fields: str, x: alt.X | alt.XValue
) -> list[alt.Chart]:
    return [word.encode(y=_row(), x=x, text=text(field)) for word in asking(words, f"{field}_label", *fields)]


def touch_rows() -> alt.Chart:
    """Unseen, a row high and as wide as the domain: it takes the click and the tooltip,
    and keeps room at both ends.
    """
    row = mark(alt.MarkDef(type="bar", height=alt.RelativeBandSize(band=1), opacity=0)).encode(
        y=_row(),
        x=_year("domain_low"),
        x2="domain_high",
        tooltip=alt.Tooltip("tip", type="nominal"),
        detail=alt.Detail("lever", type="nominal"),
    )
    return clickable(row, "lever", "lever")


def _row() -> alt.Y:
    return alt.Y("order", type="ordinal", axis=None, scale=alt.Scale(padding=0))


def _year(field: str) -> alt.X:
    return alt.X(field, type="quantitative", axis=None, scale=alt.Scale(zero=False, nice=False))
