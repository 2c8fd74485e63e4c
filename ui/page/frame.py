"""What is around every view?  The header, and text made safe for the page."""

from __future__ import annotations

import re

import streamlit as st

from hdmodel import MODEL_VERSION, Edition, PageState
from hdmodel.links.link import VIEWS
from hdmodel.reading.edition import released_edition, released_editions
from hdmodel.reading.upload import is_released
from ui.html.elements import NOTHING, Markup, element
from ui.html.show import show_html
from ui.page.language_choice import language_choice
from ui.session import keys, state
from ui.text.speech import Speech

_WORD_JOINER = "\u2060"
_LINK_OR_PICTURE = re.compile(
    r"(?<=:)(?=//|material/|[\w+-]+:)|(?<=www)(?=\.)|(?=@)", re.ASCII | re.IGNORECASE
)


def header(opened: PageState, speech: Speech) -> None:
    """Title, what the figures are, and the way to the views, the scenarios,
    the link, the files and the other languages.
    """
    about, until = opened.edition.about, speech.pick(opened.edition.names["known_until"])
    subtitle = speech.say(
        "subtitle.q3" if about["known_through"] == "q3" else "subtitle", until=until, model=MODEL_VERSION
    )
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        lines = element("h1", page_title(opened.edition, speech)), element("p", subtitle)
        show_html(element("div", *lines, _own(opened.edition, speech), class_="title"))
        with st.container(key="controls", horizontal=True, vertical_alignment="center", width="content"):
            _view_buttons(opened, speech)
            _scenario_menu(opened, speech)
            _edition_menu(opened, speech)
            st.button(speech.say("share"), key="share", on_click=state.open_share)
            st.button(speech.say("export"), key="export", on_click=state.open_export)
            language_choice(speech)


def page_title(edition: Edition, speech: Speech) -> str:
    """What the page is called: city and year."""
    return speech.say("title", city=speech.pick(edition.names["city"]), year=edition.about["year"])


def _own(edition: Edition, speech: Speech) -> Markup:
    """That the figures are somebody's own, where they are."""
    name = speech.say("editions.own.short", id=edition.id, digest=edition.digest)
    return NOTHING if is_released(edition) else element("p", name, class_="own")


def edition_words(edition: Edition, speech: Speech) -> str:
    """An edition by its place, year, how far its facts reach, and revision."""
    return speech.say(
        "edition.item",
        city=speech.pick(edition.names["city"]),
        year=edition.about["year"],
        until=speech.pick(edition.names["known_until"]),
        revision=edition.about["revision"],
    )


def _edition_menu(opened: PageState, speech: Speech) -> None:
    """The other editions of this host, where there are any."""
    others = [id for id in released_editions() if id != opened.edition.id]
    if not others:
        return
    menu = st.popover(speech.say("edition.menu"), key="editions-here", on_change="rerun")
    if menu.open:
        with menu:
            st.caption(speech.say("edition.menu.about"))
            for id in others:
                st.button(
                    escape_markdown(edition_words(released_edition(id), speech)),
                    key=f"edition-{id}",
                    width="stretch",
                    on_click=_enter,
                    args=(id,),
                )


def _enter(id: str) -> None:
    state.enter(released_edition(id))
    keys.put("editions-here", False)  # closes the menu
    state.ask_whole_page()


def _view_buttons(opened: PageState, speech: Speech) -> None:
    with st.container(key="views", horizontal=True, width="content", gap=None):
        for view in VIEWS:
            kind = "primary" if view == opened.view else "secondary"
            st.button(
                speech.say(f"view.{view}"),
                key=f"view-{view}",
                type=kind,
                on_click=state.show,
                args=("view", view),
            )


def _scenario_menu(opened: PageState, speech: Speech) -> None:
    menu = st.popover(speech.say("scenarios"), key="scenarios", on_change="rerun")
    if not menu.open:
        return
    with menu:
        st.caption(speech.say("scenarios.about"))
        for scenario in opened.edition.scenarios.values():
            st.button(
                escape_markdown(speech.pick(scenario.label)),
                key=f"scenario-{scenario.id}",
                width="stretch",
                on_click=state.load_preset,
                args=(opened.edition, scenario.id),
            )
            st.text(speech.pick(scenario.reason))


def escape_markdown(text: str) -> str:
    r"""Text from an edition, made safe for a place where Streamlit reads Markdown.

    >>> print(escape_markdown("a *b* [c](d) :red[e]"))
    a \*b\* \[c\]\(d\) \:red\[e\]

    A backslash does not keep an address from becoming a link, nor `:name:` from becoming a picture: these are
    looked for after it is gone. A word joiner, which is not seen, keeps them apart.

    >>> [escape_markdown(text) for text in ("http://x", "www.x", "a@x", ":+1:")]
    ['http\\:\u2060//x', 'www\u2060\\.x', 'a\u2060@x', '\\:\u2060\\+1\\:']
    """
    return "".join(
        f"\\{character}" if character in r"\`*_{}[]()#+-.!:$<>|~&" else character
        for character in _LINK_OR_PICTURE.sub(_WORD_JOINER, text)
    )


def heading(text: str) -> None:
    """The heading of a part of the page, below the title."""
    show_html(element("h2", text, class_="head"))


def css_class(key: str) -> str:
    """The class that Streamlit gives to an element with this key.

    >>> css_class("a.q3")
    'st-key-a-q3'
    """
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())
