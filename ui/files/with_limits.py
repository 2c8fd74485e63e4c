"""How is work done that must keep nobody waiting?  In a process of its own, with limits on its time, its
memory and what comes out of it.

The process that serves the visitors hands the work over and waits, which holds no one else; what takes too
long or too much is ended and named. What comes back is taken only where it is made of the model's records.
"""

from __future__ import annotations

import importlib
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from hdmodel.problems import BadInput
from ui.host.turns import TURNS

_ROOT: Final = Path(__file__).parents[2]
_OWN: Final = ("hdmodel.", "ui.files.")
_PLAIN: Final = frozenset(
    {("fractions", "Fraction"), ("decimal", "Decimal")}
    | {("datetime", name) for name in ("date", "datetime", "timedelta", "timezone")}
)
_OUT_OF_TIME: Final = -int(getattr(signal, "SIGXCPU", 0))  # a system without it knows no such limit

T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """What a kind of work may take: seconds of a processor and of the clock, bytes of memory and of its
    answer; how much of it goes on at once, and the seconds that more of it waits for its turn.
    """

    seconds: int
    longest: int  # where all processors are busy, five seconds of one take longer
    memory: int
    answered: int
    turn: threading.BoundedSemaphore
    longest_wait: float = 20


class NotDone(Exception):
    """Why there is no answer: `busy`, `too_slow` (and how many seconds), `too_much` (and how many bytes),
    `died` without a word, or `failed` (and of what).
    """

    def __init__(self, why: str, words: str = "") -> None:
        super().__init__(why, words)
        self.why, self.said = why, words


def isolated(limits: Limits, work: Callable[..., T], *arguments: object) -> T:
    """What a function of a module gives for these arguments, worked out in a process of its own.

    Raises `BadInput` as the function does, and `NotDone` where there is no answer within the limits.
    """
    request = pickle.dumps((work.__module__, work.__qualname__, arguments))
    with TURNS.lent():
        if not limits.turn.acquire(timeout=limits.longest_wait):
            raise NotDone("busy")
        try:
            kind, answer = _asked(limits, request)
        finally:
            limits.turn.release()
    if kind == "bad":
        raise BadInput(answer)
    if kind != "answer":
        raise NotDone(kind, answer)
    return answer  # type: ignore[no-any-return]


def _asked(limits: Limits, request: bytes) -> tuple[str, Any]:
    bounds = map(str, (limits.seconds, limits.memory, limits.answered))
    with subprocess.Popen(
        [sys.executable, "-m", __name__, *bounds],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
    ) as process:
        try:
            written, _ = process.communicate(request, timeout=limits.longest)
        except subprocess.TimeoutExpired:
            process.kill()
            raise NotDone("too_slow", str(limits.longest)) from None
    if not written and process.returncode == _OUT_OF_TIME:
        raise NotDone("too_slow", str(limits.seconds))
    if not written:
        raise NotDone("died")
    kind, answer = _Records(io.BytesIO(written)).load()
    return kind, answer


class _Records(pickle.Unpickler):
    """Takes the model's records and plain values, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith(_OWN) and name.isidentifier():
            record = super().find_class(module, name)
            if isinstance(record, type) and record.__module__ == module:
                return record
        raise pickle.UnpicklingError(f"{module}.{name} is no record of the model")


# --- the process of its own


def _answer(seconds: int, memory: int, most: int) -> None:
    """Read a request, write its answer."""
    _limit(seconds, memory)
    module, name, arguments = pickle.load(sys.stdin.buffer)
    answer: tuple[str, object]
    try:
        answer = ("answer", getattr(importlib.import_module(module), name)(*arguments))
    except BadInput as bad:
        answer = ("bad", bad.problems)
    except MemoryError:
        answer = ("too_much", str(memory))
    except Exception as error:  # what no check foresees has a name, too
        answer = ("failed", f"{type(error).__name__} {error}"[:500])
    written = pickle.dumps(answer)
    sys.stdout.buffer.write(written if len(written) <= most else pickle.dumps(("too_much", str(memory))))


def _limit(seconds: int, memory: int) -> None:
    """Hold this process to its limits, and let those that serve go first.

    Of memory what it can write to is counted: what draws charts reserves much more and never touches it.
    """
    if sys.platform == "win32":
        return  # which knows no such limits: time alone is held, from outside
    import resource

    os.nice(5)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    _answer(*map(int, sys.argv[1:]))
