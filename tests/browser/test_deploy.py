"""The page as it is hosted: two replicas on a sub-path behind the proxy of `deploy/`, in real Chromium.

Needs Chromium and Debian's HAProxy on the PATH. Where one is missing these tests are skipped, saying so; with
`BROWSER_TESTS=required`, as in `.ci/run`, they fail instead.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.ledger import paste, pasted, unfold
from tests.browser.visitor import (
    IS_DRAWN,
    Server,
    Visitor,
    alone,
    assert_same_numbers,
    begin_drag,
    command_line,
    free_port,
    shared_link,
)
from tests.folders import ROOT
from tests.indicators import INVESTMENT

HAPROXY = shutil.which("haproxy")
BASE = "/haidong"
REPLICA = ("--server.baseUrlPath=haidong", "--server.fileWatcherType=none")
LONGEST = 60_000


class Replica(Server):
    """One replica, on the sub-path and with the secret that both have."""

    environment: ClassVar = {"STREAMLIT_SERVER_COOKIE_SECRET": "one-for-both"}
    script = "hosted.py"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}{BASE}/"


class Proxy:
    """Two replicas behind HAProxy with the configuration that is handed out."""

    def __init__(self, folder: Path) -> None:
        self.replicas = [Replica(*REPLICA), Replica(*REPLICA)]
        self.port = free_port()
        names = [(f"r{replica.port}", replica.port) for replica in self.replicas]
        lines = [f"    server {name} 127.0.0.1:{port} cookie {name}\n" for name, port in names]
        (folder / "replicas.cfg").write_text("backend replicas\n" + "".join(lines), encoding="utf-8")
        configuration = (ROOT / "deploy" / "haproxy.cfg", folder / "replicas.cfg")
        self.log = folder / "proxy.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(HAPROXY), *(part for file in configuration for part in ("-f", str(file)))],
                env={**os.environ, "PORT": str(self.port), "BASE": BASE},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        for _ in range(100):
            with suppress(OSError), urllib.request.urlopen(self.url, timeout=1):
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}{BASE}/"

    def serving(self, visitor: Visitor) -> Replica:
        """The replica to which the proxy's cookie leads a visitor."""
        (cookie,) = [one["value"] for one in visitor.context.cookies() if one["name"] == "replica"]
        return next(replica for replica in self.replicas if f"r{replica.port}" == cookie)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        for replica in self.replicas:
            replica.stop()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    if HAPROXY is None:
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail("HAProxy is not on the PATH, and BROWSER_TESTS=required asks for it")
        pytest.skip("HAProxy is not on the PATH: install Debian's package haproxy to run these")
    running = Proxy(tmp_path_factory.mktemp("proxy"))
    yield running
    running.stop()


@pytest.fixture
def visitor(browser: Browser, proxy: Proxy) -> Iterator[Visitor]:
    visitor = alone(browser, proxy)  # type: ignore[arg-type]
    visitor.refused: list[str] = []  # type: ignore[attr-defined]
    visitor.page.on(
        "console",
        lambda said: visitor.refused.append(said.text) if "Content Security Policy" in said.text else None,  # type: ignore[attr-defined]
    )
    yield visitor
    visitor.context.close()
    assert visitor.errors == []


def headers_of(url: str) -> tuple[int, dict[str, str]]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, _by_lower_case(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, _by_lower_case(error.headers)


def _by_lower_case(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def test_page_link_upload_and_download_pass_through_the_proxy(visitor: Visitor, proxy: Proxy) -> None:
    visitor.open("?lang=en")
    visitor.press(f"{INVESTMENT}.intensity_q3", "ArrowRight", times=20)
    answer = command_line("--set", f"{INVESTMENT}.intensity_q3=120")
    assert_same_numbers(visitor, answer)
    link = shared_link(visitor)
    assert link.startswith(proxy.url + "?v=")
    for address in (link, link.replace(f"{BASE}/?", f"{BASE}?")):
        visitor.open(address)
        assert_same_numbers(visitor, answer)
    visitor.page.locator(".st-key-view-sources button").click()
    with visitor.page.expect_download() as download:
        visitor.page.locator(".st-key-edition-xlsx button").click()
    path = download.value.path()
    assert path.read_bytes()[:2] == b"PK"
    visitor.page.locator(".st-key-edition-file input[type=file]").set_input_files(
        {"name": "same.xlsx", "mimeType": "application/octet-stream", "buffer": path.read_bytes()}
    )
    expect(visitor.page.get_by_text("is the edition in use")).to_be_visible()
    assert visitor.refused == [], "nothing that the page needs is forbidden to it"  # type: ignore[attr-defined]


def test_what_the_proxy_says_and_does_not_say(proxy: Proxy) -> None:
    status, headers = headers_of(proxy.url)
    assert status == 200 and headers["x-content-type-options"] == "nosniff" and "server" not in headers
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["content-encoding"] == "gzip"
    for path in ("_stcore/health", "version"):
        assert headers_of(f"{proxy.url}{path}")[0] == 200, path
    for inner in ("_stcore/metrics", "_stcore/agent/openapi.json", "_stcore/agent/mcp", "../", "../other/"):
        assert headers_of(f"{proxy.url}{inner}")[0] in (400, 404), inner
    log = proxy.log.read_text(encoding="utf-8")
    assert '"path":"/haidong/"' in log and "intensity" not in log, "no address with what somebody supposes"


def test_a_replica_killed_under_a_moving_slider_costs_only_what_it_alone_held(
    visitor: Visitor, proxy: Proxy
) -> None:
    visitor.open("?lang=zh&view=projects")
    unfold(visitor)
    paste(visitor, pasted())
    visitor.page.locator(".st-key-view-explore button").click()
    visitor.settle()
    begin_drag(visitor, f"{INVESTMENT}.intensity_q3", 40)
    gone = proxy.serving(visitor)
    gone.process.kill()
    gone.process.wait(10)
    visitor.page.mouse.up()
    expect(visitor.page.locator("#visit-veil")).to_have_count(0, timeout=LONGEST)
    expect(visitor.page.locator("#visit-gone")).to_contain_text("台账", timeout=LONGEST)
    visitor.page.wait_for_function(IS_DRAWN, timeout=LONGEST)
    visitor.settle()
    value = visitor.slider(f"{INVESTMENT}.intensity_q3").input_value()
    assert float(value) > 100, "the drag counts"
    expect(visitor.page.locator("[data-live]")).to_have_count(0, timeout=LONGEST)
    assert_same_numbers(visitor, command_line("--set", f"{INVESTMENT}.intensity_q3={value}"))
    assert proxy.serving(visitor) is not gone
    gone.start()


def test_a_replica_that_is_slow_for_a_while_is_not_taken_for_a_dead_one(
    visitor: Visitor, proxy: Proxy
) -> None:
    visitor.open("?lang=zh")
    here, opened_again = proxy.serving(visitor), []
    visitor.page.on("websocket", lambda socket: opened_again.append(socket.url))
    here.process.send_signal(signal.SIGSTOP)
    time.sleep(9)  # the proxy looks every two seconds, and gives each answer five
    here.process.send_signal(signal.SIGCONT)
    visitor.press(f"{INVESTMENT}.intensity_q3", "ArrowRight", times=5)
    assert_same_numbers(visitor, command_line("--set", f"{INVESTMENT}.intensity_q3=105"))
    assert proxy.serving(visitor) is here
    assert not opened_again


def test_a_rolling_restart_keeps_what_is_supposed(visitor: Visitor, proxy: Proxy) -> None:
    visitor.open("?lang=zh")
    visitor.press(f"{INVESTMENT}.intensity_q4", "ArrowRight", times=5)
    for replica in proxy.replicas:
        replica.stop()
        replica.start()
        time.sleep(3)  # until the proxy has seen that it is there again
    expect(visitor.page.locator("#visit-veil")).to_have_count(0, timeout=LONGEST)
    visitor.page.locator(".st-key-card-telecom_volume button").click()
    visitor.settle()
    expect(visitor.slider("telecom_volume.q3")).to_be_attached(timeout=LONGEST)
    assert f"{INVESTMENT}.intensity_q4=105" in visitor.query() and "focus=telecom_volume" in visitor.query()
    assert_same_numbers(visitor, command_line("--set", f"{INVESTMENT}.intensity_q4=105"))
