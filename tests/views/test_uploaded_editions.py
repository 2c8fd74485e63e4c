"""Somebody's own edition on the page: it runs on what was uploaded, in one session only,
and a file at fault leaves the page as it was.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from hdmodel import (
    load_edition,
    open_link,
    write_link,
)
from hdmodel.language.languages import LANGUAGES
from hdmodel.reading.tables import csv_text
from tests.page import card, html_of, opened_page, supposed, written_address
from tests.reading.tables import FOLDERS, STRANGE_WORDS, changed, tables_in, with_words
from ui.files.faults import MOST
from ui.files.spreadsheets import write_workbook, write_zip
from ui.page.editions import read_own
from ui.page.frame import escape_markdown
from ui.session import keys

HAIDONG, INVENTED = FOLDERS
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(page: AppTest, data: bytes, name: str = "own.xlsx") -> AppTest:
    page.file_uploader[0].set_value((name, data, WORKBOOK)).run()
    assert not page.exception
    return page


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click().run()
    assert not page.exception
    return page


OWN = write_workbook(changed(("figures.csv", "outside_funds.h1", "value", "30")))
STATE = "industrial_value_added.q3=5&outside_funds.intensity_q3=120&p1=iva.q3_5~稳"


def test_the_page_runs_on_what_was_uploaded_from_its_baseline() -> None:
    page = upload(opened_page(f"{STATE}&view=sources"), OWN)
    assert "已换用“own.xlsx”：版本 invented-own" in html_of(
        page
    ) and "用的是上传的版本 invented-own" in html_of(page)
    assert supposed(page, "industrial_value_added.q3") == 13.8 and page.session_state["p1"] == ""
    click(page, "view-explore")
    assert "60.00 亿元" in card(page, "outside_funds")
    assert "已换用" not in html_of(page) and "用的是上传的版本 invented-own" in html_of(page)
    click(page, "undo")
    assert page.toast[0].value == "没有可以撤销的改动", (
        "what was supposed with the other edition is not come back to"
    )


def test_the_released_edition_is_come_back_to_as_it_was_left() -> None:
    page = upload(opened_page(f"{STATE}&view=sources&lang=en"), OWN)
    page = click(page, "edition-back")
    assert "Back on the released edition" in html_of(page)
    assert supposed(page, "industrial_value_added.q3") == 5 and "稳" in page.session_state["p1"]
    click(page, "view-explore")
    assert "On an uploaded edition" not in html_of(page)
    assert "43.85" in card(page, "outside_funds")  # 20.88 + 10.44·1.2 + 10.44


def test_an_edition_of_another_city_leaves_nothing_of_the_old_one_behind() -> None:
    page = upload(opened_page(f"{STATE}&view=sources"), write_zip(changed(folder=INVENTED)), "own.zip")
    invented = load_edition(INVENTED)
    levers = {key for key in page.session_state._state.filtered_state if "." in key}
    assert {key.removeprefix("typed:") for key in levers} <= set(invented.levers)
    assert set(page.session_state[keys.NOW].as_dict()) == set(invented.levers)
    click(page, "view-explore")
    assert {button.key for button in page.button if str(button.key).startswith("card-")} == {
        f"card-{id}" for id in invented.indicators
    }


def test_a_bad_file_lists_its_faults_and_leaves_the_page_as_it_was() -> None:
    page = opened_page(f"{STATE}&view=sources")
    before = written_address(page)
    assert (
        before["industrial_value_added.q3"] == "5" and before["outside_funds.intensity_q3"] and before["p1"]
    )
    upload(
        page, write_workbook(changed(("figures.csv", "outside_funds.h1", "value", "<b>x</b>"))), "<i>.xlsx"
    )
    text = html_of(page)
    assert "“<i>.xlsx”有 1 处用不了" in text and "十进制数，或留空" in text
    raw = " ".join(element.proto.body for element in page.get("html"))
    assert "&lt;b&gt;x&lt;/b&gt;" in raw and "<b>x" not in raw and "<i>.x" not in raw
    assert written_address(page) == before
    click(page, "view-explore")
    assert "43.85 亿元" in card(page, "outside_funds")


def test_faults_are_listed_in_the_language_of_the_page_and_go_with_the_file() -> None:
    page = upload(opened_page("view=sources&lang=en"), b"no workbook")
    assert "cannot be used as it is (faults: 1)" in html_of(
        page
    ) and "a workbook (.xlsx), or a zip" in html_of(page)
    page.file_uploader[0].set_value(None).run()
    assert "cannot be used" not in html_of(page)


def test_an_old_workbook_is_told_what_to_be() -> None:
    page = upload(opened_page("view=sources"), b"\xd0\xcf\x11\xe0" + bytes(600), "旧表.xls")
    assert "“旧表.xls”有 1 处用不了" in html_of(page)
    assert "旧版 .xls，或带密码" in html_of(page) and "不带密码的 Excel 工作簿（.xlsx）" in html_of(page)


def test_past_the_most_faults_it_is_said_how_many_more_there_are() -> None:
    tables = changed()
    header, *rows = tables["projects.csv"]
    many = [(f"p{n}", *rows[0][1:3], "dreamt", *rows[0][4:]) for n in range(MOST + 7)]
    page = upload(opened_page("view=sources"), write_workbook({**tables, "projects.csv": [header, *many]}))
    raw = " ".join(element.proto.body for element in page.get("html"))
    assert raw.count("dreamt") == MOST and "另有 7 处未列出" in html_of(page)


def test_the_same_edition_again_changes_nothing() -> None:
    page = upload(opened_page(f"{STATE}&view=sources"), write_workbook(tables_in(HAIDONG)))
    assert "就是现用的版本" in html_of(page)
    assert written_address(page)["industrial_value_added.q3"] == "5"


def test_a_link_to_an_uploaded_edition_says_so_and_is_read_again_once_it_is_uploaded() -> None:
    own, _ = read_own(OWN)
    opened = open_link(
        [("industrial_value_added.q3", "7"), ("general_industrial_investment.target", "40")], own
    )
    page = opened_page(write_link(opened))
    assert "链接用的版本“invented-own”不是发布版" in html_of(page) and "链接用的版本不在这里" in html_of(page)
    click(page, "to-upload")
    page.session_state["industrial_value_added.q3"] = 9.0
    other = write_workbook(changed(id="invented-other"))
    upload(page, other)
    assert "用的是上传的版本 invented-other" in html_of(page)
    upload(page, OWN)
    text = html_of(page)
    assert "按打开时的链接恢复了全部假设" in text and "打开时，结果与链接发出时一致" in text
    assert page.session_state["industrial_value_added.q3"] == 7
    assert page.session_state["general_industrial_investment.target"] == 40
    assert "链接用的版本" not in text


def test_share_says_that_an_uploaded_edition_is_not_in_the_link_and_offers_it() -> None:
    page = opened_page("view=sources")
    click(page, "share")
    assert not any("不在链接里" in one.value for one in page.warning)
    upload(page, OWN)
    click(page, "share")
    own, _ = read_own(OWN)
    (said,) = [one.value.replace("\\", "") for one in page.warning]
    assert "上传的版本不在链接里" in said and f"invented-own（{own.digest}）" in said
    assert [one.key for one in page.get("download_button") if one.key.startswith("share")] == [
        "share-xlsx",
        "share-zip",
    ]


def test_text_of_an_uploaded_edition_is_never_read_as_markup() -> None:
    evil = "**b** :red[r] <img src=x> $x$ `c`"
    tables = changed(
        ("indicators.csv", "outside_funds", "label_zh", evil),
        ("indicators.csv", "outside_funds", "short_zh", evil),
        ("levers.csv", "outside_funds.new_q3", "label_zh", evil),
        ("levers.csv", "outside_funds.new_q3", "reason_zh", evil),
        ("scenarios.csv", "winter_slowdown", "label_zh", evil),
        ("edition.csv", "city_zh", "value", evil),
        ("sources.csv", "explorer", "publisher_zh", evil),
    )
    page = upload(opened_page("view=sources"), write_workbook(tables))
    for view in ("explore", "required", "compare", "sources"):
        click(page, f"view-{view}")
        if view != "sources":
            page = click(page, "card-outside_funds") if view != "compare" else page
        assert "<img src=x>" not in " ".join(element.proto.body for element in page.get("html"))
        labels = [
            element.proto.label
            for kind in ("button", "slider", "number_input", "selectbox")
            for element in page.get(kind)
        ]
        marked = [label for label in labels if "b**" in label or ":red[" in label]
        assert marked == [], marked


MARKDOWN_OPTIONS = ("radio", "button_group")  # whose options Streamlit reads as Markdown


class Elements(HTMLParser):
    """The elements of some HTML, each with the names of its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attributes)))


def every_view(said: str, language: str) -> dict[str, AppTest]:
    """Each view on an edition with these words, everything that is folded open."""
    views = {}
    for view in ("explore", "required", "compare", "projects", "sources"):
        page = upload(opened_page(f"view=sources&lang={language}"), write_zip(with_words(said)), "own.zip")
        page = click(click(page, f"view-{view}"), "share")
        for folded in ("entries", "map-table", "tornado-table", "record", "scenarios", "ledger-in"):
            page.session_state[folded] = True
        page.run()
        assert not page.exception
        views[view] = page
    return views


def read_as_markdown(page: AppTest) -> list[str]:
    """Every text of the page that Streamlit reads as Markdown."""
    texts = []
    for node in page._tree[0]:
        if isinstance(node, Element) and node.type != "html":
            fields = ("label", "help", *(("options",) if node.type in MARKDOWN_OPTIONS else ()))
            is_text = node.type in ("markdown", "caption", "warning", "error", "info", "toast", "success")
            for name in (*fields, *(("body",) if is_text else ())):
                value = getattr(node.proto, name, "")
                texts += [value] if isinstance(value, str) else [str(getattr(o, "content", o)) for o in value]
    return texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_an_uploaded_edition_make_no_element_and_no_link_in_any_view(language: str) -> None:
    plain, evil = every_view("x", language), every_view(STRANGE_WORDS, language)
    seen = 0
    for view, page in evil.items():
        bodies, usual = (
            [element.proto.body for element in one.get("html") if "<script" not in element.proto.body]
            for one in (page, plain[view])
        )
        assert len(bodies) == len(usual)
        for body, other in zip(bodies, usual, strict=True):
            assert Elements(body).found == Elements(other).found, body
        assert STRANGE_WORDS in html_of(page), f"{view}: it is there to be read"
        for text in read_as_markdown(page):
            seen += text.count(escape_markdown(STRANGE_WORDS))
            assert "evil" not in text.replace(escape_markdown(STRANGE_WORDS), ""), text
    assert seen > 50


def test_an_address_is_kept_from_becoming_a_link_where_markdown_is_read() -> None:
    for text in ("https://evil.example", "HTTP://evil.example", "WWW.evil.example", "a@evil.example"):
        said = escape_markdown(text).replace("\\", "")  # as it is when Streamlit looks for links
        assert not re.search(
            r"(https?://|www(?=\.))[-.\w]+|[-.\w+]+@[-\w]+", said, re.IGNORECASE | re.ASCII
        ), said
    for text in (":smile:", ":+1:", ":material/home:", ":streamlit:"):
        said = escape_markdown(text).replace("\\", "")
        assert not re.search(r":[\w+-]+:|:material/", said, re.ASCII), said
    assert escape_markdown("12:30, x:y") == r"12\:30, x\:y", "what is no address is left whole"


def test_two_sessions_do_not_see_each_others_editions() -> None:
    one = upload(opened_page("view=sources"), OWN)
    other = opened_page("e=invented-own&view=sources")
    assert "用的是上传的版本" in html_of(one) and "用的是上传的版本" not in html_of(other)
    assert "链接用的版本“invented-own”不是发布版" in html_of(other)


def test_a_ledger_outlasts_a_visit_to_another_edition() -> None:
    page = opened_page("view=projects")
    page.session_state["ledger-in"] = True  # opens the fold-out
    page.run()
    page.text_area("ledger-text").set_value("虚构一号\t续建\t5\t1\t2\t1\t已开工\t是")
    click(page, "ledger-take")
    click(page, "ledger-accept")
    kept = page.session_state[keys.LEDGERS]["haidong-2022-h1"].cells
    assert any(cells[0] == "虚构一号" for cells in kept)
    upload(click(page, "view-sources"), OWN)
    click(page, "edition-back")
    assert page.session_state[keys.LEDGERS]["haidong-2022-h1"].cells == kept


def test_past_years_that_were_typed_outlast_a_visit_to_another_edition() -> None:
    page = opened_page("view=sources")
    typed = {("haidong-2022-h1", "telecom_volume"): ("2021 18 20", ())}
    page.session_state[keys.YEARS] = typed
    upload(page, OWN)
    assert page.session_state[keys.YEARS] == typed
    click(page, "edition-back")
    assert page.session_state[keys.YEARS] == typed


def test_an_edition_in_another_encoding_says_how_it_was_read() -> None:
    with ZipFile(out := BytesIO(), "w") as archive:
        for name, rows in changed().items():
            archive.writestr(name, csv_text(rows).encode("gb18030" if name == "figures.csv" else "utf-8"))
    page = upload(opened_page("view=sources"), out.getvalue(), "own.zip")
    assert "表 figures.csv GB 18030 编码，按此读取。" in html_of(page)
