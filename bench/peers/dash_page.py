"""The same job in Dash: one slider, three bars. Run by `bench/finger.py`."""

import sys

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

app = Dash(__name__)
slider = dcc.Slider(0, 200, 1, value=100, id="q3", updatemode="drag", marks=None)
app.layout = html.Div([slider, dcc.Graph(id="bars")])


@app.callback(Output("bars", "figure"), Input("q3", "value"))
def bars(value: float) -> go.Figure:
    quarter = 22.5 * value / 100
    amounts = [45, 45 + quarter, 67.5 + quarter]
    drawn = go.Bar(x=["H1", "Jan-Sep", "Year"], y=amounts, text=[f"{amount:.1f}" for amount in amounts])
    return go.Figure(drawn, layout={"yaxis": {"range": [0, 140]}, "height": 400})


app.run(port=int(sys.argv[1]))
