"""How does a file from a spreadsheet become tables of text, and tables a file?  Workbooks (.xlsx) and zips of CSV files.

A file is a stranger's: its size is checked before anything in it is read, nothing in it is run, and every fault is kept with
its sheet, row and column. Reading never raises; what could not be read is left out and named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml import DTDForbidden
from defusedxml.ElementTree import iterparse
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hdmodel.numbers import shortened
from hdmodel.tables import Faults, Sheet, cell_text, csv_of, sheet_of, sheet_of_csv

MOST_BYTES = 2 * 2**20
MOST_EXPANDED = 20 * 2**20  # bytes of all that is packed in a file
MOST_MEMBERS = 100  # files in a zip; a workbook is a zip, too
MOST_SHEETS = 20
MOST_ROWS = 10_000  # blank ones count: whoever looks for the last row walks over them
MOST_COLUMNS = 50
MOST_LETTERS = 2_000  # in a cell
MOST_COMMAS = 2 * MOST_ROWS * MOST_COLUMNS
MOST_TAGS = 1_000_000  # in a workbook's XML; a blank cell is one, a number four, and each takes a microsecond or two to read
MOST_FAULTS = 2_000  # of a file; then it is no longer read
FILE = "file"  # the name faults call the whole file by
_SUFFIX = ".csv"
_WORKBOOK = "[Content_Types].xml"  # what every workbook has in it
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and any file that Excel has protected with a password
_WIDEST, _NARROWEST = 60, 8
_HEADER = PatternFill("solid", fgColor="E4ECEB")
_MISTAKABLE = re.compile(r"[=+\-@0-9.].*", re.DOTALL)  # what Excel would take for a number or a formula when it is typed again
_FILE_ACCEPTED = "a workbook (.xlsx), or a zip of CSV files"
_ROWS_ACCEPTED = f"at most {MOST_ROWS} rows, blank ones included"
_COLUMNS_ACCEPTED = f"at most {MOST_COLUMNS} columns"
_LETTERS_ACCEPTED = f"at most {MOST_LETTERS} letters"


def read_file(data: bytes, faults: Faults) -> dict[str, Sheet]:
    """The tables of a workbook or of a zip of CSV files, whatever the file is called; by name, as figures.csv."""
    archive = _opened(data, faults)
    if archive is None:
        return {}
    return read_workbook(data, faults) if _WORKBOOK in archive.namelist() else read_zip(data, faults)


def read_workbook(data: bytes, faults: Faults) -> dict[str, Sheet]:
    """The sheets of a workbook, each under the name of the CSV file it stands for; no formula's value is used."""
    archive = _opened(data, faults)
    if archive is None:
        return {}
    try:
        tags = sum(_tags_of(archive, member) for member in archive.infolist())
        if tags > MOST_TAGS:
            faults.add("too_large", FILE, f"{tags} tags", f"at most {MOST_TAGS} tags: fewer cells, those without content deleted")
            return {}
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever a broken file leads it to
        faults.add("malformed", FILE, _said(error), "a workbook (.xlsx) that Excel or WPS opens")
        return {}
    if len(workbook.sheetnames) > MOST_SHEETS:
        faults.add("too_large", FILE, f"{len(workbook.sheetnames)} sheets", f"at most {MOST_SHEETS} sheets")
        return {}
    if not workbook.sheetnames:
        faults.add("malformed", FILE, "no such file or sheet", "a workbook (.xlsx) that Excel or WPS opens")
    sheets = {f"{title}{_SUFFIX}": _sheet(workbook, title, faults) for title in workbook.sheetnames}
    workbook.close()
    return {name: sheet for name, sheet in sheets.items() if sheet is not None}


def read_zip(data: bytes, faults: Faults) -> dict[str, Sheet]:
    """The CSV files of a zip (UTF-8, with or without a byte-order mark)."""
    archive = _opened(data, faults)
    if archive is None:
        return {}
    sheets = {member.filename: _sheet_of_member(archive, member, faults) for member in archive.infolist()}
    return {name: sheet for name, sheet in sheets.items() if sheet is not None}


def write_workbook(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook with one sheet for each table (figures.csv becomes figures); every cell reads back to the same text."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in tables.items():
        _write_sheet(workbook.create_sheet(name.removesuffix(_SUFFIX)), rows)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def write_zip(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A zip with one CSV file for each table, in UTF-8 with the mark by which Excel knows it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            sheet = sheet_of(name, ((line, tuple(cells)) for line, cells in enumerate(rows, start=1)))
            archive.writestr(ZipInfo(name), csv_of(sheet).encode("utf-8-sig"), ZIP_DEFLATED)
    return out.getvalue()


# --- the file as a whole ---------------------------------------------------------------------------------------------


def _opened(data: bytes, faults: Faults) -> ZipFile | None:
    """The zip that the file is, once its directory says that it is of a size to be read."""
    if len(data) > MOST_BYTES:
        faults.add("too_large", FILE, f"{len(data)} bytes", f"at most {MOST_BYTES} bytes")
        return None
    if data.startswith(_OLD_OFFICE):
        faults.add("malformed", FILE, "an old .xls workbook, or one with a password", f"{_FILE_ACCEPTED}, without a password")
        return None
    try:
        archive = ZipFile(BytesIO(data))
    except Exception as error:  # a broken directory can lead zipfile anywhere
        faults.add("malformed", FILE, _said(error), _FILE_ACCEPTED)
        return None
    before = len(faults.problems)
    _check_members(archive.infolist(), faults)
    return archive if len(faults.problems) == before else None


def _check_members(members: Sequence[ZipInfo], faults: Faults) -> None:
    expanded = sum(member.file_size for member in members)
    if expanded > MOST_EXPANDED:
        faults.add("too_large", FILE, f"{expanded} bytes when unpacked", f"at most {MOST_EXPANDED} bytes when unpacked")
    if len(members) > MOST_MEMBERS:
        faults.add("too_large", FILE, f"{len(members)} packed files", f"at most {MOST_MEMBERS} packed files")
    if any(member.flag_bits & 1 for member in members):
        faults.add("malformed", FILE, "protected with a password", f"{_FILE_ACCEPTED}, without a password")
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        faults.add("malformed", FILE, "packed in an unusual way", "an ordinary zip (deflated)")
    for name, times in Counter(member.filename for member in members).items():
        if times > 1:
            faults.add("duplicate", FILE, name, "each packed file once")


def _said(error: Exception) -> str:
    """What a reading library says of a broken file; that a file is no workbook at all, in words of our own."""
    if isinstance(error, BadZipFile) and "not a zip" in str(error):
        return "another kind of file, or a damaged one"
    return shortened(" ".join(f"{type(error).__name__} {error}".split()))


# --- a zip of CSV files ----------------------------------------------------------------------------------------------


def _sheet_of_member(archive: ZipFile, member: ZipInfo, faults: Faults) -> Sheet | None:
    name = member.filename
    if re.search(r"[/\\:]", name):
        faults.add("malformed", FILE, name, "packed files in no folder")
        return None
    if not name.endswith(_SUFFIX):
        faults.add("unknown_name", FILE, name, "names that end in .csv")
        return None
    text = _text(archive, member, faults)
    if text is None or _is_too_long(name, text, faults):
        return None
    sheet = sheet_of_csv(name, text, faults)
    return None if sheet is None else _within_limits(sheet, faults)


def _is_too_long(name: str, text: str, faults: Faults) -> bool:
    """Whether the rows and cells of a text, once apart, would fill the memory."""
    commas, lines = text.count(","), max(text.count("\n"), text.count("\r"))
    if commas > MOST_COMMAS:
        faults.add("too_large", name, f"{commas} commas", f"at most {MOST_COMMAS} commas")
    if lines > MOST_ROWS:
        faults.add("too_large", name, f"{lines} rows", _ROWS_ACCEPTED)
    return commas > MOST_COMMAS or lines > MOST_ROWS


def _text(archive: ZipFile, member: ZipInfo, faults: Faults) -> str | None:
    try:
        written = archive.read(member)
        return written.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = "GB18030 (GBK)" if _is_gb18030(written) else "not UTF-8"
        faults.add("malformed", member.filename, encoding, "a CSV file in UTF-8 (in Excel: save as CSV UTF-8)")
    except Exception as error:  # a broken member can lead zipfile anywhere
        faults.add("malformed", member.filename, _said(error), "a packed file that is whole")
    return None


def _is_gb18030(written: bytes) -> bool:
    """Whether it is the encoding that Excel and WPS use for CSV in China when not told otherwise."""
    try:
        written.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _within_limits(sheet: Sheet, faults: Faults) -> Sheet | None:
    """The sheet, unless it is too long or too wide; a cell with too many letters is named and stays."""
    if sheet.rows and sheet.rows[-1][0] > MOST_ROWS:
        faults.add("too_large", sheet.name, f"{sheet.rows[-1][0]} rows", _ROWS_ACCEPTED)
        return None
    widest = max((len(cells) for _, cells in sheet.rows), default=0)
    if widest > MOST_COLUMNS:
        faults.add("too_large", sheet.name, f"{widest} columns", _COLUMNS_ACCEPTED)
        return None
    header = sheet.rows[0][1] if sheet.rows else ()
    for line, cells in sheet.rows:
        for position, cell in enumerate(cells):
            if len(cell) > MOST_LETTERS:
                faults.add("too_large", _place(sheet.name, line, header, position), cell, _LETTERS_ACCEPTED)
    return sheet


def _place(name: str, line: int, header: Sequence[str], position: int) -> str:
    """Where a cell stands: its column by name, or by letter where it has none."""
    column = header[position] if position < len(header) and header[position] else get_column_letter(position + 1)
    return f"{name} row {line} column {column}"


# --- a workbook ------------------------------------------------------------------------------------------------------


class _Refused(Exception):
    """A cell that holds no text and no number: its kind of fault, what stands in it, and what is accepted."""

    def __init__(self, kind: str, value: str, accepted: str) -> None:
        super().__init__(kind, value, accepted)
        self.kind, self.value, self.accepted = kind, value, accepted


def _tags_of(archive: ZipFile, member: ZipInfo) -> int:
    """How much there is to read in a part of a workbook.

    None may declare entities, which can unfold without end; openpyxl's own reader would follow them.
    """
    content = archive.read(member)
    try:
        next(iter(iterparse(BytesIO(content), events=("start",), forbid_dtd=True)), None)
    except ParseError:
        pass  # a picture, or the printer's settings
    except DTDForbidden as error:
        raise BadZipFile(f"{member.filename} declares a document type") from error
    return content.count(b"<")


def _sheet(workbook: Workbook, title: str, faults: Faults) -> Sheet | None:
    name = f"{title}{_SUFFIX}"
    try:
        return _within_limits(sheet_of(name, _rows(name, workbook[title], faults)), faults)
    except Exception as error:  # openpyxl reads a sheet when it is asked for its rows
        faults.add("malformed", name, _said(error), "a sheet of rows and columns")
        return None


def _rows(name: str, worksheet: Worksheet, faults: Faults) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows as text, short ones filled up with blanks, as far as the limits allow."""
    worksheet.reset_dimensions()  # what a file says of its own size need not be so
    header: tuple[str, ...] = ()
    for line, cells in enumerate(worksheet.iter_rows(), start=1):
        if line > MOST_ROWS:
            faults.add("too_large", name, f"more than {MOST_ROWS} rows", _ROWS_ACCEPTED)
            return
        width = max((position for position, cell in enumerate(cells, start=1) if cell.value is not None), default=0)
        if width > MOST_COLUMNS:
            faults.add("too_large", f"{name} row {line}", f"{width} columns", _COLUMNS_ACCEPTED)
            return
        if len(faults.problems) > MOST_FAULTS:
            faults.add("too_large", name, f"more than {MOST_FAULTS} faults", "fewer: the rest has not been read")
            return
        texts = tuple(_text_of(name, line, header, cell, at, faults) for at, cell in enumerate(cells[:width]))
        header = header or texts
        yield line, texts + ("",) * (len(header) - len(texts))


def _text_of(name: str, line: int, header: tuple[str, ...], cell: ReadOnlyCell | EmptyCell, at: int, faults: Faults) -> str:
    try:
        return shown(cell)
    except _Refused as refused:
        faults.add(refused.kind, _place(name, line, header, at), refused.value, refused.accepted)
        return refused.value


def shown(cell: Cell | ReadOnlyCell | EmptyCell) -> str:
    """A cell's text: numbers in their shortest exact form, dates as 2022-06-30, a percentage as it is seen (13.8%)."""
    value = cell.value
    if cell.data_type == "f":
        raise _Refused("formula", str(getattr(value, "text", None) or value), "the value itself, not a formula")
    if cell.data_type == "e":
        raise _Refused("cell_error", str(value), "a number or a text")
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return _percentage(value) if _is_percentage(cell.number_format) else number_text(value)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
    return cell_text(str(value))


def number_text(value: float) -> str:
    """A spreadsheet's number as the shortest decimal that is it, to the fifteen digits that spreadsheets keep.

    >>> number_text(13.8), number_text(13.800000000000001), number_text(100.0), number_text(-0.0), number_text(1e16)
    ('13.8', '13.8', '100', '0', '10000000000000000')
    """
    written = Decimal(format(value, ".15g"))
    if not written.is_finite():
        raise _Refused("cell_error", str(value), "a number or a text")
    return f"{written:f}" if written else "0"


def _percentage(value: float) -> str:
    return f"{(Decimal(number_text(value)) * 100).normalize():f}%"


def _is_percentage(number_format: str) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)


def _write_sheet(worksheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Fill a sheet: its header bold and always in sight, columns as wide as what they hold."""
    for line, cells in enumerate(rows, start=1):
        for position, text in enumerate(cells, start=1):
            if text:
                _write_cell(worksheet.cell(line, position), text)
    for column in worksheet.iter_cols():
        letters = max(_width(str(cell.value or "")) for cell in column)
        worksheet.column_dimensions[column[0].column_letter].width = min(_WIDEST, max(_NARROWEST, letters + 2))
        column[0].font, column[0].fill = Font(bold=True), _HEADER
    worksheet.freeze_panes = "B2"


def _write_cell(cell: Cell, text: str) -> None:
    """A number where it reads back to the same text; else text, of which Excel must not make a formula or a date."""
    if _reads_back(text):
        cell.value = Decimal(text)
        return
    cell.value = text
    cell.data_type = "s"
    if _MISTAKABLE.fullmatch(text):
        cell.number_format = "@"


def _reads_back(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,16}(\.[0-9]{1,16})?", text) is not None and number_text(float(text)) == text


def _width(text: str) -> int:
    """How wide a text is, in letters; a Chinese character takes two."""
    return max((len(line) + sum(letter > "\u2e7f" for letter in line) for line in text.split("\n")), default=0)
