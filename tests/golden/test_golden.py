"""The whole answer for each scenario, held against a file:
a change of any number shows as a change of that file.

To accept a change that was meant: `python -m tests.golden.test_golden`,
and say before → after in CHANGELOG.md.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hdmodel import preset, project, released_edition
from hdmodel.report import json_of

GOLDEN = Path(__file__).parent
EDITION = released_edition("haidong-2022-h1")


def answer(name: str) -> str:
    scenario = preset(EDITION, name)
    return (
        json.dumps(json_of(EDITION, scenario, project(EDITION, scenario)), ensure_ascii=False, indent=1)
        + "\n"
    )


@pytest.mark.parametrize("name", list(EDITION.scenarios))
def test_the_answer_for_a_scenario_is_the_recorded_one(name: str) -> None:
    assert answer(name) == (GOLDEN / f"{name}.json").read_text(encoding="utf-8")


def test_at_least_one_scenario_misses_a_target() -> None:
    shortfalls = [
        json.loads(answer(name))["indicators"]["general_industrial_investment"]["shortfall"]
        for name in EDITION.scenarios
    ]
    assert any(shortfall > 0 for shortfall in shortfalls)


if __name__ == "__main__":
    for scenario_name in EDITION.scenarios:
        (GOLDEN / f"{scenario_name}.json").write_text(answer(scenario_name), encoding="utf-8")
