"""A link says one state, whatever was done to it on the way; nothing in it is dropped in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hdmodel import baseline, open_link, write_link
from hdmodel.links import LANGUAGES, VIEWS, live_link, read_query
from hdmodel.problems import SENTENCES
from hdmodel.scenario import too_many_together
from tests.conftest import scenario_of, scenarios_of


def kinds(query: str) -> dict[str, str]:
    return {problem.name: problem.kind for problem in open_link(read_query(query)).problems}


@given(data=st.data())
def test_what_is_written_opens_as_it_was(haidong, data: st.DataObject) -> None:
    state = replace(
        open_link([]),
        scenario=data.draw(scenarios_of(haidong)),
        view=data.draw(st.sampled_from(VIEWS)),
        focus=data.draw(st.sampled_from(list(haidong.indicators))),
        language=data.draw(st.sampled_from(LANGUAGES)),
    )
    assert open_link(read_query(write_link(state))) == state
    assert open_link(list(live_link(state).items())) == state


def test_a_shared_link_writes_out_every_lever_and_entry(haidong) -> None:
    names = {name for name, _ in read_query(write_link(open_link([])))}
    assert names == {*haidong.levers, "v", "e", "m", "view", "focus", "lang"}


def test_a_blank_entry_and_the_editions_own_figure_survive_a_link(haidong) -> None:
    opened = open_link(read_query(write_link(open_link([]))))
    assert opened.scenario == baseline(haidong)
    assert opened.problems == ()


def test_an_entered_figure_survives_a_link(haidong) -> None:
    entered = scenario_of(
        haidong, "outside_funds.target=50.25", "industrial_value_added.h1_share=45.55", "fair_start_rate.q3=41.27"
    )
    state = replace(open_link([]), scenario=entered)
    assert open_link(read_query(write_link(state))).scenario == entered


@pytest.mark.parametrize(
    ("query", "name", "kind"),
    [
        ("foo=1", "foo", "unknown_name"),
        ("industrial_value_added.q3=abc", "industrial_value_added.q3", "not_a_number"),
        ("industrial_value_added.q3=NaN", "industrial_value_added.q3", "not_a_number"),
        ("industrial_value_added.q3=-inf", "industrial_value_added.q3", "not_a_number"),
        ("industrial_value_added.q3=1_0", "industrial_value_added.q3", "not_a_number"),
        ("industrial_value_added.q3=１２", "industrial_value_added.q3", "not_a_number"),
        ("industrial_value_added.q3=-20.1", "industrial_value_added.q3", "out_of_range"),
        ("industrial_value_added.q3=13.85", "industrial_value_added.q3", "off_step"),
        ("start_rate.starts_q3=1.5", "start_rate.starts_q3", "not_whole"),
        ("industrial_value_added.q3=1&industrial_value_added.q3=2", "industrial_value_added.q3", "duplicate"),
        ("start_rate.starts_q3=6&start_rate.starts_q4=6", "start_rate.starts_q3 + start_rate.starts_q4", "too_many_together"),
        ("v=2", "v", "unknown_version"),
        ("e=other", "e", "unknown_edition"),
        ("m=0.9", "m", "other_model"),
        ("view=nowhere", "view", "unknown_view"),
        ("focus=nothing", "focus", "unknown_focus"),
        ("lang=fr", "lang", "unknown_language"),
        (f"industrial_value_added.q3={'9' * 10_000}", "industrial_value_added.q3", "not_a_number"),
    ],
)
def test_each_fault_is_named_and_the_rest_kept(query: str, name: str, kind: str) -> None:
    opened = open_link(read_query(f"{query}&telecom_volume.q4=31"))
    assert [(problem.name, problem.kind) for problem in opened.problems] == [(name, kind)]
    assert opened.scenario.as_dict()["telecom_volume.q4"] == 31


def test_a_question_mark_inside_a_value_cuts_nothing_off() -> None:
    pairs = read_query("v=1&industrial_value_added.q3=5&note=a?b")
    assert pairs == [("v", "1"), ("industrial_value_added.q3", "5"), ("note", "a?b")]
    assert read_query("https://example.org/page?v=1#part") == read_query("?v=1") == [("v", "1")]


def test_what_is_used_instead_is_the_baseline_or_the_nearest_step() -> None:
    def value(query: str) -> float:
        return float(open_link(read_query(query)).scenario.as_dict()["industrial_value_added.q3"])

    assert value("industrial_value_added.q3=99") == 13.8
    assert value("industrial_value_added.q3=5.04") == 5
    assert value("industrial_value_added.q3=5.05") == 5.1
    assert value("industrial_value_added.q3=1&industrial_value_added.q3=2") == 13.8


def test_a_flood_of_names_stays_readable() -> None:
    opened = open_link([(f"n{index}", "x" * 10_000) for index in range(5_000)])
    assert len(opened.problems) < 60
    assert "4960 more" in opened.problems[-1].name
    assert max(len(problem.sentence()) for problem in opened.problems) < 400


NAMES = st.one_of(
    st.sampled_from(
        ["industrial_value_added.q3", "start_rate.starts_q3", "start_rate.starts_q4", "outside_funds.target", "v", "e", "m", "view"]
    ),
    st.text(max_size=20),
)
VALUES = st.one_of(
    st.text(max_size=40), st.floats().map(repr), st.integers().map(str), st.sampled_from(["", "nan", "1e400", "../..", "%ZZ"])
)


@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=12))
@example(pairs=[("e", "../../etc")])
@example(pairs=[("e", "")])
def test_whatever_the_address_every_value_stays_in_range(pairs: list[tuple[str, str]]) -> None:
    opened = open_link(pairs)
    values = opened.scenario.as_dict()
    for id, lever in opened.edition.levers.items():
        value = values[id]
        assert value is None or lever.low <= value <= lever.high
    assert too_many_together(opened.edition, values) == []
    assert all(problem.kind in SENTENCES for problem in opened.problems)


@given(query=st.text(max_size=300))
@example(query="%ZZ%&=&&==;%00")
@example(query="https://example.org/?view=sources#x")
def test_whatever_the_query_string_it_opens(query: str) -> None:
    open_link(read_query(query))


def test_hostile_text_is_named_cut_to_length() -> None:
    problem = open_link([("x" * 10_000, "y" * 10_000)]).problems[0]
    assert "(10000 characters)" in problem.sentence()
    assert len(problem.sentence()) < 300
