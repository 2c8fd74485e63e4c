"""The data says where it comes from, and a folder that is at fault says so, cell by cell."""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hdmodel import BadInput, Edition, baseline, load_edition, project
from hdmodel.language.languages import LANGUAGES
from hdmodel.reading.edition import RELEASED
from hdmodel.reading.passages import passage_about, passages_of
from tests.folders import INVENTED_EDITION
from tests.scenarios import scenario_of

HAIDONG = RELEASED / "haidong-2022-h1"

PRINTED = {  # as the report prints them, with their paragraph; carried over by hand
    "industrial_value_added.h1": ("13.8", "3"),
    "industrial_value_added.lead_over_target": ("8.3", "3"),
    "outside_funds.n_h1": ("58", "3"),
    "outside_funds.h1": ("20.88", "3"),
    "telecom_volume.h1_amount": ("7.56", "3"),
    "telecom_volume.h1": ("20", "3"),
    "start_rate.listed": ("66", "3"),
    "start_rate.started": ("56", "3"),
    "start_rate.printed_rate": ("84", "3"),
}
PROXIES = {
    "industrial_value_added.national_q1": "80867.1",
    "industrial_value_added.national_q2": "93559.9",
    "industrial_value_added.national_q3": "92925.0",
    "industrial_value_added.national_q4": "105223.3",
    "telecom_volume.national_ytd_h1": "8045",
    "telecom_volume.national_ytd_q3": "12390",
    "telecom_volume.national_year": "16960",
}


def test_the_printed_figures_stand_as_printed(haidong) -> None:
    for id, (written, paragraph) in PRINTED.items():
        figure = haidong.figures[id]
        assert (figure.written, figure.tag, figure.source, figure.paragraph) == (
            written,
            "printed",
            "haidong-daily-2022-h1",
            paragraph,
        )
    report = {
        id
        for id, figure in haidong.figures.items()
        if figure.tag == "printed" and figure.source == "haidong-daily-2022-h1"
    }
    assert report == set(PRINTED)


def test_the_stand_ins_are_the_published_ones_and_say_so(haidong) -> None:
    for id, written in PROXIES.items():
        assert (haidong.figures[id].written, haidong.figures[id].tag) == (written, "proxy")
    placeholders = {
        id: figure.written for id, figure in haidong.figures.items() if figure.tag == "illustrative"
    }
    assert placeholders == {
        "general_industrial_investment.target_index": "100",
        "general_industrial_investment.h1_completion": "45",
        "start_rate.target": "100",
    }


def test_the_fair_rates_exist_with_no_figure_and_say_so(haidong) -> None:
    for name in ("fulfilment", "start", "funds"):
        figure = haidong.figures[f"fair_{name}_rate.h1"]
        assert (figure.value, figure.tag, figure.paragraph) == (None, "", "7")
        assert "未公布" in figure.note.in_language("zh")


def test_every_figure_has_a_source_and_every_text_both_languages(haidong) -> None:
    for figure in haidong.figures.values():
        assert figure.source in haidong.sources
        assert bool(figure.note.in_language("zh")) == bool(figure.note.in_language("en")), figure.id
        assert figure.tag != "derived" or figure.formula, figure.id
    for lever in haidong.levers.values():
        assert all(lever.reason.in_language(code) for code in LANGUAGES)


def test_every_lever_has_a_label_of_its_own(haidong) -> None:
    for language in ("zh", "en"):
        labels = [lever.label.in_language(language) for lever in haidong.levers.values()]
        assert len(labels) == len(set(labels))


def test_five_projects_are_named_and_have_no_amount(haidong) -> None:
    assert [project.stage for project in haidong.projects] == ["continuing"] * 3 + ["preliminary"] * 2
    assert {project.amount for project in haidong.projects} == {None}


def test_the_scenarios_are_the_agreed_ones(haidong) -> None:
    assert next(iter(haidong.scenarios)) == "h1_pace_holds"
    settings = {name: dict(scenario.settings) for name, scenario in haidong.scenarios.items()}
    assert settings["all_projects_start"] == {"start_rate.starts_q3": "5", "start_rate.starts_q4": "5"}
    assert settings["winter_slowdown"] == {
        "general_industrial_investment.intensity_q4": "70",
        "outside_funds.intensity_q4": "70",
        "industrial_value_added.q4": "5.5",
    }
    assert settings["back_to_target_pace"] == {
        "industrial_value_added.q3": "5.5",
        "industrial_value_added.q4": "5.5",
    }


def test_another_city_needs_a_folder_and_no_python() -> None:
    """Invented: grain sales 30 + 15·(11/10)·1 + 15·(12/10)·1 = 64.5 of 80; output growth from thirds of 6,
    3 and 0.
    """
    invented = load_edition(INVENTED_EDITION)
    projections = project(invented, scenario_of(invented, "invented_works.starts_q3=2"))
    assert projections["invented_sales"].path.full_year == 30 + 15 * 11 / 10 + 15 * 12 / 10
    assert (projections["invented_sales"].target, projections["invented_sales"].status) == (
        80,
        "within_reach",
    )
    quarters = scenario_of(invented, "invented_output.q3=3", "invented_output.q4=0")
    assert project(invented, quarters)["invented_output"].path.full_year == 3
    assert project(invented, baseline(invented))["invented_works"].path.full_year == 50


def test_an_edition_reads_the_same_with_a_byte_order_mark_and_windows_line_ends(
    tmp_path: Path, haidong
) -> None:
    copy = Path(shutil.copytree(HAIDONG, tmp_path / "copy"))
    for table in copy.iterdir():
        table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes().replace(b"\n", b"\r\n"))
    assert load_edition(copy) == haidong


def spoilt(tmp_path: Path, table: str, row: str, column: str, value: str) -> Path:
    """A copy of the released edition with one cell changed."""
    copy = Path(shutil.copytree(HAIDONG, tmp_path / "spoilt"))
    rows = list(csv.DictReader((copy / table).read_text(encoding="utf-8").splitlines()))
    key = "key" if table == "edition.csv" else "id"
    next(cells for cells in rows if cells[key] == row)[column] = value
    with (copy / table).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return copy


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "named"),
    [
        (
            "figures.csv",
            "outside_funds.h1",
            "source",
            "",
            ["figures.csv", "column source", "haidong-daily-2022-h1"],
        ),
        ("figures.csv", "outside_funds.h1", "source", "hearsay", ["hearsay"]),
        ("figures.csv", "outside_funds.h1", "tag", "guess", ["guess", "printed"]),
        ("figures.csv", "outside_funds.h1", "paragraph", "", ["column paragraph"]),
        ("figures.csv", "outside_funds.h1", "value", "20,88", ["20,88", "number"]),
        ("figures.csv", "outside_funds.h1", "value", "", ["column value", "a number or a formula"]),
        (
            "figures.csv",
            "industrial_value_added.target",
            "formula",
            "__import__('os')",
            ["__import__", "formula"],
        ),
        (
            "figures.csv",
            "industrial_value_added.target",
            "formula",
            "industrial_value_added.target",
            ["column formula"],
        ),
        ("figures.csv", "industrial_value_added.target", "formula", "9**9**9", ["9**9**9"]),
        ("figures.csv", "industrial_value_added.target", "formula", "1/0", ["1/0"]),
        ("figures.csv", "pro_rata.h1", "formula", "nothing.here", ["nothing.here"]),
        ("levers.csv", "industrial_value_added.q3", "low", "50", ["column low"]),
        ("levers.csv", "industrial_value_added.q3", "step", "0", ["column step"]),
        ("levers.csv", "industrial_value_added.q3", "default", "13.85", ["column default", "13.85"]),
        ("levers.csv", "industrial_value_added.q3", "default", "", ["column default"]),
        (
            "levers.csv",
            "industrial_value_added.q3",
            "indicator",
            "nobody",
            ["nobody", "industrial_value_added"],
        ),
        ("levers.csv", "industrial_value_added.q3", "quarter", "q1", ["q1", "q3, q4"]),
        ("levers.csv", "industrial_value_added.q3", "reason_zh", "", ["column reason_zh"]),
        ("indicators.csv", "start_rate", "form", "guesswork", ["guesswork", "weighted_growth"]),
        ("scenarios.csv", "winter_slowdown", "settings", "outside_funds.intensity_q4=700", ["700", "0…200"]),
        ("scenarios.csv", "winter_slowdown", "settings", "nonsense", ["nonsense"]),
        ("scenarios.csv", "h1_pace_holds", "settings", "industrial_value_added.q3=5", ["column settings"]),
        ("projects.csv", "rock-wool-line", "stage", "dreamt", ["dreamt", "preliminary"]),
        (
            "figures.csv",
            "general_industrial_investment.target_index",
            "value",
            "0",
            ["row 12 column value", "more than 0"],
        ),
        (
            "figures.csv",
            "general_industrial_investment.h1_completion",
            "value",
            "",
            ["column value", "missing"],
        ),
        ("levers.csv", "outside_funds.target", "low", "abc", ["column low", "abc"]),
        (
            "levers.csv",
            "industrial_value_added.h1_share",
            "low",
            "0",
            ["levers.csv row 24 column low", "more than 0"],
        ),
        ("levers.csv", "industrial_value_added.q4", "quarter", "q3", ["one growth lever"]),
        ("levers.csv", "industrial_value_added.q3", "id", "view", ["full stop"]),
        ("indicators.csv", "start_rate", "places", "100000000", ["0…6"]),
        ("edition.csv", "id", "value", "../x y", ["../x y"]),
        ("edition.csv", "known_through", "value", "q2", ["q2", "h1"]),
        ("edition.csv", "focus", "value", "nobody", ["nobody"]),
    ],
)
def test_a_fault_is_named_with_its_file_row_column_value_and_what_is_accepted(
    tmp_path: Path, table: str, row: str, column: str, value: str, named: list[str]
) -> None:
    with pytest.raises(BadInput) as bad:
        load_edition(spoilt(tmp_path, table, row, column, value))
    said = str(bad.value)
    assert table in said
    for part in named:
        assert part in said, said


def test_every_fault_of_a_folder_is_named_at_once(tmp_path: Path) -> None:
    folder = spoilt(tmp_path, "figures.csv", "outside_funds.h1", "value", "x")
    (folder / "projects.csv").unlink()
    (folder / "sources.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput) as bad:
        load_edition(folder)
    assert {problem.place.split()[0] for problem in bad.value.problems} >= {
        "figures.csv",
        "projects.csv",
        "sources.csv",
    }


def test_faults_of_figures_and_levers_are_named_together(tmp_path: Path) -> None:
    folder = spoilt(tmp_path, "figures.csv", "outside_funds.h1", "value", "x")
    levers = (folder / "levers.csv").read_text(encoding="utf-8")
    (folder / "levers.csv").write_text(
        levers.replace("outside_funds.new_q4,outside_funds,", "outside_funds.new_q4,nobody,"), "utf-8"
    )
    with pytest.raises(BadInput) as bad:
        load_edition(folder)
    assert {problem.place.split(" ")[0] for problem in bad.value.problems} == {"figures.csv", "levers.csv"}


@pytest.mark.parametrize("text", ["", "id\n", 'id,"title_zh\n', "a,b\n1,2,3\n"])
def test_a_table_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    folder = Path(shutil.copytree(HAIDONG, tmp_path / "copy"))
    (folder / "sources.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"sources\.csv"):
        load_edition(folder)


def test_a_missing_lever_or_figure_is_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(HAIDONG, tmp_path / "copy"))
    for table, row in (("levers.csv", "start_rate.starts_q4,"), ("figures.csv", "outside_funds.n_h1,")):
        lines = (folder / table).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / table).write_text(
            "".join(line for line in lines if not line.startswith(row)), encoding="utf-8"
        )
    with pytest.raises(BadInput) as bad:
        load_edition(folder)
    assert "outside_funds.n_h1" in str(bad.value)


REPORT = "haidong-daily-2022-h1"


def test_every_paragraph_of_the_report_is_listed_and_what_is_not_modelled_has_its_reason(
    haidong: Edition,
) -> None:
    found = [passage for passage in passages_of(haidong) if passage.source == REPORT]
    assert {passage.paragraph for passage in found} == {"", *map(str, range(1, 10))}
    for passage in found:
        reasons = {bool(passage.reason.in_language(code)) for code in LANGUAGES}
        assert reasons == {not passage.about}
        assert {*passage.about} <= {*haidong.indicators, *(project.id for project in haidong.projects)}
    unused = " ".join(f"{one.paragraph} {one.said.in_language('zh')}" for one in found if not one.about)
    for part in ("4 围绕招商引资目标外出招商", "若干措施", "8 5G", "数据中心", "数字产业"):
        assert part in unused


def test_whatever_is_taken_from_the_report_has_its_place_there(haidong: Edition) -> None:
    taken = [*haidong.figures.values(), *haidong.projects]
    from_report = [one for one in taken if one.source == REPORT]
    assert len(from_report) >= 20
    for one in from_report:
        assert passage_about(haidong, one.source, one.paragraph, one.id) is not None, one.id


def test_what_is_said_of_the_report_restates_none_of_its_figures(haidong: Edition) -> None:
    printed = {figure.written for figure in haidong.figures.values() if figure.source == REPORT} - {""}
    for passage in passages_of(haidong):
        for text in map(passage.said.in_language, LANGUAGES):
            assert not printed & set(re.findall(r"\d+(?:\.\d+)?", text)), text


def test_a_source_that_is_not_the_released_one_has_no_passages(haidong: Edition) -> None:
    """Somebody's own figures under the same source id are not said to stand in our report."""
    other = replace(haidong.sources[REPORT], date="2023")
    theirs = replace(haidong, id="invented", sources={**haidong.sources, REPORT: other})
    assert passages_of(theirs) == () and passage_about(theirs, REPORT, "3", "outside_funds.h1") is None


# --- every cell has a type, and a fault is named where it stands
# ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "wanted"),
    [
        ("edition.csv", "year", "value", "2022年", "a year of four digits"),
        ("edition.csv", "year", "value", "abc", "a year of four digits"),
        ("edition.csv", "revision", "value", "一", "a whole number from 1"),
        ("edition.csv", "revision", "value", "0", "a whole number from 1"),
        ("sources.csv", "explorer", "date", "2022年7月", "2022-07"),
        ("sources.csv", "explorer", "date", "2022-02-30", "2022-07"),
        ("projects.csv", "rock-wool-line", "amount", "-1", "0 or more"),
        ("projects.csv", "rock-wool-line", "amount", "12亿", "a decimal number, or blank"),
        ("figures.csv", "start_rate.started", "value", "56.5", "a whole number from 0"),
        ("figures.csv", "outside_funds.n_h1", "value", "-58", "a whole number from 0"),
        ("figures.csv", "outside_funds.n_h1", "value", "0", "more than 0"),
        ("figures.csv", "start_rate.listed", "value", "0", "more than 0"),
        ("figures.csv", "start_rate.target", "unit", "百分点", "%"),
        ("indicators.csv", "industrial_value_added", "unit", "百分点", "%"),
        ("indicators.csv", "fair_start_rate", "unit", "百分点", "points are differences"),
        ("indicators.csv", "start_rate", "places", "1.5", "a whole number from 0"),
        ("indicators.csv", "start_rate", "headline", "maybe", "yes, no"),
    ],
)
def test_a_cell_of_the_wrong_type_is_the_one_fault_that_is_named(
    tmp_path: Path, table: str, row: str, column: str, value: str, wanted: str
) -> None:
    """One planted, one named: the cell itself, and nothing that follows from it."""
    with pytest.raises(BadInput) as bad:
        load_edition(spoilt(tmp_path, table, row, column, value))
    (problem,) = bad.value.problems
    assert (problem.place.table, problem.place.column, problem.found) == (table, column, value)
    assert wanted in problem.wanted


PLANTED = {  # an edition spoilt in every table at once, in ways of which others follow
    ("edition.csv", "year", "value"): "2022年",
    ("sources.csv", "explorer", "title_en"): "",
    ("figures.csv", "outside_funds.h1", "value"): "20,88",
    ("figures.csv", "industrial_value_added.lead_over_target", "value"): "",
    ("figures.csv", "start_rate.listed", "value"): "sixty",
    ("indicators.csv", "telecom_volume", "form"): "guess",
    ("levers.csv", "outside_funds.new_q3", "role"): "startz",
    ("levers.csv", "general_industrial_investment.intensity_q3", "step"): "0",
    ("scenarios.csv", "winter_slowdown", "settings"): "outside_funds.intensity_q4=700",
    ("projects.csv", "rock-wool-line", "stage"): "dreamt",
}


def test_what_is_planted_is_named_all_at_once_and_nothing_that_follows_from_it(tmp_path: Path) -> None:
    """The start rate's levers, its derived figures and the target of value added rest on spoilt cells;
    telecom's figures and levers have an unknown form; outside funds seem to lack a lever.
    """
    copy = Path(shutil.copytree(HAIDONG, tmp_path / "planted"))
    for (table, row, column), value in PLANTED.items():
        with (copy / table).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        next(cells for cells in rows if next(iter(cells.values())) == row)[column] = value
        with (copy / table).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    with pytest.raises(BadInput) as bad:
        load_edition(copy)
    found = sorted((problem.place.table, problem.place.column) for problem in bad.value.problems)
    assert found == sorted((table, column) for table, _, column in PLANTED), str(bad.value)


def test_a_growth_that_is_finer_than_its_slider_names_the_step_and_one_that_would_do(tmp_path: Path) -> None:
    """From −20 the value 8.25 is 28.25 away: of the steps below 0.1 the largest that meets both is 0.05."""
    with pytest.raises(BadInput) as bad:
        load_edition(spoilt(tmp_path, "figures.csv", "industrial_value_added.h1", "value", "8.25"))
    assert [problem.place for problem in bad.value.problems] == [
        "levers.csv row 2 column step",
        "levers.csv row 3 column step",
    ]
    assert {problem.wanted for problem in bad.value.problems} == {
        "a step of 0.05, on which industrial_value_added.h1 = 8.25 lies"
    }


def test_more_projects_started_than_listed_names_the_figure_and_no_lever(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        load_edition(spoilt(tmp_path, "figures.csv", "start_rate.started", "value", "84"))
    assert str(bad.value) == (
        "figures.csv row 30 column value: 84: out of range; accepted: no more than start_rate.listed = 66; "
        "to mend it: check number and unit, and write a number within the range"
    )


def test_an_emptied_target_names_its_value(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        load_edition(spoilt(tmp_path, "figures.csv", "start_rate.target", "value", ""))
    (problem,) = bad.value.problems
    assert (problem.kind, problem.place.column) == ("missing", "value")


@pytest.mark.parametrize(
    ("beside", "rest"),
    [(",,见附件", ["M"]), (",见附件", ["L"])],  # behind a blank, and where a comma may have moved the row
)
def test_a_note_beside_a_table_names_its_cell(tmp_path: Path, beside: str, rest: list[str]) -> None:
    copy = Path(shutil.copytree(HAIDONG, tmp_path / "copy"))
    lines = (copy / "figures.csv").read_text(encoding="utf-8").splitlines()
    lines[2] += beside
    (copy / "figures.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        load_edition(copy)
    assert [(problem.place.row, problem.place.column, problem.found) for problem in bad.value.problems] == [
        (3, *rest, "见附件")
    ]
