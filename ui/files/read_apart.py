"""How is a stranger's file read without keeping anybody waiting?  In a process of its own; what takes too
long or too much is a fault of the file, and named.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, TypeVar

from hdmodel.problems import BadInput, Phrase, Place, Problem
from ui.files.with_limits import Limits, NotDone, isolated
from ui.host.events import fault

READING: Final = Limits(
    seconds=5, longest=15, memory=2**30, answered=32 * 2**20, turn=threading.BoundedSemaphore(2)
)

T = TypeVar("T")


def apart(place: str, reads: Callable[..., T], *arguments: object) -> T:
    """What a function of a module gives for these arguments, worked out in a process of its own.

    Raises `BadInput` as the function does, and with a problem at `place` where there is no answer within the
    limits of `READING`.
    """
    try:
        return isolated(READING, reads, *arguments)
    except NotDone as reason:
        raise BadInput([_fault(place, reason)]) from None


def _fault(name: str, reason: NotDone) -> Problem:
    place = Place(name)
    if reason.why == "busy":
        return Problem("busy", place, Phrase("found.busy"), Phrase("wanted.later"))
    if reason.why == "too_slow":
        return Problem(
            "too_slow", place, Phrase("found.seconds", most=int(reason.said)), Phrase("wanted.plain_file")
        )
    if reason.why == "too_much":
        memory = Phrase("found.memory", most=READING.memory // 2**20)
        return Problem("too_large", place, memory, Phrase("wanted.plain_file"))
    if reason.why == "died":
        return Problem("malformed", place, Phrase("found.damaged"), Phrase("wanted.plain_file"))
    fault("upload", reason.said.split()[0])
    return Problem("malformed", place, Phrase("found.damaged"), Phrase("wanted.plain_file"))
