"""How many visitors does a process bear, and how many do two?  Sessions without a browser, a step at a time.

    .venv/bin/python bench/load.py [seconds]        (some four minutes with 30; needs HAProxy, and a machine
    that does nothing else)

50 visitors with a step a second and 200 with one in five seconds, in one process and in two replicas behind
the proxy of `deploy/`. A step is a slider moved by one: the time from the message to the end of the answer.
They send back all fields, as a browser does (`bench/visitors.py`). The sessions run in a process of their
own, so up to four share this machine's cores; how many it has is printed.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from servers import hosted, processor  # noqa: E402
from visitors import Visitor  # noqa: E402

CROWDS = ((50, 1.0), (200, 5.0))  # visitors, and seconds between two steps of each
VIEW, LEVER = "view=explore", "general_industrial_investment.intensity_q3"
AT_ONCE = 10  # sessions that open at the same time


async def step(visitor: Visitor, number: int) -> float:
    """Milliseconds until a move of the lever is answered."""
    begun = time.perf_counter()
    await visitor.set(LEVER, 100.0 + number % 60)
    return (time.perf_counter() - begun) * 1000


async def crowd(url: str, visitors: int, every: float, seconds: float) -> dict[str, object]:
    """So many visitors, each moving the lever at their own time."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def opened() -> Visitor:
        async with turn:
            return await Visitor(url, VIEW).open()

    sessions = await asyncio.gather(*(opened() for _ in range(visitors)))
    took: list[float] = []
    failed: list[str] = []
    end = time.perf_counter() + seconds

    async def visit(session: Visitor) -> None:
        await asyncio.sleep(random.random() * every)
        due, number = time.perf_counter(), 0
        while time.perf_counter() < end:
            number += 1
            try:
                took.append(await step(session, number))
            except Exception as error:
                failed.append(type(error).__name__)
                return
            due = max(due + every, time.perf_counter())
            await asyncio.sleep(max(0.0, due - time.perf_counter()))

    await asyncio.gather(*(visit(session) for session in sessions))
    for session in sessions:
        await session.leave()
    cuts = statistics.quantiles(took, n=20)
    places = sorted(session.cookie.partition("=")[2] or "one" for session in sessions)
    return {
        "steps": len(took),
        "a_second": round(len(took) / seconds, 1),
        "p50_ms": round(cuts[9]),
        "p95_ms": round(cuts[18]),
        "failed": len(failed),
        "kinds": sorted({*failed}),
        "visitors_of": [places.count(place) for place in sorted({*places})],
    }


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
