"""What does a source say, and where exactly?  In our own words, so that who has the paper finds it;
what nothing is worked out from has its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from hdmodel.edition import Edition, Source
from hdmodel.language.languages import columns_of
from hdmodel.language.words import Words
from hdmodel.problems import Faults
from hdmodel.reading.edition import RELEASED, released_edition, released_editions
from hdmodel.reading.labels import further_columns, words_of_columns
from hdmodel.reading.tables import Row, rows_of, sheet_of_file

FILE = "passages.csv"  # beside the editions, whose digests it does not touch
_COLUMNS = ("source", "paragraph", "about")
_TEXTS = ("place", "said", "reason")


@dataclass(frozen=True)
class Passage:
    """One passage of a source: its paragraph (blank: the whole), its place there, and what is said.

    `about` names the indicators and projects that it gives; where there are none, `reason` says why.
    """

    source: str
    paragraph: str
    about: tuple[str, ...]
    place: Words
    said: Words
    reason: Words


def passages_of(edition: Edition) -> tuple[Passage, ...]:
    """The passages of an edition's sources, in their order;
    of a source only where it is the released edition's own, word for word.
    """
    known = _released_sources()
    kept = {id for id, source in edition.sources.items() if source in known}
    return tuple(passage for passage in _passages(RELEASED / FILE) if passage.source in kept)


def passage_about(edition: Edition, source: str, paragraph: str, id: str) -> Passage | None:
    """The passage from which a figure or a project is taken, `None` where none is known;
    a figure belongs to the indicator before its full stop.
    """
    owner = id.rpartition(".")[0] or id
    passages = (
        passage
        for passage in passages_of(edition)
        if (passage.source, passage.paragraph) == (source, paragraph) and owner in passage.about
    )
    return next(passages, None)


def _released_sources() -> frozenset[Source]:
    return frozenset(
        source for name in released_editions() for source in released_edition(name).sources.values()
    )


@lru_cache(maxsize=4)
def _passages(path: Path) -> tuple[Passage, ...]:
    """Raises `BadInput` where the table that ships with the project is at fault."""
    faults = Faults()
    sheet = sheet_of_file(path, faults)
    faults.raise_if_any()
    assert sheet is not None
    columns = (*_COLUMNS, *columns_of(*_TEXTS))
    passages = tuple(_passage(row) for row in rows_of(sheet, columns, faults, further_columns(*_TEXTS)))
    faults.raise_if_any()
    return passages


def _passage(row: Row) -> Passage:
    about = tuple(row.cells["about"].split())
    place, words, reason = (_words(row, name, about) for name in _TEXTS)
    return Passage(row.text("source"), row.cells["paragraph"], about, place, words, reason)


def _words(row: Row, name: str, about: tuple[str, ...]) -> Words:
    """In every language; a reason only where nothing is worked out from the passage."""
    return words_of_columns(row, name, optional=name == "reason" and bool(about))
