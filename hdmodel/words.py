"""Which words stand in a table of texts?  A row a text, a column a language."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path


def words_of(path: Path) -> dict[str, Mapping[str, str]]:
    """The texts of a table by key, each by language.

    Raises `ValueError` for a key that stands twice, and for a row that lacks a language.
    """
    texts: dict[str, Mapping[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, strict=True):
            key = row.pop("key")
            if None in row or None in row.values():
                raise ValueError(f"{path.name}: {key}: not as many cells as the header has")
            if key in texts:
                raise ValueError(f"{path.name}: {key} stands twice")
            texts[key] = row
    return texts
