"""The track record on the page: what is typed stays, what cannot be read is named,
and no percentage comes too early.

All years here are invented.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from hdmodel.form import FLOW, GROWTH, LEVEL, Kind
from hdmodel.past_years import Year
from tests.page import html_of, opened_page
from ui.answers.past_years_rows import EnteredYears, count_html, lanes_of, strip_rows
from ui.charts.colours import DARK, LIGHT
from ui.charts.past_years_chart import NUMBERS, WORDS, record_frame, record_spec
from ui.session import keys
from ui.text.speech import Speech

VALUE_ADDED, INVESTMENT, FUNDS, STARTS = (
    "industrial_value_added",
    "general_industrial_investment",
    "outside_funds",
    "start_rate",
)
INVENTED_RATES = [
    f"{year}\t{h1}\t{full}" for year, h1, full in zip(range(2013, 2021), "98765432", "87641917", strict=True)
]


def record_page(query: str = f"view=required&focus={VALUE_ADDED}") -> AppTest:
    page = opened_page(query)
    page.session_state["record"] = True  # opens the fold-out
    page.run()
    assert not page.exception
    return page


def typed(page: AppTest, id: str, lines: list[str]) -> str:
    page.text_area(f"record-years-{id}").set_value("\n".join(lines)).run()
    assert not page.exception
    return html_of(page)


def charts(page: AppTest) -> int:
    return len(page.get("vega_lite_chart"))


def test_it_is_folded_until_it_is_asked_for() -> None:
    page = opened_page("view=required")
    assert not page.text_area
    assert any(fold.label.startswith("历年印证") for fold in page.expander)
    assert len(record_page().text_area) == 1


def test_it_invites_to_enter_years_and_says_what_is_needed() -> None:
    page = record_page()
    assert "−8.3 个百分点" in html_of(page) and "还没有录入年份" in html_of(page)
    assert "（%）" in page.text_area[0].label
    assert any("刷新即清空" in caption.value for caption in page.caption)
    without = charts(page)
    typed(page, VALUE_ADDED, INVENTED_RATES[:1])
    assert charts(page) == without + 1


def test_seven_years_are_a_count_and_eight_a_share_with_its_interval() -> None:
    page = record_page()
    said = typed(page, VALUE_ADDED, INVENTED_RATES[:7])
    assert "7 年中有 7 年，下半年的变动达到现在所需" in said
    assert "不折成百分比" in said and "95 %" not in said
    said = typed(page, VALUE_ADDED, INVENTED_RATES)
    assert "8 年中有 8 年" in said
    assert "占 100 %，95 % 区间 68 %～100 %" in said and "不折成百分比" not in said


def test_it_never_speaks_of_a_chance() -> None:
    for language in ("zh", "en"):
        page = record_page(f"view=required&focus={VALUE_ADDED}&lang={language}")
        for years in (INVENTED_RATES, INVENTED_RATES[:3], []):
            section = typed(page, VALUE_ADDED, years)
            assert not re.search(
                r"概率|几率|把握|可能性|probab|chance|likel|odds", section, flags=re.IGNORECASE
            )


def test_by_hand_what_the_section_says_of_amounts() -> None:
    """100/45 = 2.22; 17.4/8.1 = 2.15 falls short, 20/8 = 2.5 does not;
    both figures of the need are only illustrative.
    """
    said = typed(record_page("view=required"), INVESTMENT, ["2019 8.1 17.4", "2020 8 20"])
    assert "2 年中有 1 年" in said and "2.22 倍" in said
    assert "目标 100.0 % [示意] ÷ 上半年 45.0 % [示意]" in said
    assert re.search(r"2019\s*8\.1\s*17\.4\s*2\.15\s*未达到", said) and re.search(
        r"2020\s*8\.0\s*20\.0\s*2\.50\s*达到", said
    )


def test_what_is_needed_and_a_year_beside_it_are_printed_apart() -> None:
    """100/45 = 2.2222 is more than 2.22, which both would be with two decimals."""
    years = (Year(2019, Fraction(100), Fraction(222)),)
    held = EnteredYears(INVESTMENT, FLOW, "亿元", years, Fraction(100, 45))
    assert "2.222 倍" in count_html(held, Speech("zh"))
    assert "2.220 倍" in strip_rows(held, Speech("zh"))[0]["tip"]
    tiny = EnteredYears(
        VALUE_ADDED, GROWTH, "%", (Year(2019, Fraction(9), Fraction(9)),), Fraction("0.00003")
    )
    assert "+0.00003 个百分点" in count_html(tiny, Speech("zh"))


def test_what_stands_between_the_cells_is_said_as_of_a_ledger() -> None:
    page = record_page()
    typed(page, VALUE_ADDED, ["2019\t9\t8", "2020 7 6"])
    assert not any("分隔" in caption.value for caption in page.caption if "手工" not in caption.value)
    typed(page, VALUE_ADDED, ["2019；9；8", "2020；7；6"])
    assert "单元格用全角分号分隔" in [caption.value for caption in page.caption]


def test_the_need_follows_an_entered_target() -> None:
    page = record_page(f"view=required&focus={FUNDS}&{FUNDS}.target=41.76")
    assert "2.00 倍" in html_of(page)


def test_without_a_target_it_says_that_one_comes_first() -> None:
    page = record_page(f"view=required&focus={FUNDS}")
    assert "要先有年度目标" in html_of(page)
    assert not page.text_area


def test_a_first_half_of_nothing_asks_for_a_first_half() -> None:
    assert "要先有上半年的数" in html_of(record_page(f"view=required&{INVESTMENT}.h1_completion=0"))


def test_what_is_typed_outlasts_focus_view_language_and_folding() -> None:
    page = record_page()
    typed(page, VALUE_ADDED, INVENTED_RATES[:3])
    page.button(f"card-{STARTS}").click().run()
    assert page.text_area(f"record-years-{STARTS}").value == ""
    typed(page, STARTS, ["2021 80 96"])
    page.button("view-explore").click().run()
    page.button("language").click().run()
    page.button("view-required").click().run()
    page.session_state["record"] = False
    page.run()
    assert not page.text_area
    page.session_state["record"] = True
    page.run()
    assert page.text_area(f"record-years-{STARTS}").value == "2021 80 96"
    assert "In 1 of 1 years" in html_of(page)
    page.button(f"card-{VALUE_ADDED}").click().run()
    assert page.text_area(f"record-years-{VALUE_ADDED}").value == "\n".join(INVENTED_RATES[:3])
    assert "In 3 of 3 years" in html_of(page)


def test_years_of_one_visitor_are_not_anothers() -> None:
    typed(record_page(), VALUE_ADDED, INVENTED_RATES)
    assert "还没有录入年份" in html_of(record_page())


def test_faults_are_all_named_and_the_last_years_stay() -> None:
    page = record_page()
    typed(page, VALUE_ADDED, INVENTED_RATES[:3])
    said = typed(page, VALUE_ADDED, ["2019 x 3", "1800 5", "2018 <b>1</b> 2"])
    for part in (
        "第1行“上半年累计”：x：不是数",
        "第2行“年份”：1800：超出范围；可接受：1990…2021",
        "第2行“全年”：空格：缺少",
    ):
        assert part in said, said
    assert "上次读入的 3 年" in said and "3 年中有 3 年" in said
    raw = " ".join(element.proto.body for element in page.get("html"))
    assert "&lt;b&gt;1&lt;/b&gt;" in raw and "<b>1</b> 2" not in raw
    page.run()
    assert "3 年中有 3 年" in html_of(page), "a rerun does not lose them"
    assert "3 年里" not in typed(page, VALUE_ADDED, []), "an emptied field is no fault"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fault_can_be_said(language: str) -> None:
    page = record_page(f"view=required&lang={language}")
    faults = ["2018 0 3", "2019 5 4", "2019 5 6", "2020.5 1 1", "x 1 1", "2021 1 2 3", "2020 1"]
    said = typed(page, INVESTMENT, faults)
    assert said.count("可接受" if language == "zh" else "accepted") == len(faults)
    assert not re.search(r"[\u4e00-\u9fff]", said) or language == "zh"
    assert "501" in typed(page, INVESTMENT, ["2019 1 1"] * 501)


def asked_on(page: AppTest) -> set[tuple[str, str]]:
    """What each number on the page asks for when it is clicked, and how it stands there."""
    bodies = " ".join(element.proto.body for element in page.get("html"))
    return {*re.findall(r'data-asks="([^"]*)">([^<]*)<', bodies)}


def worked_on(page: AppTest, words: str) -> str:
    """The text of the dialog that a click on such a number opens."""
    page.session_state[keys.QUESTION] = tuple(words.split(" "))
    page.run()
    assert not page.exception
    return html_of(page) + " ".join(element.value for element in page.text)


def test_every_number_of_the_section_opens_its_arithmetic() -> None:
    """The first year: 8 − 9 = −1 point. All eight reach −8.3: 8 × 100 ÷ 8; the interval's low end with z =
    1.96: the root of 8 × 0 ÷ 8 + 3.8415 ÷ 4 is 0.98, and (8 + 1.9207 − 1.96 × 0.98) × 100 ÷ 11.8415 = 67.56.
    """
    page = record_page()
    typed(page, VALUE_ADDED, INVENTED_RATES)
    shown = asked_on(page)
    for words, number, parts in (
        ("required_move", "−8.3 个百分点", ["5.5 − 13.8 = −8.3 个百分点", "现状"]),
        ("required_move", "8.3 个百分点", ["5.5 − 13.8 = −8.3 个百分点"]),
        ("target", "5.5 %", ["13.8 − 8.3 = 5.5 %"]),
        ("h1", "13.8 %", ["上半年 = 13.8 %"]),
        ("year 2013", "−1.0", ["8 − 9 = −1 个百分点", "2013年（录入）", "上半年9 %录入"]),
        (
            "years_share",
            "100 %",
            ["8 × 100 ÷ 8 = 100 %", "2013—2020年（录入）", "达到所需变动的年数8 年计数"],
        ),
        (
            "years_low",
            "68 %",
            ["8 × (8 − 8) ÷ 8 + 1.95996 × 1.95996 ÷ 4 = 0.960365", "平方根，取负 = −0.979982", "= 67.5592 %"],
        ),
        ("years_high", "100 %", ["平方根 = 0.979982", "= 100 %"]),
    ):
        assert (f"{VALUE_ADDED} {words}", number) in shown, words
        said = re.sub(r"\s+", " ", worked_on(page, f"{VALUE_ADDED} {words}"))
        for part in parts:
            assert part in said, (words, part, said)


def test_a_past_year_that_is_gone_or_another_visitors_is_not_worked_out() -> None:
    page = record_page()
    typed(page, VALUE_ADDED, INVENTED_RATES)
    for words in ("year 2012", "year 2013 now", "years_share now", "year", "year_move 2013"):
        assert "式中的数" not in worked_on(page, f"{VALUE_ADDED} {words}")
    assert "式中的数" not in worked_on(record_page(), f"{VALUE_ADDED} year 2013")
    typed(page, VALUE_ADDED, INVENTED_RATES[:7])
    assert "这个数目前没有" in worked_on(page, f"{VALUE_ADDED} years_share") + " ".join(
        one.value for one in page.caption
    )


# --- the strip
# -------------------------------------------------------------------------------------------------------


def held(kind: Kind, need: str, *years: tuple[int, str, str]) -> EnteredYears:
    return EnteredYears(
        VALUE_ADDED,
        kind,
        "%",
        tuple(Year(year, Fraction(h1), Fraction(full)) for year, h1, full in years),
        Fraction(need),
    )


def test_the_strip_holds_a_dot_a_year_and_the_need_once() -> None:
    rows = strip_rows(
        held(GROWTH, "-8.3", (2019, "9", "0"), (2020, "9", "10"), (2021, "9", "0.7")), Speech("zh")
    )
    assert [(row["year"], row["move"], row.get("enough"), row.get("not_enough")) for row in rows] == [
        ("2019", -9, None, -9),
        ("2021", -8.3, -8.3, None),
        ("2020", 1, 1, None),
    ]
    assert [row.get("need") for row in rows] == [-8.3, None, None]
    assert rows[0]["need_left"] == "现在需要 −8.3 个百分点"
    assert "2019年：−9.0 个百分点，未达到" in rows[0]["tip"]


def test_rounding_never_brings_a_year_up_to_the_need() -> None:
    said = strip_rows(held(FLOW, "2.2222", (2020, "10", "22.2"), (2021, "1", "2.2222")), Speech("zh"))
    assert said[0]["tip"] == "2020年：2.220 倍，未达到" and "达到" in said[1]["tip"]


def test_years_stand_apart() -> None:
    assert lanes_of([0.1, 0.1, 0.1]) == [0, 1, 2]
    places = [index / 37 for index in range(37)]
    lanes = lanes_of(places)
    for lane in set(lanes):
        own = [place for place, other in zip(places, lanes, strict=True) if other == lane]
        assert all(b - a >= 0.1 for a, b in pairwise(own))


def test_one_year_exactly_on_the_need_still_has_an_axis() -> None:
    (row,) = strip_rows(held(LEVEL, "0", (2021, "80", "80")), Speech("en"))
    assert row["domain_low"] < row["move"] == row["need"] == row["enough"] < row["domain_high"]
    assert row["need_middle"] == "needed now 0.0 points"


def test_the_count_says_which_years_rounding_may_decide() -> None:
    near = count_html(held(GROWTH, "-8.3", (2020, "9", "0.7"), (2021, "9", "8")), Speech("zh"))
    assert "其中 2020 与现在需要的相差不超过 0.1 个百分点" in near
    assert "四舍五入" not in count_html(held(GROWTH, "-8.3", (2021, "9", "8")), Speech("zh"))


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_years_that_fall_short_are_hollow_not_only_of_another_colour(look) -> None:
    points = {layer["encoding"]["x"]["field"]: layer["mark"] for layer in points_of(record_spec(look))}
    assert (points["enough"]["fill"], points["not_enough"]["fill"]) == (look.fact, look.background)
    assert points["enough"]["stroke"] == points["not_enough"]["stroke"] == look.fact


def points_of(spec: dict) -> list[dict]:
    return [layer for layer in spec["layer"] if layer.get("mark", {}).get("type") == "point"]


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_strip_reads_fields_that_its_rows_have(look) -> None:
    fields = set(re.findall(r"'field': '(\w+)'", str(record_spec(look))))
    assert fields <= {*NUMBERS, *WORDS}
    frame = record_frame(strip_rows(held(GROWTH, "1", (2020, "9", "0.7")), Speech("zh")))
    assert frame.column_names == [*NUMBERS, *WORDS]
