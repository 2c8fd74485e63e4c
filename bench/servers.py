"""Where do the benches send their visitors?  To pages that are started for them on this machine: processes of
`hosted.py`, more than one of them behind the proxy of `deploy/`, or whatever a command serves.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.browser.visitor import Server, free_port  # noqa: E402

BASE = "/haidong"
PORT = "{port}"  # stands in a command for the port
STREAMLIT = (sys.executable, "-m", "streamlit", "run")
STREAMLIT_OPTIONS = ("--server.headless=true", "--server.address=localhost", f"--server.port={PORT}")


class Replica(Server):
    """The page as a host runs it, on the sub-path."""

    script = "hosted.py"
    environment: ClassVar = {"STREAMLIT_SERVER_COOKIE_SECRET": "one-for-both"}

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}{BASE}/"


@contextmanager
def hosted(count: int, log: Path | None = None) -> Iterator[tuple[str, list[int]]]:
    """So many processes of the page, more than one behind the proxy; its address, and theirs."""
    replicas = [Replica("--server.baseUrlPath=haidong", log=log) for _ in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        proxy = _proxy(Path(folder), replicas) if count > 1 else None
        try:
            yield proxy[1] if proxy else replicas[0].url, [each.process.pid for each in replicas]
        finally:
            if proxy:
                proxy[0].send_signal(signal.SIGTERM)
                proxy[0].wait(10)
            for each in replicas:
                each.stop()


def _proxy(folder: Path, replicas: list[Replica]) -> tuple[subprocess.Popen[bytes], str]:
    lines = [f"    server r{each.port} 127.0.0.1:{each.port} cookie r{each.port}\n" for each in replicas]
    (folder / "replicas.cfg").write_text("backend replicas\n" + "".join(lines), encoding="utf-8")
    port = free_port()
    command = [shutil.which("haproxy") or "haproxy", "-f", str(ROOT / "deploy" / "haproxy.cfg")]
    process = subprocess.Popen(
        [*command, "-f", str(folder / "replicas.cfg")],
        env={**os.environ, "PORT": str(port), "BASE": BASE},
        stdout=subprocess.DEVNULL,
    )
    time.sleep(5)  # until it has seen both
    return process, f"http://localhost:{port}{BASE}/"


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


def processor(pid: int) -> float:
    """Seconds of a processor that a process has had."""
    fields = _after_name(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def processor_with_ended(pid: int) -> float:
    """The same, with what its ended children have had."""
    fields = _after_name(pid)
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def processor_of_all() -> float:
    """Seconds of a processor that everything on this machine has had."""
    names = ("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")
    spent = dict(zip(names, map(int, _read(Path("/proc/stat")).split("\n")[0].split()[1:]), strict=False))
    return sum(spent[name] for name in names if name not in ("idle", "iowait")) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """MiB that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def children(pid: int) -> list[int]:
    """The processes that it has started and that live."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] + [
        int(each)
        for task in Path(f"/proc/{pid}/task").iterdir()
        if task.name != str(pid)
        for each in _read(task / "children").split()
    ]


def _after_name(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended meanwhile
        return ""
