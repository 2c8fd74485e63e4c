"""How are an edition's labels said in a language that its tables have no column for?  By a table beside the
editions, `labels/<language>.csv`: a row a text, as editions have it and as the language says it.

No digest covers it, so that a language can be added to an edition that is released. A row is found by what
editions say, not by where they say it: the next edition and somebody's own have it for every label that they
keep, and one that they change never stands beside an old translation.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path

from hdmodel.edition import LATER_ROLES, Edition
from hdmodel.language.languages import IN_EDITIONS, LANGUAGES, columns_of
from hdmodel.language.words import Words
from hdmodel.problems import Faults, Phrase, Problem
from hdmodel.reading.files import DATA
from hdmodel.reading.tables import Row, rows_of, sheet_of_file

FOLDER = DATA / "labels"
_LOG = logging.getLogger("hdmodel")
Texts = tuple[str, ...]  # a text in each language of editions


@dataclass(frozen=True)
class Labels:
    """What a language says for the texts of editions, the rows in which it does, and what is wrong there."""

    texts: Mapping[Texts, str]
    rows: Mapping[Texts, Row]
    problems: tuple[Problem, ...]


def further_languages() -> tuple[str, ...]:
    """The languages for which editions have no column."""
    return tuple(code for code in LANGUAGES if code not in IN_EDITIONS)


def labelled(texts: Mapping[str, str]) -> Words:
    """A text of an edition, in the further languages as far as their tables have it."""
    written = tuple(texts[code] for code in IN_EDITIONS)
    labels = {code: labels_in(code).texts.get(written, "") for code in further_languages()}
    return Words.of({**texts, **{code: label for code, label in labels.items() if label}})


def words_of_row(row: Row, column: str, optional: bool = False) -> Words:
    """A text of a row of an edition's table; each of its languages has one, unless it is optional."""
    read = row.cells.__getitem__ if optional else row.text
    return labelled({code: read(f"{column}_{code}") for code in IN_EDITIONS})


def further_columns(*names: str) -> tuple[str, ...]:
    """The columns that a table beside the editions may have for texts in the further languages."""
    return tuple(columns_of(*names, languages=further_languages()))


def words_of_columns(row: Row, column: str, optional: bool = False) -> Words:
    """A text of a table beside the editions, which has a column for every language; one that is blank or left
    out for a further language is said in another.
    """
    read = row.cells.__getitem__ if optional else row.text
    written = {code: read(f"{column}_{code}") for code in IN_EDITIONS}
    further = {code: row.cells[f"{column}_{code}"] for code in further_languages()}
    return Words.of({**written, **{code: text for code, text in further.items() if text}})


def table_of(code: str) -> str:
    """What faults call the table of a language's labels."""
    return f"labels/{code}.csv"


def labels_in(code: str) -> Labels:
    """The labels of a language. What is at fault is left out and named, and the log says so: no fault of a
    translation stops an edition.
    """
    return _read(FOLDER / f"{code}.csv", code)


def faults_of_labels(editions: Collection[Edition]) -> dict[str, tuple[Problem, ...]]:
    """The tables of labels that are at fault, by name; a row that none of these editions has a text for is a
    fault, too: it is misspelt, or its label has gone.
    """
    tables = {table_of(code): labels_in(code) for code in further_languages()}
    known = {texts for edition in editions for texts in texts_of(edition)} if tables else set()
    faults = {name: (*labels.problems, *_unused(labels, known)) for name, labels in tables.items()}
    return {name: problems for name, problems in faults.items() if problems}


def texts_of(edition: Edition) -> dict[Texts, Words]:
    """Every text of an edition's tables that is not blank, by what they say, each once; what may be entered
    in every edition has its own columns.
    """
    own = {id: lever for id, lever in edition.levers.items() if lever.role not in LATER_ROLES}
    words = {
        tuple(map(text.in_language, IN_EDITIONS)): text for text in _words_in(replace(edition, levers=own))
    }
    return {texts: text for texts, text in words.items() if any(texts)}


def _words_in(record: object) -> Iterator[Words]:
    if isinstance(record, Words):
        yield record
    elif isinstance(record, Mapping):
        for inner in record.values():
            yield from _words_in(inner)
    elif isinstance(record, tuple):
        for inner in record:
            yield from _words_in(inner)
    elif is_dataclass(record):
        for part in fields(record):
            yield from _words_in(getattr(record, part.name)) if part.compare else ()


def _unused(labels: Labels, known: Collection[Texts]) -> Iterator[Problem]:
    for texts, row in labels.rows.items():
        if texts not in known:
            yield Problem("unknown_name", row.where(IN_EDITIONS[0]), texts[0], Phrase("wanted.label"))


@lru_cache(maxsize=16)
def _read(path: Path, code: str) -> Labels:
    if not path.is_file():
        return Labels({}, {}, ())
    faults, rows = Faults(), dict[Texts, Row]()
    sheet = sheet_of_file(path, faults, table_of(code))
    for row in rows_of(sheet, (*IN_EDITIONS, code), faults) if sheet else ():
        texts = tuple(row.cells[written] for written in IN_EDITIONS)
        if texts in rows:
            row.fault("duplicate", IN_EDITIONS[0], Phrase("wanted.one_value"))
        elif not any(texts):
            row.fault("missing", IN_EDITIONS[0], Phrase("wanted.text"))
        else:
            rows[texts] = row
    for problem in faults.problems:
        _LOG.warning("A label is left out: %s", problem.sentence())
    return Labels({texts: row.cells[code] for texts, row in rows.items()}, rows, tuple(faults.problems))
