"""Which words does the page use?  Every string once: tables beside this module, a file a part of the page,
a column a language.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

Words = Mapping[str, str]  # a text by language
_FOLDER = Path(__file__).with_name("texts")


def _rows(path: Path) -> Iterator[tuple[str, Words]]:
    """The texts of a table by their key. Raises `ValueError` for a row that lacks a language."""
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, strict=True):
            key = row.pop("key")
            if None in row or None in row.values():
                raise ValueError(f"{path.name}: {key}: not as many cells as the header has")
            yield key, row


def _all_texts() -> dict[str, Words]:
    """Every table but that of units. Raises `ValueError` for a key that stands twice."""
    texts: dict[str, Words] = {}
    for path in sorted(_FOLDER.glob("*.csv")):
        for key, words in _rows(path) if path.stem != "units" else ():
            if key in texts:
                raise ValueError(f"{path.name}: {key} stands twice")
            texts[key] = words
    return texts


TEXTS = _all_texts()
UNITS = dict(_rows(_FOLDER / "units.csv"))  # by the unit that tables of an edition use
