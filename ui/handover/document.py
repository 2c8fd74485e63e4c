"""How does a state become a page to file?  One A4 page in the layout of official papers (GB/T 9704): title,
date, conclusion, the indicators in a table, the chart, what was supposed, which figures to be careful with,
source and way back.

Type is as large as lets everything stand on the page, 三号 at best. Where even the smallest does not, the
chart goes, and what is left out of the list of suppositions is counted.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from hdmodel import PageState, project
from ui.answers.basis import basis_words, tags_of
from ui.answers.path_rows import path_title
from ui.answers.plan_rows import (
    NamedState,
    columns_of,
    lever_rows,
    needed_html,
    result_rows,
    said_of,
    short_name,
)
from ui.answers.sentences import result_sentence
from ui.handover.about import About, provenance, scenario_in_words, sources_of, title_of
from ui.handover.answer_sheet import cautions
from ui.handover.book import inert
from ui.handover.drawing import as_png, path_drawn, path_legend
from ui.handover.wrapping import lines_of
from ui.html.elements import plain_text
from ui.page.cards import h1_figure, tag_of, target_figure
from ui.page.share import code_of
from ui.text.speech import Speech

# GB/T 9704: paper and margins in millimetres, type in points
_PAPER, _TOP, _BOTTOM, _LEFT, _RIGHT = (210, 297), 37, 35, 28, 26
_WIDE, _HIGH = _PAPER[0] - _LEFT - _RIGHT, _PAPER[1] - _TOP - _BOTTOM
_TITLE, _BODY, _HEADING, _DATE = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
_LATIN = "Times New Roman"
_POINT = 25.4 / 72  # millimetres
_MARKS = {
    "fact": "■",
    "supposed": "▥",
    "quarter": "◆",
    "target": "━",
    "required": "○",
    "ruler": "▬",
    "ghost": "●",
}
_CHART, _DOTS = 760, 3  # the chart's width in pixels, and dots for each
_QR, _BESIDE, _MOST_LINK = 21, 25, 200  # millimetres of the code and its column; letters of a link in print
_WEIGHTS = (1.1, 1.0, 1.0, 1.1, 1.4, 1.8)  # of the columns of the indicators


@dataclass(frozen=True)
class Type:
    """Sizes in points: of the body and its lines, of tables and notes and theirs."""

    body: float
    line: float
    small: float
    small_line: float
    chart: int  # its height in millimetres; 0 where there is no room for one


_TYPES = (
    Type(16, 28, 12, 17, 52),
    Type(15, 25, 11, 15.5, 50),
    Type(14, 22, 10.5, 14, 46),
    Type(14, 21, 10, 13, 46),
    Type(13, 20, 9.5, 12.5, 46),
    Type(12, 18, 9, 12, 44),
    Type(10.5, 15, 8, 10.5, 40),
    Type(10.5, 14, 7.5, 9.5, 36),
    Type(9, 12, 6.5, 8, 32),
    Type(9, 12, 6.5, 8, 0),
)


@dataclass(frozen=True)
class PaperTable:
    """A table's rows, the head first, and how wide its columns are beside each other."""

    rows: Sequence[Sequence[str]]
    weights: Sequence[float]


@dataclass(frozen=True)
class Paper:
    """What stands on the page, in words."""

    title: str
    date: str
    conclusion: str
    table: PaperTable
    chart: str
    legend: str
    supposed: Sequence[str]
    careful: Sequence[str]
    about: Sequence[str]
    link: str


def document_of(opened: PageState, about: About, speech: Speech) -> bytes:
    """The document (.docx) of the present state, its indicators with target, H1 and what is required."""
    table = PaperTable(_indicators(opened, speech), _WEIGHTS)
    paper = _paper(opened, about, table, scenario_in_words(opened, speech), speech)
    return _written(opened, paper, speech)


def plans_document_of(opened: PageState, about: About, speech: Speech) -> bytes:
    """The same with the present state, the baseline and the plans side by side."""
    edition, columns = opened.edition, columns_of(opened, speech)
    titles = [column.title for column in columns]
    rows = [[plain_text(cell) for cell in row] for row in result_rows(edition, columns, speech)]
    supposed = [
        speech.say(
            "paper.of_plans",
            lever=label,
            values=speech.say("paper.beside").join(map(" ".join, zip(titles, values, strict=True))),
        )
        for label, *values in lever_rows(edition, columns, speech)
    ]
    table = PaperTable([[speech.say("paper.column.name"), *titles], *rows], [1.0, *[1.5] * len(titles)])
    return _written(
        opened, _paper(opened, about, table, supposed or scenario_in_words(opened, speech), speech), speech
    )


def _indicators(opened: PageState, speech: Speech) -> list[list[str]]:
    """Target, H1, year, difference and what is required of each headline indicator, with their tags."""
    edition, scenario = opened.edition, opened.scenario
    names = ("name", "target", "h1", "year", "difference", "needed")
    rows = [[speech.say(f"paper.column.{name}") for name in names]]
    for id, projection in project(edition, scenario).items():
        indicator = edition.indicators[id]
        if not indicator.headline:
            continue
        year, status, by = said_of(edition, projection, speech)
        places = indicator.places_in(projection.unit)
        target, h1 = (
            _tagged(speech.amount(value, projection.unit, places), tag_of(edition, scenario, figure, speech))
            for value, figure in (
                (projection.target, target_figure(edition, projection)),
                (projection.path.h1, h1_figure(edition, projection)),
            )
        )
        needed = plain_text(needed_html(edition, NamedState("now", "", scenario), projection, speech))
        rows.append(
            [
                short_name(edition, id, speech),
                target if projection.target is not None else speech.say("card.no_target"),
                h1,
                _tagged(year, tags_of(edition, scenario, id, speech)),
                "\n".join((*([by] if by else []), status)),
                needed or "—",
            ]
        )
    return rows


def _tagged(amount: str, tag: str) -> str:
    return f"{amount}\n{tag}" if tag else amount


def _paper(
    opened: PageState, about: About, table: PaperTable, supposed: Sequence[str], speech: Speech
) -> Paper:
    edition, scenario = opened.edition, opened.scenario
    projection = project(edition, scenario)[opened.focus]
    said = plain_text(result_sentence(edition, scenario, projection, speech))
    rests = basis_words(edition, scenario, opened.focus, speech).strip()
    marks = path_legend(opened, projection, speech)
    made, *model = provenance(opened, about, speech)
    return Paper(
        title_of(opened, speech),
        made,
        speech.say(
            "paper.conclusion",
            name=speech.pick(edition.indicators[opened.focus].label),
            said=speech.say("between_sentences").join((said, rests)) if rests else said,
        ),
        table,
        f"{short_name(edition, opened.focus, speech)} · {path_title(projection, speech)}",
        "  ".join(f"{_MARKS[mark]} {name}" for mark, name in marks.items()),
        supposed,
        cautions(opened, speech),
        [*([sources] if (sources := sources_of(edition, speech)) else []), *model],
        about.link,
    )


# --- how large


def _fitting(paper: Paper, speech: Speech) -> tuple[Type, Paper]:
    """The largest type in which all stands on the page; in the smallest, as many suppositions as do."""
    for type in _TYPES:
        if _height(paper, type, speech) <= _HIGH:
            return type, paper
    least, supposed = _TYPES[-1], list(paper.supposed)
    while len(supposed) > 1:
        supposed.pop()
        rest = speech.say("paper.more", count=str(len(paper.supposed) - len(supposed)))
        shorter = replace(paper, supposed=[*supposed, rest])
        if _height(shorter, least, speech) <= _HIGH:
            return least, shorter
    return least, shorter


def _height(paper: Paper, type: Type, speech: Speech) -> float:
    """How high the page's contents are, in millimetres, a little more rather than less."""
    wide = _WIDE / _POINT
    lines = 2 + lines_of(paper.conclusion, wide / type.body - 2) + 4  # date, a blank one, four headings
    small = sum(lines_of(line, wide / type.small - 1) for line in (paper.legend, *paper.careful))
    supposed = lines_of(speech.say("paper.between").join(paper.supposed), wide / type.small - 1)
    beside = (_WIDE - _BESIDE - 4) / _POINT / type.small - 1
    foot = max(
        _QR + 4,
        sum(lines_of(line, beside) for line in (*paper.about, _link_text(paper.link, speech)))
        * type.small_line
        * _POINT,
    )
    cells = [(width - 4.2) / _POINT / type.small - 0.7 for width in _widths(paper.table)]
    rows = sum(max(map(lines_of, row, cells)) * type.small_line + 2 for row in paper.table.rows)
    title = lines_of(paper.title, wide / 22) * 34
    return (
        (title + lines * type.line + (small + supposed) * type.small_line + rows) * _POINT
        + type.chart
        + foot
        + 6
    )


def _link_text(link: str, speech: Speech) -> str:
    return link if len(link) <= _MOST_LINK else speech.say("paper.link")


# --- on paper


def _written(opened: PageState, paper: Paper, speech: Speech) -> bytes:
    type, paper = _fitting(paper, speech)
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(_PAPER[0]), Mm(_PAPER[1])
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    _plain_style(file, type)
    _line(file, paper.title, _TITLE, 22, 34, is_centred=True)
    _line(file, paper.date, _DATE, type.body, type.line, is_centred=True)
    _line(file, paper.conclusion, _BODY, type.body, type.line, indent=2 * type.body)
    numbers = iter(speech.say("paper.numbers").split(" "))

    def heading(text: str) -> None:
        said = _line(file, next(numbers) + text, _HEADING, type.body, type.line)
        said.paragraph_format.keep_with_next = True

    heading(speech.say("paper.indicators"))
    _table(file, paper.table, type)
    if type.chart:
        heading(paper.chart)
        _chart(file, opened, type, speech)
        _line(file, paper.legend, _BODY, type.small, type.small_line, is_centred=True)
    heading(speech.say("paper.supposed"))
    _line(file, speech.say("paper.between").join(paper.supposed), _BODY, type.small, type.small_line)
    heading(speech.say("paper.careful"))
    for line in paper.careful:
        _line(file, line, _BODY, type.small, type.small_line)
    _foot(file, paper, type, speech)
    file.core_properties.title, file.core_properties.author = inert(paper.title), ""
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _plain_style(file: Document, type: Type) -> None:
    style = file.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(type.small)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def _line(
    place: Document | _Cell,
    text: str,
    font: str,
    size: float,
    line: float,
    *,
    indent: float = 0,
    is_centred: bool = False,
    paragraph: Paragraph | None = None,
) -> Paragraph:
    """A paragraph with lines of a fixed height in points, so that any font takes the same room."""
    paragraph = place.add_paragraph() if paragraph is None else paragraph
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    layout.first_line_indent = Pt(indent)
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_centred else None
    run = paragraph.add_run(inert(text))
    run.font.name, run.font.size = _LATIN, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return paragraph


def _table(file: Document, paper: PaperTable, type: Type) -> None:
    rows = paper.rows
    table = file.add_table(len(rows), len(rows[0]))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, _widths(paper))
    for at, row in enumerate(rows):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            font = _HEADING if at == 0 else _BODY
            _line(
                cell, text, font, type.small, type.small_line, is_centred=True, paragraph=cell.paragraphs[0]
            )


def _widths(table: PaperTable) -> list[float]:
    """Its columns in millimetres."""
    return [_WIDE * weight / sum(table.weights) for weight in table.weights]


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _chart(file: Document, opened: PageState, type: Type, speech: Speech) -> None:
    projection = project(opened.edition, opened.scenario)[opened.focus]
    size = _CHART, round(_CHART * type.chart / _WIDE)
    svg = path_drawn(opened, projection, size, speech)
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run().add_picture(io.BytesIO(as_png(svg, _DOTS)), width=Mm(_WIDE))


def _foot(file: Document, paper: Paper, type: Type, speech: Speech) -> None:
    """Source, edition, model and the way back, beside a code that leads there from paper."""
    code = code_of(paper.link)
    table = file.add_table(1, 2 if code else 1)
    _set_widths(table, [_WIDE - _BESIDE, _BESIDE] if code else [_WIDE])
    said = table.rows[0].cells[0]
    for at, line in enumerate(paper.about):
        _line(
            said, line, _BODY, type.small, type.small_line, paragraph=said.paragraphs[0] if at == 0 else None
        )
    way = _line(said, "", _BODY, type.small, type.small_line)
    _linked(way, _link_text(paper.link, speech), paper.link)
    if code:
        place = table.rows[0].cells[1]
        picture = io.BytesIO()
        code.save(picture, kind="png", scale=6, border=2)
        picture.seek(0)
        place.paragraphs[0].add_run().add_picture(picture, width=Mm(_QR))
    # Word has a paragraph behind every table: as low as it can be, or it would open a second page
    _line(file, "", _BODY, 1, 1)


def _linked(paragraph: Paragraph, text: str, link: str) -> None:
    """A text that opens the link, where a reader takes so long an address."""
    address = paragraph.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("r:id"), address)
    run = paragraph.add_run(inert(text))
    run.font.name, run.font.size = _LATIN, paragraph.runs[0].font.size
    run.font.underline = True
    anchor.append(run._element)
    paragraph._element.append(anchor)
