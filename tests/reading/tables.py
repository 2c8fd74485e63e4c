"""Tables of whole editions, as lists of cells."""

from __future__ import annotations

from pathlib import Path

from hdmodel.problems import Faults
from hdmodel.reading.edition import RELEASED
from hdmodel.reading.files import sheets_in
from tests.folders import INVENTED_EDITION

FOLDERS = (RELEASED / "haidong-2022-h1", INVENTED_EDITION)
Tables = dict[str, list[tuple[str, ...]]]


def tables_in(folder: Path) -> Tables:
    return {name: [cells for _, cells in sheet.rows] for name, sheet in sheets_in(folder, Faults()).items()}
