"""How does a state get to somebody else?  The complete link, a code to scan, words for a message,
and a short code to read out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape
from urllib.parse import urlsplit, urlunsplit

import segno
import streamlit as st

from hdmodel import BadInput, Edition, PageState, project, write_link
from hdmodel.links.plans import NO_PLANS
from hdmodel.links.telephone_code import read_code, write_code
from hdmodel.reading.upload import is_released
from ui.answers.sentences import result_sentence
from ui.page.editions import downloads
from ui.page.frame import escape_markdown
from ui.session import history, state
from ui.text.speech import Speech


def share_dialog(opened: PageState, speech: Speech) -> None:
    """Everything there is to send, where it was asked for."""
    if not state.is_share_asked():
        return

    @st.dialog(speech.say("share"), width="large")
    def shown() -> None:
        left, right = st.columns([5, 6], gap="medium")
        with left:
            scanned = address_of(replace(opened, plans=NO_PLANS))
            st.html(f'<img class="qr" alt="{escape(speech.say("share.qr"))}" src="{qr_of(scanned)}">')
            st.caption(speech.say("share.qr.about"))
        with right:
            _link(opened, speech)
            st.text(speech.say("share.code"))
            st.code(write_code(opened.edition, opened.scenario), language=None)
            st.caption(speech.say("share.code.about"))
            _typed_code(opened.edition, speech)
        st.text(speech.say("share.message"))
        st.code(message_of(opened, speech), language=None, wrap_lines=True)

    shown()


def _link(opened: PageState, speech: Speech) -> None:
    st.caption(speech.say("share.about"))
    st.code(address_of(opened), language=None, wrap_lines=True)
    st.caption(speech.say("share.reveals"))
    if not is_released(opened.edition):
        st.warning(
            escape_markdown(
                speech.say("editions.in_link", id=opened.edition.id, digest=opened.edition.digest)
            )
        )
        with st.container(horizontal=True):
            downloads(opened.edition, "share", speech)


def address_of(opened: PageState) -> str:
    """The complete link to a state, at the address where the page is open."""
    page = urlsplit(st.context.url or "")
    return urlunsplit((page.scheme, page.netloc, page.path or "/", write_link(opened), ""))


def qr_of(text: str) -> str:
    """A QR code as the address of a picture: dark on white in either theme,
    with the quiet zone that scanners need.
    """
    return segno.make(text, error="l", micro=False).svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


def message_of(opened: PageState, speech: Speech) -> str:
    """The sentence that goes with a link: what the page says of the indicator in focus, as plain text."""
    projection = project(opened.edition, opened.scenario)[opened.focus]
    sentence = unescape(
        re.sub("<[^>]*>", "", result_sentence(opened.edition, opened.scenario, projection, speech))
    )
    about = opened.edition.about
    title = speech.say("title", city=about[f"city_{speech.language}"], year=about["year"])
    return speech.say(
        "share.message.text",
        title=title,
        name=speech.pick(opened.edition.indicators[opened.focus].label),
        said=sentence,
    )


def _typed_code(edition: Edition, speech: Speech) -> None:
    """A code that was read out, typed back: it replaces the sliders, and keeps what was entered and read."""
    text = st.text_input(speech.say("share.code.type"), key="code-heard", max_chars=60)
    if not text:
        return
    try:
        wanted = read_code(edition, text)
    except BadInput:
        st.warning(escape_markdown(speech.say("share.code.wrong", code=text)))
        return
    if st.button(speech.say("share.code.open"), key="open-code", type="primary"):
        present = history.history().present
        typed = [id for id, lever in edition.levers.items() if lever.is_typed_alone]
        kept = {id: present.scenario.as_dict()[id] for id in typed}
        state.put_state(
            edition, replace(wanted, values=tuple({**wanted.as_dict(), **kept}.items())), present.plans
        )
        st.rerun()
