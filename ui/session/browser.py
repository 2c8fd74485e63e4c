"""What does the browser do by itself?  The parts of the page's script: what each is told, who hears of it.

One component hands all of it over (`ui/session/browser.js`). Streamlit makes a class for each component at
each look at what the session holds, so that five of them were some 8 % of a press.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from ui.html.show import lay_script
from ui.session import keys

_SCRIPT = Path(__file__).with_suffix(".js")
_KEY = "browser"


@dataclass(frozen=True)
class Part:
    """A part of the page's script: a module whose default function takes `data` and
    `setTriggerValue(event, value)`, and gives what ends it.
    """

    name: str
    script: str
    data: Mapping[str, Any] | None = field(default_factory=dict)  # what it is told; `None`: not at work here
    hears: Mapping[str, Callable[[Any], None]] = field(default_factory=dict)  # who is told a value, by event


def lay(parts: Sequence[Part]) -> None:
    """Have the browser do its part; the scripts are sent once, what they are told where it has changed."""
    lay_script(_joined(tuple((part.name, part.script) for part in parts)))
    heard = {
        f"on_{event}_change": partial(_heard, event, hear)
        for part in parts
        for event, hear in part.hears.items()
    }
    st.components.v2.component(_KEY, js=_SCRIPT.read_text(encoding="utf-8"))(
        key=_KEY, data={part.name: part.data for part in parts}, **heard
    )


def _heard(event: str, hear: Callable[[Any], None]) -> None:
    """The browser tells of something (the component's callback)."""
    hear(keys.get(_KEY).get(event))


@lru_cache(maxsize=1)
def _joined(scripts: tuple[tuple[str, str], ...]) -> str:
    """One script that holds the parts, none of which sees the names of another."""
    parts = [f"{name}: (() => {{\n{_as_function(script)}\nreturn begin;\n}})()" for name, script in scripts]
    laid = ",\n".join(parts)
    return f'window.pageParts = {{\n{laid}\n}};\nwindow.dispatchEvent(new Event("page-parts"));'


def _as_function(module: str) -> str:
    return module.replace("export default function", "function begin", 1)
