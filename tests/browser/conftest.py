"""What tests in the browser are handed on request: a server, a browser, visitors.

Needs Chromium on the PATH. Where it is missing these tests are skipped, saying so;
with `BROWSER_TESTS=required`, as in `.ci/run`, they fail instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.visitor import CHROMIUM, QUIET, Server, Visitor, beside

expect.set_options(timeout=15_000)  # two browsers and two servers share the cores


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands in this folder drives the page in Chromium, so that `-m "not browser"` leaves it out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")  # a server or a browser more costs as much as a test
def server() -> Iterator[Server]:
    if CHROMIUM is None:
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail("Chromium is not on the PATH, and BROWSER_TESTS=required asks for it")
        pytest.skip(
            "Chromium is not on the PATH: install Debian's packages chromium and fonts-noto-cjk to run these"
        )
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="package")
def browser(server: Server) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def openers(browser: Browser, server: Server) -> dict[bool, Page]:
    """What opens visitors' windows, for a mouse and for a finger."""
    return {has_touch: _opener(browser, server, has_touch) for has_touch in (False, True)}


def _opener(browser: Browser, server: Server, has_touch: bool) -> Page:
    page = browser.new_context(has_touch=has_touch).new_page()
    page.goto(f"{server.url}_stcore/health")
    return page


@pytest.fixture
def visit(openers: dict[bool, Page], server: Server) -> Iterator:
    visitors: list[Visitor] = []

    def new(query: str = "", *, has_touch: bool = False, **how) -> Visitor:
        visitor = beside(openers[has_touch], server, **how)
        visitors.append(visitor)
        return visitor.open(query)

    yield new
    for visitor in visitors:
        visitor.page.close(run_before_unload=False)
        assert visitor.errors == []
    for opener in openers.values():
        opener.context.clear_cookies()
        opener.evaluate("localStorage.clear()")
