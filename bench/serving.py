"""A page for a measurement: started on a port of its own, and stopped again."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.browser.visitor import free_port  # noqa: E402

PORT = "{port}"  # stands in a command for the port
STREAMLIT = (sys.executable, "-m", "streamlit", "run")
STREAMLIT_OPTIONS = ("--server.headless=true", "--server.address=localhost", f"--server.port={PORT}")


def streamlit(script: str, *arguments: str) -> tuple[str, ...]:
    """The command that serves a script with the project's settings."""
    return (*STREAMLIT, script, *STREAMLIT_OPTIONS, "--", *arguments)


@contextmanager
def served(command: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The address of what a command serves and the number of its process, until it is left;
    exits where it does not start in 30 s.
    """
    port = free_port()
    process = subprocess.Popen(
        [word.replace(PORT, str(port)) for word in command],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}/"
    try:
        _wait_for(address)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{address} did not start")
