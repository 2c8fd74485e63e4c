"""What does somebody see who may not enter?  A page of a few words in every language, and the way on.

The address that was asked for waits in the browser, in this tab alone, and is opened after the sign-in.
"""

from __future__ import annotations

from pathlib import Path

from hdmodel.language.languages import FIRST, LANGUAGES
from ui.html.documents import document
from ui.html.elements import element
from ui.text.speech import Speech

_SCRIPT = Path(__file__).with_name("way_back.js").read_text(encoding="utf-8")


def sign_in_page(sign_in: str) -> bytes:
    """Goes on to where people sign in."""
    return _page("going", sign_in, "go")


def refused_page(sign_in: str, person: str) -> bytes:
    """Says that whoever signed in is not on the table."""
    return _page("refused", sign_in, "wait", person=person)


def failed_page(sign_in: str) -> bytes:
    """Says that the sign-in came to nothing."""
    return _page("failed", sign_in, "")


def way_back_page(start: str) -> bytes:
    """Opens the address that was asked for before the sign-in."""
    return _page("back", start, "back")


def _page(key: str, way: str, does: str, **words: str) -> bytes:
    paragraphs = []
    for code, language in LANGUAGES.items():
        speech = Speech(code)
        link = element("a", speech.say(f"entrance.{key}.way"), href=way)
        paragraphs.append(element("p", speech.say(f"entrance.{key}", **words), " ", link, lang=language.tag))
    title = " · ".join(Speech(code).say("entrance.title") for code in LANGUAGES)
    inside = element("main", *paragraphs, data_does=does or None, data_way=way)
    return document(title, inside, _SCRIPT, LANGUAGES[FIRST].tag)
