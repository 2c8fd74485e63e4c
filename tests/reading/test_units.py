"""Units of an edition's figures: another size of the same quantity is converted, exactly and said;
any other is a fault.
"""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from hdmodel import BadInput, Edition, baseline, change, load_edition, project
from hdmodel.bands import rounding_band
from hdmodel.reading.edition import RELEASED
from tests.folders import INVENTED_EDITION
from tests.indicators import FUNDS
from ui.answers.figure_words import figure_as_shown
from ui.text.speech import Speech


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


# --- how far a figure is rounded
# ------------------------------------------------------------------------------------------------------


def town(folder: Path, *figures: str, header: str = "") -> Edition:
    """The invented town with other rows of its sales; `header` names a further column."""
    shutil.copytree(INVENTED_EDITION, folder)
    lines = (folder / "figures.csv").read_text(encoding="utf-8").splitlines()
    given = {row.split(",")[0]: row for row in figures}
    columns = len(lines[0].split(",")) + bool(header)
    rows = [given.get(line.split(",")[0], line) for line in lines[1:]]
    filled = [row + "," * (columns - len(row.split(","))) for row in rows]
    head = lines[0] + (f",{header}" if header else "")
    (folder / "figures.csv").write_text("\n".join([head, *filled]) + "\n", encoding="utf-8")
    return load_edition(folder)


def row_of(name: str, value: str, rounding: str = "") -> str:
    row = f"invented_sales.{name},{value},亿元,printed,invented,1,,{name},{name},,"
    return f"{row},{rounding}" if rounding else row


def band_of(edition: Edition) -> tuple[Fraction, Fraction]:
    band = rounding_band(edition, baseline(edition), "invented_sales")
    assert band is not None and band.quantity == "required_intensity"
    return band.low, band.high


def test_a_target_that_is_set_is_exact(tmp_path: Path) -> None:
    """By hand: of 260 with 112.5 ± 0.05 by June, H2 needs 147.45 to 147.55; at 100 % it brings H1 again:
    131.01 % to 131.21 %. A target taken for a rounded one would give 130.56 % to 131.66 %.
    """
    low, high = band_of(town(tmp_path / "e", row_of("h1", "112.5"), row_of("target", "260")))
    assert (low, high) == (
        (260 - Fraction("112.55")) / Fraction("112.55") * 100,
        (260 - Fraction("112.45")) / Fraction("112.45") * 100,
    )
    assert (round(float(low), 2), round(float(high), 2)) == (131.01, 131.21)


def test_a_target_whose_row_says_so_is_rounded(tmp_path: Path) -> None:
    rows = (row_of("h1", "112.5", "exact"), row_of("target", "260", "0"))
    low, high = band_of(town(tmp_path / "e", *rows, header="rounding"))
    h1 = Fraction("112.5")
    assert (low, high) == ((Fraction("259.5") - h1) / h1 * 100, (Fraction("260.5") - h1) / h1 * 100)


def test_the_noughts_that_a_spreadsheet_drops_are_said_in_a_column(tmp_path: Path) -> None:
    """112.50 is sharper than 112.5: as text, or with its decimals in the column `rounding`."""
    target = row_of("target", "260")
    as_text = town(tmp_path / "text", row_of("h1", "112.50"), target)
    said = town(tmp_path / "said", row_of("h1", "112.5", "2"), target, header="rounding")
    blunt = town(tmp_path / "blunt", row_of("h1", "112.5"), target)
    assert band_of(as_text) == band_of(said) != band_of(blunt)
    assert said.figures["invented_sales.h1"].written == "112.50"
    assert (band_of(said)[1] - band_of(said)[0]) * 9 < band_of(blunt)[1] - band_of(blunt)[0]


@pytest.mark.parametrize(
    ("rounding", "wanted"),
    [("two", "exact (not rounded)"), ("9", "0…6"), ("0", "no fewer decimals than 112.5 has")],
)
def test_a_rounding_that_is_none_is_named(tmp_path: Path, rounding: str, wanted: str) -> None:
    with pytest.raises(BadInput) as bad:
        town(tmp_path / "e", row_of("h1", "112.5", rounding), header="rounding")
    (problem,) = bad.value.problems
    assert problem.place.column == "rounding" and wanted in problem.wanted


def test_a_benchmark_is_a_statistic_and_a_rounded_one(tmp_path: Path) -> None:
    folder = tmp_path / "e"
    town(folder, row_of("h1", "112.5"), row_of("target", "260"))
    text = (folder / "indicators.csv").read_text(encoding="utf-8")
    (folder / "indicators.csv").write_text(
        text.replace("invented_works,target", "invented_works,benchmark"), "utf-8"
    )
    low, high = band_of(load_edition(folder))
    assert (round(float(low), 2), round(float(high), 2)) == (130.56, 131.66)
