"""How does an answer leave the page as a file?  The dialog that offers files, and makes one when it is asked
for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hdmodel import PageState
from hdmodel.links.plans import NO_PLANS
from ui.files.with_limits import NotDone
from ui.handover.data_files import compare_csv, log_csv, results_csv
from ui.handover.document import document_of, plans_document_of, units_document_of
from ui.handover.drawable import drawable, present_ledger
from ui.handover.drawing import can_draw
from ui.handover.offline.page import offline_page
from ui.handover.picture import Format, chat_picture, slide_drawing, slide_picture
from ui.handover.workbook import workbook_of
from ui.host.events import fault, happened
from ui.html.elements import element
from ui.html.show import show_html
from ui.page.about import About, file_name
from ui.page.frame import escape_markdown
from ui.page.moves import local_time
from ui.page.share import address_of
from ui.page.visit_file import save_button
from ui.session import state, visit_ledger
from ui.text.speech import Speech

_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCUMENT = f"{_OFFICE}wordprocessingml.document"


@dataclass(frozen=True)
class Kind:
    """A file that can be made: its name in keys and texts, its ending and type, and what makes it."""

    name: str
    ending: str
    type: str
    make: Callable[[PageState, About, Speech], bytes]
    is_of_plans: bool = False  # whether the plans go along
    view: str = ""  # which view its link opens, where not the present one


Asked: TypeAlias = tuple[Kind, DeltaGenerator]  # a file, and where it is offered


_WORKBOOK = Kind(
    "workbook",
    ".xlsx",
    f"{_OFFICE}spreadsheetml.sheet",
    lambda *of: workbook_of(*of),
    is_of_plans=True,
)
_OFFLINE = Kind("offline", "-offline.html", "text/html", offline_page, is_of_plans=True, view="explore")


_DATA = [
    Kind("results", "-results.csv", "text/csv", results_csv),
    Kind("compare", "-compare.csv", "text/csv", compare_csv, is_of_plans=True),
    Kind("log", "-log.csv", "text/csv", log_csv),
]


def export_dialog(opened: PageState, speech: Speech) -> None:
    """The files that there are, where they were asked for."""
    if not state.is_export_asked():
        return

    @st.dialog(speech.say("export"), width="large")
    def shown() -> None:
        st.caption(speech.say("export.about"))
        asked = [
            *_part("export.workbook", [_WORKBOOK], speech),
            *_part("export.offline", [_OFFLINE], speech),
            *_drawn_files(opened, speech),
            *_part("export.data", _DATA, speech),
        ]
        _title("keep.export", speech)
        save_button(opened, "export", speech)
        for (
            kind,
            place,
        ) in asked:  # last: every place is empty by now, and no former file is offered meanwhile
            with place.container():
                _offer(opened, kind, speech)

    shown()


def _drawn_files(opened: PageState, speech: Speech) -> list[Asked]:
    """Documents and pictures, where the host can write what stands in their charts."""
    if not _can_write(speech):
        st.warning(speech.say("export.no_font"))
        return []
    documents = _part("export.document", _documents(opened), speech)
    _title("export.picture", speech)
    return [*documents, *_buttons(_pictures(opened, speech), speech)]


def _part(title: str, kinds: Sequence[Kind], speech: Speech) -> list[Asked]:
    _title(title, speech)
    return _buttons(kinds, speech)


def _buttons(kinds: Sequence[Kind], speech: Speech) -> list[Asked]:
    """A button for each file, and a place below them; the file whose button was pressed, with that place."""
    with st.container(horizontal=True):
        asked = [kind for kind in kinds if _is_pressed(kind, speech)]
    place = st.empty()
    return [(kind, place) for kind in asked]


def _can_write(speech: Speech) -> bool:
    """Whether the host has the language's letters; where that cannot be found out just now, what is made says
    so.
    """
    signs = speech.traits.drawn_with
    try:
        return not signs or can_draw(signs)
    except NotDone:
        return True


def _documents(opened: PageState) -> list[Kind]:
    kinds = [Kind("document", ".docx", _DOCUMENT, document_of)]
    if any(opened.plans):
        kinds.append(Kind("plans", "-plans.docx", _DOCUMENT, plans_document_of, is_of_plans=True))
    ledger = present_ledger(opened)
    if ledger is not None and ledger.carried is None and opened.edition.id in visit_ledger.of_ones_own():
        kinds.append(
            Kind(
                "units",
                "-ledger.docx",
                _DOCUMENT,
                lambda opened, about, speech: units_document_of(opened, ledger, about, speech),
                view="projects",
            )
        )
    return kinds


def _pictures(opened: PageState, speech: Speech) -> list[Kind]:
    """The pictures of an answer: of the present view's where it has one, or of the one that is chosen."""
    answers = drawable(opened, speech)
    is_drawn = opened.view in answers
    if not is_drawn:
        st.caption(speech.say("export.picture.none"))
    first = opened.view if is_drawn else "explore"
    name = st.segmented_control(
        speech.say("export.picture.of"),
        list(answers),
        default=first,
        key="picture-of",
        format_func=lambda name: speech.say("record" if name == "years" else f"view.{name}"),
    )
    name = name or first

    def kind(format: str, ending: str, type: str, draws: Format) -> Kind:
        return Kind(
            format,
            f"-{name}-{ending}",
            type,
            lambda opened, about, speech: draws(opened, about, answers[name](), speech),
            is_of_plans=name == "compare",
            view="required" if name == "years" else name,
        )

    return [
        kind("chat", "chat.png", "image/png", chat_picture),
        kind("slide", "slide.png", "image/png", slide_picture),
        kind("drawing", "slide.svg", "image/svg+xml", slide_drawing),
    ]


def _title(key: str, speech: Speech) -> None:
    show_html(element("h2", speech.say(key), class_="part"))
    st.caption(speech.say(f"{key}.about"))


def _is_pressed(kind: Kind, speech: Speech) -> bool:
    return st.button(speech.say(f"export.make.{kind.name}"), key=f"make-{kind.name}", type="primary")


def _offer(opened: PageState, kind: Kind, speech: Speech) -> None:
    """Make a file and hand it over; one that cannot be made names why, and nothing else changes."""
    linked = replace(
        opened,
        plans=opened.plans if kind.is_of_plans else NO_PLANS,
        view=kind.view or opened.view,
    )
    about = About(local_time(datetime.now(UTC)), address_of(st.context.url, linked))
    begun = time.perf_counter()
    try:
        with st.spinner(speech.say("export.making")):
            data = kind.make(opened, about, speech)
    except MemoryError as error:
        fault("export", error, kind=kind.name)
        _failed(speech.say("export.why.memory"), speech)
        return
    except Exception as reason:  # whatever it is, the page goes on
        _failed(_why(reason, kind, speech), speech)
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


def _why(reason: Exception, kind: Kind, speech: Speech) -> str:
    """Why a file could not be made; what nobody foresaw goes into the log, under a code that is said."""
    if isinstance(reason, NotDone) and reason.why in ("busy", "too_slow", "too_much"):
        fault("export", reason.why, kind=kind.name)
        return speech.say(f"export.why.{reason.why}")
    code = uuid4().hex[:8]
    fault("export", reason, kind=kind.name, code=code)
    return speech.say("export.why.unknown", code=code)


def _failed(why: str, speech: Speech) -> None:
    st.error(escape_markdown(speech.say("export.failed", why=why)))
