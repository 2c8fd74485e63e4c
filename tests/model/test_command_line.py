"""The command line is the same model with no browser: what it prints, and how it says no."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import project
from hdmodel.__main__ import main
from hdmodel.report import table_of
from tests.folders import ROOT
from tests.scenarios import scenarios_of

FIELDS = {
    *(
        "kind",
        "unit",
        "h1",
        "q3",
        "q4",
        "ytd_q3",
        "full_year",
        "target",
        "shortfall",
        "locked_in",
        "completion_h1",
        "lead_h1",
    ),
    *("required_h2", "required_q3", "required_q4", "required_intensity", "status"),
}


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


WITHOUT_PACKAGES = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("hdmodel", run_name="__main__")
"""


def test_it_runs_as_a_module_without_the_other_packages() -> None:
    command = [sys.executable, "-I", "-S", "-c", WITHOUT_PACKAGES, str(ROOT)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "industrial_value_added" in run.stdout


def test_json_has_every_field_of_every_indicator(haidong, capsys) -> None:
    said = answer(capsys)
    assert set(said) == {"edition", "model", "scenario", "indicators"}
    assert (said["edition"], said["model"]) == ("haidong-2022-h1", "1.0")
    assert set(said["scenario"]) == set(haidong.levers)
    assert set(said["indicators"]) == set(haidong.indicators)
    for indicator in said["indicators"].values():
        assert set(indicator) >= FIELDS
    assert said["indicators"]["industrial_value_added"]["completion_h1"] is None


def test_settings_scenarios_and_links_start_from_the_same_model(capsys) -> None:
    by_set = answer(capsys, "--set", "industrial_value_added.q3=5", "--set", "start_rate.starts_q3=4")
    by_link = answer(
        capsys, "--link", "?v=1&e=haidong-2022-h1&industrial_value_added.q3=5&start_rate.starts_q3=4"
    )
    assert by_set == by_link
    winter = answer(capsys, "--scenario", "winter_slowdown")
    assert winter["scenario"]["industrial_value_added.q4"] == 5.5
    assert winter["indicators"]["general_industrial_investment"]["full_year"] == 83.25
    both = answer(capsys, "--scenario", "winter_slowdown", "--set", "industrial_value_added.q4=6")
    assert both["scenario"]["industrial_value_added.q4"] == 6


def test_a_table_shows_the_shortfall_that_rounding_would_hide(capsys) -> None:
    assert main(["--set", "general_industrial_investment.h1_completion=49.98"]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("general"))
    assert "99.96" in row and "0.04" in row


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--set", "industrial_value_added.q3=abc"), ["industrial_value_added.q3", "abc", "-20…40"]),
        (("--set", "industrial_value_added.q3=nan"), ["nan", "-20…40"]),
        (("--set", "industrial_value_added.q3=inf"), ["inf"]),
        (("--set", "industrial_value_added.q3=1e999999999"), ["1e999999999"]),
        (("--set", "industrial_value_added.q3=40.1"), ["40.1", "-20…40"]),
        (("--set", "start_rate.starts_q3=2.5"), ["start_rate.starts_q3", "2.5", "whole"]),
        (
            ("--set", "start_rate.starts_q3=8", "--set", "start_rate.starts_q4=8"),
            ["start_rate.starts_q4", "16", "0…10"],
        ),
        (("--set", "industrial_value_add.q3=5"), ["industrial_value_add.q3", "industrial_value_added.q3"]),
        (
            ("--set", "industrial_value_added.q3=1", "--set", "industrial_value_added.q3=2"),
            ["more than once", "1, 2"],
        ),
        (("--set", "nonsense"), ["nonsense", "ID=VALUE"]),
        (("--scenario", "summer"), ["summer", "winter_slowdown"]),
        (("--edition", "no/such/folder"), ["folder"]),
        (("--link", "industrial_value_added.q3=abc"), ["industrial_value_added.q3", "abc", "13.8"]),
        (("--edition", "x" * 300), ["folder"]),
        (("--edition", "requirements.txt"), ["folder"]),
        (("--link", "e=atlantis"), ["atlantis", "haidong-2022-h1"]),
        (("--set", "pro_rata.q3="), []),
    ],
)
def test_bad_input_names_the_thing_the_value_and_what_is_accepted(
    capsys, arguments: tuple[str, ...], named: list[str]
) -> None:
    status = main([*arguments, "--json"])
    said = capsys.readouterr()
    assert status == (2 if named else 0)
    assert len(said.err.splitlines()) == (1 if named else 0)
    for part in named:
        assert part in said.err


@pytest.mark.parametrize(
    "arguments", [("--bogus",), ("--set",), ("--scenario", "a", "--link", "b"), ("positional",)]
)
def test_a_wrong_option_is_one_line_and_status_2(capsys, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*arguments])
    assert stop.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_every_problem_is_named_not_the_first_alone(capsys) -> None:
    settings = (
        "a=1",
        "industrial_value_added.q3=x",
        "outside_funds.new_q3=99",
        "start_rate.starts_q3=8",
        "start_rate.starts_q4=8",
    )
    assert main([part for setting in settings for part in ("--set", setting)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_a_link_is_shown_as_far_as_it_can_be_kept(capsys) -> None:
    assert main(["--json", "--link", "industrial_value_added.q3=999&industrial_value_added.q4=5"]) == 2
    said = capsys.readouterr()
    scenario = json.loads(said.out)["scenario"]
    assert (scenario["industrial_value_added.q3"], scenario["industrial_value_added.q4"]) == (13.8, 5)
    assert "999" in said.err


def test_a_link_with_other_results_says_so_and_shows_those_of_now(capsys) -> None:
    assert main(["--link", "v=2&gii.iq3=120&r=13.8_90_41.76_20_84.8485", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["indicators"]["general_industrial_investment"]["full_year"] == 94.5
    assert (
        said.err
        == "general_industrial_investment: the link was sent with 90, now it is 94.5: the link was altered\n"
    )


@given(st.data())
def test_a_flows_row_adds_up_as_it_is_printed_or_says_so(haidong, data) -> None:
    said = table_of(haidong, project(haidong, data.draw(scenarios_of(haidong))))
    for id in ("general_industrial_investment", "outside_funds"):
        row = next(line for line in said.splitlines() if line.startswith(id))
        cells = re.split(r"\s{2,}", row)[2:-1]
        h1, q3, q4, ytd, year, target, shortfall, required = (
            None if cell == "-" or "(" in cell else Fraction(cell) for cell in cells
        )
        adds = [h1 + q3 == ytd, ytd + q4 == year, h1 + q3 + q4 == year]
        adds += [year + shortfall == target] if target is not None else []
        adds += [h1 + required == target] if required is not None and target is not None else []
        assert all(adds) or f"last digit: {id}" in said or f", {id}" in said, row


def test_a_row_has_one_more_decimal_where_the_usual_ones_do_not_add_up(capsys) -> None:
    """By hand: 22.5·1.06 = 23.85 and 22.5·1.02 = 22.95, where 45.0 + 23.9 + 23.0 is not 91.8."""
    pair = ("intensity_q3=106", "intensity_q4=102")
    settings = [part for one in pair for part in ("--set", f"general_industrial_investment.{one}")]
    assert main(settings) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("general"))
    assert re.split(r"\s{2,}", row)[2:7] == ["45.00", "23.85", "22.95", "68.85", "91.80"]
