"""The preview of a ledger through Streamlit's own test harness: what it says, what can be chosen, what is
taken.

By hand: 虚构甲 plans 1500 and 2000 万元, 虚构乙 500 and 1000: 0.20 and 0.30 亿元 together.
"""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from hdmodel.reading.ledger import read_ledger
from tests.indicators import INVESTMENT
from tests.page import html_of, opened_page
from ui.files.ledger_file import found_in_file, workbook
from ui.session import keys
from ui.text.speech import Speech

AMOUNTS = f"{INVESTMENT}.target=40&{INVESTMENT}.h1=30"
HEADER = ["项目名称", "阶段", "三季度计划", "四季度计划", "入库"]
ROWS = [
    ["虚构甲", "新建", "1500", "2000", "是"],
    ["虚构乙", "续建", "500", "1000", "是"],
    ["合计", "", "2000", "3000", ""],
]


def looked_at(rows: list[list[str]], page: AppTest | None = None, query: str = AMOUNTS) -> AppTest:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    if page is None:
        page = opened_page(f"view=projects&{query}")
        page.session_state["ledger-in"] = True
        page.run()
    page.file_uploader[0].set_value(("台账.csv", out.getvalue().encode(), "text/csv")).run()
    assert not page.exception
    return page


def column(page: AppTest, place: int):
    (box,) = [
        box
        for box in page.selectbox
        if box.key and box.key.startswith("ledger-column") and box.key.endswith(f"-{place}")
    ]
    return box


def unit(page: AppTest):
    boxes = [box for box in page.selectbox if box.key and box.key.startswith("ledger-unit")]
    return boxes[0] if boxes else None


def names(page: AppTest) -> list[str]:
    if keys.LEDGERS not in page.session_state:
        return []
    kept = page.session_state[keys.LEDGERS]
    return [row.name for ledger in kept.values() for row in ledger.ledger.rows]


def test_nothing_counts_until_it_is_taken_and_the_sentence_says_what_would() -> None:
    page = looked_at([["单位：万元"], HEADER, *ROWS])
    said = html_of(page)
    assert "台账.csv：2 个项目，1 行不计；计入合计的三季度 0.20 亿元，四季度 0.30 亿元" in said, said
    assert "台账可保障 0.00 亿元" in said and names(page) == []
    captions = " ".join(caption.value for caption in page.caption)
    assert "合计、小计 1 行，未计入" in captions and "金额单位：三季度计划、四季度计划 万元" in captions, (
        captions
    )
    page.button("ledger-accept").click().run()
    assert "台账可保障 0.50 亿元" in html_of(page) and names(page) == ["虚构甲", "虚构乙"]
    assert not [button for button in page.button if button.key == "ledger-accept"]


def test_what_is_not_wanted_is_gone() -> None:
    page = looked_at([["单位：万元"], HEADER, *ROWS])
    page.button("ledger-discard").click().run()
    assert names(page) == [] and "2 个项目" not in html_of(page)


@pytest.mark.parametrize("above", [[], [["单位：亿元、万元"]]])
def test_a_unit_that_is_missing_or_contradicts_itself_is_asked_for(above: list[list[str]]) -> None:
    page = looked_at([*above, HEADER, *ROWS])
    assert page.button("ledger-accept").disabled and unit(page).value is None
    assert "还不能放进台账" in html_of(page)
    unit(page).set_value("万元").run()
    assert "三季度 0.20 亿元，四季度 0.30 亿元" in html_of(page)
    unit(page).set_value("千元").run()
    page.button("ledger-accept").click().run()
    assert "台账可保障 0.05 亿元" in html_of(page), "a tenth of it"


def test_a_unit_that_is_stated_is_not_asked_for() -> None:
    assert unit(looked_at([["单位：万元"], HEADER, *ROWS])) is None


def test_columns_are_chosen_by_hand_and_remembered_for_the_same_titles() -> None:
    header = ["工程", "性质", "三季度安排（万元）", "四季度安排（万元）", "是否入库", "单位：万元"]
    page = looked_at([header, *ROWS])
    assert page.button("ledger-accept").disabled
    for place, name in enumerate(("name", "stage", "plan_q3", "plan_q4")):
        column(page, place).set_value(name).run()
    assert "三季度 0.20 亿元，四季度 0.30 亿元" in html_of(page), html_of(page)
    page.button("ledger-accept").click().run()
    assert names(page) == ["虚构甲", "虚构乙"]
    page = looked_at([header, ["虚构丙", "新建", "100", "200", "是"]], page)
    assert "三季度 0.01 亿元，四季度 0.02 亿元" in html_of(page)
    assert any("沿用" in caption.value for caption in page.caption)


def test_rows_at_fault_are_named_and_may_stay_out() -> None:
    page = looked_at([["单位：万元"], HEADER, ROWS[0], ["虚构乙", "造梦", "500", "1000", "是"]])
    said = html_of(page)
    assert "1 个项目，1 行不计" in said and "造梦" in said and "第 4 行" in said, said
    assert page.button("ledger-accept").label == "只放进读得了的 1 项"
    page.button("ledger-accept").click().run()
    assert names(page) == ["虚构甲"]
    assert any("没有放进台账 1 行：第 4 行" in caption.value for caption in page.caption)


def test_sums_beyond_ten_times_the_indicators_year_are_remarked_on() -> None:
    """1500 and 500 亿元 in Q3 are far beyond the ten-fold of 60 亿元, the year at H1's pace; in 万元 they
    are not.
    """
    assert "十倍以上" in html_of(looked_at([["单位：亿元"], HEADER, *ROWS]))
    assert "十倍以上" not in html_of(looked_at([["单位：万元"], HEADER, *ROWS]))


def test_the_year_of_the_edition_decides_what_a_title_means() -> None:
    header = ["项目名称", "阶段", "2022年三季度计划（万元）", "2022年四季度计划（万元）", "入库"]
    assert "2 个项目" in html_of(looked_at([header, *ROWS]))
    assert "还不能放进台账" in html_of(looked_at([[cell.replace("2022", "2021") for cell in header], *ROWS]))


def test_the_mapping_goes_with_the_workbook_which_comes_back() -> None:
    page = looked_at([["单位：万元"], HEADER, *ROWS])
    page.button("ledger-accept").click().run()
    (ledger,) = page.session_state[keys.LEDGERS].values()
    data = workbook(ledger.cells, Speech("zh"), page.session_state[keys.LEDGER_MAPPING])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["列对应"]
    written = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["C", "“三季度计划”", "按“三季度计划”读取", "万元"] in written, written
    assert read_ledger(found_in_file("x.xlsx", data).sheet) == ledger.ledger


def test_what_makes_the_whole_table_doubtful_is_in_sight_once_and_not_folded() -> None:
    rows = [["2023年台账（万元）", "", "", "", ""], HEADER, *ROWS[:2], ["合计", "", "2100", "3000", ""]]
    page = looked_at(rows)
    text = html_of(page)
    for doubt in (
        "第 5 行的合计与各行不符：“三季度计划”写 0.21 亿元，各行相加 0.20 亿元",
        "表上方写的是 2023 年",
    ):
        assert doubt in text
        assert not any(doubt in caption.value for caption in page.caption)
    assert any("合计、小计 1 行" in caption.value for caption in page.caption)
