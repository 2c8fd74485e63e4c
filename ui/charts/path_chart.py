"""How does the path to the year's end look?  A layered chart that only draws.

Nothing is computed here: every number and every word that can vary comes in the rows,
and a null field draws nothing. What stays in the specification is the look and the
layout in pixels, so one specification serves every run and the chart updates in place.

    spec = path_spec(LIGHT)  # build once, keep it
    st.vega_lite_chart(path_frame(rows), spec, theme="streamlit", height="stretch", key="path")
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pyarrow as pa

from ui.charts import live
from ui.charts.colours import Look
from ui.charts.marks import (
    FONT,
    PHONE,
    ROWS_WORKED_OUT,
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
    pinstripes,
    pixels,
    plain_frame,
    spec_of,
    stroke,
    text,
    type_size,
)

NUMBERS: Final = (
    "order",
    "carried",
    "fact",
    "supposed_from",
    "supposed_to",
    "total",
    "total_below",
    "quarter",
    "target",
    "ruler",
    "required",
    "ghost",
    "required_before",
    "domain_low",
    "domain_high",
    "clicks",
)
WORDS: Final = (
    "period",
    "total_text",
    "quarter_text",
    "target_text",
    "required_text",
    "tip",
    "total_asks",
    "quarter_asks",
    "required_asks",
    "target_asks",
)


# What a drag changes, in the order in which the page's script writes it.
LIVE_NUMBERS: Final = ("carried", "supposed_from", "supposed_to", "total", "quarter", "required")
LIVE_WORDS: Final = ("total_text", "quarter_text", "required_text")
LIVE_FIELDS: Final = (*LIVE_NUMBERS, *LIVE_WORDS)


def path_frame(rows: Sequence[Row]) -> pa.Table:
    """The rows as the chart takes them."""
    return frame_of(rows, NUMBERS, WORDS)


def path_spec(look: Look) -> dict[str, Any]:
    """The chart's fixed specification for one look."""
    return spec_of(path_chart(look))


def path_chart(look: Look) -> alt.LayerChart:
    """All layers, from the back to the front."""
    stack: list[Layer] = [
        required_line(look),
        carried_bars(look),
        fact_bars(look),
        supposed_bars(look),
        zero_line(look),
        ruler_ticks(look),
        target_line(look),
        required_points(look),
        ghost_points(look),
        quarter_points(look),
        total_labels(look),
        period_names(look),
        touch_columns(),
        *quarter_labels(look),  # before the columns: each opens a number of its own
        *required_labels(look),
        *target_label(look),
    ]
    return (
        _following(layers(*stack))
        .add_params(
            live.live_text(),
            *ends_of("y", "bottom", "top", ROWS_WORKED_OUT),
            alt.param(name="bar", expr="clamp(width * 0.1, 30, 104)"),
            alt.param(name="lane", expr=f"bar / 2 + ({PHONE} ? 8 : 18)"),
        )
        .properties(
            **plain_frame(height=300, padding={"left": 0, "right": 0, "top": 4, "bottom": look.size + 14})
        )
    )


def _following(chart: alt.LayerChart) -> alt.LayerChart:
    """The chart with a second field for each that follows a drag: as the script has it, else as it came."""
    came = {name: f"datum.{name}" for name in LIVE_FIELDS} | {"total": "datum.settled"}
    moved = {name: f"datum.now[{place}]" for place, name in enumerate(LIVE_FIELDS)}
    moved |= {name: live.number(moved[name]) for name in LIVE_NUMBERS}
    total = f"datum.{_shown('total')}"
    row_before = live.fields(f"{live.ROWS}[datum.order - 1]")
    drawn = ", ".join(f"datum.{_shown(name)}" for name in (*LIVE_NUMBERS, "ghost"))
    need_before = f"{row_before}[{LIVE_FIELDS.index('required')}]"
    return live.with_fields(
        chart,
        now=f"live ? {live.fields(f'{live.ROWS}[datum.order]')} : null",
        settled="isValid(datum.total) ? datum.total : datum.total_below",
        **{_shown(name): f"datum.now ? {moved[name]} : {came[name]}" for name in LIVE_FIELDS},
        **{
            _shown(
                "ghost"
            ): f"datum.now ? (abs({total} - datum.settled) > 1e-9 ? datum.settled : null) : datum.ghost"
        },
        # of the period before, whose label shares the gap between two bars with the quarter's own
        need=f"datum.now ? (datum.order > 0 ? {live.number(need_before)} : null) : datum.required_before",
        below=f"{total} < 0 ? {total} : null",
        above=f"{total} < 0 ? null : {total}",
        # nought is always on the axis, and a blank counts as nought
        bottom=f"min(datum.domain_low, {drawn})",
        top=f"max(datum.domain_high, {drawn})",
    )


def _shown(name: str) -> str:
    """The field that is drawn for one of the rows' own."""
    return live.shown(name) if name in (*LIVE_FIELDS, "ghost") else name


# pixels from a bar's end down to its label
_BESIDE_THE_TARGET = (
    "isValid(datum.target) && datum.above < datum.target"
    " && scale('y', datum.above) - scale('y', datum.target) < 36 ? 32 : -7"
)

# how far down the screen a quarter's own value lies from what is required beside it
_BELOW_THE_NEED = f"(scale('y', datum.{live.shown('quarter')}) - scale('y', datum.need))"


def _apart_from_the_need(label: float, need: float) -> str:
    """The pixels that keep a quarter's label, of that height, off the required value's point and label."""
    above, below = 10 + label / 2, 13 + need + label / 2
    return (
        f"isValid(datum.need) ? {_BELOW_THE_NEED} <= 0 ? min(0, -{above} - {_BELOW_THE_NEED})"
        f" : max(0, {below} - {_BELOW_THE_NEED}) : 0"
    )


# The bars


def carried_bars(look: Look) -> alt.Chart:
    return _bar("carried", color=look.carried, stroke=look.stripe, strokeWidth=1).encode(y2=alt.datum(0))


def fact_bars(look: Look) -> alt.Chart:
    return _bar("fact", color=look.fact).encode(y2=alt.datum(0))


def supposed_bars(look: Look) -> alt.Chart:
    return _bar(
        "supposed_to",
        color=pinstripes(look.stripe, look.wash),
        stroke=look.stripe,
        strokeWidth=1.5,
    ).encode(y2=_shown("supposed_from"))


def ghost_points(look: Look) -> alt.Chart:
    """Beside the bar, where no label is: a line across it would run through the label."""
    return mark(
        alt.MarkDef(
            type="point",
            shape="triangle-left",
            size=by_width(phone=60, desktop=150),
            fill=look.ghost,
            strokeWidth=0,
            opacity=1,
            xOffset=pixels(f"bar / 2 + ({PHONE} ? 4 : 7)"),
        )
    ).encode(x=_x(), y=_y("ghost"))


# The lines, ticks and points


def zero_line(look: Look) -> alt.Chart:
    return mark(alt.MarkDef(type="rule", color=look.zero, strokeWidth=1.5)).encode(
        y=alt.YDatum(0, type="quantitative", axis=None)
    )


def ruler_ticks(look: Look) -> alt.Chart:
    return mark(
        alt.MarkDef(
            type="tick",
            orient="horizontal",
            size=by_width(phone=14, desktop=26),
            thickness=3,
            opacity=1,
            xOffset=pixels("-lane"),
            color=look.ruler,
        )
    ).encode(x=_x(), y=_y("ruler"))


def target_line(look: Look) -> alt.Chart:
    return mark(
        alt.MarkDef(type="rule", color=look.ink, strokeWidth=by_width(phone=1.6, desktop=2.2))
    ).encode(y=_y("target"))


def required_line(look: Look) -> alt.Chart:
    """Behind the bars: it shows between them, and its points stand beside them."""
    return mark(
        alt.MarkDef(
            type="line",
            color=look.required,
            strokeWidth=stroke(),
            strokeDash=[7, 5],
            xOffset=pixels("lane"),
        )
    ).encode(x=_x(), y=_y("required"))


def required_points(look: Look) -> alt.Chart:
    return mark(
        alt.MarkDef(
            type="point",
            shape="circle",
            size=by_width(phone=50, desktop=120),
            fill=look.background,
            stroke=look.required,
            strokeWidth=stroke(),
            opacity=1,
            xOffset=pixels("lane"),
        )
    ).encode(x=_x(), y=_y("required"))


def quarter_points(look: Look) -> alt.Chart:
    return mark(
        alt.MarkDef(
            type="point",
            shape="diamond",
            size=by_width(phone=110, desktop=280),
            fill=look.muted,
            strokeWidth=0,
            opacity=1,
            xOffset=pixels("-lane"),
        )
    ).encode(x=_x(), y=_y("quarter"))


# The labels


def total_labels(look: Look) -> alt.LayerChart:
    """Above the bar, or below it where the total is less than nought; inside it where the target's line
    would run through the label.
    """
    style: dict[str, Any] = {
        "color": look.ink,
        "fontSize": type_size(look, step=1.3),
        "fontWeight": 700,
        "halo": 13,  # or a line behind it shows above the point, and 90.0 reads 90:0
    }
    above = haloed(look, baseline="alphabetic", dy=alt.ExprRef(_BESIDE_THE_TARGET), **style)
    below = haloed(look, baseline="top", dy=7, **style)
    return layers(
        *(w.encode(x=_x(), y=_y("above"), text=_text("total_text")) for w in above),
        *(w.encode(x=_x(), y=_y("below"), text=_text("total_text")) for w in below),
    )


def quarter_labels(look: Look) -> list[alt.Chart]:
    small = look.size_phone - 2
    words = haloed(
        look,
        color=look.muted,
        fontSize=note_size(look),
        align="right",
        baseline="middle",
        xOffset=pixels(f"-lane - ({PHONE} ? 7 : 15)"),
        dy=alt.ExprRef(
            f"{PHONE} ? {1 - look.size_phone / 2} + ({_apart_from_the_need(2.3 * small, small)})"
            f" : ({_apart_from_the_need(look.size, look.size)})"
        ),
        lineBreak=_line_break(),
    )
    return [
        w.encode(x=_x(), y=_y("quarter"), text=_text("quarter_text"))
        for w in asking(words, "quarter_label", "quarter_asks")
    ]


def required_labels(look: Look) -> list[alt.Chart]:
    words = haloed(
        look,
        color=look.required,
        fontSize=note_size(look),
        fontWeight=600,
        align="left",
        baseline="top",
        xOffset=pixels(f"lane + ({PHONE} ? 4 : 8)"),
        dy=6,
    )
    return [
        w.encode(x=_x(), y=_y("required"), text=_text("required_text"))
        for w in asking(words, "required_label", "required_asks")
    ]


def target_label(look: Look) -> list[alt.Chart]:
    words = haloed(
        look,
        color=look.ink,
        align="left",
        baseline="alphabetic",
        dy=by_width(phone=-look.size_phone - 9, desktop=-9),
        lineBreak=_line_break(),
    )
    return [
        w.encode(x=alt.value(0), y=_y("target"), text=_text("target_text"))
        for w in asking(words, "target_label", "target_asks")
    ]


def period_names(look: Look) -> alt.Chart:
    return mark(
        alt.MarkDef(
            type="text",
            color=look.muted,
            font=FONT,
            fontSize=type_size(look),
            baseline="top",
            dy=9,
        )
    ).encode(x=_x(), y=alt.value("height"), text=_text("period"))


def touch_columns() -> alt.Chart:
    """Unseen columns over the whole domain: they carry the tooltip, take a click,
    and say the scales of both axes for all layers.
    """
    column = alt.Chart(
        mark=alt.MarkDef(type="bar", width=alt.RelativeBandSize(band=1), opacity=0, aria=True)
    ).encode(
        x=_x(alt.Scale(padding=0, range=[by_width(phone=40, desktop=110), pixels("width")])),
        y=_y("domain_high", between_ends("y")),
        y2="domain_low",
        tooltip=alt.Tooltip("tip", type="nominal"),
        description=alt.Description("tip", type="nominal"),
    )
    return clickable(column, "period", "total_asks")


# The parts they share


def _bar(field: str, **style: Any) -> alt.Chart:
    return mark(alt.MarkDef(type="bar", width=pixels("bar"), **style)).encode(x=_x(), y=_y(field))


def _x(scale: Any = alt.Undefined) -> alt.X:
    """The ordinal `order`, so that the order of the rows does not matter."""
    return alt.X("order", type="ordinal", axis=None, scale=scale)


def _y(field: str, scale: Any = alt.Undefined) -> alt.Y:
    return alt.Y(_shown(field), type="quantitative", axis=None, stack=None, scale=scale)


def _text(field: str) -> alt.Text:
    return text(_shown(field))


def _line_break() -> alt.ExprRef:
    """On a phone a label breaks at its space: name above, number below."""
    return pixels(f"{PHONE} ? ' ' : '\\n'")
