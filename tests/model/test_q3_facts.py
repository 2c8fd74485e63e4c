"""Once Q3 is printed it is a fact: said as the quarter or cumulative, it binds the year,
and Q4 alone is asked for.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import BadInput, Edition, baseline, load_edition, open_link, project
from hdmodel.facts import facts_of, levers_at_work
from hdmodel.links.link import read_query
from hdmodel.paths import facts_in, numbers_of
from hdmodel.projection import Outcome
from hdmodel.reading.remarks import without_effect, without_effect_here
from hdmodel.sensitivity import swings
from tests.folders import ROOT
from tests.indicators import INVESTMENT, STARTS, VALUE_ADDED
from tests.page import card, html_of, opened_page
from tests.q3_known import INVENTED, through_q3
from tests.scenarios import scenario_of
from ui.answers.path_rows import path_rows
from ui.page.cards import card_words
from ui.page.notices import notice_line
from ui.session import keys
from ui.text.speech import Speech

RELEASED = ROOT / "data" / "haidong-2022-h1"
AMOUNTS = (f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18")


# --- by hand
# ---------------------------------------------------------------------------------------------------------


def test_a_cumulative_growth_gives_the_quarters_own(haidong: Edition) -> None:
    """12 % to September on bases 174427 and 92925, H1 13.8 %: (12 × 267352 − 13.8 × 174427)
    / 92925 = 8.6213 %.
    """
    path = project(haidong, scenario_of(haidong, f"{VALUE_ADDED}.actual_ytd_q3=12"))[VALUE_ADDED].path
    assert float(path.q3) == pytest.approx(8.6213, abs=1e-4)
    assert path.ytd_q3 == 12


def test_a_cumulative_amount_and_a_cumulative_completion_give_the_same_quarter(haidong: Edition) -> None:
    """28 of 40 by September is 70 %; less the 18 of H1 the quarter brought 10, a quarter of the target."""
    for way in (
        "actual_q3=10",
        "actual_ytd_q3=28",
        "actual_completion_q3=25",
        "actual_completion_ytd_q3=70",
    ):
        investment = project(haidong, scenario_of(haidong, *AMOUNTS, f"{INVESTMENT}.{way}"))[INVESTMENT]
        # Q4 at the H1 pace: 9
        assert (investment.path.q3, investment.path.ytd_q3, investment.path.full_year) == (10, 28, 37), way
        assert (
            investment.required.q4,
            investment.required.q3,
            investment.required.h2,
            investment.required.intensity,
        ) == (
            12,
            None,
            None,
            None,
        )
        assert investment.required.intensity_q4 == Fraction(400, 3)


def test_starts_that_are_known_count_for_the_rate_and_for_the_investment(haidong: Edition) -> None:
    """60 started by September are 4 in Q3: 60/66 = 90.91 %,
    and the investment of the model's worked example comes out the same.
    """
    known = project(haidong, scenario_of(haidong, f"{STARTS}.actual_ytd_q3=60", f"{STARTS}.starts_q3=9"))
    assert known[STARTS].path.q3 == Fraction(6000, 66)
    assert (known[STARTS].required.q4, known[STARTS].required.h2, known[STARTS].starts_missing) == (
        6,
        None,
        6,
    )
    supposed = project(haidong, scenario_of(haidong, f"{STARTS}.starts_q3=4"))
    assert known[INVESTMENT].path == supposed[INVESTMENT].path


def test_what_a_ledger_plans_is_the_quarter_and_the_sliders_take_it_back(haidong: Edition) -> None:
    planned = scenario_of(haidong, *AMOUNTS, f"{INVESTMENT}.planned_q3=9.25", f"{INVESTMENT}.planned_q4=10.5")
    investment = project(haidong, planned)[INVESTMENT]
    assert [investment.path.q3, investment.path.q4, investment.path.full_year, investment.shortfall] == [
        Fraction(n) for n in ("9.25", "10.5", "37.75", "2.25")
    ]
    assert investment.status == "within_reach" and investment.required.h2 == 22
    free = project(haidong, scenario_of(haidong, *AMOUNTS))[INVESTMENT]
    assert investment.required.intensity == free.required.intensity, (
        "what both intensities must be does not hang on the plan"
    )
    fact = project(
        haidong, scenario_of(haidong, *AMOUNTS, f"{INVESTMENT}.planned_q3=9.25", f"{INVESTMENT}.actual_q3=7")
    )[INVESTMENT]
    assert fact.path.q3 == 7, "a fact stands before a plan"


# --- laws
# ------------------------------------------------------------------------------------------------------------


@given(tenths=st.integers(-500, 500), slider=st.integers(-200, 400))
def test_growth_said_either_way_is_one_year_and_its_slider_moves_nothing(
    haidong: Edition, tenths: int, slider: int
) -> None:
    alone = project(haidong, scenario_of(haidong, f"{VALUE_ADDED}.actual_q3={tenths / 10}"))[VALUE_ADDED]
    numbers = {**numbers_of(haidong, baseline(haidong)), f"{VALUE_ADDED}.actual_ytd_q3": alone.path.ytd_q3}

    assert facts_of(haidong, VALUE_ADDED, numbers).path == alone.path
    moved = scenario_of(haidong, f"{VALUE_ADDED}.actual_q3={tenths / 10}", f"{VALUE_ADDED}.q3={slider / 10}")
    assert project(haidong, moved)[VALUE_ADDED] == alone


@given(tenths=st.integers(0, 400), starts=st.integers(0, 10))
def test_projecting_with_what_q4_must_be_leaves_no_shortfall(
    haidong: Edition, tenths: int, starts: int
) -> None:
    settings = (f"{INVESTMENT}.actual_completion_q3={tenths / 10}", f"{STARTS}.actual_q3={starts}")
    scenario = scenario_of(haidong, *settings)
    investment = project(haidong, scenario)[INVESTMENT]
    numbers = {
        **numbers_of(haidong, scenario),
        f"{INVESTMENT}.intensity_q4": investment.required.intensity_q4,
    }

    assert facts_of(haidong, INVESTMENT, numbers).path.full_year == investment.target
    assert investment.reach[0] <= investment.path.full_year <= investment.reach[1]


def test_a_settled_lever_is_no_lever_of_the_tornado(haidong: Edition) -> None:
    scenario = scenario_of(haidong, f"{INVESTMENT}.actual_completion_q3=20", f"{STARTS}.actual_q3=3")
    at_work = levers_at_work(facts_in(haidong, scenario, INVESTMENT))
    assert set(at_work) == {f"{INVESTMENT}.intensity_q4", f"{STARTS}.starts_q4"}
    assert {swing.lever for swing in swings(haidong, scenario, INVESTMENT)} == set(at_work)
    room = next(
        swing.high for swing in swings(haidong, scenario, INVESTMENT) if swing.lever == f"{STARTS}.starts_q4"
    )
    assert room == 7, "of the ten that had not started, three have"


# --- what contradicts
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "kind", "name"),
    [
        ((f"{VALUE_ADDED}.actual_q3=9", f"{VALUE_ADDED}.actual_ytd_q3=12"), "said_twice",
         f"{VALUE_ADDED}.actual_q3 + {VALUE_ADDED}.actual_ytd_q3"),
        ((f"{INVESTMENT}.actual_q3=9",), "needs_amounts", f"{INVESTMENT}.actual_q3"),
        ((f"{INVESTMENT}.planned_q4=9",), "needs_amounts", f"{INVESTMENT}.planned_q4"),
        ((*AMOUNTS, f"{INVESTMENT}.actual_ytd_q3=17"), "ytd_below_h1", f"{INVESTMENT}.actual_ytd_q3"),
        ((f"{INVESTMENT}.actual_completion_ytd_q3=44",), "ytd_below_h1",
        f"{INVESTMENT}.actual_completion_ytd_q3"),
        (("outside_funds.actual_ytd_q3=20",), "ytd_below_h1", "outside_funds.actual_ytd_q3"),
        ((f"{STARTS}.actual_q3=8", f"{STARTS}.starts_q4=3"), "too_many_together", f"{STARTS}.starts_q4"),
        ((f"{STARTS}.actual_q3=2.5",), "not_whole", f"{STARTS}.actual_q3"),
    ],
)  # fmt: skip
def test_a_contradiction_is_named_and_a_link_keeps_the_rest(
    haidong: Edition, settings: tuple[str, ...], kind: str, name: str
) -> None:
    with pytest.raises(BadInput) as bad:
        scenario_of(haidong, *settings)
    assert [(problem.kind, problem.place) for problem in bad.value.problems] == [(kind, name)]
    opened = open_link([("telecom_volume.q3", "25"), *(tuple(setting.split("=")) for setting in settings)])
    assert [(problem.kind, problem.place) for problem in opened.problems] == [(kind, name)]
    assert opened.scenario.as_dict()["telecom_volume.q3"] == 25


# --- an edition whose facts reach to September
# -------------------------------------------------------------------------


def test_an_edition_known_through_q3_needs_no_python(tmp_path: Path) -> None:
    edition = load_edition(through_q3(tmp_path / "q3", *INVENTED))
    projections = project(edition, baseline(edition))
    assert [one.is_q3_known for one in projections.values()] == [True] * 5 + [False] * 3
    assert (
        projections[VALUE_ADDED].path.ytd_q3,
        projections[INVESTMENT].path.q3,
        projections[STARTS].starts_missing,
    ) == (
        11,
        23,
        4,
    )
    entered = scenario_of(edition, f"{VALUE_ADDED}.actual_q3=9")
    assert project(edition, entered)[VALUE_ADDED].path.q3 == 9, (
        "what is entered stands before what is printed, said in whatever way"
    )


def test_an_edition_says_in_one_way_what_q3_brought_or_is_at_fault(tmp_path: Path) -> None:
    twice = (*INVENTED[1:], f"{VALUE_ADDED}.actual_q3=9", f"{VALUE_ADDED}.actual_ytd_q3=11")
    for name, figures, kinds in (("none", INVENTED[1:], ["missing"]), ("twice", twice, ["said_twice"])):
        with pytest.raises(BadInput) as bad:
            load_edition(through_q3(tmp_path / name, *figures))
        assert [
            problem.kind for problem in bad.value.problems
        ] == kinds and VALUE_ADDED in bad.value.problems[0].found
    early = through_q3(tmp_path / "early", *INVENTED)
    (early / "edition.csv").write_text(
        (early / "edition.csv").read_text(encoding="utf-8").replace("known_through,q3", "known_through,h1"),
        encoding="utf-8",
    )
    with pytest.raises(BadInput) as bad:
        load_edition(early)
    assert len(bad.value.problems) == len(INVENTED)


# --- on the page
# -----------------------------------------------------------------------------------------------------


def test_the_chart_shows_a_known_q3_solid(haidong: Edition) -> None:
    scenario = scenario_of(haidong, f"{INVESTMENT}.actual_completion_ytd_q3=70")
    rows = path_rows(Outcome(haidong, scenario, project(haidong, scenario)[INVESTMENT]), None, Speech("zh"))
    assert [row.get("fact") for row in rows] == [45, 70, None]
    assert rows[1]["supposed_to"] is None and rows[2]["carried"] == 70


def test_a_known_q3_turns_its_slider_into_a_fact_and_can_be_taken_back() -> None:
    page = opened_page(f"focus={VALUE_ADDED}&{VALUE_ADDED}.actual_ytd_q3=12&{VALUE_ADDED}.q3=20")
    said = html_of(page)
    for part in ("三季度 · 实际数", "当季 8.6 %，1—9月累计 12.0 %", "[录入]", "三季度已公布，四季度当季增速"):
        assert part in said, said
    assert "前三季度累计 12.0 % [录入]" in card(page, VALUE_ADDED)
    page.button(f"back-{VALUE_ADDED}.actual_ytd_q3").click().run()
    assert "三季度 · 假设" in html_of(page)
    assert page.slider(f"{VALUE_ADDED}.q3").value == 20, "the slider stands where it was"


def test_typing_one_way_clears_the_other() -> None:
    page = opened_page(f"focus={VALUE_ADDED}")
    page.session_state["entries"] = True
    page.run()
    page.number_input(f"{VALUE_ADDED}.actual_ytd_q3").set_value(12.0).run()
    assert "1—9月累计 12.0 %" in html_of(page)
    page.radio(f"way-{VALUE_ADDED}").set_value(f"{VALUE_ADDED}.actual_q3").run()
    assert "1—9月累计 12.0 %" in html_of(page), "asking for the other way changes nothing"
    page.number_input(f"{VALUE_ADDED}.actual_q3").set_value(9.0).run()
    assert "当季 9.0 %" in html_of(page)
    held = page.session_state[keys.NOW].as_dict()
    assert (held[f"{VALUE_ADDED}.actual_q3"], held[f"{VALUE_ADDED}.actual_ytd_q3"]) == (9, None)


def test_what_contradicts_is_named_beside_the_field_and_left_out() -> None:
    page = opened_page("focus=outside_funds")
    page.session_state["entries"] = True
    page.run()
    page.number_input("outside_funds.actual_ytd_q3").set_value(20.0).run()
    assert any(
        "小于上半年" in warning.value and "20.88" in warning.value.replace("\\", "")
        for warning in page.warning
    )
    assert "41.76 亿元" in card(page, "outside_funds")


LEDGER = (*AMOUNTS, f"{INVESTMENT}.planned_q3=4.2", f"{INVESTMENT}.planned_q4=2.8")


@pytest.mark.parametrize("view", ["explore", "required", "compare", "projects"])
def test_a_known_q3_and_a_ledger_that_drives_stand_on_one_page(view: str) -> None:
    """18 + 10.4 + 2.8 = 31.2 of 40: 8.8 are missing; no slider is advised that moves nothing."""
    query = "&".join((*LEDGER, f"{INVESTMENT}.actual_ytd_q3=28.4", f"view={view}", f"focus={INVESTMENT}"))
    page = opened_page(query)
    said = html_of(page)
    assert "28.40" in said or view in ("compare", "projects")
    if view in ("explore", "required"):
        assert "31.20 亿元" in card(page, INVESTMENT) and "慢于序时 4.0 个百分点" in card(page, INVESTMENT)
        assert "强度均需" not in said and "由项目台账的计划推动" in said
        page.button(f"back-{INVESTMENT}.actual_ytd_q3").click().run()
        assert "25.00 亿元" in card(page, INVESTMENT), "the plan of Q3 comes back with the supposition"


def test_sums_that_a_link_brings_are_the_answer_of_the_projects_view() -> None:
    said = html_of(opened_page("&".join((*LEDGER, "view=projects"))))
    assert "7.00 亿元" in said and "15.00 亿元" in said and "不在链接里" in said


@pytest.mark.parametrize(
    "pairs",
    [
        [("gii.k3", "5"), ("gii.l3", "60"), ("gii.p3", "3")],
        [("p1", "gii.l3_10_gii.p3_3")],
        [("gii.l3", "10"), ("gii.p3", "3")],
    ],
)  # fmt: skip
def test_a_contradiction_behind_a_contradiction_is_named_too(pairs: list[tuple[str, str]]) -> None:
    assert len(open_link(pairs).problems) >= 2


def test_taking_back_h1_under_a_cumulative_figure_is_named_and_breaks_nothing() -> None:
    page = opened_page(
        f"{INVESTMENT}.target=100&{INVESTMENT}.h1=30&{INVESTMENT}.planned_q3=20&{INVESTMENT}.actual_completion_ytd_q3=40"
    )
    page.session_state["entries"] = True
    page.run()
    page.button(f"back-{INVESTMENT}.h1").click().run()
    assert not page.exception and any("小于上半年" in warning.value for warning in page.warning)


def test_a_cumulative_growth_below_which_nothing_is_left_is_refused(haidong: Edition) -> None:
    """On bases 6.30 and 3.4025 and H1 +20 %, nothing at all in Q3 is (6.30 × 20 − 3.4025 × 100)
    / 9.7025 = −22.08 %.
    """
    assert (
        project(haidong, scenario_of(haidong, "telecom_volume.actual_ytd_q3=-22.08"))[
            "telecom_volume"
        ].path.q3
        > -100
    )
    with pytest.raises(BadInput) as bad:
        scenario_of(haidong, "telecom_volume.actual_ytd_q3=-22.09")
    assert "-22.08" in bad.value.problems[0].wanted


def test_a_code_reads_back_where_q3_is_known(haidong: Edition) -> None:
    from hdmodel.links.telephone_code import read_code, write_code

    known = scenario_of(haidong, f"{STARTS}.actual_q3=8", f"{STARTS}.starts_q3=9", f"{STARTS}.starts_q4=2")
    assert read_code(haidong, write_code(haidong, known)).as_dict()[f"{STARTS}.starts_q4"] == 2


def test_taking_q3_back_never_leaves_more_starts_than_projects() -> None:
    page = opened_page(f"focus={STARTS}&{STARTS}.actual_q3=1&{STARTS}.starts_q3=9&{STARTS}.starts_q4=5")
    page.button(f"back-{STARTS}.actual_q3").click().run()
    held = page.session_state[keys.NOW].as_dict()
    assert [page.slider(f"{STARTS}.starts_{quarter}").value for quarter in ("q3", "q4")] == [9, 1]
    assert (held[f"{STARTS}.starts_q3"], held[f"{STARTS}.starts_q4"]) == (9, 1)


def test_what_is_entered_stands_alone_in_what_is_reckoned_with(tmp_path: Path) -> None:
    from hdmodel.scenario import in_effect

    edition = load_edition(through_q3(tmp_path / "q3", *INVENTED))
    values = in_effect(edition, scenario_of(edition, f"{VALUE_ADDED}.actual_q3=5"))
    assert (values[f"{VALUE_ADDED}.actual_q3"], values[f"{VALUE_ADDED}.actual_ytd_q3"]) == (5, None)


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        (f"{STARTS}.actual_ytd_q3=50", "out_of_range"),
        (f"{STARTS}.actual_ytd_q3=60.5", "not_whole"),
        (f"{INVESTMENT}.actual_completion_ytd_q3=40", "ytd_below_h1"),
        (f"{INVESTMENT}.actual_ytd_q3=70.00", "needs_amounts"),
        (f"{VALUE_ADDED}.actual_ytd_q3=-60", "ytd_below_h1"),
    ],
)
def test_a_printed_q3_that_cannot_be_is_named(tmp_path: Path, figure: str, kind: str) -> None:
    indicator = figure.partition(".")[0]
    others = [other for other in INVENTED if not other.startswith(f"{indicator}.")]
    with pytest.raises(BadInput) as bad:
        load_edition(through_q3(tmp_path / "q3", *others, figure))
    assert (kind, figure.partition("=")[2]) in [
        (problem.kind, problem.found) for problem in bad.value.problems
    ]


def test_h1_entered_above_what_is_printed_to_september_is_named(tmp_path: Path) -> None:
    edition = load_edition(through_q3(tmp_path / "q3", *INVENTED))
    with pytest.raises(BadInput) as bad:
        scenario_of(edition, f"{INVESTMENT}.h1_completion=80")
    assert [problem.kind for problem in bad.value.problems] == ["more_than_ytd"]


def test_a_card_shows_what_is_printed_to_september_also_without_a_target(tmp_path: Path) -> None:
    """By hand: 20.88 + 9.12 = 30.00; 62 of 66 = 93.9 %."""
    edition = load_edition(through_q3(tmp_path / "q3", *INVENTED))
    found = project(edition, baseline(edition))
    for language, funds, rate in (
        ("zh", "前三季度累计 30.00 亿元 [原文]", "9月末 93.9 % [原文]"),
        ("en", "Jan–Sep cumulative 30.00 ×100m yuan [printed]", "end of September 93.9 % [printed]"),
    ):
        speech = Speech(language)
        assert funds in card_words(edition, baseline(edition), found["outside_funds"], speech).details
        assert rate in card_words(edition, baseline(edition), found[STARTS], speech).details


# --- what is set and moves nothing
# ------------------------------------------------------------------------------------------------------


def test_a_lever_of_a_printed_q3_is_remarked_on_in_the_address(tmp_path: Path) -> None:
    root = tmp_path / "own"
    edition = load_edition(through_q3(root, *INVENTED))
    query = f"{INVESTMENT}.intensity_q3=120&{INVESTMENT}.intensity_q4=110"
    opened = open_link(read_query(query), edition)
    assert opened.problems == (), "it is kept, and it can be set"
    (remark,) = without_effect_here(edition, opened.scenario)
    assert (remark.kind, remark.place, remark.found) == ("idle_q3", f"{INVESTMENT}.intensity_q3", "120")
    assert notice_line(remark, edition, Speech("zh")) == (
        f"三季度单项目投资强度（{INVESTMENT}.intensity_q3）= 120：不起作用：三季度已有实际数。"
    )
    assert without_effect_here(edition, baseline(edition)) == ()


def test_what_only_another_entry_of_the_address_leaves_idle_is_no_notice(
    haidong: Edition,
) -> None:
    query = f"{INVESTMENT}.intensity_q3=120&{INVESTMENT}.actual_completion_q3=25"
    opened = open_link(read_query(query), haidong)
    assert [one.kind for one in without_effect(haidong, opened.scenario)] == ["idle_q3"]
    assert without_effect_here(haidong, opened.scenario) == ()
    half = scenario_of(haidong, AMOUNTS[0])  # said beside the entries, and no fault of the address
    assert [one.kind for one in without_effect(haidong, half)] == ["idle_half"]
    assert without_effect_here(haidong, half) == ()
    page = opened_page(query)
    assert "三季度 · 实际数" in html_of(page) or "部分已是实际数" in html_of(page)
    assert "不起作用" not in html_of(page) and "链接里有用不了的内容" not in html_of(page)


def test_a_share_of_the_target_beside_the_amounts_is_said_to_move_nothing() -> None:
    amounts = "&".join(AMOUNTS)
    page = opened_page(f"{amounts}&{INVESTMENT}.h1_completion=40")
    assert (
        f"上半年完成率（{INVESTMENT}.h1_completion）= 40：不起作用：已有上半年完成额与年度目标。"
        in html_of(page)
    )
    assert "不起作用" not in html_of(opened_page(amounts))


def test_a_target_ten_times_off_is_remarked_on_below_the_sentence_and_among_the_sources() -> None:
    for view in ("explore", "sources"):
        page = opened_page(f"focus=outside_funds&view={view}&outside_funds.target=4000")
        assert "省外资金到位：按现有数全年 41.76 亿元，年度目标 4000.00 亿元，相差十倍以上" in html_of(page)
        assert "相差十倍以上" not in html_of(
            opened_page(f"focus=outside_funds&view={view}&outside_funds.target=50")
        )
