"""Ledgers as bureaus keep them, read whole: titles, units in odd places, headers over two rows, sums on top,
sections, signatures. Amounts are worked out by hand (10,000 万元 make one 亿元); all projects are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from hdmodel import BadInput
from hdmodel.reading.ledger import Sifted, sift
from hdmodel.reading.ledger_columns import Choices
from ui.answers.ledger_rows import fault_line, remark_line
from ui.files.ledger_file import found_in_file
from ui.text.speech import Speech

ZH = Speech("zh")
Row = Sequence[object]
HEADER: Row = ("项目名称", "阶段", "三季度计划", "四季度计划", "是否入库")
UNIT: Row = ("", "", "", "", "单位：万元")
FIRST: Row = ("虚构甲", "新建", 1500, 2000, "是")
SECOND: Row = ("虚构乙", "续建", 100, 200, "否")
PLANS = {"虚构甲": (Fraction("0.15"), Fraction("0.2")), "虚构乙": (Fraction("0.01"), Fraction("0.02"))}


def workbook(rows: Sequence[Row], merged: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(out := BytesIO())
    return out.getvalue()


def read(name: str, data: bytes, unit: str = "") -> Sifted:
    return sift(found_in_file(name, data).sheet, Choices(unit=unit, year=2022))


def plans(sifted: Sifted) -> dict[str, tuple[Fraction, Fraction]]:
    assert sifted.problems == ()
    return {row.name: (row.plan_q3, row.plan_q4) for row in sifted.ledger.rows}


def remarks(sifted: Sifted) -> dict[str, tuple[int, ...]]:
    return {remark.kind: remark.rows for remark in sifted.remarks}


def faults(sifted: Sifted) -> list[str]:
    return [fault_line(problem, {}, ZH) for problem in sifted.problems]


def test_a_ledger_of_a_meeting_is_read_whole() -> None:
    titles = [
        "序号",
        "项目名称",
        "建设性质",
        "建设内容",
        "计划总投资",
        "截至6月底累计完成投资",
        "2022年投资情况",
    ]
    titles += ["", "", "", "开工时间", "是否入库", "责任单位"]
    below = ["", "", "", "", "", "", "年度计划投资", "1-6月完成投资", "三季度计划", "四季度计划", "", "", ""]
    rows: list[Row] = [
        ["虚构市2022年一般性工业项目调度台账"],
        ["填报单位：虚构局", *[""] * 10, "单位：万元"],
        titles,
        below,
        ["合计（3个）", "", "", "", 180000, 61000, 60000, 21000, 20000, 19000],
        ["一、续建项目（2个）", "", "", "", 150000, 61000, 50000, 21000, 15000, 14000],
        [
            1,
            "虚构甲",
            "续建",
            "厂房",
            100000,
            41000,
            30000,
            11000,
            10000,
            9000,
            date(2021, 5, 1),
            "是",
            "虚构局",
        ],
        [2, "虚构乙", "续建", "", 50000, 20000, 20000, 10000, 5000, 5000, "2021年3月", "已纳统", "虚构局"],
        ["二、新建项目（1个）", "", "", "", 30000, 0, 10000, 0, 5000, 5000],
        [3, "虚构丙", "新建", "", 30000, "", 10000, "", 5000, 5000, 2022.8, "否", "虚构局"],
        ["填报人：虚构", "", "", "审核人：虚构"],
    ]
    merged = [
        "A1:M1",
        *(f"{letter}3:{letter}4" for letter in "ABCDEFKLM"),
        "G3:J3",
        "A5:D5",
        "A6:D6",
        "A9:D9",
    ]
    sifted = read("台账.xlsx", workbook(rows, merged))
    assert sifted.problems == () and sifted.unread == ("序号", "建设内容")
    amounts = ("total", "done_h1", "year_plan", "year_h1", "plan_q3", "plan_q4")
    assert [
        (row.name, *(None if getattr(row, name) is None else float(getattr(row, name)) for name in amounts))
        for row in sifted.ledger.rows
    ] == [
        ("虚构甲", 10.0, 4.1, 3.0, 1.1, 1.0, 0.9),
        ("虚构乙", 5.0, 2.0, 2.0, 1.0, 0.5, 0.5),
        ("虚构丙", 3.0, None, 1.0, None, 0.5, 0.5),
    ]
    assert [(row.start, row.in_statistics) for row in sifted.ledger.rows] == [
        ("started", True),
        ("started", True),
        ("q3", False),
    ]
    assert remarks(sifted) == {"unit_above": (2,), "sums": (5, 6, 9), "notes": (11,), "dates": (7, 8, 10)}


def test_a_table_of_a_system_in_gb_18030_is_read_whole() -> None:
    text = (
        "2022年下半年项目推进表,,,,,,\n,,,,,,金额单位：万元\n"
        "项目名称,项目阶段,总投资,三季度计划投资,四季度计划投资,开工时间,是否纳入统计\n"
        '虚构甲,在建,"12,000","1,500","2,000",2021.3,√\n虚构乙,拟建,8000,0,200,2022.10,×\n'
        "小计,,20000,1500,2200,,\n注：以上均为计划数,,,,,,\n"
    )
    sifted = read("推进表.csv", text.encode("gb18030"))
    assert plans(sifted) == {**PLANS, "虚构乙": (0, Fraction("0.02"))}
    assert [(row.total, row.start) for row in sifted.ledger.rows] == [
        (Fraction("1.2"), "started"),
        (Fraction("0.8"), "q4"),
    ]
    assert remarks(sifted) == {"unit_above": (2,), "sums": (6,), "notes": (7,), "dates": (4, 5)}


# --- units between projects


@pytest.mark.parametrize("statement", ["单位：亿元", "（单位：亿元）", "新建项目（亿元）"])
@pytest.mark.parametrize("chosen", ["", "万元", "元"])
def test_another_unit_between_projects_is_named_whatever_is_chosen(statement: str, chosen: str) -> None:
    """The projects below it would be ten thousand times too small."""
    rows = [UNIT, HEADER, FIRST, ("", "", "", "", statement), ("虚构乙", "新建", 0.1, 0.2, "是")]
    lines = faults(read("x.xlsx", workbook(rows), chosen))
    assert any("第 4 行" in line and "单位互相矛盾" in line for line in lines), lines


def test_the_same_unit_between_projects_says_nothing_new() -> None:
    rows = [UNIT, HEADER, FIRST, ("一、续建项目（单位：万元）", "", "", "", ""), SECOND]
    sifted = read("x.xlsx", workbook(rows))
    assert plans(sifted) == PLANS and remarks(sifted)["sections"] == (4,)


# --- headers that come again


def test_a_header_that_comes_again_is_left_out_and_said() -> None:
    counted: Row = ("甲", "乙", 1, 2, 3)
    sifted = read("x.xlsx", workbook([UNIT, HEADER, counted, FIRST, HEADER, SECOND]))
    assert plans(sifted) == PLANS and remarks(sifted)["headers"] == (3, 5)
    lines = [remark_line(remark, ZH) for remark in sifted.remarks]
    assert "重复的表头或栏次 2 行，未计入：第 3、5 行" in lines


def test_another_header_is_named_since_its_columns_may_mean_something_else() -> None:
    other: Row = ("项目名称", "阶段", "四季度计划", "三季度计划", "是否入库")
    (line,) = faults(read("x.xlsx", workbook([UNIT, HEADER, FIRST, other, SECOND])))
    assert "第 4 行" in line and "又是一行表头" in line and "一张表一行表头" in line


# --- starts


@pytest.mark.parametrize("written", [2022.1, "2022.1"])
def test_a_start_that_a_spreadsheet_may_have_cut_is_named(written: object) -> None:
    rows = [UNIT, (*HEADER, "开工时间"), (*FIRST, written), ("虚构乙", "续建", 0, 200, "否", "2022.10")]
    sifted = read("x.xlsx", workbook(rows))
    (line,) = faults(sifted)
    assert "可能是 1 月，也可能是 10 月" in line and "2022年10月" in line
    assert [(row.name, row.start) for row in sifted.ledger.rows] == [("虚构乙", "q4")]


@pytest.mark.parametrize(
    ("written", "start"),
    [
        (2021.1, "started"),
        (2023.1, "later"),
        (2022.3, "started"),
        (2022.11, "q4"),
        ("2022年1月", "started"),
        ("8月份", "q3"),
        ("2022年7月底", "q3"),
        ("2022年10月上旬", "q4"),
        (date(2022, 10, 1), "q4"),
        ("—", ""),
        ("/", ""),
    ],
)
def test_a_start_is_read_as_it_is_written(written: object, start: str) -> None:
    sifted = read("x.xlsx", workbook([UNIT, (*HEADER, "开工时间"), ("虚构甲", "新建", 0, 0, "是", written)]))
    assert sifted.problems == () and [row.start for row in sifted.ledger.rows] == [start]


# --- whose year


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2023年项目台账", "2023"),
        ("虚构市2021年度重点项目表", "2021"),
        ("2022年项目台账", ""),
        ("2021—2025年重点项目2021年起、2025年止", ""),
        ("填报日期：2023年1月5日", ""),
        ("项目台账", ""),
    ],
)
def test_a_year_above_the_table_that_is_not_this_one_is_said(title: str, year: str) -> None:
    sifted = read("x.xlsx", workbook([(title, "", "", "", ""), UNIT, HEADER, FIRST]))
    assert [remark.value for remark in sifted.remarks if remark.kind == "other_year"] == (
        [year] if year else []
    )


# --- formulas and amounts


def test_an_amount_at_fault_is_said_with_its_unit() -> None:
    rows = [("单位：亿元", *[""] * 5), (*HEADER, "总投资"), ("虚构甲", "新建", -1, 2, "是", 9)]
    (negative,) = faults(read("x.xlsx", workbook(rows)))
    assert "“三季度计划”：-1 亿元，超出范围；可接受：0…10000 亿元" in negative
    (total,) = faults(read("x.xlsx", workbook([*rows[:2], ("虚构甲", "新建", 8, 2, "是", 9)])))
    assert "“计划总投资”：9 亿元，小于累计完成与两季计划之和" in total


def with_formula(result: str) -> bytes:
    """A workbook with a formula in one cell beside the plans, and what a spreadsheet writes behind it."""
    plain = workbook([(*UNIT, ""), (*HEADER, "完成率"), (*FIRST, '=IF(C3="","",1)')])
    with ZipFile(BytesIO(plain)) as archive, ZipFile(out := BytesIO(), "w") as changed:
        for name in archive.namelist():
            part = archive.read(name)
            head, begins, rest = part.partition(b'<c r="F3"><f>')
            if begins:
                formula, _, rest = rest.partition(b"</f>")
                behind = rest.partition(b"</c>")[2]
                kind, _, value = result.partition(" ")
                cell = f'<c r="F3"{kind}><f>'.encode() + formula + f"</f>{value}</c>".encode()
                part = head + cell + behind
            changed.writestr(name, part)
    return out.getvalue()


def test_a_formula_that_comes_to_a_blank_text_is_read_as_blank() -> None:
    found = found_in_file("x.xlsx", with_formula(' t="str"'.replace(" t", "\tt") + " <v></v>"))
    assert dict(found.sheet.rows)[3][5:] in ((), ("",))
    assert [remark.rows for remark in found.remarks if remark.kind == "computed"] == [(3,)]


def test_a_formula_that_was_never_worked_out_is_refused() -> None:
    with pytest.raises(BadInput) as bad:
        found_in_file("x.xlsx", with_formula(" <v></v>"))
    (line,) = [fault_line(problem, {}, ZH) for problem in bad.value.problems]
    assert "文件里没有它算出的数" in line and "打开、保存一次" in line


def test_amounts_that_are_texts_are_read_or_named_as_they_are_written() -> None:
    rows = [
        UNIT,
        HEADER,
        ("虚构甲", "新建", "1500万元", "0.2亿", "是"),
        ("虚构乙", "新建", "1,200万", "1.5千万", "是"),
        ("虚构丙", "新建", "约1500万元", "待定", "是"),
    ]
    sifted = read("x.xlsx", workbook(rows))
    assert {row.name: (row.plan_q3, row.plan_q4) for row in sifted.ledger.rows} == {
        "虚构甲": PLANS["虚构甲"],
        "虚构乙": (Fraction("0.12"), Fraction("0.15")),
    }
    first, second = faults(sifted)
    assert "“三季度计划”：约1500万元，不是数" in first and "待定 万元，不是数" in second
