"""What is the answer?  The first sheet: what the file is of, where each year lands, and the plans."""

from __future__ import annotations

from hdmodel import PageState, project
from hdmodel.explain.cases import Choice, Content, Line, lines_of
from hdmodel.explain.cells import chosen, is_made, quoted
from hdmodel.explain.symbols import Symbol, leaves
from ui.answers.sentences import caveats, result_sentence
from ui.handover.book import (
    HEAD,
    INPUT,
    LINE_HEIGHT,
    MUTED,
    Book,
    Sheet,
    address,
    inert,
    lines_needed,
    shown_with,
)
from ui.handover.input_sheet import CHECK
from ui.handover.layout import FIRST_STATE, Layout
from ui.handover.line_sheet import UNIT, Block, line_name, near_cells, show_as_the_page_does
from ui.html.elements import plain_text
from ui.page.about import About, provenance, scenario_in_words, title_of
from ui.page.cards import h1_figure, tag_of, target_figure
from ui.text.speech import Speech

_RESULTS = (
    "target",
    "target tag",
    "h1",
    "h1 tag",
    "full_year",
    "shortfall",
    "status",
    "needed",
    "needed unit",
    "needed_in",
)
_WORDS = ("status", "needed_in", "unit", "needed unit", "target tag", "h1 tag")
_COLUMNS = 2 + len(_RESULTS)
_LETTERS = 140  # of a line over all columns
_LONGEST_ADDRESS = 2079  # letters that a spreadsheet takes as a link
_NOWHERE = '""'


def write_answer(book: Book, opened: PageState, layout: Layout, about: About) -> None:
    """What it is, what the page says, and the results as they follow from the cells."""
    sheet, speech = book.sheet(layout.sheet("answer"), landscape=True), layout.speech
    sheet.grid.fit_to_pages(1, 1)
    sheet.grid.set_column(0, 0, 24)
    sheet.grid.set_column(1, _COLUMNS - 1, 15)
    sheet.grid.set_column(1, 1, 22)
    for tag in ("target tag", "h1 tag"):
        column = 2 + _RESULTS.index(tag)
        sheet.grid.set_column(column, column, 11)
    sheet.plain(0, 0, title_of(opened, speech), bold=True, font_size=16)
    for row, line in enumerate(provenance(opened, about, speech), start=1):
        sheet.plain(row, 0, line, font_color=MUTED)
    row = _results(sheet, layout, 6)
    row = _plans(sheet, layout, row + 1)
    row = _paragraphs(sheet, row + 1, speech.say("book.said"), sentences(opened, speech))
    row = _paragraphs(sheet, row + 1, speech.say("book.scenario"), scenario_in_words(opened, speech))
    row = _paragraphs(sheet, row + 1, speech.say("book.caveats"), cautions(opened, speech))
    sheet.plain(row + 1, 0, speech.say("book.legend"), bold=True)
    sheet.plain(row + 2, 0, speech.say("book.legend.input"), bg_color=INPUT)
    sheet.plain(row + 4, 0, speech.say("book.link"), bold=True)
    _link(sheet, row + 5, about.link)


def sentences(opened: PageState, speech: Speech) -> list[str]:
    """What the page says of each headline indicator, the one in focus first."""
    projections = project(opened.edition, opened.scenario)
    ids = sorted(projections, key=lambda id: id != opened.focus)
    return [
        f"{speech.pick(opened.edition.indicators[id].label)} — {plain_text(sentence)}"
        for id in ids
        if opened.edition.indicators[id].headline or id == opened.focus
        for sentence in [result_sentence(opened.edition, opened.scenario, projections[id], speech)]
    ]


def cautions(opened: PageState, speech: Speech) -> list[str]:
    """What stands in for figures that nobody has published or entered, once each."""
    projections = project(opened.edition, opened.scenario)
    lines = (
        f"{speech.pick(opened.edition.indicators[id].short)} {text}"
        for id in opened.edition.indicators
        if opened.edition.indicators[id].headline
        for text in caveats(opened.edition, opened.scenario, projections[id], speech)
    )
    return list(dict.fromkeys(lines))


def _results(sheet: Sheet, layout: Layout, row: int) -> int:
    """A row an indicator, every number the one of the lines' first state; gives the next free row."""
    speech, style = layout.speech, {"bold": True, "bg_color": HEAD, "text_wrap": True}
    sheet.plain(row - 1, 0, speech.say("book.live"), bold=True, font_size=12)
    sheets = layout.sheet("inputs")
    sheet.formula(row - 1, 3, address(CHECK, FIRST_STATE, sheet=sheets), speech.say("book.check.fine"))
    titles = {"target": "book.column.target", "shortfall": "book.column.shortfall", "status": "line.status"}
    titles |= {"needed": "book.column.needed", "needed_in": "book.column.needed_in"}
    titles |= {"needed unit": "book.column.unit", **dict.fromkeys(("target tag", "h1 tag"), "column.tag")}
    names = [
        speech.say(titles[name]) if name in titles else speech.say(f"quantity.{name}") for name in _RESULTS
    ]
    heads = [speech.say("book.column.name"), speech.say("book.column.unit"), *names]
    sheet.grid.set_row(row, 2 * LINE_HEIGHT)
    for column, title in enumerate(heads):
        sheet.text(row, column, title, **style)
    for id, indicator in layout.edition.indicators.items():
        if not indicator.headline:
            continue
        row += 1
        sheet.text(row, 0, speech.pick(indicator.label), text_wrap=True)
        lines = {line.name: line for line in lines_of(layout.edition, id)}
        _reference(sheet, layout, (id, "unit"), (row, 1))
        near = {
            name: f"${address(row, 2 + _RESULTS.index(name))}" if name != "unit" else f"${address(row, 1)}"
            for name in ("unit", *_RESULTS)
            if name in lines
        }
        for column, name in enumerate(_RESULTS, start=2):
            _reference(sheet, layout, (id, name), (row, column))
            if name in lines and name not in _WORDS:
                place = (row, column, row, column)
                show_as_the_page_does(sheet, layout, Block(id, lines[name], place, near))
    return row + 1


def _reference(sheet: Sheet, layout: Layout, asked: tuple[str, str], at: tuple[int, int]) -> None:
    """At a row and column the cell of an indicator's line, or that of its unit or its tag."""
    (id, column_name), (row, column) = asked, at
    name, _, what = column_name.partition(" ")
    style = {"bold": True} if column_name in ("full_year", "status") else {}
    line = next((line for line in lines_of(layout.edition, id) if line.name == name), None)
    if line is None:
        sheet.formula(row, column, _NOWHERE, None)
        return
    if what == "tag":
        formula, tag = _tag(layout, id, line)
        sheet.formula(row, column, formula, tag, font_color=MUTED, **style)
        return
    if what == "unit":
        unit = address(layout.lines[id, name], UNIT, sheet=layout.sheet("lines"), fixed=True)
        sheet.formula(row, column, unit, speech_unit(layout, line))
        return
    value = layout.said(id, line, 0)
    number = {"num_format": shown_with(layout.places(id, line))}
    look = {"align": "right"} if name in _WORDS else number
    sheet.formula(row, column, layout.line(id, name), value, **look, **style)


def _tag(layout: Layout, id: str, line: Line) -> tuple[str, str]:
    """The tag of a number that is given, as a formula: it turns to entered when an entry is made."""
    edition, cells = layout.edition, layout.cells(id, 0, from_outside=True)
    entered = quoted(layout.speech.say("tag.entered"))

    def of(content: Content) -> str:
        if not isinstance(content, Symbol):
            return _NOWHERE
        name, given = content.name, {symbol.name for symbol in leaves(content)}
        if content.operands:  # worked out: from what the edition calls by its name, or from a completion
            own = f"{id}.{line.name}"
            name = own if own in edition.figures else f"{own}_completion"
            if own not in edition.figures and name not in given:
                return quoted(layout.speech.say("tag.derived"))
        figure = edition.figures.get(name)
        tag = entered if figure is None else quoted(layout.speech.say(f"tag.{figure.tag}"))
        is_entry = name in edition.levers and figure is not None
        return f"IF({is_made([name], cells)},{entered},{tag})" if is_entry else tag

    number = layout.values[0][id].get(line.name)
    figure = (target_figure if line.name == "target" else h1_figure)(edition, layout.projection(id))
    tag = tag_of(edition, layout.states[0].scenario, figure, layout.speech)[1:-1]
    return chosen(line.content, cells, of), "" if number is None else tag


def speech_unit(layout: Layout, line: Line) -> str:
    """The unit of a line in the first state, as the page has it."""
    return layout.speech.unit(layout.unit_of(line))


def _plans(sheet: Sheet, layout: Layout, row: int) -> int:
    """The year and the status of each indicator in every state, side by side."""
    speech = layout.speech
    sheet.plain(row, 0, speech.say("book.plans"), bold=True, font_size=12)
    row += 1
    style = {"bold": True, "bg_color": HEAD, "text_wrap": True}
    sheet.text(row, 0, speech.say("book.column.name"), **style)
    sheet.text(row, 1, "", **style)
    for at, state in enumerate(layout.states):
        sheet.text(row, 2 + at, state.title, **style)
    for id, indicator in layout.edition.indicators.items():
        if not indicator.headline:
            continue
        lines = {line.name: line for line in lines_of(layout.edition, id)}
        for name in ("full_year", "unit", "status"):
            is_fixed = not isinstance(lines["unit"].content, Choice)
            if name not in lines or (name == "unit" and is_fixed):
                continue
            row += 1
            measure = line_name(layout, id, name, speech)
            if name == "full_year" and is_fixed:
                unit = speech_unit(layout, lines["full_year"])
                measure = speech.say("path.title", name=measure, unit=unit)
            sheet.text(row, 0, speech.pick(indicator.short) if name == "full_year" else "")
            sheet.text(row, 1, measure, font_color=MUTED)
            for at in range(len(layout.states)):
                line = lines[name]
                places = layout.places(id, line, at)
                look = {"num_format": shown_with(places)} if name == "full_year" else {"align": "right"}
                sheet.formula(row, 2 + at, layout.line(id, name, at), layout.said(id, line, at), **look)
            if name == "full_year":
                place = (row, 2, row, 1 + len(layout.states))
                near = near_cells(layout, id, sheet=layout.sheet("lines"))
                show_as_the_page_does(sheet, layout, Block(id, lines[name], place, near))
    return row + 1


def _paragraphs(sheet: Sheet, row: int, title: str, lines: list[str]) -> int:
    """Lines of text over the width of the sheet, each as high as it needs."""
    if not lines:
        return row
    sheet.plain(row, 0, title, bold=True, font_size=12)
    for line in lines:
        row += 1
        _across(sheet, row, line)
    return row + 1


def _across(sheet: Sheet, row: int, text: str) -> None:
    sheet.grid.merge_range(row, 0, row, _COLUMNS - 1, "", sheet.book.style(text_wrap=True))
    sheet.plain(row, 0, text, text_wrap=True)
    sheet.grid.set_row(row, LINE_HEIGHT * lines_needed(text, _LETTERS))


def _link(sheet: Sheet, row: int, link: str) -> None:
    """The address as a link where a spreadsheet takes one so long, else as text."""
    _across(sheet, row, link)
    if link.startswith(("http://", "https://")) and len(link) <= _LONGEST_ADDRESS:
        style = sheet.book.style(text_wrap=True, font_color="#0B5D57", underline=1)
        sheet.grid.write_url(row, 0, link, style, inert(link))
