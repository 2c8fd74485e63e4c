"""Where does each figure come from?  Every figure of the edition with its tag, source and paragraph."""

from __future__ import annotations

from fractions import Fraction

from hdmodel.edition import COUNTED, TAGS
from hdmodel.explain.cells import Cells, formula_of
from hdmodel.explain.symbols import infix
from hdmodel.explain.worked_lines import derivation
from hdmodel.numbers import plain
from ui.handover.book import HEAD, LINE_HEIGHT, MUTED, Book, lines_needed, shown_with
from ui.handover.layout import FACT_VALUE, FACTS_HEADER, Layout
from ui.text.speech import Speech

_WIDTHS = (46, 14, 10, 9, 24, 9, 60)
_MOST_PLACES = 4


def write_facts(book: Book, layout: Layout, speech: Speech) -> None:
    """A row a figure; one that follows from others is a formula over their cells."""
    sheet, edition = book.sheet(layout.sheet("facts"), landscape=True), layout.edition
    for column, width in enumerate(_WIDTHS):
        sheet.grid.set_column(column, column, width)
    sheet.plain(0, 0, layout.sheet("facts"), bold=True, font_size=14)
    columns = ("figure", "value", "unit", "tag", "source", "paragraph", "how")
    for column, name in enumerate(columns):
        title = speech.say("book.column.unit" if name == "unit" else f"column.{name}")
        sheet.text(FACTS_HEADER, column, title, bold=True, bg_color=HEAD)
    cells = Cells(layout.figure, layout.figure, str)
    for id, figure in edition.figures.items():
        row, source = layout.figures[id], edition.sources[figure.source]
        how = ""
        if figure.formula and figure.value is not None:
            expression = derivation(edition, id)
            how = "= " + infix(
                expression,
                lambda symbol: (
                    speech.pick(edition.figures[symbol.name].label) if symbol.name else plain(symbol.value)
                ),
            )
            look = shown_with(0 if figure.unit in COUNTED else 2)
            sheet.formula(row, FACT_VALUE, formula_of(expression, cells), figure.value, num_format=look)
        else:
            places = 0 if figure.value is None else _places(figure.value)
            sheet.number(row, FACT_VALUE, figure.value, places)
        texts = {
            0: speech.pick(figure.label),
            2: speech.unit(figure.unit),
            3: speech.say(f"tag.{figure.tag}"),
            4: speech.pick(source.publisher),
            5: speech.say("paragraph", number=figure.paragraph) if figure.paragraph.isdigit() else "",
            6: " — ".join(part for part in (how, speech.pick(figure.note)) if part),
        }
        sheet.grid.set_row(
            row, LINE_HEIGHT * max(lines_needed(text, _WIDTHS[at] - 2) for at, text in texts.items())
        )
        for column, text in texts.items():
            colour = {"font_color": MUTED} if column == 6 else {}
            sheet.text(row, column, text, text_wrap=True, **colour)
    below = max(layout.figures.values(), default=FACTS_HEADER) + 2
    sheet.plain(below, 0, speech.say("book.tags"), bold=True)
    for at, tag in enumerate(TAGS, start=1):
        sheet.plain(below + at, 0, f"{speech.say(f'tag.{tag}')}: {speech.say(f'tag.{tag}.means')}")
    sheet.grid.freeze_panes(FACTS_HEADER + 1, 1)
    sheet.grid.repeat_rows(FACTS_HEADER)


def _places(value: Fraction) -> int:
    """As many decimals as a figure has, four at most."""
    return next(
        places
        for places in range(_MOST_PLACES + 1)
        if places == _MOST_PLACES or (value * 10**places).denominator == 1
    )
