"""What is a page of its own, which Streamlit does not draw?  A title, a few words, a script."""

from __future__ import annotations

from ui.html.elements import Markup, element, whole

_STYLE = (
    "body{margin:15vh auto;max-width:34rem;padding:0 1rem;color:#17201f;background:#fcfcfa;"
    "font:1.05rem/1.7 system-ui,'Noto Sans CJK SC',sans-serif}a{color:#1f6f78}"
    "@media(prefers-color-scheme:dark){body{color:#f0f3f1;background:#14191c}a{color:#7cc4cc}}"
)


def document(title: str, inside: Markup, script: str, language: str) -> bytes:
    """A whole document in UTF-8, its language as HTML names it.

    >>> document("a < b", element("p", "c"), "f()", "en").decode()[-48:]
    '<body><p>c</p><script>f()</script></body></html>'
    """
    head = (
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width"),
        element("title", title),
        whole("style", _STYLE),
    )
    body = element("body", inside, whole("script", script))
    return f"<!doctype html>{element('html', element('head', *head), body, lang=language)}".encode()
