"""How much of what is missing do the projects secure?  One bar in its parts, as the page has it.

It only draws: where each part begins and ends comes in the rows.
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pyarrow as pa

from ui.charts.colours import Look
from ui.charts.marks import Layer, Row, frame_of, layers, mark, pinstripes, plain_frame, spec_of

NUMBERS: Final = ("start", "end")
WORDS: Final = ("kind",)


def coverage_frame(rows: Sequence[Row]) -> pa.Table:
    """The rows as the chart takes them."""
    return frame_of(rows, NUMBERS, WORDS)


def coverage_spec(look: Look) -> dict[str, Any]:
    """The chart's fixed specification for one look."""
    return spec_of(coverage_chart(look))


def coverage_chart(look: Look) -> alt.LayerChart:
    """A layer for each kind of part: with a project, without one, counted apart, not begun."""
    stack: list[Layer] = [
        part("secured", fill=pinstripes(look.stripe, look.wash), stroke=look.stripe),
        part("without_project", fill=look.background, stroke=look.short, strokeDash=[8, 5]),
        part("apart", fill=look.carried, stroke=look.ghost),
        part("dormant", fill=look.background, stroke=look.ghost, strokeDash=[2, 3]),
    ]
    frame = plain_frame(height=60, padding={"left": 2, "right": 2, "top": 4, "bottom": 4})
    return layers(*stack).properties(**frame)


def part(kind: str, **style: Any) -> alt.Chart:
    bar = mark(alt.MarkDef(type="bar", height=40, strokeWidth=2, **style))
    return bar.transform_filter(f"datum.kind === '{kind}'").encode(
        x=alt.X("start", type="quantitative", axis=None, scale=alt.Scale(nice=False)), x2="end"
    )
