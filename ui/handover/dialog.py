"""How does an answer leave the page as a file?  The dialog that offers files, and makes one when it is asked
for.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from uuid import uuid4

import streamlit as st

from hdmodel import PageState
from ui.handover.about import About
from ui.handover.workbook import file_name, workbook_of
from ui.html.door import show_html
from ui.html.elements import element
from ui.page.frame import escape_markdown
from ui.page.moves import local_time
from ui.page.share import address_of
from ui.session import state
from ui.text.speech import Speech

_LOG = logging.getLogger("hdmodel")
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_dialog(opened: PageState, speech: Speech) -> None:
    """The files that there are, where they were asked for."""
    if not state.is_export_asked():
        return

    @st.dialog(speech.say("export"), width="large")
    def shown() -> None:
        st.caption(speech.say("export.about"))
        show_html(element("h2", speech.say("export.workbook"), class_="part"))
        st.caption(speech.say("export.workbook.about"))
        if st.button(speech.say("export.make"), key="make-workbook", type="primary"):
            _offer(opened, speech)

    shown()


def _offer(opened: PageState, speech: Speech) -> None:
    """Make the workbook and hand it over; one that cannot be made names why, and nothing else changes."""
    about = About(local_time(datetime.now(UTC)), address_of(st.context.url, opened))
    try:
        with st.spinner(speech.say("export.making")):
            data = workbook_of(opened, about, speech)
    except MemoryError:
        _failed(speech.say("export.why.memory"), speech)
        return
    except Exception:  # whatever it is, the page goes on
        code = uuid4().hex[:8]
        _LOG.exception("A workbook could not be made (%s)", code)
        _failed(speech.say("export.why.unknown", code=code), speech)
        return
    name = file_name(opened, about)
    size = str(-(-len(data) // 1024))
    st.success(escape_markdown(speech.say("export.ready", name=name, size=size)))
    st.download_button(
        speech.say("export.download"), data, name, _WORKBOOK_TYPE, key="workbook-file", on_click="ignore"
    )


def _failed(why: str, speech: Speech) -> None:
    st.error(escape_markdown(speech.say("export.failed", why=why)))
