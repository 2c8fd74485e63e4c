"""How far did the second half move the user's own years?  Counted against what this year needs;
never a probability.

Each year is held against its own first half alone, so that amounts of two years are never compared.
A share in % is given from eight years on, with its interval; below that the count is all there is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from hdmodel import formulas as f
from hdmodel.form import Kind
from hdmodel.formulas import Number
from hdmodel.numbers import read_number
from hdmodel.problems import Faults, Place

FEWEST_FOR_A_SHARE = 8  # years
COLUMNS = ("year", "h1", "full_year")
YEARS = (1990, 2100)
# points: either rate of a year is printed to one decimal, so their difference may be off by this
ROUNDING = Fraction(1, 10)
_MOST_LINES = 500
Z = Fraction(NormalDist().inv_cdf(0.975))  # 1.96: 95 %, both sides
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_MINUS_SIGNS = str.maketrans("−–", "--")


@dataclass(frozen=True)
class Year:
    """One past year of an indicator: first half cumulative (上半年累计) and full year (全年),
    both in one unit.
    """

    year: int
    h1: Fraction
    full_year: Fraction


@dataclass(frozen=True)
class Frequency:
    """The share of years in %, and the 95 % interval that so few years leave it."""

    share: Fraction
    low: Fraction
    high: Fraction


def move(kind: Kind, h1: Number, full_year: Number) -> Number:
    """How far the second half moved the year (下半年的变动): a flow as a multiple of H1,
    a rate in percentage points.

    >>> from hdmodel.form import FLOW, GROWTH
    >>> move(GROWTH, Fraction(12), Fraction(9)), move(FLOW, Fraction(10), Fraction(24))
    (Fraction(-3, 1), Fraction(12, 5))
    """
    return f.year_over_h1(full_year, h1) if kind.is_sum else f.move_in_points(full_year, h1)


def needed(kind: Kind, h1: Number | None, target: Number | None) -> Number | None:
    """The move that lands this year on its target; `None` without a target or a first half to start from."""
    if h1 is None or target is None or (kind.is_sum and h1 == 0):
        return None
    return move(kind, h1, target)


def far_enough(kind: Kind, years: Iterable[Year], need: Fraction) -> tuple[Year, ...]:
    """The years whose second half moved at least as far as is needed now; compared unrounded."""
    return tuple(year for year in years if move(kind, year.h1, year.full_year) >= need)


def within_rounding(kind: Kind, years: Iterable[Year], need: Fraction) -> tuple[Year, ...]:
    """The years of a rate that lie so close to what is needed that the rounding of printed figures alone may
    decide.
    """
    return tuple(
        year
        for year in years
        if not kind.is_sum and abs(move(kind, year.h1, year.full_year) - need) <= ROUNDING
    )


def frequency(k: int, n: int) -> Frequency | None:
    """k of n years in % with its 95 % interval; `None` below eight years,
    where a percentage would say more than is known.

    The interval is Wilson's score interval without continuity correction (E. B. Wilson, JASA 22, 1927,
    209-212), which Brown, Cai and DasGupta (Statistical Science 16, 2001, 101-133) advise for up to 40
    observations.
    """
    if n < FEWEST_FOR_A_SHARE:
        return None
    share = f.share_of_years(Fraction(k), Fraction(n))
    low, high = (f.end_of_interval(Fraction(k), Fraction(n), Z, root) for root in roots_of(k, n))
    return Frequency(share, max(Fraction(0), min(share, low)), min(Fraction(100), max(share, high)))


def roots_of(k: int, n: int) -> tuple[Fraction, Fraction]:
    """Both roots in Wilson's interval of k of n, the negative one first, as exact as a float is."""
    root = Fraction(sqrt(f.under_root(Fraction(k), Fraction(n), Z)))
    return -root, root


# --- reading
# ---------------------------------------------------------------------------------------------------------


def read_years(text: str, kind: Kind, before: int = YEARS[1] + 1) -> tuple[Year, ...]:
    """Years as they are typed or pasted from a spreadsheet, one a line, in their order in time.

    `before` is the year that is reckoned with: only earlier ones are past.
    Cells stand apart by tabs, spaces, commas or semicolons. Blank lines and a first line of headings are
    passed over. Raises `BadInput` with every fault, each with its row, column, value and what is accepted.

    >>> from hdmodel.form import GROWTH
    >>> [year.year for year in read_years("2019, 9.6, 8.1", GROWTH)]
    [2019]
    """
    faults = Faults()
    rows = [
        (number, _cells(line))
        for number, line in enumerate(_tidy(text).splitlines(), start=1)
        if line.strip()
    ]
    if len(rows) > 1 and not any(map(_is_number, rows[0][1])):
        rows = rows[1:]
    if len(rows) > _MOST_LINES:
        faults.add("too_long", "text", f"{len(rows)}", f"{_MOST_LINES}")
        faults.raise_if_any()
    read = [year for number, cells in rows if (year := _year(number, cells, kind, faults))]
    for year in read:
        if year.year >= before:
            faults.add("out_of_range", "year", str(year.year), f"{YEARS[0]}…{before - 1}")
    _check_once(rows, faults)
    faults.raise_if_any()
    return tuple(sorted(read, key=lambda year: year.year))


def _tidy(text: str) -> str:
    """Full-width digits and signs as plain ones, and every minus sign as the one a number is read with."""
    return unicodedata.normalize("NFKC", text).translate(_MINUS_SIGNS)


def _cells(line: str) -> list[str]:
    """The cells of a line; empty ones beyond the third are what a spreadsheet copies along."""
    line = line if "\t" in line else line.strip()
    has_spaces, has_separators = bool(re.search(r"\s", line)), bool(re.search(r"[;、]|,\s|\s,", line))
    between = r"\t" if "\t" in line else r"\s*[,;、]\s*|\s+" if has_separators or not has_spaces else r"\s+"
    cells = [cell.strip() for cell in re.split(between, line)]
    while len(cells) > len(COLUMNS) and not cells[-1]:
        cells.pop()
    return cells


def _year(number: int, cells: list[str], kind: Kind, faults: Faults) -> Year | None:
    """One line's year, `None` with its faults noted."""
    if len(cells) > len(COLUMNS):
        faults.add("malformed", Place("", number), " | ".join(cells), f"{len(COLUMNS)}")
        return None
    cells = cells + [""] * (len(COLUMNS) - len(cells))
    faults_before = len(faults.problems)
    year = _calendar_year(_Cell(Place("", number, "year"), cells[0], faults))
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


def _calendar_year(cell: _Cell) -> int | None:
    accepted = f"{YEARS[0]}…{YEARS[1]}"
    year = _number(cell, cell.text.removesuffix("年").strip(), accepted)
    if year is None:
        return None
    if year.denominator != 1:
        cell.fault("not_whole", accepted)
    elif not YEARS[0] <= year <= YEARS[1]:
        cell.fault("out_of_range", accepted)
    else:
        return int(year)
    return None


def _value(cell: _Cell, kind: Kind) -> Fraction | None:
    low, high = kind.limits
    accepted = f"> {low}, ≤ {high}" if kind.is_sum else f"{low}…{high}"
    value = _number(cell, cell.text if kind.is_sum else cell.text.removesuffix("%").strip(), accepted)
    if value is not None and (not low <= value <= high or (kind.is_sum and value == 0)):
        cell.fault("out_of_range", accepted)
        return None
    return value


def _number(cell: _Cell, written: str, accepted: str) -> Fraction | None:
    """A cell's number, with or without separators of thousands."""
    if not cell.text:
        cell.fault("missing", accepted)
        return None
    try:
        return _read(written)
    except ValueError:
        cell.fault("not_a_number", accepted)
        return None


def _read(written: str) -> Fraction:
    return read_number(written.replace(",", "") if _THOUSANDS.fullmatch(written) else written)


def _is_number(cell: str) -> bool:
    try:
        _read(cell.removesuffix("%").removesuffix("年"))
    except ValueError:
        return False
    return True


def _check_once(rows: list[tuple[int, list[str]]], faults: Faults) -> None:
    """Each year once, also among lines that have another fault."""
    first: dict[Fraction, int] = {}
    for number, cells in rows:
        written = cells[0].removesuffix("年").strip()
        try:
            year = _read(written)
        except ValueError:
            continue
        if (seen := first.setdefault(year, number)) != number:
            faults.add("duplicate", Place("", number, "year"), cells[0], f"{seen}")
