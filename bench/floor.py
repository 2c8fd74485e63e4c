"""The least a page of this kind can cost: ten sliders, five metrics and as many charts, fixed specs,
fresh rows.

Run by `bench/finger.py`, which says how many charts.
"""

import sys

import pandas as pd
import streamlit as st

SPEC = {
    "mark": "bar",
    "height": 260,
    "encoding": {"x": {"field": "name", "type": "nominal"}, "y": {"field": "value", "type": "quantitative"}},
}

st.set_page_config(layout="wide")
values = [st.slider(f"p{index}", 0, 1000, 100, key=f"p{index}") for index in range(10)]
for column, value in zip(st.columns(5), values, strict=False):
    column.metric("sum", f"{sum(values) + value}")
for chart in range(int(sys.argv[1])):
    rows = pd.DataFrame({"name": [f"p{index}" for index in range(10)], "value": values})
    st.vega_lite_chart(rows, SPEC, key=f"chart-{chart}")
