"""How much may a visitor hand over?  As much as a visit needs: Streamlit keeps every file that reaches it
until the visit ends, and counts none.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from ui.host.events import happened

MOST_OF_A_VISIT: Final = 64 * 2**20  # bytes
MOST_IN_ALL: Final = 512 * 2**20
_PLACE: Final = "/_stcore/upload_file/"


class Uploads:
    """Takes no further file where a visit, or all of them, hold as much as they may."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("PUT", "POST") and _PLACE in scope["path"]:
            visit = scope["path"].partition(_PLACE)[2].partition("/")[0]
            bytes_of = bytes_held()
            if bytes_of.get(visit, 0) > MOST_OF_A_VISIT or sum(bytes_of.values()) > MOST_IN_ALL:
                happened("upload_refused", of_visit=bytes_of.get(visit, 0), of_all=sum(bytes_of.values()))
                return await PlainTextResponse("too many files", 413)(scope, receive, send)
        await self.app(scope, receive, send)


def bytes_held() -> dict[str, int]:
    """What each visit has handed over, by its session."""
    manager = runtime.get_instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return {}
    return {
        session: sum(len(file.data) for file in list(files.values()))
        for session, files in list(manager.file_storage.items())
    }
