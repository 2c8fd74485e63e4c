"""Where does the year go?  H1, January to September and the year of each headline indicator, with a chart."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hdmodel import PageState
from hdmodel.explain.cases import Value, lines_of
from ui.answers.path_rows import periods_of
from ui.handover.book import HEAD, LINE_HEIGHT, MUTED, Book, Sheet, address, shown_with
from ui.handover.layout import Layout
from ui.handover.line_sheet import Block, show_as_the_page_does
from ui.text.speech import Speech

_ROWS = 18  # of a table with its chart
_FIRST = 3
_LINES = ("h1", "ytd_q3", "full_year")
_FACT, _SUPPOSED, _REQUIRED, _TARGET = "#1F6F68", "#A9CDC9", "#B4530A", "#333333"
_NONE = "#N/A"
_ZERO = 4  # a column that is not seen: it keeps the axes of the charts at nought


def write_paths(book: Book, opened: PageState, layout: Layout, speech: Speech) -> None:
    """A table and a chart for each headline indicator, the one in focus first."""
    sheet = book.sheet(layout.sheet("paths"))
    sheet.grid.set_column(0, 0, 14)
    sheet.grid.set_column(1, 3, 12)
    sheet.grid.set_column(4, 4, 2)
    sheet.grid.set_column(5, 12, 9)
    sheet.plain(0, 0, layout.sheet("paths"), bold=True, font_size=14)
    sheet.plain(1, 0, speech.say("path.about"), font_color=MUTED)
    indicators = layout.edition.indicators
    shown = [id for id in indicators if indicators[id].headline]
    for at, id in enumerate(sorted(shown, key=lambda id: id != opened.focus)):
        if (id, "full_year") in layout.lines:
            _write_path(sheet, layout, id, _FIRST + at * _ROWS)
    sheet.grid.set_h_pagebreaks([_FIRST + 3 * _ROWS])


def _write_path(sheet: Sheet, layout: Layout, id: str, row: int) -> None:
    edition, speech = layout.edition, layout.speech
    lines = {line.name: line for line in lines_of(edition, id)}
    title = layout.with_unit(id, "path.title")
    sheet.title(row, title, font_size=12)
    heads = ("path.period", "path.total", "path.required", "path.target")
    sheet.grid.set_row(row + 1, 2 * LINE_HEIGHT)
    for column, key in enumerate(heads):
        sheet.text(row + 1, column, speech.say(key), bold=True, bg_color=HEAD, text_wrap=True)
    periods = periods_of(edition.indicators[id].kind)
    look = {"num_format": shown_with(layout.places(id, lines["full_year"]))}
    for at, (line, period) in enumerate(zip(_LINES, periods, strict=True)):
        sheet.text(row + 2 + at, 0, speech.say(f"period.{period}"))
        cells = {
            1: _or_none(layout, id, line),
            2: _required(layout, id, at),
            3: _or_none(layout, id, "target"),
        }
        sheet.grid.write_number(row + 2 + at, _ZERO, 0, sheet.book.style(num_format=";;;"))
        for column, (formula, value) in cells.items():
            sheet.formula(row + 2 + at, column, formula, value, **look)
    none = sheet.book.file.add_format({"font_color": "#BBBBBB"})
    own = address(row + 2, 1)
    rule = {"type": "formula", "criteria": f"=ISNA({own})", "format": none}
    sheet.grid.conditional_format(row + 2, 1, row + 4, 3, rule)
    near = {"unit": layout.line(id, "unit")}
    show_as_the_page_does(sheet, layout, Block(id, lines["h1"], (row + 2, 1, row + 4, 3), near))
    is_known = layout.projection(id).is_q3_known
    _chart(sheet, row, 2 if is_known else 1)


def _or_none(layout: Layout, id: str, line: str) -> tuple[str, Value]:
    """A number; what a chart leaves out where there is none."""
    if (id, line) not in layout.lines:
        return "NA()", _NONE
    cell, value = layout.line(id, line), layout.values[0][id].get(line)
    return f"IF(ISNUMBER({cell}),{cell},NA())", _NONE if value is None else value


def _required(layout: Layout, id: str, at: int) -> tuple[str, Value]:
    """A point of the path that lands on target, while the year falls short and there is one."""
    path = ("h1", "path_ytd_q3", "target")
    if any((id, line) not in layout.lines for line in (*path, "shortfall")):
        return "NA()", _NONE
    short, there, cell = (layout.line(id, line) for line in ("shortfall", "path_ytd_q3", path[at]))
    formula = f"IF(AND(ISNUMBER({short}),ISNUMBER({there})),IF(ROUND({short},9)>0,{cell},NA()),NA())"
    values = layout.values[0][id]
    shortfall = values.get("shortfall")
    is_shown = isinstance(shortfall, Fraction) and shortfall > 0 and values.get("path_ytd_q3") is not None
    return formula, values[path[at]] if is_shown else _NONE


def _chart(sheet: Sheet, row: int, facts: int) -> None:
    """Columns for what is and what is supposed, dashed lines for what is required and for the target."""

    title = sheet.grid.get_name()

    def cells(column: int) -> list[object]:
        return [title, row + 2, column, row + 4, column]

    colours = [_FACT] * facts + [_SUPPOSED] * (len(_LINES) - facts)
    columns = sheet.book.file.add_chart({"type": "column"})
    columns.add_series(
        {
            "name": [title, row + 1, 1],
            "categories": cells(0),
            "values": cells(1),
            "points": [{"fill": {"color": colour}, "border": {"color": _FACT}} for colour in colours],
            "fill": {"color": _SUPPOSED},
            "data_labels": {"value": True, "font": {"size": 9}},
            "gap": 80,
        }
    )
    lines = sheet.book.file.add_chart({"type": "line"})
    unseen = {
        "values": cells(_ZERO),
        "categories": cells(0),
        "line": {"none": True},
        "marker": {"type": "none"},
    }
    lines.add_series(unseen)
    marks: Sequence[tuple[int, str, str]] = ((2, _REQUIRED, "dash"), (3, _TARGET, "solid"))
    for column, colour, dash in marks:
        lines.add_series(
            {
                "name": [title, row + 1, column],
                "categories": cells(0),
                "values": cells(column),
                "line": {"color": colour, "width": 1.75, "dash_type": dash},
                "marker": {
                    "type": "diamond" if column == 2 else "none",
                    "size": 6,
                    "fill": {"color": colour},
                },
            }
        )
    columns.combine(lines)
    columns.set_title({"name": [title, row, 0], "name_font": {"size": 11}})
    columns.set_legend({"position": "bottom", "delete_series": [1]})
    columns.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#E3E8E7"}}})
    columns.set_x_axis({"label_position": "low"})
    columns.set_size({"width": 520, "height": 310})
    sheet.grid.insert_chart(row, 5, columns, {"object_position": 2})
