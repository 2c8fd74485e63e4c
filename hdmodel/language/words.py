"""What is a text in every language?  One label, or a table of texts: a row a text, a column a language."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hdmodel.language.languages import LANGUAGES


@dataclass(frozen=True)
class Words:
    """A text by the code of each language that it is written in."""

    by_language: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Words:
        return cls(tuple(texts.items()))

    @classmethod
    def alike(cls, text: str) -> Words:
        """A name that is the same in every language."""
        return cls.of(dict.fromkeys(LANGUAGES, text))

    def in_language(self, code: str) -> str:
        """The text in a language; where it has none, in the one that stands in for it.

        >>> Words.of({"zh": "海东", "en": "Haidong"}).in_language("en")
        'Haidong'
        """
        texts = dict(self.by_language)
        return texts[code] if code in texts else texts[LANGUAGES[code].instead]


def words_of(path: Path) -> dict[str, Mapping[str, str]]:
    """The texts of a table by key, each by language.

    Raises `ValueError` for a key that stands twice, for a row that is not as long as the header, and for a
    table that lacks a language of the page.
    """
    texts: dict[str, Mapping[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, strict=True)
        _check_languages(path.name, rows.fieldnames or ())
        for row in rows:
            key = row.pop("key")
            if None in row or None in row.values():
                raise ValueError(f"{path.name}: {key}: not as many cells as the header has")
            if key in texts:
                raise ValueError(f"{path.name}: {key} stands twice")
            texts[key] = row
    return texts


def _check_languages(table: str, header: Iterable[str]) -> None:
    lacking = [code for code in LANGUAGES if code not in header]
    if lacking:
        raise ValueError(f"{table}: no column {', '.join(lacking)}")
