"""Files from spreadsheets: they come back as they were written, and whatever is wrong with one is named,
never raised.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import date, datetime, time
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from hdmodel import BadInput, load_edition
from hdmodel.numbers import read_number
from hdmodel.problems import Faults, Problem
from hdmodel.reading.edition import digest_of
from hdmodel.reading.files import sheets_in
from hdmodel.reading.files import tables_in as tables_in_file
from hdmodel.reading.tables import Sheet, cell_text
from tests.reading.tables import FOLDERS, Tables, tables_in
from ui.files import spreadsheets
from ui.files.spreadsheets import number_text, read_file, read_workbook, read_zip, write_workbook, write_zip
from ui.files.workbook_parts import MOST_SHEETS

INVENTED: Tables = {"figures.csv": [("id", "value"), ("invented", "13.8")]}


def read(data: bytes) -> tuple[dict[str, Sheet], list[Problem]]:
    faults = Faults()
    return read_file(data, faults), faults.problems


def workbook(
    *rows: tuple[object, ...], title: str = "figures", change: Callable[[object], None] = lambda _: None
) -> bytes:
    """A workbook as a user makes one: a sheet of values, then changed by hand."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    change(book.active)
    book.save(out := BytesIO())
    return out.getvalue()


def zipped(members: dict[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    with ZipFile(out := BytesIO(), "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def faults_of(data: bytes) -> list[str]:
    return [problem.sentence() for problem in read(data)[1]]


# --- there and back
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("write", [write_workbook, write_zip])
def test_an_edition_comes_back_as_it_was_written(folder: Path, write: Callable[[Tables], bytes]) -> None:
    there = sheets_in(folder, Faults())
    back, problems = read(write(tables_in(folder)))
    assert problems == []
    assert back == there
    assert digest_of(back) == digest_of(there)


texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=12).map(cell_text)
texts |= st.sampled_from(
    [
        "=1+1",
        "-0",
        "007",
        "1e5",
        "100.0",
        "13.8",
        "13.8%",
        "#REF!",
        "TRUE",
        "2022-06-30",
        "a\nb",
        "'x",
        "=",
        "+8",
    ]
)


@given(st.lists(st.lists(texts, min_size=3, max_size=3).map(tuple), max_size=6))
def test_any_text_comes_back_from_a_workbook_and_from_a_zip(rows: list[tuple[str, ...]]) -> None:
    kept = [("a", "b", "c"), *(row for row in rows if any(row))]
    for write in (write_workbook, write_zip):
        back, problems = read(write({"t.csv": kept}))
        assert problems == []
        assert [cells for _, cells in back["t.csv"].rows] == kept


@given(st.decimals(-(10**9), 10**9, places=4).map(lambda number: f"{number.normalize():f}"))
def test_a_number_is_never_changed_on_its_way(written: str) -> None:
    back, _ = read(write_workbook({"t.csv": [("a",), (written,)]}))
    assert read_number(back["t.csv"].rows[1][1][0]) == Fraction(written)


def test_a_written_workbook_is_pleasant_and_holds_numbers_as_numbers_and_formulas_as_text() -> None:
    data = write_workbook(
        {"figures.csv": [("id", "value", "label_zh"), ("=1+1", "13.8", "增速"), ("b", "92925.0", "007")]}
    )
    sheet = openpyxl.load_workbook(BytesIO(data))["figures"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == (13.8, "n")
    assert [(sheet[at].value, sheet[at].data_type) for at in ("A2", "B3", "C3")] == [
        ("=1+1", "s"),
        ("92925.0", "s"),
        ("007", "s"),
    ]
    assert sheet["A2"].number_format == "@"
    assert sheet.freeze_panes == "B2" and sheet["A1"].font.bold
    assert all(8 <= sheet.column_dimensions[letter].width <= 60 for letter in "ABC")


@pytest.mark.parametrize("text", ["=1+1", "+8a", "-a.b", "@x", "＝1", "＠x", "'=x", "''-y"])
def test_a_text_that_a_spreadsheet_would_run_is_marked_in_a_csv_and_reads_back(text: str) -> None:
    data = write_zip({"t.csv": [("a", "b"), (text, "-20")]})
    with ZipFile(BytesIO(data)) as archive:
        assert archive.read("t.csv").decode("utf-8-sig").splitlines()[1] == f"'{text},-20", "a number is none"
    back, problems = read(data)
    assert problems == [] and back["t.csv"].rows[1][1] == (text, "-20")


def test_a_zip_is_what_excel_opens_with_its_characters_right() -> None:
    with ZipFile(BytesIO(write_zip({"t.csv": [("数",)]}))) as archive:
        assert archive.read("t.csv").startswith(b"\xef\xbb\xbf")


# --- what a cell says
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13.8, "13.8"),
        (13.799999999999999, "13.8"),
        (100, "100"),
        (100.0, "100"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        (date(2022, 6, 30), "2022-06-30"),
        (datetime(2022, 6, 30, 8, 5), "2022-06-30T08:05:00"),
        (time(8, 5), "08:05:00"),
        ("  text ", "text"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_a_cell_is_read_as_it_is_seen(value: object, text: str) -> None:
    sheets, problems = read(workbook(("id", "value"), ("a", value)))
    assert problems == []
    assert sheets["figures.csv"].rows[1] == (2, ("a", text))


@pytest.mark.parametrize(
    ("number_format", "text"),
    [("0.0%", "13.8%"), ("0%", "13.8%"), ('0.0" %"', "0.138"), ("0.0\\%", "0.138"), ("0.0", "0.138")],
)
def test_a_percentage_is_read_as_the_text_that_is_seen_and_never_as_a_hundredth(
    number_format: str, text: str
) -> None:
    sheets, _ = read(
        workbook(
            ("id", "value"),
            ("a", 0.138),
            change=lambda sheet: setattr(sheet["B2"], "number_format", number_format),
        )
    )
    assert sheets["figures.csv"].rows[1][1][1] == text


def test_formulas_and_errors_are_named_with_sheet_row_and_column_and_never_worked_out() -> None:
    def change(sheet) -> None:
        sheet["C3"] = ArrayFormula("C3:C4", "=SUM(B2:B3)")

    data = workbook(("id", "value", ""), ("a", "=6*9", ""), ("b", "#REF!", ""), change=change)
    sheets, problems = read(data)
    assert [(problem.kind, problem.place, problem.found) for problem in problems] == [
        ("formula", "figures.csv row 2 column value", "=6*9"),
        ("cell_error", "figures.csv row 3 column value", "#REF!"),
        ("formula", "figures.csv row 3 column C", "=SUM(B2:B3)"),
    ]
    assert "54" not in str(sheets)


def test_a_formulas_value_that_excel_has_kept_is_not_used_either() -> None:
    data = workbook(("id", "value"), ("a", "=6*9"))
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = (
        members["xl/worksheets/sheet1.xml"].replace(b"<v></v>", b"<v>54</v>").replace(b"<v />", b"<v>54</v>")
    )
    assert b"<v>54</v>" in members["xl/worksheets/sheet1.xml"]
    sheets, problems = read(zipped(members))
    assert [problem.kind for problem in problems] == ["formula"] and "54" not in str(sheets)


def test_blank_rows_and_columns_are_passed_over_and_rows_keep_their_numbers() -> None:
    sheets, problems = read(workbook((), ("id", "value", "", ""), (), ("a", None), ("b", 2, None, "")))
    assert problems == []
    assert sheets["figures.csv"].rows == ((2, ("id", "value")), (4, ("a", "")), (5, ("b", "2")))


# --- limits
# ----------------------------------------------------------------------------------------------------------


def rows_of_numbers(count: int) -> bytes:
    return "\n".join(["id", *map(str, range(count))]).encode()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"x" * (spreadsheets.MOST_BYTES + 1), ["file", "2097153 bytes", "at most 2097152 bytes"]),
        (
            zipped({"figures.csv": b"0" * (spreadsheets.MOST_EXPANDED + 1)}),
            ["20971521 bytes when unpacked", "at most 20971520"],
        ),
        (
            zipped({f"{n}.csv": b"id" for n in range(spreadsheets.MOST_MEMBERS + 1)}),
            ["101 packed files", "at most 100"],
        ),
        (
            write_workbook({f"{n}.csv": [("id",)] for n in range(MOST_SHEETS + 1)}),
            ["21 sheets", "at most 20"],
        ),
        (
            zipped({"figures.csv": rows_of_numbers(spreadsheets.MOST_ROWS)}),
            ["figures.csv", "more than 10000 rows", "at most 10000 rows"],
        ),
        (
            write_workbook({"figures.csv": [("1",)] * (spreadsheets.MOST_ROWS + 1)}),
            ["figures.csv", "at most 10000 rows"],
        ),
        (zipped({"figures.csv": b",".join([b"c"] * 51)}), ["figures.csv", "51 columns", "at most 50"]),
        (workbook(("c",) * 51), ["figures.csv", "51 columns", "at most 50"]),
        (
            zipped({"figures.csv": b"id,value\na," + b"x" * 2001}),
            ["figures.csv row 2 column value", "2001 characters", "2000"],
        ),
        (
            workbook(("id", "value"), ("a", "x" * 2001)),
            ["figures.csv row 2 column value", "2001 characters", "2000"],
        ),
        (
            zipped({"figures.csv": b"a," * 2**19}),
            ["figures.csv row 1", "524289 columns", "at most 50 columns"],
        ),
        (
            zipped({"figures.csv": b"\n" * 2**20}),
            ["figures.csv", "more than 10000 rows", "at most 10000 rows"],
        ),
        (
            zipped(
                {"[Content_Types].xml": b"<a/>", "xl/worksheets/sheet1.xml": b"<a>%s</a>" % (b"<c/>" * 2**20)}
            ),
            ["file", "more than 400000 tags", "at most 400000 tags"],
        ),
        (
            zipped({"[Content_Types].xml": b"<a>%s</a>" % (b"<b/>" * 2**17)}),
            ["file", "more than 60000 styles and names", "at most 60000"],
        ),
        (workbook(*[("=1",)] * (spreadsheets.MOST_FAULTS + 2)), ["more than 2000 faults"]),
    ],
)
def test_each_limit_is_named(data: bytes, named: list[str]) -> None:
    said = faults_of(data)[-1]
    for part in (*named, "too large"):
        assert part in said, said


def test_a_sheet_that_is_as_large_as_allowed_is_read() -> None:
    sheets, problems = read(zipped({"figures.csv": rows_of_numbers(spreadsheets.MOST_ROWS - 1)}))
    assert problems == [] and len(sheets["figures.csv"].rows) == spreadsheets.MOST_ROWS


def test_a_row_far_below_the_others_is_named_and_not_walked_to() -> None:
    data = workbook(("id",), change=lambda sheet: setattr(sheet["A1048576"], "value", "far"))
    assert "at most 10000 rows" in faults_of(data)[0]


def test_a_zip_bomb_is_refused_by_its_directory_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"xl/worksheets/sheet1.xml": b"0" * (25 * 2**20), "[Content_Types].xml": b""})
    assert len(bomb) < 100_000
    monkeypatch.setattr(ZipFile, "open", lambda *_: pytest.fail("a member was read"))
    assert "26214400 bytes when unpacked" in faults_of(bomb)[0]


def test_a_directory_that_lies_about_a_size_unpacks_no_more_than_it_says() -> None:
    honest = zipped({"figures.csv": b"id\n" * 2**20})
    size = struct.pack("<L", 3 * 2**20)
    at = honest.rindex(size)
    said = faults_of(honest[:at] + struct.pack("<L", 6) + honest[at + 4 :])
    assert len(said) == 1 and said[0].startswith("figures.csv: another kind of file, or a damaged one")


@pytest.mark.parametrize("claimed", ["A1:A1", "A1:XFD1048576"])
def test_a_size_that_a_workbook_claims_for_itself_is_not_believed(claimed: str) -> None:
    data = workbook(("id", "value"), ("a", 1))
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].replace(
        b"A1:B2", claimed.encode()
    )
    assert claimed.encode() in members["xl/worksheets/sheet1.xml"]
    sheets, problems = read(zipped(members))
    assert problems == [] and sheets["figures.csv"].rows[1] == (2, ("a", "1"))


# --- files that are none
# ---------------------------------------------------------------------------------------------

LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"]
)
def test_a_workbook_that_declares_entities_is_refused(part: str, encoding: str) -> None:
    with ZipFile(BytesIO(workbook(("id",)))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    declared = LAUGHS.decode().replace("?>", f' encoding="{encoding}"?>', 1)
    members[part] = declared.encode(encoding)
    sheets, problems = read(zipped(members))
    assert not sheets and problems[0].found == "a document type that is declared (DOCTYPE)"


def test_a_file_with_a_password_is_named() -> None:
    data = bytearray(zipped({"figures.csv": b"id"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "password" in faults_of(bytes(data))[0]
    assert (
        "old .xls workbook, or one with a password"
        in faults_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)[0]
    )


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (
            b"",
            ["file", "another kind of file, or a damaged one", "a workbook (.xlsx), or a zip of CSV files"],
        ),
        (b"id,value\na,1\n", ["a single text file", "a workbook (.xlsx), or a zip of CSV files"]),
        (b"<html><table><tr><td>id", ["a web page (HTML)", "a workbook (.xlsx), or a zip of CSV files"]),
        (b"\xff\xff\xff", ["another kind of file, or a damaged one"]),
        (zipped({"figures.csv": b"id"}, ZIP_LZMA), ["packed in an unusual way", "deflated"]),
        (zipped({"[Content_Types].xml": b"<a/>"}), ["file", "a workbook (.xlsx) that Excel or WPS opens"]),
        (zipped({"../figures.csv": b"id"}), ["../figures.csv", "no folder"]),
        (zipped({"/figures.csv": b"id"}), ["/figures.csv", "no folder"]),
        (zipped({"..\\figures.csv": b"id"}), ["..\\figures.csv", "no folder"]),
        (zipped({"C:figures.csv": b"id"}), ["C:figures.csv", "no folder"]),
        (zipped({"edition/": b""}), ["edition/", "no folder"]),
        (zipped({"notes.txt": b""}), ["notes.txt", "names that end in .csv"]),
        (zipped({"figures.csv": b"\xff\xff"}), ["figures.csv", "not in UTF-8, UTF-16", "CSV in UTF-8"]),
        (zipped({"figures.csv": b'id\n"a'}), ["figures.csv row 2", "comma-separated"]),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_is_accepted(data: bytes, named: list[str]) -> None:
    (said,) = faults_of(data)
    for part in named:
        assert part.replace("CSV in UTF-8", "CSV file in UTF-8") in said, said


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_packed_twice_is_named() -> None:
    with ZipFile(out := BytesIO(), "w") as archive:
        archive.writestr("figures.csv", "id")
        archive.writestr("figures.csv", "id\n1")
    assert "figures.csv: given more than once" in faults_of(out.getvalue())[0]


def test_every_fault_of_a_file_is_named_at_once() -> None:
    said = faults_of(
        zipped({"a/b.csv": b"", "figures.csv": b"\xff", "levers.csv": b"id\n" + b"x" * 2001, "n.txt": b""})
    )
    assert [line.split(":")[0] for line in said] == [
        "file",
        "figures.csv",
        "levers.csv row 2 column id",
        "file",
    ]


WHOLE = [write(tables_in(FOLDERS[1])) for write in (write_workbook, write_zip)]
changes = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=12)


@given(st.sampled_from(WHOLE), changes, st.integers(0, 400))
@pytest.mark.filterwarnings("ignore")
def test_a_spoilt_file_never_raises(whole: bytes, changed: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(whole)
    for at, byte in changed:
        data[at % len(data)] = byte
    sheets, problems = read(bytes(data[cut // 2 : len(data) - cut // 3]))
    assert sheets or problems


@given(st.integers(0, 30), changes)
@pytest.mark.filterwarnings("ignore")
def test_spoilt_xml_inside_a_whole_workbook_never_raises(member: int, changed: list[tuple[int, int]]) -> None:
    with ZipFile(BytesIO(WHOLE[0])) as archive:
        members = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    spoilt = members[list(members)[member % len(members)]]
    for at, byte in changed:
        spoilt[at % len(spoilt)] = byte
    sheets, problems = read(zipped({name: bytes(content) for name, content in members.items()}))
    assert sheets or problems


@given(st.binary(max_size=300))
def test_noise_never_raises(data: bytes) -> None:
    for one in (
        data,
        b"PK\x03\x04" + data,
        zipped({"figures.csv": data}),
        zipped({"[Content_Types].xml": data}),
    ):
        for reader in (read_file, read_workbook, read_zip):
            reader(one, Faults())


def test_numbers_beyond_what_a_float_holds_are_named() -> None:
    with pytest.raises(Exception, match="cell_error"):
        number_text(float("inf"))


# --- one's own files, read with the standard library alone
# ------------------------------------------------------------------------------------------------------


def both_ways(data: bytes, folder: Path, name: str = "own.xlsx") -> tuple[dict[str, Sheet], list[Problem]]:
    """What the reader of the command line finds, which is what the page's finds."""
    (folder / name).write_bytes(data)
    faults = Faults()
    found = tables_in_file(folder / name, faults)
    assert (found, faults.problems) == read(data)
    return found, faults.problems


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("write", [write_workbook, write_zip])
def test_the_command_line_reads_a_file_as_the_page_does(
    folder: Path, write: Callable[[Tables], bytes], tmp_path: Path
) -> None:
    found, problems = both_ways(write(tables_in(folder)), tmp_path)
    assert problems == [] and digest_of(found) == digest_of(sheets_in(folder, Faults()))


def test_the_command_line_reads_every_kind_of_cell_as_the_page_does(tmp_path: Path) -> None:
    formats = [
        "General",
        "0.0%",
        "0.00",
        "@",
        '0"户"',
        "#,##0",
        "0.0,",
        '0"万"',
        "yyyy-mm-dd",
        "[h]:mm",
        "# ?/?",
    ]

    def change(sheet) -> None:
        for line, number_format in enumerate(formats, start=2):
            sheet.cell(line, 2).number_format = number_format
        sheet.cell(20, 4).value = "behind blanks"
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[3].hidden = True

    values = [0.138, 92925.0, -20, 1e-7, 1e16]
    rows = [
        (f"r{n}", values[n % len(values)] if n not in (8, 9) else 44742 if n == 8 else 0.5, "")
        for n in range(len(formats))
    ]
    kinds = [
        True,
        date(2022, 6, 30),
        datetime(2022, 6, 30, 8, 5),
        time(8, 5),
        "  text ",
        "a\r\nb",
        "=6*9",
        "#REF!",
        "",
    ]
    more = [(f"k{n}", kind, "") for n, kind in enumerate(kinds)]
    data = workbook(("id", "value", "note"), *rows, *more, change=change)
    _, problems = both_ways(data, tmp_path)
    assert {problem.kind for problem in problems} == {"formula", "cell_error", "scaled", "hidden"}


def test_a_file_that_is_none_is_one_named_fault(tmp_path: Path) -> None:
    for name, data in {
        "a.xlsx": b"no workbook",
        "b.zip": zipped({"[Content_Types].xml": b"<broken"}),
        "c.xlsx": zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<!DOCTYPE a><a/>"}),
        "d.zip": zipped({"figures.csv": b"id" + b" " * (21 * 2**20)}),
    }.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(BadInput) as bad:
            load_edition(tmp_path / name)
        assert bad.value.problems[0].place == name, name


@given(st.lists(st.lists(texts, min_size=3, max_size=3).map(tuple), max_size=6))
def test_any_text_comes_back_by_either_reader(rows: list[tuple[str, ...]]) -> None:
    kept = [("a", "b", "c"), *(row for row in rows if any(row))]
    with TemporaryDirectory() as folder:
        for write in (write_workbook, write_zip):
            found, problems = both_ways(write({"t.csv": kept}), Path(folder))
            assert problems == [] and [cells for _, cells in found["t.csv"].rows] == kept
