"""Which plan lands where?  One bar a plan, and the target across all of them.

It only draws: every number and word comes in the rows.
A click on a bar or on the target asks for its arithmetic.
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pyarrow as pa

from ui.charts.colours import Look
from ui.charts.marks import (
    Layer,
    Row,
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

NUMBERS: Final = ("order", "year", "target", "domain_low", "domain_high", "clicks")
WORDS: Final = ("name", "label", "target_text", "year_asks", "target_asks")
_BAR = 22  # pixels high


def compare_frame(rows: Sequence[Row]) -> pa.Table:
    """The rows as the chart takes them."""
    return frame_of(rows, NUMBERS, WORDS)


def compare_spec(look: Look) -> dict[str, Any]:
    """The chart's fixed specification for one look."""
    return spec_of(compare_chart(look))


def compare_chart(look: Look) -> alt.LayerChart:
    """All layers, from the back to the front."""
    stack: list[Layer] = [
        bars(look),
        target(look),
        *labels(look),
        touch_rows(),
        *target_above(look, _year("target")),
    ]
    return (
        layers(*stack)
        .add_params(*ends_of("x", "domain_low", "domain_high"))
        .properties(**plain_frame(height=300, padding={"left": 0, "right": 0, "top": 26, "bottom": 4}))
    )


def bars(look: Look) -> alt.Chart:
    """A supposed year, lighter than a fact, here as in every chart."""
    bar = mark(alt.MarkDef(type="bar", height=_BAR, color=look.carried, stroke=look.stripe, strokeWidth=1))
    return bar.encode(y=_row(), x=_year("year"))


def target(look: Look) -> alt.Chart:
    tick = mark(alt.MarkDef(type="tick", color=look.ink, thickness=2.4, size=72, orient="vertical"))
    return tick.encode(y=_row(), x=_year("target"))


def labels(look: Look) -> list[Layer]:
    words = haloed(
        look,
        color=look.ink,
        align="left",
        baseline="bottom",
        dy=-_BAR / 2 - 3,
        fontWeight=600,
        fontSize=note_size(look),
    )
    return [word.encode(y=_row(), x=alt.value(0), text=text("label")) for word in words]


def touch_rows() -> alt.Chart:
    """Unseen, a row high and as wide as the domain: it takes the click, and keeps room at both ends."""
    row = mark(alt.MarkDef(type="bar", height=alt.RelativeBandSize(band=1), opacity=0))
    return clickable(row.encode(y=_row(), x=_year("domain_low"), x2="domain_high"), "bar", "year_asks")


def _row() -> alt.Y:
    return alt.Y("order", type="ordinal", axis=None, scale=alt.Scale(padding=0))


def _year(field: str) -> alt.X:
    return alt.X(field, type="quantitative", axis=None, scale=between_ends("x"))
