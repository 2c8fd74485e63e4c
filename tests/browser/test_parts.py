"""The parts of the page's script in real Chromium: each is at work once, with what it was told last."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.folders import ROOT

SCRIPT = (ROOT / "ui" / "session" / "browser.js").read_text(encoding="utf-8")
PARTS = """() => {
  window.noted = [];
  window.pageParts = Object.fromEntries(["chart", "field"].map(name => [name, ({ data, setTriggerValue }) => {
    noted.push(`${name} begins with ${data.of}`);
    window[name] = setTriggerValue;
    return () => noted.push(`${name} with ${data.of} ends`);
  }]));
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT.replace("export default function", "window.call = function"))
    yield page
    page.close()


def noted(page: Page) -> list[str]:
    return list(page.evaluate("() => noted.splice(0)"))


def call(page: Page, chart: str | None, field: str | None, by: str = "") -> None:
    """Streamlit calls the component, with what each part is told and whom it tells."""
    data = {name: {"of": of} for name, of in (("chart", chart), ("field", field)) if of}
    page.evaluate(
        """([data, by]) => {
          const setTriggerValue = (event, value) => noted.push(`${by} hears of ${event} ${value}`);
          window.ends = call({ data, setTriggerValue });
        }""",
        [data, by],
    )


def test_a_part_ends_before_it_begins_anew_and_goes_on_where_it_is_told_the_same(page: Page) -> None:
    page.evaluate(PARTS)
    call(page, "a", "x", "first")
    assert noted(page) == ["chart begins with a", "field begins with x"]
    call(page, "b", "x", "second")
    assert noted(page) == ["chart with a ends", "chart begins with b"]
    page.evaluate("field('typed', '7')")
    assert noted(page) == ["second hears of typed 7"]
    call(page, "b", None)
    assert noted(page) == ["field with x ends"]
    page.evaluate("ends()")
    assert noted(page) == ["chart with b ends"]


def test_parts_wait_for_their_script_and_an_earlier_call_ends_nothing_of_a_later_one(page: Page) -> None:
    call(page, "a", None)
    page.evaluate("window.before = ends")
    call(page, "b", None)
    page.evaluate(PARTS)
    page.evaluate("window.dispatchEvent(new Event('page-parts'))")
    assert noted(page) == ["chart begins with b"]
    page.evaluate("before()")
    assert noted(page) == []


COUNTED = """
  window.noted = [];
  const counted = (name, start) => told => {
    const end = start(told);
    noted.push(name);
    return () => { end?.(); noted.splice(noted.indexOf(name), 1); };
  };
  Object.defineProperty(window, "pageParts", {
    get: () => window.countedParts,
    set: parts => {
      const all = Object.entries(parts).map(([name, start]) => [name, counted(name, start)]);
      window.countedParts = Object.fromEntries(all);
    },
  });
"""


def test_on_the_page_every_part_is_at_work_once_whatever_was_pressed(visit) -> None:
    visitor = visit()
    visitor.page.add_init_script(COUNTED)
    visitor.open("?lang=zh")
    for press in ("card-outside_funds", "language", "view-required", "card-telecom_volume"):
        visitor.page.locator(f".st-key-{press} button").first.click()
        visitor.settle()
        assert sorted(visitor.page.evaluate("noted")) == ["clicks", "live", "spoken", "typed", "visit"]
    visitor.page.locator(".st-key-view-sources button").click()
    visitor.settle()
    assert sorted(visitor.page.evaluate("noted")) == ["clicks", "spoken", "visit"]
