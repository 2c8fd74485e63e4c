"""Links made with any released format open as they did on the day, and what they lean on does not move.

`tests/links/` holds one file for each format and the digest of every released edition. It only grows:
a new format adds a file and its name to `RELEASED_FILES`; what stands there already is never changed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from hdmodel import PageState, Scenario, baseline, open_link, project, released_edition, write_link
from hdmodel.links.link import VERSIONS, read_query
from hdmodel.links.plans import Plan, named
from hdmodel.links.values import written
from hdmodel.reading.edition import released_editions
from hdmodel.scenario import with_values

HERE = Path(__file__).parent
RELEASED_FILES = {  # the first twelve digits of each file's SHA-256, line ends aside
    "v1.json": "63bcfdc0e7d5",
    "v2.json": "3d57d40e637e",
    "v3.json": "ad26dfe19f8e",
}


def kept(file: str) -> list[dict]:
    return json.loads((HERE / file).read_text(encoding="utf-8"))


def values(scenario: Scenario) -> dict[str, str]:
    return {id: written(value) for id, value in scenario.values}


def with_later_blank(opened: PageState, recorded: dict[str, str]) -> dict[str, str]:
    """The record, and blanks for what could not be entered yet when it was made."""
    return {**{id: "" for id, lever in opened.edition.levers.items() if lever.short}, **recorded}


LINKS = [(file, number) for file in RELEASED_FILES for number in range(len(kept(file)))]


@pytest.mark.parametrize(("file", "number"), LINKS)
def test_a_released_link_opens_as_it_did(file: str, number: int) -> None:
    record = kept(file)[number]
    opened = open_link(read_query(record["query"]))
    assert opened.problems == ()
    assert [opened.view, opened.focus, opened.language] == record["shows"]
    assert values(opened.scenario) == with_later_blank(opened, record["scenario"])
    for plan, wanted in zip(opened.plans, record["plans"], strict=True):
        assert (plan is None) == (wanted is None)
        if plan is not None:
            assert plan.name == wanted["name"]
            assert values(plan.scenario) == with_later_blank(opened, wanted["scenario"])
    years = {id: one.path.full_year for id, one in project(opened.edition, opened.scenario).items()}
    assert years == {id: None if year is None else Fraction(year) for id, year in record["full_year"].items()}


@pytest.mark.parametrize("file", RELEASED_FILES)
def test_what_was_released_is_not_changed(file: str) -> None:
    text = (HERE / file).read_text(encoding="utf-8")
    assert sha256(text.encode()).hexdigest()[:12] == RELEASED_FILES[file]


def test_every_format_has_its_file_and_every_file_a_format() -> None:
    assert {f"v{version}.json" for version in VERSIONS} == set(RELEASED_FILES)
    assert {path.name for path in HERE.glob("[!v]*.json")} | {
        path.name for path in HERE.glob("v[0-9]*.json")
    } == {*RELEASED_FILES, "editions.json"}


def test_released_editions_are_untouched() -> None:
    digests = json.loads((HERE / "editions.json").read_text(encoding="utf-8"))
    assert {id: released_edition(id).digest for id in released_editions()} == digests


HOST = "https://haidong-whatif.example.gov.cn/?"


def test_a_link_is_short_enough_to_send(haidong) -> None:
    """The longest there are: every lever and every entry at a value of many digits,
    and names of the greatest length.
    """
    whole = {id for id, lever in haidong.levers.items() if lever.step.denominator == 1 or lever.is_count}
    values = {
        id: lever.low + lever.step
        if lever.low < 0
        else lever.high - (0 if id in whole else Fraction(1, 100) * lever.is_entry)
        for id, lever in haidong.levers.items()
    }
    ways = [id for indicator in haidong.indicators for id in haidong.actuals_of(indicator) if "ytd" in id]
    said_otherwise = {id for id, lever in haidong.levers.items() if lever.role == "actual"} - {*ways}
    values = {
        id: value for id, value in values.items() if id not in said_otherwise and "completion_ytd" not in id
    }
    values |= {
        "start_rate.starts_q3": Fraction(5),
        "start_rate.starts_q4": Fraction(0),
        "outside_funds.actual_ytd_q3": Fraction("9999.99"),
        "industrial_value_added.actual_ytd_q3": Fraction("299.99"),
        "telecom_volume.actual_ytd_q3": Fraction("299.99"),
    }
    scenario = with_values(haidong, baseline(haidong), values)
    assert (
        sum(value is not None for _, value in scenario.values)
        >= len(haidong.levers) - len(said_otherwise) - 1
    )
    longest = replace(open_link([]), scenario=scenario, view="required")
    assert len(HOST + write_link(longest)) < 600
    for name in ("海" * 40, "m" * 40, "% " * 40):
        plans = (Plan(longest.scenario, named(name)),) * 3
        assert len(HOST + write_link(replace(longest, plans=plans))) < 2_000
