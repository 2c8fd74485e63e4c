"""The offline page as a file: whole, small, silent, and inert whatever strangers wrote in it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest

from hdmodel import Edition, open_link
from tests.handover.markup import Reading
from tests.handover.states import ABOUT
from ui.charts.marks import ROWS_AS_SENT
from ui.handover.offline import page as offline
from ui.handover.offline.page import offline_page
from ui.page.about import About
from ui.text.speech import Speech

MOST = 1_500_000  # bytes
FORECAST = {
    "zh": "它只加总你的假设，不是预测",
    "en": "It adds up your assumptions; it is not a forecast",
}


def made(edition: Edition, language: str = "zh", about: About = ABOUT) -> bytes:
    return offline_page(open_link([], edition), about, Speech(language))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_is_whole_small_and_asks_for_nothing(haidong: Edition, language: str) -> None:
    file = made(haidong, language)
    assert len(file) < MOST
    read = Reading(file)
    assert read.addresses == [ABOUT.link], "nothing but the way back leads elsewhere"
    assert not re.search(r"@import|url\(", file.decode().split("</style>")[0])
    assert read.policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none';")
    data, *scripts = read.scripts
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    assert read.policy.endswith(f"script-src {' '.join(hashes)}") and len(hashes) == 2
    assert "unsafe-eval" not in read.policy
    assert {*json.loads(data)["charts"]} == {"path-light", "path-dark", "map-light", "map-dark"}
    text = file.decode()
    assert "2022-08-05 09:30" in text and haidong.digest in text
    assert FORECAST[language] in text


def test_its_charts_are_the_page_s_own_without_what_only_the_page_has(haidong: Edition) -> None:
    charts = offline.offline_drawing().charts
    for chart in charts.values():
        text = json.dumps(chart)
        assert "live-rows" not in text and "pointer" not in text and "_store" not in text
        assert [one for one in chart["data"] if one["name"] == ROWS_AS_SENT]
    for name in ("path", "map"):
        assert charts[f"{name}-light"] != charts[f"{name}-dark"]


def test_vega_is_taken_once_and_in_a_process_of_its_own(haidong: Edition, monkeypatch) -> None:
    made(haidong)
    monkeypatch.setattr(offline, "isolated", lambda *_: pytest.fail("it is kept"))
    made(haidong, "en")
