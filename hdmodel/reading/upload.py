"""Can somebody's own tables stand in for a released edition?

They are a stranger's: bounded in size, and under a name of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from hdmodel.edition import Edition, Lever
from hdmodel.numbers import read_number
from hdmodel.problems import Faults, Phrase
from hdmodel.reading.characters import compact
from hdmodel.reading.edition import digest_of, read_edition, released_edition, released_editions
from hdmodel.reading.tables import Row, Sheet, rows_of

MOST_ROWS = {
    "figures.csv": 400,
    "indicators.csv": 30,
    "levers.csv": 120,
    "scenarios.csv": 30,
    "projects.csv": 300,
    "sources.csv": 300,
}
MOST_LETTERS_IN_ALL = 1_000_000  # a visit keeps them; the released edition has some 30,000
LARGEST = 10**12
MOST_STEPS = 10**5  # of a slider
_NUMBERS = {
    "figures.csv": ("value",),
    "levers.csv": ("default", "low", "high", "step", "joint"),
    "projects.csv": ("amount",),
}


def own_edition(sheets: Mapping[str, Sheet], faults: Faults | None = None) -> Edition:
    """Check tables that somebody has supplied; those of a released edition are that edition.

    Raises `BadInput` with every fault found, those in `faults` included.
    """
    faults = faults or Faults()
    if _is_too_long(sheets, faults):
        faults.raise_if_any()  # reading on could take as long as somebody wishes
    _check_numbers(sheets, faults)
    _check_id_is_free(sheets, faults)
    edition = read_edition(sheets, faults, _faults_of_slider)
    return released_edition(edition.id) if edition.id in released_editions() else edition


def is_released(edition: Edition) -> bool:
    """Whether an edition ships with the project, so that a link to it opens everywhere."""
    return edition.id in released_editions()


def _is_too_long(sheets: Mapping[str, Sheet], faults: Faults) -> bool:
    long = [name for name, most in MOST_ROWS.items() if name in sheets and len(sheets[name].rows) > most]
    for name in long:
        faults.add(
            "too_large",
            name,
            Phrase("found.rows", count=len(sheets[name].rows)),
            Phrase("wanted.most_records", most=MOST_ROWS[name]),
        )
    return bool(long) or _is_too_much(sheets, faults)


def _is_too_much(sheets: Mapping[str, Sheet], faults: Faults) -> bool:
    """Whether all tables together are more than a visit should keep; the longest of them is named."""
    letters = {
        name: sum(len(cell) for _, cells in sheet.rows for cell in cells) for name, sheet in sheets.items()
    }
    total = sum(letters.values())
    if total > MOST_LETTERS_IN_ALL:
        longest = max(letters, key=letters.__getitem__)
        faults.add(
            "too_large",
            longest,
            Phrase("found.letters_in_all", count=total),
            Phrase("wanted.most_letters_in_all", most=MOST_LETTERS_IN_ALL),
        )
    return total > MOST_LETTERS_IN_ALL


def _check_numbers(sheets: Mapping[str, Sheet], faults: Faults) -> None:
    """No number of a size that no figure has: a slider could not show it."""
    for name, columns in _NUMBERS.items():
        for row in _rows(sheets, name):
            for column in columns:
                if not _is_bounded(row.cells.get(column, "")):
                    faults.add(
                        "out_of_range",
                        row.where(column),
                        row.cells[column],
                        Phrase("wanted.most", most=LARGEST),
                    )


def _is_bounded(text: str) -> bool:
    try:
        return abs(read_number(text)) <= LARGEST
    except ValueError:
        return True  # a formula, or a fault that is named elsewhere


def _check_id_is_free(sheets: Mapping[str, Sheet], faults: Faults) -> None:
    """A link names an edition by its id: one that is released must open to the released figures."""
    for row in _rows(sheets, "edition.csv"):
        id = row.cells.get("value", "")
        if (
            row.cells.get("key") == "id"
            and id in released_editions()
            and released_edition(id).digest != digest_of(sheets)
        ):
            faults.add("taken", row.where("value"), id, Phrase("wanted.other_id", id=f"{id}-own"))


def _faults_of_slider(lever: Lever) -> Iterator[tuple[str, str, str]]:
    """Every lever can be drawn: its range, once worked out, can be shown,
    and a slider with whole steps begins and ends at one.
    """
    for column in ("default", "low", "high", "step"):
        value: Fraction | None = getattr(lever, column)
        if value is not None and abs(value) > LARGEST:
            yield column, "out_of_range", Phrase("wanted.most", most=LARGEST)
    if not lever.is_entry and lever.step > 0 and (lever.high - lever.low) / lever.step > MOST_STEPS:
        yield "step", "out_of_range", Phrase("wanted.steps", most=MOST_STEPS)
    if not lever.is_entry and lever.step.denominator == 1:
        for column in ("low", "high"):
            if getattr(lever, column).denominator != 1:
                yield column, "not_whole", Phrase("wanted.whole_as_step")


def _rows(sheets: Mapping[str, Sheet], name: str) -> Iterator[Row]:
    """The rows of a table, whatever its columns are: what is wrong with those is named elsewhere."""
    if name in sheets and sheets[name].rows:
        yield from rows_of(sheets[name], tuple(map(compact, sheets[name].rows[0][1])), Faults())
