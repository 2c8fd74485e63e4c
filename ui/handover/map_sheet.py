"""Where does the year land over two levers at once?  The table of Q3 × Q4, each cell a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hdmodel import PageState
from hdmodel.explain.cases import lines_of, year_over
from hdmodel.explain.cells import BLANK, Cells, formula_of
from hdmodel.numbers import plain
from hdmodel.paths import facts_in
from ui.answers.lever_map_rows import Axes, axes_of, is_reachable
from ui.answers.sentences import label_of
from ui.handover.book import HEAD, MUTED, Book, Sheet, address, shown_with
from ui.handover.input_sheet import taken_beside
from ui.handover.layout import Layout
from ui.handover.line_sheet import Block, show_as_the_page_does
from ui.text.speech import Speech

_TOP, _LEFT = 4, 1  # where the axes stand
_MET, _SHORT = "#CFE8DA", "#FBE3CC"


def write_map(book: Book, opened: PageState, layout: Layout, speech: Speech) -> None:
    """The full year of the indicator in focus over two of its levers, all else as in the first state."""
    axes = axes_of(opened.edition, opened.scenario, opened.focus)
    sheet = book.sheet(layout.sheet("map"), landscape=True)
    if axes is None or layout.values[0][opened.focus].get("full_year") is None:
        key = "map.one_lever" if axes is None else "map.no_year"
        sheet.plain(0, 0, speech.say(key))
        return
    x, y = axes.x, axes.y
    lines = {line.name: line for line in lines_of(layout.edition, opened.focus)}
    title = speech.say(
        "map.sheet.title",
        x=label_of(layout.edition, x.lever, speech),
        y=label_of(layout.edition, y.lever, speech),
    )
    sheet.title(0, layout.with_unit(opened.focus, "path.title"), font_size=14)
    sheet.plain(1, 0, title, bold=True)
    sheet.plain(2, 0, speech.say("map.sheet.about"), font_color=MUTED)
    corner = speech.say(
        "map.corner", x=label_of(layout.edition, x.lever, speech), y=label_of(layout.edition, y.lever, speech)
    )
    sheet.text(_TOP, 0, corner, text_wrap=True, bold=True, bg_color=HEAD)
    sheet.grid.set_row(_TOP, 45)
    sheet.grid.set_column(0, 0, 30)
    sheet.grid.set_column(_LEFT, _LEFT + len(x.middles), 7.5)
    for at, value in enumerate(x.middles):
        sheet.number(_TOP, _LEFT + at, value, x.lever.places, bold=True, bg_color=HEAD)
    _cells(sheet, opened, layout, axes)
    if (opened.focus, "target") in layout.lines:
        _colour(sheet, layout, opened.focus, axes)
    place = (_TOP + 1, _LEFT, _TOP + len(y.middles), _LEFT + len(x.middles) - 1)
    near = {"unit": layout.line(opened.focus, "unit")}
    show_as_the_page_does(sheet, layout, Block(opened.focus, lines["h1"], place, near))
    sheet.grid.freeze_panes(_TOP + 1, _LEFT)


def _cells(sheet: Sheet, opened: PageState, layout: Layout, axes: Axes) -> None:
    x, y = axes.x, axes.y
    edition, focus = layout.edition, opened.focus
    year_line = next(line for line in lines_of(edition, focus) if line.name == "full_year")
    look = shown_with(layout.places(focus, year_line))
    content = year_over(edition, focus, (x.lever.id, y.lever.id))
    inside = layout.cells(focus, 0, from_outside=True)
    facts = facts_in(edition, opened.scenario, focus)
    for down, above in enumerate(y.middles):
        row = _TOP + 1 + down
        sheet.number(row, 0, above, y.lever.places, bold=True, bg_color=HEAD)
        for across, at in enumerate(x.middles):
            own = axes.pair(address(_TOP, _LEFT + across, fixed=True), address(row, 0, fixed=True))
            cells = Cells(lambda name, own=own: own.get(name) or inside.cell(name), inside.entry, inside.word)
            formula = formula_of(content, cells)
            is_there = is_reachable(edition, opened.scenario, axes.pair(at, above))
            too_many = ",".join(_breaks_joint_limits(layout, axes, own))
            if too_many:
                formula = f"IF(OR({too_many}),{BLANK},{formula})"
            year = facts.with_numbers(axes.pair(at, above)).path.full_year
            sheet.formula(row, _LEFT + across, formula, year if is_there else None, num_format=look)


def _breaks_joint_limits(layout: Layout, axes: Axes, own: Mapping[str, str]) -> Iterator[str]:
    """Whether a pair, whose values stand in the cells `own`, is too many together with what the other levers
    under the same limit take up.
    """
    for lever in (axes.x.lever, axes.y.lever):
        if lever.joint is not None:
            taken = taken_beside(layout, lever, 0, lambda id: own.get(id) or layout.input(id, 0))
            yield f"{own[lever.id]}+{taken}>{plain(lever.joint)}"


def _colour(sheet: Sheet, layout: Layout, focus: str, axes: Axes) -> None:
    width, height = len(axes.x.middles), len(axes.y.middles)
    target, first = layout.line(focus, "target"), address(_TOP + 1, _LEFT)
    place = (_TOP + 1, _LEFT, _TOP + height, _LEFT + width - 1)
    for sign, colour in ((">=", _MET), ("<", _SHORT)):
        is_so = f"AND(ISNUMBER({first}),ISNUMBER({target}),ROUND({first}-{target},9){sign}0)"
        style = sheet.book.file.add_format({"bg_color": colour})
        sheet.grid.conditional_format(*place, {"type": "formula", "criteria": f"={is_so}", "format": style})
