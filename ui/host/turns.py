"""Whose run comes next?  One at a time, in the order in which they were asked for.

Streamlit gives each visitor's run a thread of its own, and Python lets one thread work at a time. Where fifty
run side by side, all are answered only when the last one is, and the thread that sends the answers waits
behind every one of them. Here a run that has to wait has not begun.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AT_ONCE: Final = 1  # two or four answer less: docs/operate.md
LONGEST: Final = 1.0  # seconds for which a run holds up the next one; it goes on beside it


class Turns:
    """A line of threads, of which so many may work at a time."""

    def __init__(self, at_once: int = AT_ONCE, longest: float = LONGEST) -> None:
        self._at_once, self._longest = at_once, longest
        self._lock = threading.Lock()
        self._line: deque[threading.Event] = deque()
        self._begun: dict[threading.Event, float] = {}
        self._own = threading.local()

    @property
    def is_taken(self) -> bool:
        """Whether this thread holds a turn."""
        return getattr(self._own, "place", None) is not None

    @property
    def waited(self) -> float:
        """The seconds for which this thread has waited until its run could begin."""
        return getattr(self._own, "waited", 0.0)

    def take(self) -> None:
        """Wait for this thread's turn, behind those that came before."""
        begun = time.monotonic()
        self._own.place = place = threading.Event()
        with self._lock:
            self._line.append(place)
        self._call()
        while not place.wait(self._longest):
            self._call()
        self._own.waited = time.monotonic() - begun

    def give_back(self) -> None:
        """Let the next thread work; nothing for a thread that holds no turn."""
        place, self._own.place = getattr(self._own, "place", None), None
        if place is not None:
            with self._lock:
                self._begun.pop(place, None)
            self._call()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """For the time in which this thread only waits, for another process say, others may work."""
        was_taken, waited = self.is_taken, self.waited
        self.give_back()
        try:
            yield
        finally:
            if was_taken:
                self.take()
                self._own.waited = waited

    def _call(self) -> None:
        """Call those whose turn it is; a thread that has had its time no longer counts."""
        with self._lock:
            now = time.monotonic()
            self._begun = {
                place: since for place, since in self._begun.items() if now - since < self._longest
            }
            while self._line and len(self._begun) < self._at_once:
                place = self._line.popleft()
                self._begun[place] = now
                place.set()


TURNS: Final = Turns()
