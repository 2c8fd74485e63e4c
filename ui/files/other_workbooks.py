"""How does a .xls or .ods become tables of text?  A library reads the values of its cells; what that does not
see (hidden rows, number formats, errors) is looked up beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError

from hdmodel.problems import Faults, Phrase, Place
from hdmodel.reading.cells import Refused, shown_number
from hdmodel.reading.tables import Sheet, cell_text, sheet_of
from ui.files import old_workbooks, open_document
from ui.files.cell_marks import Locked, NotWhole, Seen, TooOld
from ui.files.file_kinds import as_found
from ui.files.spreadsheets import (
    FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    is_small_enough,
    opened,
    place_of_cell,
    within_limits,
)
from ui.files.workbook_parts import SheetFacts, TooMuch

OTHERS = ("old_workbook", "open_document")  # kinds of files


@dataclass(frozen=True)
class OtherBook:
    """An opened workbook of another kind, and what each of its sheets shows beside its values, by title."""

    workbook: CalamineWorkbook
    seen: Mapping[str, Seen]
    is_old: bool

    @property
    def facts(self) -> Mapping[str, SheetFacts]:
        """What is hidden and merged in each sheet."""
        return {title: seen.facts for title, seen in self.seen.items()}

    def sheet(self, title: str, faults: Faults) -> Sheet | None:
        """A sheet's cells as text, formulas as they were last computed; `None` where it cannot be read, and
        says why.
        """
        name, seen = f"{title}.csv", self.seen[title]
        try:
            with _library():
                values = self.workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
        except NotWhole:
            faults.add("malformed", name, Phrase("found.damaged"), Phrase("wanted.ledger_file"))
            return None
        return within_limits(sheet_of(name, _rows(name, values, seen, faults)), faults)

    def computed(self, title: str) -> tuple[int, ...]:
        """The rows that have a formula."""
        return tuple(sorted({row + 1 for row, _ in self.seen[title].formulas}))


def open_other(kind: str, data: bytes, faults: Faults) -> OtherBook | None:
    """A workbook of another kind, one of `OTHERS`; `None` for one that cannot be opened, which is named."""
    is_old = kind == OTHERS[0]
    archive = None if is_old else opened(data, faults)
    if not (is_small_enough(data, faults) if is_old else archive):
        return None
    try:
        seen = old_workbooks.seen_in(data) if archive is None else open_document.seen_in(archive)
        large = [(sheet.title, why) for sheet in seen if (why := _too_large(sheet))]
        for title, why in large:
            faults.add("too_large", f"{title}.csv", *why)
        return None if large else _with_values(data, seen, is_old)
    except TooMuch as much:
        faults.add("too_large", FILE, much.found, much.wanted)
    except Locked:
        faults.add("malformed", FILE, Phrase("found.locked"), Phrase("wanted.unlocked"))
    except TooOld:
        faults.add("malformed", FILE, as_found("excel_95"), Phrase("wanted.ledger_file"))
    except NotWhole:
        faults.add("malformed", FILE, Phrase("found.damaged"), Phrase("wanted.ledger_file"))
    return None


def _with_values(data: bytes, seen: list[Seen], is_old: bool) -> OtherBook:
    """The workbook with the values of its cells, every one of which is made as soon as it is opened."""
    with _library():
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    by_title = {sheet.title: sheet for sheet in seen}
    if not seen or [sheet.title for sheet in seen] != [sheet.name for sheet in workbook.sheets_metadata]:
        raise NotWhole("sheets")  # one of the two has read another file than the other
    return OtherBook(workbook, by_title, is_old)


@contextmanager
def _library() -> Iterator[None]:
    """What the library raises as `Locked` or `NotWhole`: a broken file leads it anywhere, and where it panics
    that is no `Exception`.
    """
    try:
        yield
    except PasswordError:
        raise Locked from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise NotWhole(type(error).__name__) from error


def _too_large(seen: Seen) -> tuple[Phrase, Phrase] | None:
    """How a sheet goes beyond the limits, if it does: the library makes every cell up to the last."""
    rows, columns = max(seen.rows, default=-1) + 1, seen.last + 1
    if rows > MOST_ROWS:
        return Phrase("found.rows", count=rows), Phrase("wanted.most_rows", most=MOST_ROWS)
    if columns > MOST_COLUMNS:
        return Phrase("found.columns", count=columns), Phrase("wanted.most_columns", most=MOST_COLUMNS)
    return None


def _rows(
    name: str, values: list[list[Any]], seen: Seen, faults: Faults
) -> Iterator[tuple[int, tuple[str, ...]]]:
    header: tuple[str, ...] = ()
    for row, cells in enumerate(values):
        texts = tuple(
            _text(place_of_cell(name, row + 1, header, at), _Cell((row, at), value, seen), faults)
            for at, value in enumerate(cells)
        )
        header = header or texts
        yield row + 1, texts


def _text(place: Place, cell: _Cell, faults: Faults) -> str:
    try:
        return cell.shown()
    except Refused as refused:
        faults.add(refused.kind, place, refused.found, refused.wanted)
        return refused.found


@dataclass(frozen=True)
class _Cell:
    """A cell: where it stands (row and column, from 0), its value, and what its sheet shows beside."""

    at: tuple[int, int]
    value: object
    seen: Seen

    def shown(self) -> str:
        """Its text, as that of a workbook of today would be; raises `Refused`."""
        if self.at in self.seen.errors:
            raise Refused("cell_error", self.seen.errors[self.at], Phrase("wanted.number_or_text"))
        if self.at in self.seen.uncomputed:
            raise Refused("formula_without_value", "=…", Phrase("wanted.saved_in_excel"))
        match value := self.value:
            case bool():
                return str(value).upper()
            case int() | float():
                return shown_number(value, self.seen.formats.get(self.at, ""))
            case datetime() if value.time() == time():
                return value.date().isoformat()
            case datetime() | date() | time():
                return value.isoformat()
        return cell_text(str(value))
