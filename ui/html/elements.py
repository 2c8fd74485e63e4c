"""What is the page's HTML made of?  Elements, which have a type of their own, `Markup`.

Whatever else is put into an element is plain text and escaped: no text from data is ever read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape

from markupsafe import Markup as Markup
from markupsafe import escape

NOTHING = Markup()
_EMPTY = ("br", "img", "input", "meta")  # elements that hold nothing and are not closed


def element(name: str, /, *inside: str, **attributes: str | None) -> Markup:
    """An element: what is inside in order, and its attributes, of which `None` is left out.

    `class_` stands for `class`, and `data_asks` for `data-asks`.

    >>> print(element("p", "a < b ", element("b", "&"), class_="remark", title='"', role=None))
    <p class="remark" title="&#34;">a &lt; b <b>&amp;</b></p>
    >>> print(element("br"))
    <br>
    """
    if name in _EMPTY:
        return Markup(f"<{name}{_written(attributes)}>")
    return Markup(f"<{name}{_written(attributes)}>{''.join(map(escape, inside))}</{name}>")


def _written(attributes: Mapping[str, str | None]) -> str:
    by_name = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    # HTML in an attribute is text like any other: its quotes would end the attribute
    return "".join(f' {key}="{escape(str(value))}"' for key, value in by_name.items() if value is not None)


def whole(name: str, inside: str, **attributes: str | None) -> Markup:
    """A style sheet or script, in which nothing is escaped; raises `ValueError` where it would end early.

    >>> print(whole("style", "p { color: red }"))
    <style>p { color: red }</style>
    >>> whole("style", "</Style>")
    Traceback (most recent call last):
    ValueError: a style that would end early
    """
    if f"</{name}" in inside.lower() or "<!--" in inside:
        raise ValueError(f"a {name} that would end early")
    return Markup(f"<{name}{_written(attributes)}>{inside}</{name}>")


def without_elements(html: str, name: str) -> Markup:
    """HTML of the page's own without the elements of a name; what is inside them stays.

    >>> print(without_elements(element("p", element("span", "a", class_="n"), element("b", "c")), "span"))
    <p>a<b>c</b></p>
    """
    return Markup(re.sub(rf"</?{name}\b[^>]*>", "", html))


def joined(pieces: Iterable[str], between: str = "") -> Markup:
    """Pieces one after the other, plain text among them escaped.

    >>> print(joined(["<", element("br")], " & "))
    &lt; &amp; <br>
    """
    return escape(between).join(pieces)


def filled(fill: Callable[[Mapping[str, str]], str], parts: Mapping[str, str]) -> Markup:
    """A text of the page's own, which may hold markup, with its gaps filled: by HTML, or by plain text.

    >>> print(filled("<b>{name}</b> {year}".format_map, {"name": "<i>", "year": element("em", "1 %")}))
    <b>&lt;i&gt;</b> <em>1 %</em>
    """
    return Markup(fill({gap: str(escape(part)) for gap, part in parts.items()}))


def plain_text(html: str) -> str:
    r"""What a person reads of some HTML.

    >>> plain_text(element("b", "a < b", element("br"), "c"))
    'a < b\nc'
    """
    return unescape(re.sub("<[^>]*>", "", html.replace("<br>", "\n")))


# --- what the page is built of


def remark(*parts: str) -> Markup:
    """A small line below what it is about."""
    return element("p", *parts, class_="remark")


def listed(lines: Iterable[str]) -> Markup:
    """Lines, each at a dot."""
    return element("ul", *(element("li", line) for line in lines))


def notice(title: str, *inside: str, name: str = "notice", role: str = "alert") -> Markup:
    """A box that cannot be overlooked: its title, and what there is to say."""
    return element("div", element("strong", title), *inside, class_=name, role=role)
