"""The least that a chart which follows a drag can cost: two sliders, three bars, two bound parameters.

Run by `bench/finger.py`.
"""

import altair as alt
import pandas as pd
import streamlit as st

SCRIPT = """<input id="floor-q3" hidden><script>(() => {
  const input = document.getElementById("floor-q3");
  const copy = () => {
    const slider = document.querySelector(".st-key-q3 input[type=range]");
    if (!slider) return setTimeout(copy, 50);
    if (input.value !== slider.value) {
      input.value = slider.value;
      input.dispatchEvent(new Event("input"));
    }
  };
  const wait = setInterval(() => {
    const place = document.querySelector(".st-key-q3");
    if (!place) return;
    clearInterval(wait);
    new MutationObserver(copy).observe(place, {subtree: true, attributes: true, childList: true});
  }, 50);
})();</script>"""

st.set_page_config(layout="wide")
st.html(SCRIPT, unsafe_allow_javascript=True)
left, right = st.columns([4, 7])
with left:
    for key in ("q3", "q4"):
        st.slider(key, 0, 200, 100, key=key)
rows = pd.DataFrame({"x": ["H1", "Jan-Sep", "Year"], "k": [0, 1, 2]})
moving = alt.param(name="q3", value=100, bind=alt.BindDirect(element="#floor-q3", event="input"))
bars = (
    alt.Chart(rows)
    .transform_calculate(y="45 + (datum.k > 0 ? 22.5 * toNumber(q3) / 100 : 0)")
    .mark_bar(size=60)
    .encode(x="x:N", y=alt.Y("y:Q", scale=alt.Scale(domain=[0, 140])))
)
with right:
    st.vega_lite_chart(bars.add_params(moving).properties(height=360).to_dict(), key="path")
