"""How does an answer become a picture?  The sentence, the page's own chart with title, unit, legend and tags,
where it comes from, and a code that leads back: upright for a chat, wide for a slide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from hdmodel import PageState, project
from hdmodel.explain.worked_lines import behind_the_year
from ui.answers.basis import basis_words
from ui.answers.path_rows import path_title
from ui.answers.sentences import result_sentence
from ui.charts.colours import LIGHT
from ui.charts.marks import FONT
from ui.handover.about import About, provenance, sources_of, title_of
from ui.handover.book import inert
from ui.handover.drawing import as_png, path_drawn, path_legend
from ui.handover.wrapping import wrapped
from ui.html.elements import plain_text
from ui.page.share import code_of
from ui.text.speech import Speech

_SVG = "http://www.w3.org/2000/svg"
_PAPER = "#ffffff"
_LINE = 1.5  # of its type, from one line to the next
_GAP = 0.8
ElementTree.register_namespace("", _SVG)


@dataclass(frozen=True)
class Shape:
    """Sizes in pixels: of the picture, its margin, the sentence, smaller text, the chart, and the code."""

    width: int
    height: int | None  # as high as it has to be where there is none
    margin: int
    said: int
    small: int
    chart: int  # at least
    scale: float
    code: int


CHAT = Shape(1080, None, 56, 40, 26, 520, 1.5, 220)
SLIDE = Shape(1920, 1080, 80, 40, 24, 300, 1.6, 190)


def chat_picture(opened: PageState, about: About, speech: Speech) -> bytes:
    """The picture for a chat, 1080 dots wide (.png)."""
    return as_png(picture_of(opened, about, CHAT, speech), 1)


def slide_picture(opened: PageState, about: About, speech: Speech) -> bytes:
    """The picture for a slide, 1920 × 1080 dots (.png), higher where the sentence is long."""
    return as_png(picture_of(opened, about, SLIDE, speech), 1)


def slide_drawing(opened: PageState, about: About, speech: Speech) -> bytes:
    """The same as a drawing that stays sharp at any size (.svg)."""
    return picture_of(opened, about, SLIDE, speech).encode()


def picture_of(opened: PageState, about: About, shape: Shape, speech: Speech) -> str:
    """The picture as SVG: as high as it has to be, or with a chart that fills its fixed height."""
    if shape.height is None:
        return _laid(opened, about, shape, shape.chart, speech).finished()
    rest = _laid(opened, about, shape, shape.chart, speech).filled - shape.chart
    chart = max(shape.chart, shape.height - rest)
    return _laid(opened, about, shape, chart, speech).finished()


def _laid(opened: PageState, about: About, shape: Shape, chart: int, speech: Speech) -> _Sheet:
    edition, scenario = opened.edition, opened.scenario
    projection = project(edition, scenario)[opened.focus]
    said = plain_text(result_sentence(edition, scenario, projection, speech))
    rests = basis_words(edition, scenario, opened.focus, speech).strip()
    name = speech.pick(edition.indicators[opened.focus].label)
    sheet = _Sheet(shape)
    sheet.text(f"{title_of(opened, speech)} · {name}", shape.small + 4, LIGHT.muted)
    sentence = speech.say("between_sentences").join((said, rests)) if rests else said
    sheet.text(sentence, shape.said, LIGHT.ink, is_bold=True)
    sheet.down(shape.small * _GAP)
    sheet.text(path_title(projection, speech), shape.small + 2, LIGHT.ink, is_bold=True)
    sheet.legend(path_legend(opened, projection, speech))
    size = round((shape.width - 2 * shape.margin) / shape.scale), round(chart / shape.scale)
    sheet.drawing(path_drawn(opened, projection, size, speech))
    used = {leaf.id for leaf in behind_the_year(edition, scenario, opened.focus)}
    sources = sources_of(edition, speech, used) or sources_of(edition, speech)
    sheet.foot([*provenance(opened, about, speech), *([sources] if sources else [])], about.link)
    return sheet


class _Sheet:
    """A picture that is filled from above."""

    def __init__(self, shape: Shape) -> None:
        self.shape, self.y = shape, float(shape.margin)
        self.root = Element(f"{{{_SVG}}}svg")
        self.paper = self._put("rect", width="100%", height="100%", fill=_PAPER)

    def text(self, text: str, size: float, colour: str, *, is_bold: bool = False, beside: float = 0) -> None:
        """Lines as wide as the picture, but for so many pixels at its right."""
        wide = (self.shape.width - 2 * self.shape.margin - beside) / size
        for line in wrapped(inert(text), wide):
            self.down(size * _LINE)
            self._words(line, self.shape.margin, self.y - size * 0.35, size, colour, is_bold=is_bold)

    def legend(self, marks: Mapping[str, str]) -> None:
        """What each mark of the chart means, in lines."""
        size, x = self.shape.small, float(self.shape.margin)
        self.down(size * _LINE)
        for mark, name in marks.items():
            wide = size * (2.6 + sum(1.0 if ord(letter) > 0x2E80 else 0.6 for letter in name))
            if x > self.shape.margin and x + wide > self.shape.width - self.shape.margin:
                x = float(self.shape.margin)
                self.down(size * _LINE)
            self._mark(mark, x, self.y - size * 0.75, size)
            self._words(name, x + size * 1.5, self.y - size * 0.4, size, LIGHT.muted)
            x += wide

    def drawing(self, svg: str) -> None:
        """A drawing as wide as the picture."""
        inner = ElementTree.fromstring(svg)
        wide = self.shape.width - 2 * self.shape.margin
        height = float(inner.get("height", "0")) * wide / float(inner.get("width", "1"))
        inner.set("x", str(self.shape.margin))
        inner.set("y", f"{self.y:.1f}")
        inner.set("width", str(wide))
        inner.set("height", f"{height:.1f}")
        self.root.append(inner)
        self.down(height)

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

    def finished(self) -> str:
        width, height = self.shape.width, max(self.shape.height or 0, self.filled)
        self.root.attrib |= {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
        return ElementTree.tostring(self.root, encoding="unicode")

    def _put(self, name: str, **attributes: object) -> Element:
        written = {key.replace("_", "-"): str(value) for key, value in attributes.items()}
        return SubElement(self.root, f"{{{_SVG}}}{name}", written)

    def _words(
        self, text: str, x: float, y: float, size: float, colour: str, *, is_bold: bool = False
    ) -> None:
        letters = {"font_size": size, "font_family": FONT, "font_weight": "600" if is_bold else "400"}
        self._put("text", x=x, y=round(y, 1), fill=colour, **letters).text = text

    def _mark(self, mark: str, x: float, y: float, size: float) -> None:
        """As the chart draws it: bars as boxes, lines as lines, points as points."""
        middle, box = y + size * 0.15, {"x": x, "y": y - size * 0.2, "width": size, "height": size * 0.7}
        if mark == "fact":
            self._put("rect", **box, fill=LIGHT.fact)
        elif mark == "supposed":
            self._put("rect", **box, fill=LIGHT.wash, stroke=LIGHT.stripe)
            for at in (0.5, 2.5):
                stripe = {"x": x + at * size / 4, "width": size / 4}
                self._put("rect", **{**box, **stripe}, fill=LIGHT.stripe)
        elif mark in ("target", "ruler"):
            colour = LIGHT.ink if mark == "target" else LIGHT.ruler
            self._put("rect", **{**box, "y": middle - 2, "height": 4}, fill=colour)
        else:
            colour = {"required": LIGHT.required, "ghost": LIGHT.ghost}.get(mark, LIGHT.muted)
            fill = "none" if mark == "required" else colour
            middle_of = {"cx": x + size / 2, "cy": middle, "r": size * 0.28}
            self._put("circle", **middle_of, fill=fill, stroke=colour, stroke_width=3)

    def _code(self, squares: Sequence[Sequence[int]], x: float, y: float) -> None:
        side = self.shape.code / len(squares)
        dark = "".join(
            f"M{x + column * side:.2f} {y + row * side:.2f}h{side:.2f}v{side:.2f}h-{side:.2f}z"
            for row, line in enumerate(squares)
            for column, is_dark in enumerate(line)
            if is_dark
        )
        self._put("path", d=dark, fill="#000000")
