"""An invented ledger as Excel copies it, and how a visitor pastes it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

HEADER = (
    "项目名称",
    "阶段",
    "计划总投资（亿元）",
    "三季度计划（亿元）",
    "四季度计划（万元）",
    "开工季度",
    "入库",
    "责任单位",
)
ROWS = (
    ("虚构产业园", "续建", 20, 3, 20000, "已开工", "是", "虚构甲局"),
    ("虚构材料厂", "新建", None, 1.2, 8000, "三季度", "是", "虚构乙局"),
    ("虚构生产线", "前期", None, 0.5, 10000, None, "是", "虚构乙局"),
    ("虚构回收站", "新建", None, 0.7, 0, None, "否", None),
)


def pasted(rows: tuple[tuple[object, ...], ...] = ROWS) -> str:
    return "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in (HEADER, *rows))


def unfold(visitor: Visitor) -> None:
    visitor.page.locator(".st-key-ledger-in summary").click()
    # Streamlit fetches the code of each when it is first shown, and one that comes late moves what lies below
    for part in ("[role=radiogroup]", ".st-key-ledger-text textarea", "[data-testid=stFileUploader]"):
        expect(visitor.page.locator(".st-key-ledger-in").locator(part)).to_be_visible()
    visitor.settle()


def paste(visitor: Visitor, text: str) -> None:
    visitor.page.locator(".st-key-ledger-text textarea").fill(text)
    visitor.page.locator(".st-key-ledger-take button").click()
    visitor.settle()
    accept(visitor)


def choose(visitor: Visitor, label: str, option: str) -> None:
    """Choose in the box with this label."""
    visitor.page.get_by_role("combobox", name=label).click()
    visitor.page.get_by_role("option", name=option, exact=True).click()
    visitor.settle()


def accept(visitor: Visitor) -> None:
    """Take what is looked at into the ledger, where nothing is wrong with it."""
    button = visitor.page.locator(".st-key-ledger-accept button")
    expect(visitor.page.locator(".st-key-ledger-preview, .st-key-ledger-refused").first).to_be_visible(
        timeout=20_000
    )
    if (
        button.count()
        and button.is_enabled()
        and "只" not in button.inner_text()
        and "only" not in button.inner_text()
    ):
        button.click()
        expect(visitor.page.locator(".st-key-ledger-preview")).to_have_count(0)
        visitor.settle()


def place_of_grid(visitor: Visitor) -> dict[str, float]:
    """Where the editor stands still on the screen; it is drawn anew after an upload."""
    canvas = visitor.page.locator('.st-key-ledger-editor [data-testid="stDataFrame"] canvas').first
    before = None
    for _ in range(50):
        canvas.evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
        visitor.page.wait_for_timeout(400)
        box = canvas.bounding_box() if canvas.count() else None
        if box and box == before:
            return box
        before = box
    raise AssertionError("the editor does not come to rest")


def type_into(visitor: Visitor, row: int, column: int, *texts: str) -> None:
    """Type into a cell of the editor, and into those below it, one after the other."""
    box = place_of_grid(visitor)
    cell = visitor.page.locator(f'[data-testid="glide-cell-1-{row}"]')
    for _ in range(2):  # after a click elsewhere the first one only wakes the editor
        if not cell.evaluate("cell => cell === document.activeElement"):
            visitor.page.mouse.click(box["x"] + 120, box["y"] + 35 + 35 * row + 17)
            visitor.page.wait_for_timeout(300)
    for _ in range(column):
        visitor.page.keyboard.press("ArrowRight", delay=50)
    for text in texts:
        visitor.page.keyboard.press("Enter")  # opens the cell, its text selected
        field = visitor.page.locator("#portal input")
        expect(field).to_be_focused()
        field.fill(text)
        visitor.page.keyboard.press("Enter")  # goes on to the cell below
        expect(field).to_have_count(0)
        visitor.page.wait_for_timeout(100)  # as fast as a hand is
