"""The page for many: the same as `app.py`, with sign-in, a log, counters and a version around it.

streamlit run hosted.py
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streamlit.starlette import App

from ui.host import server
from ui.host.entrance import NotReady


@asynccontextmanager
async def _running(_: App) -> AsyncIterator[None]:
    server.begin()
    server.for_many()
    yield
    server.happened("stopped")


try:
    around = server.middleware()
except NotReady as missing:
    sys.exit(f"Not started: {missing}. See docs/operate.md, Sign-in.")

app = App(
    "app.py",
    routes=server.routes(),
    middleware=around,
    lifespan=_running,
    on_script_error=server.script_failed,
)
