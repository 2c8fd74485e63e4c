"""The same job in Panel: one slider, three bars. Run by `bench/finger.py`."""

import altair as alt
import pandas as pd
import panel as pn

pn.extension("vega")
q3 = pn.widgets.IntSlider(name="q3", start=0, end=200, value=100)


def bars(value: float) -> alt.LayerChart:
    quarter = 22.5 * value / 100
    rows = pd.DataFrame({"x": ["H1", "Jan-Sep", "Year"], "y": [45, 45 + quarter, 67.5 + quarter]})
    base = alt.Chart(rows).encode(x=alt.X("x:N", sort=None), y=alt.Y("y:Q", scale=alt.Scale(domain=[0, 140])))
    text = base.mark_text(dy=-10, fontSize=22).encode(text=alt.Text("y:Q", format=".1f"))
    return (base.mark_bar(size=60) + text).properties(height=360, width=700)


pn.Column(q3, pn.bind(bars, q3)).servable()
