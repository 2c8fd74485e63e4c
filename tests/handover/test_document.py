"""The one-page document: what it says is what the page says, LibreOffice makes one page of it,
and strangers' text stays text.
"""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from hdmodel import Edition, PageState, Words, load_edition, open_link, project
from hdmodel.ledger import Ledger, LedgerRow
from hdmodel.links.plans import Plan
from tests import ledgers
from tests.folders import INVENTED_EDITION
from tests.handover.office import converted, needs_writer, text_of_page
from tests.handover.states import ABOUT, random_states
from tests.indicators import INVESTMENT, STARTS
from ui.answers.ledger_answer import LedgerAnswer, ledger_answer
from ui.answers.sentences import result_sentence
from ui.handover import official_page
from ui.handover.document import document_of, plans_document_of, units_document_of
from ui.handover.drawing import as_picture, can_draw, drawn, path_chart
from ui.html.elements import plain_text
from ui.page.about import About, scenario_in_words
from ui.page.cards import card_words
from ui.text.speech import Speech

ZH, EN = Speech("zh"), Speech("en")
LONG = About(ABOUT.made, "https://example.org/?v=3&" + "a.b=1&" * 900)  # more than a code holds


def file_of(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def read(data: bytes) -> docx.document.Document:
    """The document with plain blanks, also where a number is held to its unit."""
    file = file_of(data)
    for text in file.element.body.iter(qn("w:t")):
        text.text = (text.text or "").replace("\xa0", " ")
    return file


def words_of(data: bytes) -> str:
    file = read(data)
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def with_plans(edition: Edition, seed: int) -> PageState:
    now, *kept = random_states(edition, 4, seed)
    plans = tuple(Plan(one, f"方案{at}") for at, one in enumerate(kept, start=1))
    return replace(open_link([], edition), scenario=now, plans=plans)


@pytest.mark.parametrize("speech", [ZH, EN], ids=["zh", "en"])
def test_the_document_says_what_the_page_says(haidong: Edition, speech: Speech) -> None:
    for seed, scenario in enumerate(random_states(haidong, 12, 7)):
        focus = list(haidong.indicators)[seed % 5]
        opened = replace(open_link([], haidong), scenario=scenario, focus=focus)
        projections = project(haidong, scenario)
        data = document_of(opened, ABOUT, speech)
        assert plain_text(result_sentence(haidong, scenario, projections[focus], speech)) in words_of(data)
        rows = read(data).tables[0].rows[1:]
        headline = [id for id, indicator in haidong.indicators.items() if indicator.headline]
        for id, row in zip(headline, rows, strict=True):
            card = card_words(haidong, scenario, projections[id], speech)
            _, target, h1, year, against, _ = (cell.text for cell in row.cells)
            assert card.year in year.replace("\n", " "), id
            assert speech.say(f"status.{card.status}") in against
            of_target = projections[id].target is not None
            if of_target:
                assert target.replace("\n", " ") in card.details[0], id
            assert h1.replace("\n", " ") in card.details[int(of_target)], id


def test_the_row_of_the_investment_by_hand(haidong: Edition) -> None:
    """45 + 45 ÷ 2 × (58/56 × 1.2 + 60/56) = 97.1; 55 ÷ (45 ÷ 2 × 118/56) = 1.160 (README's example)."""
    opened = open_link([(f"{INVESTMENT}.intensity_q3", "120"), (f"{STARTS}.starts_q3", "4")], haidong)
    row = read(document_of(opened, ABOUT, ZH)).tables[0].rows[2]
    assert [cell.text for cell in row.cells] == [
        "一般性工业投资",
        "100.0 %\n[示意]",
        "45.0 %\n[示意]",
        "97.1 %\n[示意]",
        "缺口 2.9 个百分点 加力可达",
        "两季强度均不低于 116.0 %（取 117 %）",
    ]


def test_plans_stand_side_by_side_each_with_its_year(haidong: Edition) -> None:
    opened = with_plans(haidong, 3)
    head, *rows = read(plans_document_of(opened, ABOUT, ZH)).tables[0].rows
    titles = [cell.text for cell in head.cells]
    assert [title.rpartition(" · ")[2] for title in titles[-3:]] == ["方案1", "方案2", "方案3"]
    for plan, column in zip(opened.plans, range(len(titles) - 3, len(titles)), strict=True):
        assert plan is not None
        projection = project(haidong, plan.scenario)["industrial_value_added"]
        assert card_words(haidong, plan.scenario, projection, ZH).year in rows[0].cells[column].text


@pytest.mark.parametrize("folder", [None, INVENTED_EDITION], ids=["haidong", "invented"])
def test_libreoffice_makes_exactly_one_page_of_any_state(
    haidong: Edition, folder: Path | None, tmp_path: Path
) -> None:
    needs_writer()
    edition = haidong if folder is None else load_edition(folder)
    files = []
    for at, scenario in enumerate(random_states(edition, 6, 11)):
        opened = replace(open_link([], edition), scenario=scenario, focus=list(edition.indicators)[at % 3])
        for speech in (ZH, EN):
            files.append(tmp_path / f"state-{at}-{speech.language}.docx")
            files[-1].write_bytes(document_of(opened, ABOUT if at % 2 else LONG, speech))
            files.append(tmp_path / f"plans-{at}-{speech.language}.docx")
            files[-1].write_bytes(plans_document_of(with_plans(edition, at), ABOUT, speech))
    moved = open_link([(f"{INVESTMENT}.intensity_q3", "120"), (f"{STARTS}.starts_q3", "4")], haidong)
    for name, opened in (("moved", moved), ("baseline", open_link([], edition))):
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(document_of(opened, ABOUT, ZH))
    for file in converted(files, "pdf", tmp_path):
        assert pages_of(file) == 1, file.name
    assert "全年推演" in "".join(text_of_page(file, 1)) or folder is not None


@pytest.mark.parametrize(
    ("speech", "said"), [(ZH, "超出可设范围（至多 200 %）"), (EN, "beyond the range (at most 200 %)")]
)
def test_what_no_lever_can_be_set_to_is_said_to_be_beyond_the_range(
    haidong: Edition, speech: Speech, said: str
) -> None:
    for target, is_beyond in (("83.62", True), ("62.6", False)):  # 200 % in both quarters bring 62.64
        opened = open_link([("outside_funds.target", target)], haidong)
        needed = read(document_of(opened, ABOUT, speech)).tables[0].rows[3].cells[-1].text
        assert (said in needed) == is_beyond, needed


def test_no_number_ends_a_line_without_its_unit(haidong: Edition) -> None:
    data = document_of(open_link([(f"{INVESTMENT}.intensity_q3", "112")], haidong), ABOUT, ZH)
    said = [text.text or "" for text in file_of(data).element.body.iter(qn("w:t"))]
    assert "92.7\xa0%" in "".join(said)
    assert not re.search(r"\d [%\u4e00-\u9fff]", "\n".join(said))


def pages_of(file: Path) -> int:
    run = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True)
    found = re.search(r"^Pages:\s+(\d+)", run.stdout, re.MULTILINE)
    assert found
    return int(found[1])


def ledger_of(opened: PageState, *rows: LedgerRow) -> LedgerAnswer:
    found = ledger_answer(opened, Ledger(rows or ledgers.INVENTED.rows), None)
    assert found is not None
    return found


def test_the_ledger_by_unit_by_hand(haidong: Edition) -> None:
    """33.35 − 15 = 18.35 is missing. Bureau a: 3 + 0 and 2 + 0.1, its battery not started; b: 1.2 and 0.8,
    and a line that counts 0; without a unit 0.1, and a kiln of 0.7 + 0.9 that is counted apart.
    """
    opened = open_link([(f"{INVESTMENT}.target", "33.35"), (f"{INVESTMENT}.h1", "15")], haidong)
    data = units_document_of(opened, ledger_of(opened), ABOUT, ZH)
    rows = [tuple(cell.text for cell in row.cells) for row in read(data).tables[0].rows[1:]]
    assert rows == [
        ("invented_bureau_a", "2", "3.00", "2.10", "5.10", "0.00", "0.00", "1"),
        ("invented_bureau_b", "2", "1.20", "0.80", "2.00", "0.00", "1.50", "1"),
        ("（未填）", "2", "0.10", "0.00", "0.10", "1.60", "0.00", "1"),
        ("合计", "6", "4.30", "2.90", "7.20", "1.60", "1.50", "3"),
    ]
    said = words_of(data)
    assert "下半年还须完成 18.35 亿元，台账可保障 7.20 亿元；还有 11.15 亿元没有项目支撑" in said
    assert "链接里只有假设，没有逐项的台账" in said and "invented_plant" in said


def test_units_past_what_fits_are_summed_and_counted(haidong: Edition, tmp_path: Path) -> None:
    """Of 40 units with 1, 2, … 40 the largest are listed; what is summed and what is listed make 820."""
    needs_writer()
    opened = open_link([], haidong)
    of_units = [ledgers.row(f"invented_{n}", plan_q3=n, unit="单位" * 15 + str(n)) for n in range(1, 41)]
    rows = [ledgers.row("invented_long", plan_q3=50, unit="长" * 400), *of_units]
    files = []
    for speech in (ZH, EN):
        data = units_document_of(opened, ledger_of(opened, *rows), ABOUT, speech)
        *units, others, whole = ([cell.text for cell in row.cells] for row in read(data).tables[0].rows[1:])
        assert len(units) + int(others[1]) == 41 and whole[2] == "870.00"
        assert sum(Fraction(unit[2]) for unit in (*units, others)) == 870
        assert (str(41 - len(units)) in others[0] and "共 400 字" in units[0][0]) or speech is EN
        files.append(tmp_path / f"units-{speech.language}.docx")
        files[-1].write_bytes(data)
    assert [pages_of(file) for file in converted(files, "pdf", tmp_path)] == [1, 1]


def test_what_does_not_fit_is_counted(haidong: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = replace(open_link([], haidong), scenario=random_states(haidong, 1, 5)[0])
    supposed = scenario_in_words(opened, ZH)
    assert "；".join(supposed) in words_of(document_of(opened, ABOUT, ZH))
    monkeypatch.setattr(official_page, "_HIGH", 110)
    shorter = words_of(document_of(opened, ABOUT, ZH))
    found = re.search(r"^假设（与基准不同之处）：(.*)；其余 (\d+) 项见链接$", shorter, re.MULTILINE)
    assert found and len(read(document_of(opened, ABOUT, ZH)).inline_shapes) == 1, "a code, no chart"
    kept = found[1].split("；")
    assert kept == supposed[: len(kept)] and len(kept) + int(found[2]) == len(supposed)


def test_the_layout_is_that_of_official_papers(haidong: Edition) -> None:
    section = read(document_of(open_link([], haidong), ABOUT, ZH)).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def sizes_of(opened: PageState) -> tuple[float, float, float, float]:
    """The body's type and the pitch of its lines, the table's type and the notes', in points."""
    file = read(document_of(opened, ABOUT, ZH))
    body, (table, *_, foot) = file.paragraphs[2], file.tables
    cell, note = table.rows[1].cells[0].paragraphs[0], foot.rows[0].cells[0].paragraphs[0]
    found = (
        body.runs[0].font.size,
        body.paragraph_format.line_spacing,
        *(one.runs[0].font.size for one in (cell, note)),
    )
    return tuple(length.pt for length in found)


def test_the_body_is_in_size_three_and_gives_way_last(haidong: Edition) -> None:
    """三号 is 16 points, 五号 10.5, 小五 9 and 六号 7.5."""
    moved = open_link([(f"{INVESTMENT}.intensity_q3", "120"), (f"{STARTS}.starts_q3", "4")], haidong)
    for opened in (open_link([], haidong), moved):
        body, pitch, table, note = sizes_of(opened)
        assert (body, pitch) == (16, 28) and 9 <= table <= 10.5 and 7.5 <= note <= 9
    much = replace(open_link([], haidong), scenario=random_states(haidong, 1, 5)[0])
    assert sizes_of(much)[0] < 16 and sizes_of(much)[2] <= 9, "table and notes have given way before"


def test_a_link_that_no_code_holds_goes_without_one_and_opens_all_the_same(haidong: Edition) -> None:
    opened = open_link([], haidong)
    long, short = (read(document_of(opened, about, ZH)) for about in (LONG, ABOUT))
    assert [len(file.tables[-1].columns) for file in (long, short)] == [1, 2]
    for file, about in ((long, LONG), (short, ABOUT)):
        assert about.link in {part.target_ref for part in file.part.rels.values() if part.is_external}


def test_what_strangers_wrote_is_text(haidong: Edition) -> None:
    hostile = "</w:t>&<b>\x00\x07\ud800{=1+1}"
    own = {**haidong.indicators}
    own["start_rate"] = replace(own["start_rate"], short=Words.alike(hostile))
    edition = replace(haidong, indicators=own)
    said = words_of(document_of(open_link([], edition), ABOUT, ZH))
    assert "</w:t>&<b>{=1+1}" in said


def test_the_chart_is_the_pages_own(haidong: Edition) -> None:
    opened = open_link([("general_industrial_investment.intensity_q4", "150")], haidong)
    projection = project(haidong, opened.scenario)["general_industrial_investment"]
    chart = path_chart(opened, projection, ZH)
    (svg,) = drawn([chart], [(760, 240)])
    assert projection.path.full_year == Fraction("101.25")
    assert {"101.25", "上半年"} <= {*re.findall(r">([^<>]+)</text>", svg)}
    assert as_picture(chart, (760, 240), 1).startswith(b"\x89PNG")
    assert can_draw("青海") in (True, False)
