"""Laws that hold for every scenario."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import formulas as f
from hdmodel import project
from hdmodel.edition import Edition
from hdmodel.facts import facts_of
from hdmodel.paths import numbers_of
from hdmodel.projection import status_of
from hdmodel.required import required_of, solve
from hdmodel.scenario import with_values
from tests.scenarios import scenario_of, scenarios_of, usable

FOLLOWED = (
    "industrial_value_added",
    "general_industrial_investment",
    "outside_funds",
    "telecom_volume",
    "start_rate",
)
GROWTH = ("industrial_value_added", "telecom_volume")


@pytest.mark.parametrize("id", FOLLOWED)
@given(data=st.data())
def test_a_year_never_falls_when_one_of_its_levers_rises(
    haidong: Edition, id: str, data: st.DataObject
) -> None:
    numbers = numbers_of(haidong, data.draw(scenarios_of(haidong)))
    name = data.draw(st.sampled_from(haidong.own_levers(id)))
    lever = haidong.levers[name]
    low, high = sorted(data.draw(st.tuples(*[st.fractions(lever.low, lever.high, max_denominator=100)] * 2)))
    assert (
        facts_of(haidong, id, {**numbers, name: low}).path.full_year
        <= facts_of(haidong, id, {**numbers, name: high}).path.full_year
    )


@pytest.mark.parametrize("id", GROWTH)
@given(data=st.data())
def test_growing_as_required_in_both_quarters_leaves_no_shortfall(
    haidong: Edition, id: str, data: st.DataObject
) -> None:
    numbers = numbers_of(haidong, data.draw(scenarios_of(haidong)))
    target = data.draw(st.fractions(-20, 40, max_denominator=50))
    needed = required_of(facts_of(haidong, id, numbers), target)
    q3, q4 = haidong.lever_ids(id, "growth")
    for values in ({q3: needed.h2, q4: needed.h2}, {q3: needed.q3}, {q4: needed.q4}):
        assert f.shortfall(target, facts_of(haidong, id, {**numbers, **values}).path.full_year) == 0


@pytest.mark.parametrize("id", ("general_industrial_investment", "outside_funds"))
@given(data=st.data())
def test_the_required_intensity_and_the_required_amount_say_the_same(
    haidong: Edition, id: str, data: st.DataObject
) -> None:
    numbers = numbers_of(haidong, data.draw(scenarios_of(haidong)))
    target = data.draw(st.fractions(1, 300, max_denominator=50))
    needed = required_of(facts_of(haidong, id, numbers), target)
    q3, q4 = haidong.lever_ids(id, "intensity")
    both = facts_of(haidong, id, {**numbers, q3: needed.intensity, q4: needed.intensity}).path
    alone = facts_of(haidong, id, {**numbers, q4: needed.intensity_q4}).path
    first = facts_of(haidong, id, {**numbers, q3: needed.intensity_q3}).path
    assert both.full_year == alone.full_year == first.full_year == target
    assert both.q3 + both.q4 == needed.h2
    assert (alone.q4, first.q3) == (needed.q4, needed.q3)


@given(data=st.data())
def test_starting_the_required_projects_reaches_the_target(haidong: Edition, data: st.DataObject) -> None:
    scenario = data.draw(scenarios_of(haidong))
    needed = project(haidong, scenario)["start_rate"].required
    numbers = numbers_of(haidong, scenario)
    assert (
        facts_of(haidong, "start_rate", {**numbers, "start_rate.starts_q4": needed.q4}).path.full_year == 100
    )
    assert (
        facts_of(haidong, "start_rate", {**numbers, "start_rate.starts_q3": needed.q3}).path.full_year == 100
    )


@pytest.mark.parametrize("id", GROWTH)
@given(share=st.fractions(45, 50, max_denominator=1000), part=st.fractions(40, 60, max_denominator=1000))
def test_weights_sum_to_one(haidong: Edition, id: str, share: Fraction, part: Fraction) -> None:
    numbers = {
        **numbers_of(haidong, scenario_of(haidong)),
        f"{id}.h1_share": share,
        f"{id}.q3_share_of_h2": part,
    }
    bases = facts_of(haidong, id, numbers).bases
    assert sum(base / bases.year for base in (bases.h1, bases.q3, bases.q4)) == 1
    assert bases.h1 / bases.year == share / 100


@given(data=st.data())
def test_the_parts_of_a_flow_add_up_and_a_cumulative_growth_lies_between_its_parts(
    haidong: Edition, data: st.DataObject
) -> None:
    for projection in project(haidong, data.draw(scenarios_of(haidong))).values():
        path = projection.path
        if projection.kind.is_sum:
            assert path.h1 + path.q3 == path.ytd_q3
            assert path.ytd_q3 + path.q4 == path.full_year
        if projection.kind.is_mean:
            assert min(path.h1, path.q3) <= path.ytd_q3 <= max(path.h1, path.q3)
            assert min(path.ytd_q3, path.q4) <= path.full_year <= max(path.ytd_q3, path.q4)
        if projection.kind.is_level:
            assert path.full_year == path.q4


@given(data=st.data())
def test_contributions_of_the_parts_sum_to_the_growth_of_the_year(
    haidong: Edition, data: st.DataObject
) -> None:
    for id in GROWTH:
        projection = project(haidong, data.draw(scenarios_of(haidong)))[id]
        bases, path = projection.bases, projection.path
        parts = [
            f.contribution(base, growth, bases.year)
            for base, growth in ((bases.h1, path.h1), (bases.q3, path.q3), (bases.q4, path.q4))
        ]
        assert sum(parts) == path.full_year
        assert parts[0] == projection.locked_in


@pytest.mark.parametrize("end", ("low", "high"))
def test_every_lever_at_both_ends_gives_a_number_within_reach_of_its_indicator(
    haidong: Edition, end: str
) -> None:
    for lever in haidong.levers.values():
        if lever.role == "plan":
            continue  # what a ledger plans knows no range of a slider
        scenario = with_values(
            haidong, scenario_of(haidong), usable(haidong, {lever.id: getattr(lever, end)})
        )
        for projection in project(haidong, scenario).values():
            if projection.path.full_year is not None:
                assert projection.reach[0] <= projection.path.full_year <= projection.reach[1], (
                    lever.id,
                    projection.id,
                )


@given(data=st.data())
def test_no_scenario_leaves_the_reach_of_its_indicator(haidong: Edition, data: st.DataObject) -> None:
    for projection in project(haidong, data.draw(scenarios_of(haidong))).values():
        if projection.path.full_year is not None:
            assert projection.reach[0] <= projection.path.full_year <= projection.reach[1]


def test_the_four_statuses(projected) -> None:
    investment = "general_industrial_investment"
    assert projected()[investment].status == "within_reach"
    assert projected(f"{investment}.intensity_q3=200")[investment].status == "met"
    assert projected(f"{investment}.target=100", f"{investment}.h1=10")[investment].status == "out_of_reach"
    assert projected()["outside_funds"].status == "no_target"


def test_a_status_compares_what_is_not_rounded() -> None:
    just_short = Fraction("5.4999999")
    assert status_of(just_short, Fraction("5.5"), (Fraction(0), Fraction(9))) == "within_reach"
    assert status_of(just_short, Fraction("5.5"), (Fraction(0), just_short)) == "out_of_reach"


def test_growing_at_the_target_all_year_meets_it_exactly(haidong: Edition, projected) -> None:
    """A float mean of three equal rates can fall a hair short and turn 达标 into 未达标;
    an exact one cannot.
    """
    numbers = {**numbers_of(haidong, scenario_of(haidong)), "industrial_value_added.h1": Fraction("5.5")}
    level = {
        **numbers,
        **dict.fromkeys(haidong.lever_ids("industrial_value_added", "growth"), Fraction("5.5")),
    }
    assert facts_of(haidong, "industrial_value_added", level).path.full_year == Fraction("5.5")
    assert projected()["telecom_volume"].status == "met"


def test_a_lever_that_does_not_move_the_year_has_no_required_value(haidong: Edition) -> None:
    numbers = numbers_of(haidong, scenario_of(haidong))
    assert solve(facts_of(haidong, "start_rate", numbers), ["telecom_volume.q3"], Fraction(100)) is None
