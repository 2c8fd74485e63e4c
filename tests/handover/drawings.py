"""Reading a drawing."""

from __future__ import annotations

from xml.etree import ElementTree


def words_of(svg: str | bytes) -> str:
    """What stands in a drawing, its lines joined without their blanks."""
    texts = [
        element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("}text")
    ]
    return "".join(texts).replace(" ", "")
