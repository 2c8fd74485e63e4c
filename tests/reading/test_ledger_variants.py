"""Every way in which a bureau may write one ledger: read right, or refused with its cause; never read wrong.

Three invented projects, in 亿元: 甲 plans 0.15 and 0.2, 乙 3 and 1, 丙 0.5 and 0.25; together 3.65 and
1.45. The same numbers are written in every unit, in every place where a unit may stand, under titles, over
two rows, with sums, headings and notes between them, in every encoding, and as a workbook that merges and
hides.
"""

from __future__ import annotations

import csv
import io
import itertools
import random
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest

from hdmodel.problems import BadInput
from hdmodel.reading.ledger import sift
from hdmodel.reading.ledger_columns import Choices
from hdmodel.reading.tables import Sheet
from ui.answers.ledger_rows import fault_line, remark_line
from ui.files.ledger_file import found_in_file, sheet_of_paste
from ui.text.speech import Speech

ZH = Speech("zh")
PLANS = {"甲": ("0.15", "0.2"), "乙": ("3", "1"), "丙": ("0.5", "0.25")}
RIGHT = {name: (Fraction(q3), Fraction(q4)) for name, (q3, q4) in PLANS.items()}
STAGES = dict(zip(PLANS, ("新建", "续建", "续建"), strict=True))
SIZES = {"元": 10**8, "千元": 10**5, "万元": 10**4, "百万元": 100, "千万元": 10, "亿元": 1}
BRACKETS = (
    "({})",
    "（{}）",
    "【{}】",
    "《{}》",
    "/{}",
    " {}",
    "：{}",
    "、{}",
    "-{}",
    "\n（{}）",
    "（单位：{}）",
)
PLACES = ("header", "above", "above in brackets", "title", "corner", "cell", "note", "file", "none")
HEADERS = ("one row", "plans share a title", "quarters share a title", "units below")
SUMS = ("none", "below", "above", "counted", "by section", "in the heading", "without a name", "notes")
ENCODINGS = [
    *itertools.product(("utf-8", "utf-8-sig", "utf-16", "gb18030"), ",\t;"),
    *itertools.product(("xlsx",), ("plain", "merged", "hidden row", "hidden column", "hidden sheet")),
    ("pasted", "\t"),
]
Table = list[list[str]]


@dataclass(frozen=True)
class Way:
    """One way of writing the ledger."""

    unit: str
    place: str
    bracket: str
    header: str
    sums: str
    beside: str
    titles: int
    file: tuple[str, str]

    def amount(self, *parts: str) -> str:
        size = sum(map(Fraction, parts), Fraction(0)) * SIZES[self.unit]
        number = str(int(size)) if size.denominator == 1 else str(float(size))
        return number + self.unit if self.place == "cell" else number

    @property
    def suffix(self) -> str:
        return self.bracket.format(self.unit) if self.place == "header" else ""

    @property
    def is_stated(self) -> bool:
        return self.place != "none" or self.header == "units below"


def rows_of(way: Way) -> tuple[Table, int]:
    """All rows, and at which of them the header begins."""
    above = titles(way)
    corner = f"单位：{way.unit}" if way.place == "corner" else "责任单位"
    first = ["项目名称", "阶段", f"三季度计划{way.suffix}", f"四季度计划{way.suffix}", "入库", corner]
    header = [first]
    if way.header == "plans share a title":
        shared = ["项目名称", "阶段", f"计划投资{way.suffix}", "", "入库", corner]
        header = [shared, ["", "", "三季度", "四季度", "", ""]]
    if way.header == "quarters share a title":
        shared = ["项目名称", "阶段", "三季度", "四季度", "入库", corner]
        header = [shared, ["", "", f"计划{way.suffix}", f"计划{way.suffix}", "", ""]]
    if way.header == "units below":
        header = [
            ["项目名称", "阶段", "三季度计划", "四季度计划", "入库", corner],
            ["", "", way.unit, way.unit, "", ""],
        ]
    table = [*above, *header, *body(way)]
    return beside(way, table, len(above)), len(above)


def titles(way: Way) -> Table:
    name = "2022年项目台账" + (f"（{way.unit}）" if way.place == "title" else "")
    written = [[name], ["填报单位：虚构局", "", "", "", "2022年7月"], ["附件：总投资5000万元以上项目"]]
    stated = {"above": ["", "", "", "", f"单位：{way.unit}"], "above in brackets": [f"（单位：{way.unit}）"]}
    return [*written[: way.titles], *([stated[way.place]] if way.place in stated else [])]


def body(way: Way) -> Table:
    projects = [
        [name, STAGES[name], way.amount(q3), way.amount(q4), "是", "虚构局"]
        for name, (q3, q4) in PLANS.items()
    ]
    whole = [way.amount("0.15", "3", "0.5"), way.amount("0.2", "1", "0.25"), "", ""]
    new, old = projects[:1], projects[1:]
    of_new, of_old = projects[0][2:4], [way.amount("3", "0.5"), way.amount("1", "0.25")]
    note = [[f"注：金额单位：{way.unit}"]] if way.place == "note" else []
    return {
        "none": projects,
        "below": [*projects, ["合计", "", *whole]],
        "above": [["合计（3个）", "", *whole], *projects],
        "counted": [*projects, ["总计：3个", "", *whole[:2], "3", ""]],
        "by section": [
            ["一、新建项目"],
            *new,
            ["小计", "", *of_new],
            ["二、续建项目"],
            *old,
            ["小计", "", *of_old],
            ["合计", "", *whole],
        ],
        "in the heading": [["一、新建项目", "", *of_new], *new, ["二、续建项目", "", *of_old], *old],
        "without a name": [*projects, ["", "", *whole]],
        "notes": [*projects, ["填报人：虚构人"], ["注：以上含税"]],
    }[way.sums] + note


def beside(way: Way, table: Table, start: int) -> Table:
    """The same with a column of numbers before it, or with two more of amounts behind."""
    wide = [row + [""] * (6 - len(row)) for row in table]
    if way.beside == "numbers":
        numbers = itertools.count(1)
        return [
            [*row, ""]
            if at < start
            else ["序号" if at == start else str(next(numbers)) if row[0] in PLANS else "", *row]
            for at, row in enumerate(wide)
        ]
    if way.beside == "amounts":
        heads = [f"年度计划投资{way.suffix}", f"1-6月完成{way.suffix}"]
        more = [way.amount("9"), way.amount("1")]
        units = [way.unit, way.unit] if way.header == "units below" else ["", ""]
        behind = {start: heads, start + 1: units}
        return [row + (more if row[0] in PLANS else behind.get(at, ["", ""])) for at, row in enumerate(wide)]
    return wide


def sheet_of(way: Way) -> Sheet:
    table, start = rows_of(way)
    kind, shape = way.file
    name = f"台账（{way.unit}）" if way.place == "file" else "x"
    if kind == "xlsx":
        return found_in_file(f"{name}.xlsx", workbook_of(way, table, start)).sheet
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=shape).writerows(table)
    if kind == "pasted":
        return sheet_of_paste(out.getvalue(), name)
    return found_in_file(f"{name}.csv", out.getvalue().encode(kind)).sheet


def workbook_of(way: Way, table: Table, start: int) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in table:
        sheet.append([float(cell) if is_number(cell) else cell or None for cell in row])
    if way.file[1] == "merged":
        if way.header != "one row":
            merge_header(sheet, table, start)
        if start:
            sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=6)
    if way.file[1] == "hidden row":
        at = next(at for at, row in enumerate(table, start=1) if {*row} & {*PLANS})
        sheet.row_dimensions[at].hidden = True
    if way.file[1] == "hidden column":
        sheet.column_dimensions["D"].hidden = True
    if way.file[1] == "hidden sheet":
        other = book.create_sheet("旧", 0)
        for row in table:
            other.append(row)
        other.sheet_state, book.active = "hidden", 1
    book.save(out := BytesIO())
    return out.getvalue()


def is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdigit()


def merge_header(sheet, table: Table, start: int) -> None:
    """As Excel's users do: titles over what shares them, and down where nothing stands below."""
    above, below = table[start], table[start + 1]
    for at, cell in enumerate(above, start=1):
        if cell and not below[at - 1]:
            sheet.merge_cells(start_row=start + 1, end_row=start + 2, start_column=at, end_column=at)
        elif cell and at < len(above) and not above[at]:
            sheet.merge_cells(start_row=start + 1, end_row=start + 1, start_column=at, end_column=at + 1)


ALL = [
    Way(*values)
    for values in itertools.product(
        SIZES, PLACES, BRACKETS, HEADERS, SUMS, ("none", "numbers", "amounts"), (0, 1, 2, 3), ENCODINGS
    )
    if (values[1] == "header" or values[2] == BRACKETS[0])
    and not (values[1] == "title" and values[6] == 0)
    and not (values[1] == "file" and values[7][0] == "pasted")
    and not (values[3] == "units below" and values[1] not in ("none", "above"))
]


@pytest.mark.parametrize("seed", range(8))
def test_every_way_of_writing_a_ledger_is_read_right_or_refused_with_its_cause(seed: int) -> None:
    """A hundred of each seed out of some 170,000; refused are only those that hide something or state no
    unit.
    """
    for way in random.Random(seed).sample(ALL, 100):
        try:
            sifted = sift(sheet_of(way), Choices(year=2022))
        except BadInput as bad:
            problems = bad.problems
        else:
            problems = sifted.problems
            read = {row.name: (row.plan_q3, row.plan_q4) for row in sifted.ledger.rows}
            assert problems or read == RIGHT, (way, read)
            assert all(remark.kind != "sum_differs" for remark in sifted.remarks), (way, sifted.remarks)
        expected = {"hidden"} if way.file[1] in ("hidden row", "hidden column") else set()
        expected = expected or (set() if way.is_stated else {"no_unit"})
        assert {problem.kind for problem in problems} == expected, (way, problems)


@pytest.mark.parametrize("unit", SIZES)
def test_a_unit_that_is_not_stated_is_asked_for_and_then_taken(unit: str) -> None:
    way = Way(unit, "none", BRACKETS[0], "one row", "below", "none", 0, ("utf-8", ","))
    sheet = sheet_of(way)
    (problem,) = sift(sheet).problems
    assert "没有写金额单位" in fault_line(problem, {}, ZH)
    sifted = sift(sheet, Choices(unit=unit))
    assert {row.name: (row.plan_q3, row.plan_q4) for row in sifted.ledger.rows} == RIGHT
    assert unit in " ".join(remark_line(remark, ZH) for remark in sifted.remarks)


def test_a_sum_that_differs_from_its_rows_is_named_with_both() -> None:
    """3.75 is written, and 0.15 + 3 + 0.5 is 3.65."""
    way = Way("亿元", "header", BRACKETS[0], "one row", "below", "none", 0, ("utf-8", ","))
    sheet = sheet_of(way)
    rows = [(line, tuple("3.75" if cell == "3.65" else cell for cell in cells)) for line, cells in sheet.rows]
    said = [remark_line(remark, ZH) for remark in sift(Sheet("x", tuple(rows))).remarks]
    assert "第 5 行的合计与各行不符：“三季度计划”写 3.75 亿元，各行相加 3.65 亿元" in said


def test_a_title_below_one_that_speaks_of_what_was_done_is_no_plan() -> None:
    """三季度 by itself is a plan; below 2021年完成情况 it is last year's third quarter."""
    rows = [
        ("", "", "2021年完成情况（万元）", "", ""),
        ("项目名称", "阶段", "三季度", "四季度", "入库"),
        ("甲", "新建", "1500", "2000", "是"),
    ]
    sifted = sift(Sheet("x", tuple(enumerate(rows, start=1))), Choices(year=2022))
    assert [(problem.kind, problem.place.column) for problem in sifted.problems] == [
        ("missing", "plan_q3"),
        ("missing", "plan_q4"),
    ]
