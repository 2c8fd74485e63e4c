"""Which pairs of two levers reach the target?  A map: colour is the year against the target,
a line is exactly on it.

It only draws: cells, line, the present point and the words of the axes all come in the rows.
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pyarrow as pa

from ui.charts import live
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

NUMBERS: Final = (
    *("y_from", "y_to", "y_mid", "x_low", "x_width", "clicks"),
    *("line_x", "line_y", "line_order", "now_x", "now_y", "x_start", "x_end"),
)
STRIPS: Final = ("columns", "shades", "shut", "across", "years")  # texts of cells, one after the other
WORDS: Final = (
    *STRIPS,
    "tip",
    "now_text",
    "now_asks",
    "x_title",
    "y_title",
    "x_lever",
    "y_lever",
)
_WAITING = 0.35


def pairs_frame(rows: Sequence[Row]) -> pa.Table:
    """The rows as the chart takes them."""
    return frame_of(rows, NUMBERS, WORDS)


def pairs_spec(look: Look) -> dict[str, Any]:
    """The chart's fixed specification for one look."""
    return spec_of(pairs_chart(look))


def pairs_chart(look: Look) -> alt.LayerChart:
    """All layers, from the back to the front; a click on a cell is the selection `place`."""
    stack: list[Layer] = [
        cells(look),
        out_of_reach(look),
        on_target(look),
        here(look),
        *here_label(look),
        titles(look),
    ]
    return (
        _following(layers(*stack))
        .add_params(live.live_text(), *ends_of("x", "x_start", "x_end"), *_ends_up())
        .properties(**plain_frame(height=300, padding={"left": 0, "right": 8, "top": 28, "bottom": 14}))
    )


def _following(chart: alt.LayerChart) -> alt.LayerChart:
    """The chart with the present point where the sliders are; paler where a lever moves that is not on it."""
    names, places, moved, text = (f"{live.ROWS}[{row}]" for row in range(4))
    stays = {axis: f"toNumber({live.field_of(names, f'datum.{axis}_lever', places)})" for axis in "xy"}
    others = " - ".join(
        [
            f"(length(split({moved}, '1')) - 1)",
            *(f"toNumber({live.field_of(names, f'datum.{axis}_lever', moved)})" for axis in "xy"),
        ]
    )
    return live.with_fields(
        chart,
        **{live.shown(f"now_{axis}"): f"live ? {stays[axis]} : datum.now_{axis}" for axis in "xy"},
        **{live.shown("now_text"): f"live && datum.now_text ? {text} : datum.now_text"},
        waits=f"live && {others} > 0",
    )


def cells(look: Look) -> alt.Chart:
    """One cell a pair: amber when short, teal when on target, pale near the line."""
    shades = alt.Scale(
        domain=[-1, 0, 1], range=[look.below, look.even, look.above], interpolate="rgb", clamp=True
    )
    cell = _unrolled(mark(alt.MarkDef(type="rect"))).encode(
        **_CELL,
        color=alt.Color("shade", type="quantitative", scale=shades, legend=None),
        opacity=_waiting(),
        tooltip=alt.Tooltip("over_cell", type="nominal"),
    )
    return clickable(cell, "place", "x_mid", "y_mid")


def out_of_reach(look: Look) -> alt.Chart:
    """Pairs that break a joint limit: covered by the page's own colour, with a grid."""
    cover = mark(
        alt.MarkDef(type="rect", fill=look.background, stroke=look.zero, strokeWidth=0.5, opacity=0.9)
    )
    return _unrolled(cover).transform_filter("datum.shut === '1'").encode(**_CELL)


def _waiting() -> alt.Opacity:
    """Paler while a lever moves that is on neither side: it moves colours and line, too."""
    return alt.when("datum.waits").then(alt.value(_WAITING)).otherwise(alt.value(1))


def _unrolled(chart: alt.Chart) -> alt.Chart:
    """The cells of the strips, which come as text to be few in number."""
    parts = {name: f"split(datum.{name}, ' ')" for name in STRIPS}
    return (
        chart.transform_filter("datum.shades !== ''")
        .transform_calculate(**parts)
        .transform_flatten(list(parts))
        .transform_calculate(
            shade="toNumber(datum.shades)",
            x_from="datum.x_low + datum.x_width * toNumber(datum.columns)",
            x_to="datum.x_low + datum.x_width * (toNumber(datum.columns) + 1)",
            x_mid="datum.x_low + datum.x_width * (toNumber(datum.columns) + 0.5)",
            over_cell="replace(replace(datum.tip, '{x}', datum.across), '{year}', datum.years)",
        )
    )


def on_target(look: Look) -> alt.Chart:
    line = mark(alt.MarkDef(type="line", color=look.ink, strokeWidth=3))
    return line.encode(
        x=_x("line_x"),
        y=_y("line_y"),
        order=alt.Order("line_order", type="quantitative"),
        opacity=_waiting(),
    )


def here(look: Look) -> alt.Chart:
    """The present point; this layer says the scales of both axes for all."""
    point = mark(
        alt.MarkDef(
            type="point", size=180, fill=look.required, stroke=look.background, strokeWidth=2, opacity=1
        )
    )
    return point.encode(
        x=_x(live.shown("now_x"), between_ends("x")), y=_y(live.shown("now_y"), between_ends("y"))
    )


def here_label(look: Look) -> list[alt.Chart]:
    words = haloed(look, color=look.ink, fontWeight=700, baseline="bottom", dy=-11)
    return [
        word.encode(x=_x(live.shown("now_x")), y=_y(live.shown("now_y")), text=text(live.shown("now_text")))
        for word in asking(words, "here", "now_asks")
    ]


def titles(look: Look) -> alt.LayerChart:
    """What runs across and what runs up, at the corners of the frame; in one row only,
    so that no other draws a text.
    """
    style: dict[str, Any] = {
        "type": "text",
        "font": FONT,
        "color": look.muted,
        "fontSize": note_size(look),
        "fontWeight": 600,
    }
    across = mark(alt.MarkDef(**style, align="right", baseline="top", dy=36)).encode(
        x=_x("x_end"), y=alt.value("height"), text=text("x_title")
    )
    up = mark(alt.MarkDef(**style, align="left", baseline="bottom", dy=-8)).encode(
        x=_x("x_start"), y=alt.value(0), text=text("y_title")
    )
    return layers(across, up)


def _ends_up() -> list[alt.Parameter]:
    """From the foot of the lowest strip to the head of the highest."""
    return [ends_of("y", field, field)[at] for at, field in enumerate(("y_from", "y_to"))]


def _x(field: str, scale: Any = alt.Undefined) -> alt.X:
    return alt.X(field, type="quantitative", axis=_axis(), scale=scale)


def _y(field: str, scale: Any = alt.Undefined) -> alt.Y:
    return alt.Y(field, type="quantitative", axis=_axis(), scale=scale)


def _axis() -> alt.Axis:
    return alt.Axis(
        title=None,
        aria=False,
        grid=False,
        tickCount=5,
        labelFont=FONT,
        labelFontSize=by_width(phone=12, desktop=15),
        labelFlush=True,
    )


_CELL: Final = {"x": _x("x_from"), "x2": "x_to", "y": _y("y_from"), "y2": "y_to"}
