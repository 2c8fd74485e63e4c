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
import gc, sys
from ui.host import server
assert "ui.views.compare" not in sys.modules
server.begin()  # as `hosted.py` does before it listens
assert gc.get_freeze_count() > 100_000  # a session that is there by then would be kept for ever
assert {"ui.views.compare", "ui.handover.dialog", "altair", "pandas"} <= {*sys.modules}
from hdmodel.reading.edition import released_editions, released_edition
assert released_editions()
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
