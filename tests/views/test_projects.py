"""The projects view through Streamlit's own test harness: what it says of a ledger,
and what it does with what is put in.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from hdmodel import load_edition, project
from hdmodel.reading.ledger import cells_of
from tests.folders import INVENTED_EDITION
from tests.indicators import INVESTMENT
from tests.ledgers import INVENTED
from tests.page import html_of, opened_page, written_address
from tests.reading.tables import tables_in
from tests.scenarios import scenario_of
from ui.files.ledger_file import csv_file, titles, workbook
from ui.files.spreadsheets import write_zip
from ui.page.editions import read_own
from ui.session import keys, visit_ledger
from ui.text.speech import Speech

ZH = Speech("zh")
AMOUNTS = f"{INVESTMENT}.target=40&{INVESTMENT}.h1=30"  # 10 are missing
CELLS = [cells_of(row) for row in INVENTED.rows]  # 4.3 and 2.9 count, 7.2 together
PASTED = "\n".join("\t".join(line) for line in (titles(ZH), *CELLS))


def projects_page(query: str = "") -> AppTest:
    page = opened_page(f"view=projects&{query}")
    page.session_state["ledger-in"] = True  # opens the fold-out
    page.run()
    return page


def paste(page: AppTest, text: str) -> AppTest:
    page.text_area("ledger-text").set_value(text)
    page.button("ledger-take").click().run()
    return accept(page)


def accept(page: AppTest) -> AppTest:
    """Press what takes a table that is all right."""
    assert not page.exception
    accepts = [button for button in page.button if button.key == "ledger-accept"]
    if accepts and not accepts[0].disabled and "只" not in accepts[0].label:
        accepts[0].click().run()
        assert not page.exception
    return page


def upload(page: AppTest, name: str, data: bytes) -> AppTest:
    page.file_uploader[0].set_value((name, data, "text/csv")).run()
    return accept(page)


def held(page: AppTest) -> visit_ledger.VisitLedger:
    return page.session_state[keys.LEDGERS]["haidong-2022-h1"]


def test_it_opens_with_the_named_projects_and_nothing_planned() -> None:
    page = projects_page()
    assert "台账计入下半年的计划共 0.00 亿元" in html_of(page)
    table = page.dataframe[0].value
    assert next(iter(table["name"])).startswith("氢装上阵") and len(table) == 5
    assert set(table["stage"]) == {"continuing", "preliminary"} and not table["in_statistics"].any()
    assert table["plan_q3"].isna().all(), "no amount is published"


@pytest.mark.parametrize(
    ("entries", "asked", "line"),
    [
        (AMOUNTS, "secured", "台账保障 = 7 + 0 + 0.1 + 0.1 = 7.2 亿元"),
        (AMOUNTS, "without_project",
        "40 − 30 = 10 亿元年度目标 − 其余各期完成额：余下的就是须完成的"
         "台账保障 = 7 + 0 + 0.1 + 0.1 = 7.2 亿元计入合计的各阶段计划相加"
         "没有项目支撑 = 10 − 7.2 = 2.8 亿元还须完成 − 台账保障"),
        (f"{INVESTMENT}.target=35&{INVESTMENT}.h1=30", "surplus", "多出 = 7.2 − 5 = 2.2 亿元"),
        (f"{AMOUNTS}&{INVESTMENT}.actual_q3=5", "without_project", "没有项目支撑 = 5 − 2.9 = 2.1 亿元"),
    ],
)  # fmt: skip
def test_what_the_ledger_is_held_against_opens_its_arithmetic(entries: str, asked: str, line: str) -> None:
    """By hand: continuing 7, preliminary 0.1, completed 0.1 in both quarters; 2,
    0.8 and 0.1 in the fourth.
    """
    page = paste(projects_page(entries), PASTED)
    bodies = " ".join(element.proto.body for element in page.get("html"))
    assert f'data-asks="{INVESTMENT} {asked}"' in bodies
    page.session_state[keys.QUESTION] = (INVESTMENT, asked)
    page.run()
    assert line in html_of(page), html_of(page)


def test_sums_without_their_ledger_open_nothing() -> None:
    page = projects_page(f"{AMOUNTS}&{INVESTMENT}.planned_q3=2&{INVESTMENT}.planned_q4=3")
    bodies = " ".join(element.proto.body for element in page.get("html"))
    assert (
        "台账可保障" in bodies
        and f"{INVESTMENT} secured" not in bodies
        and f"{INVESTMENT} required_h2" in bodies
    )


def test_the_answer_is_the_sentence_with_what_is_secured_and_what_is_not() -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    said = html_of(page)
    assert "下半年还须完成 10.00 亿元，台账可保障 7.20 亿元；还有 2.80 亿元没有项目支撑。" in said
    for part in (
        "未入库，另计 1.60 亿元",
        "前期未定开工，按 0 计 1.50 亿元",
        "续建24.202.807.00",
        "合计64.302.907.201.601.50",
    ):
        assert part in said, said
    assert "请核对：竣工项目仍有下半年计划" in said
    page.selectbox("ledger-slips").set_value("invented_park").run()
    assert "“invented_park”推迟一季：三季度少 3.00 亿元，四季度多 1.00 亿元，全年少 2.00 亿元" in html_of(
        page
    )


def test_in_english_too() -> None:
    page = paste(projects_page(f"{AMOUNTS}&lang=en"), PASTED)
    assert "The ledger secures 7.20 ×100m yuan of the 10.00 ×100m yuan that H2 must still bring" in html_of(
        page
    )
    page.button("language").click().run()
    assert "台账可保障 7.20 亿元" in html_of(page), "the ledger stays"


def test_while_the_indicator_is_in_percent_the_sums_stand_alone(haidong) -> None:
    page = paste(projects_page(), PASTED)
    assert "台账计入下半年的计划共 7.20 亿元" in html_of(page) and "没有项目支撑" not in html_of(page)
    assert "年度投资目标、上半年完成投资" in page.warning[0].value.replace("\\", "")
    page.button("ledger-enter").click().run()
    assert page.session_state["view"] == "explore" and page.number_input(f"{INVESTMENT}.target") is not None


def test_a_bad_paste_names_every_fault_and_changes_nothing() -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    kept = held(page)
    bad = (
        PASTED.replace("\t3\t", "\tdrei\t").replace("\tcontinuing\t", "\tgeträumt\t", 1)
        + "\n<b>x</b>\tnew\t1\t\t\t\t2\t\tq4\tyes\t\t\t"
    )
    paste(page, bad)
    said = html_of(page)
    for part in (
        "第 2 行“三季度计划”：drei，不是数",
        "第 2 行“阶段”：geträumt，认不出的词",
        "第 8 行“计划总投资”：1",
        "第 8 行“三季度计划”：2 亿元，开工之前就有计划",
    ):
        assert part in said, said
    assert "台账没有改动" in said and held(page) == kept
    assert page.text_area("ledger-text").value == bad, "what was typed stays to be mended"
    page.button("ledger-discard").click().run()
    assert "drei" not in html_of(page)


def test_pasting_may_add_and_a_name_that_is_there_is_refused() -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    page.radio("ledger-mode").set_value("add").run()
    paste(page, "虚构戊\t新建\t\t\t0.8\t\t三季度\t是")
    assert "台账可保障 8.00 亿元" in html_of(page) and len(held(page).ledger.rows) == 7
    paste(page, "虚构戊\t新建\t\t\t0.8\t\t三季度\t是")
    assert "给了不止一次" in html_of(page) and len(held(page).ledger.rows) == 7


@pytest.mark.parametrize(("name", "write"), [("台账.xlsx", workbook), ("台账.csv", csv_file)])
def test_an_upload_replaces_the_ledger(name: str, write) -> None:
    page = upload(projects_page(AMOUNTS), name, write(CELLS, ZH))
    assert "台账可保障 7.20 亿元" in html_of(page)
    assert held(page).ledger == INVENTED


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "项目,阶段\n甲,续建".encode(), b"\xff\xfe\x00"])
@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv"])
def test_a_file_that_is_none_is_refused(name: str, data: bytes) -> None:
    page = upload(projects_page(AMOUNTS), name, data)
    assert "台账没有改动" in html_of(page) and "_ledger" not in page.session_state


def test_one_change_can_be_taken_back_and_brought_again() -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    page.button("ledger-clear").click().run()
    assert "台账可保障 0.00 亿元" in html_of(page) and held(page).ledger.rows == ()
    assert any("下载模板" in button.label for button in page.get("download_button"))
    page.button("ledger-back").click().run()
    assert "台账可保障 7.20 亿元" in html_of(page)
    page.button("ledger-back").click().run()
    assert held(page).ledger.rows == ()


def test_a_row_at_fault_is_left_out_and_named() -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    broken = (*CELLS[:1], ("invented_anode", "", *CELLS[1][2:]), *CELLS[2:])
    now = held(page)
    lines = tuple(enumerate(broken, start=1))
    sifted = visit_ledger.sift_lines(visit_ledger.TABLE, lines)
    page.session_state[keys.LEDGERS] = {
        "haidong-2022-h1": visit_ledger.VisitLedger(now.base, lines, sifted, now.cells, now.generation)
    }
    page.run()
    said = html_of(page)
    assert "1 行有问题，没有计入任何合计：invented_anode“阶段”：空白，缺少" in said, said
    assert "台账可保障 5.20 亿元" in said, "7.2 without the 2 of the row at fault"


def test_the_ledger_is_not_in_the_address_and_ends_with_the_visit() -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    assert "invented_park" not in str(written_address(page)), written_address(page)
    assert "只在这次打开的页面里" in " ".join(caption.value for caption in page.caption)
    assert "台账可保障 0.00" in html_of(projects_page(AMOUNTS)), "another visitor has nothing of it"


def test_it_stays_while_other_views_are_looked_at() -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    page.button("view-compare").click().run()
    page.button("view-projects").click().run()
    assert "台账可保障 7.20 亿元" in html_of(page)


# --- who drives the year
# ---------------------------------------------------------------------------------------------


def driven(haidong, page: AppTest):
    return project(haidong, page.session_state[keys.NOW])[INVESTMENT]


def test_the_ledger_drives_to_the_last_digit_and_gives_back(haidong) -> None:
    page = paste(projects_page(AMOUNTS), PASTED.replace("\t1.2\t", "\t1.23456789\t"))
    before = driven(haidong, page)
    page.button("drive-ledger").click().run()
    now = driven(haidong, page)
    assert (now.path.q3, now.path.q4) == (Fraction("4.33456789"), Fraction("2.9"))
    assert now.path.full_year == 30 + held(page).ledger.tally.counted.h2
    assert "现由台账推动" in html_of(page)
    page.button("drive-sliders").click().run()
    assert driven(haidong, page) == before and "现由强度滑块推动" in html_of(page)


def test_the_year_follows_the_ledger_at_once(haidong) -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    page.button("drive-ledger").click().run()
    page.radio("ledger-mode").set_value("add").run()
    paste(page, "虚构戊\t新建\t\t\t0.8\t\t三季度\t是")
    assert driven(haidong, page).path.q3 == Fraction("5.1")
    page.button("ledger-clear").click().run()
    assert driven(haidong, page).path.full_year == 60, "the sliders' year, and not the first half alone"
    assert "现由强度滑块推动" in html_of(page) and page.button("drive-ledger").disabled
    page.button("ledger-back").click().run()
    assert driven(haidong, page).path.q3 == Fraction("5.1") and "现由台账推动" in html_of(page)


def test_a_ledger_that_plans_nothing_is_not_offered_and_says_why(haidong) -> None:
    page = projects_page(AMOUNTS)
    assert page.button("drive-ledger").disabled
    assert any("还没有计入的计划额" in caption.value for caption in page.caption)
    paste(page, PASTED)
    assert not page.button("drive-ledger").disabled


def test_the_visitors_choice_of_the_sliders_stands_whatever_becomes_of_the_ledger(haidong) -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    page.button("drive-ledger").click().run()
    page.button("ledger-clear").click().run()
    page.button("drive-sliders").click().run()
    page.button("ledger-back").click().run()
    assert driven(haidong, page).path.full_year == 60 and "现由强度滑块推动" in html_of(page)


@pytest.mark.parametrize("is_target_published", [True, False])
def test_a_ledger_drives_where_amounts_are_published_instead_of_entered(is_target_published: bool) -> None:
    """Invented sales: 30 of 80 by June, both printed; the ledger counts 4.3 and 2.9."""
    folder = INVENTED_EDITION
    tables = tables_in(folder)
    if not is_target_published:
        tables["figures.csv"] = [row for row in tables["figures.csv"] if row[0] != "invented_sales.target"]
    tables["edition.csv"] = [
        ("id", "invented-own") if row[0] == "id" else row for row in tables["edition.csv"]
    ]
    edition, _ = read_own(write_zip(tables))
    page = opened_page("view=sources")
    upload(page, "own.zip", write_zip(tables))
    page.session_state["ledger-in"] = True
    page.button("view-projects").click().run()
    paste(page, PASTED)
    assert not page.button("drive-ledger").disabled
    page.button("drive-ledger").click().run()
    now = project(edition, page.session_state[keys.NOW])["invented_sales"]
    assert (now.path.q3, now.path.q4, now.path.full_year) == (
        Fraction("4.3"),
        Fraction("2.9"),
        Fraction("37.2"),
    )
    assert "现由台账推动" in html_of(page)


def test_what_may_be_entered_as_a_share_of_a_target_may_be_so_where_it_is_published() -> None:
    """75 % of 80 by September are 60; less 30 by June, Q3 alone brought 30."""
    edition = load_edition(INVENTED_EDITION)
    entered = scenario_of(edition, "invented_sales.actual_completion_ytd_q3=75")
    assert project(edition, entered)["invented_sales"].path.q3 == 30


def test_amounts_that_are_not_the_ledger_s_are_said_to_be_others(haidong) -> None:
    page = paste(projects_page(f"{AMOUNTS}&{INVESTMENT}.planned_q3=4&{INVESTMENT}.planned_q4=2"), PASTED)
    assert "这不是这份台账的合计" in html_of(page)
    page.button("drive-ledger").click().run()
    page.button("undo").click().run()
    assert "这不是这份台账的合计" in html_of(page), "undo takes the entries back, not the ledger"


def test_a_sum_of_three_decimals_is_said_as_it_counts() -> None:
    """Q3 is planned with 6.105: what Q4 needs was said to be so "if Q3 brings 6.11"."""
    for view in ("explore", "required"):
        said = html_of(opened_page(f"{AMOUNTS}&view={view}&{INVESTMENT}.planned_q3=6.105"))
        assert "计划 6.105 亿元" in said and "6.11" not in said
        assert view == "explore" or "若三季度为 6.105 亿元" in said


def test_sums_beyond_what_can_be_entered_do_not_drive(haidong) -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    page.button("drive-ledger").click().run()
    page.radio("ledger-mode").set_value("add").run()
    paste(page, "虚构戊\t新建\t\t\t9999\t\t三季度\t是")
    assert page.button("drive-ledger").disabled and "现由强度滑块推动" in html_of(page)


def test_without_amounts_to_compare_with_the_ledger_stops_driving(haidong) -> None:
    page = paste(projects_page(AMOUNTS), PASTED)
    page.button("drive-ledger").click().run()
    page.session_state[f"{INVESTMENT}.target"] = None
    page.run()
    assert page.session_state[keys.NOW].as_dict()[f"{INVESTMENT}.planned_q3"] is None
    assert "台账计入下半年的计划共 7.20 亿元" in html_of(page)


def test_once_it_is_known_what_q3_brought_only_q4_is_held_against_what_is_missing(haidong) -> None:
    """40 less 30 in H1 and 4 in Q3 leaves 6; the ledger plans 2.9 for Q4, and 3.1 have no project."""
    page = paste(projects_page(f"{AMOUNTS}&{INVESTMENT}.actual_q3=4"), PASTED)
    assert "四季度还须完成 6.00 亿元，台账可保障 2.90 亿元；还有 3.10 亿元没有项目支撑。" in html_of(page)
    page.button("drive-ledger").click().run()
    now = driven(haidong, page)
    assert (now.path.q3, now.path.q4, now.path.full_year) == (4, Fraction("2.9"), Fraction("36.9"))
    assert "现由台账推动" in html_of(page)
    page.selectbox("ledger-slips").set_value("invented_park").run()
    assert "“invented_park”推迟一季：四季度少 2.00 亿元，全年少 2.00 亿元" in html_of(page)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ["按表上方的单位（万元）", "合计、小计 1 行，未计入"]),
        ("en", ["in the unit above the table", "sums, not counted (1)"]),
    ],
)
def test_what_was_read_otherwise_than_it_stands_is_said_beside_the_ledger(
    language: str, said: list[str]
) -> None:
    """3000 and 1200 万元 under a title's unit are 0.30 and 0.12 亿元; their sum row is no project."""
    title = "项目名称\t阶段\t三季度计划\t四季度计划\t入库"
    text = f"单位：万元\n{title}\n虚构甲\t新建\t3000\t1200\t是\n合计\t\t3000\t1200\t"
    page = paste(projects_page(f"lang={language}"), text)
    captions = " ".join(caption.value.replace("\\", "") for caption in page.caption)
    assert all(part in captions for part in said), captions
    assert [(row.name, float(row.plan_q3), float(row.plan_q4)) for row in held(page).ledger.rows] == [
        ("虚构甲", 0.3, 0.12)
    ]
