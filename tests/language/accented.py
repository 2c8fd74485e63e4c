"""A third language, made for the tests: English with an accent on every letter, so that a word without one
was never looked up.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterable, MutableMapping
from pathlib import Path

import pytest

from hdmodel.language.languages import LANGUAGES, Language
from hdmodel.problems import WORDS
from hdmodel.reading import edition as reading
from hdmodel.reading import entries, labels, ledger_columns, ledger_words, new_edition, passages
from hdmodel.reading.files import DATA
from hdmodel.report import WORDS_OF_REPORT
from ui.text.texts import TEXTS, UNITS

CODE = "xa"
ACCENTED = Language(
    code=CODE,
    tag="en-XA",
    name="Àççéñţéð",
    is_in_editions=False,
    instead="en",
    is_of_the_program=False,
    closes_up=False,
    letters_on_a_card=16,
    font="Cambria",
)
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTS = "àƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ"
_TRANSLATED = str.maketrans(_PLAIN, _ACCENTS)
_KEPT = re.compile(r"({[^}]*}|<[^>]*>)")  # gaps and markup
TABLES: tuple[MutableMapping[str, dict[str, str]], ...] = (
    TEXTS,
    UNITS,
    WORDS,
    WORDS_OF_REPORT,
    new_edition.WORDS,
    ledger_words.WORDS_OF_LEDGER,
)  # type: ignore[assignment]


def accented(text: str) -> str:
    """An English text in the third language.

    >>> accented("<b>{count} of 8</b>")
    '<b>{count} öƒ 8</b>'
    """
    return "".join(
        part if _KEPT.fullmatch(part) else part.translate(_TRANSLATED) for part in _KEPT.split(text)
    )


def register(patch: pytest.MonkeyPatch, data: Path) -> None:
    """Let the page speak it: a row of the table of languages, a column of each table of texts, and in a copy
    of the data a table of labels.
    """
    patch.setitem(LANGUAGES, CODE, ACCENTED)
    for table in TABLES:
        for key, words in table.items():
            patch.setitem(table, key, {**words, CODE: accented(words["en"])})
    patch.setattr(ledger_words, "_CODE_OF", ledger_words.codes_by_word())
    patch.setattr(ledger_columns, "_COLUMN_OF", ledger_columns.columns_by_title())
    shutil.copytree(DATA, data)
    for table in (data / "entries.csv", data / "passages.csv"):
        _add_columns(table)
    for module, name in ((reading, "RELEASED"), (passages, "RELEASED"), (entries, "DATA")):
        patch.setattr(module, name, data)
    patch.setattr(labels, "FOLDER", data / "labels")
    forget()


def forget() -> None:
    """What was read of the data is read anew."""
    for cached in (reading._loaded, reading._released, reading._changed_last, entries._rows, labels._read):
        cached.cache_clear()


def write_labels(rows: Iterable[tuple[str, str]], but: Iterable[str] = ()) -> None:
    """Labels for these texts, given in Chinese and English; those whose English is among `but` are blank."""
    labels.FOLDER.mkdir(exist_ok=True)
    with (labels.FOLDER / f"{CODE}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("zh", "en", CODE))
        writer.writerows((zh, en, "" if en in but else accented(en)) for zh, en in rows)
    forget()


def _add_columns(table: Path) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    english = [at for at, column in enumerate(header) if column.endswith("_en")]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*header, *(f"{header[at].removesuffix('en')}{CODE}" for at in english)])
        writer.writerows([*row, *(accented(row[at]) for at in english)] for row in rows)
