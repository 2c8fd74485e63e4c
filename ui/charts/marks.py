"""What do the charts share?  Marks, labels with a halo, sizes that follow the width,
and how a chart becomes a fixed spec.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import altair as alt
import pyarrow as pa

from ui.charts.colours import Look

Row: TypeAlias = Mapping[str, float | str | None]
Layer: TypeAlias = alt.Chart | alt.LayerChart

PHONE: Final = "width < 520"  # of the plot, in pixels
STRIPES: Final = 7  # dark stripes across one supposed bar; odd, so that both edges are dark
# what Vega calls the rows as they are sent, and those with the fields that the whole chart works out of them
ROWS_AS_SENT: Final = "source"
ROWS_WORKED_OUT: Final = "data_0"
FONT: Final = (
    "'Source Sans', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)


def frame_of(rows: Sequence[Row], numbers: Sequence[str], words: Sequence[str]) -> pa.Table:
    """The rows with fixed columns and types, so that a column of blanks stays one of numbers;
    as Streamlit sends it on.
    """
    columns = {name: pa.array([_number(row.get(name)) for row in rows], pa.float64()) for name in numbers}
    return pa.table(
        columns | {name: pa.array([row.get(name) or "" for row in rows], pa.string()) for name in words}
    )


def _number(value: float | str | None) -> float | None:
    return None if value is None else float(value)


def spec_of(chart: alt.LayerChart) -> dict[str, Any]:
    """The chart as a Vega-Lite dict without data and without configuration: built once,
    its rows are sent apart.
    """
    spec: dict[str, Any] = chart.to_dict()
    spec.pop("datasets", None)
    spec.pop("config", None)
    _strip_data(spec)
    return spec


def layers(*charts: Layer) -> alt.LayerChart:
    return alt.LayerChart(layer=list(charts))


def plain_frame(*, height: int, padding: dict[str, int]) -> dict[str, Any]:
    """The properties of a chart as wide as its place, on the page's own ground."""
    return {
        "width": "container",
        "height": height,
        "background": "transparent",
        "view": alt.ViewBackground(stroke=None),
        "padding": padding,
    }


def mark(definition: alt.MarkDef) -> alt.Chart:
    definition.aria = False
    return alt.Chart(mark=definition)


def haloed(look: Look, *, halo: float = 4, **style: Any) -> tuple[alt.Chart, alt.Chart]:
    """A label twice: first a halo in the background colour, then the words."""
    words = {"type": "text", "font": FONT, "fontSize": type_size(look)} | style
    behind = words | {
        "color": look.background,
        "stroke": look.background,
        "strokeWidth": halo,
        "strokeJoin": "round",
    }
    return mark(alt.MarkDef(**behind)), mark(alt.MarkDef(**words))


def clickable(chart: alt.Chart, name: str, *fields: str) -> alt.Chart:
    """Marks that can be clicked: a click on them, and on no other,
    is the selection `name` with these fields of their row.

    `clicks` tells a second click on the same place from the first.
    """
    chart.mark.cursor = "pointer"
    picked = alt.selection_point(
        name=name, fields=[*fields, "clicks"], on=f"@{name}_at_marks:click", clear=False, toggle=False
    )
    return chart.properties(name=f"{name}_at").add_params(picked)


def asking(words: tuple[alt.Chart, alt.Chart], name: str, *fields: str) -> tuple[alt.Chart, alt.Chart]:
    """A haloed label that can be clicked; both parts go into the outermost layer,
    as Altair renames views inside another.
    """
    behind, label = words
    return behind, clickable(label, name, *fields)


def target_above(look: Look, x: alt.X) -> list[alt.Chart]:
    """The target in words above its upright mark; a click asks for its arithmetic."""
    words = haloed(look, color=look.ink, align="center", baseline="bottom", dy=-4, fontSize=note_size(look))
    words = asking(words, "target_label", "target_asks")
    return [word.encode(x=x, y=alt.value(0), text=text("target_text")) for word in words]


def text(field: str) -> alt.Text:
    return alt.Text(field, type="nominal")


def type_size(look: Look, step: float = 1) -> alt.ExprRef:
    return by_width(phone=round(look.size_phone * step), desktop=round(look.size * step))


def note_size(look: Look) -> alt.ExprRef:
    """Of the labels that share the gap between two bars, narrow on a phone."""
    return by_width(phone=look.size_phone - 2, desktop=look.size)


def ends_of(name: str, low: str, high: str, rows: str = ROWS_AS_SENT) -> list[alt.Parameter]:
    """The ends of an axis as two parameters, from fields of the rows that are never all blank.

    Left to Vega, an axis is worked out of every field that is drawn along it, anew in each frame of a drag;
    of one in which nothing stands it warns each time.
    """
    fields = {f"{name}_low": low, f"{name}_high": high}
    there = f"length(data('{rows}'))"
    return [
        alt.param(name=end, expr=f"{there} ? extent(pluck(data('{rows}'), '{field}'))[{at}] : {at}")
        for at, (end, field) in enumerate(fields.items())
    ]


def between_ends(name: str) -> alt.Scale:
    """The scale of an axis between these ends: one layer says it, and all that share the axis have it."""
    ends = [alt.ExprRef(f"{name}_low"), alt.ExprRef(f"{name}_high")]
    return alt.Scale(domain=ends, zero=False, nice=False)


def stroke() -> alt.ExprRef:
    return by_width(phone=1.8, desktop=2.6)


def by_width(*, phone: float, desktop: float) -> alt.ExprRef:
    return pixels(f"{PHONE} ? {phone} : {desktop}")


def pixels(expression: str) -> alt.ExprRef:
    """A size in the layout that follows the width of the plot; it never reads the rows."""
    return alt.ExprRef(expression)


def pinstripes(dark: str, pale: str) -> alt.LinearGradient:
    """Vertical stripes: a gradient across the bar, so they keep their pitch at any height.

    Without an id of its own Vega adds another definition to the page at every update.
    """
    bands = 2 * STRIPES - 1
    return alt.LinearGradient(
        gradient="linear",
        id=f"pinstripes-{dark}-{pale}".replace("#", ""),
        x1=0,
        y1=0,
        x2=1,
        y2=0,
        stops=[
            alt.GradientStop(offset=round((band + edge) / bands, 4), color=color)
            for band in range(bands)
            for color in [pale if band % 2 else dark]
            for edge in (0, 1)
        ],
    )


def _strip_data(node: object) -> None:
    if isinstance(node, dict):
        node.pop("data", None)
        for value in node.values():
            _strip_data(value)
    elif isinstance(node, list):
        for value in node:
            _strip_data(value)
