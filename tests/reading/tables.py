"""Tables of whole editions, as lists of cells."""

from __future__ import annotations

from pathlib import Path

from hdmodel.problems import Faults
from hdmodel.reading.edition import RELEASED
from hdmodel.reading.files import sheets_in
from tests.folders import INVENTED_EDITION

HAIDONG = RELEASED / "haidong-2022-h1"
FOLDERS = (HAIDONG, INVENTED_EDITION)
Tables = dict[str, list[tuple[str, ...]]]


def tables_in(folder: Path) -> Tables:
    return {name: [cells for _, cells in sheet.rows] for name, sheet in sheets_in(folder, Faults()).items()}


def changed(*changes: tuple[str, str, str, str], folder: Path = HAIDONG, id: str = "invented-own") -> Tables:
    """The tables of a folder under another id, with some cells changed: table, row's id, column and text."""
    tables = {name: [list(cells) for cells in rows] for name, rows in tables_in(folder).items()}
    for table, row, column, text in (("edition.csv", "id", "value", id), *changes):
        header, *rows = tables[table]
        next(cells for cells in rows if cells[0] == row)[header.index(column)] = text
    return {name: [tuple(cells) for cells in rows] for name, rows in tables.items()}


STRANGE_WORDS = "<b>a</b> & \"q\" 's' https://evil.example www.evil.example a@evil.example **s** [t](https://evil.example)"


def with_words(said: str) -> Tables:
    """The released tables with a text behind every name, note and reason in them."""
    tables = {name: [list(cells) for cells in rows] for name, rows in changed().items()}
    for name, (header, *rows) in tables.items():
        columns = [place for place, column in enumerate(header) if column.endswith(("_zh", "_en"))]
        for cells in rows:
            if name == "edition.csv" and cells[0].endswith(("_zh", "_en")):
                cells[1] += said
            for place in columns:
                cells[place] += said
    return {name: [tuple(cells) for cells in rows] for name, rows in tables.items()}


def and_figure(tables: Tables, id: str, value: str) -> Tables:
    """The same with one more figure, an invented amount."""
    header, *rows = tables["figures.csv"]
    cells = {"id": id, "value": value, "unit": "亿元", "tag": "illustrative", "source": rows[0][4]}
    row = tuple(cells.get(column, "invented" if column.startswith("label") else "") for column in header)
    return {**tables, "figures.csv": [header, *rows, row]}


# Projects drive two indicators of it: the investment, and outside funds, which have a target of 40.
TWO_FLOWS = and_figure(changed(), "outside_funds.target", "40")
# The same, and 40 is last year's amount of the funds on the same basis.
WITH_GROWTH = and_figure(changed(), "outside_funds.comparable_last_year", "40")
