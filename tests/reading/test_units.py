"""Units of an edition's figures: another size of the same quantity is converted, exactly and said;
any other is a fault.
"""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from hdmodel import BadInput, baseline, change, load_edition, project
from hdmodel.bands import rounding_band
from hdmodel.reading.edition import RELEASED
from tests.indicators import FUNDS
from ui.text.speech import Speech
from ui.views.sources import figure_as_shown


def edition_with(folder: Path, file: str, *changes: tuple[str, str]) -> Path:
    """The released edition in a folder of its own, with texts of one of its tables replaced."""
    shutil.copytree(RELEASED / "haidong-2022-h1", folder)
    text = (folder / file).read_text(encoding="utf-8-sig")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("208800", "万元"),
        ("2088000", "千元"),
        ("2088000000", "元"),
        ("208.8", "千万元"),
        ("2088", "百万元"),
        ("20.88", "亿元"),
    ],
)
def test_another_size_of_money_is_converted_exactly(written: str, unit: str, tmp_path: Path) -> None:
    edition = load_edition(
        edition_with(
            tmp_path / "e", "figures.csv", (f"{FUNDS}.h1,20.88,亿元", f"{FUNDS}.h1,{written},{unit}")
        )
    )
    figure = edition.figures[f"{FUNDS}.h1"]
    assert (figure.value, figure.unit, figure.written) == (Fraction("20.88"), "亿元", written)
    assert edition.figures[f"{FUNDS}.per_project"].value == Fraction("20.88") / 58, "a formula over it"
    assert project(edition, baseline(edition))[FUNDS].path.full_year == Fraction("41.76")


def test_it_is_said_how_it_is_printed_and_what_it_is(tmp_path: Path) -> None:
    edition = load_edition(
        edition_with(tmp_path / "e", "figures.csv", (f"{FUNDS}.h1,20.88,亿元", f"{FUNDS}.h1,208800,万元"))
    )
    figure = edition.figures[f"{FUNDS}.h1"]
    assert figure_as_shown(figure, Speech("zh")) == "208800 万元，即 20.88 亿元"
    assert figure_as_shown(figure, Speech("en")).startswith("208800 万元, which is 20.88")


def test_a_printed_number_is_as_sharp_as_it_is_printed(tmp_path: Path) -> None:
    """By hand: 208800 万元 lies within half a 万元 of it, which is 0.00005 亿元."""
    changes = ((f"{FUNDS}.h1,20.88,亿元", f"{FUNDS}.h1,208800,万元"),)
    edition = load_edition(edition_with(tmp_path / "e", "figures.csv", *changes))
    band = rounding_band(edition, change(edition, baseline(edition), [(f"{FUNDS}.target", "50")]), FUNDS)
    assert band is not None
    low, high = (corner[f"{FUNDS}.h1"] for corner in (band.at_high, band.at_low))
    assert {low, high} == {Fraction("20.88") - Fraction("0.00005"), Fraction("20.88") + Fraction("0.00005")}


@pytest.mark.parametrize(
    ("file", "before", "after", "parts"),
    [
        (
            "figures.csv",
            f"{FUNDS}.h1,20.88,亿元",
            f"{FUNDS}.h1,20.88,万人",
            ["figures.csv row", "column unit", "万人", "亿元"],
        ),
        ("figures.csv", f"{FUNDS}.h1,20.88,亿元", f"{FUNDS}.h1,20.88,%", ["column unit", "亿元"]),
        ("figures.csv", f"{FUNDS}.n_h1,58,项", f"{FUNDS}.n_h1,58,%", ["column unit", "项"]),
        (
            "figures.csv",
            "industrial_value_added.h1,13.8,%",
            "industrial_value_added.h1,13.8,百分点",
            ["column unit", "%"],
        ),
        (
            "figures.csv",
            f"{FUNDS}.per_project,,亿元",
            f"{FUNDS}.per_project,,万元",
            ["column unit", "万元", "亿元, in which the formula"],
        ),
        (
            "figures.csv",
            "telecom_volume.base_h1,,亿元",
            "telecom_volume.base_h1,,万元",
            ["column unit", "in which the formula comes out"],
        ),
        (
            "indicators.csv",
            f"{FUNDS},project_flow,亿元",
            f"{FUNDS},project_flow,万元",
            ["indicators.csv row", "column unit", "亿元"],
        ),
    ],
)
def test_a_unit_of_another_quantity_is_a_fault_with_its_place(
    file: str, before: str, after: str, parts: list[str], tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as bad:
        load_edition(edition_with(tmp_path / "e", file, (before, after)))
    said = str(bad.value)
    assert all(part in said for part in (*parts, "in another unit than it is reckoned with")), said


def test_a_levers_range_is_in_the_unit_of_its_indicator(tmp_path: Path) -> None:
    folder = tmp_path / "e"
    shutil.copytree(RELEASED / "haidong-2022-h1", folder)
    lines = (folder / "levers.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    place = next(place for place, line in enumerate(lines) if line.startswith(f"{FUNDS}.target,"))
    lines[place] = lines[place].replace("亿元", "万元", 1)
    (folder / "levers.csv").write_text("".join(lines), encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        load_edition(folder)
    assert [(problem.kind, problem.found, problem.wanted) for problem in bad.value.problems] == [
        ("other_unit", "万元", "亿元")
    ]


@pytest.mark.parametrize("file", ["figures", "indicators", "levers", "scenarios", "sources"])
def test_a_table_without_rows_is_a_named_fault(file: str, tmp_path: Path) -> None:
    folder = tmp_path / "e"
    shutil.copytree(RELEASED / "haidong-2022-h1", folder)
    path = folder / f"{file}.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        load_edition(folder)
    assert f"{file}.csv: no rows" in str(bad.value)


def test_a_formula_over_two_sizes_of_money_is_a_fault(tmp_path: Path) -> None:
    change_ = (
        "industrial_value_added.national_q3,92925.0,亿元",
        "industrial_value_added.national_q3,929250000,万元",
    )
    with pytest.raises(BadInput) as bad:
        load_edition(edition_with(tmp_path / "e", "figures.csv", change_))
    named = [problem for problem in bad.value.problems if problem.kind == "two_units"]
    assert len(named) == 2 and all(
        problem.found == "万元, 亿元" and "column formula" in problem.place for problem in named
    )
