"""Does a hostile file keep others waiting?  A visitor's steps alone, and while somebody's files are read.

    .venv/bin/python bench/beside.py [rounds] FILE ...        (ten seconds a file and round)

Somebody hands each file over again and again, as an edition and as a ledger, or comes with it as an address
(.txt); beside them a visitor moves a slider three times a second. A name that is no file is one of those that
`tests/reading/test_hostile_files.py` makes. The times alone, and beside a file of a few letters, come from
the same run: compare them with the others.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from load import VIEW, step  # noqa: E402
from servers import hosted, processor_of_all, processor_with_ended  # noqa: E402
from visitors import Visitor  # noqa: E402

from tests.reading.test_hostile_files import HOSTILE  # noqa: E402

SECONDS, PAUSE = 10.0, 0.33


async def steps(visitor: Visitor) -> list[float]:
    took, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        took.append(await step(visitor, len(took)))
        await asyncio.sleep(PAUSE)
    return took


@dataclass
class Stranger:
    """Somebody who hands files over: in 出处 as an edition, in 项目 as a ledger."""

    url: str
    in_sources: Visitor
    in_projects: Visitor

    async def hand_over(self, name: str, data: bytes) -> None:
        if name.endswith(".txt"):
            await (await Visitor(self.url, data.decode()).open()).leave()
            return
        await self.in_sources.upload("edition-file", name, data)
        key = next(key for key in self.in_projects.controls if key.startswith("ledger-file-"))
        await self.in_projects.upload(key, name, data)


async def stranger(url: str) -> Stranger:
    in_sources, in_projects = [
        await Visitor(url, f"view={view}").open() for view in ("sources", "projects")
    ]  # fmt: skip
    await in_projects.set("ledger-in", True)
    return Stranger(url, in_sources, in_projects)


@dataclass
class Elsewhere:
    """What this machine does beside the bench: a time with much of it says nothing of the page."""

    server: int

    def __post_init__(self) -> None:
        self.begun, self.had = time.perf_counter(), self._of_others()

    def _of_others(self) -> float:
        ours = processor_with_ended(self.server) + processor_with_ended(os.getpid())
        return processor_of_all() - ours

    def said(self) -> str:
        used = (self._of_others() - self.had) / (time.perf_counter() - self.begun)
        return f"others had {max(0.0, used):.2f} of {os.cpu_count()} cores"


async def beside(url: str, server: int, files: Mapping[str, bytes]) -> None:
    visitor, other = await Visitor(url, VIEW).open(), await stranger(url)
    elsewhere = Elsewhere(server)
    print(f"{'alone':42} {said(await steps(visitor))}  {elsewhere.said()}", flush=True)
    for name, data in files.items():
        taken, elsewhere = 0, Elsewhere(server)
        moving = asyncio.create_task(steps(visitor))
        while not moving.done():
            await other.hand_over(name, data)
            taken += 1
        print(f"{name[:32]:32} {taken:3} times {said(moving.result())}  {elsewhere.said()}", flush=True)
    for each in (visitor, other.in_sources, other.in_projects):
        await each.leave()


def said(took: list[float]) -> str:
    cuts = statistics.quantiles(took, n=20)
    return f"p50 {cuts[9]:4.0f}  p95 {cuts[18]:4.0f}  most {max(took):4.0f} ms of {len(took)} steps"


def contents(name: str) -> bytes:
    path = Path(name)
    return path.read_bytes() if path.exists() else HOSTILE[name]()


if __name__ == "__main__":
    rounds, names = (int(sys.argv[1]), sys.argv[2:]) if sys.argv[1].isdigit() else (1, sys.argv[1:])
    hostile = {"a few letters.xlsx": b"no workbook", **{Path(name).name: contents(name) for name in names}}
    with hosted(1) as (address, (pid,)):
        for _ in range(rounds):
            asyncio.run(beside(address, pid, hostile))
