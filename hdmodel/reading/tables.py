"""What do the tables of an edition say, cell by cell?  Every fault is kept with its table, row and column.

A table is a CSV file or a sheet of a workbook; from here on nobody can tell which.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from hdmodel.language.languages import LANGUAGES
from hdmodel.numbers import read_number
from hdmodel.problems import Faults, Phrase, Place
from hdmodel.reading.characters import THOUSANDS, compact, number_of, plain, value_of
from hdmodel.reading.text_tables import Manner, TextTable, in_file

# Letters that no spreadsheet can hold, nor any screen show.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_COLUMN = re.compile("[a-z][a-z0-9_]*")
_OF_TEXT = (
    *(f"_{code}" for code in LANGUAGES),
    "paragraph",
)  # how the columns of texts end, and the keys of texts

# What a spreadsheet takes for a formula, in either width, behind marks that keep it a text.
_RUNS = re.compile("'*[=+\\-@＝＋－＠\t\r]")


@dataclass(frozen=True)
class Sheet:
    """A table as written: the name faults call it by, its rows as line numbers from 1 and stripped cells of
    text, and what is not usual about the way it is written.
    """

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    manner: Manner = field(default=Manner(), compare=False)
    may_have_decimal_commas: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Limits:
    """How much of a table is read, if it is a stranger's: rows (blank ones count), and columns in each."""

    rows: int
    columns: int


@dataclass(frozen=True)
class Row:
    """One row of a table: what its cells say by column, where it stands, and the cells as they were typed."""

    table: str
    line: int
    cells: dict[str, str]
    faults: Faults
    typed: Mapping[str, str] = field(default_factory=dict)

    def where(self, column: str) -> Place:
        return Place(self.table, self.line, column)

    def fault(self, kind: str, column: str, accepted: str) -> None:
        """Name a fault of a cell; one that is at fault already is named once."""
        if self.is_sure(column):
            self.faults.add(kind, self.where(column), self.as_typed(column), accepted)

    def as_typed(self, column: str) -> str:
        """The cell as it stands in the table."""
        return self.typed.get(column, self.cells[column])

    def is_sure(self, *columns: str) -> bool:
        """Whether none of these cells has been found at fault."""
        return not any(self.faults.is_at(self.where(column)) for column in columns)

    def text(self, column: str) -> str:
        """The cell, which must not be blank."""
        if not self.cells[column]:
            self.fault("missing", column, Phrase("wanted.text"))
        return self.cells[column]

    def one_of(self, column: str, accepted: Sequence[str]) -> str:
        """The cell, which must be one of `accepted`."""
        if self.cells[column] not in accepted:
            self.fault("unknown_name", column, ", ".join(name or "blank" for name in accepted))
        return self.cells[column]

    def number(self, column: str) -> Fraction | None:
        """The cell as an exact number, `None` when it is blank."""
        try:
            return number_of(self.cells[column])
        except ValueError:
            self.no_number(column, "not_a_number", Phrase("wanted.number_or_blank"))
            return None

    def no_number(self, column: str, kind: str, wanted: Phrase) -> None:
        """Name a cell that holds no number; one with a percent sign, or a percent format, with its remedy."""
        number = percentage_in(self.cells[column])
        if number is None:
            self.fault(kind, column, wanted)
        else:
            self.fault("percent", column, Phrase("wanted.no_percent", number=number))

    def count(self, column: str) -> int:
        """The cell as a whole number from 0."""
        number = self.number(column)
        if number is None or number < 0 or number.denominator != 1:
            self.fault("not_whole", column, Phrase("wanted.whole"))
            return 0
        return int(number)


def sheet_of_file(path: Path, faults: Faults, name: str = "") -> Sheet | None:
    """The rows of a CSV file of an edition; `None` where there is nothing to be read. Faults call it by its
    name, or by another one.
    """
    name = name or path.name
    try:
        return sheet_of_bytes(name, path.read_bytes(), faults)
    except OSError as error:
        faults.add("malformed", name, str(error.strerror), Phrase("wanted.csv"))
        return None


def sheet_of_bytes(name: str, data: bytes, faults: Faults, limits: Limits | None = None) -> Sheet | None:
    """The rows of a CSV file of an edition, in whichever encoding and separator."""
    table = in_file(data, names_columns)
    if table is None:
        faults.add("malformed", name, Phrase("found.other_encoding"), Phrase("wanted.csv"))
        return None
    return sheet_of_text(name, table, faults, limits)


def sheet_of_text(name: str, table: TextTable, faults: Faults, limits: Limits | None = None) -> Sheet | None:
    """The rows of a table as text; `None` where not even its header can be read, or past the limits."""
    sheet = sheet_of_csv(name, table.text, faults, table.separator, limits)
    if sheet is None:
        return None
    return replace(sheet, manner=table.manner, may_have_decimal_commas=table.may_have_decimal_commas)


def names_columns(cells: Sequence[str]) -> bool:
    """Whether the cells of a line are the header of an edition's table."""
    return len(cells) > 1 and all(_COLUMN.fullmatch(compact(cell)) for cell in cells)


def sheet_of_csv(
    name: str, text: str, faults: Faults, delimiter: str = ",", limits: Limits | None = None
) -> Sheet | None:
    """The rows of a CSV text; as far as it can be read, `None` where not even its header can,
    or past the limits.

    It is read line by line: what is past a limit is not taken apart.
    """
    rows: list[tuple[int, tuple[str, ...]]] = []
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in lines:
            if limits and lines.line_num > limits.rows:
                faults.add(
                    "too_large",
                    name,
                    Phrase("found.more_rows", count=limits.rows),
                    Phrase("wanted.most_rows", most=limits.rows),
                )
                return None
            if limits and len(cells) > limits.columns and any(map(str.strip, cells[limits.columns :])):
                faults.add(
                    "too_large",
                    Place(name, lines.line_num),
                    Phrase("found.columns", count=len(cells)),
                    Phrase("wanted.most_columns", most=limits.columns),
                )
                return None
            kept = cells[: limits.columns] if limits else cells
            rows.append((lines.line_num, tuple(unguarded(cell_text(cell)) for cell in kept)))
    except csv.Error:
        faults.add("malformed", Place(name, lines.line_num), Phrase("found.quotes"), Phrase("wanted.csv_row"))
    return sheet_of(name, rows) if rows or not faults.name(name) else None


def sheet_of(name: str, rows: Iterable[tuple[int, tuple[str, ...]]]) -> Sheet:
    """A table without its blank rows,
    and without the blank cells that spreadsheets leave past the last column.
    """
    stripped = [(line, tuple(map(cell_text, cells))) for line, cells in rows]
    kept = [(line, cells) for line, cells in stripped if any(cells)]
    width = len(_without_blank_end(kept[0][1])) if kept else 0
    return Sheet(
        name, tuple((line, cells[:width] + _without_blank_end(cells[width:])) for line, cells in kept)
    )


def csv_of(sheet: Sheet) -> str:
    """A table as CSV: the one way of writing it, which its digest is taken of."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(cells for _, cells in sheet.rows)
    return out.getvalue()


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    r"""A table as CSV to take away, with no text in it that a spreadsheet would run, also none behind an end
    of line that Python leaves without quotes and a spreadsheet takes for the end of the row.

    >>> csv_text([["a\r=1+1", "b"]])
    '"a\n=1+1",b\n'
    """
    out = io.StringIO(newline="")
    lines = ([_with_one_line_end(guarded(cell)) for cell in cells] for cells in rows)
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def csv_file(rows: Iterable[Iterable[str]]) -> bytes:
    """The same as a file: in UTF-8 with the mark by which spreadsheets know it."""
    return csv_text(rows).encode("utf-8-sig")


def guarded(text: str) -> str:
    """A text that a spreadsheet opening a CSV file would run as a formula,
    with the mark that keeps it a text. `unguarded` takes it off again.

    >>> [guarded(text) for text in ("=1+1", "＝A1", "-20", "-a", "'=x", "a")]
    ["'=1+1", "'＝A1", '-20', "'-a", "''=x", 'a']
    """
    return f"'{text}" if _RUNS.match(text) and not _is_number(text) else text


def unguarded(text: str) -> str:
    """The text as it was before it was guarded."""
    return text[1:] if text.startswith("'") and _RUNS.match(text[1:]) else text


def _is_number(text: str) -> bool:
    try:
        read_number(text)
    except ValueError:
        return False
    return True


def cell_text(text: str) -> str:
    r"""A cell's text: without the blanks around it, and with one kind of line end.

    >>> cell_text(" a\r\nb ")
    'a\nb'
    """
    return _with_one_line_end(text).strip()


def _with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def rows_of(
    sheet: Sheet, columns: Sequence[str], faults: Faults, optional: Sequence[str] = ()
) -> Iterator[Row]:
    """The rows below a table's header, whatever the order of its columns;
    a column that may be left out is then blank.
    """
    (line, written), *rows = sheet.rows or ((1, ()),)
    header = tuple(map(compact, written))
    left_out = dict.fromkeys(column for column in optional if column not in header)
    if sorted((*header, *left_out)) != sorted((*columns, *optional)):
        faults.add(
            "malformed",
            Place(sheet.name, line),
            ", ".join(written),
            Phrase("wanted.columns", columns=", ".join(columns)),
        )
        return
    blank = dict.fromkeys(left_out, "")
    for line, cells in rows:
        if len(cells) > len(header):
            _stray(Place(sheet.name, line), cells, header, faults)
        if len(cells) == len(header) or (len(cells) > len(header) and not cells[len(header)]):
            yield _row(sheet, line, dict(zip(header, cells, strict=False)) | blank, faults)
            continue
        faults.unread.add(sheet.name)
        if len(cells) < len(header):
            faults.add(
                "malformed",
                Place(sheet.name, line),
                Phrase("found.cells", count=len(cells)),
                Phrase("wanted.cells", count=len(header)),
            )


def _stray(line: Place, cells: tuple[str, ...], header: tuple[str, ...], faults: Faults) -> None:
    """What stands to the right of a table, by its cell. Behind a blank it is a note, and the row is read all
    the same; beside the last column a comma may have moved every cell of the row.
    """
    width = len(header)
    at = next(place for place in range(width, len(cells)) if cells[place])
    column = column_letters(at + 1)
    wanted = Phrase("wanted.nothing_beside", last=column_letters(width))
    faults.add("stray", Place(line.table, line.row, column), cells[at], wanted)


def column_letters(number: int) -> str:
    """What a spreadsheet calls a column, counted from 1.

    >>> column_letters(13), column_letters(27)
    ('M', 'AA')
    """
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _row(sheet: Sheet, line: int, typed: dict[str, str], faults: Faults) -> Row:
    """A row with what its cells say: texts as they were typed, anything else whatever its width."""
    values = {column: cell if _is_text(column, typed) else value_of(cell) for column, cell in typed.items()}
    row = Row(sheet.name, line, values, faults, typed)
    for column, cell in typed.items():
        if _NOT_TEXT.search(cell):
            row.fault("malformed", column, Phrase("wanted.printable"))
        elif sheet.may_have_decimal_commas and THOUSANDS.fullmatch(plain(cell)):
            row.fault("comma_in_amount", column, Phrase("wanted.no_comma"))
    return row


def _is_text(column: str, cells: Mapping[str, str]) -> bool:
    """Whether a cell holds a text of somebody's own."""
    is_of_key = column == "value" and cells.get("key", "").endswith(_OF_TEXT)
    return column in LANGUAGES or column.endswith(_OF_TEXT) or is_of_key


def percentage_in(text: str) -> str | None:
    """The number before a percent sign; `None` for any other text.

    >>> percentage_in("1,013.8%"), percentage_in("13.8"), percentage_in("half %")
    ('1,013.8', None, None)
    """
    number = plain(text).removesuffix("%").rstrip()
    try:
        is_number = number != plain(text) and number_of(number) is not None
    except ValueError:
        return None
    return number if is_number else None


def _without_blank_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
