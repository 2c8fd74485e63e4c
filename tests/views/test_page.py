"""The page through Streamlit's own test harness: what it shows for a state,
and how it behaves without a browser.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput

from hdmodel import PageState, baseline, open_link, preset, project, released_edition, write_link
from hdmodel.links.plans import Plan, read_plan, write_plan
from hdmodel.links.values import written
from hdmodel.projection import Outcome
from tests.indicators import INVESTMENT
from tests.page import card, html_of, opened_page, supposed, told_to_the_browser, written_address
from tests.scenarios import scenario_of, usable
from ui.answers.path_rows import path_rows
from ui.answers.sentences import result_sentence
from ui.charts.colours import DARK, LIGHT
from ui.charts.legend import path_marks
from ui.charts.path_chart import path_spec
from ui.page.levers import levers_in_sight, moved_in_sight
from ui.page.share import address_of
from ui.session import keys, late_messages
from ui.session.visit import holds
from ui.text.speech import Speech


def test_the_page_opens_on_the_investment_and_shows_five_cards() -> None:
    page = opened_page()
    cards = [
        button.key for button in page.button if button.key.startswith("card-") and "fair" not in button.key
    ]
    assert cards == [
        f"card-{id}"
        for id in (
            "industrial_value_added",
            "general_industrial_investment",
            "outside_funds",
            "telecom_volume",
            "start_rate",
        )
    ]
    assert "缺口 10.0 个百分点" in html_of(page)
    assert "122.2 %" in html_of(page) and "144.4 %" in html_of(page)


@pytest.mark.parametrize(
    ("id", "parts"),
    [
        (
            "industrial_value_added",
            [
                "13.8 %",
                "达标",
                "5.5 %",
                "8.3 个百分点",
                "[推算]",
                "[原文]",
                "前三季度累计",
                "当季 三季度 13.8 %",
            ],
        ),
        (
            "general_industrial_investment",
            ["90.0 %", "加力可达", "缺口 10.0 个百分点", "[示意]", "慢于序时 5.0 个百分点"],
        ),
        ("outside_funds", ["41.76 亿元", "未设目标", "20.88 亿元", "[原文]"]),
        ("telecom_volume", ["20.0 %", "15.94 亿元", "持平", "参照", "前三季度累计", "当季 三季度 20.0 %"]),
        ("start_rate", ["84.8 %", "还差 10 项", "原文 84 %", "56/66", "84.85 %"]),
    ],
)
def test_a_card_says_the_year_the_target_and_where_its_numbers_come_from(id: str, parts: list[str]) -> None:
    label = card(opened_page(), id)
    for part in parts:
        assert part in label, label


def test_untouched_widgets_are_the_baseline_to_the_last_digit(haidong) -> None:
    page = opened_page("focus=industrial_value_added")
    page.run()
    assert page.session_state[keys.NOW] == baseline(haidong)
    page.slider("industrial_value_added.q3").set_value(3.0).run()
    assert page.session_state[keys.NOW] == scenario_of(haidong, "industrial_value_added.q3=3")


def test_the_address_says_what_is_supposed_in_every_view_whether_it_is_in_sight_or_not() -> None:
    page = opened_page("telecom_volume.q3=31&outside_funds.target=50&p2=gii.iq3_90~a</script>b")
    page.slider(INTENSITY).set_value(120).run()
    plan = write_plan(released_edition(), read_plan(released_edition(), "p2", "gii.iq3_90~a</script>b", []))
    assert plan.endswith("~a</script>b")
    state = {"e": "haidong-2022-h1", "telecom_volume.q3": "31", "outside_funds.target": "50", "p2": plan}
    assert written_address(page) == {**state, INTENSITY: "120"}
    for view in ("required", "compare", "projects", "sources"):
        page.button(f"view-{view}").click().run()
        assert written_address(page) == {**state, INTENSITY: "120", "view": view}
        assert "</script>b" not in " ".join(element.proto.body for element in page.get("html"))
    page.button("view-explore").click().run()
    page.button("card-telecom_volume").click().run()
    page.slider("telecom_volume.q3").set_value(20.0).run()
    del state["telecom_volume.q3"]
    assert written_address(page) == {**state, INTENSITY: "120", "focus": "telecom_volume"}, (
        "at its default it is not said"
    )


def test_moving_a_slider_moves_the_card_the_sentence_and_the_chart() -> None:
    page = opened_page()
    page.slider("general_industrial_investment.intensity_q3").set_value(120)
    page.slider("start_rate.starts_q3").set_value(4).run()
    assert "97.1 %" in card(page, "general_industrial_investment")
    assert "缺口 2.9 个百分点" in html_of(page)
    assert "112.1 %" in html_of(page)
    assert "还差 6 项" in card(page, "start_rate")


def test_the_last_state_is_kept_as_a_ghost(haidong) -> None:
    state = open_link([])
    moved = open_link([("general_industrial_investment.intensity_q3", "120")])
    before, now = (
        project(haidong, opened.scenario)["general_industrial_investment"] for opened in (state, moved)
    )
    rows = path_rows(Outcome(haidong, moved.scenario, now), before, Speech("zh"))
    assert [row["ghost"] for row in rows] == [None, 67.5, 90]
    assert [row["ruler"] for row in rows] == [50, 75, 100]
    assert [row["required"] for row in rows] == [45, 72.5, 100]
    assert (rows[0]["fact"], rows[1]["supposed_from"], rows[1]["supposed_to"]) == (45, 45, 72)


def test_a_growth_path_shows_cumulative_and_quarter_apart_and_no_pro_rata_ruler(haidong) -> None:
    opened = open_link([("industrial_value_added.q3", "-20")])
    rows = path_rows(
        Outcome(haidong, opened.scenario, project(haidong, opened.scenario)["industrial_value_added"]),
        None,
        Speech("en"),
    )
    assert {row["ruler"] for row in rows} == {None}
    assert rows[1]["quarter"] == -20 and rows[1]["quarter_text"] == "alone −20.0"
    assert rows[1]["total"] == pytest.approx((174427.0 * 13.8 + 92925.0 * -20) / (174427.0 + 92925.0))


def test_the_legend_names_the_marks_that_are_drawn_and_no_others(haidong) -> None:
    def marks(id: str, *settings: tuple[str, str], before: tuple[str, str] | None = None) -> list[str]:
        opened, last = open_link(settings), open_link([before]) if before else None
        projection = project(haidong, opened.scenario)[id]
        rows = path_rows(
            Outcome(haidong, opened.scenario, projection),
            project(haidong, last.scenario)[id] if last else None,
            Speech("zh"),
        )
        return list(path_marks(rows, "[示意]", "", Speech("zh")))

    investment = "general_industrial_investment"
    assert marks(investment) == ["fact", "supposed", "target", "required", "ruler"]
    assert marks(investment, before=(f"{investment}.intensity_q3", "120"))[-1] == "ghost"
    assert marks("industrial_value_added", ("industrial_value_added.q3", "5")) == [
        "fact",
        "supposed",
        "quarter",
        "target",
    ]
    assert marks("outside_funds") == ["fact", "supposed"], (
        "no target, so nothing is required and there is no ruler"
    )
    assert marks("fair_start_rate") == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("end", ["low", "high"])
def test_every_sentence_and_chart_makes_sense_at_every_end(haidong, language: str, end: str) -> None:
    for lever in haidong.levers.values():
        values = usable(haidong, {lever.id: getattr(lever, end)})
        opened = open_link([*((id, written(value)) for id, value in values.items()), ("lang", language)])
        assert opened.problems == ()
        for id, projection in project(haidong, opened.scenario).items():
            sentence = result_sentence(haidong, opened.scenario, projection, Speech(language))
            rows = path_rows(Outcome(haidong, opened.scenario, projection), None, Speech(language))
            for text in (sentence, str(rows)):
                assert not re.search(r"nan|inf\b|∞|[-−]0(\.0+)?\b", text), (lever.id, id, text)
            assert all(row["domain_low"] < row["domain_high"] for row in rows)


def test_other_views_focus_and_language_come_from_the_address() -> None:
    page = opened_page("view=sources&lang=en")
    tables = html_of(page)
    assert "Figures" in tables
    for part in (
        "13.8",
        "Haidong Daily",
        "par. 3",
        "80867.1",
        "not published",
        "Growth of the year",
        "Q4 intensities fall",
    ):
        assert part in tables, part
    assert "三季度业务总量当季增速" in [
        slider.label.split("（")[0] for slider in opened_page("focus=telecom_volume").slider
    ]


def test_a_bad_address_gives_a_notice_that_names_each_fault() -> None:
    page = opened_page(
        "industrial_value_added.q3=13.85&foo=<b>x</b>&start_rate.starts_q3=99&lang=xx&telecom_volume.q4=31"
    )
    notice = html_of(page)
    parts = ("三季度增加值当季增速（industrial_value_added.q3）= 13.85", "13.9", "foo = <b>x</b>")
    for part in (*parts, "（start_rate.starts_q3）= 99", "0…10", "lang = xx"):
        assert part in notice, notice
    assert "四季度 31.0 %" in card(page, "telecom_volume")
    page.button("dismiss").click().run()
    assert "foo" not in html_of(page)


def test_a_shared_link_with_its_own_results_gets_a_quiet_mark(haidong) -> None:
    link = write_link(open_link([("telecom_volume.q3", "31"), ("focus", "telecom_volume")], haidong))
    page = opened_page(link)
    assert "结果与链接发出时一致" in html_of(page) and "结果不同" not in html_of(page)
    assert "三季度 31.0 %" in card(page, "telecom_volume")
    page.slider("telecom_volume.q3").set_value(32.0).run()
    assert "结果与链接发出时一致" not in html_of(page), "the mark is about what was opened"


def test_an_altered_link_shows_then_and_now_until_it_is_dismissed(haidong) -> None:
    link = write_link(open_link([("telecom_volume.q3", "31")], haidong))
    page = opened_page(link.replace("gii.iq3=100", "gii.iq3=120"))
    for part in ("与链接发出时的结果不同", "链接被改过", "一般性工业投资90.094.5 %"):
        assert part in html_of(page), html_of(page)
    page.slider("general_industrial_investment.intensity_q3").set_value(130).run()
    assert "90.094.5 %" in html_of(page), "what was sent stays, whatever is moved"
    page.button("dismiss-sent-results").click().run()
    assert "链接被改过" not in html_of(page)


def test_a_scenario_replaces_every_lever() -> None:
    page = opened_page("telecom_volume.q3=31&outside_funds.target=50")
    page.session_state["scenarios"] = True  # opens the menu
    page.run()
    page.button("scenario-winter_slowdown").click().run()
    assert "三季度 20.0 % 四季度 20.0 %" in card(page, "telecom_volume")
    assert "83.25 %" in card(page, "general_industrial_investment")
    assert "缺口" in card(page, "outside_funds"), "what was entered stays"
    page.button("scenario-h1_pace_holds").click().run()
    assert "90.0 %" in card(page, "general_industrial_investment")


def test_two_quarters_cannot_start_more_projects_than_are_left() -> None:
    page = opened_page("start_rate.starts_q3=6")
    page.slider("start_rate.starts_q4").set_value(9).run()
    assert page.slider("start_rate.starts_q4").value == 4
    assert "最多 10" in page.warning[0].value.replace("\\", "")
    assert "100.0 %" in card(page, "start_rate")


def test_a_typed_value_moves_the_slider_and_one_between_two_steps_says_so() -> None:
    page = opened_page("focus=industrial_value_added")
    page.number_input("typed:industrial_value_added.q3").set_value(5.0).run()
    assert page.slider("industrial_value_added.q3").value == 5.0
    page.number_input("typed:industrial_value_added.q3").set_value(6.27).run()
    assert page.slider("industrial_value_added.q3").value == 6.3
    assert "6.27" in page.warning[0].value.replace("\\", "")


def test_a_control_that_lags_behind_is_told_again() -> None:
    slider, field = (
        "general_industrial_investment.intensity_q3",
        "typed:general_industrial_investment.intensity_q3",
    )
    page = opened_page()
    page.number_input(field).set_value(111.0).run()
    page.number_input(field).set_value(112.0).run()
    page.number_input(field).set_value(111.0)
    page.slider(slider).set_value(111)  # what the browser showed before it heard of 112
    page.run()
    assert page.slider(slider).proto.set_value and page.slider(slider).value == 111
    page.slider(slider).set_value(112).run()
    page.slider(slider).set_value(111)
    page.number_input(field).set_value(111.0)
    page.run()
    assert page.number_input(field).proto.set_value and page.number_input(field).value == 111


def run_seen(page: AppTest) -> NumberInput:
    """The number of the last run whose answer the browser has seen."""
    return page.number_input("run-seen")


def test_a_press_that_was_on_its_way_takes_back_nothing_that_the_run_before_it_has_set() -> None:
    page = opened_page()
    seen, typed = run_seen(page).value, f"typed:{INTENSITY}"
    page.slider(INTENSITY).set_value(115).run()
    assert page.number_input(typed).value == 115
    run_seen(page).set_value(seen)
    page.number_input(typed).set_value(100.0)  # what it showed when the next lever was moved
    page.slider(INTENSITY_Q4).set_value(90)
    page.run()
    assert (page.slider(INTENSITY).value, page.slider(INTENSITY_Q4).value) == (115, 90)
    assert page.number_input(typed).value == 115 and page.number_input(typed).proto.set_value


def test_what_was_typed_back_after_the_browser_had_heard_counts() -> None:
    page = opened_page()
    page.slider(INTENSITY).set_value(115).run()
    page.number_input(f"typed:{INTENSITY}").set_value(100.0)
    page.run()
    assert page.slider(INTENSITY).value == 100


def test_two_moves_that_went_out_before_any_answer_both_count() -> None:
    page = opened_page()
    seen, typed = run_seen(page).value, f"typed:{INTENSITY}"
    page.slider(INTENSITY).set_value(115).run()
    halfway = run_seen(page).value
    page.slider(INTENSITY).set_value(120)
    page.number_input(typed).set_value(100.0)
    run_seen(page).set_value(seen)
    page.run()
    assert page.slider(INTENSITY).value == page.number_input(typed).value == 120
    run_seen(page).set_value(halfway)  # it has heard of 115, not of 120
    page.number_input(typed).set_value(115.0)
    page.slider(INTENSITY_Q4).set_value(90)
    page.run()
    assert page.slider(INTENSITY).value == page.number_input(typed).value == 120


def test_what_a_cut_off_run_had_set_is_set_again() -> None:
    page = opened_page()
    later = run_seen(page).value + 1
    page.session_state[keys.UNHEARD] = {
        INTENSITY: late_messages.Unheard(100, [(later, 31)]),
        INTENSITY_Q4: late_messages.Unheard(5, [(later, 31)]),
    }
    page.run()
    assert page.slider(INTENSITY).value == 31, "the browser still showed the old value: not a move"
    assert page.slider(INTENSITY_Q4).value == 100, "the browser showed something else: a move, and believed"
    page.run()
    assert page.session_state[keys.UNHEARD] == {}, "by now it has heard of all"


def test_a_slider_that_is_drawn_anew_stands_where_it_counts() -> None:
    page = opened_page(f"{INTENSITY_Q4}=90")
    page.slider(INTENSITY).set_value(115).run()
    assert page.slider(INTENSITY).proto.default == [115]
    assert page.slider(INTENSITY_Q4).proto.default == [90]


def test_amounts_that_are_entered_turn_the_investment_into_yuan() -> None:
    page = opened_page("general_industrial_investment.target=40")
    page.session_state["entries"] = True  # opens the fold-out
    page.run()
    assert "再录入上半年完成投资" in page.warning[0].value
    page.number_input("general_industrial_investment.h1").set_value(18.0).run()
    label = card(page, "general_industrial_investment")
    assert "36.00 亿元" in label
    assert "[录入]" in label
    assert "缺口 4.00 亿元" in html_of(page)


def test_an_entry_finer_than_a_field_can_hold_stays_as_it_was_sent() -> None:
    digits = "50.123456789012345678901"
    page = opened_page(f"focus=outside_funds&outside_funds.target={digits}")
    page.session_state["entries"] = True  # opens the fold-out: the field holds a float
    page.run()
    assert page.number_input("outside_funds.target").value == 50.123456789012345
    assert written_address(page)["outside_funds.target"] == digits
    page.number_input("outside_funds.target").set_value(50.1).run()
    assert written_address(page)["outside_funds.target"] == "50.1"


def test_whatever_a_lever_in_sight_moves_is_drawn_again_at_a_press(haidong) -> None:
    start = open_link([], haidong)
    before = project(haidong, start.scenario)
    for focus in haidong.indicators:
        opened = replace(start, focus=focus)
        levers = [lever for id in levers_in_sight(opened) if not (lever := haidong.levers[id]).is_entry]
        assert levers, focus
        for lever in levers:
            after = project(haidong, scenario_of(haidong, f"{lever.id}={written(lever.high)}"))
            changed = {id for id in haidong.indicators if after[id] != before[id]}
            assert changed and changed <= {*moved_in_sight(opened)}, (focus, lever.id)


def test_a_field_that_is_emptied_leaves_its_lever_where_it_is() -> None:
    page = opened_page(f"{INTENSITY}=120")
    page.number_input(f"typed:{INTENSITY}").set_value(None).run()
    assert page.slider(INTENSITY).value == 120 and page.number_input(f"typed:{INTENSITY}").value == 120


def test_a_target_for_outside_funds_gives_a_shortfall() -> None:
    page = opened_page("focus=outside_funds&outside_funds.target=50")
    assert "缺口 8.24 亿元" in html_of(page)


def test_a_rate_without_a_figure_says_so() -> None:
    page = opened_page("focus=fair_start_rate")
    assert "未公布数值" in html_of(page)
    page.number_input("fair_start_rate.q3").set_value(41.0).run()
    assert "41.0 %" in html_of(page)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_a_chart_is_words_free_and_data_free_and_built_the_same_each_time(look) -> None:
    spec = path_spec(look)
    assert "data" not in str(spec.keys()) and spec == path_spec(look)
    text = str(spec)
    assert not re.search(r"[\u4e00-\u9fff]", text)
    worked_out = {name for step in spec["transform"] for name in step if name != "as"}
    assert worked_out == {"calculate"}, "what a drag has moved is taken over, and nothing else worked out"
    sums = re.sub(r"'[^']*'|datum\.\w+", "", " ".join(step["calculate"] for step in spec["transform"]))
    assert not re.search(r"[0-9.a-z)] ?[+*/] ?[0-9.a-z(]", sums), "no formula"
    assert "transform" not in str(spec["layer"]) and "filter" not in text.replace("filtered", "")


def test_every_visitor_has_a_state_of_their_own() -> None:
    one, two = opened_page(), opened_page()
    one.slider("general_industrial_investment.intensity_q3").set_value(10).run()
    two.run()
    assert "90.0 %" in card(two, "general_industrial_investment")
    assert isinstance(two.session_state[keys.OPENED], PageState)


INTENSITY, INTENSITY_Q4 = (f"general_industrial_investment.intensity_{quarter}" for quarter in ("q3", "q4"))


def kept(page: AppTest, slot: str) -> Plan:
    plan = read_plan(released_edition(), slot, page.session_state[slot], problems := [])
    assert plan is not None and problems == []
    return plan


def test_plans_are_kept_named_loaded_swapped_and_cleared() -> None:
    page = opened_page(f"view=compare&{INTENSITY}=120")
    page.button("keep-p1").click().run()
    page.text_input("name-p1").set_value("稳妥~版").run()
    assert "保底 · 稳妥版" in html_of(page)
    page.session_state["preset-p2"] = True  # opens the menu
    page.run()
    page.button("preset-p2-winter_slowdown").click().run()
    assert "争取 · 冬季放缓" in html_of(page)
    page.button("load-p2").click().run()
    assert supposed(page, INTENSITY_Q4) == 70
    page.button("swap-p1").click().run()
    assert supposed(page, INTENSITY) == 120 and supposed(page, INTENSITY_Q4) == 100
    assert (
        kept(page, "p1").scenario == preset(released_edition(), "winter_slowdown")
        and kept(page, "p1").name == ""
    )
    page.button("clear-p1").click().run()
    assert page.session_state["p1"] == ""
    page.button("undo").click().run()
    assert kept(page, "p1").scenario == preset(released_edition(), "winter_slowdown"), (
        "nothing a stray click does is lost"
    )


def test_a_plan_that_is_replaced_or_cleared_is_named_with_the_way_back() -> None:
    page = opened_page(f"view=compare&{INTENSITY}=120")
    page.button("keep-p1").click().run()
    assert not page.toast, "nothing stood there"
    page.text_input("name-p1").set_value("稳妥").run()
    assert not page.toast
    page.button("load-p1").click().run()
    page.session_state["preset-p1"] = True
    page.run()
    page.button("preset-p1-winter_slowdown").click().run()
    assert [toast.value for toast in page.toast] == [r"“保底 · 稳妥”原有的方案已被替换，“撤销”可以找回。"]
    page.button("clear-p1").click().run()
    assert "已清空" in page.toast[0].value and "冬季放缓" in page.toast[0].value
    page.button("undo").click().run()
    page.button("undo").click().run()
    assert kept(page, "p1").name == "稳妥" and supposed(page, INTENSITY) == 120
    assert "互换：现状与方案对调" in page.caption[-1].value or any(
        "互换：现状与方案对调" in caption.value for caption in page.caption
    )


def test_a_scenario_that_is_kept_has_what_is_entered() -> None:
    entered = f"{INVESTMENT}.target=40&{INVESTMENT}.h1=17.2"
    page = opened_page(f"view=compare&{entered}")
    page.session_state["preset-p1"] = True
    page.run()
    page.button("preset-p1-winter_slowdown").click().run()
    values = kept(page, "p1").scenario.as_dict()
    assert (values[f"{INVESTMENT}.target"], values[f"{INVESTMENT}.h1"]) == (40, Fraction("17.2"))
    assert values[INTENSITY_Q4] == 70 and "未画" not in html_of(page)


def test_one_amount_of_two_says_which_is_missing_and_where() -> None:
    target, h1 = "年度投资目标", "上半年完成投资"
    for typed, value, missing in (
        ("target=40", f"{target} 40.00 亿元", h1),
        ("h1=17.2", f"{h1} 17.20 亿元", target),
    ):
        page = opened_page(f"{INVESTMENT}.{typed}")
        said = [warning.value.replace("\\", "") for warning in page.warning]
        assert len(said) == 1 and f"已录入{value}；再录入{missing}，才改按亿元计算" in said[0]
        assert f"还差{missing}" in html_of(page)
        assert ("年度目标没有公布" in html_of(page)) == (missing == target)
        assert "90.0 %" in html_of(page), "what is entered does nothing yet"
    assert not opened_page(f"{INVESTMENT}.target=40&{INVESTMENT}.h1=17.2").warning


def test_beside_amounts_stands_their_share_of_the_target() -> None:
    page = opened_page(f"{INVESTMENT}.target=40&{INVESTMENT}.h1=17.2&{INTENSITY}=150")
    assert "占目标：上半年 43.0 % 全年 96.75 %" in card(page, INVESTMENT), "17.2 + 12.9 + 8.6 = 38.7 of 40"
    assert "上半年 17.20 亿元" in card(page, INVESTMENT)
    assert "38.70 亿元，完成年度目标的 96.75 %，缺口 1.30 亿元" in html_of(page)
    page = opened_page(f"{INVESTMENT}.target=40&{INVESTMENT}.h1=17.2&{INTENSITY}=165")
    assert "全年 99.975 %" in card(page, INVESTMENT), "39.99 of 40 is not the whole of it"
    page = opened_page("outside_funds.target=50&focus=outside_funds&lang=en")
    assert "year 83.5" in card(page, "outside_funds")
    assert "占目标" not in card(opened_page(), "outside_funds")


def test_undo_after_a_reload_says_that_what_was_before_is_not_in_the_log() -> None:
    page = opened_page(f"{INTENSITY}=120")
    page.button("undo").click().run()
    assert "打开或刷新页面之前的步骤不在记录里" in page.toast[0].value


@pytest.mark.parametrize(
    ("page", "start"),
    [
        ("https://b.example/haidong", "https://b.example/haidong/?v="),
        ("https://b.example/haidong/", "https://b.example/haidong/?v="),
        ("https://b.example", "https://b.example/?v="),
        ("http://b.example:8501/?lang=en#x", "http://b.example:8501/?v="),
    ],
)
def test_a_link_under_a_sub_path_keeps_the_slash_after_it(page: str, start: str) -> None:
    assert address_of(page, open_link([])).startswith(start)


@pytest.mark.parametrize("view", ["explore", "required", "compare", "projects", "sources"])
def test_no_english_number_runs_into_its_unit(view: str) -> None:
    """36 100m yuan could be read as one number; ×100m yuan cannot."""
    page = opened_page(f"lang=en&view={view}&{INVESTMENT}.target=40&{INVESTMENT}.h1=18&focus={INVESTMENT}")
    texts = [element.proto.body for element in page.get("html")]
    texts += [element.value for kind in ("caption", "markdown", "warning") for element in getattr(page, kind)]
    texts += [str(element.proto) for element in page.get("arrow_vega_lite_chart")]
    if view == "explore":
        page.session_state[keys.QUESTION] = (INVESTMENT, "full_year")
        page.run()
        texts += [element.proto.body for element in page.get("html")]
        assert "×100m yuan" in " ".join(texts)
    shown = re.sub(r"<(style|script)\b.*?</\1>", "", " ".join(texts), flags=re.DOTALL)
    assert re.findall(r"\d[^<>]{0,3} 100m yuan", re.sub(r"<[^>]+>", "", shown)) == []


def test_the_comparison_says_what_the_model_says(haidong) -> None:
    page = opened_page(f"view=compare&{INTENSITY}=120&p3=gii.iq3_200_gii.iq4_200~<b>x</b>")
    said = html_of(page)
    for part in (
        "90.0 %",
        "94.5 %",
        "135.0 %",
        "缺口 5.5 个百分点",
        "三季度单项目投资强度（上半年=100 %）100 %120 %200 %",
        "90.0 % 占年度目标 [示意]",
        "冲刺 · <b>x</b>",
    ):
        assert part in said, said
    assert "强度以上半年单项目平均为 100 %。" in [caption.value for caption in page.caption]
    page.session_state["compare-sheet"] = True
    page.run()
    lines = [line.split("\t") for line in page.code[-1].value.splitlines()]
    assert {len(line) for line in lines} == {6}
    assert ["一般性工业投资", "全年，占年度目标", "%", "90.0", "94.5", "135.0"] in lines


def test_undo_and_redo_over_a_walk_end_where_they_began() -> None:
    page = opened_page("outside_funds.target=50&p2=gii.iq3_90")
    start = page.session_state[keys.NOW]
    for value in (10, 20, 30):
        page.slider(INTENSITY).set_value(value).run()
        page.slider("start_rate.starts_q3").set_value(value // 10).run()
    end = page.session_state[keys.NOW]
    for _ in range(6):
        page.button("undo").click().run()
    assert page.session_state[keys.NOW] == start and not page.toast
    page.button("undo").click().run()
    assert page.session_state[keys.NOW] == start and page.toast[0].value.startswith(
        "没有可以撤销的改动：打开"
    )
    for _ in range(6):
        page.button("redo").click().run()
    assert page.session_state[keys.NOW] == end and not page.toast
    page.button("redo").click().run()
    assert page.session_state[keys.NOW] == end and page.toast[0].value == "没有可以重做的改动"


def test_two_resets_each_to_its_own_state_and_both_can_be_undone() -> None:
    page = opened_page(f"{INTENSITY}=120&outside_funds.target=50")
    page.slider(INTENSITY).set_value(150).run()
    page.session_state["reset"] = True  # opens the menu
    page.run()
    page.button("reset-opened").click().run()
    assert page.slider(INTENSITY).value == 120
    page.button("reset-baseline").click().run()
    assert page.slider(INTENSITY).value == 100 and "outside_funds.target" not in written_address(page)
    page.button("undo").click().run()
    page.button("undo").click().run()
    assert page.slider(INTENSITY).value == 150 and written_address(page)["outside_funds.target"] == "50"


def test_a_lever_that_moves_together_with_a_click_on_undo_is_a_move_of_its_own() -> None:
    page = opened_page()
    page.slider(INTENSITY_Q4).set_value(30).run()
    page.slider(INTENSITY).set_value(150)
    page.button("undo").click().run()
    assert (page.slider(INTENSITY).value, page.slider(INTENSITY_Q4).value) == (100, 30)
    page.button("redo").click().run()
    assert page.slider(INTENSITY).value == 150


def test_a_plan_is_made_of_what_is_supposed_at_the_click() -> None:
    page = opened_page("view=compare&p1=gii.iq3_120~alt&p2=gii.iq3_130")
    page.text_input("name-p1").set_value("neu")
    page.button("clear-p1").click().run()
    assert page.session_state["p1"] == "", "a name does not bring back what was cleared"
    page.text_input("name-p2").set_value("neu")
    page.button("keep-p2").click().run()
    assert kept(page, "p2").scenario == baseline(released_edition()), "nor what was written over"


def test_the_reasons_between_two_are_about_the_indicator_of_the_chart() -> None:
    page = opened_page("view=compare&focus=fair_funds_rate&industrial_value_added.q3=20")
    assert "三季度增加值当季增速由 13.8 % 调到 20.0 %" in page.code[-1].value


def test_a_move_that_bears_on_no_single_indicator_is_still_told() -> None:
    page = opened_page("focus=general_industrial_investment")
    page.session_state["entries"] = True
    page.run()
    page.number_input("pro_rata.q3").set_value(80.0).run()
    assert "上一步：" in html_of(page) and "80" in html_of(page).partition("上一步：")[2][:60]


def test_an_address_that_needs_an_edition_which_is_not_here_stays_until_something_is_moved() -> None:
    page = opened_page("e=invented-own&industrial_value_added.q3=5")
    assert told_to_the_browser(page)["address"] is None
    page.button("view-sources").click().run()
    assert told_to_the_browser(page)["address"] is None
    page.button("view-explore").click().run()
    page.slider("general_industrial_investment.intensity_q3").set_value(110).run()
    address = written_address(page)
    assert (
        address["e"] == "haidong-2022-h1" and address["general_industrial_investment.intensity_q3"] == "110"
    )


def test_what_only_the_visit_holds_is_told_to_the_browser_in_words() -> None:
    page = opened_page("lang=en")
    first = told_to_the_browser(page)
    assert first["holds"] == {} and len(first["session"]) == 12
    page.slider("general_industrial_investment.intensity_q3").set_value(110).run()
    second = told_to_the_browser(page)
    assert second["holds"] == {"log": "the log (moves: 1)"} and second["session"] == first["session"]
    assert told_to_the_browser(opened_page())["session"] != first["session"]


def test_past_years_and_an_edition_of_ones_own_are_among_what_only_the_visit_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened, years = open_link([]), [0]
    monkeypatch.setattr("ui.session.state.count_own_years", lambda: years[0])
    monkeypatch.setattr("ui.session.visit_ledger.rows_of_ones_own", lambda: 0)
    monkeypatch.setattr("ui.session.history.history", lambda: SimpleNamespace(log=[None]))
    assert holds(opened, Speech("zh")) == {}
    years[0] = 3
    own = replace(opened, edition=replace(opened.edition, id="invented-own"))
    assert holds(own, Speech("zh")) == {"edition": "上传的版本 invented-own", "years": "往年数据（3 年）"}


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "zh",
            ["第3段，第1句两个分号之间：上半年省外资金项目的个数和到位资金", "未纳入推演：没有数字", "第8段"],
        ),
        ("en", ["par. 3, first sentence, between its semicolons: ", "Not modelled: No figure", "par. 8"]),
    ],
)
def test_sources_say_where_in_the_report_and_what_is_not_modelled(language: str, parts: list[str]) -> None:
    said = html_of(opened_page(f"view=sources&lang={language}"))
    for part in parts:
        assert part in said, part
