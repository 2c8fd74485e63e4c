"""Which messages of a browser reach the page's server?  Those that this page sends.

Streamlit knows further ones, for who develops at the same machine: any visitor could empty what the server
keeps for all, have it look through its repository, or write files where a proxy makes everybody seem to sit
at the machine itself.
"""

from __future__ import annotations

from typing import Final

from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg

from ui.host.events import happened

_TAKEN: Final = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"})
_OPERATIONS: Final = frozenset({"deferred_file", "dataframe_chunk"})  # to fetch a file, and rows of a table


def taken(receive: Receive) -> Receive:
    """The same messages without those that no visitor needs."""

    async def received() -> Message:
        while True:
            message = await receive()
            data = message.get("bytes") if message["type"] == "websocket.receive" else None
            kind = kind_of(data) if data else ""
            if not kind or kind in _TAKEN or kind in _OPERATIONS:
                return message
            happened("message_dropped", kind=kind)

    return received


def kind_of(data: bytes) -> str:
    """What a message asks for; blank for one that is none, which Streamlit refuses itself.

    >>> kind_of(BackMsg(clear_cache=True).SerializeToString()), kind_of(b"no message")
    ('clear_cache', '')
    """
    asked = BackMsg()
    try:
        asked.ParseFromString(data)
    except Exception:
        return ""
    kind = asked.WhichOneof("type") or ""
    if kind == "backend_operation_request":
        return asked.backend_operation_request.WhichOneof("payload") or kind
    return str(kind)
