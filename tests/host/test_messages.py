"""What a browser may ask of the server: what this page's own script asks, and nothing that Streamlit has for
who develops.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from ui.host.messages import taken


def receiving(*messages: dict[str, object]) -> Callable[[], Awaitable[dict[str, object]]]:
    left = iter(messages)

    async def receive() -> dict[str, object]:
        return next(left)

    return receive


def frame(**asked: object) -> dict[str, object]:
    message = BackMsg()
    for name, value in asked.items():
        if isinstance(value, str):  # an operation
            getattr(message, name).request_id = "1"
            getattr(getattr(message, name), value).SetInParent()
        elif value is None:
            getattr(message, name).SetInParent()
        else:
            setattr(message, name, value)
    return {"type": "websocket.receive", "bytes": message.SerializeToString()}


GOODBYE: dict[str, object] = {"type": "websocket.disconnect"}
OF_A_VISITOR = (
    frame(rerun_script=None),
    frame(stop_script=True),
    frame(app_heartbeat=True),
    frame(file_urls_request=None),
    frame(backend_operation_request="deferred_file"),
    {"type": "websocket.receive", "bytes": b"no message"},
    {"type": "websocket.receive", "text": "no message either"},
    {"type": "websocket.connect"},
)
OF_NOBODY = (
    frame(clear_cache=True),
    frame(load_git_info=True),
    frame(set_run_on_save=True),
    frame(debug_shutdown_runtime=True),
    frame(debug_disconnect_websocket=True),
    frame(backend_operation_request="install_skills"),
    frame(backend_operation_request="dismiss_skills_nudge"),
    frame(backend_operation_request=None),
)


@pytest.mark.parametrize("message", OF_A_VISITOR)
def test_what_the_page_sends_goes_through(message: dict[str, object]) -> None:
    assert asyncio.run(taken(receiving(message, GOODBYE))()) is message  # type: ignore[arg-type]


@pytest.mark.parametrize("message", OF_NOBODY)
def test_what_no_visitor_needs_is_dropped(message: dict[str, object]) -> None:
    assert asyncio.run(taken(receiving(message, GOODBYE))()) is GOODBYE  # type: ignore[arg-type]
