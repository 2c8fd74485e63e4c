"""Every number that can be clicked opens the arithmetic of that very number, in the state it stands for; nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from html import unescape
from math import ceil
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from hdmodel import Edition, Opened, Projection, Scenario, baseline, open_link, project, released_edition
from hdmodel.edition import Words
from hdmodel.given import lever_set, levers_at_work
from hdmodel.numbers import half_up
from hdmodel.paths import numbers_of, path_of
from hdmodel.plans import Plan
from hdmodel.reasons import reasons
from hdmodel.scenario import baseline_with_entries_of
from hdmodel.sensitivity import swings
from hdmodel.symbols import infix
from hdmodel.worked import line, worked_end
from hdmodel.worked_change import CHANGES, worked_change
from hdmodel.worked_crossing import worked_crossing, worked_trade_off
from tests.conftest import scenario_of, scenarios_of
from tests.test_page import html_of, opened_page
from tests.test_worked_lines import as_fraction, in_short, read_line, suppositions
from ui import state
from ui.arithmetic import in_line, told_of, worked_html
from ui.compare_rows import Column, columns_of, result_rows
from ui.pairs_rows import Axis, on_target
from ui.questions import Question, read
from ui.reason_sentence import change_sentence
from ui.required import line_in_words, map_table, needed_table, pulls_html, tornado_table, why_html
from ui.requirement_rows import bands, requirements, slack
from ui.sentences import result_sentence
from ui.words import Speech

INVESTMENT, VALUE_ADDED, STARTS = "general_industrial_investment", "industrial_value_added", "start_rate"
CLICKED = re.compile(r'data-asks="([^"]*)">([^<]*)<')
NUMBER = re.compile(r"[+−]?[0-9]+(?:\.([0-9]+))?")
WITHOUT_SIGN = ("shortfall", "locked_in", "required_h2", "required_q4")  # said as a size: "缺口 3", "高于 3", "下降 3"
SPEECH = Speech("zh")
HAIDONG = released_edition("haidong-2022-h1")  # for what is drawn; a test takes the fixture


def opened_with(edition: Edition, now: Scenario, plan: Scenario | None = None) -> Opened:
    return replace(open_link([], edition), scenario=now, plans=(Plan(plan) if plan else None, None, None))


def asked_for(opened: Opened, text: str, first: Scenario | None = None) -> Question | None:
    """What a click sends, read as the page reads it."""
    came_with = replace(opened, scenario=first or opened.scenario)
    with patch.object(state, "as_opened", return_value=came_with):
        return read(opened, text.split(" "))


def drawn(opened: Opened, projection: Projection) -> Iterator[str]:
    """All that is drawn of one indicator with numbers to be clicked."""
    edition, scenario = opened.edition, opened.scenario
    yield result_sentence(edition, scenario, projection, SPEECH)
    yield needed_table(edition, scenario, projection, SPEECH)
    yield from bands(edition, scenario, projection, SPEECH)
    yield pulls_html(projection, SPEECH)
    columns = [
        *columns_of(opened, SPEECH),
        Column("opened", "", baseline(edition)),
        Column("entered", "", baseline_with_entries_of(edition, scenario)),
    ]
    for before in columns:
        for after in columns:
            yield why_html(edition, before, after, projection.id, SPEECH)
    own = [edition.levers[id] for id in levers_at_work(edition, projection.id, numbers_of(edition, scenario))]
    if projection.path.full_year is not None and len(own) > 1:
        x, y = Axis.of(own[0]), Axis.of(own[len(own) // 2])
        yield map_table(opened, projection, x, y, SPEECH)
        yield line_in_words(projection, x, y, on_target(edition, scenario, projection, x, y), SPEECH)
    if projection.path.full_year is not None:
        yield tornado_table(edition, projection, swings(edition, scenario, projection.id), SPEECH)


def assert_shown(text: str, value: Fraction, quantity: str) -> None:
    """What stands on the page is the result of the arithmetic, rounded once to the decimals that are shown."""
    found = NUMBER.search(unescape(text))
    if not found:
        assert value == 0 and "持平" in text, text
        return
    shown, places = Fraction(found[0].replace("−", "-")), len(found[1] or "")
    if text.endswith(" 项") and quantity not in CHANGES:
        assert shown == ceil(max(value, Fraction(0))), text
    elif quantity in WITHOUT_SIGN:
        assert abs(shown) == half_up(abs(value), places), text
    else:
        assert shown == half_up(value, places), text


@given(now=suppositions(HAIDONG), id=st.sampled_from((VALUE_ADDED, INVESTMENT, "outside_funds", "telecom_volume")))
def test_with_the_slack_that_is_said_the_year_still_makes_its_target(haidong: Edition, now: Scenario, id: str) -> None:
    projection = project(haidong, now)[id]
    said = slack(haidong, projection, SPEECH)
    is_safe = (
        projection.target is not None and projection.path.full_year is not None and projection.path.full_year > projection.target
    )
    period = "q4" if projection.is_q3_known else "h2"
    needed = getattr(
        projection.required,
        period.replace("h2", "intensity").replace("q4", "intensity_q4") if projection.kind == "flow" else period,
    )
    assert bool(said) == (is_safe and needed is not None)
    if not said:
        return
    levers = haidong.lever_ids(id, "intensity" if projection.kind == "flow" else "growth")
    numbers = numbers_of(haidong, now)
    clicked = [text for words, text in CLICKED.findall(said) if not words.endswith(" target")]
    low = haidong.levers[levers[1]].low
    if not clicked:
        assert "可设的最低值" in said and needed <= low
        value = low
    else:
        found = NUMBER.search(clicked[0])
        assert found
        value = Fraction(found[0]) * (-1 if "下降" in said else 1)
        assert needed <= value < needed + Fraction(1, 10)
    there = path_of(haidong, id, lever_set(haidong, numbers, dict.fromkeys(levers, value)))
    assert there.full_year is not None and there.full_year >= projection.target


@given(now=suppositions(HAIDONG))
def test_no_requirement_and_no_band_lies_below_what_can_be_set(haidong: Edition, now: Scenario) -> None:
    for id, role in (
        (VALUE_ADDED, "growth"),
        (INVESTMENT, "intensity"),
        ("outside_funds", "intensity"),
        ("telecom_volume", "growth"),
    ):
        projection, low = project(haidong, now)[id], haidong.levers[haidong.lever_ids(id, role)[0]].low
        for row in requirements(haidong, now, projection, SPEECH):
            found = NUMBER.search(row.needed)
            assert row.needed == "任何值" if not row.quantity else found and Fraction(found[0].replace("−", "-")) >= low
        for band in bands(haidong, now, projection, SPEECH):
            for words, text in CLICKED.findall(band):
                found = NUMBER.search(text)
                assert found and Fraction(found[0].replace("−", "-")) >= low, words


def test_what_h1_has_done_already_asks_for_nothing_by_hand(haidong: Edition) -> None:
    """70 of 100 by June and 200 % in Q3: Q4 would need −14.3 %, which no quarter can have."""
    now = scenario_of(haidong, f"{INVESTMENT}.h1_completion=70", f"{INVESTMENT}.intensity_q3=200")
    rows = requirements(haidong, now, project(haidong, now)[INVESTMENT], SPEECH)
    assert [(row.needed, row.judged) for row in rows[1:2]] == [("任何值", "范围内任何值都够")]
    done = scenario_of(haidong, f"{INVESTMENT}.h1_completion=120")
    assert "即使取可设的最低值 0 %" in slack(haidong, project(haidong, done)[INVESTMENT], SPEECH)


@given(before=scenarios_of(HAIDONG), after=scenarios_of(HAIDONG))
def test_what_is_printed_of_the_reasons_is_never_nought_and_adds_up_or_says_so(
    haidong: Edition, before: Scenario, after: Scenario
) -> None:
    for id in haidong.indicators:
        found = reasons(haidong, before, after, id)
        if found is None or not (found.parts or found.together):
            continue
        html = why_html(haidong, Column("baseline", "", before), Column("now", "", after), id, SPEECH)
        printed = [Fraction(number[0].replace("−", "-")) for _, text in CLICKED.findall(html) if (number := NUMBER.search(text))]
        assert all(printed[:-1]) and bool(printed[-1]) == bool(found.total)
        assert (sum(printed[:-1]) == printed[-1]) != ("末位上可能差1" in html)


def test_the_smallest_move_is_seen_by_hand(haidong: Edition) -> None:
    """0.1 point less in Q3 is 0.1 × 92925 ÷ 372575.3 = 0.025 off the year."""
    start, now = baseline(haidong), scenario_of(haidong, f"{VALUE_ADDED}.q3=13.7")
    html = why_html(haidong, Column("baseline", "", start), Column("now", "", now), VALUE_ADDED, SPEECH)
    assert html.count("−0.02 个百分点") == 2
    assert "由 13.80 % 降至 13.78 %，降低 0.02 个百分点" in change_sentence(haidong, start, now, VALUE_ADDED, SPEECH)
    both = scenario_of(haidong, f"{STARTS}.starts_q3=2", f"{STARTS}.starts_q4=2")
    html = why_html(haidong, Column("baseline", "", start), Column("now", "", both), STARTS, SPEECH)
    assert html.count("+3.03 个百分点") == 2 and "+6.06 个百分点" in html


def test_an_end_of_the_band_does_not_claim_that_a_share_was_entered(haidong: Edition) -> None:
    one = question(haidong, baseline(haidong), f"{VALUE_ADDED} required_h2 now {VALUE_ADDED}.h1_share=44")
    answer = one.answer(haidong)
    assert answer is not None
    assert "录入" in worked_html(haidong, answer, SPEECH)
    assert "录入" not in worked_html(haidong, answer, SPEECH, otherwise=(f"{VALUE_ADDED}.h1_share",))


def test_a_calculator_can_follow_the_line(haidong: Edition) -> None:
    """What is printed, reckoned as it stands, gives what is printed as its result, to five digits."""
    for id, quantity in ((VALUE_ADDED, "full_year"), (INVESTMENT, "required_intensity"), ("telecom_volume", "amount_q3")):
        found = question(haidong, scenario_of(haidong, f"{STARTS}.starts_q3=4"), f"{id} {quantity}").answer(haidong)
        assert found is not None
        for step in found.steps:
            said = read_line(infix(step.expression, in_line))
            assert float(said) == pytest.approx(float(step.expression.value), rel=2e-5)


@settings(max_examples=120)
@given(now=suppositions(HAIDONG), plan=scenarios_of(HAIDONG), id=st.sampled_from(list(HAIDONG.indicators)))
def test_every_number_that_can_be_clicked_is_the_result_of_its_arithmetic(
    haidong: Edition, now: Scenario, plan: Scenario, id: str
) -> None:
    opened = opened_with(haidong, now, plan)
    texts = [*drawn(opened, project(haidong, now)[id])]
    texts += [cell for row in result_rows(haidong, columns_of(opened, SPEECH), SPEECH) for cell in row[1:]]
    for words, text in (found for drawing in texts for found in CLICKED.findall(drawing)):
        question = asked_for(opened, unescape(words), baseline(haidong))
        assert question is not None, words
        answer = question.answer(haidong)
        assert answer is not None, words
        assert_shown(text, answer.value, answer.quantity)
        assert worked_html(haidong, answer, SPEECH)  # every step and every term has a name


def test_each_kind_of_drawing_has_numbers_to_click(haidong: Edition) -> None:
    now = scenario_of(haidong, f"{VALUE_ADDED}.q3=5", f"{INVESTMENT}.intensity_q3=120", f"{STARTS}.starts_q3=4")
    opened = opened_with(haidong, now, scenario_of(haidong, f"{INVESTMENT}.intensity_q4=160"))
    found = {
        (id, words.partition(" ")[2])
        for id, one in project(haidong, now).items()
        for drawing in drawn(opened, one)
        for words, _ in CLICKED.findall(drawing)
    }
    for id, words in (
        (INVESTMENT, f"full_year now {INVESTMENT}.intensity_q3=200"),  # the tornado's end
        (INVESTMENT, f"crossing now {INVESTMENT}.intensity_q4"),
        (INVESTMENT, f"full_year now {INVESTMENT}.intensity_q3=200 {INVESTMENT}.intensity_q4=40"),  # a cell of the map
        (INVESTMENT, f"effect baseline now {STARTS}.starts_q3"),
        (INVESTMENT, "together baseline now"),
        (INVESTMENT, "change now p1"),
        (VALUE_ADDED, "pull_q3"),
        (VALUE_ADDED, f"required_h2 now {VALUE_ADDED}.h1_share=44"),  # an end of the band
        (VALUE_ADDED, "rounding low now"),
        (INVESTMENT, "required_intensity_q3"),  # the table, and what its values amount to
        (INVESTMENT, "monthly_q4"),
        (VALUE_ADDED, f"crossing now {VALUE_ADDED}.q4 {VALUE_ADDED}.q3=0"),  # the line on the map
        (VALUE_ADDED, f"trade_off now {VALUE_ADDED}.q4 {VALUE_ADDED}.q3"),
        (INVESTMENT, "pace_h2"),
        ("telecom_volume", "amount_q3"),
    ):
        assert (id, words) in found, words
    cells = "".join(cell for row in result_rows(haidong, columns_of(opened, SPEECH), SPEECH) for cell in row[1:])
    for words in ("full_year p1", "shortfall baseline", "required_intensity now"):
        assert f'data-asks="{INVESTMENT} {words}"' in cells


@given(before=suppositions(HAIDONG), after=suppositions(HAIDONG))
def test_the_line_of_a_change_evaluates_to_what_the_reasons_say(haidong: Edition, before: Scenario, after: Scenario) -> None:
    for id in haidong.indicators:
        found = reasons(haidong, before, after, id)
        if found is None:
            assert worked_change(haidong, before, after, id, "change") is None
            continue
        expected = {("change", ""): found.total, ("together", ""): found.together}
        expected |= {("effect", part.lever): part.effect for part in found.parts}
        for (quantity, lever), value in expected.items():
            answer = worked_change(haidong, before, after, id, quantity, lever)
            assert answer is not None and answer.value == value
            text, result = line(answer, as_fraction, lambda number: f"({number.numerator}/{number.denominator})").split(" = ")
            assert read_line(text) == read_line(result) == value
            for step in answer.steps:
                assert read_line(infix(step.expression, as_fraction)) == step.expression.value
            assert answer.steps[-1].expression.value == value


@given(scenario=suppositions(HAIDONG))
def test_the_year_at_a_crossing_is_the_target(haidong: Edition, scenario: Scenario) -> None:
    for id, projection in project(haidong, scenario).items():
        for lever in haidong.own_levers(id):
            found = worked_crossing(haidong, scenario, id, lever)
            if found is not None:
                there = Scenario(tuple({**scenario.as_dict(), lever: found.value}.items()))
                assert project(haidong, there)[id].path.full_year == projection.target
                assert read_line(infix(found.expression, as_fraction)) == found.value


def test_a_change_by_hand(haidong: Edition) -> None:
    """22.5 × 58/56 × 1.2 against 22.5: in steps, each year under a name, a lever that moved with both its values."""
    after = scenario_of(haidong, f"{INVESTMENT}.intensity_q3=120", f"{STARTS}.starts_q3=4")
    found = worked_change(haidong, baseline(haidong), after, INVESTMENT, "together")
    assert found is not None and found.unit == "百分点"
    assert [(step.gives, step.lever.rpartition(".")[2]) for step in found.steps] == [
        ("h1", ""), ("year_before", ""), ("year_alone", "intensity_q3"), ("year_alone", "starts_q3"), ("year_after", ""), ("", ""),
    ]  # fmt: skip
    assert infix(found.steps[-1].expression, in_short) == "97.07 − 90 − (94.5 − 90 + 92.41 − 90)"
    assert found.value == Fraction("22.5") * 2 / 56 * Fraction("0.2")  # two projects more, a fifth more each
    values = [one.value for one in found.leaves if one.id == f"{INVESTMENT}.intensity_q3"]
    assert values == [100, 120], "before the move first"
    html = worked_html(haidong, found, SPEECH)
    assert "三季度单项目投资强度（改动前）" in html and "三季度单项目投资强度（改动后）" in html
    assert "只动“三季度新开复工项目”的全年" in html


def test_what_one_lever_spares_another_by_hand(haidong: Edition) -> None:
    """With no starts, 22.5·(q3 + q4)/100 = 55: a point more in Q3 is a point less in Q4."""
    now = baseline(haidong)
    found = worked_trade_off(haidong, now, INVESTMENT, f"{INVESTMENT}.intensity_q4", f"{INVESTMENT}.intensity_q3")
    assert found is not None and found.value == 1
    assert [step.gives for step in found.steps] == ["h1", "crossing_at_0", "crossing_at_1", ""]
    assert infix(found.steps[-1].expression, in_short) == "244.44 − 243.44"
    assert "改动" not in worked_html(haidong, found, SPEECH), "the other lever is set to 0 and to 1, not moved"
    assert read_line(infix(found.expression, as_fraction)) == 1
    for step in found.steps:
        assert read_line(infix(step.expression, as_fraction)) == step.expression.value
    assert worked_trade_off(haidong, now, "outside_funds", "outside_funds.intensity_q4", "outside_funds.intensity_q3") is None


def test_the_ends_of_what_rounding_leaves_open_by_hand(haidong: Edition) -> None:
    """Target and first half are one printed figure, 20: it may have been 19.5 to 20.5, and each quarter needs the same."""
    ends = [worked_end(haidong, baseline(haidong), "telecom_volume", end) for end in ("low", "high")]
    assert [(one.quantity, one.value) for one in ends if one] == [
        ("required_h2", Fraction("19.5")),
        ("required_h2", Fraction("20.5")),
    ]
    low = ends[0]
    assert low is not None
    now = baseline(haidong)
    html = worked_html(haidong, low, SPEECH)
    assert "（公布为 20，四舍五入前可为此数）</td><td>19.5 %</td><td>原文</td>" in html
    assert "（随之变动）" in html, "what follows from the printed figure"
    assert worked_end(haidong, now, INVESTMENT, "low") is None, "nothing printed there is rounded"


def test_a_figure_opens_the_formula_of_its_row_and_its_source(haidong: Edition) -> None:
    now = baseline(haidong)
    for text, parts in (
        (f"{VALUE_ADDED} target", ["<b>年度目标或参照值</b> = 13.8 − 8.3 = <b>5.5 %</b>", "第3段"]),
        (f"{VALUE_ADDED} h1", ["<b>上半年</b> = <b>13.8 %</b>", "原文"]),
        (f"{INVESTMENT} h1", ["<b>上半年</b> = 100 × 45 ÷ 100 = <b>45 %</b>", "示意"]),
        ("outside_funds h1", ["<b>上半年</b> = <b>20.88 亿元</b>"]),
    ):
        one = question(haidong, now, text)
        found = one.answer(haidong)
        assert found is not None
        html = worked_html(haidong, found, SPEECH)
        for part in parts:
            assert part in html, (text, html)
    entered = scenario_of(haidong, "outside_funds.target=50")
    found = question(haidong, entered, "outside_funds target").answer(haidong)
    assert found is not None and [(one.tag, one.source) for one in found.leaves] == [("entered", "")]


def question(edition: Edition, now: Scenario, text: str, plan: Scenario | None = None) -> Question:
    found = asked_for(opened_with(edition, now, plan), text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{INVESTMENT} full_year", "现状"),
        (f"{INVESTMENT} full_year baseline", "基准情景"),
        (f"{INVESTMENT} shortfall p1", "保底"),
        (f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=200", "现状，改设三季度单项目投资强度 = 200 %"),
        (f"{VALUE_ADDED} rounding high now", "现状：公布数取四舍五入前使它最高的一端"),
        (f"{INVESTMENT} crossing now {INVESTMENT}.intensity_q4", "现状：四季度单项目投资强度取何值恰好达标"),
        (
            f"{INVESTMENT} trade_off now {INVESTMENT}.intensity_q4 {INVESTMENT}.intensity_q3",
            "现状：三季度单项目投资强度每高1个单位，恰好达标的四季度单项目投资强度可低多少",
        ),
        (f"{INVESTMENT} change baseline p1", "由“基准情景”到“保底”"),
        (
            f"{INVESTMENT} effect baseline now {INVESTMENT}.intensity_q3",
            "由“基准情景”到“现状”，只动这一项：三季度单项目投资强度 100 % → 120 %",
        ),
    ],
)
def test_the_dialog_says_of_which_state_a_number_is(haidong: Edition, text: str, said: str) -> None:
    now = scenario_of(haidong, f"{INVESTMENT}.intensity_q3=120")
    opened = opened_with(haidong, now, baseline(haidong))
    assert told_of(opened, question(haidong, now, text, baseline(haidong)), SPEECH) == said


HOSTILE = (
    "", " ", "full_year", f"{INVESTMENT}", f"{INVESTMENT} path", f"{INVESTMENT} __class__", "nothing full_year",
    f"{INVESTMENT} full_year p1", f"{INVESTMENT} full_year p9", f"{INVESTMENT} full_year __init__",
    f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3", f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=",
    f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=201", f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=nan",
    f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=1e99", f"{INVESTMENT} full_year now nothing=1",
    f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=1 {INVESTMENT}.intensity_q3=2",
    f"{STARTS} full_year now {STARTS}.starts_q3=9 {STARTS}.starts_q4=9", f"{STARTS} full_year now {STARTS}.starts_q3=1.5",
    f"{VALUE_ADDED} rounding", f"{VALUE_ADDED} rounding low", f"{VALUE_ADDED} rounding at_low now",
    f"{VALUE_ADDED} rounding low p1",
    f"{VALUE_ADDED} year 2020", f"{VALUE_ADDED} years_share", f"{VALUE_ADDED} years_low now", f"{VALUE_ADDED} year",
    f"{INVESTMENT} trade_off now {INVESTMENT}.intensity_q3 {INVESTMENT}.intensity_q3", f"{INVESTMENT} trade_off now",
    f"{INVESTMENT} crossing now {INVESTMENT}.intensity_q3 {INVESTMENT}.intensity_q4=201",
    f"{INVESTMENT} crossing now", f"{INVESTMENT} crossing now {VALUE_ADDED}.q3", f"{INVESTMENT} crossing p1 {STARTS}.starts_q3",
    f"{INVESTMENT} effect baseline now", f"{INVESTMENT} effect baseline now nothing", f"{INVESTMENT} change baseline",
    f"{INVESTMENT} change baseline p1", f"{INVESTMENT} together x now", f"{INVESTMENT} together baseline now {STARTS}.starts_q3",
    f"{INVESTMENT} full_year now <script>=1", "\n".join((INVESTMENT, "full_year")), f"{INVESTMENT}  full_year",
    f"{INVESTMENT} full_year now" + f" {INVESTMENT}.intensity_q3=1" * 1000,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_names_no_number_is_not_believed(haidong: Edition, text: str) -> None:
    assert asked_for(opened_with(haidong, baseline(haidong)), text) is None


@given(st.lists(st.sampled_from([INVESTMENT, "full_year", "crossing", "effect", "now", "p1", "=", f"{STARTS}.starts_q3=1", "😀"])))
def test_no_text_of_a_browser_breaks_the_page(haidong: Edition, words: list[str]) -> None:
    found = asked_for(opened_with(haidong, baseline(haidong)), " ".join(words))
    assert found is None or found.answer(haidong) is None or found.indicator == INVESTMENT


def test_words_of_an_edition_are_never_read_as_markup(haidong: Edition) -> None:
    lever = replace(haidong.levers[f"{INVESTMENT}.intensity_q3"], label=Words("<b>x</b>", "<b>x</b>"))
    edition = replace(haidong, id="marked-up", levers={**haidong.levers, lever.id: lever})
    now = scenario_of(edition, f"{lever.id}=120")
    opened = opened_with(edition, now)
    found = [*drawn(opened, project(edition, now)[INVESTMENT])]
    one = question(edition, now, f"{INVESTMENT} effect baseline now {lever.id}")
    answer = one.answer(edition)
    assert answer is not None
    for html in (*found, worked_html(edition, answer, SPEECH)):
        assert "<b>x" not in html


# --- on the page -------------------------------------------------------------------------------------------------------


def clicked(query: str, text: str, before: dict[str, object] | None = None) -> AppTest:
    """The page after the browser sent this text: its callback has put the words into the state."""
    page = opened_page(query)
    for key, value in (before or {}).items():
        page.session_state[key] = value
    page.session_state["_asked"] = tuple(text.split(" "))
    page.run()
    assert not page.exception
    return page


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=200", ["112.5 %", "改设三季度单项目投资强度 = 200 %"]),
        (f"{INVESTMENT} crossing now {INVESTMENT}.intensity_q4", ["124.44 %", "取何值恰好达标"]),
        (f"{INVESTMENT} effect baseline now {INVESTMENT}.intensity_q3", ["4.5 个百分点", "100 % → 120 %"]),
        (f"{INVESTMENT} full_year p1", ["135 %", "冲一冲"]),
    ],
)
def test_the_dialog_holds_the_line_and_the_state(text: str, parts: list[str]) -> None:
    page = clicked(f"view=compare&{INVESTMENT}.intensity_q3=120&p1=gii.iq3_200_gii.iq4_200~冲一冲", text)
    said = html_of(page) + " ".join(element.value for element in page.text)
    for part in parts:
        assert part in said, said


@pytest.mark.parametrize("text", [text for text in HOSTILE if text][:6])
def test_a_dialog_is_not_opened_for_what_is_no_number(text: str) -> None:
    page = clicked("", text)
    assert 'class="worked"' not in " ".join(element.proto.body for element in page.get("html"))


def test_the_tables_under_the_map_and_the_tornado_have_their_numbers_to_click() -> None:
    page = opened_page(f"view=required&{STARTS}.starts_q3=4")
    bodies = " ".join(element.proto.body for element in page.get("html"))
    assert "facts map-table" not in bodies and "facts tornado-table" not in bodies, "drawn only when opened"
    page.session_state["map-table"] = page.session_state["tornado-table"] = True
    page.run()
    bodies = " ".join(element.proto.body for element in page.get("html"))
    assert f'data-asks="{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=200"' in bodies
    assert f'data-asks="{INVESTMENT} crossing now {INVESTMENT}.intensity_q3"' in bodies
    assert "两季合计过多" in opened_starts_map(), "a pair that cannot be set shows no year"


def test_once_amounts_are_entered_the_year_is_held_against_the_baseline_with_them() -> None:
    """By hand: with 18 亿元 in H1, Q3 at 140 % brings 9·1.4 = 12.6, 3.6 above the pace; a share does not compare."""
    page = opened_page(f"view=required&{INVESTMENT}.target=40&{INVESTMENT}.h1=18&{INVESTMENT}.intensity_q3=140")
    reference = page.radio("reference")
    assert reference.options == ["基准", "基准，录入同现在", "打开时的链接"]
    assert reference.value == "基准，录入同现在" and "+3.60 亿元" in html_of(page)
    assert f'data-asks="{INVESTMENT} change entered now"' in " ".join(element.proto.body for element in page.get("html"))
    reference.set_value("基准").run()
    assert "两者口径不同，不能相减" in html_of(page) and not page.exception
    assert not [radio for radio in opened_page("view=required").radio if radio.key == "reference"], "nothing to choose from"


def opened_starts_map() -> str:
    page = opened_page(f"view=required&focus={STARTS}")
    page.session_state["map-table"] = True
    page.run()
    return html_of(page)


def test_the_other_indicators_sentences_open_their_arithmetic_too() -> None:
    bodies = " ".join(element.proto.body for element in opened_page("view=required").get("html"))
    for id in (VALUE_ADDED, "outside_funds", "telecom_volume", STARTS):
        assert f'data-asks="{id} full_year"' in bodies
