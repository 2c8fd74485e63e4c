"""What it takes: bands, swings, reasons and the sentences about them."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import baseline, project
from hdmodel.bands import figures_with, rounding_band, weight_band
from hdmodel.edition import Edition
from hdmodel.facts import facts_of
from hdmodel.numbers import half_up
from hdmodel.paths import numbers_of
from hdmodel.projection import Outcome, outcome_of
from hdmodel.reasons import Transition, pulls, reasons
from hdmodel.scenario import with_values
from hdmodel.sensitivity import swings
from tests.indicators import INVESTMENT, TELECOM, VALUE_ADDED
from tests.scenarios import opened_with, scenario_of, scenarios_of, usable
from ui.explain.questions import Change, StateInQuestion

FOLLOWED = (VALUE_ADDED, INVESTMENT, "outside_funds", TELECOM, "start_rate")


def near(expected: float):
    return pytest.approx(expected, abs=0.0001)


def test_the_weight_of_last_years_first_half_gives_a_band(haidong: Edition) -> None:
    """By hand: (5.5 − 0.44·13.8)/0.56 = −1.0214 and (5.5 − 0.5·13.8)/0.5 = −2.8."""
    band = weight_band(haidong, baseline(haidong), VALUE_ADDED)
    assert (float(band.low), float(band.high)) == (near(-2.8), near(-1.0214))
    assert weight_band(haidong, scenario_of(haidong, f"{VALUE_ADDED}.h1_share=45"), VALUE_ADDED) is None
    assert weight_band(haidong, baseline(haidong), INVESTMENT) is None


def test_the_rounding_of_printed_figures_gives_a_band(haidong: Edition) -> None:
    """By hand: needed = growth − lead/(1 − share), with the share 0.468166:
    13.75 − 8.35/0.531834 and 13.85 − 8.25/0.531834.
    """
    band = rounding_band(haidong, baseline(haidong), VALUE_ADDED)
    assert (float(band.low), float(band.high)) == (near(-1.9504), near(-1.6624))
    telecom = rounding_band(haidong, baseline(haidong), TELECOM)
    assert (telecom.low, telecom.high) == (Fraction("19.5"), Fraction("20.5"))


def test_figures_follow_a_changed_print(haidong: Edition) -> None:
    figures = figures_with(haidong, {f"{VALUE_ADDED}.h1": Fraction(14)})
    assert figures[f"{VALUE_ADDED}.target"] == Fraction("5.7")
    assert figures_with(haidong, {}) == {id: figure.value for id, figure in haidong.figures.items()}


def test_a_swing_by_hand(haidong: Edition) -> None:
    """From standstill to twice the pace a quarter moves by 45; ten starts in Q3 bring 6.0268;
    on target at 144.44 %.
    """
    found = {
        swing.lever.rpartition(".")[2]: swing for swing in swings(haidong, baseline(haidong), INVESTMENT)
    }
    assert list(found)[:2] == ["intensity_q3", "intensity_q4"]
    assert (found["intensity_q3"].year_at_low, found["intensity_q3"].year_at_high) == (
        Fraction("67.5"),
        Fraction("112.5"),
    )
    assert float(found["intensity_q4"].crossing) == near(144.4444)
    assert float(found["starts_q3"].year_at_high) == near(96.0268)
    assert found["starts_q3"].crossing is None


def test_a_swing_stops_where_the_joint_limit_does(haidong: Edition) -> None:
    found = {
        swing.lever: swing
        for swing in swings(haidong, scenario_of(haidong, "start_rate.starts_q4=7"), "start_rate")
    }
    assert found["start_rate.starts_q3"].high == 3


@pytest.mark.parametrize("id", FOLLOWED)
@given(data=st.data())
def test_reasons_add_up_exactly(haidong: Edition, id: str, data: st.DataObject) -> None:
    before, after = data.draw(scenarios_of(haidong)), data.draw(scenarios_of(haidong))
    found = reasons(Transition(haidong, before, after, id))
    years = [
        facts_of(haidong, id, numbers_of(haidong, scenario)).path.full_year for scenario in (before, after)
    ]
    assert sum((part.effect for part in found.parts), found.together) == found.total == years[1] - years[0]
    if not haidong.indicators[id].kind.is_sum:
        assert found.together == 0, "nothing multiplies in a mean or a count"
    assert {part.lever for part in found.parts} <= set(haidong.own_levers(id))


def test_what_two_levers_do_together_is_its_own_part(haidong: Edition) -> None:
    """By hand: intensity alone 22.5·0.2 = 4.5; four starts alone 22.5·(2 + 4)/56 = 2.4107;
    together 22.5·2/56·0.2 = 0.1607.
    """
    after = scenario_of(haidong, f"{INVESTMENT}.intensity_q3=120", "start_rate.starts_q3=4")
    found = reasons(Transition(haidong, baseline(haidong), after, INVESTMENT))
    assert [float(part.effect) for part in found.parts] == [near(4.5), near(2.4107)]
    assert float(found.together) == near(0.1607)


def test_years_in_other_units_are_not_subtracted(haidong: Edition) -> None:
    entered = scenario_of(haidong, f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18")
    assert reasons(Transition(haidong, baseline(haidong), entered, INVESTMENT)) is None
    assert reasons(Transition(haidong, baseline(haidong), baseline(haidong), "fair_start_rate")) is None


@pytest.mark.parametrize("id", [VALUE_ADDED, TELECOM])
@given(data=st.data())
def test_the_pulls_of_the_periods_sum_to_the_year(haidong: Edition, id: str, data: st.DataObject) -> None:
    projection = project(haidong, data.draw(scenarios_of(haidong)))[id]
    pulled = pulls(projection)
    assert pulled.h1 + pulled.q3 + pulled.q4 == projection.path.full_year
    assert pulled.h1 == projection.locked_in


@pytest.mark.parametrize("id", FOLLOWED)
@given(data=st.data())
def test_a_crossing_lands_on_target_and_lies_inside(haidong: Edition, id: str, data: st.DataObject) -> None:
    scenario = data.draw(scenarios_of(haidong))
    projection = project(haidong, scenario)[id]
    for swing in swings(haidong, scenario, id):
        assert swing.year_at_low <= projection.path.full_year <= swing.year_at_high
        if swing.crossing is not None:
            assert swing.low <= swing.crossing <= swing.high
            numbers = {**numbers_of(haidong, scenario), swing.lever: swing.crossing}
            assert facts_of(haidong, id, numbers).path.full_year == projection.target


@pytest.mark.parametrize(
    ("step", "q3", "said"),
    [("0.1", "18.8", "21.2"), ("0.01", "19.87", "20.13"), ("0.001", "19.875", "20.119")],
)
def test_a_value_to_set_is_said_as_fine_as_the_slider_goes(
    haidong: Edition, step: str, q3: str, said: str
) -> None:
    """With what is said the target is made, and a step below it is not: 20.1 % would miss it."""
    from ui.answers.sentences import result_sentence
    from ui.html.elements import plain_text
    from ui.text.speech import Speech

    fine = {
        id: replace(lever, step=Fraction(step)) if id in (f"{TELECOM}.q3", f"{TELECOM}.q4") else lever
        for id, lever in haidong.levers.items()
    }
    edition = replace(haidong, levers=fine)
    scenario = with_values(edition, baseline(edition), {f"{TELECOM}.q3": Fraction(q3)})
    sentence = plain_text(
        result_sentence(edition, scenario, project(edition, scenario)[TELECOM], Speech("en"))
    )
    assert f"with Q3 at {q3} %" in sentence and f"(set {said} %)" in sentence, sentence
    reached = with_values(edition, scenario, {f"{TELECOM}.q4": Fraction(said)})
    below = with_values(edition, scenario, {f"{TELECOM}.q4": Fraction(said) - Fraction(step)})
    assert project(edition, reached)[TELECOM].status == "met" != project(edition, below)[TELECOM].status


NONSENSE = re.compile(r"nan|inf\b|∞|None|[-−]0(\.0+)?\b(?!\.)|\{|\}")


def sentence(
    edition: Edition, language: str, indicator: str, *settings: str, before: tuple[str, ...] = ()
) -> str:
    from ui.answers.reason_sentences import change_sentence
    from ui.text.speech import Speech

    return change_sentence(
        Transition(edition, scenario_of(edition, *before), scenario_of(edition, *settings), indicator),
        Speech(language),
    )


def test_one_sentence_says_what_was_set_where_the_year_goes_and_what_remains(haidong: Edition) -> None:
    settings = (f"{INVESTMENT}.intensity_q3=120", "start_rate.starts_q3=4")
    assert sentence(haidong, "zh", INVESTMENT, *settings) == (
        "三季度单项目投资强度由 100 % 调到 120 %、三季度新开复工项目由 0 项调到 4 项："
        "一般性工业投资全年由年度目标的 90.0 % 升至 97.1 %，提高 7.1 个百分点，还缺 2.9 个百分点"
        "（示意：年度目标、上半年完成率；强度以上半年单项目平均为 100 %）。"
    )
    assert sentence(haidong, "en", INVESTMENT, *settings) == (
        "Q3 investment per project from 100 % to 120 %, Q3 projects starting from 0 projects to 4 projects: "
        "General industrial investment for the year rises from 90.0 % of the annual target to 97.1 %, "
        "by 7.1 points; still 2.9 points short "
        "(illustrative: target, H1 completion; intensity in % of the H1 average per project)."
    )


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ((), ["没有改动", "还缺 10.0 个百分点"]),
        ((f"{INVESTMENT}.intensity_q3=90",), ["降至", "降低 2.25 个百分点"]),
        ((f"{INVESTMENT}.intensity_q3=150",), ["由未达标转为达标", "高于年度目标 1.25 个百分点"]),
        ((f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18"), ["口径不同", "36.00 亿元", "还缺 4.00 亿元"]),
    ],
)
def test_the_sentence_knows_signs_zero_change_and_crossing(
    haidong: Edition, settings: tuple[str, ...], parts: list[str]
) -> None:
    said = sentence(haidong, "zh", INVESTMENT, *settings)
    for part in parts:
        assert part in said, said


def test_the_sentence_says_when_a_target_is_lost(haidong: Edition) -> None:
    said = sentence(
        haidong,
        "zh",
        INVESTMENT,
        f"{INVESTMENT}.intensity_q3=100",
        before=(f"{INVESTMENT}.intensity_q3=150",),
    )
    assert "由达标转为未达标" in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_table_and_bar_makes_sense_at_every_lever_end(haidong: Edition, language: str) -> None:
    from ui.answers.reason_sentences import change_sentence
    from ui.answers.requirement_rows import bands, requirements, slack
    from ui.text.speech import Speech
    from ui.views.required import why_html

    speech, start = Speech(language), baseline(haidong)
    for lever in haidong.levers.values():
        for end in (lever.low, lever.high):
            scenario = with_values(haidong, start, usable(haidong, {lever.id: end}))
            for id, projection in project(haidong, scenario).items():
                rows = requirements(haidong, scenario, projection, speech)
                said = [
                    change_sentence(Transition(haidong, start, scenario, id), speech),
                    slack(haidong, scenario, projection, speech),
                ]
                said += bands(haidong, scenario, projection, speech)
                said = [re.sub(r"<[^>]*>", " ", text) for text in said]
                said += [
                    text
                    for row in rows
                    for text in (row.quarter, row.needed, re.sub("<[^>]*>", " ", row.amounts_to), row.judged)
                ]
                said.append(
                    re.sub(
                        r"<[^>]*>",
                        " ",
                        why_html(
                            Transition(haidong, start, scenario, id),
                            Change(id, "change", StateInQuestion("baseline")),
                            speech,
                        ),
                    )
                )
                for text in said:
                    assert not NONSENSE.search(text), (lever.id, id, text)


def pairs(edition: Edition, indicator: str, x: str, y: str, *settings: str) -> list[dict]:
    from ui.answers.lever_map_rows import Axes, on_target, pairs_rows
    from ui.text.speech import Speech

    scenario = scenario_of(edition, *settings)
    axes = Axes.of(edition.levers[x], edition.levers[y])
    outcome = outcome_of(edition, scenario, indicator)
    return pairs_rows(outcome, axes, on_target(outcome, axes), Speech("zh"))


def cells_of(rows: list[dict]) -> list[dict]:
    """The cells of the strips, unrolled as the chart does it."""
    found = []
    for row in rows:
        for column, shade, shut in zip(
            *(row.get(name, "").split() for name in ("columns", "shades", "shut")), strict=True
        ):
            low = row["x_low"] + row["x_width"] * int(column)
            found.append(
                {
                    **row,
                    "x_from": low,
                    "x_to": low + row["x_width"],
                    "shade": float(shade),
                    "shut": shut == "1",
                }
            )
    return found


@pytest.mark.parametrize("id", FOLLOWED)
@pytest.mark.parametrize("settings", [(), (f"{INVESTMENT}.target=41.7", f"{INVESTMENT}.h1=18.85")])
def test_what_is_read_over_a_cell_is_the_year_reckoned_exactly(
    haidong: Edition, id: str, settings: tuple[str, ...]
) -> None:
    from ui.answers.lever_map_rows import Axis

    own = haidong.own_levers(id)
    x, y = own[0], own[len(own) // 2]
    across = Axis.of(haidong.levers[x]).middles
    strips = [row for row in pairs(haidong, id, x, y, *settings) if row.get("years")]
    for row, up in zip(strips, Axis.of(haidong.levers[y]).middles, strict=True):
        for column, (shown, at) in enumerate(zip(row["years"].split(), across, strict=True)):
            if row["shut"].split()[column] == "1":
                continue
            there = with_values(haidong, scenario_of(haidong, *settings), {x: at, y: up})
            numbers = numbers_of(haidong, there)
            year = facts_of(haidong, id, numbers).path.full_year
            places = haidong.indicators[id].places_in(project(haidong, there)[id].unit)
            assert Fraction(shown.replace("\N{MINUS SIGN}", "-")) == half_up(year, places), (at, up)
            assert Fraction(row["across"].split()[column].replace("\N{MINUS SIGN}", "-")) == at


@pytest.mark.parametrize("id", FOLLOWED)
def test_the_cells_of_the_map_lie_side_by_side_on_values_that_a_slider_takes(
    haidong: Edition, id: str
) -> None:
    from ui.answers.lever_map_rows import Axis, place_of

    own = haidong.own_levers(id)
    x, y = haidong.levers[own[0]], haidong.levers[own[len(own) // 2]]
    cells = cells_of(pairs(haidong, id, x.id, y.id))
    edges = sorted({(cell["x_from"], cell["x_to"]) for cell in cells})
    assert all(left[1] == pytest.approx(right[0]) for left, right in pairwise(edges))
    assert len(cells) == len(edges) * len({cell["y_from"] for cell in cells})
    for cell in cells:
        place = place_of(Axis.of(x), (cell["x_from"] + cell["x_to"]) / 2)
        scenario_of(haidong, f"{x.id}={float(place)}")  # raises where the slider could not stand there
        assert (place - x.low) % x.step == 0 and abs(
            float(place) - (cell["x_from"] + cell["x_to"]) / 2
        ) < cell["x_width"] / 2
        assert -1 <= cell["shade"] <= 1


def test_the_line_on_the_map_is_exactly_on_target(haidong: Edition) -> None:
    """By hand: with starts at 0, 22.5·(q3 + q4)/100 = 55, so q4 = 244.44 − q3."""
    names = [f"{INVESTMENT}.intensity_{quarter}" for quarter in ("q3", "q4")]
    line = [(row["line_x"], row["line_y"]) for row in pairs(haidong, INVESTMENT, *names) if "line_x" in row]
    assert line
    assert all(across + up == near(244.4444) for across, up in line)


@pytest.mark.parametrize(
    ("id", "ends"),
    [(VALUE_ADDED, [(-20, 14.261), (18.795, -20)]), (INVESTMENT, [(44.444, 200), (200, 44.444)])],
)
def test_the_line_on_the_map_reaches_its_edges(
    haidong: Edition, id: str, ends: list[tuple[float, float]]
) -> None:
    """Value added: q4 = −3.4016 − 0.88312·q3; investment: q4 = 244.44 − q3."""
    own = haidong.own_levers(id)
    line = sorted(
        (row["line_x"], row["line_y"])
        for row in pairs(haidong, id, own[0], own[len(own) // 2])
        if "line_x" in row
    )
    for (x, y), (at, partner) in zip((line[0], line[-1]), ends, strict=True):
        assert (x, y) == (pytest.approx(at, abs=0.01), pytest.approx(partner, abs=0.01))


@pytest.mark.parametrize(
    ("settings", "x", "y", "said"),
    [
        ("target=40 h1=18 actual_ytd_q3=40", "iq4", "sq4", "恰好达标：{iq4} = 0.0 %，与{sq4}无关。"),
        ("target=40 h1=18 actual_ytd_q3=40", "sq4", "iq4", "恰好达标：{iq4} = 0.0 %，与{sq4}无关。"),
        ("target=54 h1=18", "iq3", "iq4", "图中恰好达标的只有一处：{iq3} = 200.0 %，{iq4} = 200.0 %。"),
        ("target=60 h1=18", "iq3", "iq4", "图中没有恰好达标的组合。"),
        ("target=40 h1=18", "iq3", "iq4", "恰好达标：{iq4} = 244.4 − 1.00 × {iq3}"),
    ],
)
def test_the_line_on_the_map_in_words(haidong: Edition, settings: str, x: str, y: str, said: str) -> None:
    """By hand: Q3 brought all of 40 亿元, so only a standing Q4 lands on it;
    twice the pace in both quarters brings 18·3 = 54.
    """
    from ui.answers.lever_map_rows import Axes, on_target
    from ui.answers.lever_map_words import line_in_words
    from ui.text.speech import Speech

    scenario = scenario_of(haidong, *(f"{INVESTMENT}.{setting}" for setting in settings.split()))
    names = {"iq3": "intensity_q3", "iq4": "intensity_q4", "sq4": "starts_q4"}
    levers = {
        short: haidong.levers[id]
        for short, name in names.items()
        for id in haidong.own_levers(INVESTMENT)
        if id.endswith(name)
    }
    axes = Axes.of(levers[x], levers[y])
    projection = project(haidong, scenario)[INVESTMENT]
    line = on_target(Outcome(haidong, scenario, projection), axes)
    speech = Speech("zh")
    words = line_in_words(projection, axes, line, speech)
    assert re.sub("<[^>]*>", "", words) == said.format(
        **{short: speech.pick(lever.label) for short, lever in levers.items()}
    )


def test_without_a_first_half_the_page_says_why_there_is_no_intensity(haidong: Edition) -> None:
    from ui.answers.sentences import result_sentence
    from ui.text.speech import Speech

    for settings in ((), (f"{INVESTMENT}.actual_completion_q3=20",)):
        for h1, is_said in (("0", True), ("1", False)):
            scenario = scenario_of(haidong, f"{INVESTMENT}.h1_completion={h1}", *settings)
            said = result_sentence(haidong, scenario, project(haidong, scenario)[INVESTMENT], Speech("zh"))
            assert ("所以算不出要多少强度" in said) == is_said, said


def test_the_colours_of_the_map_are_named_by_what_they_stand_against(haidong: Edition) -> None:
    from ui.answers.lever_map_words import map_marks
    from ui.text.speech import Speech

    now = project(haidong, baseline(haidong))
    named = {
        id: list(map_marks(haidong, projection, Speech("zh")).values()) for id, projection in now.items()
    }
    assert named[INVESTMENT] == ["不足目标", "超过目标", "恰好达标"]
    assert named[TELECOM] == ["低于参照值", "高于参照值", "恰为参照值"]
    assert named["outside_funds"] == ["低于现在", "高于现在"], "no target, no line"


def test_the_stand_in_is_named_while_one_share_still_is_the_nations(haidong: Edition) -> None:
    from ui.answers.sentences import caveats
    from ui.text.speech import Speech

    def named(*settings: str) -> bool:
        scenario = scenario_of(haidong, *settings)
        return any(
            "全国数" in said
            for said in caveats(haidong, scenario, project(haidong, scenario)[VALUE_ADDED], Speech("zh"))
        )

    assert named() and named(f"{VALUE_ADDED}.h1_share=47") and named(f"{VALUE_ADDED}.q3_share_of_h2=45")
    assert not named(f"{VALUE_ADDED}.h1_share=47", f"{VALUE_ADDED}.q3_share_of_h2=45")


def test_a_change_too_fine_for_its_step_is_seen(haidong: Edition) -> None:
    """The edition's own share is 46.8166 %, which an entry of 46.8 is not."""
    start = f"{VALUE_ADDED}.q3=13.9"
    said = sentence(haidong, "zh", VALUE_ADDED, start, f"{VALUE_ADDED}.h1_share=46.8", before=(start,))
    assert "上年上半年增加值比重由 46.82 % [代用] 调到 46.80 % [录入]" in said
    assert "由 13.82494 % 升至 13.82495 %，提高 0.00001 个百分点" in said


def test_a_change_adds_up_as_it_is_printed(haidong: Edition) -> None:
    """By hand: 90 + 22.5·0.3 = 96.75; 56/66 = 84.848 and 58/66 = 87.879, 3.030 more,
    where 84.8 + 3.0 is not 87.9.
    """
    assert "由 84.85 % 升至 87.88 %，提高 3.03 个百分点" in sentence(
        haidong, "zh", "start_rate", "start_rate.starts_q3=2"
    )
    said = sentence(haidong, "zh", INVESTMENT, f"{INVESTMENT}.intensity_q3=130")
    assert "由年度目标的 90.00 % 升至 96.75 %，提高 6.75 个百分点，还缺 3.25 个百分点" in said


def test_a_first_reading_is_not_said_to_be_in_another_unit(haidong: Edition) -> None:
    said = sentence(haidong, "zh", "fair_start_rate", "fair_start_rate.q3=80")
    assert "为 80.0 %（参照尚无读数）" in said
    said = sentence(haidong, "zh", INVESTMENT, f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18")
    assert "与参照口径不同" in said


def test_several_targets_stand_each_beside_its_own_bar(haidong: Edition) -> None:
    from ui.answers.plan_rows import bar_rows, columns_of
    from ui.text.speech import Speech

    def drawn(now: str, plan: str) -> list[tuple[str, str]]:
        opened = opened_with(haidong, scenario_of(haidong, *now.split()), scenario_of(haidong, plan))
        rows = bar_rows(haidong, columns_of(opened, Speech("zh")), "outside_funds", Speech("zh"))
        return [(row["label"].partition("亿元")[2], row["target_text"]) for row in rows]

    assert drawn("outside_funds.target=50", "outside_funds.target=60") == [
        ("", ""),
        (" [录入] · 年度目标 50.00", ""),
        (" [录入] · 年度目标 60.00", ""),
    ]
    assert drawn("outside_funds.target=50", "outside_funds.target=50") == [
        ("", ""),
        (" [录入]", "年度目标 50.00"),
        (" [录入]", ""),
    ]


def test_a_band_of_a_flow_is_never_one_of_amounts(haidong: Edition) -> None:
    """Where H1 brought nothing there is no intensity, and what is left is in 亿元."""
    from dataclasses import replace

    def with_figure(id: str, **changed: object) -> Edition:
        return replace(
            haidong,
            id="nothing-yet",
            figures={**haidong.figures, id: replace(haidong.figures[id], **changed)},
        )

    # may have been −0.005 to 0.005
    nothing = with_figure("outside_funds.h1", value=Fraction(0), written="0.00")
    assert rounding_band(nothing, scenario_of(nothing, "outside_funds.target=50"), "outside_funds") is None
    printed = with_figure(f"{INVESTMENT}.target_index", tag="printed", written="100")
    none_by_june = scenario_of(printed, f"{INVESTMENT}.h1_completion=0")
    assert rounding_band(printed, none_by_june, INVESTMENT) is None
    assert (
        rounding_band(haidong, scenario_of(haidong, "outside_funds.target=50"), "outside_funds") is not None
    )


def test_no_chart_calls_a_benchmark_a_target(haidong: Edition) -> None:
    from ui.answers.plan_rows import bar_rows, columns_of
    from ui.answers.sensitivity_rows import swings_rows
    from ui.text.speech import Speech

    now, speech = baseline(haidong), Speech("zh")
    projection = project(haidong, now)[TELECOM]
    bars = bar_rows(haidong, columns_of(opened_with(haidong, now), speech), TELECOM, speech)
    for row in (bars[0], swings_rows(haidong, projection, swings(haidong, now, TELECOM), speech)[0]):
        assert row["target_text"] == "参照 20.0"


def test_pairs_that_start_more_projects_than_are_left_are_closed(haidong: Edition) -> None:
    rows = pairs(haidong, "start_rate", "start_rate.starts_q3", "start_rate.starts_q4")
    cells = cells_of(rows)
    # 11 × 11 pairs; 1 + 2 + … + 10 of them over 10
    assert (len(cells), len([cell for cell in cells if cell["shut"]])) == (121, 55)


def test_no_path_is_required_where_the_first_half_has_done_it_all(projected) -> None:
    assert projected(f"{INVESTMENT}.h1_completion=150")[INVESTMENT].required_path is None
    assert projected()[INVESTMENT].required_path.full_year == 100


def test_text_from_an_edition_is_never_read_as_markup(haidong: Edition) -> None:
    from dataclasses import replace

    from hdmodel import Words
    from ui.answers.sentences import result_sentence
    from ui.text.speech import Speech

    funds = replace(
        haidong.indicators["outside_funds"],
        unit="<i>u</i>",
        amount_unit="<i>u</i>",
        label=Words.alike("<b>n</b>"),
    )
    edition = replace(haidong, id="marked-up", indicators={**haidong.indicators, "outside_funds": funds})
    scenario = scenario_of(edition, "outside_funds.target=50")
    said = result_sentence(edition, scenario, project(edition, scenario)["outside_funds"], Speech("zh"))
    assert "&lt;i&gt;u&lt;/i&gt;" in said and "&lt;b&gt;n&lt;/b&gt;" in said
    assert "<i>u" not in said and "<b>n" not in said


def test_once_q3_is_known_the_band_varies_the_shares_that_nobody_has_entered(haidong: Edition) -> None:
    h1_share, q3_share, known = (
        f"{VALUE_ADDED}.{name}" for name in ("h1_share", "q3_share_of_h2", "actual_q3")
    )

    def varied(*settings: str) -> set[str]:
        band = weight_band(haidong, scenario_of(haidong, *settings), VALUE_ADDED)
        return set() if band is None else {*band.at_low, *band.at_high}

    assert varied() == {h1_share}, "Q3's own share does not weigh on what both quarters need"
    assert varied(f"{known}=10") == {h1_share, q3_share}
    assert varied(f"{known}=10", f"{q3_share}=50") == {h1_share}
    assert varied(f"{known}=10", f"{h1_share}=46") == {q3_share}
    assert varied(f"{known}=10", f"{h1_share}=46", f"{q3_share}=50") == set()


def test_figures_that_nothing_is_reckoned_with_do_not_multiply_the_rounding_band(haidong: Edition) -> None:
    from dataclasses import replace

    from hdmodel.bands import rounding_band

    id = "industrial_value_added"
    spare = {f"{id}.spare{n}": replace(haidong.figures[f"{id}.h1"], id=f"{id}.spare{n}") for n in range(300)}
    edition = replace(haidong, id="invented-spare", figures={**haidong.figures, **spare})
    assert (
        rounding_band(edition, baseline(edition), id)
        == rounding_band(haidong, baseline(haidong), id)
        is not None
    )


NUMBER = r"[−+]?\d+(?:\.\d+)?"


def decimals_in(text: str) -> set[int]:
    return {len(number.partition(".")[2]) for number in re.findall(NUMBER, text)}


@given(st.data())
def test_the_parts_of_a_sentence_agree_as_they_are_printed(haidong: Edition, data: st.DataObject) -> None:
    """Of one precision each, and the year with what is missing makes the target."""
    from ui.answers.reason_sentences import change_sentence
    from ui.text.speech import Speech

    id = data.draw(st.sampled_from([VALUE_ADDED, INVESTMENT, "start_rate"]))
    before, after = (data.draw(scenarios_of(haidong)) for _ in range(2))
    said = change_sentence(
        Transition(haidong, before, after, id), Speech("zh"), is_logged=data.draw(st.booleans())
    )
    found = re.search(rf"由(?:年度目标的)? ({NUMBER}) (%|亿元)升至 .*", said.replace(" 升至", "升至"))
    if not found or project(haidong, after)[id].target is None:
        return
    result = said[found.start() :].partition("（")[0]
    assert len(decimals_in(result)) == 1, said
    numbers = [Fraction(number.replace("−", "-")) for number in re.findall(NUMBER, result)]
    by = re.search(rf"提高 ({NUMBER})", result)
    if by:
        assert numbers[0] + numbers[2] == numbers[1], said
    still = re.search(rf"还缺 ({NUMBER})", result)
    if still:
        assert half_up(project(haidong, after)[id].target, 2) == numbers[1] + Fraction(still[1]), said


def test_what_is_missing_has_the_decimals_of_the_year_beside_it(haidong: Edition) -> None:
    """By hand: 67.5 + 22.5·1.03 = 90.675 and 67.5 + 22.5·1.09 = 92.025, where 90.7 + 1.4 is not 92.0,
    and 92.03 + 7.98 not 100.
    """
    start = f"{INVESTMENT}.intensity_q3=103"
    said = sentence(haidong, "zh", INVESTMENT, f"{INVESTMENT}.intensity_q3=109", before=(start,))
    assert "由年度目标的 90.675 % 升至 92.025 %，提高 1.350 个百分点，还缺 7.975 个百分点" in said


@pytest.mark.parametrize(
    ("entered", "value", "said"),
    [
        ("pro_rata.q3", "72.5", "由 75.0 % [推算] 调到 72.5 % [录入]"),
        (f"{VALUE_ADDED}.actual_q3", "12.25", "12.25 %"),
        (f"{INVESTMENT}.target", "40.125", "40.125 亿元"),
    ],
)
def test_an_entry_is_said_as_it_counts(haidong: Edition, entered: str, value: str, said: str) -> None:
    """Finer than its step: 72.5 % was said to be 73 %, and 40.125 亿元 to be 40.13."""
    from ui.answers.reason_sentences import lever_change
    from ui.text.speech import Speech

    states = baseline(haidong), scenario_of(haidong, f"{entered}={value}")
    assert said in lever_change(haidong, entered, states, Speech("zh"))


def test_the_log_has_one_precision_for_a_quantity(haidong: Edition) -> None:
    """By hand: 56/66 = 84.85 and 58/66 = 87.88, where 84.8 + 3.0 is not 87.9: the log leaves the 3.0 out."""
    from ui.answers.reason_sentences import change_sentence
    from ui.text.speech import Speech

    moved, speech = scenario_of(haidong, "start_rate.starts_q3=2"), Speech("zh")
    said = change_sentence(
        Transition(haidong, baseline(haidong), moved, "start_rate"), speech, is_logged=True
    )
    assert "开复工率年末由 84.8 % 升至 87.9 %，还缺 12.1 个百分点（示意：年度目标）。" in said


def test_what_was_not_there_is_entered_and_not_said_to_be_unpublished(haidong: Edition) -> None:
    amounts = (f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18")
    said = sentence(haidong, "zh", INVESTMENT, *amounts, f"{INVESTMENT}.planned_q3=14.23", before=amounts)
    assert said.startswith("一般性工业投资，三季度台账计划启用，为 14.23 亿元：")
    said = sentence(haidong, "zh", INVESTMENT, *amounts)
    assert said.startswith("录入年度投资目标 40.00 亿元、录入上半年完成投资 18.00 亿元：")
    back = sentence(haidong, "zh", INVESTMENT, before=amounts)
    assert back.startswith("撤去录入的年度投资目标（原为 40.00 亿元）") and "未公布" not in back


def test_what_is_copied_is_numbers_with_their_unit_beside_them(haidong: Edition) -> None:
    from ui.answers.plan_rows import columns_of
    from ui.answers.plan_sheet import sheet
    from ui.text.speech import Speech

    plan = scenario_of(haidong, "start_rate.starts_q3=5", "start_rate.starts_q4=5", f"{VALUE_ADDED}.q3=-5")
    now = scenario_of(haidong, f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18")
    opened = opened_with(haidong, now, plan)
    for language in ("en", "zh"):
        text = sheet(haidong, columns_of(opened, Speech(language)), Speech(language))
        assert "−" not in text
        lines = [line.split("\t") for line in text.splitlines()]
        assert {len(line) for line in lines} == {6}
        for _, _, unit, *cells in lines[1:]:
            assert not unit or all(cell == "" or float(cell) is not None for cell in cells)
            assert unit or not any(re.search(r"\d", cell) for cell in cells)
    assert ["规模以上工业增加值", "缺口（负数表示超出）", "个百分点", "-8.3", "-8.3", "-3.6"] in lines
    assert ["规模以上工业增加值", "三、四季度增速均不低于", "%", "-1.8", "-1.8", "-1.8"] in lines
    assert ["一般性工业投资", "全年，占年度目标", "%", "", "", "94.0"] in lines
    assert ["一般性工业投资", "全年", "亿元", "36.00", "36.00", ""] in lines
    assert ["一般性工业投资", "标签", "", "[录入]", "[录入]", "[示意]"] in lines
    assert ["开复工率", "下半年合计须开", "项", "10", "10", "10"] in lines
    assert ["开复工率", "其中已安排", "项", "0", "0", "10"] in lines


def test_a_plan_that_starts_every_project_is_not_told_to_start_more(haidong: Edition) -> None:
    from ui.answers.plan_rows import columns_of, result_rows
    from ui.text.speech import Speech

    plan = scenario_of(haidong, "start_rate.starts_q3=5", "start_rate.starts_q4=5")
    opened = opened_with(haidong, scenario_of(haidong, f"{INVESTMENT}.h1_completion=120"), plan)
    rows = [
        [re.sub("<[^>]*>", " ", cell) for cell in row]
        for row in result_rows(haidong, columns_of(opened, Speech("zh")), Speech("zh"))
    ]
    started, invested = rows[4], rows[1]
    assert "下半年合计须开  10 项 ，已安排 10 项" in started[3] and "已安排 0 项" in started[1]
    assert "后两季取可设的任何值都能达到" in invested[2] and "占年度目标 [示意] [录入]" in invested[2]


@pytest.mark.parametrize(
    ("settings", "rests"),
    [
        ((), "（示意：年度目标、上半年完成率）"),
        ((f"{INVESTMENT}.h1_completion=50",), "（示意：年度目标；录入：上半年完成率）"),
        ((f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=18"), "（录入：年度目标、上半年数）"),
    ],
)
def test_the_sentence_to_send_says_what_it_rests_on(
    haidong: Edition, settings: tuple[str, ...], rests: str
) -> None:
    from ui.page.share import message_of
    from ui.text.speech import Speech

    opened = opened_with(haidong, scenario_of(haidong, *settings))
    assert message_of(opened, Speech("zh")).endswith(rests)
    assert "亿元 " not in message_of(opened, Speech("zh"))


def test_what_is_missing_agrees_with_a_target_that_is_finer_than_usual(haidong: Edition) -> None:
    """By hand: 41.76 + 0.1044 = 41.8644 of 50.005, where 41.86 + 8.14 is not 50.01."""
    start = "outside_funds.target=50.005"
    said = sentence(haidong, "zh", "outside_funds", start, "outside_funds.intensity_q3=101", before=(start,))
    assert "由 41.760 亿元升至 41.864 亿元，提高 0.104 亿元，还缺 8.141 亿元" in said
