"""How is a page to file laid out?  One A4 page as official papers are (GB/T 9704): title, date, conclusion, a
table, a chart where there is one, notes in small type, source and way back.

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

from ui.handover.book import inert
from ui.handover.drawing import Chart, as_picture
from ui.handover.wrapping import lines_of, unbroken
from ui.page.share import code_of
from ui.text.speech import Speech

# GB/T 9704: paper and margins in millimetres, type in points
_PAPER, _TOP, _BOTTOM, _LEFT, _RIGHT = (210, 297), 37, 35, 28, 26
_WIDE, _HIGH = _PAPER[0] - _LEFT - _RIGHT, _PAPER[1] - _TOP - _BOTTOM
_TITLE, _BODY, _HEADING, _DATE = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
_MOST_TITLE = 255  # letters of the title among a file's properties
_LATIN, _INDENT = "Times New Roman", "\u3000\u3000"
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
_CELL = 0.8  # millimetres between a cell's edge and its text
_QR, _BESIDE, _MOST_LINK = 21, 25, 200  # millimetres of the code and its column; letters of a link in print


@dataclass(frozen=True)
class Type:
    """Sizes in points: of the body and its lines, of the table and its lines, of notes and theirs."""

    body: float
    line: float
    table: float
    table_line: float
    note: float
    note_line: float
    chart: int  # its height in millimetres; 0 where there is no room for one


# 三号, 小三, 四号 and so on; for each the chart gives way first, then the notes, then the table
_TYPES = (
    Type(16, 28, 10.5, 13, 9, 11, 46),
    Type(16, 28, 10.5, 13, 9, 11, 38),
    Type(16, 28, 10.5, 13, 8, 10, 36),
    Type(16, 28, 10.5, 13, 7.5, 9.5, 34),
    Type(16, 28, 10, 12.5, 7.5, 9.5, 34),
    Type(16, 28, 9, 11.5, 7.5, 9.5, 34),
    Type(15, 26, 10, 12.5, 8, 10, 38),
    Type(15, 25, 9, 11.5, 8, 10, 34),
    Type(14, 24, 10, 12.5, 8, 10, 38),
    Type(14, 22, 9, 11, 8, 10, 36),
    Type(13, 19, 9, 11, 8, 10, 40),
    Type(12, 18, 9, 11, 8, 10, 38),
    Type(12, 17, 8.5, 10.5, 7.5, 9.5, 34),
    Type(10.5, 15, 8, 10.5, 7.5, 9.5, 40),
    Type(10.5, 14, 7.5, 9.5, 7.5, 9.5, 36),
    Type(9, 12, 6.5, 8, 6.5, 8, 32),
    Type(9, 12, 6.5, 8, 6.5, 8, 0),
)


@dataclass(frozen=True)
class PaperTable:
    """A table's rows, the head first, and how wide its columns are beside each other."""

    rows: Sequence[Sequence[str]]
    weights: Sequence[float]


@dataclass(frozen=True)
class Paper:
    """What stands on the page, in words; a document may do without a chart."""

    title: str
    date: str
    conclusion: str
    table_title: str
    table: PaperTable
    chart_title: str
    chart: Chart | None
    supposed: Sequence[str]
    careful: Sequence[str]
    about: Sequence[str]
    link: str


# --- how large


def fitting(paper: Paper, speech: Speech) -> tuple[Type, Paper]:
    """The largest type in which all stands on the page; in the smallest, as many suppositions as do."""
    for type in _TYPES:
        if _height(paper, type, speech) <= _HIGH:
            return type, paper
    least, supposed, shorter = _TYPES[-1], list(paper.supposed), paper
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
    lines = lines_of(_INDENT + paper.conclusion, wide / type.body - 1)
    captions = [paper.table_title, *([_chart_caption(paper)] if paper.chart and type.chart else [])]
    small = sum(lines_of(line, wide / type.table - 1) for line in (paper.date, *captions))
    beside = (_WIDE - _BESIDE - 4) / _POINT / type.note - 1
    foot = sum(lines_of(label + text, beside) for label, text in _foot_lines(paper, speech))
    cells = [(width - 2 * _CELL - 0.4) / _POINT / type.table - 0.5 for width in _widths(paper.table)]
    rows = sum(max(map(lines_of, row, cells)) * type.table_line + 1.5 for row in paper.table.rows)
    title = lines_of(paper.title, wide / 22) * 34
    return (
        (title + lines * type.line + (small + 1) * type.table_line + rows) * _POINT
        + (type.chart if paper.chart else 0)
        + max(_QR + 4, foot * type.note_line * _POINT)
        + 5
    )


def _foot_lines(paper: Paper, speech: Speech) -> list[tuple[str, str]]:
    """What stands beside the code, each with what it is: the notes, where it comes from, and the way back."""
    return [*_notes(paper, speech), *(("", line) for line in (*paper.about, _link_text(paper.link, speech)))]


def _notes(paper: Paper, speech: Speech) -> list[tuple[str, str]]:
    """What is supposed, and figures to be careful with."""
    notes = [(speech.say("paper.supposed"), speech.say("paper.between").join(paper.supposed))]
    careful = speech.say("between_sentences").join(paper.careful)
    return [*notes, (speech.say("paper.careful"), careful)] if careful else notes


def _link_text(link: str, speech: Speech) -> str:
    return link if len(link) <= _MOST_LINK else speech.say("paper.link")


# --- on paper


def written(paper: Paper, speech: Speech) -> bytes:
    type, paper = fitting(paper, speech)
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(_PAPER[0]), Mm(_PAPER[1])
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    _plain_style(file, type)
    _line(file, paper.title, _TITLE, 22, 34, is_centred=True)
    _line(file, paper.date, _DATE, type.table, type.table_line, is_centred=True)
    _line(file, paper.conclusion, _BODY, type.body, type.line, indent=2 * type.body)
    _caption(file, paper.table_title, type)
    _table(file, paper.table, type)
    if paper.chart and type.chart:
        _line(file, "", _BODY, type.table_line / 2, type.table_line / 2)
        _caption(file, _chart_caption(paper), type)
        _chart(file, paper.chart, type)
    _line(file, "", _BODY, type.note / 2, type.note / 2)
    _foot(file, paper, type, speech)
    file.core_properties.title, file.core_properties.author = inert(paper.title)[:_MOST_TITLE], ""
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _plain_style(file: Document, type: Type) -> None:
    style = file.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(type.table)
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
    run = paragraph.add_run(unbroken(inert(text)))
    run.font.name, run.font.size = _LATIN, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return paragraph


def _table(file: Document, paper: PaperTable, type: Type) -> None:
    rows = paper.rows
    table = file.add_table(len(rows), len(rows[0]))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, _widths(paper))
    _set_cell_margins(table)
    for at, row in enumerate(rows):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            font = _HEADING if at == 0 else _BODY
            _line(
                cell, text, font, type.table, type.table_line, is_centred=True, paragraph=cell.paragraphs[0]
            )


def _caption(file: Document, text: str, type: Type) -> None:
    """The title of a table or chart, which stays with it."""
    line = _line(file, text, _HEADING, type.table, type.table_line, is_centred=True)
    line.paragraph_format.keep_with_next = True


def _set_cell_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(_CELL).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # where the format has it


def _widths(table: PaperTable) -> list[float]:
    """Its columns in millimetres."""
    return [_WIDE * weight / sum(table.weights) for weight in table.weights]


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _chart(file: Document, chart: Chart, type: Type) -> None:
    picture = as_picture(chart, (_CHART, round(_CHART * type.chart / _WIDE)), _DOTS)
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run().add_picture(io.BytesIO(picture), width=Mm(_WIDE))


def _chart_caption(paper: Paper) -> str:
    """The chart's title, and what its marks mean."""
    marks = paper.chart.marks if paper.chart else {}
    return "  ".join((paper.chart_title, *(f"{_MARKS[mark]} {name}" for mark, name in marks.items())))


def _foot(file: Document, paper: Paper, type: Type, speech: Speech) -> None:
    """Notes, source, edition, model and the way back, beside a code that leads there from paper."""
    code = code_of(paper.link)
    table = file.add_table(1, 2 if code else 1)
    _set_widths(table, [_WIDE - _BESIDE, _BESIDE] if code else [_WIDE])
    cell = table.rows[0].cells[0]
    *lines, _ = _foot_lines(paper, speech)
    for at, (label, text) in enumerate(lines):
        first = cell.paragraphs[0] if at == 0 else None
        note = _line(cell, label, _HEADING, type.note, type.note_line, paragraph=first)
        _line(cell, text, _BODY, type.note, type.note_line, paragraph=note)
    way = _line(cell, "", _BODY, type.note, type.note_line)
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
    run = paragraph.add_run(unbroken(inert(text)))
    run.font.name, run.font.size = _LATIN, paragraph.runs[0].font.size
    run.font.underline = True
    anchor.append(run._element)
    paragraph._element.append(anchor)
