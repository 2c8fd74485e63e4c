"""What tests of reading are handed on request: a host of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hdmodel.reading import edition as reading
from tests.reading.host import look_again


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of released editions of its own, with the real one in it."""
    root = tmp_path / "data"
    shutil.copytree(reading.RELEASED, root)
    monkeypatch.setattr(reading, "RELEASED", root)
    look_again()
    yield root
    look_again()
