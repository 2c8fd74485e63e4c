"""What happens on this server?  One line of JSON an event, without what a visitor typed.

A line says what was done, how long it took and how it ended: never a value, a name, an address or a file's
name. `hosted.py` has the lines written; where the page runs without it only faults are, on standard error.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

Fact = str | int | float
Listener = Callable[[str, dict[str, Fact]], None]

_LOG: Final = logging.getLogger("hdmodel.events")
_ROOT: Final = Path(__file__).parents[2]
_OWN: Final = ("app.py", "hdmodel", "ui")
_MOST_FRAMES: Final = 6
_listeners: Final[list[Listener]] = []


def happened(event: str, **facts: Fact) -> None:
    """Write a line, and tell who counts."""
    _say(logging.INFO, event, facts)


def fault(place: str, error: BaseException | str, **facts: Fact) -> None:
    """Something that no check foresaw: its kind and where it arose.
    What it says is left out, since it may hold what a visitor typed.
    """
    kind, at = (error, []) if isinstance(error, str) else (type(error).__name__, frames_of(error))
    _say(logging.ERROR, "fault", {"place": place, "error": kind, "at": " < ".join(at), **facts})


def _say(level: int, event: str, facts: dict[str, Fact]) -> None:
    for listener in _listeners:
        listener(event, facts)
    if _LOG.isEnabledFor(level):
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        _LOG.log(level, json.dumps({"time": time, "event": event, **facts}, ensure_ascii=False))


def frames_of(error: BaseException) -> list[str]:
    """The innermost places of the program that an error came through, the innermost first.

    >>> try:
    ...     json.loads("[")
    ... except ValueError as error:
    ...     print([frame.split(":")[0] for frame in frames_of(error)][:1])
    ['decoder.py']
    """
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno}" for frame in reversed(frames)]


def _short(file: str) -> str:
    """A file of the program by its path in it; any other by its name."""
    path = Path(file)
    inside = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path
    return inside.as_posix() if inside.parts[0] in _OWN else path.name


def listen(listener: Listener) -> None:
    """Have each event told to a function, too."""
    _listeners.append(listener)


def write_to_standard_output() -> None:
    """From now on each event is a line on standard output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _LOG.handlers = [handler]
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False
