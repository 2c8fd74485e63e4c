"""Ledgers as bureaus keep them: each kind is read right, or refused with its cause;
no kind gives other numbers in silence.

By hand: 虚构甲 plans 1500 and 2000 万元, 0.15 and 0.2 亿元; 虚构乙 plans 3 and 1 亿元.
"""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from hdmodel import BadInput
from hdmodel.reading.ledger import read_ledger, sift
from hdmodel.reading.ledger_columns import Choices
from hdmodel.reading.ledger_table import Remark
from ui.answers.ledger_rows import fault_line, remark_line
from ui.files.ledger_file import Found, found_in_file, sheet_of_paste, table_read
from ui.text.speech import Speech

ZH = Speech("zh")
SIZES = {"元": 10**8, "千元": 10**5, "万元": 10**4, "百万元": 100, "千万元": 10, "亿元": 1}
PLANS = {"虚构甲": (Fraction("0.15"), Fraction("0.2")), "虚构乙": (Fraction(3), Fraction(1))}
Rows = list[list[object]]


def plain_rows(q3: str, q4: str, size: int = 1) -> Rows:
    """The two projects, amounts in a unit of which so many make one 亿元."""
    rows: Rows = [["项目名称", "阶段", q3, q4, "入库", "责任单位"]]
    for name, stage in (("虚构甲", "新建"), ("虚构乙", "续建")):
        rows.append([name, stage, *(float(plan * size) for plan in PLANS[name]), "是", "虚构局"])
    return rows


def as_csv(rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(
        [["" if cell is None else str(cell) for cell in row] for row in rows]
    )
    return out.getvalue().encode(encoding)


def as_workbook(rows: Rows, change=lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "表1"
    for row in rows:
        book.active.append(row)
    change(book)
    book.save(out := BytesIO())
    return out.getvalue()


def plans(found: Found) -> dict[str, tuple[Fraction, Fraction]]:
    return {row.name: (row.plan_q3, row.plan_q4) for row in read_ledger(found.sheet).rows}


def read(data: bytes, name: str) -> Found:
    return found_in_file(name, data)


def remarks(found: Found) -> dict[str, Remark]:
    return {remark.kind: remark for remark in (*found.remarks, *table_read(found.sheet).remarks)}


def refused(data: bytes, name: str) -> str:
    """The causes, as the page says them."""
    with pytest.raises(BadInput) as bad:
        read_ledger(read(data, name).sheet)
    return "\n".join(fault_line(problem, {}, ZH) for problem in bad.value.problems)


# --- units
# -----------------------------------------------------------------------------------------------------------

IN_HEADER = [
    "{}（{}）",
    "{}({})",
    "{}［{}］",
    "{}[{}]",
    "{}【{}】",
    "{}〔{}〕",
    "{}（单位：{}）",
    "{}/{}",
    "{} {}",
    "{},{}",
    "{}{}",
]
ABOVE = [
    "单位：{}",
    "单位:{}",
    "金额单位：{}",
    "（{}）",
    "单位：人民币{}",
    "2022年项目表（{}）",
    "（单位：{}）",
]


@pytest.mark.parametrize("shape", IN_HEADER)
@pytest.mark.parametrize("unit", SIZES)
def test_a_unit_in_the_header_counts_in_every_bracket(unit: str, shape: str) -> None:
    rows = plain_rows(shape.format("三季度计划", unit), shape.format("四季度计划", unit), SIZES[unit])
    for data, name in ((as_csv(rows), "x.csv"), (as_workbook(rows), "x.xlsx")):
        assert plans(read(data, name)) == PLANS


@pytest.mark.parametrize("shape", ABOVE)
@pytest.mark.parametrize("unit", SIZES)
@pytest.mark.parametrize("above", [1, 6])
def test_a_unit_above_the_table_counts_and_is_said(unit: str, shape: str, above: int) -> None:
    titles: Rows = [
        ["附件"],
        ["2022年项目表"],
        ["填报单位：虚构局"],
        ["2022年7月"],
        ["总投资5000万元以上的项目"],
    ][: above - 1]
    rows = [
        *titles,
        ["", "", "", "", shape.format(unit)],
        *plain_rows("三季度计划", "四季度计划", SIZES[unit]),
    ]
    for data, name in ((as_csv(rows), "x.csv"), (as_workbook(rows), "x.xlsx")):
        found = read(data, name)
        assert plans(found) == PLANS
        assert remarks(found)["unit_above"].value == unit
        assert unit in remark_line(remarks(found)["unit_above"], ZH)
    pasted = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)
    assert {
        row.name: (row.plan_q3, row.plan_q4) for row in read_ledger(sheet_of_paste(pasted, "here")).rows
    } == PLANS


def test_a_unit_in_the_header_row_itself_counts() -> None:
    rows = plain_rows("三季度计划", "四季度计划", 10**4)
    rows[0][5] = "单位：万元"
    assert plans(read(as_csv(rows), "x.csv")) == PLANS


@pytest.mark.parametrize(
    ("titles", "q3", "cause"),
    [
        (["单位：万元"], "三季度计划（亿元）", "互相矛盾"),
        (["单位：万元", "单位：亿元"], "三季度计划", "互相矛盾"),
        (["单位：万美元"], "三季度计划", "认不出的单位"),
        ([], "三季度计划（美元）", "认不出的单位"),
    ],
)
def test_units_that_contradict_or_are_unknown_are_refused(titles: list[str], q3: str, cause: str) -> None:
    rows = [*([title] for title in titles), *plain_rows(q3, "四季度计划")]
    assert cause in refused(as_csv(rows), "x.csv") and cause in refused(as_workbook(rows), "x.xlsx")


def test_an_amount_with_a_unit_of_its_own_is_in_that_unit() -> None:
    rows = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
    rows[1][2:4] = ["1,500万元", "0.2亿"]
    found = read(as_csv(rows), "x.csv")
    assert plans(found) == PLANS and remarks(found)["unit_in_cells"].rows == (2,)
    rows[1][2] = "1500斤"
    assert "1500斤" in refused(as_csv(rows), "x.csv")


def test_a_unit_that_is_not_stated_is_asked_for() -> None:
    assert "没有写金额单位" in refused(as_csv(plain_rows("三季度计划", "四季度计划")), "x.csv")


# --- encodings and separators
# ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_separator_is_read(encoding: str, delimiter: str) -> None:
    assert (
        plans(
            read(as_csv(plain_rows("三季度计划（亿元）", "四季度计划（亿元）"), encoding, delimiter), "x.csv")
        )
        == PLANS
    )


def test_characters_that_are_wide_or_cannot_be_seen_are_read() -> None:
    rows = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
    rows[1][2:4] = ["０．１５\u200b", "\xa00.2\u2060"]
    assert plans(read(as_csv(rows), "x.csv")) == PLANS


# --- rows that are no projects
# ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["合计", "小 计", "总计", "共计：", "合计（2个）", "续建项目小计", "Total"])
def test_a_sum_is_not_counted_and_is_said(name: str) -> None:
    rows = [*plain_rows("三季度计划（亿元）", "四季度计划（亿元）"), [name, "", 3.15, 1.2, "", ""]]
    found = read(as_csv(rows), "x.csv")
    assert plans(found) == PLANS and remarks(found)["sums"].rows == (4,)
    assert "第 4 行" in remark_line(remarks(found)["sums"], ZH)


def test_a_sum_that_is_filled_in_as_a_project_is_refused() -> None:
    rows = [*plain_rows("三季度计划（亿元）", "四季度计划（亿元）"), ["合计", "新建", 3.15, 1.2, "是", ""]]
    assert "合计" in (said := refused(as_csv(rows), "x.csv")) and "第 4 行" in said


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一、续建项目", "sections"),
        ("（二）新建项目", "sections"),
        ("填报人：某某", "notes"),
        ("注：含税", "notes"),
    ],
)
def test_headings_and_notes_are_left_out_and_said(text: str, kind: str) -> None:
    header, *rows = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
    found = read(as_csv([header, [text, "", "", "", "", ""], *rows]), "x.csv")
    assert plans(found) == PLANS and remarks(found)[kind].rows == (2,)


# --- what a workbook hides and merges
# --------------------------------------------------------------------------------

GOOD = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
OLD: Rows = [
    ["项目名称", "阶段", "三季度计划（亿元）", "四季度计划（亿元）", "入库"],
    ["虚构旧", "新建", 9, 9, "是"],
]


def hide_row(book: openpyxl.Workbook) -> None:
    book.active.append(["虚构旧", "新建", 9, 9, "是"])
    book.active.row_dimensions[4].hidden = True


def filtered(book: openpyxl.Workbook) -> None:
    hide_row(book)
    book.active.auto_filter.ref = "A1:F4"


def hide_column(book: openpyxl.Workbook) -> None:
    book.active.column_dimensions["C"].hidden = True


def another_sheet(state: str, first: bool = True):
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("旧表", 0 if first else 1)
        for row in OLD:
            sheet.append(row)
        sheet.sheet_state = state
        book.active = 1 if first else 0

    return change


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (hide_row, ["第 4 行", "隐藏"]),
        (filtered, ["第 4 行", "隐藏"]),
        (hide_column, ["C 列", "隐藏"]),
        (another_sheet("visible"), ["旧表", "表1", "不止一张"]),
        (lambda book: book.active.merge_cells("C2:C3"), ["C2:C3", "合并单元格"]),
        (lambda book: book.active.merge_cells("A2:A3"), ["A2:A3", "合并单元格"]),
        (
            lambda book: (book.active.insert_rows(1), book.active.merge_cells("A1:A2")),
            ["A1:A2", "合并单元格"],
        ),
    ],
)
def test_what_could_be_meant_in_two_ways_is_refused_with_its_cause(change, parts: list[str]) -> None:
    said = refused(as_workbook(GOOD, change), "x.xlsx")
    assert all(part in said for part in parts), said


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read(state: str) -> None:
    found = read(as_workbook(GOOD, another_sheet(state)), "x.xlsx")
    assert plans(found) == PLANS and remarks(found)["sheet"].value == "表1"
    assert remarks(found)["sheets_hidden"].value == "旧表"


def test_only_a_hidden_sheet_is_refused() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("封面").append(["填表说明"])
        book["表1"].sheet_state = "hidden"
        book.active = 1

    assert "表1" in refused(as_workbook(GOOD, change), "x.xlsx")


def test_a_merged_unit_in_charge_counts_for_all_its_rows() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.active["F3"] = None
        book.active.merge_cells("F2:F3")

    found = read(as_workbook(GOOD, change), "x.xlsx")
    assert [row.unit for row in read_ledger(found.sheet).rows] == ["虚构局", "虚构局"] and plans(
        found
    ) == PLANS
    assert remarks(found)["merged"].rows == (3,)


def test_a_title_across_the_table_hides_nothing() -> None:
    rows = [["2022年项目表（万元）", *[None] * 5], *plain_rows("三季度计划", "四季度计划", 10**4)]
    assert plans(read(as_workbook(rows, lambda book: book.active.merge_cells("A1:F1")), "x.xlsx")) == PLANS


def test_a_formula_that_was_never_computed_is_named_with_its_remedy() -> None:
    rows = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
    rows[1][2] = "=0.1+0.05"
    said = refused(as_workbook(rows), "x.xlsx")
    assert "=0.1+0.05" in said and "在 Excel 里打开、保存一次" in said


def test_what_a_formula_last_came_to_is_read_and_said() -> None:
    """As Excel saves it: the formula and its value, 0.15, in one cell."""
    rows = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
    rows[1][2] = "=0.1+0.05"
    with ZipFile(BytesIO(as_workbook(rows))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"], count = re.subn(rb"</f><v ?/>|</f><v></v>", b"</f><v>0.15</v>", sheet)
    assert count == 1, sheet
    with ZipFile(out := BytesIO(), "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    found = read(out.getvalue(), "x.xlsx")
    assert plans(found) == PLANS and remarks(found)["computed"].rows == (2,)


def test_every_remark_can_be_said_in_both_languages() -> None:
    for kind in (
        "unit_above",
        "unit_chosen",
        "computed",
        "dates",
        "unit_in_cells",
        "sums",
        "sections",
        "notes",
        "merged",
        "sheet",
    ):
        for language in ("zh", "en"):
            assert remark_line(Remark(kind, (2, 3), "万元"), Speech(language))
    assert sift(found_in_file("x.csv", as_csv(GOOD)).sheet).remarks == ()


@pytest.mark.parametrize("unit", ["万元", "亿元"])
def test_a_unit_on_some_amounts_only_is_asked_for_the_others(unit: str) -> None:
    rows = plain_rows(f"三季度计划（{unit}）", "四季度计划", SIZES[unit])
    said = refused(as_csv(rows), "x.csv")
    assert "四季度计划，没有写金额单位" in said and "三季度计划，" not in said
    chosen = read_ledger(read(as_csv(rows), "x.csv").sheet, Choices(unit=unit))
    assert {row.name: (row.plan_q3, row.plan_q4) for row in chosen.rows} == PLANS


@pytest.mark.parametrize("name", ["万", "元", "亿"])
def test_a_unit_in_charge_that_is_called_like_a_unit_of_money_is_none(name: str) -> None:
    rows = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
    rows[1][5] = name
    found = read(as_csv(rows), "x.csv")
    assert plans(found) == PLANS and read_ledger(found.sheet).rows[0].unit == name


def test_a_comma_between_semicolons_is_not_guessed() -> None:
    rows = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
    rows[1][2] = "0,15"
    assert "两种读法" in refused(as_csv(rows, delimiter=";"), "x.csv")


def test_a_project_is_not_taken_for_a_header() -> None:
    rows = "虚构甲\tnew\t\t\t\t1\tq4\tyes\t\t\tNOTE"
    assert [row.name for row in read_ledger(sheet_of_paste(rows, "here")).rows] == ["虚构甲"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    ],
)
def test_rows_or_cells_out_of_order_are_refused(rows: str) -> None:
    """A library would drop some of them without a word."""
    with ZipFile(BytesIO(as_workbook(GOOD))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head, _, rest = parts["xl/worksheets/sheet1.xml"].partition(b"<sheetData>")
    parts["xl/worksheets/sheet1.xml"] = (
        head + b"<sheetData>" + rows.encode() + b"</sheetData>" + rest.partition(b"</sheetData>")[2]
    )
    with ZipFile(out := BytesIO(), "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "之后，无法读取" in refused(out.getvalue(), "x.xlsx")


@pytest.mark.parametrize("written", ["1.5 2", "1.5\n2"])
def test_two_numbers_in_a_cell_are_not_read_as_one(written: str) -> None:
    rows = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
    rows[1][2] = written
    assert "不是数" in refused(as_csv(rows), "x.csv")


@pytest.mark.parametrize("note", ["注：金额以万元计", "说明：单位：万元", "备注：金额单位：万元"])
def test_a_unit_in_a_note_below_counts(note: str) -> None:
    found = read(as_csv([*plain_rows("三季度计划", "四季度计划", 10**4), [note]]), "x.csv")
    assert plans(found) == PLANS and remarks(found)["unit_above"].value == "万元"


def test_a_comma_that_moves_a_row_is_refused() -> None:
    data = "项目名称,阶段,三季度计划（亿元）,四季度计划（亿元）,入库\n虚构甲,新建,1,500,2,是\n".encode()
    assert "6 个单元格" in refused(data, "x.csv")


@pytest.mark.parametrize(
    "rows",
    [
        # 1,500 and 200, no note
        "项目名称,阶段,入库,三季度计划（亿元）,四季度计划（亿元）,备注\n虚构甲,新建,是,1,500,200",
        # 1,500 and no Q4
        "项目名称,阶段,入库,三季度计划（亿元）,四季度计划（亿元）\n虚构甲,新建,是,1,500\n虚构乙,新建,是,2",
        # 9,100, 2, 1
        "项目名称,阶段,入库,计划总投资（亿元）,三季度计划（亿元）,四季度计划（亿元）,备注\n"
        "虚构甲,新建,是,9,100,2,1",
    ],
)
def test_a_comma_that_moves_a_row_without_making_it_longer_is_refused(rows: str) -> None:
    assert "两种读法" in refused(rows.encode(), "x.csv")


def test_two_plans_that_look_like_one_amount_are_read_where_every_row_is_whole() -> None:
    title = "项目名称,阶段,入库,三季度计划（万元）,四季度计划（万元）,备注"
    rows = f"{title}\n虚构甲,新建,是,5,200,\n虚构乙,新建,是,3,1,缓\n"
    assert plans(read(rows.encode(), "x.csv"))["虚构甲"] == (Fraction("0.0005"), Fraction("0.02"))


@pytest.mark.parametrize(
    "title", ["上半年完成", "上半年完成投资", "1—6月完成", "1-6月完成投资", "1~6月累计完成"]
)
@pytest.mark.parametrize(
    "other", ["截至6月底累计完成", "截止6月末累计完成投资", "自开工累计完成", "累计完成"]
)
def test_what_this_years_first_half_brought_stands_beside_the_total_since_the_start(
    title: str, other: str
) -> None:
    rows = [
        ["项目名称", "阶段", "入库", "计划总投资（亿元）", f"{other}（亿元）", f"{title}（亿元）"],
        ["虚构甲", "续建", "是", 10, 7, 2],
    ]
    rows = [
        [*rows[0], "三季度计划（亿元）", "四季度计划（亿元）", "年度计划投资（亿元）"],
        [*rows[1], 1, 2, 5],
    ]
    (project,) = read_ledger(read(as_csv(rows), "x.csv").sheet).rows
    assert (project.done_h1, project.year_h1, project.year_plan) == (7, 2, 5)


def test_the_planned_total_is_held_against_what_was_done_since_the_start() -> None:
    """7 + 1 + 2 are the 10 planned; 8 + 1 + 2 are more, whether 8 was done since the start or this year
    alone.
    """
    header = ["项目名称", "阶段", "入库", "计划总投资（亿元）", "累计完成（亿元）", "1-6月完成（亿元）"]
    header += ["三季度计划（亿元）", "四季度计划（亿元）"]
    assert read(as_csv([header, ["虚构甲", "续建", "是", 10, 7, 3, 1, 2]]), "x.csv")
    for done, this_year in ((8, 3), ("", 8)):
        rows = [header, ["虚构甲", "续建", "是", 10, done, this_year, 1, 2]]
        assert "小于累计完成与两季计划之和" in refused(as_csv(rows), "x.csv")


def test_a_year_before_a_title_is_this_one_or_another() -> None:
    rows = plain_rows("2022年三季度计划（亿元）", "2022年四季度计划（亿元）")
    sheet = read(as_csv(rows), "x.csv").sheet
    read_rows = read_ledger(sheet, Choices(year=2022)).rows
    assert {row.name: (row.plan_q3, row.plan_q4) for row in read_rows} == PLANS
    assert {problem.kind for problem in sift(sheet, Choices(year=2023)).problems} == {"missing"}


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("在建", "continuing"),
        ("改扩建", "expansion"),
        ("扩建", "expansion"),
        ("技改", "upgrade"),
        ("拟建", "preliminary"),
    ],
)
@pytest.mark.parametrize("title", ["阶段", "建设性质"])
def test_stages_are_what_bureaus_call_them(word: str, stage: str, title: str) -> None:
    rows = plain_rows("3季度计划（亿元）", "Q4计划（亿元）")
    rows[0][1], rows[1][1], rows[0][4] = title, word, "入库情况"
    found = read(as_csv(rows), "x.csv")
    assert read_ledger(found.sheet).rows[0].stage == stage and plans(found) == PLANS


def test_months_of_a_start_are_its_quarter_and_are_said() -> None:
    """August and 2022.8 are Q3, October Q4, March this year has started, 2023 is later."""
    header = ["项目名称", "阶段", "三季度计划（亿元）", "四季度计划（亿元）", "开工时间", "入库"]
    starts = ["2022-08-01", "2022年8月", "8月", "2022.10", "2022/3", "2023年1月"]
    rows = [[f"虚构{n}", "新建", 0, 0, start, "是"] for n, start in enumerate(starts)]
    sifted = sift(read(as_csv([header, *rows]), "x.csv").sheet, Choices(year=2022))
    assert [row.start for row in sifted.ledger.rows] == ["q3", "q3", "q3", "q4", "started", "later"]
    assert [(remark.kind, remark.rows) for remark in sifted.remarks] == [("dates", (2, 3, 4, 5, 6, 7))]


def test_a_unit_in_the_name_of_file_or_sheet_counts() -> None:
    rows = plain_rows("三季度计划", "四季度计划", 10**4)
    assert plans(read(as_csv(rows), "项目表（万元）.csv")) == PLANS
    assert plans(read(as_workbook(rows), "项目表（万元）.xlsx")) == PLANS
    assert (
        plans(read(as_workbook(rows, lambda book: setattr(book.active, "title", "台账（万元）")), "x.xlsx"))
        == PLANS
    )


@pytest.mark.parametrize("number_format", ['0.00"万"', "#,##0,", "0.0,,", '0!.0,"万元"'])
def test_an_amount_shown_in_another_size_than_it_is_is_refused(number_format: str) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.active["C2"].number_format = number_format

    assert "显示的大小" in refused(as_workbook(GOOD, change), "x.xlsx")


@pytest.mark.parametrize("number_format", ["#,##0.00", "0.00", "General", "0.00_ "])
def test_an_ordinary_format_is_read(number_format: str) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.active["C2"].number_format = number_format

    assert plans(read(as_workbook(GOOD, change), "x.xlsx")) == PLANS


def test_an_open_quote_in_a_paste_is_refused() -> None:
    """It would swallow the rows behind it."""
    rows = "\n".join("\t".join(str(cell) for cell in row) for row in GOOD).replace("虚构甲", '"虚构甲')
    with pytest.raises(BadInput):
        read_ledger(sheet_of_paste(rows, "here"))


def test_a_visible_sheet_that_cannot_be_read_is_said() -> None:
    found = read(as_workbook(GOOD, lambda book: book.create_sheet("宽表").append(["x"] * 60)), "x.xlsx")
    assert plans(found) == PLANS and "宽表" in remark_line(remarks(found)["sheets_unread"], ZH)


# --- what a second reader found: each was read wrong, and nothing was said
# ---------------------------------------------------------------------------------------

GOOD = plain_rows("三季度计划（亿元）", "四季度计划（亿元）")
IN_WAN = [["项目名称", "阶段", "三季度计划（万元）", "四季度计划（万元）", "入库", "责任单位"]]


def with_sheet(title: str, rows: Rows):
    def change(book: openpyxl.Workbook) -> None:
        book.active.title = "项目台账"
        for row in rows:
            (book[title] if title in book.sheetnames else book.create_sheet(title)).append(row)

    return change


def with_format(number_format: str):
    return lambda book: setattr(book.active["C2"], "number_format", number_format)


@pytest.mark.parametrize("first", [GOOD, GOOD[:1]])
def test_a_second_ledger_beside_one_with_our_title_is_refused(first: Rows) -> None:
    assert "不止一张" in refused(as_workbook(first, with_sheet("二", GOOD)), "x.xlsx")


def test_another_sheet_beside_one_with_our_title_is_said() -> None:
    found = read(as_workbook(GOOD, with_sheet("附表", [["说明"], [3]])), "x.xlsx")
    assert remarks(found)["sheet"].value == "项目台账" and plans(found) == PLANS


@pytest.mark.parametrize(
    "name",
    [
        "新建项目小计（共2个）",
        "合计（共2个项目）",
        "固定资产投资续建类项目小计",
        "共2个项目",
        "一、续建项目（1个）",
        "其中：中央投资",
    ],
)
def test_a_sum_or_a_heading_that_is_filled_in_as_a_project_is_refused(name: str) -> None:
    assert name in refused(as_workbook([*GOOD, [name, "新建", 3.15, 1.2, "是", ""]]), "x.xlsx")


def test_a_sum_in_the_column_of_numbers_is_refused_where_the_row_has_a_stage() -> None:
    rows = [["序号", *GOOD[0]], *([number, *row] for number, row in enumerate(GOOD[1:], start=1))]
    assert "合计" in refused(as_workbook([*rows, ["合计", "2个", "新建", 3.15, 1.2, "是", ""]]), "x.xlsx")


def test_a_merge_in_the_last_column_fills_rows_that_end_before_it() -> None:
    rows = [["2022年项目表"], *(row[:5] for row in GOOD[:2]), GOOD[2][:4]]
    found = read(as_workbook(rows, lambda book: book.active.merge_cells("E3:E4")), "x.xlsx")
    assert [row.in_statistics for row in read_ledger(found.sheet).rows] == [True, True]


@pytest.mark.parametrize(
    "number_format",
    [
        "0!.0000",
        "0\\.0000",
        '0"."0000',
        '0"0000"',
        '#,##0.00"元"',
        "[$$-409]#,##0",
        '"US$"#,##0',
        "[$€-2] 0",
        '0.00"百"',
        '0.0"k"',
        '0.0"M"',
        "0‰",
        ";;;",
        '0!.0,"万"',
        "0.0,",
        '[>=10000]0!.0,"万";0',
    ],
)
def test_a_format_that_shows_another_size_or_currency_is_refused(number_format: str) -> None:
    rows = [*IN_WAN, ["虚构甲", "新建", 15000, 1, "是", ""]]
    assert "显示的大小" in refused(as_workbook(rows, with_format(number_format)), "x.xlsx")


@pytest.mark.parametrize(
    "number_format",
    [
        "General",
        "0",
        "#,##0.00",
        "#,##0.00_);[Red](#,##0.00)",
        "0.00E+00",
        '0"户"',
        "[DBNum2]0",
        "¥#,##0.00",
        '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
        "[$-804]0.00",
        "[$¥-804]#,##0.00",
        "# ?/?",
    ],
)
def test_a_format_that_shows_the_number_as_it_is_is_read(number_format: str) -> None:
    rows = [*IN_WAN, ["虚构甲", "新建", 15000, 1, "是", ""]]
    found = read(as_workbook(rows, with_format(number_format)), "x.xlsx")
    assert plans(found)["虚构甲"][0] == Fraction("1.5")


@pytest.mark.parametrize(
    "amount", ["0,150", "1500①", "1500²", "1.5①亿元", "⒈5", "1500\n800万元", "1500 800万元", "1 500万元"]
)
def test_what_is_not_one_plain_number_is_refused(amount: str) -> None:
    assert "不是数" in refused(as_workbook([*IN_WAN, ["虚构甲", "新建", amount, 1, "是", ""]]), "x.xlsx")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("项目名称;阶段;三季度计划（亿元）;四季度计划（亿元）;入库\n甲;新建;1,500;0,250;是", "两种读法"),
        ("项目名称,阶段,入库,三季度计划（亿元）,四季度计划（亿元）,备注\n甲,新建,是,1,500,200", "两种读法"),
        ("项目名称,阶段,入库,三季度计划（亿元）,四季度计划（亿元）\n甲,新建,是,1,500,200", "5 个单元格"),
        ("甲\t新建\t10\t1\t2", "项目名称"),
    ],
)
def test_what_is_pasted_is_looked_through_like_a_file(text: str, cause: str) -> None:
    with pytest.raises(BadInput) as bad:
        read_ledger(sheet_of_paste(text, "here"))
    assert cause in "\n".join(fault_line(problem, {}, ZH) for problem in bad.value.problems)


TITLES_AND_NOTE = "项目名称,阶段,入库,三季度计划（万元）,四季度计划（万元）,责任单位,备注"


@pytest.mark.parametrize(
    "row", ["甲,新建,是,1,500,,局,", "甲,新建,是,1,500,-,局,", "甲,新建,是,1,500万元,200,局"]
)
def test_a_comma_that_a_blank_end_makes_room_for_is_refused(row: str) -> None:
    data = f"{TITLES_AND_NOTE}\n{row}\n乙,续建,是,300,100,局,缓\n".encode()
    assert refused(data, "x.csv")


def test_a_row_with_one_cell_does_not_make_the_others_doubtful() -> None:
    text = "项目名称,阶段,三季度计划（亿元）,四季度计划（亿元）,入库\n虚构甲,新建,150,200,是\n注：含税\n"
    data = text.encode()
    assert plans(read(data, "x.csv")) == {"虚构甲": (Fraction(150), Fraction(200))}


def test_rows_between_two_quotes_are_not_swallowed() -> None:
    data = (
        f"{TITLES_AND_NOTE}\n甲,新建,是,15,20,局,"
        '"见附件\n乙,续建,是,300,100,局,缓\n丙,续建,是,30,10,局,见附件"\n'
    )
    assert "引号" in refused(data.encode(), "x.csv")


@pytest.mark.parametrize("title", ["单位", "计量单位"])
def test_a_column_of_units_that_contradict_the_header_is_refused(title: str) -> None:
    rows = [[*GOOD[0][:5], title], ["虚构甲", "新建", 1500, 2000, "是", "万元"]]
    assert "万元" in refused(as_workbook(rows), "x.xlsx")


@pytest.mark.parametrize("above", ["单位：亿元、万元", "单位：亿元（季度计划：万元）", "金额单位：亿元/万元"])
def test_two_units_in_one_statement_are_refused(above: str) -> None:
    rows = [[above], *plain_rows("三季度计划", "四季度计划")]
    assert "互相矛盾" in refused(as_workbook(rows), "x.xlsx")


def test_the_unit_of_another_column_is_not_that_of_the_plans() -> None:
    rows = plain_rows("三季度计划", "四季度计划")
    rows = [[*rows[0], "年度税收（元）"], *([*row, 5] for row in rows[1:])]
    assert "三季度计划, 四季度计划，没有写金额单位" in refused(as_workbook(rows), "x.xlsx")


@pytest.mark.parametrize(
    "above", ["单位：万", "（万）", "（人民币万元）", "项目表-万元", "万元台账", "注：金额均为万元"]
)
def test_a_unit_that_is_said_shortly_counts(above: str) -> None:
    found = read(as_workbook([[above], *plain_rows("三季度计划", "四季度计划", 10_000)]), "x.xlsx")
    assert plans(found) == PLANS and remarks(found)["unit_above"].value == "万元"


@pytest.mark.parametrize("name", ["台账_万元.csv", "万元台账.csv"])
def test_a_unit_in_a_files_name_counts_without_brackets(name: str) -> None:
    assert plans(read(as_csv(plain_rows("三季度计划", "四季度计划", 10_000)), name)) == PLANS


def test_what_is_too_small_to_be_seen_is_hidden() -> None:
    def narrow(book: openpyxl.Workbook) -> None:
        book.active.column_dimensions["D"].width = 0.05

    def low(book: openpyxl.Workbook) -> None:
        book.active.row_dimensions[2].height = 0.05

    def none(book: openpyxl.Workbook) -> None:
        book.active.sheet_format.zeroHeight = True

    for change in (narrow, low, none):
        assert "隐藏" in refused(as_workbook(GOOD, change), "x.xlsx"), change


def test_hidden_columns_behind_the_table_hide_nothing() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.active.column_dimensions.group("H", "XFD", hidden=True)

    assert plans(read(as_workbook(GOOD, hide), "x.xlsx")) == PLANS


def test_a_sum_whose_word_is_merged_over_two_columns_is_left_out() -> None:
    rows = [["序号", *GOOD[0]], *([number, *row] for number, row in enumerate(GOOD[1:], start=1))]
    rows.append(["合计", None, None, 3.15, 1.2, None, None])
    found = read(as_workbook(rows, lambda book: book.active.merge_cells("A4:B4")), "x.xlsx")
    assert plans(found) == PLANS and remarks(found)["sums"].rows == (4,)
