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
    expect(visitor.page.locator(".st-key-ledger-text textarea")).to_be_visible()
    visitor.settle()


def paste(visitor: Visitor, text: str) -> None:
    visitor.page.locator(".st-key-ledger-text textarea").fill(text)
    visitor.page.locator(".st-key-ledger-take button").click()
    visitor.settle()
