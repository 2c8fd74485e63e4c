"""Threads that wait for their turn in a line."""

from __future__ import annotations

import threading
import time

from ui.host.turns import Turns

SOON = 5.0  # seconds, on a machine that is busy with much else


def working(line: Turns, done: list[str], name: str) -> threading.Thread:
    """A thread that waits in line for its turn, and says when it had it."""

    def work() -> None:
        line.take()
        done.append(name)
        line.give_back()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def stands_in_line(line: Turns, count: int) -> None:
    end = time.monotonic() + SOON
    while len(line._line) < count:
        assert time.monotonic() < end
        time.sleep(0.001)
