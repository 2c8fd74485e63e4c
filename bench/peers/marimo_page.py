"""The same job in marimo: one slider, three bars. Run by `bench/finger.py`."""

import marimo

app = marimo.App(width="full")


@app.cell
def _():
    import altair as alt
    import marimo as mo
    import pandas as pd

    return alt, mo, pd


@app.cell
def _(mo):
    q3 = mo.ui.slider(0, 200, 1, 100, label="q3")
    q3  # noqa: B018
    return (q3,)


@app.cell
def _(alt, pd, q3):
    quarter = 22.5 * q3.value / 100
    rows = pd.DataFrame({"x": ["H1", "Jan-Sep", "Year"], "y": [45, 45 + quarter, 67.5 + quarter]})
    base = alt.Chart(rows).encode(x=alt.X("x:N", sort=None), y=alt.Y("y:Q", scale=alt.Scale(domain=[0, 140])))
    text = base.mark_text(dy=-10, fontSize=22).encode(text=alt.Text("y:Q", format=".1f"))
    (base.mark_bar(size=60) + text).properties(height=360, width=700)


if __name__ == "__main__":
    app.run()
