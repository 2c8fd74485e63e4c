"""What does a sheet of a .xls or .ods show beside the values of its cells?  Number formats, errors, formulas,
and what is hidden or merged: what the library that reads the values does not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hdmodel.problems import Phrase
from hdmodel.reading.tables import column_letters
from ui.files.workbook_parts import MOST_MERGED, SheetFacts, TooMuch

Cell = tuple[int, int]  # row and column, from 0
MOST_SEEN: Final = 400_000  # cells of a sheet
_ROWS, _COLUMNS = 1_048_576, 16_384  # of any sheet


class NotWhole(Exception):
    """A part of a workbook that is not as it should be."""


class TooOld(Exception):
    """A workbook of Excel 95 or before: its letters are in an encoding that the reading library mistakes."""


class Locked(Exception):
    """A workbook that is protected with a password."""


@dataclass
class Seen:
    """A sheet's title and facts, and by cell what stands beside its value; `rows` are those in use, `last` is
    the last column that is.
    """

    title: str
    facts: SheetFacts = field(default_factory=SheetFacts)
    formats: dict[Cell, str] = field(default_factory=dict)
    errors: dict[Cell, str] = field(default_factory=dict)
    formulas: set[Cell] = field(default_factory=set)
    uncomputed: set[Cell] = field(default_factory=set)  # of these, those that came to nothing yet
    rows: set[int] = field(default_factory=set)
    last: int = -1
    used: int = 0

    def use(self, row: int, column: int) -> None:
        """Note that a cell holds something; raises `TooMuch` past the limit."""
        self.used += 1
        self.rows.add(row)
        self.last = max(self.last, column)
        if self.used > MOST_SEEN:
            raise TooMuch(
                Phrase("found.more_cells", count=MOST_SEEN), Phrase("wanted.most_cells", most=MOST_SEEN)
            )

    def use_many(self, first: Cell, rows: int, columns: int) -> Iterator[Cell]:
        """The same of a cell that stands for many to its right and below; gives each."""
        for row in range(first[0], first[0] + rows):
            for column in range(first[1], first[1] + columns):
                self.use(row, column)
                yield row, column

    def merge(self, first: Cell, last: Cell) -> None:
        """Note a range of merged cells; raises `TooMuch` past the limit, `NotWhole` for one of no sheet."""
        if last[0] >= _ROWS or last[1] >= _COLUMNS:
            raise NotWhole("merged cells beyond any sheet")
        ends = (f"{column_letters(column + 1)}{row + 1}" for row, column in (first, last))
        self.facts.merged.append(":".join(ends))
        if len(self.facts.merged) > MOST_MERGED:
            raise TooMuch(
                Phrase("found.more_merged", count=MOST_MERGED), Phrase("wanted.most_merged", most=MOST_MERGED)
            )
