"""One way in for tables as text: every encoding and separator that spreadsheets write is read alike, and what
is not usual is said. Expectations by hand, or the same table written the usual way.
"""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from hdmodel import BadInput, Problem
from hdmodel.form import FLOW, GROWTH
from hdmodel.problems import Faults, Place
from hdmodel.reading.edition import load_edition, read_edition
from hdmodel.reading.ledger import sift
from hdmodel.reading.past_years import read_years, separators_in
from hdmodel.reading.tables import Sheet, sheet_of_csv
from hdmodel.reading.text_tables import Manner, decoded
from hdmodel.report import line_of
from tests.reading.tables import Tables, changed
from ui.answers.ledger_rows import fault_line, remark_line
from ui.files.faults import row_of
from ui.files.ledger_file import found_in_file, found_in_paste
from ui.files.spreadsheets import read_zip
from ui.text.speech import Speech

ZH = Speech("zh")
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def written(rows: list[tuple[str, ...]], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def sheets_of(tables: Tables) -> dict[str, Sheet]:
    sheets = {name: sheet_of_csv(name, written(rows, ","), Faults()) for name, rows in tables.items()}
    return {name: sheet for name, sheet in sheets.items() if sheet is not None}


def faults_of(*changes: tuple[str, str, str, str]) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as bad:
        read_edition(sheets_of(changed(*changes)))
    return bad.value.problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    text = "项目名称,阶段\n虚构甲,续建\n"
    names = {"utf-8": "", "utf-8-sig": "", "gb18030": "GB 18030"}
    assert decoded(text.encode(encoding)) == (text, names.get(encoding, "UTF-16"))


def test_an_edition_is_read_in_other_encodings_and_separators_and_says_so(tmp_path: Path) -> None:
    tables, usual = changed(), read_edition(sheets_of(changed()))
    tables["figures.csv"] = [
        tuple(cell.translate(WIDE) if at == 1 else cell for at, cell in enumerate(cells))
        for cells in tables["figures.csv"]
    ]
    ways = {
        "figures.csv": (";", "gb18030"),
        "levers.csv": ("\t", "utf-16"),
        "indicators.csv": ("；", "utf-8"),
    }
    for name, rows in tables.items():
        delimiter, encoding = ways.get(name, (",", "utf-8"))
        (tmp_path / name).write_bytes(written(rows, delimiter).encode(encoding))
    read = load_edition(tmp_path)
    assert (read.figures, read.levers, read.indicators) == (usual.figures, usual.levers, usual.indicators)
    assert usual.notes == ()
    assert {line_of(note, "zh") for note in read.notes} == {
        "figures.csv：GB 18030 编码：按此读取",
        "figures.csv：用分号分隔：按此读取",
        "levers.csv：UTF-16 编码：按此读取",
        "levers.csv：用制表符分隔：按此读取",
        "indicators.csv：用全角分号分隔：按此读取",
    }


def test_a_zip_of_files_that_excel_wrote_in_gb_18030_is_read() -> None:
    with ZipFile(out := BytesIO(), "w") as archive:
        archive.writestr("figures.csv", "id;label_zh\ninvented;虚构\n".encode("gb18030"))
    sheet = read_zip(out.getvalue(), faults := Faults())["figures.csv"]
    assert [cells for _, cells in sheet.rows] == [("id", "label_zh"), ("invented", "虚构")]
    assert (sheet.manner, faults.problems) == (Manner("GB 18030", "semicolon"), [])


def test_what_a_ledger_was_written_in_is_said() -> None:
    table = "项目名称\t阶段\t三季度计划（亿元）\t四季度计划（亿元）\t入库\n虚构甲\t续建\t1\t2\t是\n"
    of_file = found_in_file("台账.csv", table.encode("utf-16"))
    assert [remark_line(remark, ZH) for remark in of_file.remarks] == [
        "文件按 UTF-16 编码读取",
        "单元格用制表符分隔",
    ]
    assert found_in_paste(table, "here").remarks == ()  # as a spreadsheet copies it
    of_paste = found_in_paste(table.replace("\t", "，"), "here")
    assert [remark_line(remark, ZH) for remark in of_paste.remarks] == ["单元格用全角逗号分隔"]


def test_past_years_are_parted_as_ledgers_and_editions_are() -> None:
    expected = [(2019, "2469/2", "12345"), (2020, "1", "2")]
    for mark in "\t,;；，":
        numbers = ("1234.5", "12345") if mark in ",;；" else ("1,234.5", "１２,３４５")
        text = "\n".join(mark.join(cells) for cells in (("2019年", *numbers), ("２０２０", "1", "2")))
        years = read_years(text, FLOW)
        assert [(year.year, str(year.h1), str(year.full_year)) for year in years] == expected, repr(mark)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019\t9.6\t8.1\n2020\t1,234\t5", ()),
        ("年份 上半年 全年\n2019 9.6 8.1", ()),
        ("2019,9.6,8.1\n2020,1,2", ("comma",)),
        ("2019， 9.6， 8.1", ("wide_comma",)),
        ("2019、9.6、8.1", ("enumeration_comma",)),
        ("2019；9.6；8.1\n2020;1;2", ("wide_semicolon", "semicolon")),
        ("2019;1,234;2", ("semicolon", "comma")),
        ("", ()),
    ],
)
def test_past_years_say_what_stands_between_their_cells(text: str, words: tuple[str, ...]) -> None:
    assert separators_in(text) == words


def test_where_semicolons_part_the_cells_a_comma_in_a_number_is_not_guessed(tmp_path: Path) -> None:
    tables = changed(("levers.csv", "telecom_volume.q3", "high", "1,200"))
    assert read_edition(sheets_of(tables)).levers["telecom_volume.q3"].high == 1200
    for name, rows in tables.items():
        (tmp_path / name).write_text(written(rows, ";"), encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        load_edition(tmp_path)
    assert [(problem.kind, problem.found) for problem in bad.value.problems] == [("comma_in_amount", "1,200")]
    with pytest.raises(BadInput):
        read_years("2019;1,234;2,345", FLOW)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("１５．５", "15.5"), ("\u200b15.5", "15.5"), ("1,200.5", "1200.5"), ("15.5\u00a0", "15.5")],
)
def test_an_edition_takes_numbers_as_a_ledger_does(cell: str, value: str) -> None:
    figure = read_edition(sheets_of(changed(("figures.csv", "outside_funds.h1", "value", cell)))).figures
    assert (figure["outside_funds.h1"].value, figure["outside_funds.h1"].written) == (Fraction(value), value)


def test_a_dash_says_that_there_is_no_number() -> None:
    tables = changed(("levers.csv", "telecom_volume.q3", "joint", "—"))
    assert read_edition(sheets_of(tables)).levers["telecom_volume.q3"].joint is None


def test_a_scenario_may_be_written_with_the_semicolons_of_a_chinese_keyboard() -> None:
    settings = "telecom_volume.q3＝１５；telecom_volume.q4=16"
    edition = read_edition(sheets_of(changed(("scenarios.csv", "winter_slowdown", "settings", settings))))
    assert edition.scenarios["winter_slowdown"].settings == (
        ("telecom_volume.q3", "15"),
        ("telecom_volume.q4", "16"),
    )


@pytest.mark.parametrize("column", ["low", "high", "default"])
def test_a_percentage_is_explained_with_its_remedy_wherever_a_number_stands(column: str) -> None:
    (fault,) = faults_of(("levers.csv", "telecom_volume.q3", column, "20%"))
    row = row_of(fault, ZH)
    assert row[:4] == ("levers", row[1], column, "20%")
    assert "百分比格式" in row[4]
    assert "把单元格格式改为“常规”，再填 20" in row[5]


def test_a_mark_of_a_note_is_no_digit() -> None:
    with pytest.raises(BadInput) as bad:
        read_years("2019 9.6① 8.1", GROWTH)
    assert bad.value.problems[0].found == "9.6①"
    (fault,) = faults_of(("figures.csv", "outside_funds.h1", "value", "20.88²"))
    assert (fault.kind, fault.found) == ("not_a_number", "20.88²")


# --- what cannot be seen


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("1\u200b 2", "（含零宽字符 U+200B）"),
        ("1\u00a02", "（含不换行空格 U+00A0）"),
        ("１２ ３", "（含全角字符“１２３”）"),
        ("5−2", "（含不是键盘减号“-”的横线 U+2212）"),
        ("1\u200e\u30002", "（含全角空格 U+3000、书写方向符 U+200E）"),
    ],
)
def test_every_reader_names_what_cannot_be_seen(cell: str, named: str) -> None:
    (of_edition,) = faults_of(("figures.csv", "outside_funds.h1", "value", cell))
    of_ledger = Problem("not_a_number", Place("台账", 2, "plan_q3"), cell, "")
    assert row_of(of_edition, ZH)[3] == f"{cell.strip()}{named}"
    assert f"{cell}{named}" in fault_line(of_ledger, {}, ZH)
    assert named in line_of(of_edition, "zh")
    with pytest.raises(BadInput) as bad:
        read_years(f"2019\t{cell}\t5", GROWTH)
    assert named in line_of(bad.value.problems[0], "zh")


def test_what_cannot_be_seen_has_its_remedy_and_chinese_brackets_are_none() -> None:
    unseen = Problem("unknown_word", Place("台账", 2, "stage"), "续\u200b建", "续建")
    assert "把这一格清空、重新键入" in fault_line(unseen, {}, ZH)
    assert unseen.sentence().endswith("came along when it was copied")
    brackets = Problem("duplicate", Place("台账", 2, "name"), "虚构项目（一期）", "")
    assert brackets.letters == () and "键入" not in fault_line(brackets, {}, ZH)
    number = Problem("not_a_number", Place("台账", 2, "plan_q3"), "约１２", "")
    assert number.letters == ("full-width “１２”",), "in a number they matter"


def test_what_cannot_be_seen_is_named_where_it_is_a_fault_and_no_matter_elsewhere() -> None:
    header = "项目名称\t阶段\t三季度计划（万元）\t四季度计划（万元）\t入库"
    sheet = found_in_paste(f"{header}\n虚\u200b构甲\t续\u200b建\t1\u200b500\t20\u200b00x\t是\n", "here").sheet
    sifted = sift(sheet)
    (fault,) = sifted.problems
    assert fault_line(fault, {}, ZH).startswith(
        "here第 2 行“四季度计划”：20\u200b00x 万元（含零宽字符 U+200B），不是数"
    )
    (row,) = sift(
        found_in_paste(f"{header}\n虚\u200b构甲\t续\u200b建\t1\u200b500\t2000\t是\n", "here").sheet
    ).ledger.rows
    assert (row.name, row.stage, row.plan_q3) == ("虚构甲", "continuing", Fraction("0.15"))
