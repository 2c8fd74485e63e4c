"""A short code says the levers' state over the telephone, and a slip of the ear shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import BadInput, Scenario, baseline, load_edition, released_edition
from hdmodel.links.telephone_code import ALPHABET, read_code, write_code
from hdmodel.links.values import on_step
from tests.folders import INVENTED_EDITION
from tests.scenarios import scenario_of, scenarios_of

EDITION = released_edition()


def levers_only(scenario: Scenario) -> Scenario:
    """The scenario with every slider on a step of it, and no entries or readings."""
    held = scenario.as_dict()
    kept = {
        id: None
        if lever.is_entry or lever.role == "reading" or held[id] is None
        else on_step(lever, held[id])
        for id, lever in EDITION.levers.items()
    }
    return Scenario(tuple(kept.items()))


@given(scenario=scenarios_of(EDITION))
def test_a_code_typed_back_gives_the_same_levers(scenario: Scenario) -> None:
    wanted = levers_only(scenario)
    code = write_code(EDITION, wanted)
    assert read_code(EDITION, code) == wanted
    assert (
        read_code(EDITION, f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ")
        == wanted
    )
    assert read_code(EDITION, code.replace("-", "\u2014").replace("4", "\uff14")) == wanted


@given(scenario=scenarios_of(EDITION), data=st.data())
def test_one_wrong_character_is_noticed(scenario: Scenario, data: st.DataObject) -> None:
    code = write_code(EDITION, levers_only(scenario)).replace("-", "")
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([digit for digit in ALPHABET if digit != code[at]]))
    with pytest.raises(BadInput):
        read_code(EDITION, code[:at] + other + code[at + 1 :])


@given(text=st.text(max_size=40))
def test_whatever_is_typed_gives_a_state_in_range_or_a_message(text: str) -> None:
    try:
        scenario = read_code(EDITION, text)
    except BadInput as bad:
        assert bad.problems[0].kind == "wrong_code"
    else:
        assert all(
            value is None or EDITION.levers[id].low <= value <= EDITION.levers[id].high
            for id, value in scenario.values
        )


def test_a_code_is_short_and_belongs_to_its_edition() -> None:
    code = write_code(
        EDITION,
        scenario_of(EDITION, "general_industrial_investment.intensity_q3=120", "start_rate.starts_q3=4"),
    )
    assert len(code) <= 9
    assert len(write_code(EDITION, baseline(EDITION))) <= 5
    with pytest.raises(BadInput):
        read_code(load_edition(INVENTED_EDITION), code)
