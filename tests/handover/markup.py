"""Reading a file of HTML."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

EMPTY = {"br", "img", "input", "meta"}


class Reading(HTMLParser):
    """What a browser makes of the file."""

    def __init__(self, file: bytes) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.policy, self.scripts, self.open = "", [], []
        self.feed(file.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        found = dict(attributes)
        assert not any(name.startswith("on") for name in found), "no handler stands in an attribute"
        self.addresses += [
            value or "" for name, value in attributes if name in ("src", "href", "data", "action")
        ]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
