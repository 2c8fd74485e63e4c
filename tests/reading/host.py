"""A host's folder of released editions: others are put beside the real one."""

from __future__ import annotations

import shutil
from pathlib import Path

from hdmodel.reading import edition as reading

HAIDONG = "haidong-2022-h1"


def look_again() -> None:
    reading._changed_last.cache_clear()


def add(root: Path, name: str, before: str = "", after: str = "", id: str | None = None) -> Path:
    """A copy of the real edition under another name, with a text of its figures replaced."""
    folder = root / name
    shutil.copytree(root / HAIDONG, folder)
    about = (
        (folder / "edition.csv").read_text(encoding="utf-8-sig").replace(f"id,{HAIDONG}", f"id,{id or name}")
    )
    (folder / "edition.csv").write_text(about, encoding="utf-8")
    figures = (folder / "figures.csv").read_text(encoding="utf-8-sig")
    assert before in figures
    (folder / "figures.csv").write_text(figures.replace(before, after, 1), encoding="utf-8")
    return folder
