"""What do the tables of an edition say, cell by cell?  Every fault is kept with its table, row and column.

A table is a CSV file or a sheet of a workbook; from here on nobody can tell which.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from hdmodel.numbers import read_number
from hdmodel.problems import Faults, Phrase, Place

# Letters that no spreadsheet can hold, nor any screen show.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# What a spreadsheet takes for a formula, in either width, behind marks that keep it a text.
_RUNS = re.compile("'*[=+\\-@＝＋－＠\t\r]")


@dataclass(frozen=True)
class Sheet:
    """A table as written: the name faults call it by,
    and its rows as line numbers from 1 and stripped cells of text.
    """

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Limits:
    """How much of a table is read, if it is a stranger's: rows (blank ones count), and columns in each."""

    rows: int
    columns: int


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells by column, and where it stands."""

    table: str
    line: int
    cells: dict[str, str]
    faults: Faults

    def where(self, column: str) -> Place:
        return Place(self.table, self.line, column)

    def fault(self, kind: str, column: str, accepted: str) -> None:
        """Name a fault of a cell; one that is at fault already is named once."""
        if self.is_sure(column):
            self.faults.add(kind, self.where(column), self.cells[column], accepted)

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
        if not self.cells[column]:
            return None
        try:
            return read_number(self.cells[column])
        except ValueError:
            self._no_number(column)
            return None

    def _no_number(self, column: str) -> None:
        """Name a cell that holds no number; one with a percent sign, or a percent format, with its remedy."""
        number = self.cells[column].rstrip("%％").strip()
        if number != self.cells[column] and _is_number(number):
            self.fault("percent", column, Phrase("wanted.no_percent", number=number))
        else:
            self.fault("not_a_number", column, Phrase("wanted.number_or_blank"))

    def count(self, column: str) -> int:
        """The cell as a whole number from 0."""
        number = self.number(column)
        if number is None or number < 0 or number.denominator != 1:
            self.fault("not_whole", column, Phrase("wanted.whole"))
            return 0
        return int(number)


def sheet_of_file(path: Path, faults: Faults, name: str = "") -> Sheet | None:
    """The rows of a CSV file in UTF-8, with or without a byte-order mark;
    `None` where there is nothing to be read. Faults call it by its name, or by another one.
    """
    name = name or path.name
    try:
        return sheet_of_csv(name, path.read_bytes().decode("utf-8-sig"), faults)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        faults.add("malformed", name, str(reason), Phrase("wanted.csv"))
        return None


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
    except csv.Error as error:
        faults.add("malformed", Place(name, lines.line_num), str(error), Phrase("wanted.csv_row"))
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
    """A table as CSV to take away, with no text in it that a spreadsheet would run."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(map(guarded, cells) for cells in rows)
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
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def rows_of(
    sheet: Sheet, columns: Sequence[str], faults: Faults, optional: Sequence[str] = ()
) -> Iterator[Row]:
    """The rows below a table's header, whatever the order of its columns;
    a column that may be left out is then blank.
    """
    (line, header), *rows = sheet.rows or ((1, ()),)
    left_out = dict.fromkeys(column for column in optional if column not in header)
    if sorted((*header, *left_out)) != sorted((*columns, *optional)):
        faults.add(
            "malformed",
            Place(sheet.name, line),
            ", ".join(header),
            Phrase("wanted.columns", columns=", ".join(columns)),
        )
        return
    blank = dict.fromkeys(left_out, "")
    for line, cells in rows:
        if len(cells) > len(header):
            _stray(Place(sheet.name, line), cells, header, faults)
        if len(cells) == len(header) or (len(cells) > len(header) and not cells[len(header)]):
            yield _row(Row(sheet.name, line, dict(zip(header, cells, strict=False)) | blank, faults))
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


def _row(row: Row) -> Row:
    for column, cell in row.cells.items():
        if _NOT_TEXT.search(cell):
            row.fault("malformed", column, Phrase("wanted.printable"))
    return row


def _without_blank_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
