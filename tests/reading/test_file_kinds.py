"""Files whose name says less than their first bytes: each is read as what it is, or named with its cause and
with what to do in Excel.
"""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from hdmodel import BadInput
from hdmodel.problems import Faults
from hdmodel.reading.ledger import sift
from hdmodel.reading.ledger_columns import Choices
from ui.answers.ledger_rows import fault_line, remark_line
from ui.files.ledger_file import found_in_file
from ui.files.spreadsheets import read_file
from ui.text.speech import Speech

ZH = Speech("zh")
FOLDER = Path(__file__).with_name("workbooks")
OLD = (FOLDER / "plain.xls").read_bytes()
LINES = "项目名称\t阶段\t三季度计划（万元）\t四季度计划（万元）\t入库\n虚构甲\t续建\t1500\t2,000\t是\n"
PAGE = f"<table><tr><td>{LINES}</td></tr></table>"
XML = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook><Table/></Workbook>'


def zipped(*names: str) -> bytes:
    with ZipFile(out := BytesIO(), "w") as archive:
        for name in names:
            archive.writestr(name, b"\0")
    return out.getvalue()


def of_excel_95(data: bytes) -> bytes:
    """An old workbook that says in its first record that it is one of BIFF5."""
    first = b"\x09\x08\x10\x00\x00\x06\x05\x00"
    assert data.count(first) == 1
    return data.replace(first, b"\x09\x08\x10\x00\x00\x05\x05\x00")


REFUSED = {
    "Excel 95 或更早": {
        "biff5.xls": of_excel_95(OLD),
        "biff4.xls": b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00",
        "biff3.xls": b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00",
        "biff2.xls": b"\x09\x00\x04\x00\x02\x00\x10\x00",
    },
    "网页（HTML）": {
        "gbk.xls": PAGE.encode("gb18030"),
        "utf8.xls": f"\ufeff\n<html xmlns:x='urn:x'><head>{PAGE}".encode(),
        "utf16.xls": f"<!DOCTYPE html>{PAGE}".encode("utf-16"),
        "broken.xls": b"<html><body>\xff\xff\xff",
        "page.csv": PAGE.encode(),
        "mht.xls": f"MIME-Version: 1.0\n\n{PAGE}".encode(),
    },
    "XML 表格": {"xml.xls": XML.encode()},
    "二进制工作簿（.xlsb）": {"a.xlsb": zipped("[Content_Types].xml", "xl/workbook.bin")},
}
CASES = [(cause, name, data) for cause, files in REFUSED.items() for name, data in files.items()]


@pytest.mark.parametrize(("cause", "name", "data"), CASES, ids=[name for _, name, _ in CASES])
def test_a_kind_that_is_not_read_is_named_with_what_to_do_in_excel(
    cause: str, name: str, data: bytes
) -> None:
    with pytest.raises(BadInput) as bad:
        found_in_file(name, data)
    (line,) = [fault_line(problem, {}, ZH) for problem in bad.value.problems]
    assert cause in line and "另存为 .xlsx" in line


@pytest.mark.parametrize(("cause", "name", "data"), CASES, ids=[name for _, name, _ in CASES])
def test_an_edition_in_such_a_kind_is_named_by_it(cause: str, name: str, data: bytes) -> None:
    faults = Faults()
    assert read_file(data, faults) == {}
    (problem,) = faults.problems
    expected = "旧版 .xls" if name == "biff5.xls" else cause
    assert expected in ZH.say(problem.found.key, **problem.found.gaps)  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["a.xls", "a.XLSX", "a.et", "a.csv", "a.txt"])
def test_a_text_is_read_as_one_whatever_it_is_called(name: str, encoding: str) -> None:
    read = found_in_file(name, LINES.encode(encoding))
    (row,) = sift(read.sheet).ledger.rows
    assert (row.name, row.plan_q3, row.plan_q4) == ("虚构甲", Fraction("0.15"), Fraction("0.2"))
    remarks = [remark_line(remark, ZH) for remark in read.remarks]
    assert "单元格用制表符分隔" in remarks
    is_called_a_workbook = name not in ("a.csv", "a.txt")
    assert any("文本表格，按文本读取" in line for line in remarks) == is_called_a_workbook


@pytest.mark.parametrize("name", ["a.et", "a.xlsx", "a.csv", "a"])
def test_a_workbook_is_read_as_one_whatever_it_is_called(name: str) -> None:
    assert [row.name for row in sift(found_in_file(name, OLD).sheet, Choices(year=2022)).ledger.rows] == [
        "虚构甲",
        "虚构乙",
    ]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 1 0 obj", b"{\\rtf1 a", b"\x89PNG\r\n\x1a\n\0\0", zipped("word/document.xml")]
)
def test_what_is_no_table_is_named_in_the_language_of_the_page(data: bytes) -> None:
    with pytest.raises(BadInput) as bad:
        found_in_file("a.xls", data)
    (line,) = [fault_line(problem, {}, ZH) for problem in bad.value.problems]
    assert line.startswith("文件：别种文件，或已损坏，无法读取；可接受：")
