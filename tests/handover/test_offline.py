"""The offline page as a file: whole, small, silent, and inert whatever strangers wrote in it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from hdmodel import Edition, Words, open_link
from tests.handover.states import ABOUT
from ui.handover import offline
from ui.handover.about import About
from ui.handover.offline import offline_page
from ui.text.speech import Speech

MOST = 1_500_000  # bytes
ADDRESSES = ("src", "href", "srcset", "data", "action", "background", "poster")
FORECAST = {
    "zh": "它只加总你的假设，不是预测",
    "en": "It adds up your assumptions; it is not a forecast",
}
EMPTY = {"br", "img", "input", "meta"}


class Reading(HTMLParser):
    """What a browser makes of the file."""

    def __init__(self, file: bytes) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.policy, self.scripts, self.open = "", [], []
        self.feed(file.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        found = dict(attributes)
        assert not any(name.startswith("on") for name in found), "no handler stands in an attribute"
        self.addresses += [
            value or "" for name, value in attributes if name in ("src", "href", "data", "action")
        ]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)


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
    assert {*json.loads(data)["charts"]} == {"light", "dark"}
    text = file.decode()
    assert "2022-08-05 09:30" in text and haidong.digest in text
    assert FORECAST[language] in text


def test_what_strangers_wrote_is_text_in_it(haidong: Edition) -> None:
    hostile = "</script></style></template><script>alert(1)</script><img src=x onerror=alert(1)><!--"
    own = {
        id: replace(one, label=Words.alike(hostile), short=Words.alike(hostile))
        for id, one in haidong.indicators.items()
    }
    levers = {id: replace(one, label=Words.alike(hostile)) for id, one in haidong.levers.items()}
    names = dict.fromkeys(haidong.names, Words.alike(hostile))
    strange = replace(haidong, indicators=own, levers=levers, names=names)
    read, plain = Reading(made(strange)), Reading(made(haidong))
    assert read.elements == plain.elements and read.addresses == plain.addresses


def test_its_charts_are_the_page_s_own_without_what_only_the_page_has(haidong: Edition) -> None:
    charts = offline.offline_drawing().charts
    for chart in charts.values():
        text = json.dumps(chart)
        assert "live-rows" not in text and "pointer" not in text and "_store" not in text
        assert [one for one in chart["data"] if one["name"] == offline.ROWS]
    assert charts["light"] != charts["dark"]


def test_vega_is_taken_once_and_in_a_process_of_its_own(haidong: Edition, monkeypatch) -> None:
    made(haidong)
    monkeypatch.setattr(offline, "isolated", lambda *_: pytest.fail("it is kept"))
    made(haidong, "en")
