"""The command line is the same model with no browser: what it prints, and how it says no."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import BadInput, baseline, change, load_edition, project, report, result_rows
from hdmodel import __main__ as command_line
from hdmodel.__main__ import BAD_INPUT, main
from hdmodel.problems import Faults
from hdmodel.projection import STATUSES
from hdmodel.reading.edition import RELEASED
from hdmodel.reading.files import sheets_in
from hdmodel.report import WORDS_OF_REPORT, table_of
from tests.folders import INVENTED_EDITION, ROOT
from tests.indicators import INVESTMENT, VALUE_ADDED
from tests.q3_known import INVENTED as INVENTED_Q3
from tests.q3_known import through_q3
from tests.scenarios import scenario_of, scenarios_of
from ui.files.spreadsheets import write_workbook, write_zip
from ui.text.texts import TEXTS

TOWN = INVENTED_EDITION

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


# --- in Chinese, and on figures of one's own
# ------------------------------------------------------------------------------------------------------


def test_the_table_speaks_chinese_in_columns_that_stand_below_each_other(haidong, capsys) -> None:
    assert main(["--lang", "zh"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.split() == [
        *(
            "指标",
            "单位",
            "上半年",
            "三季度",
            "四季度",
            "1—9月",
            "全年",
            "年度目标",
            "缺口",
            "下半年所需",
            "状态",
            "编号",
        )
    ]
    assert rows[1].split() == [
        *(
            "工业投资",
            "占目标%",
            "45.0",
            "22.5",
            "22.5",
            "67.5",
            "90.0",
            "100.0",
            "10.0",
            "55.0",
            "加力可达",
            INVESTMENT,
        )
    ]
    starts = {width(row[: row.index(id)]) for row, id in zip(rows, haidong.indicators, strict=True)}
    assert starts == {width(header[: header.index("编号")])}


def test_a_benchmark_is_never_called_a_target(haidong, capsys) -> None:
    """The city has set none for telecom: 20 % is the country's growth."""
    for language, at, below in (
        ("zh", "不低于参照", "低于参照"),
        ("en", "at or above benchmark", "below benchmark"),
    ):
        for value, status in ((20, at), (19, below)):
            assert main(["--lang", language, "--set", f"telecom_volume.q4={value}"]) == 0
            row = next(line for line in capsys.readouterr().out.splitlines() if "telecom_volume" in line)
            assert status in re.split(r"\s{2,}", row)
    rows = result_rows(haidong, scenario_of(haidong), "zh")
    said = {(row["indicator"], row["quantity"]): row["what"] for row in rows}
    assert said["telecom_volume", "target"] == "参照值"
    assert said["telecom_volume", "shortfall"] == "低于参照（负数为高于）"
    assert (said[INVESTMENT, "target"], said[INVESTMENT, "shortfall"]) == ("年度目标", "缺口")


def width(text: str) -> int:
    return sum(2 if letter > "\u2e7f" else 1 for letter in text)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--set", "telecom_volume.q3=99"), "telecom_volume.q3：99：超出范围；可接受：-20…60"),
        (("--set", "nonsense"), "--set：nonsense：无法读取；可接受：ID=VALUE"),
        (
            ("--edition", "no/such"),
            "没有这个版本的数据；可接受：一个版本的各表：文件夹、Excel 工作簿（.xlsx）或 CSV 压缩包（.zip）",
        ),
        (
            ("--link", "v=2&gii.iq3=120&r=13.8_90_41.76_20_84.8485"),
            "链接发出时为 90，现在为 94.5：链接被改过",
        ),
        (("--link", "telecom_volume.q3=x"), "可接受：-20…60；已改用：20"),
        (
            ("--link", "e=haidong-2022-h1&outside_funds.target=1&outside_funds.target=2"),
            "outside_funds.target：1, 2：给了不止一次；可接受：一个值；已改用：基准值",
        ),
    ],
)
def test_what_is_wrong_is_said_in_chinese(capsys, arguments: tuple[str, ...], said: str) -> None:
    main([*arguments, "--lang", "zh"])
    err = capsys.readouterr().err
    assert said in err and not re.search("accepted|used|found|such", err.replace("no/such", ""))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bogus"], "没有这个选项：--bogus"),
        (["--set"], "--set：后面要有一个值"),
        (["--scenario", "a", "--link", "b"], "--link：不能与 --scenario 同用"),
        (["--json=1"], "--json：后面不带值（'1'）"),
    ],
)
def test_a_wrong_option_is_said_in_chinese(capsys, arguments: list[str], said: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--lang", "zh", *arguments])
    assert stop.value.code == 2 and capsys.readouterr().err == f"python -m hdmodel: {said}\n"


def test_help_is_in_the_language(capsys) -> None:
    for language, said in (
        ("zh", "从这一版数据的一个情景开始"),
        ("en", "start from a scenario of the edition"),
    ):
        with pytest.raises(SystemExit):
            main(["--lang", language, "--help"])
        assert said in capsys.readouterr().out


def test_every_word_of_the_command_line_is_used_and_in_both_languages() -> None:
    source = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in (command_line, report))
    used = ("column.", "unit.", "status.", "used.", "sent.", "option.", "help.", "place.")
    for key, words in WORDS_OF_REPORT.items():
        assert f'"{key}"' in source or key.startswith(used), key
        assert words["zh"] and words["en"]
        assert re.search(r"[\u4e00-\u9fff]|：|；", words["zh"]), key
    for status in STATUSES:
        assert WORDS_OF_REPORT[f"status.{status}"]["zh"] == TEXTS[f"status.{status}"]["zh"], (
            "as the page says it"
        )


@pytest.mark.parametrize("write", [write_workbook, write_zip])
def test_a_workbook_and_a_zip_are_an_edition(tmp_path: Path, capsys, write) -> None:
    file = tmp_path / "own.bin"
    tables = {name: [cells for _, cells in sheet.rows] for name, sheet in sheets_in(TOWN, Faults()).items()}
    file.write_bytes(write(tables))
    by_file = answer(capsys, "--edition", str(file), "--set", "invented_works.starts_q3=2")
    assert by_file["indicators"]["invented_sales"]["full_year"] == 64.5
    assert by_file == answer(capsys, "--edition", str(TOWN), "--set", "invented_works.starts_q3=2")


@pytest.mark.parametrize("path", ["/dev/null", "", " "])
def test_what_is_neither_folder_nor_file_is_no_edition(path: str, capsys) -> None:
    """A device or a pipe would be read without an end, and a blank path is not the folder one stands in."""
    assert main(["--edition", path]) == BAD_INPUT
    said = capsys.readouterr().err
    assert said.startswith("edition: ") and len(said.splitlines()) == 1, said


def test_ids_that_are_named_together_are_all_named(capsys) -> None:
    twice = [f"{INVESTMENT}.actual_completion_q3=5", f"{INVESTMENT}.actual_completion_ytd_q3=60"]
    assert main([word for setting in twice for word in ("--set", setting)]) == BAD_INPUT
    said = capsys.readouterr().err
    assert all(setting.partition("=")[0] in said for setting in twice), said


def test_a_folder_of_another_name_than_its_edition_is_remarked_on(capsys) -> None:
    assert main(["--edition", str(TOWN)]) == 0
    said = "edition.csv: invented-town: another id than its folder's name; accepted: invented_edition\n"
    assert capsys.readouterr().err == said


# --- remarks
# ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (["outside_funds.target=4000"], "outside_funds: a year of 41.76 as the figures stand, a target"),
        (["outside_funds.target=4.17"], "a target of 4.17: more than ten times"),
        ([f"{INVESTMENT}.target=40"], "target: 40: moves nothing yet: it takes both"),
        (
            [f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18", f"{INVESTMENT}.h1_completion=40"],
            "h1_completion: 40: moves nothing, since the amounts are known",
        ),
        (
            ["industrial_value_added.actual_q3=9", "industrial_value_added.q3=5"],
            "industrial_value_added.q3: 5: moves nothing, since it is known what Q3 brought",
        ),
        (
            [f"{INVESTMENT}.{one}" for one in ("target=40", "h1=18", "planned_q4=3", "intensity_q4=90")],
            "intensity_q4: 90: moves nothing, since a ledger's plan drives the quarter",
        ),
    ],
)  # fmt: skip
def test_what_looks_odd_is_remarked_on_and_refuses_nothing(capsys, settings: list[str], said: str) -> None:
    assert main([part for setting in settings for part in ("--set", setting)]) == 0
    found = capsys.readouterr()
    assert said in found.err and len(found.err.splitlines()) == 1 and INVESTMENT in found.out


@pytest.mark.parametrize(
    "settings",
    [
        ["outside_funds.target=417.6"],  # ten times to the last digit
        ["outside_funds.target=4.176"],
        ["telecom_volume.q3=-20", "telecom_volume.q4=-20"],  # supposed, and not a matter of units
        [f"{INVESTMENT}.h1_completion=45"],  # as it stands
        ["start_rate.starts_q3=4"],
    ],
)
def test_what_is_plausible_is_not_remarked_on(capsys, settings: list[str]) -> None:
    assert main([part for setting in settings for part in ("--set", setting)]) == 0
    assert capsys.readouterr().err == ""


def test_one_tenth_for_ten_percent_is_remarked_on(tmp_path: Path, capsys) -> None:
    shutil.copytree(TOWN, folder := tmp_path / "invented-town")
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    assert "invented_output.target,4,%" in text
    (folder / "figures.csv").write_text(
        text.replace("invented_output.target,4,%", "invented_output.target,0.1,%"), encoding="utf-8"
    )
    assert main(["--edition", str(folder), "--lang", "zh"]) == 0
    assert capsys.readouterr().err == (
        "invented_output：按现有数全年 6，目标 0.1：与年度目标相差十倍以上，请核对数与单位\n"
    )


# --- from Python
# ------------------------------------------------------------------------------------------------------


def test_a_path_may_be_a_text(haidong) -> None:
    assert load_edition(str(RELEASED / "haidong-2022-h1")) == haidong
    with pytest.raises(BadInput, match="no such edition"):
        load_edition("data/x")


@pytest.mark.parametrize(
    "settings",
    [
        {"telecom_volume.q3": "12.5", "outside_funds.new_q3": "3"},
        {"telecom_volume.q3": 12.5, "outside_funds.new_q3": 3},
        [("telecom_volume.q3", 12.5), ("outside_funds.new_q3", 3)],
        {"telecom_volume.q3": Fraction(25, 2), "outside_funds.new_q3": Decimal("3")},
        {"telecom_volume.q3": np.float64(12.5), "outside_funds.new_q3": np.int64(3)},
    ],
)
def test_settings_are_numbers_or_texts_pairs_or_a_mapping(haidong, settings) -> None:
    assert change(haidong, baseline(haidong), settings) == scenario_of(
        haidong, "telecom_volume.q3=12.5", "outside_funds.new_q3=3"
    )


def test_a_float_counts_as_it_is_written_and_a_fraction_to_the_last_digit(haidong) -> None:
    settings = {"telecom_volume.q3": 0.1, "telecom_volume.q4": Fraction(1, 3)}
    values = change(haidong, baseline(haidong), settings).as_dict()
    assert (values["telecom_volume.q3"], values["telecom_volume.q4"]) == (Fraction(1, 10), Fraction(1, 3))
    entered = change(haidong, baseline(haidong), {"outside_funds.target": 50})
    assert change(haidong, entered, {"outside_funds.target": None}) == baseline(haidong)


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ({"telecom_volume.q3": float("nan")}, "not_a_number"),
        ({"telecom_volume.q3": True}, "not_a_number"),
        ({"telecom_volume.q3": [5]}, "not_a_number"),
        ({"telecom_volume.q3": 99}, "out_of_range"),
        ({"outside_funds.new_q3": 2.5}, "not_whole"),
        ({"nobody.q3": 5}, "unknown_name"),
        ("telecom_volume.q3=5", "malformed"),
        (5, "malformed"),
        ([("telecom_volume.q3", 5), ("telecom_volume.q3", 6)], "duplicate"),
    ],
)
def test_what_is_no_setting_is_named(haidong, settings, kind: str) -> None:
    with pytest.raises(BadInput) as bad:
        change(haidong, baseline(haidong), settings)
    assert [problem.kind for problem in bad.value.problems] == [kind]


def test_a_result_is_one_call_away_from_a_data_frame(haidong) -> None:
    scenario = scenario_of(haidong, f"{INVESTMENT}.intensity_q3=120", "start_rate.starts_q3=4")
    frame = pd.DataFrame(result_rows(haidong, scenario, "zh")).set_index(["indicator", "quantity"])
    year = frame.loc[(INVESTMENT, "full_year")]
    assert (year["label"], year["what"], year["printed"], year["unit"]) == (
        "一般性工业投资",
        "全年",
        "97.1",
        "% of target",
    )
    assert year["value"] == pytest.approx(45 + 45 / 2 * 58 / 56 * 1.2 + 45 / 2 * 60 / 56)
    assert (year["tag"], year["status"]) == ("illustrative", "within_reach")
    assert frame.loc[("industrial_value_added", "h1")]["tag"] == "printed"
    assert frame.loc[("industrial_value_added", "target")]["tag"] == "derived"
    assert frame.loc[("industrial_value_added", "q3")]["tag"] == "supposed"
    for quantity in ("ytd_q3", "full_year", "shortfall", "required_h2", "required_q4"):
        assert frame.loc[("industrial_value_added", quantity)]["tag"] == "proxy", (
            "the nation's weights stand in"
        )
    assert {*frame.loc[INVESTMENT]["tag"]} == {"illustrative"}, (
        "each is a part of a first half that stands in"
    )
    assert frame.loc[("industrial_value_added", "shortfall")]["unit"] == "百分点"
    assert frame.loc[("start_rate", "starts_missing")][["printed", "unit"]].tolist() == ["6", "项"]
    assert frame.loc[("start_rate", "required_h2")]["unit"] == "项"
    assert ("fair_start_rate", "full_year") not in frame.index, "what is not published is left out"


def test_a_row_of_a_result_says_the_tag_of_what_was_entered(haidong) -> None:
    scenario = scenario_of(
        haidong, f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18", f"{INVESTMENT}.actual_q3=10"
    )
    rows = {row["quantity"]: row for row in result_rows(haidong, scenario) if row["indicator"] == INVESTMENT}
    assert {name: rows[name]["tag"] for name in ("h1", "q3", "target", "q4", "required_q4")} == {
        **dict.fromkeys(("h1", "q3", "target", "required_q4"), "entered"),
        "q4": "supposed",
    }
    assert (rows["ytd_q3"]["printed"], rows["ytd_q3"]["unit"]) == ("28.00", "亿元")


def test_what_was_said_itself_has_the_tag_of_what_said_it(haidong, tmp_path) -> None:
    """Also where the model works Q3 out of it with last year's quarters, which are proxies."""
    scenario = scenario_of(
        haidong,
        f"{VALUE_ADDED}.actual_ytd_q3=12",
        f"{INVESTMENT}.actual_completion_ytd_q3=66",
        "fair_start_rate.q3=55",
    )
    tags = {(row["indicator"], row["quantity"]): row["tag"] for row in result_rows(haidong, scenario)}
    for id in (VALUE_ADDED, INVESTMENT, "fair_start_rate"):
        assert tags[id, "ytd_q3"] == "entered", id
    assert tags[VALUE_ADDED, "q3"] == tags[VALUE_ADDED, "full_year"] == "proxy", "these rest on the shares"
    edition = load_edition(through_q3(tmp_path / "q3", *INVENTED_Q3))
    printed = {
        row["indicator"]: row["tag"]
        for row in result_rows(edition, baseline(edition))
        if row["quantity"] == "ytd_q3"
    }
    assert {printed[id] for id in (VALUE_ADDED, INVESTMENT, "telecom_volume")} == {"printed"}


def test_an_intensity_is_printed_as_a_rate_beside_amounts(haidong) -> None:
    scenario = scenario_of(haidong, "outside_funds.target=50.5", "outside_funds.intensity_q3=123")
    rows = {(row["indicator"], row["quantity"]): row for row in result_rows(haidong, scenario)}
    assert rows["outside_funds", "required_intensity"]["printed"] == "141.9"


def swept(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[pd.DataFrame, str]:
    assert main(list(arguments)) == 0
    said = capsys.readouterr()
    return pd.read_csv(io.StringIO(said.out)), said.err


def test_a_sweep_has_the_year_of_every_indicator_at_every_combination(capsys) -> None:
    intensity, starts = f"{INVESTMENT}.intensity_q3", "start_rate.starts_q3"
    table, said = swept(
        *("--set", f"{INVESTMENT}.intensity_q4=90"),
        *("--sweep", f"{intensity}=80:120:20", "--sweep", f"{starts}=0:2:1"),
        capsys=capsys,
    )
    edition = load_edition(RELEASED / "haidong-2022-h1")
    assert len(table) == 3 * 3 * len(edition.indicators) and said == ""
    for row in table.to_dict("records"):
        values = {f"{INVESTMENT}.intensity_q4": 90, intensity: row[intensity], starts: row[starts]}
        there = project(edition, change(edition, baseline(edition), values))[row["indicator"]]
        for name, expected in (("full_year", there.path.full_year), ("shortfall", there.shortfall)):
            assert pd.isna(row[name]) if expected is None else row[name] == pytest.approx(float(expected))
        assert row["status"] == there.status and row["unit"] == there.unit


def test_a_sweep_leaves_out_and_counts_what_levers_may_not_come_to_together(capsys) -> None:
    both = ("--sweep", "start_rate.starts_q3=0:10:5", "--sweep", "start_rate.starts_q4=0:10:5")
    table, said = swept(*both, "--lang", "zh", capsys=capsys)
    pairs = {tuple(pair) for pair in table[["start_rate.starts_q3", "start_rate.starts_q4"]].to_numpy()}
    assert pairs == {(0, 0), (0, 5), (0, 10), (5, 0), (5, 5), (10, 0)}
    assert said == "--sweep：3 种组合：没有算，超出几项合计的上限\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("telecom_volume.q3", "cannot be read; accepted: LEVER=FROM:TO:STEP"),
        ("telecom_volume.q3=1:2", "cannot be read"),
        ("telecom_volume.q3=2:1:1", "cannot be read"),
        ("telecom_volume.q3=1:2:0", "cannot be read"),
        ("telecom_volume.q3=1:2:x", "cannot be read"),
        ("telecom_volume.q5=1:2:1", "no such name; accepted: telecom_volume.q4"),
        ("telecom_volume.q3=30:99:1", "61: out of range; accepted: -20…60"),
        ("start_rate.starts_q3=0:2:0.5", "0.5: must be a whole number"),
        ("telecom_volume.q3=0:1:0.00001", "1 levers, 100001 combinations: too large; accepted: 2 levers"),
    ],
)
def test_a_sweep_that_cannot_be_made_is_named(text: str, said: str, capsys) -> None:
    assert main(["--sweep", text]) == 2
    shown = capsys.readouterr()
    assert said in shown.err and shown.err.count("\n") == 1 and shown.out == ""


def test_a_lever_is_swept_once_and_three_are_too_many(capsys) -> None:
    one = ["--sweep", "telecom_volume.q3=0:1:1"]
    assert main(one * 2) == 2 and "telecom_volume.q3: given more than once" in capsys.readouterr().err
    others = ["--sweep", "telecom_volume.q4=0:1:1", "--sweep", "start_rate.starts_q3=0:1:1"]
    assert main(one + others) == 2 and "3 levers, 8 combinations: too large" in capsys.readouterr().err


def test_results_as_csv_are_the_rows_of_a_data_frame(capsys) -> None:
    assert main(["--csv", "--lang", "zh", "--set", "telecom_volume.q3=12"]) == 0
    table = pd.read_csv(io.StringIO(capsys.readouterr().out), dtype={"printed": str})
    edition = load_edition(RELEASED / "haidong-2022-h1")
    rows = result_rows(edition, scenario_of(edition, "telecom_volume.q3=12"), "zh")
    assert [*table.columns] == [*rows[0]] and len(table) == len(rows)
    for read, row in zip(table.to_dict("records"), rows, strict=True):
        assert read.pop("value") == pytest.approx(row["value"]) and read.items() <= row.items()


def test_a_sweep_as_json_is_the_same(capsys) -> None:
    both = ["--sweep", "telecom_volume.q3=0:1:0.5"]
    assert main([*both, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    table, _ = swept(*both, capsys=capsys)
    assert [row["full_year"] for row in rows if row["indicator"] == "telecom_volume"] == pytest.approx(
        list(table[table["indicator"] == "telecom_volume"]["full_year"])
    )


def test_a_swept_lever_that_moves_nothing_is_remarked_on(capsys) -> None:
    table, said = swept("--sweep", f"{INVESTMENT}.target=30:50:10", "--lang", "zh", capsys=capsys)
    assert len(set(table[table["indicator"] == INVESTMENT]["full_year"])) == 1
    assert said.startswith(f"{INVESTMENT}.target：") and said.count("\n") == 1


def test_no_label_of_somebodys_edition_is_run_by_a_spreadsheet(capsys, tmp_path: Path) -> None:
    folder = tmp_path / "haidong-2022-h1"
    shutil.copytree(RELEASED / "haidong-2022-h1", folder)
    table = folder / "indicators.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("省外资金到位", "=1+1"), encoding="utf-8")
    for options in (["--csv"], ["--sweep", "telecom_volume.q3=0:1:1"]):
        assert main([*options, "--lang", "zh", "--edition", str(folder)]) == 0
        printed = capsys.readouterr().out
        assert "'=1+1" in printed and ",=1+1" not in printed


def test_a_text_too_long_to_repeat_is_cut_in_the_language(capsys) -> None:
    long = "telecom_volume.q3=" + "9" * 500
    assert main(["--sweep", long, "--lang", "zh"]) == 2
    assert "…（共 518 字）：无法读取" in capsys.readouterr().err
    assert main(["--sweep", long]) == 2
    assert "… (518 characters): cannot be read" in capsys.readouterr().err
