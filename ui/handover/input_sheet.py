"""What may be changed?  Levers and entries as cells of their own, with the ranges that the page has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from hdmodel import Lever
from hdmodel.edition import Figure
from hdmodel.explain.cases import Choice, lines_of
from hdmodel.numbers import plain
from hdmodel.scenario import together
from hdmodel.units import MONEY
from ui.answers.reason_sentences import lever_value
from ui.handover.book import GROUP, HEAD, INPUT, LINE_HEIGHT, MUTED, Book, Sheet, address, lines_needed
from ui.handover.layout import FIRST_STATE, HEADER, Layout
from ui.text.speech import MINUS, Speech

CHECK = 3  # row of the check
_NAME, _UNIT, _LOW, _HIGH, _STEP = range(FIRST_STATE)
_NAME_WIDTH, _REASON_WIDTH = 44, 60  # letters
_MOST_TITLE, _MOST_MESSAGE = 32, 255  # letters that a spreadsheet takes


def write_inputs(book: Book, layout: Layout, speech: Speech) -> None:
    """A row a lever or entry, a column a state, and whether what is typed can be used."""
    sheet = book.sheet(layout.sheet("inputs"), landscape=True)
    blank, reason = FIRST_STATE + len(layout.states), FIRST_STATE + len(layout.states) + 1
    sheet.grid.set_column(_NAME, _NAME, _NAME_WIDTH)
    sheet.grid.set_column(_UNIT, _STEP, 8)
    sheet.grid.set_column(FIRST_STATE, blank - 1, 13)
    sheet.grid.set_column(blank, blank, 18)
    sheet.grid.set_column(reason, reason, _REASON_WIDTH)
    sheet.plain(0, 0, layout.sheet("inputs"), bold=True, font_size=14)
    sheet.plain(1, 0, speech.say("book.legend.input"), bg_color=INPUT)
    sheet.plain(2, 0, speech.say("book.legend.blank"), font_color=MUTED)
    names = ("column.name", "column.unit", "column.low", "column.high", "column.step")
    titles = [
        *(speech.say(f"book.{name}") for name in names),
        *(state.title for state in layout.states),
        *(speech.say(key) for key in ("book.column.blank", "column.reason")),
    ]
    for column, title in enumerate(titles):
        sheet.text(HEADER, column, title, bold=True, bg_color=HEAD, text_wrap=True)
    for owner, ids in layout.input_groups:
        title = layout.edition.indicators[owner].label if owner in layout.edition.indicators else None
        row = layout.inputs[ids[0]] - 1
        for column in range(reason + 1):
            name = speech.pick(title) if title else speech.say("legend.ruler")
            sheet.text(row, column, "" if column else name, bold=True, bg_color=GROUP)
        for id in ids:
            _write_input(sheet, layout, layout.edition.levers[id])
    _write_check(sheet, layout, speech)
    sheet.grid.freeze_panes(HEADER + 1, 1)
    sheet.grid.repeat_rows(HEADER)


def _write_input(sheet: Sheet, layout: Layout, lever: Lever) -> None:
    speech = layout.speech
    row = layout.inputs[lever.id]
    name, reason = speech.pick(lever.label), speech.pick(lever.reason)
    lines = max(lines_needed(name, _NAME_WIDTH - 2), lines_needed(reason, _REASON_WIDTH - 2))
    sheet.grid.set_row(row, LINE_HEIGHT * lines)
    sheet.text(row, _NAME, name, text_wrap=True)
    sheet.text(row, _UNIT, speech.unit(lever.unit))
    for column, value in ((_LOW, lever.low), (_HIGH, lever.high), (_STEP, lever.step)):
        sheet.number(row, column, value, lever.places, font_color=MUTED)
    for at, state in enumerate(layout.states):
        value = state.scenario.as_dict()[lever.id]
        sheet.number(row, FIRST_STATE + at, value, places_typed(lever, value), bg_color=INPUT)
        sheet.grid.data_validation(
            row, FIRST_STATE + at, row, FIRST_STATE + at, _rule(layout, lever, at, speech)
        )
    last = FIRST_STATE + len(layout.states)
    sheet.text(row, last, standing_for(layout, lever, speech), font_color=MUTED, text_wrap=True)
    sheet.text(row, last + 1, reason, font_color=MUTED, text_wrap=True)


def places_typed(lever: Lever, value: Fraction | None) -> int:
    """The decimals of an input: as many as it takes to show what is typed as it counts, none for a count."""
    return 0 if lever.is_count else lever.places if value is None else lever.places_of(value)


def standing_for(layout: Layout, lever: Lever, speech: Speech) -> str:
    """What is taken while the input is blank, with its tag."""
    figure: Figure | None = layout.edition.figures.get(lever.id)
    standing = lever_value(layout.edition, lever.id, lever.default, speech)
    if figure is None or lever.default is None:
        return standing
    return f"{standing} [{speech.say(f'tag.{figure.tag}')}]"


# --- what is refused


def _rule(layout: Layout, lever: Lever, state: int, speech: Speech) -> dict[str, object]:
    """The range as a rule of the cell: what the page refuses, the cell refuses."""
    low, high = (plain(value).replace("-", MINUS) for value in (lever.low, lever.high))
    more = " ".join(_remarks(layout, lever, speech))
    accepted = speech.say(
        "book.input.accepted", low=low, high=high, unit=speech.unit_of_number(lever.unit), more=more
    ).strip()
    bound = _bound(layout, lever, state)
    return {
        "validate": "integer" if lever.is_count else "decimal",
        "criteria": "between",
        "minimum": float(lever.low),
        "maximum": float(lever.high) if bound is None else f"={bound}",
        "ignore_blank": True,
        "input_title": speech.say("book.input.title", low=low, high=high)[:_MOST_TITLE],
        "input_message": accepted[:_MOST_MESSAGE],
        "error_title": speech.say("book.input.refused")[:_MOST_TITLE],
        "error_message": accepted[:_MOST_MESSAGE],
    }


def _remarks(layout: Layout, lever: Lever, speech: Speech) -> Iterator[str]:
    yield speech.say("book.input.step", step=plain(lever.step))
    if lever.joint is not None:
        yield speech.say("book.input.joint", most=plain(lever.joint))
    if lever.role == "actual" and len(layout.edition.actuals_of(lever.indicator)) > 1:
        yield speech.say("book.input.once")


def _bound(layout: Layout, lever: Lever, state: int) -> str | None:
    """The most a cell takes where that depends on others: their joint limit, another way of saying it."""
    column = FIRST_STATE + state
    if lever.joint is not None:
        return f"MIN({plain(lever.high)},{plain(lever.joint)}-{_taken(layout, lever, state)})"
    others = [id for id in layout.edition.actuals_of(lever.indicator) if id != lever.id]
    if lever.role == "actual" and others:
        cells = ",".join(address(layout.inputs[id], column) for id in others)
        most = _most_started(layout, lever, state) or plain(lever.high)
        return f"IF(COUNT({cells})=0,{most},{plain(lever.low - 1)})"
    return None


def _most_started(layout: Layout, lever: Lever, state: int) -> str:
    """The most that can have started in Q3, counted from the low end of the entry that says it: what the
    joint limit leaves beside Q4; blank where no starts are counted.
    """
    edition = layout.edition
    if not edition.indicators[lever.indicator].form.counts_starts:
        return ""
    limited = [
        other
        for other in edition.levers.values()
        if other.indicator == lever.indicator and other.joint is not None
    ]
    later = [
        f"-N({address(layout.inputs[other.id], FIRST_STATE + state)})"
        for other in limited
        if other.quarter == "q4"
    ]
    if not limited or limited[0].joint is None:
        return ""
    return f"MIN({plain(lever.high)},{plain(lever.low + limited[0].joint)}{''.join(later)})"


def taken_beside(layout: Layout, lever: Lever, state: int, cell: Callable[[str], str]) -> str:
    """What the other levers under a joint limit take up of it: once it is known what Q3 brought, that.
    `cell` says where a lever's value stands.
    """
    edition = layout.edition
    brought = (
        layout.line(lever.indicator, "brought", state) if (lever.indicator, "brought") in layout.lines else ""
    )
    taken = []
    for id in together(edition, lever):
        if id == lever.id:
            continue
        other, is_q3 = f"N({cell(id)})", edition.levers[id].quarter == "q3"
        taken.append(f"IF(ISNUMBER({brought}),{brought},{other})" if brought and is_q3 else other)
    whole = "+".join(taken) or "0"
    return f"IF(ISNUMBER({brought}),0,{whole})" if brought and lever.quarter == "q3" else f"({whole})"


def _taken(layout: Layout, lever: Lever, state: int) -> str:
    return taken_beside(layout, lever, state, lambda id: address(layout.inputs[id], FIRST_STATE + state))


# --- whether all of it can be used


def _write_check(sheet: Sheet, layout: Layout, speech: Speech) -> None:
    """A cell a state: what was pasted past the rules is found and counted."""
    sheet.text(CHECK, _NAME, speech.say("book.check"), bold=True)
    fine, bad = speech.say("book.check.fine"), speech.say("book.check.bad")
    for state in range(len(layout.states)):
        count = "+".join(_faults(layout, state))
        formula = f'IF({count}=0,"{fine}","{bad}"&({count}))'
        sheet.formula(CHECK, FIRST_STATE + state, formula, fine, bold=True, text_wrap=True)


def _faults(layout: Layout, state: int) -> Iterator[str]:
    """What there may be of each fault, as terms of a sum."""
    edition, column = layout.edition, FIRST_STATE + state
    first, last = min(layout.inputs.values()), max(layout.inputs.values())

    def down(at: int) -> str:
        return f"{address(first, at)}:{address(last, at)}"

    typed = f"ISNUMBER({down(column)})"
    yield f"SUMPRODUCT(--ISTEXT({down(column)}))"
    yield f"SUMPRODUCT({typed}*({down(column)}<{down(_LOW)}))"
    yield f"SUMPRODUCT({typed}*({down(column)}>{down(_HIGH)}))"
    for lever in edition.levers.values():
        cell = address(layout.inputs[lever.id], column)
        if lever.is_count:
            yield f"IF(ISNUMBER({cell}),--({cell}<>INT({cell})),0)"
        if lever.joint is not None and lever.quarter == "q4":
            yield f"--(N({cell})+{_taken(layout, lever, state)}>{plain(lever.joint)})"
    for indicator in edition.indicators:
        yield from _contradictions(layout, indicator, state)


def _contradictions(layout: Layout, indicator: str, state: int) -> Iterator[str]:
    """What cannot be true together among the entries of an indicator."""
    edition, column = layout.edition, FIRST_STATE + state
    ways = edition.actuals_of(indicator)
    if len(ways) > 1:
        yield f"--(COUNT({','.join(address(layout.inputs[id], column) for id in ways)})>1)"
    if (indicator, "brought") in layout.lines:
        brought = layout.line(indicator, "brought", state)
        least = plain(edition.indicators[indicator].form.least_q3)
        yield f"IF(ISNUMBER({brought}),--(ROUND({brought},9)<{least}),0)"
    unit = next(line for line in lines_of(edition, indicator) if line.name == "unit")
    amounts = [
        id for id in (*ways, *edition.plans_of(indicator)) if edition.levers[id].unit in MONEY
    ]  # fmt: skip
    if isinstance(unit.content, Choice) and amounts:
        cells = ",".join(address(layout.inputs[id], column) for id in amounts)
        in_amounts = layout.speech.unit(edition.levers[amounts[0]].unit)
        yield f'IF(COUNT({cells})>0,--({layout.line(indicator, "unit", state)}<>"{in_amounts}"),0)'
