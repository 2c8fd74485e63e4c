"""How does an answer leave the page as a file?  The dialog that offers files, and makes one when it is asked
for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

import streamlit as st

from hdmodel import PageState
from hdmodel.links.plans import NO_PLANS
from ui.handover.about import About, file_name
from ui.handover.document import document_of, plans_document_of
from ui.handover.drawing import has_chinese_font
from ui.handover.picture import chat_picture, slide_drawing, slide_picture
from ui.handover.workbook import workbook_of
from ui.host.events import fault, happened
from ui.html.door import show_html
from ui.html.elements import element
from ui.page.frame import escape_markdown
from ui.page.moves import local_time
from ui.page.share import address_of
from ui.page.visit_file import save_button
from ui.session import state
from ui.text.speech import Speech

_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """A file that can be made: its name in keys and texts, its ending and type, and what makes it."""

    name: str
    ending: str
    type: str
    make: Callable[[PageState, About, Speech], bytes]
    is_of_plans: bool = False  # whether the plans go along


def export_dialog(opened: PageState, speech: Speech) -> None:
    """The files that there are, where they were asked for."""
    if not state.is_export_asked():
        return

    @st.dialog(speech.say("export"), width="large")
    def shown() -> None:
        st.caption(speech.say("export.about"))
        for title, kinds in _offers(opened).items():
            _title(title, speech)
            if title != "export.workbook" and speech.language == "zh" and not has_chinese_font():
                st.warning(speech.say("export.no_font"))
                break
            with st.container(horizontal=True):
                chosen = [kind for kind in kinds if _is_pressed(kind, speech)]
            for kind in chosen:
                _offer(opened, kind, speech)
        _title("keep.export", speech)
        save_button(opened, "export", speech)

    shown()


def _offers(opened: PageState) -> dict[str, list[Kind]]:
    """The files that there are, under the keys of their titles."""
    document, svg = f"{_OFFICE}wordprocessingml.document", "image/svg+xml"
    plans = Kind("plans", "-plans.docx", document, plans_document_of, is_of_plans=True)
    return {
        "export.workbook": [
            Kind("workbook", ".xlsx", f"{_OFFICE}spreadsheetml.sheet", workbook_of, is_of_plans=True)
        ],
        "export.document": [
            Kind("document", ".docx", document, document_of),
            *([plans] if any(opened.plans) else []),
        ],
        "export.picture": [
            Kind("chat", "-chat.png", "image/png", chat_picture),
            Kind("slide", "-slide.png", "image/png", slide_picture),
            Kind("drawing", "-slide.svg", svg, slide_drawing),
        ],
    }


def _title(key: str, speech: Speech) -> None:
    show_html(element("h2", speech.say(key), class_="part"))
    st.caption(speech.say(f"{key}.about"))


def _is_pressed(kind: Kind, speech: Speech) -> bool:
    return st.button(speech.say(f"export.make.{kind.name}"), key=f"make-{kind.name}", type="primary")


def _offer(opened: PageState, kind: Kind, speech: Speech) -> None:
    """Make a file and hand it over; one that cannot be made names why, and nothing else changes."""
    linked = opened if kind.is_of_plans else replace(opened, plans=NO_PLANS)
    about = About(local_time(datetime.now(UTC)), address_of(st.context.url, linked))
    begun = time.perf_counter()
    try:
        with st.spinner(speech.say("export.making")):
            data = kind.make(opened, about, speech)
    except MemoryError as error:
        fault("export", error, kind=kind.name)
        _failed(speech.say("export.why.memory"), speech)
        return
    except Exception as error:  # whatever it is, the page goes on
        code = uuid4().hex[:8]
        fault("export", error, kind=kind.name, code=code)
        _failed(speech.say("export.why.unknown", code=code), speech)
        return
    happened("export", kind=kind.name, bytes=len(data), seconds=round(time.perf_counter() - begun, 3))
    name = file_name(opened, about, kind.ending)
    size = str(-(-len(data) // 1024))
    st.success(escape_markdown(speech.say("export.ready", name=name, size=size)))
    st.download_button(
        speech.say(f"export.download.{kind.name}"),
        data,
        name,
        kind.type,
        key=f"{kind.name}-file",
        on_click="ignore",
    )


def _failed(why: str, speech: Speech) -> None:
    st.error(escape_markdown(speech.say("export.failed", why=why)))
