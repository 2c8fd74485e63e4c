"""Charts are drawn here in the tests' own process, which is three times as quick; `test_drawing_apart.py`
draws them as the page does.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ui.files.with_limits import Limits
from ui.handover import drawing


@pytest.fixture(autouse=True)
def drawn_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def here(_: Limits, work: Callable[..., object], *arguments: object) -> object:
        return work(*arguments)

    if request.path.stem != "test_drawing_apart":
        monkeypatch.setattr(drawing, "isolated", here)
