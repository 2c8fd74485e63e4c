"""How long does a file that was made for a visitor wait to be fetched?  A minute, whatever others do.

Streamlit makes a file when its button is pressed, tells the browser where it is, and lets go of it at the end
of the second run that anybody's page makes: where many use the page, before their browsers have come for it.
"""

from __future__ import annotations

import time
from typing import Final

from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager

SECONDS: Final = 60.0
MOST_BYTES: Final = 64 * 2**20  # of all that wait: past them the oldest goes first


class Waiting:
    """The files that no page holds any more, and since when; asked with the manager's lock held."""

    def __init__(self, manager: MediaFileManager) -> None:
        self._manager, self._storage = manager, manager._storage
        self._delete = self._storage.delete_file
        self._since: dict[str, float] = {}

    def let_go(self, file_id: str) -> None:
        """In place of the storage's own way to delete a file: it waits, and those go whose time has come."""
        self._since = {id: since for id, since in self._since.items() if self._still_waits(id)}
        self._since[file_id] = time.monotonic()
        too_much = sum(map(self._size_of, self._since)) - MOST_BYTES
        for id in list(self._since):
            if too_much > 0 or time.monotonic() - self._since[id] > SECONDS:
                too_much -= self._size_of(id)
                del self._since[id]
                self._delete(id)

    def _still_waits(self, id: str) -> bool:
        """Whether a file is there and no page holds it again, as the same one made anew would be."""
        return self._size_of(id) > 0 and id not in self._manager._file_metadata

    def _size_of(self, id: str) -> int:
        file = self._manager.read_file(id)
        return 0 if file is None else file.content_size


def keep_a_while() -> None:
    """From now on a file that was made waits to be fetched."""
    manager = runtime.get_instance().media_file_mgr
    manager._storage.delete_file = Waiting(manager).let_go  # type: ignore[method-assign]
