"""How does a state get to somebody else?  The complete link, a code to scan, words for a message,
and a short code to read out.
"""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

import segno
import streamlit as st

from hdmodel import BadInput, Edition, PageState, project, write_link
from hdmodel.links.plans import NO_PLANS
from hdmodel.links.telephone_code import read_code, write_code
from hdmodel.reading.upload import is_released
from ui.answers.basis import basis_words
from ui.answers.sentences import result_sentence
from ui.html.elements import element, plain_text
from ui.html.show import show_html
from ui.page.editions import downloads
from ui.page.frame import escape_markdown, page_title
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
            scanned = address_of(st.context.url, replace(opened, plans=NO_PLANS))
            code = code_of(scanned)
            if code is None:
                st.caption(speech.say("share.qr.none"))
            else:
                show_html(element("img", class_="qr", alt=speech.say("share.qr"), src=_picture_of(code)))
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
    st.code(address_of(st.context.url, opened), language=None, wrap_lines=True)
    if is_of_this_machine(st.context.url):
        st.warning(speech.say("share.only_here"))
    st.caption(speech.say("share.reveals"))
    if not is_released(opened.edition):
        st.warning(
            escape_markdown(
                speech.say("editions.in_link", id=opened.edition.id, digest=opened.edition.digest)
            )
        )
        with st.container(horizontal=True):
            downloads(opened.edition, "share", speech)


def address_of(page: str | None, opened: PageState) -> str:
    """The complete link at the page's own address; under a sub-path, with the slash after it: a proxy that
    puts it there by a redirect may lose the rest.
    """
    parts = urlsplit(page or "")
    path = parts.path.rstrip("/") + "/"
    return urlunsplit((parts.scheme, parts.netloc, path, write_link(opened), ""))


def is_of_this_machine(page: str | None) -> bool:
    """Whether the page's address leads others to their own machine.

    >>> [is_of_this_machine(page) for page in ("http://localhost:8501/", "http://127.0.0.1/", "https://b.example/")]
    [True, True, False]
    """
    host = urlsplit(page or "").hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return False


def code_of(text: str) -> segno.QRCode | None:
    """The QR code of a link; `None` where it is longer than one can hold."""
    try:
        return segno.make(text, error="l", micro=False)
    except segno.DataOverflowError:
        return None


def _picture_of(code: segno.QRCode) -> str:
    """A QR code as the address of a picture: dark on white in either theme,
    with the quiet zone that scanners need.
    """
    return code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


def message_of(opened: PageState, speech: Speech) -> str:
    """The sentence that goes with a link: what the page says of the indicator in focus, and on what it rests,
    as plain text.
    """
    projection = project(opened.edition, opened.scenario)[opened.focus]
    sentence = plain_text(result_sentence(opened.edition, opened.scenario, projection, speech))
    rests = basis_words(opened.edition, opened.scenario, opened.focus, speech).strip()
    return speech.say(
        "share.message.text",
        title=page_title(opened.edition, speech),
        name=speech.pick(opened.edition.indicators[opened.focus].label),
        said=speech.say("between_sentences").join((sentence, rests)) if rests else sentence,
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
