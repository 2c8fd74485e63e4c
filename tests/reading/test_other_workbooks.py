"""Ledgers in .xls and .ods: read as the same table in .xlsx is, or refused with the cause; what the library
that reads their values does not see is seen all the same.

The files were saved by LibreOffice from the same two workbooks. By hand, in 亿元: 虚构甲 plans 1500 and
1200 + 800 万元, 0.15 and 0.2; 虚构乙 30000 and 10000 万元, 3 and 1.
"""

from __future__ import annotations

import random
import struct
from contextlib import suppress
from fractions import Fraction
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from zipfile import ZipFile

import pytest

from hdmodel import BadInput, load_edition
from hdmodel.problems import Faults
from hdmodel.reading.ledger import sift
from hdmodel.reading.ledger_columns import Choices
from ui.answers.ledger_rows import fault_line, remark_line
from ui.files import old_workbooks
from ui.files import open_document as open_document_file
from ui.files.cell_marks import Seen
from ui.files.file_kinds import kind_of
from ui.files.ledger_file import Found, found_apart, found_in_file
from ui.files.other_workbooks import open_other
from ui.files.spreadsheets import read_file
from ui.text.speech import Speech

ZH = Speech("zh")
FOLDER = Path(__file__).with_name("workbooks")
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def saved(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def faults_of(name: str, data: bytes) -> list[str]:
    with pytest.raises(BadInput) as bad:
        found_in_file(name, data)
    return [fault_line(problem, {}, ZH) for problem in bad.value.problems]


def said(found: Found) -> list[str]:
    return [remark_line(remark, ZH) for remark in found.remarks]


def open_document(table: str, manifest: str = "") -> bytes:
    begin = f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>"
    end = "</office:spreadsheet></office:body></office:document-content>"
    with ZipFile(out := BytesIO(), "w") as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr("content.xml", f"{begin}{table}{end}")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return out.getvalue()


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_ledger_is_read_as_its_xlsx_is(kind: str) -> None:
    found = found_apart(f"plain.{kind}", saved(f"plain.{kind}"))
    sifted = sift(found.sheet, Choices(year=2022))
    fields = attrgetter("name", "total", "plan_q3", "plan_q4", "start", "unit")
    assert list(map(fields, sifted.ledger.rows)) == [
        ("虚构甲", Fraction("1.2"), Fraction("0.15"), Fraction("0.2"), "q3", "虚构局"),
        ("虚构乙", Fraction("9.00005"), Fraction(3), Fraction(1), "started", "虚构局"),
    ]
    assert sifted.problems == ()
    remarks = said(found)
    assert "公式 2 行，取上次保存时算出的数：第 3、5 行" in remarks and "读取的工作表：项目表" in remarks
    assert any("数字格式" in line for line in remarks) == (kind == "ods"), "what stays unseen is said"


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_its_values_alone_do_not_tell_is_named(kind: str) -> None:
    lines = faults_of(f"faulty.{kind}", saved(f"faulty.{kind}"))
    expected = [
        "第 3 行“四季度计划（万元）”：#DIV/0!，是表格的错误值",
        "第 5 行，有隐藏的内容",
        "A6:A7，合并单元格",
    ]
    expected += ["第 4 行“三季度计划（万元）”：15000000"] if kind == "xls" else []
    for part in expected:
        assert any(part in line for line in lines), (part, lines)
    assert len(lines) == len(expected)


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_percentage_is_read_as_one(kind: str) -> None:
    book = open_other(kind_of(saved(f"faulty.{kind}")), saved(f"faulty.{kind}"), Faults())
    assert book is not None
    sheet = book.sheet("台账", Faults())
    assert sheet is not None and dict(sheet.rows)[3][2] == "15%"


def formula_record(row: int, column: int, result: bytes) -> bytes:
    """A formula of an old workbook: row, column, style, what it came to in eight bytes, and nothing else."""
    return struct.pack("<3H", row, column, 0) + result


@pytest.mark.parametrize(
    ("result", "error"),
    [
        (b"\x02\x00\x07\x00\x00\x00\xff\xff", "#DIV/0!"),
        (b"\x02\x5a\x2a\x5a\x5a\x5a\xff\xff", "#N/A"),  # what stands between says nothing
        (b"\x01\x00\x07\x00\x00\x00\xff\xff", None),  # TRUE
        (b"\x00\x02\x07\x00\x00\x00\xff\xff", None),  # a text
        (struct.pack("<d", 2.0), None),
        (b"\x02\x00\x07\x00\x00\x00\xf0\x3f", None),  # a number that begins so
    ],
)
def test_the_error_of_a_formula_is_one_byte_behind_its_type(result: bytes, error: str | None) -> None:
    seen = Seen("a")
    old_workbooks._read_formula(seen, old_workbooks._Book(), formula_record(4, 1, result))
    assert seen.formulas == {(4, 1)}
    assert seen.errors == ({(4, 1): error} if error else {})


def test_every_hidden_row_with_content_is_named_where_one_stands_for_many() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    rows = f"<table:table-row>{cell}</table:table-row>" + "".join(
        f'<table:table-row table:visibility="{how}" table:number-rows-repeated="{times}">{cells}'
        "</table:table-row>"
        for how, times, cells in (
            ("collapse", 3, cell * 2),
            ("visible", 2, cell),
            ("filter", 1, cell),
            ("collapse", 900_000, "<table:table-cell/>"),
        )
    )
    data = open_document(f'<table:table table:name="a">{rows}</table:table>')
    with ZipFile(BytesIO(data)) as archive:
        (seen,) = open_document_file.seen_in(archive)
    assert seen.facts.hidden_rows == [2, 3, 4, 7]


@pytest.mark.parametrize(
    ("attributes", "is_percentage"),
    [
        ('office:value-type="percentage" office:value="0.5"', True),
        ('office:value-type="percentage" table:value-type="float" office:value="0.5"', True),
        ('office:value-type="string" table:style-name="percentage"', False),
    ],
)
def test_a_cell_is_a_percentage_where_its_type_says_so(attributes: str, is_percentage: bool) -> None:
    row = f"<table:table-row><table:table-cell {attributes}/></table:table-row>"
    data = open_document(f'<table:table table:name="a">{row}</table:table>')
    with ZipFile(BytesIO(data)) as archive:
        (seen,) = open_document_file.seen_in(archive)
    assert bool(seen.formats) == is_percentage


# --- files that cannot be read


def with_record(data: bytes, before: int, after: int) -> bytes:
    """An old workbook in which one record is another one: the name of who wrote it (112 bytes)."""
    mark = before.to_bytes(2, "little") + (112).to_bytes(2, "little")
    assert data.count(mark) == 1
    return data.replace(mark, after.to_bytes(2, "little") + (112).to_bytes(2, "little"))


def renamed_stream(data: bytes) -> bytes:
    """An old container with what Excel calls a workbook that it has protected with a password."""
    old, new = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    at = data.index(old)
    length = (len(new) + 2).to_bytes(2, "little")
    return data[:at] + new + data[at + len(new) : at + 64] + length + data[at + 66 :]


LOCKED = {
    "old.xls": lambda: with_record(saved("plain.xls"), 0x5C, 0x2F),
    "new.xlsx": lambda: renamed_stream(saved("plain.xls")),
    "open.ods": lambda: open_document("<table:table/>", "<encryption-data/>"),
}


@pytest.mark.parametrize("name", LOCKED)
def test_a_password_is_named_with_its_remedy(name: str) -> None:
    (line,) = faults_of(name, LOCKED[name]())
    assert "带密码" in line and "另存时去掉密码" in line


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_broken_file_is_named_and_nothing_of_it_is_read(kind: str) -> None:
    data = saved(f"plain.{kind}")
    for broken in (data[: len(data) // 2], data[:600], data[:100] + b"\0" * 400):
        (line,) = faults_of(f"broken.{kind}", broken)
        assert line.startswith("文件：") and "无法读取" in line, line


def test_an_edition_in_another_kind_of_workbook_is_named() -> None:
    for kind in ("xls", "ods"):
        assert read_file(saved(f"plain.{kind}"), faults := Faults()) == {}
        assert len(faults.problems) == 1 and "xlsx" in faults.problems[0].wanted


def test_a_file_that_is_no_workbook_is_named_with_what_a_ledger_comes_in() -> None:
    (line,) = faults_of("a.xlsx", b"PK no zip")
    assert "能打开的 .xlsx、.xls、.et、.ods 或 .csv" in line and ".zip" not in line


def test_the_command_line_names_another_kind_of_workbook_once() -> None:
    with pytest.raises(BadInput) as bad:
        load_edition(FOLDER / "plain.ods")
    assert [problem.found for problem in bad.value.problems] == ["an OpenDocument spreadsheet (.ods)"]


# --- files that would hold others up

CELL = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{}"/>'
ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
FAR = {
    "rows": ROW.format(1_048_576, CELL.format(1)),
    "columns": ROW.format(1, CELL.format(16_384)),
    "both": ROW.format(9_999, CELL.format(50)),
    "behind blanks": ROW.format(1_000_000, "<table:table-cell/>") + ROW.format(1, CELL.format(1)),
}


@pytest.mark.parametrize("name", FAR)
def test_cells_that_are_repeated_without_end_are_refused(name: str) -> None:
    (line,) = faults_of("far.ods", open_document(f'<table:table table:name="a">{FAR[name]}</table:table>'))
    assert "过大" in line


def test_content_that_declares_a_document_type_is_refused() -> None:
    data = open_document("<table:table/>")
    with ZipFile(out := BytesIO(), "w") as archive, ZipFile(BytesIO(data)) as good:
        for name in good.namelist():
            text = good.read(name).decode()
            archive.writestr(name, f"<!DOCTYPE a [<!ENTITY b 'c'>]>{text}" if name == "content.xml" else text)
    (line,) = faults_of("doctype.ods", out.getvalue())
    assert "无法读取" in line


def test_a_damaged_file_is_read_or_named_whatever_its_library_does() -> None:
    """In a process of its own: what aborts there has ended no more than itself."""
    chance = random.Random(17)
    for kind in ("xls", "ods") * 3:
        data = bytearray(saved(f"plain.{kind}"))
        for _ in range(12):
            at = chance.randrange(len(data))
            data[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x01\x80\0\0"))
        with suppress(BadInput):
            found_apart(f"a.{kind}", bytes(data))
