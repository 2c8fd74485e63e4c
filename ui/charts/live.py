"""How does a chart take what follows the finger?  As text in one unseen input, which a parameter is bound to,
so that its specification never changes.

The page's script (`ui/page/live.js`) writes rows there, ROW_END between them and FIELD_END between
their fields; nothing while the answer that has come is the one to draw.
"""

from __future__ import annotations

from typing import Final

import altair as alt

INPUT: Final = "live-rows"  # the id of the unseen input
FIELD_END, ROW_END = "\x1f", "\x1e"
ROWS: Final = f"split(live, '{ROW_END}')"


def live_text() -> alt.Parameter:
    """The parameter `live`: what the script has written."""
    return alt.param(name="live", value="", bind=alt.BindDirect(element=f"#{INPUT}", event="input"))


def fields(row: str) -> str:
    """The fields of a row of that text, each a text."""
    return f"split({row}, '{FIELD_END}')"


def field_of(names: str, name: str, values: str) -> str:
    """The field of one row that stands where another row has a name."""
    return f"{fields(values)}[indexof({fields(names)}, {name})]"


def number(text: str) -> str:
    """A field as a number; a blank one is none."""
    return f"({text} === '' ? null : toNumber({text}))"


def shown(name: str) -> str:
    """The field that is drawn for one of the rows' own.

    Vega keeps what it works out in the row itself: written over the first, it would be lost.
    """
    return f"shown_{name}"


def with_fields(chart: alt.LayerChart, **expressions: str) -> alt.LayerChart:
    """The chart with a field for each of these expressions, worked out one after the other."""
    for name, expression in expressions.items():
        chart = chart.transform_calculate(**{name: expression})
    return chart
