"""The live workbook: what it carries, what LibreOffice makes of changed inputs, and what it refuses."""

from __future__ import annotations

import io
import random
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.merge import MergedCellRange

from hdmodel import Edition, Lever, PageState, Scenario, Words, baseline, load_edition, open_link, project
from hdmodel.explain.cases import lines_of, values_of, year_over
from hdmodel.facts import facts_of
from hdmodel.links.plans import Plan
from hdmodel.paths import numbers_of
from hdmodel.scenario import faults_together
from tests.folders import INVENTED_EDITION
from tests.handover.office import converted, needs_office, text_of_page
from tests.handover.states import ABOUT, random_states
from tests.q3_known import INVENTED as INVENTED_Q3
from tests.q3_known import through_q3
from tests.scenarios import scenario_of
from ui.answers.lever_map_rows import axes_of, is_reachable
from ui.answers.plan_rows import columns_of
from ui.handover.answer_sheet import sentences
from ui.handover.input_sheet import CHECK
from ui.handover.layout import FIRST_STATE, Layout, layout_of
from ui.handover.workbook import workbook_of
from ui.html.elements import plain_text
from ui.page.cards import h1_figure, tag_of, target_figure
from ui.text.speech import Speech

VALUE_ADDED, INVESTMENT, STARTS = "industrial_value_added", "general_industrial_investment", "start_rate"
INVENTED = INVENTED_EDITION
_CLOSE = 1e-9
_BARE_CELL = re.compile(r"(?<![$!A-Z0-9'])([A-Z]{1,2}[0-9]+)(?![0-9(])")
_STATES = 5  # of a workbook with three plans


def state_of(edition: Edition, *settings: str, language: str = "zh", **fields: object) -> PageState:
    opened = open_link([], edition)
    return replace(opened, scenario=scenario_of(edition, *settings), language=language, **fields)


def with_plans(edition: Edition, language: str = "zh") -> PageState:
    plan = Plan(baseline(edition))
    return state_of(edition, language=language, plans=(plan, plan, plan))


def made(opened: PageState) -> bytes:
    return workbook_of(opened, ABOUT, Speech(opened.language))


def read(data: bytes | Path, *, values: bool) -> Workbook:
    """The workbook without the borders inside of merged cells: they take half of the time."""
    with patch.object(MergedCellRange, "format"):
        return load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data, data_only=values)


def is_same(found: object, expected: object) -> bool:
    """Whether a cell says a value: a number to 1e-9, a word as it is, nothing for nothing."""
    if expected is None or isinstance(expected, str):
        return (found or None) == (expected or None)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    return abs(found - float(expected)) <= _CLOSE * max(1.0, abs(float(expected)))


def expected_lines(layout: Layout, scenario: Scenario) -> Iterator[tuple[str, str, object]]:
    """What every line says in a scenario, by the model."""
    for id in layout.edition.indicators:
        values = values_of(layout.edition, scenario, id)
        for line in lines_of(layout.edition, id):
            value = values.get(line.name)
            yield id, line.name, layout.word(id, line.name, value) if isinstance(value, str) else value


def differing(book: Workbook, layout: Layout, states: Sequence[Scenario]) -> list[tuple[object, ...]]:
    """The cells of the lines that say otherwise than the model."""
    sheet = book[layout.sheet("lines")]
    return [
        (id, name, at, found, expected)
        for at, scenario in enumerate(states)
        for id, name, expected in expected_lines(layout, scenario)
        for found in [sheet.cell(layout.lines[id, name] + 1, FIRST_STATE + at + 1).value]
        if not is_same(found, expected)
    ]


def put_in(book: Workbook, layout: Layout, at: int, values: Mapping[str, Fraction | None]) -> None:
    """Type a state into a column of the inputs."""
    sheet = book[layout.sheet("inputs")]
    for id, value in values.items():
        cell = sheet.cell(layout.inputs[id] + 1, FIRST_STATE + at + 1)
        cell.value = None if value is None else float(value)


# --- what it carries where nothing recalculates


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "settings",
    [
        (),
        (f"{INVESTMENT}.intensity_q4=70", f"{STARTS}.starts_q3=4", "outside_funds.target=45"),
        (f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18", f"{INVESTMENT}.planned_q4=12"),
        (f"{VALUE_ADDED}.actual_ytd_q3=12", f"{STARTS}.actual_ytd_q3=60", "fair_start_rate.q3=55"),
        (f"{INVESTMENT}.h1_completion=0",),
    ],
    ids=["baseline", "supposed", "ledger", "q3 known", "nothing yet"],
)
def test_every_formula_carries_the_number_of_the_page(
    haidong: Edition, settings: tuple[str, ...], language: str
) -> None:
    opened = state_of(haidong, *settings, language=language)
    layout = layout_of(opened, Speech(language))
    book = read(made(opened), values=True)
    beside = next(state.scenario for state in columns_of(opened, Speech(language)) if state.key != "now")
    assert differing(book, layout, [opened.scenario, beside]) == []
    shown = [cell.value for row in book[layout.sheet("answer")].iter_rows() for cell in row]
    for id, projection in project(haidong, opened.scenario).items():
        if haidong.indicators[id].headline:
            year = float(projection.path.full_year)
            assert any(is_same(value, year) for value in shown), id


def test_an_edition_whose_facts_reach_to_september(tmp_path: Path) -> None:
    edition = load_edition(through_q3(tmp_path / "q3", *INVENTED_Q3))
    opened = state_of(edition, f"{VALUE_ADDED}.actual_q3=9", language="en")
    layout = layout_of(opened, Speech("en"))
    book = read(made(opened), values=True)
    assert differing(book, layout, [opened.scenario, baseline(edition)]) == []
    chart = next(line for line in lines_of(edition, VALUE_ADDED) if line.name == "needed_in")
    assert layout.said(VALUE_ADDED, chart, 0) == "Q4"


def test_a_kind_that_only_its_own_module_knows_has_a_workbook_too(port: Edition) -> None:
    opened = replace(open_link([], port), scenario=scenario_of(port, "invented_freight.month_q4=12"))
    layout = layout_of(opened, Speech("zh"))
    assert differing(read(made(opened), values=True), layout, [opened.scenario]) == []


def test_it_says_when_from_what_and_the_way_back(haidong: Edition) -> None:
    opened = state_of(haidong, f"{INVESTMENT}.intensity_q4=70")
    cells = [
        str(cell.value or "") for row in read(made(opened), values=True)["结论"].iter_rows() for cell in row
    ]
    text = "\n".join(cells)
    for part in ("2022-08-05 09:30", haidong.id, haidong.digest, "1.0", ABOUT.link):
        assert part in text, part
    assert "四季度单项目投资强度由 100 % 调到 70 %" in text
    assert "一般性工业投资 — 按此假设，全年完成年度目标的 83.25 %" in text
    assert all(sentence in text for sentence in sentences(opened, Speech("zh")))


def test_the_sentence_loses_its_tags_and_nothing_else() -> None:
    assert plain_text("全年 <b>5 %</b>，<em>缺口 1</em> &lt;b&gt;") == "全年 5 %，缺口 1 <b>"


def test_a_workbook_is_made_in_time_and_without_a_file(
    haidong: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file on the server's disk")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    began = time.process_time()  # whatever else the machine does
    made(with_plans(haidong))
    assert time.process_time() - began < 2


def test_there_is_no_macro_and_no_way_out(haidong: Edition) -> None:
    with ZipFile(io.BytesIO(made(with_plans(haidong)))) as archive:
        names = archive.namelist()
        relations = "".join(archive.read(name).decode() for name in names if name.endswith(".rels"))
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    assert relations.count('TargetMode="External"') == 1  # the way back, which is only followed by a click
    assert "&amp;e=haidong" in relations


def test_no_word_of_a_chinese_workbook_is_english(haidong: Edition) -> None:
    book = read(made(with_plans(haidong)), values=True)
    allowed = {"WPS", "Excel", "LibreOffice", "URL", "Q", "H", "N", "GW", "A"}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                words = str(cell.value) if isinstance(cell.value, str) else ""
                if "http" in words or haidong.id in words or words == "#N/A":
                    continue
                latin = {
                    part for part in "".join(c if c.isascii() and c.isalpha() else " " for c in words).split()
                }
                assert latin <= allowed, (sheet.title, cell.coordinate, words)


# --- what another program makes of it


Recalculated = list[tuple[Layout, list[Scenario], Workbook]]


def recalculated(haidong: Edition, folder: Path) -> Recalculated:
    """A hundred states of Haidong's edition and forty of the invented one, typed into workbooks of the
    baseline, as LibreOffice reckons them; openpyxl keeps no value of a formula.
    """
    needs_office()
    files, cases = [], []
    for edition, count, languages in ((haidong, 100, ("zh", "en")), (load_edition(INVENTED), 40, ("en",))):
        states = random_states(edition, count, seed=100)
        if edition is haidong:  # at nought no intensity moves the year, and none is required
            states[-1] = scenario_of(haidong, f"{INVESTMENT}.h1_completion=0", f"{STARTS}.starts_q3=2")
        blank = {language: made(with_plans(edition, language)) for language in languages}
        for number, first in enumerate(range(0, count, _STATES)):
            language = languages[number % len(languages)]
            layout = layout_of(with_plans(edition, language), Speech(language))
            book, own = read(blank[language], values=False), states[first : first + _STATES]
            for at, scenario in enumerate(own):
                put_in(book, layout, at, scenario.as_dict())
            _add_bounds(book, layout)
            files.append(folder / f"{edition.id}-{number}.xlsx")
            book.save(files[-1])
            cases.append((layout, own))
    books = [read(path, values=True) for path in converted(files, "xlsx", folder)]
    return [(layout, own, book) for (layout, own), book in zip(cases, books, strict=True)]


def _add_bounds(book: Workbook, layout: Layout) -> None:
    """The bounds of the rules that depend on other cells, as cells of a sheet of their own."""
    inputs, bounds = book[layout.sheet("inputs")], book.create_sheet("bounds")
    for rule in inputs.data_validations.dataValidation:
        if not rule.formula2.replace(".", "").replace("-", "").isdigit():
            led = _BARE_CELL.sub(rf"'{layout.sheet('inputs')}'!\1", rule.formula2)
            bounds[str(rule.sqref)] = f"={led}"


def check_that_a_hundred_states_are_reckoned_as_the_model_does(recalculated: Recalculated) -> None:
    assert (
        sum(len(states) for layout, states, _ in recalculated if layout.edition.id != "invented-town") == 100
    )
    for layout, states, book in recalculated:
        assert differing(book, layout, states) == []


def check_that_the_first_sheet_follows(recalculated: Recalculated) -> None:
    for layout, states, book in recalculated:
        sheet = book[layout.sheet("answer")]
        texts = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=40)]
        projections = project(layout.edition, states[0])
        for id, indicator in layout.edition.indicators.items():
            if not indicator.headline:
                continue
            row = next(row for row in texts if row[0] == layout.speech.pick(indicator.label))
            projection = projections[id]
            expected = (
                projection.target,
                projection.path.h1,
                projection.path.full_year,
                projection.shortfall,
            )
            found = (row[2], row[4], row[6], row[7])
            assert all(is_same(one, value) for one, value in zip(found, expected, strict=True)), id
            for at, number, figure in (
                (3, projection.target, target_figure),
                (5, projection.path.h1, h1_figure),
            ):
                tag = tag_of(layout.edition, states[0], figure(layout.edition, projection), layout.speech)
                assert (row[at] or "") == ("" if number is None else tag[1:-1]), (id, states[0])


def check_that_the_table_of_two_levers_follows(recalculated: Recalculated) -> None:
    for layout, states, book in recalculated:
        edition, sheet = layout.edition, book[layout.sheet("map")]
        focus = edition.about["focus"]
        axes = axes_of(edition, baseline(edition), open_link([], edition).focus)
        assert axes is not None and year_over(edition, focus, ()) is not None
        x, y = axes.x, axes.y
        numbers = numbers_of(edition, states[0])
        for down, above in enumerate(y.middles):
            for across, at in enumerate(x.middles):
                year = facts_of(edition, focus, {**numbers, x.lever.id: at, y.lever.id: above}).path.full_year
                assert is_same(sheet.cell(6 + down, 2 + across).value, year), (down, across)


def check_that_the_paths_follow(recalculated: Recalculated) -> None:
    for layout, states, book in recalculated:
        edition, sheet = layout.edition, book[layout.sheet("paths")]
        focus = edition.about["focus"]
        projection = project(edition, states[0])[focus]
        path, required = projection.path, projection.required_path
        is_short = projection.shortfall is not None and projection.shortfall > 0
        for at, name in enumerate(("h1", "ytd_q3", "full_year")):
            row = [sheet.cell(6 + at, column).value for column in (2, 3, 4)]
            expected = (
                getattr(path, name),
                getattr(required, name) if required and is_short else "#N/A",
                projection.target if projection.target is not None else "#N/A",
            )
            assert all(is_same(found, value) for found, value in zip(row, expected, strict=True)), (
                row,
                expected,
            )


def check_that_what_can_be_used_is_said_to_be(recalculated: Recalculated) -> None:
    for layout, states, book in recalculated:
        sheet = book[layout.sheet("inputs")]
        for at in range(len(states)):
            assert sheet.cell(CHECK + 1, FIRST_STATE + at + 1).value.startswith("✓"), states[at]


def check_that_a_bound_that_depends_on_other_cells_is_that_of_the_page(recalculated: Recalculated) -> None:
    tried = 0
    for layout, states, book in recalculated:
        for at, scenario in enumerate(states):
            for lever in layout.edition.levers.values():
                bound = book["bounds"].cell(layout.inputs[lever.id] + 1, FIRST_STATE + at + 1).value
                if bound is None:
                    continue
                tried += 1
                for value in (bound, bound + 1):
                    is_taken = _is_taken(layout.edition, scenario, lever, Fraction(value))
                    assert is_taken == (lever.low <= value <= bound), (lever.id, value, scenario)
    assert tried > 300


def _is_taken(edition: Edition, scenario: Scenario, lever: Lever, value: Fraction) -> bool:
    """Whether the page takes a value of a lever, as far as ranges, joint limits and ways of saying it go."""
    values = {**scenario.as_dict(), lever.id: value}
    kinds = {problem.kind for problem in faults_together(edition, values)}
    return lever.low <= value <= lever.high and not kinds & {"too_many_together", "said_twice"}


def test_a_hundred_states_typed_into_the_cells_are_reckoned_as_the_model_does(
    haidong: Edition, tmp_path: Path
) -> None:
    found = recalculated(haidong, tmp_path)
    for check in (
        check_that_a_hundred_states_are_reckoned_as_the_model_does,
        check_that_the_first_sheet_follows,
        check_that_the_table_of_two_levers_follows,
        check_that_the_paths_follow,
        check_that_what_can_be_used_is_said_to_be,
        check_that_a_bound_that_depends_on_other_cells_is_that_of_the_page,
    ):
        check(found)


def test_the_table_of_two_levers_is_blank_where_another_lever_leaves_no_room(
    haidong: Edition, tmp_path: Path
) -> None:
    """Q3 of the investment is known: its starts stand beside Q4's intensity, and 5 start in Q4 as well."""
    opened = state_of(
        haidong, f"{INVESTMENT}.actual_completion_ytd_q3=66", f"{STARTS}.starts_q4=5", focus=INVESTMENT
    )
    axes = axes_of(haidong, opened.scenario, INVESTMENT)
    assert axes is not None and (axes.x.lever.joint is None) != (axes.y.lever.joint is None)
    file = tmp_path / "known.xlsx"
    file.write_bytes(made(opened))
    (path,) = converted([file], "xlsx", tmp_path)
    sheet, blank = read(path, values=True)[layout_of(opened, Speech("zh")).sheet("map")], 0
    for down, above in enumerate(axes.y.middles):
        for across, at in enumerate(axes.x.middles):
            pair = axes.pair(at, above)
            is_there = is_reachable(haidong, opened.scenario, pair)
            numbers = {**numbers_of(haidong, opened.scenario), **pair}
            year = facts_of(haidong, INVESTMENT, numbers).path.full_year
            assert is_same(sheet.cell(6 + down, 2 + across).value, year if is_there else None), pair
            blank += not is_there
    assert blank > 0


def test_an_input_is_shown_as_fine_as_its_step(haidong: Edition) -> None:
    """8.25 in steps of 0.05, where it is typed and where it is reckoned with; as the quarter's growth, a
    result, it has the one decimal of rates.
    """
    id = "telecom_volume.q3"
    fine = replace(haidong.levers[id], step=Fraction("0.05"))
    edition = replace(haidong, levers={**haidong.levers, id: fine})
    book = read(made(state_of(edition, f"{id}=8.25")), values=True)
    cells = [cell for sheet in book for row in sheet.rows for cell in row]
    formats = [cell.number_format for cell in cells if cell.value == 8.25]
    assert sorted(formats) == ["0.0", "0.00", "0.00"]


@pytest.mark.parametrize(
    ("entered", "value", "shown"),
    [
        ("pro_rata.q3", "72.5", "0.0"),
        ("industrial_value_added.actual_q3", "12.25", "0.00"),
        (f"{INVESTMENT}.target", "40.125", "0.000"),
    ],
)
def test_an_entry_is_shown_as_it_counts(haidong: Edition, entered: str, value: str, shown: str) -> None:
    """Finer than its step, which an entry may be: 72.5 in whole steps was shown as 73."""
    opened = state_of(haidong, f"{entered}={value}")
    layout, book = layout_of(opened, Speech("zh")), read(made(opened), values=True)
    typed = book[layout.sheet("inputs")].cell(layout.inputs[entered] + 1, FIRST_STATE + 1)
    assert (typed.value, typed.number_format) == (float(value), shown)
    cells = [cell for sheet in book for row in sheet.rows for cell in row if cell.value == float(value)]
    assert sum(cell.number_format == shown for cell in cells) > 1, "where it is typed, and reckoned with"


def test_what_is_pasted_past_the_rules_is_found(haidong: Edition, tmp_path: Path) -> None:
    opened = state_of(haidong)
    layout = layout_of(opened, Speech("zh"))
    bad: list[dict[str, object]] = [
        {f"{VALUE_ADDED}.q3": 41},
        {f"{VALUE_ADDED}.q3": "快"},
        {f"{STARTS}.starts_q3": 1.5},
        {f"{STARTS}.starts_q3": 6, f"{STARTS}.starts_q4": 5},
        {f"{VALUE_ADDED}.actual_q3": 9, f"{VALUE_ADDED}.actual_ytd_q3": 12},
        {f"{INVESTMENT}.planned_q3": 9},
        {"outside_funds.actual_ytd_q3": 20},
        {},
    ]
    files, data = [], made(opened)
    for number, values in enumerate(bad):
        book = read(data, values=False)
        for id, value in values.items():
            book["假设"].cell(layout.inputs[id] + 1, FIRST_STATE + 1).value = value
        files.append(tmp_path / f"{number}.xlsx")
        book.save(files[-1])
    said = [
        read(path, values=True)["假设"].cell(CHECK + 1, FIRST_STATE + 1).value
        for path in converted(files, "xlsx", tmp_path)
    ]
    assert [text.split("：")[-1] for text in said] == ["1"] * 7 + ["✓ 都可用"]


def test_numbers_are_shown_as_the_page_shows_them(haidong: Edition, tmp_path: Path) -> None:
    """Also where rounding would close a shortfall, or turns with the unit; read off the printed sheet."""
    states = {
        "supposed": (f"{INVESTMENT}.intensity_q3=120", f"{STARTS}.starts_q3=4"),
        "a hair short": (f"{VALUE_ADDED}.q3=-1.8", f"{VALUE_ADDED}.q4=-1.9", f"{INVESTMENT}.intensity_q4=70"),
        "amounts": (f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18", "outside_funds.target=45"),
    }
    files = []
    for name, settings in states.items():
        files.append(tmp_path / f"{name}.xlsx")
        # opened in another state: the decimals follow the cells, as the numbers do
        book, layout = read(made(state_of(haidong)), values=False), layout_of(state_of(haidong), Speech("zh"))
        put_in(book, layout, 0, scenario_of(haidong, *settings).as_dict())
        book.save(files[-1])
    for path, settings in zip(converted(files, "pdf", tmp_path), states.values(), strict=True):
        lines = text_of_page(path, 1)
        speech, found = Speech("zh"), project(haidong, scenario_of(haidong, *settings))
        for id, indicator in haidong.indicators.items():
            if not indicator.headline:
                continue
            line = next(line for line in lines if line.startswith(speech.pick(indicator.label)))
            one, usual = found[id], indicator.places_in(found[id].unit)
            places = speech.places_beside(one.path.full_year, one.target, usual)
            words = line.split()
            assert speech.number(one.path.full_year, places) in words, (settings, line)
            if one.shortfall is not None:
                assert speech.number(one.shortfall, places).replace("\N{MINUS SIGN}", "-") in words, line
            assert speech.unit(one.unit) in words, line


# --- what the cells refuse


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_rules_are_the_ranges_of_the_levers(haidong: Edition, language: str) -> None:
    opened = with_plans(haidong, language)
    layout = layout_of(opened, Speech(language))
    sheet = read(made(opened), values=False)[layout.sheet("inputs")]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert len(rules) == _STATES * len(haidong.levers)
    for id, lever in haidong.levers.items():
        for state in range(_STATES):
            rule = rules[f"{get_column_letter(FIRST_STATE + state + 1)}{layout.inputs[id] + 1}"]
            assert rule.type == ("whole" if lever.is_count else "decimal"), id
            assert rule.operator in (None, "between") and rule.allow_blank
            assert float(rule.formula1) == float(lever.low), id
            depends = lever.joint is not None or len(haidong.actuals_of(lever.indicator)) > 1
            if not (depends and lever.role in ("actual", "starts")):
                assert float(rule.formula2) == float(lever.high), id
            assert rule.showErrorMessage and rule.errorStyle in (None, "stop")
            assert rule.error and rule.prompt and len(rule.error) <= 255 and len(rule.promptTitle) <= 32
            assert ("可填" in rule.error) == (language == "zh")


# --- what strangers wrote


HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://invented.example","x")',
    "a\x00b\x08c\u202ed",
    '<b>&"quoted"',
    "长" * 40_000,
    "=" * 300,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_strangers_wrote_is_inert(haidong: Edition, text: str) -> None:
    label = Words.alike(text)
    indicators = {id: replace(one, label=label, short=label) for id, one in haidong.indicators.items()}
    levers = {id: replace(one, label=label, reason=label) for id, one in haidong.levers.items()}
    figures = {id: replace(one, label=label, note=label) for id, one in haidong.figures.items()}
    names = dict.fromkeys(haidong.names, label)
    edition = replace(haidong, indicators=indicators, levers=levers, figures=figures, names=names)
    opened = replace(
        open_link([], edition),
        plans=(Plan(baseline(edition), text), None, None),
    )
    data = made(opened)
    usual = {
        (sheet.title, cell.coordinate)
        for sheet in read(made(replace(open_link([], haidong), plans=opened.plans)), values=False)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    book = read(data, values=False)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert (sheet.title, cell.coordinate) in usual
                    assert "invented" not in cell.value and "cmd" not in cell.value
                elif isinstance(cell.value, str):
                    assert not any(ord(letter) < 32 and letter != "\n" for letter in cell.value)
                    if cell.value.startswith(("=", "+", "-", "@")):
                        assert cell.quotePrefix, cell.coordinate
    with ZipFile(io.BytesIO(data)) as archive:
        charts = "".join(archive.read(n).decode() for n in archive.namelist() if "/charts/" in n)
        relations = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".rels"))
    assert "invented.example" not in relations
    assert text[:20] not in "".join(part.split("</c:f>")[0] for part in charts.split("<c:f>")[1:])


def test_random_lengths_of_an_address(haidong: Edition) -> None:
    """An address that a spreadsheet takes for no link stands there as text."""
    chance = random.Random(7)
    for length in (30, 2079, 2080, 6000):
        link = "https://example.org/?" + "".join(chance.choice("abc=&%2") for _ in range(length - 21))
        data = workbook_of(state_of(haidong), replace(ABOUT, link=link), Speech("zh"))
        cells = [cell for row in read(data, values=True)["结论"].iter_rows() for cell in row]
        assert any(cell.value == link for cell in cells), length
        assert any(cell.hyperlink is not None for cell in cells) == (length <= 2079)
