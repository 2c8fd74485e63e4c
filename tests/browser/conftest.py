"""What tests in the browser are handed on request: a server, a browser, visitors.

Needs Chromium on the PATH. Where it is missing these tests are skipped, saying so;
with `BROWSER_TESTS=required`, as in `.ci/run`, they fail instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.visitor import CHROMIUM, QUIET, Server, Visitor

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


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator:
    contexts: list[Visitor] = []

    def new(query: str = "", **how) -> Visitor:
        visitor = Visitor(browser, server, **how)
        contexts.append(visitor)
        return visitor.open(query)

    yield new
    for visitor in contexts:
        visitor.context.close()
        assert visitor.errors == []
