"""Which past years did somebody type or paste?  One a line: the year, its first half and its full year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hdmodel.form import Kind
from hdmodel.past_years import COLUMNS, YEARS, Year
from hdmodel.problems import Faults, Place
from hdmodel.reading.characters import number_of, plain
from hdmodel.reading.tables import percentage_in
from hdmodel.reading.text_tables import SEPARATORS, cells_of, in_text

_MOST_LINES = 500
_BLANKS, _COMMAS = r"\s+", r"\s*[,，;；、]\s*|\s+"  # between cells, where no mark is sure
_SEPARATORS = {**SEPARATORS, "、": "enumeration_comma"}  # which parts no table, but years that are typed


def read_years(text: str, kind: Kind, before: int = YEARS[1] + 1) -> tuple[Year, ...]:
    """Years as they are typed or pasted from a spreadsheet, one a line, in their order in time.

    `before` is the year that is reckoned with: only earlier ones are past.
    Cells stand apart by tabs, spaces, commas or semicolons of either width. Blank lines and a first line of
    headings are passed over. Raises `BadInput` with every fault, each with its row, column, value and what
    is accepted.

    >>> from hdmodel.form import GROWTH
    >>> [year.year for year in read_years("2019, 9.6, 8.1\\n２０２０；−1；２．５", GROWTH)]
    [2019, 2020]
    """
    faults = Faults()
    rows = [(number, _cells(line)) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(rows) > 1 and not any(map(_is_number, rows[0][1])):
        rows = rows[1:]
    if len(rows) > _MOST_LINES:
        faults.add("too_long", "text", f"{len(rows)}", f"{_MOST_LINES}")
        faults.raise_if_any()
    asked = _Asked(kind, min(before - 1, YEARS[1]))
    read = [year for number, cells in rows if (year := _year(number, cells, asked, faults))]
    _check_once(rows, faults)
    faults.raise_if_any()
    return tuple(sorted(read, key=lambda year: year.year))


def separators_in(text: str) -> tuple[str, ...]:
    """What stands between the cells of years that were typed or pasted, in a word each: anything but
    tabs, as a spreadsheet copies them, and blanks, as people type them.

    >>> separators_in("2019\\t9.6\\t8.1\\n2020 1 2"), separators_in("2019, 9.6, 8.1\\n2020；1；2")
    ((), ('comma', 'wide_semicolon'))
    """
    marks = [mark for line in text.splitlines()[:_MOST_LINES] for mark in _parts(line)[1]]
    return tuple(dict.fromkeys(_SEPARATORS[mark] for mark in marks if mark in _SEPARATORS and mark != "\t"))


def _cells(line: str) -> list[str]:
    """The cells of a line; empty ones beyond the third are what a spreadsheet copies along."""
    cells, _ = _parts(line)
    while len(cells) > len(COLUMNS) and not cells[-1]:
        cells.pop()
    return cells


def _parts(line: str) -> tuple[list[str], str]:
    """The cells of a line, and the marks that stand between them."""
    table = in_text(line, _is_year, "\t" if "\t" in line else " ")
    is_sure = table.separator != " " and not (table.may_have_decimal_commas and re.search("[,，]", line))
    if is_sure:
        return cells_of(line, table.separator), table.separator
    pattern = _between(line)
    return re.split(pattern, line.strip()), "".join(re.findall(pattern, line.strip()))


def _is_year(cells: Sequence[str]) -> bool:
    """Whether cells are those of a year: three numbers, and only blank ones behind."""
    numbers, behind = cells[: len(COLUMNS)], cells[len(COLUMNS) :]
    return len(numbers) == len(COLUMNS) and all(map(_is_number, numbers)) and not any(behind)


def _between(line: str) -> str:
    """What parts a line in which no mark is sure: commas with a blank beside them, and those of a line
    without blanks.
    """
    has_blanks = bool(re.search(r"\s", line.strip()))
    has_marks = bool(re.search(r"[;；、]|[,，]\s|\s[,，]", line))
    return _COMMAS if has_marks or not has_blanks else _BLANKS


@dataclass(frozen=True)
class _Asked:
    """What years are asked for: of which kind, and the last one that is past."""

    kind: Kind
    last: int


def _year(number: int, cells: list[str], asked: _Asked, faults: Faults) -> Year | None:
    """One line's year, `None` with its faults noted."""
    if len(cells) > len(COLUMNS):
        faults.add("malformed", Place("", number), " | ".join(cells), f"{len(COLUMNS)}")
        return None
    cells = cells + [""] * (len(COLUMNS) - len(cells))
    faults_before = len(faults.problems)
    kind = asked.kind
    year = _calendar_year(_Cell(Place("", number, "year"), cells[0], faults), asked.last)
    h1, full_year = (
        _value(_Cell(Place("", number, name), cell, faults), kind)
        for name, cell in zip(COLUMNS[1:], cells[1:], strict=True)
    )
    if kind.is_sum and h1 is not None and full_year is not None and full_year < h1:
        faults.add("below_h1", Place("", number, "full_year"), cells[2], cells[1])
    if len(faults.problems) > faults_before or year is None or h1 is None or full_year is None:
        return None
    return Year(year, h1, full_year)


@dataclass(frozen=True)
class _Cell:
    """What stands in a place, and the list of what is wrong with it."""

    place: Place
    text: str
    faults: Faults

    def fault(self, kind: str, accepted: str) -> None:
        self.faults.add(kind, self.place, self.text, accepted)


def _calendar_year(cell: _Cell, last: int) -> int | None:
    accepted = f"{YEARS[0]}…{last}"
    year = _number(cell, cell.text.strip().removesuffix("年"), accepted)
    if year is None:
        return None
    if year.denominator != 1:
        cell.fault("not_whole", accepted)
    elif not YEARS[0] <= year <= last:
        cell.fault("out_of_range", accepted)
    else:
        return int(year)
    return None


def _value(cell: _Cell, kind: Kind) -> Fraction | None:
    low, high = kind.limits
    accepted = f"> {low}, ≤ {high}" if kind.is_sum else f"{low}…{high}"
    value = _number(cell, cell.text if kind.is_sum else _without_percent(cell.text), accepted)
    if value is not None and (not low <= value <= high or (kind.is_sum and value == 0)):
        cell.fault("out_of_range", accepted)
        return None
    return value


def _number(cell: _Cell, written: str, accepted: str) -> Fraction | None:
    """A cell's number, with or without separators of thousands."""
    try:
        number = number_of(written)
    except ValueError:
        is_percentage = percentage_in(written) is not None
        cell.fault("percent" if is_percentage else "not_a_number", accepted)
        return None
    if number is None:
        cell.fault("missing", accepted)
    return number


def _without_percent(text: str) -> str:
    number = percentage_in(text)
    return text if number is None else number


def _is_number(cell: str) -> bool:
    try:
        return number_of(plain(cell).removesuffix("%").removesuffix("年")) is not None
    except ValueError:
        return False


def _check_once(rows: list[tuple[int, list[str]]], faults: Faults) -> None:
    """Each year once, also among lines that have another fault."""
    first: dict[Fraction, int] = {}
    for number, cells in rows:
        try:
            year = number_of(cells[0].removesuffix("年"))
        except ValueError:
            continue
        if year is not None and (seen := first.setdefault(year, number)) != number:
            faults.add("duplicate", Place("", number, "year"), cells[0], f"{seen}")
