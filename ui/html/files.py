"""What is an HTML file made of that asks for nothing?  Its style, its scripts and its data lie
within it, and its own policy forbids every request and every script but these.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ui.html.elements import Markup, element, joined, whole

_DOCTYPE = Markup("<!doctype html>\n")


@dataclass(frozen=True)
class Document:
    """A file's title, its language as HTML names it, style sheet, body, data by the id of their element, and
    scripts in order.
    """

    title: str
    language: str
    style: str
    body: Markup
    data: Any
    scripts: Sequence[str]


DATA = "data"  # the id of the element that holds the data


def written(document: Document) -> Markup:
    """The whole file.

    >>> file = written(Document("<a>", "en", "", element("p", "b"), {"c": "</d>"}, []))
    >>> print(file[file.index("<body") :])
    <body><p>b</p><script id="data" type="application/json">{"c":"\\u003c/d>"}</script></body></html>
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy(document.scripts)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", document.title),
        whole("style", document.style),
    )
    scripts = joined(whole("script", script) for script in document.scripts)
    body = element("body", document.body, _data(document.data), scripts)
    return _DOCTYPE + element("html", head, body, lang=document.language)


def policy(scripts: Sequence[str]) -> str:
    """What the file may do: lay its own styles and run its own scripts, known by what is in them.

    >>> policy([])
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src 'none'"
    """
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    return "; ".join(
        (
            *(f"{what} 'none'" for what in ("default-src", "base-uri", "form-action")),
            "style-src 'unsafe-inline'",
            " ".join(("script-src", *(hashes or ["'none'"]))),
        )
    )


def _data(data: Any) -> Markup:
    """Data as a script reads them; no text in them can end their element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return whole("script", text, id=DATA, type="application/json")
