"""How does a file from a spreadsheet become tables of text, and tables a file?  Workbooks (.xlsx)
and zips of CSV files.

A file is a stranger's: its size is checked before anything in it is read, nothing in it is run, and every
fault is kept with its sheet, row and column. Reading never raises; what could not be read is left out and
named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hdmodel.problems import BadInput, Faults, Phrase, Place, Problem
from hdmodel.reading.cells import Refused, number_text, shown_number
from hdmodel.reading.files import GUIDE
from hdmodel.reading.tables import Limits, Sheet, cell_text, csv_file, sheet_of, sheet_of_bytes
from ui.files.file_kinds import as_found, kind_of
from ui.files.read_apart import apart
from ui.files.workbook_parts import MOST_EXPANDED, Disordered, SheetFacts, TooMuch, parts_of, read_within

MOST_BYTES = 2 * 2**20
MOST_MEMBERS = 100  # files in a zip; a workbook is a zip, too
MOST_ROWS = 10_000  # blank ones count: whoever looks for the last row walks over them
MOST_COLUMNS = 50
MOST_LETTERS = 2_000  # in a cell
MOST_LETTERS_OF_SHEET = 5_000_000  # a text that many cells share is one in the file, and many once it is read
MOST_FAULTS = 2_000  # of a file; then it is no longer read
FILE = "file"  # the name faults call the whole file by
_SUFFIX = ".csv"
_WORKBOOK = "[Content_Types].xml"  # what every workbook has in it
_WIDEST, _NARROWEST = 60, 8
_HEADER = PatternFill("solid", fgColor="E4ECEB")
# what Excel would take for a number or a formula when it is typed again
_MISTAKABLE = re.compile(r"[=+\-@0-9.].*", re.DOTALL)
CSV_LIMITS = Limits(rows=MOST_ROWS, columns=MOST_COLUMNS)
_FILE_ACCEPTED = Phrase("wanted.file")
_ROWS_ACCEPTED = Phrase("wanted.most_rows", most=MOST_ROWS)
_COLUMNS_ACCEPTED = Phrase("wanted.most_columns", most=MOST_COLUMNS)
_SHOW_OR_DELETE = Phrase("wanted.visible")
_MOST_NAMED = 10  # hidden rows
_LETTERS_ACCEPTED = Phrase("wanted.most_letters", most=MOST_LETTERS)


def read_file(data: bytes, faults: Faults) -> dict[str, Sheet]:
    """The tables of a workbook or of a zip of CSV files, whatever the file is called; by name,
    as figures.csv.
    """
    if not (is_small_enough(data, faults) and _is_of_editions(data, faults)):
        return {}
    archive = opened(data, faults)
    if archive is None:
        return {}
    return read_workbook(data, faults) if _WORKBOOK in archive.namelist() else read_zip(data, faults)


def read_apart(data: bytes, faults: Faults) -> dict[str, Sheet]:
    """The same, read in a process of its own with limits."""
    try:
        sheets, problems = apart(FILE, _read, data)
    except BadInput as bad:
        sheets, problems = {}, bad.problems
    faults.problems += problems
    return sheets


def _read(data: bytes) -> tuple[dict[str, Sheet], tuple[Problem, ...]]:
    faults = Faults()
    return read_file(data, faults), tuple(faults.problems)


def read_workbook(data: bytes, faults: Faults) -> dict[str, Sheet]:
    """The sheets of a workbook, each under the name of the CSV file it stands for;
    no formula's value is used.
    """
    book = open_workbook(data, faults)
    if book is None:
        return {}
    tables = {title: facts for title, facts in book.facts.items() if title != GUIDE}
    sheets = {f"{title}{_SUFFIX}": book.sheet(title, faults) for title in tables}
    for title, facts in tables.items():
        check_nothing_is_hidden(sheets[f"{title}{_SUFFIX}"] or f"{title}{_SUFFIX}", facts, faults)
    return {name: sheet for name, sheet in sheets.items() if sheet is not None}


@dataclass(frozen=True)
class Book:
    """An opened workbook: what is known of each of its sheets by title,
    and the cells of one when they are asked for.
    """

    workbook: Workbook
    facts: Mapping[str, SheetFacts]
    data: bytes

    def sheet(self, title: str, faults: Faults) -> Sheet | None:
        """A sheet's cells as text; `None` where it cannot be read, and says why."""
        return _sheet(self.workbook[title], f"{title}{_SUFFIX}", faults)

    def sheet_with_values(self, title: str, faults: Faults) -> tuple[Sheet | None, tuple[int, ...]]:
        """The same with what its formulas last came to, and the rows that have any; one without a value is
        named.
        """
        values = load_workbook(BytesIO(self.data), read_only=True, data_only=True, keep_links=False)[title]
        values.reset_dimensions()
        computed = _Computed(values.iter_rows())
        return _sheet(self.workbook[title], f"{title}{_SUFFIX}", faults, computed), tuple(
            sorted(computed.lines)
        )


class _Computed:
    """What the formulas of a sheet last came to, row by row, and the lines in which one was asked for."""

    def __init__(self, rows: Iterator[tuple[ReadOnlyCell | EmptyCell, ...]]) -> None:
        self._rows, self._row = rows, ()
        self.lines: set[int] = set()

    def go_on(self) -> None:
        """To the next row."""
        self._row = next(self._rows, ())

    def at(self, line: int, place: int) -> ReadOnlyCell | EmptyCell | None:
        """The value of a formula; `None` where the file holds none."""
        self.lines.add(line)
        cell = self._row[place] if place < len(self._row) else None
        is_computed = cell is not None and (cell.value not in (None, "") or _is_text(cell))
        return cell if is_computed else None


def _is_text(cell: ReadOnlyCell | EmptyCell) -> bool:
    """Whether a formula came to a text, of which a blank one has no value."""
    return getattr(cell, "data_type", "") == "str"


def open_workbook(data: bytes, faults: Faults) -> Book | None:
    """A workbook whose parts keep the limits; `None` for any other, which is named."""
    archive = opened(data, faults)
    if archive is None:
        return None
    try:
        parts = parts_of(archive)
        workbook = load_workbook(BytesIO(parts.data), read_only=True, data_only=False, keep_links=False)
    except TooMuch as much:
        faults.add("too_large", FILE, much.found, much.wanted)
        return None
    except Exception as error:  # openpyxl raises whatever a broken file leads it to
        faults.add("malformed", FILE, _why(error), Phrase("wanted.workbook"))
        return None
    if not workbook.sheetnames:
        faults.add("malformed", FILE, Phrase("found.none"), Phrase("wanted.workbook"))
    facts = {title: parts.sheets.get(title, SheetFacts()) for title in workbook.sheetnames}
    return Book(workbook, facts, parts.data)


def check_nothing_is_hidden(sheet: Sheet | str, facts: SheetFacts, faults: Faults) -> None:
    """Rows or columns that are hidden, by hand or by a filter: either reading could be meant,
    so neither is taken. Columns behind the last that holds anything are not asked about.
    """
    name, width = (sheet, None) if isinstance(sheet, str) else (sheet.name, _width_of(sheet))
    if facts.hidden_rows:
        rows = ", ".join(map(str, facts.hidden_rows[:_MOST_NAMED])) + (
            " …" if len(facts.hidden_rows) > _MOST_NAMED else ""
        )
        faults.add("hidden", name, Phrase("found.hidden_rows", places=rows), _SHOW_OR_DELETE)
    hidden = [(low, high) for low, high in facts.hidden_columns if width is None or low <= width]
    if hidden:
        columns = ", ".join(_letters(low, high) for low, high in hidden[:_MOST_NAMED])
        faults.add("hidden", name, Phrase("found.hidden_columns", places=columns), _SHOW_OR_DELETE)


def _width_of(sheet: Sheet) -> int:
    """The last column that holds something, from 1."""
    return max((at for _, cells in sheet.rows for at, cell in enumerate(cells, start=1) if cell), default=0)


def _letters(low: int, high: int) -> str:
    first, last = (get_column_letter(min(max(column, 1), 16_384)) for column in (low, high))
    return first if first == last else f"{first}–{last}"


def read_zip(data: bytes, faults: Faults) -> dict[str, Sheet]:
    """The CSV files of a zip."""
    archive = opened(data, faults)
    if archive is None:
        return {}
    sheets: dict[str, Sheet] = {}
    left = MOST_EXPANDED
    for member in archive.infolist():
        written = _bytes_of_member(archive, member, left, faults)
        left -= len(written or b"")
        sheet = None if written is None else _sheet_of_member(member.filename, written, faults)
        if sheet is not None:
            sheets[member.filename] = sheet
    return sheets


def write_workbook(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook with one sheet for each table (figures.csv becomes figures);
    every cell reads back to the same text.
    """
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
            archive.writestr(ZipInfo(name), csv_file(cells for _, cells in sheet.rows), ZIP_DEFLATED)
    return out.getvalue()


# --- the file as a whole
# ---------------------------------------------------------------------------------------------


def is_small_enough(data: bytes, faults: Faults) -> bool:
    """Whether a file is of a size to be read; one that is not is named."""
    if len(data) > MOST_BYTES:
        faults.add(
            "too_large",
            FILE,
            Phrase("found.bytes", count=len(data)),
            Phrase("wanted.most_bytes", most=MOST_BYTES),
        )
    return len(data) <= MOST_BYTES


def opened(data: bytes, faults: Faults) -> ZipFile | None:
    """The zip that the file is, once its directory says that it is of a size to be read."""
    if not is_small_enough(data, faults):
        return None
    try:
        archive = ZipFile(BytesIO(data))
    except Exception as error:  # a broken directory can lead zipfile anywhere
        faults.add("malformed", FILE, _why(error), _FILE_ACCEPTED)
        return None
    before = len(faults.problems)
    _check_members(archive.infolist(), faults)
    return archive if len(faults.problems) == before else None


def _is_of_editions(data: bytes, faults: Faults) -> bool:
    """Whether a file may be an edition's by its kind; one that cannot is named."""
    kind = kind_of(data)
    if kind in ("zip", "other"):
        return True
    may_be_locked = kind == "old_workbook"
    faults.add(
        "malformed", FILE, as_found(kind), Phrase("wanted.open_file") if may_be_locked else _FILE_ACCEPTED
    )
    return False


def _check_members(members: Sequence[ZipInfo], faults: Faults) -> None:
    expanded = sum(member.file_size for member in members)
    if expanded > MOST_EXPANDED:
        faults.add(
            "too_large",
            FILE,
            Phrase("found.unpacked", count=expanded),
            Phrase("wanted.most_unpacked", most=MOST_EXPANDED),
        )
    if len(members) > MOST_MEMBERS:
        faults.add(
            "too_large",
            FILE,
            Phrase("found.packed", count=len(members)),
            Phrase("wanted.most_packed", most=MOST_MEMBERS),
        )
    if any(member.flag_bits & 1 for member in members):
        faults.add("malformed", FILE, Phrase("found.locked"), Phrase("wanted.open_file"))
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        faults.add("malformed", FILE, Phrase("found.unusual"), Phrase("wanted.ordinary_zip"))
    for name, times in Counter(member.filename for member in members).items():
        if times > 1:
            faults.add("duplicate", FILE, name, Phrase("wanted.once"))


def _why(error: Exception) -> Phrase:
    """What is wrong with a broken file: a library's own words are no help to who made it."""
    return error.found if isinstance(error, Disordered) else Phrase("found.damaged")


# --- a zip of CSV files
# ----------------------------------------------------------------------------------------------


def _bytes_of_member(archive: ZipFile, member: ZipInfo, left: int, faults: Faults) -> bytes | None:
    """A packed file, in pieces up to the limit: its directory may lie about its size."""
    name = member.filename
    if re.search(r"[/\\:]", name):
        faults.add("malformed", FILE, name, Phrase("wanted.no_folder"))
    elif not name.endswith(_SUFFIX):
        faults.add("unknown_name", FILE, name, Phrase("wanted.csv_names"))
    else:
        try:
            return read_within(archive, member, left)
        except TooMuch as much:
            faults.add("too_large", FILE, much.found, much.wanted)
        except Exception as error:  # a broken member can lead zipfile anywhere
            faults.add("malformed", name, _why(error), Phrase("wanted.whole_member"))
    return None


def _sheet_of_member(name: str, written: bytes, faults: Faults) -> Sheet | None:
    if len(written) > MOST_BYTES:
        faults.add(
            "too_large",
            name,
            Phrase("found.bytes", count=len(written)),
            Phrase("wanted.most_bytes", most=MOST_BYTES),
        )
        return None
    sheet = sheet_of_bytes(name, written, faults, CSV_LIMITS)
    return None if sheet is None else within_limits(sheet, faults)


def within_limits(sheet: Sheet, faults: Faults) -> Sheet | None:
    """The sheet, unless it is too long or too wide; a cell with too many letters is named and stays."""
    if sheet.rows and sheet.rows[-1][0] > MOST_ROWS:
        faults.add("too_large", sheet.name, Phrase("found.rows", count=sheet.rows[-1][0]), _ROWS_ACCEPTED)
        return None
    widest = max((len(cells) for _, cells in sheet.rows), default=0)
    if widest > MOST_COLUMNS:
        faults.add("too_large", sheet.name, Phrase("found.columns", count=widest), _COLUMNS_ACCEPTED)
        return None
    header = sheet.rows[0][1] if sheet.rows else ()
    for line, cells in sheet.rows:
        for position, cell in enumerate(cells):
            if len(cell) > MOST_LETTERS:
                faults.add(
                    "too_large", place_of_cell(sheet.name, line, header, position), cell, _LETTERS_ACCEPTED
                )
    return sheet


def place_of_cell(name: str, line: int, header: Sequence[str], position: int) -> Place:
    """Where a cell stands: its column by name, or by letter where it has none."""
    column = (
        header[position] if position < len(header) and header[position] else get_column_letter(position + 1)
    )
    return Place(name, line, column)


# --- a workbook
# ------------------------------------------------------------------------------------------------------


def _sheet(
    worksheet: Worksheet, name: str, faults: Faults, computed: _Computed | None = None
) -> Sheet | None:
    try:
        return within_limits(sheet_of(name, _rows(name, worksheet, faults, computed)), faults)
    except Exception as error:  # openpyxl reads a sheet when it is asked for its rows
        faults.add("malformed", name, _why(error), Phrase("wanted.sheet"))
        return None


def _rows(
    name: str, worksheet: Worksheet, faults: Faults, computed: _Computed | None
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows as text, short ones filled up with blanks, as far as the limits allow."""
    worksheet.reset_dimensions()  # what a file says of its own size need not be so
    header: tuple[str, ...] = ()
    letters = 0
    for line, cells in enumerate(worksheet.iter_rows(), start=1):
        if computed:
            computed.go_on()
        if line > MOST_ROWS:
            faults.add("too_large", name, Phrase("found.more_rows", count=MOST_ROWS), _ROWS_ACCEPTED)
            return
        width = max(
            (position for position, cell in enumerate(cells, start=1) if cell.value is not None), default=0
        )
        if width > MOST_COLUMNS:
            faults.add(
                "too_large", Place(name, line), Phrase("found.columns", count=width), _COLUMNS_ACCEPTED
            )
            return
        letters += sum(len(cell.value) for cell in cells[:width] if isinstance(cell.value, str))
        if letters > MOST_LETTERS_OF_SHEET:
            faults.add(
                "too_large",
                name,
                Phrase("found.letters_in_sheet", count=MOST_LETTERS_OF_SHEET),
                Phrase("wanted.most_letters", most=MOST_LETTERS_OF_SHEET),
            )
            return
        if len(faults.problems) > MOST_FAULTS:
            faults.add(
                "too_large", name, Phrase("found.more_faults", count=MOST_FAULTS), Phrase("wanted.fewer")
            )
            return
        texts = tuple(
            _text_of(place_of_cell(name, line, header, at), cell, faults, at, computed)
            for at, cell in enumerate(cells[:width])
        )
        header = header or texts
        yield line, texts + ("",) * (len(header) - len(texts))


def _text_of(
    place: Place, cell: ReadOnlyCell | EmptyCell, faults: Faults, at: int, computed: _Computed | None
) -> str:
    try:
        return (
            shown(cell) if computed is None or cell.data_type != "f" else _computed(place, at, computed, cell)
        )
    except Refused as refused:
        faults.add(refused.kind, place, refused.found, refused.wanted)
        return refused.found


def _computed(place: Place, at: int, computed: _Computed, cell: ReadOnlyCell) -> str:
    value = computed.at(place.row or 0, at)
    if value is None:
        raise Refused("formula_without_value", _formula(cell), Phrase("wanted.saved_in_excel"))
    return shown(value)


def _formula(cell: Cell | ReadOnlyCell | EmptyCell) -> str:
    return str(getattr(cell.value, "text", None) or cell.value)


def shown(cell: Cell | ReadOnlyCell | EmptyCell) -> str:
    """A cell's text: numbers in their shortest exact form, dates as 2022-06-30,
    a percentage as it is seen (13.8%).
    """
    value = cell.value
    if cell.data_type == "f":
        raise Refused("formula", _formula(cell), Phrase("wanted.value"))
    if cell.data_type == "e":
        raise Refused("cell_error", str(value), Phrase("wanted.number_or_text"))
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return shown_number(value, cell.number_format or "")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
    return cell_text(str(value))


def _write_sheet(worksheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Fill a sheet: its header bold and always in sight, columns as wide as what they hold."""
    for line, cells in enumerate(rows, start=1):
        for position, text in enumerate(cells, start=1):
            if text:
                _write_cell(worksheet.cell(line, position), text)
    for column in worksheet.iter_cols():
        letters = max(_width(str(cell.value or "")) for cell in column)
        worksheet.column_dimensions[column[0].column_letter].width = min(
            _WIDEST, max(_NARROWEST, letters + 2)
        )
        column[0].font, column[0].fill = Font(bold=True), _HEADER
    worksheet.freeze_panes = "B2"


def _write_cell(cell: Cell, text: str) -> None:
    """A number where it reads back to the same text; else text,
    of which Excel must not make a formula or a date.
    """
    if _reads_back(text):
        cell.value = Decimal(text)
        return
    cell.value = text
    cell.data_type = "s"
    if _MISTAKABLE.fullmatch(text):
        cell.number_format = "@"


def _reads_back(text: str) -> bool:
    return (
        re.fullmatch(r"-?[0-9]{1,16}(\.[0-9]{1,16})?", text) is not None and number_text(float(text)) == text
    )


def _width(text: str) -> int:
    """How wide a text is, in letters; a Chinese character takes two."""
    return max(
        (len(line) + sum(letter > "\u2e7f" for letter in line) for line in text.split("\n")), default=0
    )
