"""Which indicator a ledger belongs to: said, chosen where there is a choice, and kept by link and visit file.

By hand: of the investment 40 − 30 = 10 are missing, of the funds 40 − 20.88 = 19.12; planned are 2 and 3.
"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from streamlit.testing.v1 import AppTest

from hdmodel import open_link, write_link
from hdmodel.ledger import carriers
from hdmodel.links.link import live_link, read_query
from hdmodel.links.visit_file import Visit, checked_visit, write_visit
from hdmodel.projection import project
from hdmodel.reading.edition import read_edition, released_edition
from tests.indicators import INVESTMENT
from tests.page import html_of, opened_page, supposed, written_address
from tests.reading.tables import TWO_FLOWS
from ui.files.spreadsheets import write_workbook
from ui.page.editions import read_own

FUNDS = "outside_funds"
AMOUNTS = {f"{INVESTMENT}.target": 40.0, f"{INVESTMENT}.h1": 30.0}
LEDGER = "项目\t阶段\t三季度计划（亿元）\t四季度计划（亿元）\t入库\n虚构甲\t续建\t2\t3\t是\n"


def on_two_flows() -> AppTest:
    """The ledger's view on an edition of one's own in which projects drive two indicators."""
    page = opened_page("view=sources")
    page.file_uploader[0].set_value(("own.xlsx", write_workbook(TWO_FLOWS), "")).run()
    for id, value in AMOUNTS.items():
        page.session_state[id] = value
    page.session_state["ledger-in"] = True
    page.button("view-projects").click().run()
    assert not page.exception
    return page


def choice(page: AppTest, place: str = "view"):
    (box,) = [box for box in page.selectbox if box.key == f"ledger-indicator-{place}"]
    return box


def test_with_one_such_indicator_it_is_said_and_not_asked() -> None:
    page = opened_page("view=projects")
    assert "对应指标：一般性工业投资" in html_of(page)
    assert not [box for box in page.selectbox if str(box.key).startswith("ledger-indicator")]
    assert [indicator.id for indicator in carriers(released_edition())] == [INVESTMENT]


def test_the_ledger_is_held_against_the_indicator_that_is_chosen_and_drives_it() -> None:
    page = on_two_flows()
    assert "下半年还须完成 10.00 亿元" in html_of(page) and choice(page).value == INVESTMENT
    page.text_area("ledger-text").set_value(LEDGER)
    page.button("ledger-take").click().run()
    choice(page, "preview").set_value(FUNDS).run()
    assert "对应指标：省外资金到位" in html_of(page) and choice(page).value == FUNDS
    page.button("ledger-accept").click().run()
    assert "下半年还须完成 19.12 亿元，台账可保障 5.00 亿元" in html_of(page)
    page.button("drive-ledger").click().run()
    assert (supposed(page, f"{FUNDS}.planned_q3"), supposed(page, f"{FUNDS}.planned_q4")) == (2, 3)
    assert written_address(page)["ledger"] == FUNDS
    choice(page).set_value(INVESTMENT).run()
    assert not page.exception
    address = written_address(page)
    assert (address[f"{INVESTMENT}.planned_q3"], f"{FUNDS}.planned_q3" in address) == ("2", False)
    assert "ledger" not in address, "the first one needs no word"


def test_a_link_and_a_visit_say_it_and_older_links_open_to_the_first() -> None:
    edition, sheets = read_own(write_workbook(TWO_FLOWS))
    pairs = [("ledger", FUNDS), (f"{FUNDS}.planned_q3", "2"), (f"{FUNDS}.planned_q4", "3")]
    opened = open_link(pairs, edition)
    assert (opened.ledger, opened.problems) == (FUNDS, ())
    assert (
        project(edition, opened.scenario)[FUNDS].path.full_year
        == read_edition(sheets).figures[f"{FUNDS}.h1"].value + 5
    )
    for link in (write_link(opened), urlencode(live_link(opened))):
        assert open_link(read_query(link), edition).ledger == FUNDS
    visit = Visit(write_link(opened), tuple(sheets.values()))
    kept = checked_visit(write_visit(visit, datetime.now(UTC)))
    assert kept.problems == () and open_link(read_query(kept.visit.link), edition).ledger == FUNDS
    assert open_link(pairs[1:], edition).ledger == "", "as links were before"


def test_an_indicator_that_takes_no_ledger_is_named() -> None:
    opened = open_link([("ledger", FUNDS)])
    assert opened.ledger == ""
    assert [(problem.kind, problem.place, problem.wanted) for problem in opened.problems] == [
        ("unknown_focus", "ledger", INVESTMENT)
    ]
