"""How is each result reckoned?  A row a step, a column a state, every cell a formula of the model's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hdmodel import Lever
from hdmodel.explain.cases import Choice, Content, Judged, Largest, Line, Where, Word, case_of, lines_of
from hdmodel.explain.cells import chosen, formula_of, quoted
from hdmodel.explain.symbols import Symbol, infix
from hdmodel.explain.worked_lines import in_full
from hdmodel.numbers import plain
from ui.handover.book import (
    GROUP,
    HEAD,
    LINE_HEIGHT,
    MUTED,
    Book,
    Sheet,
    address,
    lines_needed,
    shown_with,
)
from ui.handover.input_sheet import places_typed, standing_for
from ui.handover.layout import (
    FIRST_STATE,
    HEADER,
    Layout,
    is_a_word,
    places_of,
    units_of,
)
from ui.page.explain_dialog import quantity_name
from ui.text.speech import Speech
from ui.text.texts import TEXTS

_NAME, UNIT, _HOW = 0, 1, 2  # the way of reckoning takes three columns
_NAME_WIDTH, _HOW_WIDTH = 38, 22  # letters
_AGAINST_TARGET = ("full_year", "target", "shortfall")
_BOLD = ("full_year", "shortfall", "status")
_MOST_MORE = 2  # decimals beyond the usual ones


def write_lines(book: Book, layout: Layout, speech: Speech) -> None:
    """The numbers in use, then each indicator step by step."""
    sheet = book.sheet(layout.sheet("lines"), landscape=True)
    sheet.grid.set_column(_NAME, _NAME, _NAME_WIDTH)
    sheet.grid.set_column(UNIT, UNIT, 11)
    sheet.grid.set_column(_HOW, FIRST_STATE - 1, _HOW_WIDTH)
    sheet.grid.set_column(FIRST_STATE, FIRST_STATE + len(layout.states) - 1, 13)
    sheet.plain(0, 0, layout.sheet("lines"), bold=True, font_size=14)
    sheet.plain(1, 0, speech.say("formula.status.how"), font_color=MUTED)
    sheet.plain(2, 0, speech.say("book.live"), font_color=MUTED)
    _header(sheet, layout, speech)
    _group(sheet, layout, HEADER + 1, speech.say("book.in_effect"))
    for id, row in layout.in_effect.items():
        _write_in_effect(sheet, layout, layout.edition.levers[id], row)
    for id, indicator in layout.edition.indicators.items():
        lines = lines_of(layout.edition, id)
        _group(sheet, layout, layout.lines[id, lines[0].name] - 1, speech.pick(indicator.label))
        for line in lines:
            _write_line(sheet, layout, id, line)
    sheet.grid.freeze_panes(HEADER + 1, 1)
    sheet.grid.repeat_rows(HEADER)


def _header(sheet: Sheet, layout: Layout, speech: Speech) -> None:
    style = {"bold": True, "bg_color": HEAD, "text_wrap": True}
    _words(sheet, HEADER, _Words("", speech.say("book.column.how")), style)
    sheet.text(HEADER, _NAME, speech.say("book.column.name"), **style)
    sheet.text(HEADER, UNIT, speech.say("book.column.unit"), **style)
    for at, state in enumerate(layout.states):
        sheet.text(HEADER, FIRST_STATE + at, state.title, **style)


def _group(sheet: Sheet, layout: Layout, row: int, title: str) -> None:
    for column in range(FIRST_STATE + len(layout.states)):
        sheet.text(row, column, "" if column else title, bold=True, bg_color=GROUP)


@dataclass(frozen=True)
class _Words:
    """A step's name, and how it is reckoned."""

    name: str
    how: str
    is_bold: bool = False


def _words(sheet: Sheet, row: int, words: _Words, style: dict[str, object]) -> None:
    """A step in words, the way of reckoning over three columns, high enough to be read."""
    name, how, wrapped = words.name, words.how, {**style, "text_wrap": True}
    sheet.text(row, _NAME, name, text_wrap=True, bold=words.is_bold)
    sheet.grid.merge_range(row, _HOW, row, FIRST_STATE - 1, "", sheet.book.cell(**wrapped))
    sheet.text(row, _HOW, how, **wrapped)
    lines = max(lines_needed(name, _NAME_WIDTH - 2), lines_needed(how, 3 * _HOW_WIDTH - 2))
    sheet.grid.set_row(row, LINE_HEIGHT * lines)


def _write_in_effect(sheet: Sheet, layout: Layout, lever: Lever, row: int) -> None:
    """What is reckoned with: what is typed, else what stands without it."""
    edition, speech = layout.edition, layout.speech
    blank = standing_for(layout, lever, speech)
    is_there = lever.default is not None
    how = speech.say("book.in_effect.how", blank=blank) if is_there else speech.say("book.in_effect.none")
    _words(sheet, row, _Words(speech.pick(lever.label), how), {"font_color": MUTED})
    sheet.text(row, UNIT, speech.unit(lever.unit))
    figure = edition.figures.get(lever.id)
    if figure is not None and figure.value is not None:
        otherwise = layout.figure(lever.id)
    else:
        otherwise = '""' if lever.default is None else plain(lever.default)
    for at, state in enumerate(layout.states):
        typed = layout.input(lever.id, at)
        made = state.scenario.as_dict()[lever.id]
        value = lever.default if made is None else made
        formula = f"IF(ISNUMBER({typed}),{typed},{otherwise})"
        look = shown_with(places_typed(lever, value))
        sheet.formula(row, FIRST_STATE + at, formula, value, num_format=look)


def _write_line(sheet: Sheet, layout: Layout, indicator: str, line: Line) -> None:
    speech = layout.speech
    row, present = layout.lines[indicator, line.name], layout.made(0)
    is_bold = {"bold": True} if line.name in _BOLD else {}
    name = line_name(layout, indicator, line.name, speech)
    how = _in_words(layout, indicator, case_of(line.content, present), speech)
    _words(sheet, row, _Words(name, how, bool(is_bold)), {"font_color": MUTED})
    units = chosen(line.unit, layout.cells(indicator, 0), lambda unit: quoted(speech.unit(unit)))
    sheet.formula(row, UNIT, units, speech.unit(layout.unit_of(line)))
    for at in range(len(layout.states)):
        formula = formula_of(line.content, layout.cells(indicator, at, line.name))
        value = layout.said(indicator, line, at)
        places = layout.places(indicator, line, at)
        style = {"align": "right"} if is_a_word(line, layout.made(at)) else {"num_format": shown_with(places)}
        sheet.formula(row, FIRST_STATE + at, formula, value, **style, **is_bold)
    first, last = FIRST_STATE, FIRST_STATE + len(layout.states) - 1
    show_as_the_page_does(sheet, layout, Block(indicator, line, (row, first, row, last)))


def near_cells(layout: Layout, indicator: str, sheet: str = "") -> dict[str, str]:
    """The cells of the first state as a rule over all states names them: row fixed, column moving along."""
    there = f"'{sheet}'!" if sheet else ""
    column = address(0, FIRST_STATE)[:-1]
    return {
        name: f"{there}{column}${layout.lines[indicator, name] + 1}"
        for name in ("unit", *_AGAINST_TARGET)
        if (indicator, name) in layout.lines
    }


@dataclass(frozen=True)
class Block:
    """Cells of one line of an indicator, from the first row and column to the last ones; `near` are those of
    its unit, year and target, where they are not those of the lines themselves.
    """

    indicator: str
    line: Line
    place: tuple[int, int, int, int]
    near: Mapping[str, str] | None = None


def show_as_the_page_does(sheet: Sheet, layout: Layout, block: Block) -> None:
    """The decimals that depend on what stands in the cells: those of another unit, more of them where
    rounding would close a shortfall, none or one for a count.
    """
    indicator, line, place = block.indicator, block.line, block.place
    near = near_cells(layout, indicator) if block.near is None else block.near
    edition = layout.edition
    units = units_of(line)
    is_mixed = len({places_of(edition, indicator, unit) for unit in units}) > 1
    own = address(place[0], place[1])
    for unit in units:
        places = places_of(edition, indicator, unit)
        in_unit = f"{near['unit']}={quoted(layout.speech.unit(_amount(layout, indicator, unit)))}"
        condition = f"{in_unit}," if is_mixed else ""
        if line.name in _AGAINST_TARGET and {*_AGAINST_TARGET} <= {*near}:
            for more in range(_MOST_MORE, 0, -1):
                rule = _needs_more(near["full_year"], near["target"], places + more - 1)
                _format(sheet, place, f"=AND({condition}{rule})", places + more)
        if not places:
            _format(sheet, place, f"=AND({condition}ISNUMBER({own}),{own}<>INT({own}))", 1)
        elif is_mixed:
            _format(sheet, place, f"=AND({condition}TRUE)", places)


def _amount(layout: Layout, indicator: str, unit: str) -> str:
    """The unit of the indicator where a line is in this one: points go with shares."""
    followed = layout.edition.indicators[indicator]
    return unit if unit == followed.amount_unit else followed.unit


def _needs_more(year: str, target: str, places: int) -> str:
    """Whether a year needs more decimals than these beside its target."""
    is_near = f"AND(ROUND({year}-{target},9)<>0,ROUND({year},{places})=ROUND({target},{places}))"
    halves = f"ROUND({year}*2*10^{places},6)"
    is_half = f"AND({halves}=INT({halves}),MOD(ABS({halves}),2)=1)"
    return f"ISNUMBER({year}),ISNUMBER({target}),OR({is_near},{is_half})"


def _format(sheet: Sheet, place: tuple[int, int, int, int], formula: str, places: int) -> None:
    style = sheet.book.file.add_format({"num_format": shown_with(places)})
    rule = {"type": "formula", "criteria": formula, "format": style, "stop_if_true": True}
    sheet.grid.conditional_format(*place, rule)


# --- words


def line_name(layout: Layout, indicator: str, name: str, speech: Speech) -> str:
    """What a line is called."""
    if name in ("base_q3", "base_q4", "base_year"):
        return speech.say(f"step.{name}")
    if f"line.{name}" in TEXTS:
        return speech.say(f"line.{name}")
    return quantity_name(layout.edition, indicator, name, speech)


def _in_words(layout: Layout, indicator: str, content: Content, speech: Speech) -> str:
    """The way of reckoning with every cell called by its name."""

    def named(symbol: Symbol) -> str:
        return _name_of(layout, indicator, symbol, speech)

    match content:
        case Symbol():
            return infix(content, named)
        case Largest():
            return speech.say("line.reach_high.how")
        case Judged():
            return speech.say("formula.status.how")
        case Where(symbol, line, least, is_enough):
            return speech.say(
                "line.where" if is_enough else "line.where.more",
                how=infix(symbol, named),
                line=line_name(layout, indicator, line, speech),
                least=in_full(least),
            )
        case Word() | None:
            return ""
    choice: Choice[Content] = content
    raise TypeError(choice)


def _name_of(layout: Layout, indicator: str, symbol: Symbol, speech: Speech) -> str:
    if not symbol.name:
        return in_full(symbol.value)
    if (indicator, symbol.name) in layout.lines:
        return line_name(layout, indicator, symbol.name, speech)
    lever, figure = layout.edition.levers.get(symbol.name), layout.edition.figures.get(symbol.name)
    label = lever.label if lever is not None else figure.label if figure is not None else None
    return speech.pick(label) if label is not None else symbol.name
