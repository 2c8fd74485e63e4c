"""What strangers wrote is text in every file that leaves the page: names and notes of an edition, titles of
plans, rows of a ledger. (`test_workbook.py` asks the same of the workbook's cells, one text after the other.)
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from hdmodel import Edition, PageState, Words, baseline, open_link
from hdmodel.ledger import Ledger
from hdmodel.links.plans import Plan
from tests import ledgers
from tests.handover.markup import Reading
from tests.handover.states import ABOUT
from tests.indicators import INVESTMENT
from ui.answers.ledger_answer import LedgerAnswer, ledger_answer
from ui.answers.lever_map_rows import axes_of
from ui.answers.plan_rows import columns_of
from ui.handover.data_files import compare_csv, log_csv, results_csv
from ui.handover.document import document_of, plans_document_of, units_document_of
from ui.handover.offline.page import offline_page
from ui.handover.picture import slide_drawing
from ui.handover.view_answer import (
    ViewAnswer,
    compare_answer,
    explore_answer,
    ledger_view_answer,
    required_answer,
)
from ui.handover.workbook import workbook_of
from ui.session.history import History, Moment
from ui.text.speech import Speech

ZH = Speech("zh")
MARKED = (
    "</script></style></template><script>alert(1)</script><img src=x onerror=alert(1)></w:t></text></a>&amp;"
    '<!--<a href="https://evil.example">t</a> ![i](https://evil.example/i.png) [t](https://evil.example) '
    'https://evil.example "&HYPERLINK("//evil")&"'
)
BEGINNINGS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝A1", "\t=1+1")
STRANGE = tuple(f"{beginning} {MARKED}" for beginning in BEGINNINGS)
PLAIN = ("invented",) * len(STRANGE)


def in_their_words(table: Mapping[str, Any], texts: tuple[str, ...]) -> dict[str, Any]:
    """The records of a table with these texts in place of all names and notes, in turn."""

    def said(item: Any, text: str) -> Any:
        names = [field.name for field in fields(item) if isinstance(getattr(item, field.name), Words)]
        return replace(item, **dict.fromkeys(names, Words.alike(text)))

    return {id: said(item, texts[at % len(texts)]) for at, (id, item) in enumerate(table.items())}


def opened_with(edition: Edition, texts: tuple[str, ...]) -> PageState:
    """An edition, three plans and what is entered of them, in these words."""
    tables = {
        name: in_their_words(getattr(edition, name), texts)
        for name in ("indicators", "levers", "figures", "sources")
    }
    strange = replace(edition, names=dict.fromkeys(edition.names, Words.alike(texts[0])), **tables)
    plans = tuple(Plan(baseline(strange), text[:40]) for text in texts[:3])
    entries = [(f"{INVESTMENT}.target", "33.35"), (f"{INVESTMENT}.h1", "15")]
    return replace(open_link(entries, strange), plans=plans)


def ledger_of(opened: PageState, texts: tuple[str, ...]) -> LedgerAnswer:
    rows = [
        ledgers.row(text, plan_q3="1", unit=text, person=text, note=text, start="started") for text in texts
    ]
    found = ledger_answer(opened, Ledger(tuple({row.name: row for row in rows}.values())), None)
    assert found is not None
    return found


Make = Callable[[PageState, tuple[str, ...]], bytes]
DOCUMENTS: dict[str, Make] = {
    "document": lambda opened, _: document_of(opened, ABOUT, ZH),
    "plans": lambda opened, _: plans_document_of(opened, ABOUT, ZH),
    "units": lambda opened, texts: units_document_of(opened, ledger_of(opened, texts), ABOUT, ZH),
}


def parts_of(data: bytes) -> dict[str, ElementTree.Element]:
    with ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


def leading_elsewhere(data: bytes) -> list[str]:
    return [
        part.attrib["Target"]
        for name, root in parts_of(data).items()
        for part in root
        if name.endswith(".rels") and part.attrib.get("TargetMode") == "External"
    ]


@pytest.fixture(scope="module")
def usual_tags(haidong: Edition) -> set[str]:
    """The elements of a document in plain words."""
    return {part.tag for part in body_of(document_of(opened_with(haidong, PLAIN), ABOUT, ZH)).iter()}


def body_of(data: bytes) -> ElementTree.Element:
    return parts_of(data)["word/document.xml"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_holds_no_element_and_no_link_of_theirs(
    haidong: Edition, name: str, usual_tags: set[str]
) -> None:
    data = DOCUMENTS[name](opened_with(haidong, STRANGE), STRANGE)
    body = body_of(data)
    assert {part.tag for part in body.iter()} <= usual_tags
    links = [part for part in body.iter() if part.tag.endswith("}hyperlink")]
    assert len(links) == 1 and leading_elsewhere(data) == [ABOUT.link]
    assert "<script>" in "".join(body.itertext()), "it is there, as text"


def test_a_workbook_leads_nowhere_but_back(haidong: Edition) -> None:
    data = workbook_of(opened_with(haidong, STRANGE), ABOUT, ZH)
    assert leading_elsewhere(data) == [ABOUT.link]
    formulas = [
        part.text or "" for root in parts_of(data).values() for part in root.iter() if part.tag.endswith("}f")
    ]
    outside = [re.sub(r'"(?:[^"]|"")*"', "", formula) for formula in formulas]  # what is no text in them
    assert len(formulas) > 100 and not [one for one in outside if re.search("evil|HYPERLINK|script", one)]


OF_A_DRAWING = {"svg", "g", "rect", "path", "text", "tspan", "line", "circle", "defs"}
OF_A_DRAWING |= {"clipPath", "linearGradient", "stop", "title"}


def answers_of(opened: PageState, texts: tuple[str, ...]) -> list[ViewAnswer]:
    columns, edition = columns_of(opened, ZH), opened.edition
    return [
        explore_answer(opened, ZH),
        required_answer(opened, axes_of(edition, opened.scenario, opened.focus), ZH),
        compare_answer(opened, (columns[2], columns[3]), ZH),
        ledger_view_answer(opened, ledger_of(opened, texts), ZH),
    ]


def test_a_picture_of_any_view_holds_no_element_and_no_address_of_theirs(haidong: Edition) -> None:
    opened = opened_with(haidong, STRANGE)
    for answer in answers_of(opened, STRANGE):
        root = ElementTree.fromstring(slide_drawing(opened, ABOUT, answer, ZH))
        assert {part.tag.rpartition("}")[2] for part in root.iter()} <= OF_A_DRAWING
        attributes = {(name, value) for part in root.iter() for name, value in part.items()}
        assert not [name for name, _ in attributes if name.startswith("on") or "href" in name]
        assert any("<script>" in (part.text or "") for part in root.iter()), "it is there, as text"


def test_the_offline_page_holds_no_element_and_no_address_of_theirs(haidong: Edition) -> None:
    strange, plain = (
        Reading(offline_page(opened_with(haidong, texts), ABOUT, ZH)) for texts in (STRANGE, PLAIN)
    )
    assert strange.elements == plain.elements and strange.addresses == plain.addresses == [ABOUT.link]


def test_no_cell_of_a_table_is_run_as_a_formula(haidong: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = opened_with(haidong, STRANGE)
    moved = open_link([(f"{INVESTMENT}.intensity_q4", "110"), ("telecom_volume.q3", "25")], opened.edition)
    past = History([Moment(ABOUT.made, baseline(opened.edition), (None, None, None))])
    past.record(Moment(ABOUT.made, moved.scenario, opened.plans))
    monkeypatch.setattr("ui.session.history.history", lambda: past)
    for write in (results_csv, compare_csv, log_csv):
        rows = csv.reader(io.StringIO(write(opened, ABOUT, ZH).decode("utf-8-sig"), newline=""))
        cells = [cell for row in rows for cell in row]
        assert any("<script>" in cell for cell in cells), "it is there, as text"
        assert not [cell for cell in cells if runs(cell)]


def runs(cell: str) -> bool:
    """Whether a spreadsheet that opens a CSV file takes a cell for a formula."""
    return bool(re.match(r"\s*[=+\-@＝＋－＠]", cell)) and not re.fullmatch(r"[+-]?[\d.]+", cell)
