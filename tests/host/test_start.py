"""What is ready before a server answers for its health?"""

from __future__ import annotations

import subprocess
import sys

from streamlit.runtime.pages_manager import PagesManager
from streamlit.watcher.local_sources_watcher import LocalSourcesWatcher

from tests.folders import ROOT
from tests.page import opened_page

# in a process of its own: here the page was imported long ago
STARTED = """
import asyncio, gc, sys
import hosted
from streamlit.runtime.scriptrunner import script_runner
from ui.host.run_requests import InTurn

assert "ui.views.compare" not in sys.modules

async def started():
    asked, said = asyncio.Queue(), asyncio.Queue()
    await asked.put({"type": "lifespan.startup"})
    server = asyncio.create_task(hosted.app({"type": "lifespan", "state": {}}, asked.get, said.put))
    assert (await said.get())["type"] == "lifespan.startup.complete"  # from here on it listens
    assert gc.get_freeze_count() > 100_000  # a session that is there by then would be kept for ever
    assert {"ui.views.compare", "ui.handover.dialog", "altair", "pandas"} <= {*sys.modules}
    assert script_runner.ScriptRequests is InTurn
    await asked.put({"type": "lifespan.shutdown"})
    await server

asyncio.run(started())
"""


def test_the_page_is_imported_before_anybody_comes() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", STARTED], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_no_session_has_all_modules_gone_through_where_nothing_is_watched() -> None:
    """Which holds up everybody's answers."""
    opened_page("")
    watcher = LocalSourcesWatcher(PagesManager(str(ROOT / "app.py")))
    watcher.update_watched_modules()
    assert not watcher._cached_sys_modules
