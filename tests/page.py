"""The page through Streamlit's own test harness: opened by its address, read as a person reads it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

from hdmodel.links.link import read_query
from tests.folders import ROOT
from ui.session import keys

APP = str(ROOT / "app.py")


def opened_page(query: str = "") -> AppTest:
    page = AppTest.from_file(APP, default_timeout=30)
    for name, value in read_query(query):
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def html_of(page: AppTest) -> str:
    """What a person reads in the page's HTML: neither tags nor the words of styles and scripts."""
    bodies = " ".join(element.proto.body for element in page.get("html"))
    shown = re.sub(r"<(style|script)\b.*?</\1>", "", bodies, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", shown))


def supposed(page: AppTest, id: str) -> float:
    """What a lever is set to, whether its slider is on the page or not."""
    return float(page.session_state[keys.NOW].as_dict()[id])


def written_address(page: AppTest) -> dict[str, str]:
    """The parameters of the address, as the page has the browser write them."""
    return dict(told_to_the_browser(page)["address"])


def told_to_the_browser(page: AppTest) -> dict[str, Any]:
    """What the page says to the browser at the end of its run."""
    scripts = [element.proto.body for element in page.get("html") if "visitLastRun = " in element.proto.body]
    assert len(scripts) == 1
    return dict(json.loads(scripts[0].partition("visitLastRun = ")[2].partition(";\n")[0]))


def card(page: AppTest, id: str) -> str:
    return next(button.label for button in page.button if button.key == f"card-{id}").replace("\\", "")
