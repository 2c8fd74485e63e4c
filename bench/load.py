"""How many visitors does a process bear, and how many do two?  Sessions without a browser, a step at a time.

    .venv/bin/python bench/load.py [seconds]        (some four minutes with 30; needs HAProxy, and a machine
    that does nothing else)

50 visitors with a step a second and 200 with one in five seconds, in one process and in two replicas behind
the proxy of `deploy/`. A step is a slider moved by one: the time from the message to the end of the answer.
They speak Streamlit's own protocol and send back all fields, as a browser does. The sessions run in a process
of their own, so up to four share this machine's cores; how many it has is printed.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.browser.visitor import Server, free_port  # noqa: E402

CROWDS = ((50, 1.0), (200, 5.0))  # visitors, and seconds between two steps of each
VIEW, LEVER = "view=explore", "general_industrial_investment-intensity_q3"
BASE = "/haidong"
LONGEST = 60.0
AT_ONCE = 10  # sessions that open at the same time


class Replica(Server):
    """The page as a host runs it, on the sub-path."""

    script = "hosted.py"
    environment: ClassVar = {"STREAMLIT_SERVER_COOKIE_SECRET": "one-for-both"}

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}{BASE}/"


@dataclass
class Session:
    """One visitor's connection: the fields on the page, with what they show."""

    url: str
    fields: dict[str, object] = field(default_factory=dict)  # sliders and number fields by their ids
    lever: str = ""
    fragment: str = ""
    place: str = ""

    async def open(self) -> Session:
        with urllib.request.urlopen(self.url, timeout=30) as answer:  # whose cookie leads to one replica
            cookie = (answer.headers.get("Set-Cookie") or "").partition(";")[0]
        self.place = cookie.partition("=")[2] or "one"
        self.socket = await websockets.connect(
            f"ws{self.url[4:]}_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={"Cookie": cookie} if cookie else {},
            max_size=None,
            open_timeout=LONGEST,
        )
        await self.run()
        return self

    async def step(self, value: float) -> float:
        """Milliseconds until a move is answered."""
        slider = self.fields[self.lever]
        slider.value[:] = [value]
        begun = time.perf_counter()
        await self.run(self.fragment)
        return (time.perf_counter() - begun) * 1000

    async def run(self, fragment: str = "") -> None:
        message = BackMsg()
        message.rerun_script.query_string = VIEW
        message.rerun_script.fragment_id = fragment
        for id, shown in self.fields.items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id = id
            _put(state, shown)
        await self.socket.send(message.SerializeToString())
        while not self._is_end(await asyncio.wait_for(self.socket.recv(), LONGEST)):
            pass

    def _is_end(self, received: bytes) -> bool:
        message = ForwardMsg()
        message.ParseFromString(received)
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note(message.delta)
        return message.WhichOneof("type") == "script_finished"

    def _note(self, delta: object) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(element.exception.type)
        if kind in ("slider", "number_input"):
            shown = getattr(element, kind)
            if kind == "slider" and not shown.value:
                shown.value[:] = shown.default
            if kind == "number_input" and not shown.set_value:
                shown.value = shown.default
            self.fields[shown.id] = shown
            if kind == "slider" and shown.id.endswith(f"-{LEVER.replace('-', '.')}"):
                self.lever, self.fragment = shown.id, delta.fragment_id


def _put(state: object, shown: object) -> None:
    """A field's value, as a browser sends it."""
    if hasattr(shown, "step") and hasattr(shown, "options"):
        state.double_array_value.data.extend(shown.value)
    elif shown.data_type == shown.INT:
        state.int_value = int(shown.value)
    else:
        state.double_value = shown.value


async def crowd(url: str, visitors: int, every: float, seconds: float) -> dict[str, object]:
    """So many visitors, each moving the lever at their own time."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def opened() -> Session:
        async with turn:
            return await Session(url).open()

    sessions = await asyncio.gather(*(opened() for _ in range(visitors)))
    took: list[float] = []
    failed: list[str] = []
    end = time.perf_counter() + seconds

    async def visit(session: Session) -> None:
        await asyncio.sleep(random.random() * every)
        due, number = time.perf_counter(), 0
        while time.perf_counter() < end:
            number += 1
            try:
                took.append(await session.step(100 + number % 60))
            except Exception as error:
                failed.append(type(error).__name__)
                return
            due = max(due + every, time.perf_counter())
            await asyncio.sleep(max(0.0, due - time.perf_counter()))

    await asyncio.gather(*(visit(session) for session in sessions))
    for session in sessions:
        await session.socket.close()
    cuts = statistics.quantiles(took, n=20)
    places = sorted(session.place for session in sessions)
    return {
        "steps": len(took),
        "a_second": round(len(took) / seconds, 1),
        "p50_ms": round(cuts[9]),
        "p95_ms": round(cuts[18]),
        "failed": len(failed),
        "kinds": sorted({*failed}),
        "visitors_of": [places.count(place) for place in sorted({*places})],
    }


@contextmanager
def hosted(count: int) -> Iterator[tuple[str, list[int]]]:
    """So many processes of the page, more than one behind the proxy; its address, and theirs."""
    replicas = [
        Replica("--server.baseUrlPath=haidong", "--server.fileWatcherType=none") for _ in range(count)
    ]
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


def processor(pid: int) -> float:
    """Seconds of a processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    print(f"{os.cpu_count()} cores, {seconds:g} s each")
    for count in (1, 2):
        for visitors, every in CROWDS:
            with hosted(count) as (url, pids):
                before, begun = [processor(pid) for pid in pids], time.perf_counter()
                found = asyncio.run(crowd(url, visitors, every, seconds))
                passed = time.perf_counter() - begun
                used = [
                    round((processor(pid) - had) / passed, 2) for pid, had in zip(pids, before, strict=True)
                ]
            print(
                json.dumps(
                    {"processes": count, "visitors": visitors, "every_s": every, **found, "cores": used}
                ),
                flush=True,
            )


if __name__ == "__main__":
    main()
