"""Which lever matters most?  One bar a lever, from the year at its low end to the year at its high end.

It only draws: every number and word comes in the rows. A click on a bar is the selection `lever`.
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pyarrow as pa

from ui.charts import live
from ui.charts.colours import Look
from ui.charts.marks import (
    ROWS_WORKED_OUT,
    Layer,
    Row,
    asking,
    between_ends,
    clickable,
    ends_of,
    frame_of,
    haloed,
    layers,
    mark,
    note_size,
    plain_frame,
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
# What a drag changes, in the order in which the page's script writes it.
LIVE_NUMBERS: Final = ("now", "year_low", "year_high", "crossing")
LIVE_WORDS: Final = ("name", "low", "high")
LIVE_FIELDS: Final = (*LIVE_NUMBERS, *LIVE_WORDS)
FIRST_ROW = 5  # of the script's text: before it come what the map takes, and the names of the levers
_SIDES = ("inside", "outside")
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
    return (
        _following(layers(*stack))
        .add_params(live.live_text(), *ends_of("x", "left", "right", ROWS_WORKED_OUT))
        .properties(**plain_frame(height=300, padding={"left": 0, "right": 0, "top": 26, "bottom": 4}))
    )


def _following(chart: alt.LayerChart) -> alt.LayerChart:
    """The chart with a second field for each that follows a drag: as the script has it, else as it came."""
    moved = {name: f"datum.moved[{place}]" for place, name in enumerate(LIVE_FIELDS)}
    numbers = {name: (live.number(moved[name]), f"datum.{name}") for name in LIVE_NUMBERS}
    years = ", ".join(f"datum.{live.shown(name)}" for name in ("year_low", "year_high", "now"))
    ends = {f"{end}_{side}": moved[end] for end in ("low", "high") for side in _SIDES}
    words = {name: (f"(datum.{name} ? {text} : '')", f"datum.{name}") for name, text in ends.items()}
    return live.with_fields(
        chart,
        place=f"live ? indexof({live.fields(f'{live.ROWS}[{FIRST_ROW - 1}]')}, datum.lever) : -1",
        moved=f"datum.place < 0 ? null : {live.fields(f'{live.ROWS}[{FIRST_ROW} + datum.place]')}",
        **{
            live.shown(name): f"datum.moved ? {now} : {came}"
            for name, (now, came) in {**numbers, **words, "name": (moved["name"], "datum.name")}.items()
        },
        left=f"min(datum.domain_low, {years})",
        right=f"max(datum.domain_high, {years})",
    )


def bars(look: Look) -> alt.Chart:
    """The whole swing; what raises the year above the present keeps this colour, the map's own for it."""
    return mark(alt.MarkDef(type="bar", height=_BAR, color=look.above)).encode(
        y=_row(), x=_year("year_low"), x2=live.shown("year_high")
    )


def below_now(look: Look) -> alt.Chart:
    """The part that lowers the year below the present, in the map's colour for it;
    it lies left of the present's line.
    """
    return mark(alt.MarkDef(type="bar", height=_BAR, color=look.below)).encode(
        y=_row(), x=_year("year_low"), x2=live.shown("now")
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
    return [
        word.encode(y=_row(), x=x, text=text(live.shown(field)))
        for word in asking(words, f"{field}_label", *fields)
    ]


def touch_rows() -> alt.Chart:
    """Unseen, a row high and as wide as the domain: it takes the click and the tooltip,
    and says the scale of the years for all layers.
    """
    row = mark(alt.MarkDef(type="bar", height=alt.RelativeBandSize(band=1), opacity=0)).encode(
        y=_row(),
        x=_year("domain_low", between_ends("x")),
        x2="domain_high",
        tooltip=alt.Tooltip("tip", type="nominal"),
        detail=alt.Detail("lever", type="nominal"),
    )
    return clickable(row, "lever", "lever")


def _row() -> alt.Y:
    return alt.Y("order", type="ordinal", axis=None, scale=alt.Scale(padding=0))


def _year(field: str, scale: Any = alt.Undefined) -> alt.X:
    field = live.shown(field) if field in LIVE_NUMBERS else field
    return alt.X(field, type="quantitative", axis=None, scale=scale)
