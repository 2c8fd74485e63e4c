"""What do the tables of an edition say, cell by cell?  Every fault is kept with its file, row and column."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from hdmodel.numbers import read_number
from hdmodel.problems import BadInput, Problem


@dataclass
class Faults:
    """Collects problems while an edition is read, and raises them together."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, kind: str, where: str, value: str, accepted: str) -> None:
        self.problems.append(Problem(kind, where, value, accepted))

    def raise_if_any(self) -> None:
        """Raises `BadInput` with all that was found so far."""
        if self.problems:
            raise BadInput(self.problems)


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells by column, and where it stands."""

    file: str
    line: int
    cells: dict[str, str]
    faults: Faults

    def where(self, column: str) -> str:
        return f"{self.file} row {self.line} column {column}"

    def fault(self, kind: str, column: str, accepted: str) -> None:
        self.faults.add(kind, self.where(column), self.cells[column], accepted)

    def text(self, column: str) -> str:
        """The cell, which must not be blank."""
        if not self.cells[column]:
            self.fault("missing", column, "a text")
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
            self.fault("not_a_number", column, "a decimal number, or blank")
            return None

    def count(self, column: str) -> int:
        """The cell as a whole number from 0."""
        number = self.number(column)
        if number is None or number < 0 or number.denominator != 1:
            self.fault("not_whole", column, "a whole number from 0")
            return 0
        return int(number)


def read_table(folder: Path, file: str, columns: Sequence[str], faults: Faults) -> Iterator[Row]:
    """The rows of one CSV file (UTF-8, with or without a byte-order mark); blank lines are passed over."""
    try:
        if not (folder / file).is_file():
            raise FileNotFoundError(0, "no such file")
        text = (folder / file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        faults.add("malformed", file, str(reason), f"a CSV file in UTF-8 with columns {', '.join(columns)}")
        return
    lines = csv.reader(text.splitlines(), strict=True)
    try:
        header = next(lines, [])
        if sorted(header) != sorted(columns):
            faults.add("malformed", f"{file} row 1", ", ".join(header), f"the columns {', '.join(columns)}")
            return
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield from _row(file, lines.line_num, header, cells, faults)
    except csv.Error as error:
        faults.add("malformed", f"{file} row {lines.line_num}", str(error), "a row of comma-separated values")


def _row(file: str, line: int, header: list[str], cells: list[str], faults: Faults) -> Iterator[Row]:
    if len(cells) != len(header):
        faults.add("malformed", f"{file} row {line}", f"{len(cells)} cells", f"{len(header)} cells")
        return
    yield Row(file, line, dict(zip(header, (cell.strip() for cell in cells), strict=True)), faults)
