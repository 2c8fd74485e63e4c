"""The track record in real Chromium: three columns are pasted as Excel copies them, and become a strip.
The years are invented.
"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.indicators import VALUE_ADDED

INVENTED_YEARS = (
    "年份\t上半年累计\t全年\r\n2018\t9.0\t4.1\r\n2019\t6.4\t-2.5\r\n2020\t-1.2\t3.9\r\n2021\t12.8\t4.0\r\n"
)
PASTE = """(field, text) => {
  const carried = new DataTransfer();
  carried.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true});
  field.focus();
  if (field.dispatchEvent(event)) document.execCommand("insertText", false, text);
}"""


def test_pasted_years_become_a_strip_and_outlast_other_views(visit) -> None:
    visitor = visit(f"?view=required&focus={VALUE_ADDED}")
    section = visitor.page.locator(".st-key-record")
    section.locator("summary").click()
    section.locator("textarea").evaluate(PASTE, INVENTED_YEARS)
    section.get_by_role("button", name="读入").click()
    expect(section).to_contain_text("4 年中有 2 年，下半年的变动达到现在所需")
    drawn = section.locator('[data-testid="stVegaLiteChart"]')
    expect(drawn.locator("svg, canvas")).to_be_visible()
    visitor.page.get_by_role("button", name="推演").click()
    visitor.settle()
    visitor.page.get_by_role("button", name="倒逼").click()
    visitor.settle()
    section.locator("summary").click()
    expect(section).to_contain_text("4 年中有 2 年")
    assert "2018" in section.locator("textarea").input_value()
    assert "2018" not in visitor.page.url, "what is typed is in no link"
    assert visitor.errors == []
