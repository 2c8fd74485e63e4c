"""A file that was made for a visitor is there when the browser comes for it, whatever others do meanwhile,
and goes when its time has come.
"""

from __future__ import annotations

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from ui.host import downloads
from ui.host.downloads import MOST_BYTES, SECONDS, Waiting


class Clock:
    now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(downloads, "time", clock)
    return clock


@pytest.fixture
def manager(clock: Clock) -> MediaFileManager:
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    manager._storage.delete_file = Waiting(manager).let_go  # type: ignore[method-assign]
    return manager


def made(manager: MediaFileManager, data: bytes) -> str:
    """The name of a file that a button made, as the browser is told it."""
    button = manager.add_deferred(lambda: data, "text/csv", "0.1")
    return manager.execute_deferred(button).rpartition("/")[2].partition(".")[0]


def others_press(manager: MediaFileManager, times: int) -> None:
    for _ in range(times):
        manager.remove_orphaned_files()


def test_a_file_waits_a_minute_for_its_browser(manager: MediaFileManager, clock: Clock) -> None:
    name = made(manager, b"a,b")
    others_press(manager, 50)
    assert manager.read_file(name).content == b"a,b"  # type: ignore[union-attr]
    clock.now += SECONDS + 1
    made(manager, b"c,d")
    others_press(manager, 2)
    assert manager.read_file(name) is None


def test_one_that_is_made_again_meanwhile_waits_anew(manager: MediaFileManager, clock: Clock) -> None:
    name = made(manager, b"a,b")
    others_press(manager, 2)
    clock.now += SECONDS - 1
    assert made(manager, b"a,b") == name
    clock.now += 2
    made(manager, b"c,d")
    others_press(manager, 2)
    assert manager.read_file(name) is not None


def test_what_waits_is_bounded_in_bytes_and_the_oldest_goes_first(manager: MediaFileManager) -> None:
    names = []
    for number in range(5):
        names.append(made(manager, bytes([number]) * (MOST_BYTES // 4)))
        others_press(manager, 2)
    assert [manager.read_file(name) is not None for name in names] == [False, True, True, True, True]


def test_without_it_a_file_goes_at_anybodys_second_press() -> None:
    """Once this fails, Streamlit keeps files itself, and `ui/host/downloads.py` can go."""
    plain = MediaFileManager(MemoryMediaFileStorage("/media"))
    name = made(plain, b"a,b")
    others_press(plain, 2)
    assert plain.read_file(name) is None
