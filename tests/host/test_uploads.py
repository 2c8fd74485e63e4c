"""A visit hands over as much as it needs, and none fills the server's memory with files."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from ui.host import uploads
from ui.host.uploads import MOST_IN_ALL, MOST_OF_A_VISIT, Uploads


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(
        uploads, "runtime", SimpleNamespace(get_instance=lambda: SimpleNamespace(uploaded_file_mgr=manager))
    )
    return manager


def status_of(path: str, method: str = "PUT") -> int:
    """What comes of a request: 200 where it gets past."""
    said: list[int] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            said.append(message["status"])

    scope = {"type": "http", "method": method, "path": path, "headers": []}
    asyncio.run(Uploads(page)(scope, None, send))  # type: ignore[arg-type]
    return said[0]


def hold(manager: MemoryUploadedFileManager, session: str, size: int) -> None:
    manager.add_file(session, UploadedFileRec(f"of {session}", "a.csv", "text/csv", bytes(size)))


def test_a_visit_that_holds_too_much_hands_over_no_more_and_others_do(manager) -> None:
    hold(manager, "a", MOST_OF_A_VISIT)
    assert status_of("/haidong/_stcore/upload_file/a/1") == 200
    hold(manager, "a", MOST_OF_A_VISIT + 1)
    assert status_of("/haidong/_stcore/upload_file/a/1") == 413
    assert status_of("/haidong/_stcore/upload_file/b/1") == 200
    assert status_of("/haidong/_stcore/upload_file/a/1", "DELETE") == 200
    assert status_of("/haidong/version", "GET") == 200


def test_many_visits_together_hold_a_limited_amount(manager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_IN_ALL", 1_000)
    for session in range(11):
        hold(manager, str(session), 100)
    assert MOST_IN_ALL < 2**30 and status_of("/_stcore/upload_file/new/1") == 413
    manager.remove_session_files("3")
    assert status_of("/_stcore/upload_file/new/1") == 200
