"""What does a copy of an edition for the next year's half-year begin with?  What was printed is emptied,
and what only stood in is flagged: both have to be looked at before it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from hdmodel.edition import Edition
from hdmodel.language.languages import IN_EDITIONS
from hdmodel.reading.new_edition import worded
from hdmodel.reading.tables import Sheet

_EMPTIED: Final = "printed"
_FLAGGED: Final = ("proxy", "illustrative")
_OF_Q3: Final = ".actual_"


def next_tables(edition: Edition, sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The tables for the year after: each printed value is blank, and so named until it is filled in; figures
    of other places and placeholders carry a note that they are of the year before; what Q3 brought is gone.
    """
    year = str(int(edition.about["year"]) + 1)
    about = _changed(sheets["edition.csv"], dict(_about(edition, year)))
    figures = sheets["figures.csv"]
    rows = tuple(_figures(figures, edition.about["year"]))
    return {**sheets, "edition.csv": about, "figures.csv": Sheet(figures.name, rows)}


def _about(edition: Edition, year: str) -> Iterator[tuple[str, str]]:
    old = edition.about["year"]
    yield "id", edition.id.replace(old, year) if old in edition.id else f"{edition.id}-{year}"
    yield from (("year", year), ("revision", "1"), ("known_through", "h1"))
    for language in IN_EDITIONS:
        yield f"known_until_{language}", worded("until", language, year=year)


def _changed(sheet: Sheet, values: Mapping[str, str]) -> Sheet:
    rows = ((line, (cells[0], values.get(cells[0], cells[1]))) for line, cells in sheet.rows)
    return Sheet(sheet.name, tuple(rows))


def _figures(sheet: Sheet, year: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    (head, header), *rows = sheet.rows
    yield head, header
    for line, cells in rows:
        figure = dict(zip(header, cells, strict=False))
        if _OF_Q3 in figure["id"]:
            continue
        if figure["tag"] == _EMPTIED:
            figure["value"] = figure["paragraph"] = ""
        if figure["tag"] in _FLAGGED and figure["value"]:
            for language in IN_EDITIONS:
                stale = worded("note.stale", language, year=year)
                figure[f"note_{language}"] = f"{stale}{figure[f'note_{language}']}"
        yield line, tuple(figure[column] for column in header)
