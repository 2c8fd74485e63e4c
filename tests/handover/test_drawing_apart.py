"""Charts are drawn in a process of their own: the server's never loads what draws them, and what takes
too long ends with a reason.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from hdmodel import Edition, open_link, project
from tests.folders import ROOT
from ui.files.with_limits import NotDone
from ui.handover import drawing
from ui.handover.drawing import Chart, as_picture, path_chart
from ui.text.speech import Speech

_DRAWS = """
import sys
from hdmodel import open_link, project, released_edition
from ui.handover.drawing import as_picture, can_draw, path_chart
from ui.text.speech import Speech

edition = released_edition("haidong-2022-h1")
opened = open_link([], edition)
chart = path_chart(opened, project(edition, opened.scenario)[opened.focus], Speech("en"))
assert as_picture(chart, (300, 200), 1).startswith(bytes([0x89]) + b"PNG")
assert can_draw("\u9752\u6d77") in (True, False)
print("vl_convert" in sys.modules)
"""


def test_the_process_that_asks_for_a_chart_never_loads_what_draws_it() -> None:
    run = subprocess.run([sys.executable, "-c", _DRAWS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def path(edition: Edition) -> Chart:
    opened = open_link([], edition)
    return path_chart(opened, project(edition, opened.scenario)[opened.focus], Speech("en"))


@pytest.mark.parametrize(
    ("limit", "why"),
    [({"longest": 0.05}, "too_slow"), ({"memory": 50 * 2**20}, "died")],
    ids=["time", "memory"],
)
def test_a_chart_that_takes_too_much_is_ended_with_a_reason(
    haidong: Edition, monkeypatch: pytest.MonkeyPatch, limit: dict[str, float], why: str
) -> None:
    monkeypatch.setattr(drawing, "DRAWING", replace(drawing.DRAWING, **limit))
    with pytest.raises(NotDone) as caught:
        as_picture(path(haidong), (300, 200), 1)
    assert caught.value.why == why


def test_a_chart_that_cannot_be_drawn_says_so(haidong: Edition) -> None:
    chart = path(haidong)
    chart = replace(chart, specification={**chart.specification, "layer": [{"mark": "no such mark"}]})
    with pytest.raises(NotDone) as caught:
        as_picture(chart, (300, 200), 1)
    assert caught.value.why == "failed"
