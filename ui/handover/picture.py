"""How does an answer become a picture?  The sentence, the page's own chart with title, unit, legend and tags,
where it comes from, and a code that leads back: upright for a chat, wide for a slide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from hdmodel import PageState
from hdmodel.explain.worked_lines import behind_the_year
from ui.charts.colours import LIGHT
from ui.charts.marks import FONT
from ui.handover.book import inert
from ui.handover.drawing import Chart, Placed, on_sheet, sheet_as_png
from ui.handover.marks import draw_mark
from ui.handover.vega import Place
from ui.handover.view_answer import Panel, ViewAnswer
from ui.handover.wrapping import lines_of, wrapped
from ui.page.about import About, provenance, sources_of, title_of
from ui.page.share import code_of
from ui.text.speech import Speech

_SVG = "http://www.w3.org/2000/svg"
_PAPER = "#ffffff"
_LINE = 1.5  # of its type, from one line to the next
_GAP = 0.8
_MANY_LINES = 2
_SMALLEST = 0.9  # dots for a pixel of a chart, or its labels could not be read
ElementTree.register_namespace("", _SVG)


@dataclass(frozen=True)
class Shape:
    """Sizes in pixels: of the picture, its margin, its sentence, a long one, smaller text and the code."""

    width: int
    height: int | None  # as high as it has to be where there is none
    margin: int
    said: int
    said_long: int
    small: int
    scale: float  # dots of the picture for a pixel of a chart
    code: int


CHAT = Shape(1080, None, 56, 40, 40, 26, 1.5, 220)
SLIDE = Shape(1920, 1080, 80, 40, 32, 24, 1.6, 190)
Format = Callable[[PageState, About, ViewAnswer, Speech], bytes]


def chat_picture(opened: PageState, about: About, answer: ViewAnswer, speech: Speech) -> bytes:
    """The picture of an answer for a chat, 1080 dots wide (.png)."""
    return sheet_as_png(*_laid(opened, about, answer, CHAT, speech).finished())


def slide_picture(opened: PageState, about: About, answer: ViewAnswer, speech: Speech) -> bytes:
    """The picture for a slide, 1920 × 1080 dots (.png), higher where what is said is long."""
    return sheet_as_png(*_laid(opened, about, answer, SLIDE, speech).finished())


def slide_drawing(opened: PageState, about: About, answer: ViewAnswer, speech: Speech) -> bytes:
    """The same as a drawing that stays sharp at any size (.svg)."""
    return on_sheet(*_laid(opened, about, answer, SLIDE, speech).finished()).encode()


def _laid(opened: PageState, about: About, answer: ViewAnswer, shape: Shape, speech: Speech) -> _Sheet:
    """As high as it has to be; where it has a height of its own, the charts take what room there is."""
    sheet = _filled(opened, about, answer, _Sheet(shape), speech)
    if shape.height is None:
        return sheet
    return _filled(opened, about, answer, _Sheet(shape, shape.height - sheet.filled), speech)


def _filled(opened: PageState, about: About, answer: ViewAnswer, sheet: _Sheet, speech: Speech) -> _Sheet:
    shape = sheet.shape
    sheet.text(f"{title_of(opened, speech)} · {answer.name}", shape.small + 4, LIGHT.muted)
    is_long = lines_of(answer.said, sheet.wide / shape.said) > _MANY_LINES
    sheet.text(answer.said, shape.said_long if is_long else shape.said, LIGHT.ink, is_bold=True)
    for remark in answer.remarks:
        sheet.text(remark, shape.small, LIGHT.muted)
    sheet.down(shape.small * _GAP)
    sheet.panels(answer.panels)
    used = {leaf.id for leaf in behind_the_year(opened.edition, opened.scenario, opened.focus)}
    sources = sources_of(opened.edition, speech, used) or sources_of(opened.edition, speech)
    sheet.foot([*provenance(opened, about, speech), *([sources] if sources else [])], about.link)
    return sheet


class _Sheet:
    """A picture that is filled from above."""

    def __init__(self, shape: Shape, free: float = 0) -> None:
        self.shape, self.free, self.y = shape, free, float(shape.margin)
        self.left, self.wide = float(shape.margin), float(shape.width - 2 * shape.margin)
        self.root = Element(f"{{{_SVG}}}svg")
        self.paper = self._put("rect", width="100%", height="100%", fill=_PAPER)
        self.placed: list[tuple[Chart, tuple[int, int], Place]] = []

    def text(self, text: str, size: float, colour: str, *, is_bold: bool = False, beside: float = 0) -> None:
        """Lines as wide as there is room, but for so many pixels at its right."""
        for line in wrapped(inert(text), (self.wide - beside) / size):
            self.down(size * _LINE)
            self._words(line, self.left, self.y - size * 0.35, size, colour, is_bold=is_bold)

    def panels(self, panels: Sequence[Panel]) -> None:
        """Charts with their titles and marks, one below the other; on a wide sheet side by side."""
        across = len(panels) if self.shape.height else 1
        gap, whole, top = self.shape.margin / 2, self.wide, self.y
        self.wide, lowest = (whole - gap * (across - 1)) / max(across, 1), top
        for at, panel in enumerate(panels):
            if across > 1:
                self.left, self.y = self.shape.margin + at * (self.wide + gap), top
            self._panel(panel)
            lowest = max(lowest, self.y)
        self.left, self.wide, self.y = float(self.shape.margin), whole, lowest
        if not any(panel.grows for panel in panels):
            self.down(max(self.free, 0))

    def _panel(self, panel: Panel) -> None:
        """A chart takes the room that is free where it may; where that is short, it and its type shrink."""
        self.text(panel.chart.title, self.shape.small + 2, LIGHT.ink, is_bold=True)
        self.legend(panel.chart.marks)
        more = self.free if panel.grows or self.free < 0 else 0
        high = max(panel.height * self.shape.scale + more, panel.least * _SMALLEST)
        scale = min(self.shape.scale, high / panel.least)
        size = round(self.wide / scale), round(high / scale)
        self.placed.append((panel.chart, size, (self.left, self.y, self.wide, high)))
        self.down(high + self.shape.small * _GAP)

    def legend(self, marks: Mapping[str, str]) -> None:
        """What each mark of the chart means, in lines."""
        size, x = self.shape.small, self.left
        if marks:
            self.down(size * _LINE)
        for mark, name in marks.items():
            wide = size * (2.6 + sum(1.0 if ord(letter) > 0x2E80 else 0.6 for letter in name))
            if x > self.left and x + wide > self.left + self.wide:
                x = self.left
                self.down(size * _LINE)
            draw_mark(self._put, mark, (x, self.y - size * 0.75), size)
            self._words(name, x + size * 1.5, self.y - size * 0.4, size, LIGHT.muted)
            x += wide

    def foot(self, lines: Sequence[str], link: str) -> None:
        """Where it comes from, beside a code that leads back where one can hold the link."""
        side, top, code = self.shape.code, self.y, code_of(link)
        self.down(self.shape.small * 0.4)
        beside = side + self.shape.small if code else 0
        for line in lines:
            self.text(line, self.shape.small * 0.85, LIGHT.muted, beside=beside)
        if code:
            squares = list(code.matrix_iter(border=2))  # with the quiet zone that scanners need
            self._code(squares, self.shape.width - self.shape.margin - side, top)
            self.y = max(self.y, top + side)

    def down(self, by: float) -> None:
        self.y += by

    @property
    def filled(self) -> int:
        """How high it is with what stands on it."""
        return round(self.y + self.shape.margin * 0.7)

    def finished(self) -> tuple[str, Placed]:
        """The drawing without its charts, and those with their places."""
        width, height = self.shape.width, max(self.shape.height or 0, self.filled)
        self.root.attrib |= {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
        return ElementTree.tostring(self.root, encoding="unicode"), self.placed

    def _put(self, name: str, **attributes: object) -> Element:
        written = {key.replace("_", "-"): str(value) for key, value in attributes.items()}
        return SubElement(self.root, f"{{{_SVG}}}{name}", written)

    def _words(
        self, text: str, x: float, y: float, size: float, colour: str, *, is_bold: bool = False
    ) -> None:
        letters = {"font_size": size, "font_family": FONT, "font_weight": "600" if is_bold else "400"}
        self._put("text", x=x, y=round(y, 1), fill=colour, **letters).text = text

    def _code(self, squares: Sequence[Sequence[int]], x: float, y: float) -> None:
        side = self.shape.code / len(squares)
        dark = "".join(
            f"M{x + column * side:.2f} {y + row * side:.2f}h{side:.2f}v{side:.2f}h-{side:.2f}z"
            for row, line in enumerate(squares)
            for column, is_dark in enumerate(line)
            if is_dark
        )
        self._put("path", d=dark, fill="#000000")
