"""The page as it is served, and a visitor who reads it in real Chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocket

from hdmodel.explain.symbols import Symbol
from tests.folders import ROOT
from tests.indicators import FUNDS, INVESTMENT, STARTS, TELECOM, VALUE_ADDED
from ui.page.explain_dialog import in_line

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
QUIET += ("--disable-component-update", "--disable-sync")
# Chromium makes two pages of its own beside each window, for what is typed into an address bar that is
# never seen: a second of processor a visitor. This takes the place of what Playwright says of features, so
# that what matters here of it is said too.
QUIET += (
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,PreconnectToSearch,PaintHolding,"
    "HttpsUpgrades,DestroyProfileOnBrowserClose",
)
ELSEWHERE = "haidong.example"  # a name under which the browser finds this machine, as if it were another one
QUIET += (f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1",)


IS_DRAWN = """document.querySelector('table.sources-tags, table.compare, .ledger-said')
  || (document.querySelectorAll('.st-key-cards button strong').length === 5
      && document.querySelector('p.sentence')
      && document.querySelector('.st-key-others, dl.all')
      && document.querySelector('[data-testid=stVegaLiteChart] svg, canvas'))"""


# a slider waits a moment before it tells the server; the page shows that the answer is to come
IS_SETTLED = """document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
  && !document.querySelector('[data-live]')"""


# after which the page has dealt with what was done to it, however slow the machine is
TWO_FRAMES = """() => new Promise(done => requestAnimationFrame(
  () => requestAnimationFrame(() => setTimeout(() => done(true)))))"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """The page as `streamlit run` serves it, on a port of its own."""

    environment: Mapping[str, str] = {}
    script = "app.py"

    def __init__(self, *options: str, log: Path | None = None) -> None:
        self.port, self.options, self.log = free_port(), options, log
        self.start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/"

    def start(self) -> None:
        options = ("--server.headless=true", f"--server.port={self.port}", "--server.address=localhost")
        with open(self.log or os.devnull, "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", self.script, *options, *self.options],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}_stcore/health", timeout=1) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the page did not start within 30 s")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


class Visitor:
    """One visitor with a page of their own, and the words they read."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.context = page, page.context
        self.base = server.url
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.is_heard = True  # the server has said something since the page last told it anything
        self.page.on("websocket", self._listen)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "request",
            lambda request: self.hosts.add(request.url.split("/")[2] if "//" in request.url else ""),
        )

    def open(self, query: str = "") -> Visitor:
        self.page.goto(query if query.startswith("http") else self.base + query)
        self.page.wait_for_function(IS_DRAWN, timeout=60_000)
        self.settle()
        return self

    def _listen(self, socket: WebSocket) -> None:
        def note(is_heard: bool) -> None:
            self.is_heard = is_heard

        socket.on("framesent", lambda _: note(False))
        socket.on("framereceived", lambda _: note(True))

    def settle(self) -> None:
        """Wait until the server has answered what was last sent and the page stands still."""
        self.page.wait_for_function(TWO_FRAMES)  # which bears that a page is left meanwhile
        self.page.wait_for_timeout(150)
        for _ in range(10):  # a message that is answered by none, such as a sign of life, is waited for 1 s
            if self.is_heard:
                break
            self.page.wait_for_timeout(100)
        self.page.wait_for_function(IS_SETTLED, timeout=20_000)
        self.page.wait_for_timeout(150)
        self.page.wait_for_function(IS_SETTLED, timeout=20_000)

    def card(self, id: str) -> str:
        return self.page.locator(f".st-key-card-{id} button").inner_text()

    def year(self, id: str) -> float:
        """The large number of a card."""
        return number(
            self.page.locator(f".st-key-card-{id} button strong").locator("visible=true").inner_text()
        )

    def sentence(self) -> str:
        return self.page.locator("p.sentence").inner_text()

    def slider(self, id: str) -> Locator:
        return self.page.locator(f".st-key-{id.replace('.', '-')} input[type=range]")

    def press(self, id: str, key: str, times: int = 1) -> None:
        self.slider(id).focus()
        for _ in range(times):
            self.page.keyboard.press(key)
        self.settle()

    def type_value(self, id: str, text: str) -> None:
        field = self.page.locator(f".st-key-typed-{id.replace('.', '-')} input")
        field.fill(text)
        field.press("Enter")
        self.settle()

    def chart_texts(self) -> list[str]:
        return [
            text
            for text in self.page.locator('[data-testid="stVegaLiteChart"] svg text').all_text_contents()
            if text
        ]

    def query(self) -> str:
        return self.page.url.partition("?")[2]


def alone(browser: Browser, server: Server) -> Visitor:
    """A visitor who shares nothing with others: with cookies and a process of the browser of their own."""
    return Visitor(browser.new_context(viewport={"width": 1280, "height": 800}).new_page(), server)


def beside(
    opener: Page, server: Server, width: int = 1280, height: int = 800, scheme: str = "light"
) -> Visitor:
    """A visitor in a window that another page of the same server opens: it runs in that page's process, which
    knows Streamlit's scripts already, and costs two thirds of one alone.
    """
    with opener.expect_popup() as opened:
        opener.evaluate("() => { window.open('about:blank'); }")
    page = opened.value
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    return Visitor(page, server)


def number(text: str) -> float:
    return float(re.sub(r"[^\d.+-]", "", text.replace("\N{MINUS SIGN}", "-")))


def six_digits(value: float) -> str:
    """A number as the worked lines write it."""
    return in_line(Symbol(Fraction(value)))


def command_line(*arguments: str, status: int = 0) -> dict:
    run = subprocess.run(
        [sys.executable, "-m", "hdmodel", "--json", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == status, run.stderr
    return json.loads(run.stdout)["indicators"]


def assert_same_numbers(visitor: Visitor, answer: dict) -> None:
    """Every card shows the command line's full year, to the decimals it shows."""
    for id in (VALUE_ADDED, INVESTMENT, FUNDS, TELECOM, STARTS):
        assert visitor.year(id) == pytest.approx(answer[id]["full_year"], abs=0.05), id


def thumb(visitor: Visitor, id: str) -> tuple[float, float]:
    """The middle of a slider's thumb."""
    box = visitor.slider(id).locator("xpath=ancestor::*[@data-rac][1]").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def begin_drag(visitor: Visitor, id: str, by: float) -> str:
    """Hold a slider's thumb so many pixels further; gives where the slider then stands."""
    x, y = thumb(visitor, id)
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    visitor.page.mouse.move(x + by, y, steps=8)
    visitor.page.wait_for_timeout(300)
    return visitor.slider(id).input_value()


def shared_link(visitor: Visitor) -> str:
    """The complete link of the share dialog, which stays open."""
    visitor.page.locator(".st-key-share button").first.click()
    return visitor.page.get_by_role("dialog").locator('[data-testid="stCode"] code').first.inner_text()
