"""What is around every view?  The header, and text made safe for the page."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from hdmodel import MODEL_VERSION, Edition, PageState
from hdmodel.links.link import LANGUAGES, VIEWS
from hdmodel.reading.edition import newer_edition, released_edition, released_editions
from hdmodel.reading.upload import is_released
from ui.session import keys, state
from ui.text.speech import Speech


def header(opened: PageState, speech: Speech) -> None:
    """Title, what the figures are, and the way to the views, the scenarios,
    the link, the files and the other language.
    """
    about = opened.edition.about
    city, until = about[f"city_{speech.language}"], about[f"known_until_{speech.language}"]
    title = speech.say("title", city=city, year=about["year"])
    subtitle = speech.say(
        "subtitle.q3" if about["known_through"] == "q3" else "subtitle", until=until, model=MODEL_VERSION
    )
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="title"><h1>{escape(title)}</h1><p>{escape(subtitle)}</p>'
            f"{_own(opened.edition, speech)}{_newer(opened.edition, speech)}</div>"
        )
        with st.container(key="controls", horizontal=True, vertical_alignment="center", width="content"):
            _view_buttons(opened, speech)
            _scenario_menu(opened, speech)
            _edition_menu(opened, speech)
            st.button(speech.say("share"), key="share", on_click=state.open_share)
            st.button(speech.say("export"), key="export", on_click=state.open_export)
            other = next(language for language in LANGUAGES if language != speech.language)
            st.button(
                speech.say("language.other"),
                key="language",
                type="tertiary",
                on_click=state.show,
                args=("lang", other),
            )


def _own(edition: Edition, speech: Speech) -> str:
    """That the figures are somebody's own, where they are."""
    said = speech.say("editions.own.short", id=edition.id, digest=edition.digest)
    return "" if is_released(edition) else f'<p class="own">{escape(said)}</p>'


def _newer(edition: Edition, speech: Speech) -> str:
    """That a newer edition of the same place and year is here, where one is."""
    newer = newer_edition(edition) if is_released(edition) else None
    if newer is None:
        return ""
    said = speech.say("edition.newer", what=edition_words(newer, speech))
    return f'<p class="own">{escape(said)}</p>'


def edition_words(edition: Edition, speech: Speech) -> str:
    """An edition by its place, year, how far its facts reach, and revision."""
    about = edition.about
    return speech.say(
        "edition.item",
        city=about[f"city_{speech.language}"],
        year=about["year"],
        until=about[f"known_until_{speech.language}"],
        revision=about["revision"],
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


_NO_LINK = "\u2060"  # word joiner
# the part of an address of a page, or of a person, by which Markdown knows it
_ADDRESS = re.compile(r"https?(?=://)|www(?=\.)|[\w.+-](?=@)", re.IGNORECASE)


def escape_markdown(text: str) -> str:
    r"""Text from an edition, made safe for a place where Streamlit reads Markdown.

    Markdown makes a link of a bare address, even of one that is escaped: a mark that cannot be seen parts it.

    >>> print(escape_markdown("a *b* [c](d) :red[e]"))
    a \*b\* \[c\]\(d\) \:red\[e\]
    """
    return "".join(
        f"\\{character}" if character in r"\`*_{}[]()#+-.!:$<>|~&" else character
        for character in _ADDRESS.sub(rf"\g<0>{_NO_LINK}", text)
    )


def heading(text: str) -> None:
    """The heading of a part of the page, below the title."""
    st.html(f'<h2 class="head">{escape(text)}</h2>')


def css_class(key: str) -> str:
    """The class that Streamlit gives to an element with this key.

    >>> css_class("a.q3")
    'st-key-a-q3'
    """
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())
