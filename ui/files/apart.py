"""How is a stranger's file read without keeping anybody waiting?  In a process of its own, with limits on
its time, its memory and what comes out of it.

The process that serves the visitors hands the file over and waits, which holds no one else; what takes too
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
from pathlib import Path
from typing import Any, Final, TypeVar

from hdmodel.problems import BadInput, Phrase, Problem
from ui.host.events import fault

SECONDS: Final = 5  # of a processor
LONGEST: Final = 15  # seconds of the clock: where all processors are busy, five of one take longer
MOST_MEMORY: Final = 2**30  # bytes of address space
MOST_ANSWERED: Final = 32 * 2**20  # bytes
AT_ONCE: Final = 2  # files; more wait for their turn
_LONGEST_WAIT: Final = 20  # seconds
_ROOT: Final = Path(__file__).parents[2]
_OWN: Final = ("hdmodel.", "ui.files.")
_PLAIN: Final = frozenset(
    {("fractions", "Fraction"), ("decimal", "Decimal")}
    | {("datetime", name) for name in ("date", "datetime", "timedelta", "timezone")}
)
_OUT_OF_TIME: Final = -int(getattr(signal, "SIGXCPU", 0))  # a system without it knows no such limit
_turn = threading.BoundedSemaphore(AT_ONCE)

T = TypeVar("T")


def apart(place: str, reads: Callable[..., T], *arguments: object) -> T:
    """What a function of a module gives for these arguments, worked out in a process of its own.

    Raises `BadInput` as the function does, and with a problem at `place` where it takes more than `SECONDS`
    or `MOST_MEMORY`, gives more than `MOST_ANSWERED`, or ends without an answer.
    """
    if not _turn.acquire(timeout=_LONGEST_WAIT):
        raise _refused("busy", place, Phrase("found.busy"), Phrase("wanted.later"))
    try:
        kind, answer = _asked(place, pickle.dumps((reads.__module__, reads.__qualname__, arguments)))
    finally:
        _turn.release()
    if kind == "bad":
        raise BadInput(answer)
    if kind == "too_much":
        raise _too_much(place)
    if kind == "failed":
        fault("upload", answer.split()[0])
        raise _refused("malformed", place, answer, Phrase("wanted.file"))
    return answer  # type: ignore[no-any-return]


def _asked(place: str, request: bytes) -> tuple[str, Any]:
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
    ) as process:
        try:
            written, _ = process.communicate(request, timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            raise _too_slow(place, LONGEST) from None
    if not written and process.returncode == _OUT_OF_TIME:
        raise _too_slow(place, SECONDS)
    if not written:
        raise _refused("malformed", place, Phrase("found.damaged"), Phrase("wanted.plain_file"))
    kind, answer = _Records(io.BytesIO(written)).load()
    return kind, answer


def _refused(kind: str, place: str, found: str, wanted: str) -> BadInput:
    return BadInput([Problem(kind, place, found, wanted)])


def _too_slow(place: str, seconds: int) -> BadInput:
    return _refused("too_slow", place, Phrase("found.seconds", most=seconds), Phrase("wanted.plain_file"))


def _too_much(place: str) -> BadInput:
    return _refused(
        "too_large", place, Phrase("found.memory", most=MOST_MEMORY // 2**20), Phrase("wanted.plain_file")
    )


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


def _answer() -> None:
    """Read a request, write its answer."""
    _limit()
    module, name, arguments = pickle.load(sys.stdin.buffer)
    answer: tuple[str, object]
    try:
        answer = ("answer", getattr(importlib.import_module(module), name)(*arguments))
    except BadInput as bad:
        answer = ("bad", bad.problems)
    except MemoryError:
        answer = ("too_much", "")
    except Exception as error:  # what no check foresees is a fault of the file, too
        answer = ("failed", f"{type(error).__name__} {error}"[:500])
    written = pickle.dumps(answer)
    sys.stdout.buffer.write(written if len(written) <= MOST_ANSWERED else pickle.dumps(("too_much", "")))


def _limit() -> None:
    """Hold this process to its limits, and let those that serve go first."""
    if sys.platform == "win32":
        return  # which knows no such limits: time alone is held, from outside
    import resource

    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    _answer()
