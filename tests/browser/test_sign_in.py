"""Sign-in as a host sets it up, in real Chromium against a small provider that runs here.

Without leave there is no page, upload, download or connection; whoever is on the table gets the address they
came with.
"""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.provider import CLIENT, SECRET, Provider
from tests.browser.visitor import Server, Visitor, alone, assert_same_numbers, command_line
from tests.folders import ROOT
from tests.indicators import INVESTMENT

BASE = "/haidong"
ADMITTED = {"email": "zhang@bureau.example"}
STRANGER = {"email": "li@elsewhere.example", "groups": ["others"]}
LONG = "&".join(f"p{slot}=gii.iq3_{100 + slot}~{'长' * 30}" for slot in (1, 2, 3))


class Hosted(Server):
    """The page on a sub-path with sign-in set up."""

    script = "hosted.py"

    def __init__(self, folder: Path, provider: Provider) -> None:
        self.secrets = folder / "secrets.toml"
        self.provider = provider
        super().__init__("--server.baseUrlPath=haidong", f"--secrets.files={self.secrets}")

    def start(self) -> None:
        self.secrets.write_text(
            f"""
            [auth]
            redirect_uri = "http://localhost:{self.port}{BASE}/oauth2callback"
            cookie_secret = "{"0123456789abcdef" * 4}"
            client_id = "{CLIENT}"
            client_secret = "{SECRET}"
            server_metadata_url = "{self.provider.url}/.well-known/openid-configuration"
            [who_may_enter]
            addresses = ["zhang@bureau.example"]
            groups = ["readers"]
            """,
            encoding="utf-8",
        )
        super().start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}{BASE}/"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def hosted(
    browser: Browser, provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosted]:
    running = Hosted(tmp_path_factory.mktemp("host"), provider)
    yield running
    running.stop()


@pytest.fixture
def visitor(browser: Browser, hosted: Hosted) -> Iterator[Visitor]:
    visitor = alone(browser, hosted)
    yield visitor
    visitor.context.close()
    assert visitor.errors == []


def status_of(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_without_sign_in_nothing_is_told_but_that_the_server_lives(hosted: Hosted) -> None:
    assert status_of(f"{hosted.url}_stcore/health") == 200
    closed = ("", "version", "index.html", "_stcore/host-config", "_stcore/metrics", "media/x.png")
    closed += (
        "static/js/index.js",
        "_stcore/upload_file/a/b",
        "_stcore/health/",
        "../haidong/",
        "oauth2callback/x",
    )
    for path in closed:
        assert status_of(hosted.url + path) == 401, path
    assert status_of(f"http://localhost:{hosted.port}/", Accept="text/html") in (401, 404)
    with pytest.raises(InvalidStatus, match="403"), connect(f"ws{hosted.url[4:]}_stcore/stream"):
        pass
    forged = '_streamlit_user="2|1:0|10:1|15:_streamlit_user|4:e30=|0"'
    assert status_of(f"{hosted.url}version", Cookie=forged) == 401


def test_the_address_one_came_with_is_opened_after_the_sign_in(
    visitor: Visitor, hosted: Hosted, provider: Provider
) -> None:
    provider.person, before = ADMITTED, provider.sign_ins
    visitor.open(f"?view=explore&lang=en&{INVESTMENT}.intensity_q3=120&{LONG}")
    assert_same_numbers(visitor, command_line("--set", f"{INVESTMENT}.intensity_q3=120"))
    assert (
        "lang=en" in visitor.query() and "p3=" in visitor.query() and visitor.page.url.startswith(hosted.url)
    )
    visitor.open(f"?{INVESTMENT}.intensity_q3=90")
    assert_same_numbers(visitor, command_line("--set", f"{INVESTMENT}.intensity_q3=90"))
    assert provider.sign_ins == before + 1, "signed in once"
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in visitor.context.cookies())
    assert status_of(f"{hosted.url}version", Cookie=cookie) == 200
    other = cookie.replace("_streamlit_user=", "_streamlit_user=x")
    assert status_of(f"{hosted.url}version", Cookie=other) == 401, "the cookie is signed"


def test_a_group_of_the_table_lets_in_and_a_stranger_is_named(visitor: Visitor, provider: Provider) -> None:
    provider.person = STRANGER
    page: Page = visitor.page
    page.goto(f"{visitor.base}?{INVESTMENT}.intensity_q3=110")
    expect(page.get_by_text("li@elsewhere.example").first).to_be_visible(timeout=30_000)
    expect(page.locator("main")).to_contain_text("不在可进入的名单里")
    assert page.locator("[data-testid=stApp]").count() == 0
    provider.person = {**STRANGER, "groups": ["readers"]}
    page.locator("main a").first.click()
    visitor.settle()
    page.wait_for_url("**intensity_q3=110**")
    expect(page.locator(".st-key-cards button strong").first).to_be_visible(timeout=60_000)
    assert_same_numbers(visitor, command_line("--set", f"{INVESTMENT}.intensity_q3=110"))


def test_a_sign_in_that_is_refused_says_so_and_may_be_tried_again(
    visitor: Visitor, provider: Provider
) -> None:
    provider.person = None
    visitor.page.goto(f"{visitor.base}?lang=en")
    expect(visitor.page.locator("main")).to_contain_text("did not succeed", timeout=30_000)
    provider.person = ADMITTED
    visitor.page.locator("main a").last.click()
    visitor.page.wait_for_url("**?lang=en**")
    expect(visitor.page.locator(".st-key-cards button strong").first).to_be_visible(timeout=60_000)


def test_who_is_taken_off_the_table_is_out_at_the_next_request(
    visitor: Visitor, hosted: Hosted, provider: Provider
) -> None:
    provider.person = ADMITTED
    visitor.open()
    kept = hosted.secrets.read_text(encoding="utf-8")
    hosted.stop()
    start, hosted.start = hosted.start, super(Hosted, hosted).start  # type: ignore[method-assign]
    hosted.secrets.write_text(kept.replace("zhang@", "wang@"), encoding="utf-8")
    hosted.start()
    visitor.page.goto(visitor.base)
    expect(visitor.page.locator("main")).to_contain_text("zhang@bureau.example", timeout=30_000)
    hosted.stop()
    hosted.start = start  # type: ignore[method-assign]
    hosted.start()


@pytest.mark.parametrize("script", ["hosted.py", "app.py"])
def test_a_sign_in_half_set_up_opens_nothing(browser: Browser, tmp_path: Path, script: str) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[who_may_enter]\naddresses = ["zhang@bureau.example"]\n', encoding="utf-8")
    option = f"--secrets.files={secrets}"
    if script == "hosted.py":
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true", option]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert run.returncode != 0 and "[auth] lacks redirect_uri" in run.stderr + run.stdout
        return
    alone = Server(option)
    page = browser.new_page()
    page.goto(alone.url)
    expect(page.get_by_text("hosted.py")).to_be_visible(timeout=60_000)
    assert page.locator(".st-key-cards").count() == 0
    page.close()
    alone.stop()
