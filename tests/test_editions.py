"""Somebody's own edition: read like a released one, in one session only,
with every fault named and the page as it was.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from hdmodel import (
    BadInput,
    Problem,
    baseline,
    load_edition,
    open_link,
    project,
    released_edition,
    write_link,
)
from hdmodel.links.link import LANGUAGES
from hdmodel.problems import WORDS, Phrase, Place
from hdmodel.reading.edition import TABLES, digest_of
from hdmodel.reading.tables import sheet_of
from hdmodel.reading.upload import LARGEST, MOST_ROWS, is_released, own_edition
from tests.test_page import card, html_of, opened_page, written_address
from tests.test_sheets import FOLDERS, Tables, tables_in
from ui.files.faults import MOST, in_words, row_of
from ui.files.spreadsheets import write_workbook, write_zip
from ui.page.editions import read_own
from ui.page.frame import escape_markdown
from ui.session import keys
from ui.text.speech import Speech

ROOT = Path(__file__).parent.parent
HAIDONG, INVENTED = FOLDERS
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def changed(*changes: tuple[str, str, str, str], folder: Path = HAIDONG, id: str = "invented-own") -> Tables:
    """The tables of a folder under another id, with some cells changed: table, row's id, column and text."""
    tables = {name: [list(cells) for cells in rows] for name, rows in tables_in(folder).items()}
    for table, row, column, text in (("edition.csv", "id", "value", id), *changes):
        header, *rows = tables[table]
        next(cells for cells in rows if cells[0] == row)[header.index(column)] = text
    return {name: [tuple(cells) for cells in rows] for name, rows in tables.items()}


def faults_of(data: bytes) -> list[str]:
    with pytest.raises(BadInput) as bad:
        read_own(data)
    return [problem.sentence() for problem in bad.value.problems]


# --- reading
# ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("write", [write_workbook, write_zip])
def test_an_edition_uploads_back_to_the_same_thing(folder: Path, write) -> None:
    edition, found = read_own(write(tables_in(folder)))
    assert edition == load_edition(folder)
    assert edition.digest == load_edition(folder).digest == digest_of(found)


def test_a_changed_edition_has_the_same_digest_from_a_workbook_a_zip_and_a_folder(tmp_path: Path) -> None:
    tables = changed(("figures.csv", "outside_funds.h1", "value", "30"))
    one, other = (read_own(write(tables))[0] for write in (write_workbook, write_zip))
    for name, rows in tables.items():
        (tmp_path / name).write_bytes(_csv(rows))
    assert one == other == load_edition(tmp_path)
    assert one.digest != load_edition(HAIDONG).digest and not is_released(one)
    assert project(one, baseline(one))["outside_funds"].path.full_year == 60


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    with ZipFile(BytesIO(write_zip({"t.csv": rows}))) as archive:
        return archive.read("t.csv")


def test_the_released_tables_are_the_released_edition_and_no_others_may_have_its_id() -> None:
    assert read_own(write_zip(tables_in(HAIDONG)))[0] is released_edition()
    (said,) = faults_of(
        write_zip(changed(("figures.csv", "outside_funds.h1", "value", "30"), id="haidong-2022-h1"))
    )
    assert said == (
        "edition.csv row 2 column value: haidong-2022-h1: taken by a released edition; "
        "accepted: another id, such as haidong-2022-h1-own"
    )


BAD = [
    (changed(("figures.csv", "outside_funds.h1", "value", "20,88")), ["figures.csv row 17", "value", "20,88",
    "decimal number"]),
    (changed(("figures.csv", "outside_funds.h1", "value", "13.8%")), ["column value", "13.8%",
    "not a number"]),
    (changed(("figures.csv", "outside_funds.h1", "source", "hearsay")), ["column source", "hearsay"]),
    (changed(("figures.csv", "outside_funds.h1", "value", str(10 * LARGEST))), ["column value",
    "out of range"]),
    (changed(("figures.csv", "pro_rata.h1", "value", "1e99")), ["column value", "1e99", "out of range"]),
    (changed(("levers.csv", "industrial_value_added.q3", "high", "1e13")), ["column high", "at most"]),
    (changed(("levers.csv", "industrial_value_added.q3", "step", "0.000001")), ["column step",
    "steps from low to high"]),
    (
        changed(*(("levers.csv", "outside_funds.new_q3", column, "0.5") for column in ("low", "default"))),
        ["column low", "whole"],
    ),
    (changed(("levers.csv", "outside_funds.new_q3", "high", "0.5")), ["column high", "whole"]),
    (changed(("levers.csv", "industrial_value_added.q3", "high", "999999*9999999")), ["column high",
    "at most"]),
    (changed(("indicators.csv", "start_rate", "form", "guess")), ["indicators.csv", "column form", "guess"]),
    (changed(("scenarios.csv", "winter_slowdown", "settings", "x=1")), ["scenarios.csv", "column settings",
    "x=1"]),
    (changed(("projects.csv", "rock-wool-line", "stage", "dreamt")), ["projects.csv", "column stage"]),
    (changed(("sources.csv", "explorer", "title_en", "")), ["sources.csv", "column title_en"]),
    (changed(("edition.csv", "focus", "value", "nobody")), ["edition.csv focus", "nobody"]),
    (changed(id="Not An Id"), ["edition.csv row 2", "Not An Id", "lower-case"]),
    (changed(("edition.csv", "city_zh", "value", "a\x07b")), ["edition.csv row 7", "control characters"]),
    ({**changed(), "extra.csv": [("id",)]}, ["extra.csv", "no such name", "figures.csv"]),
    ({name: rows for name, rows in changed().items() if name != "projects.csv"}, ["projects.csv", "missing",
    "name_zh"]),
    ({**changed(), "projects.csv": [("id",)]}, ["projects.csv row 1", "the columns id, name_zh"]),
    ({**changed(), "projects.csv": []}, ["projects.csv row 1", "the columns id, name_zh"]),
    ({**changed(), "levers.csv": [("id",)] * (MOST_ROWS["levers.csv"] + 1)}, ["levers.csv", "121 rows",
    "at most 120 rows"]),
]  # fmt: skip


@pytest.mark.parametrize(("tables", "named"), BAD)
def test_a_fault_is_named_with_its_place_its_value_and_what_is_accepted(
    tables: Tables, named: list[str]
) -> None:
    said = "\n".join(faults_of(write_zip(tables)))
    for part in named:
        assert part in said, said


def test_every_fault_of_file_and_figures_is_named_at_once_and_each_cell_once() -> None:
    def spoil(book) -> None:
        book["figures"]["B15"] = "=SUM(B4:B5)"
        book["levers"]["F2"] = 0.138
        book["levers"]["F2"].number_format = "0.0%"
        book["projects"]["D2"] = "dreamt"

    said = faults_of(_edited(changed(), spoil))
    assert [line.split(": ")[0] for line in said] == [
        "figures.csv row 15 column value",
        "projects.csv row 2 column stage",
        "levers.csv row 2 column low",
    ]
    assert "=SUM(B4:B5): a formula, which is not run" in said[0] and "13.8%" in said[2]


def _edited(tables: Tables, edit) -> bytes:
    book = openpyxl.load_workbook(BytesIO(write_workbook(tables)))
    edit(book)
    book.save(out := BytesIO())
    return out.getvalue()


def test_figures_that_square_each_other_do_not_fill_the_memory() -> None:
    tables = changed()
    header, first, *rest = tables["figures.csv"]
    bombs = [("a0", "7", *first[2:])]
    for n in range(1, 60):
        cells = dict(zip(header, first, strict=True)) | {
            "id": f"a{n}",
            "value": "",
            "tag": "derived",
            "formula": f"a{n - 1}*a{n - 1}",
        }
        bombs.append(tuple(cells[column] for column in header))
    assert (
        "column formula" in faults_of(write_zip({**tables, "figures.csv": [header, first, *rest, *bombs]}))[0]
    )


def test_a_long_chain_of_figures_is_worked_out_or_named_and_never_too_deep() -> None:
    tables = changed()
    header, first, *rest = tables["figures.csv"]
    chain = [("z0", "7", *first[2:])]
    for n in range(1, 330):
        cells = dict(zip(header, first, strict=True)) | {
            "id": f"z{n}",
            "value": "",
            "tag": "derived",
            "formula": f"z{n - 1}+1",
        }
        chain.insert(0, tuple(cells[column] for column in header))
    data = write_zip({**tables, "figures.csv": [header, first, *rest, *chain]})
    try:
        read_own(data)
    except BadInput as bad:
        assert {problem.kind for problem in bad.problems} == {"malformed"}


TABLES_OF_INVENTED = changed(folder=INVENTED)
cells = st.sampled_from(sorted(TABLES)).flatmap(
    lambda table: st.tuples(
        st.just(table),
        st.integers(0, len(TABLES_OF_INVENTED[table]) - 1),
        st.integers(0, len(TABLES_OF_INVENTED[table][0]) - 1),
    )
)
garbage = st.text(max_size=20) | st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1e99",
        "1e-99",
        "0.5",
        "9" * 41,
        "nan",
        "1/0",
        "((",
        "q3",
        "=1",
        "invented_sales.h1",
        "a.b*a.b",
        "x=1",
        "yes",
        "3",
    ]
)


@given(st.lists(st.tuples(cells, garbage), min_size=1, max_size=4))
def test_spoilt_cells_never_raise_anything_but_faults(spoilt) -> None:
    tables = {name: [list(row) for row in rows] for name, rows in TABLES_OF_INVENTED.items()}
    for (table, row, column), text in spoilt:
        tables[table][row][column] = text
    found = {
        name: sheet_of(name, ((n, tuple(row)) for n, row in enumerate(rows, 1)))
        for name, rows in tables.items()
    }
    try:
        edition = own_edition(found)
    except BadInput as bad:
        for problem in bad.problems:
            for language in ("zh", "en"):
                assert len(row_of(problem, Speech(language))) == 6
        return
    for end in ("low", "high"):
        values = {id: getattr(lever, end) for id, lever in edition.levers.items() if lever.joint is None}
        project(
            edition, open_link([(id, str(float(value))) for id, value in values.items()], edition).scenario
        )
    write_link(open_link([], edition))


# --- how faults are said
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", sorted(WORDS))
def test_a_phrase_says_the_same_in_both_languages(key: str) -> None:
    """The same gaps in each, Chinese in the Chinese one;
    an unfilled gap is an error where the phrase is made.
    """
    gaps = {language: set(re.findall(r"{(\w+)}", words)) for language, words in WORDS[key].items()}
    assert gaps["zh"] == gaps["en"] and {*WORDS[key]} == {*LANGUAGES}
    assert re.search(r"[\u4e00-\u9fff]", WORDS[key]["zh"]) or key == "wanted.settings"
    phrase = Phrase(key, **dict.fromkeys(gaps["en"], "7"))
    assert in_words(phrase, Speech("en")) == phrase
    assert in_words(phrase, Speech("zh")) == WORDS[key]["zh"].format_map(dict.fromkeys(gaps["zh"], "7"))
    if gaps["en"]:
        with pytest.raises(KeyError):
            Phrase(key)


@pytest.mark.parametrize(("tables", "named"), BAD)
def test_a_fault_in_chinese_has_no_english_but_names(tables: Tables, named: list[str]) -> None:
    with pytest.raises(BadInput) as bad:
        read_own(write_zip(tables))
    for problem in bad.value.problems:
        sheet, *_, what, accepted = row_of(problem, Speech("zh"))
        assert not sheet.endswith(".csv") and re.search(r"[\u4e00-\u9fff]", what)
        assert not re.search(r"\b(a|an|the|at|most|of|with)\b", accepted), accepted


def test_a_fault_has_its_place_in_columns_of_its_own() -> None:
    for place, cells in {
        Place("figures.csv", 7, "value"): ("figures", "7", "value"),
        Place("figures.csv", 1): ("figures", "1", ""),
        Place("edition.csv", column="focus"): ("edition", "", "focus"),
        "projects.csv": ("projects", "", ""),
        "file": ("整个文件", "", ""),
    }.items():
        assert row_of(Problem("missing", place, "", ""), Speech("zh"))[:3] == cells


# --- the page
# --------------------------------------------------------------------------------------------------------


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
    assert page.session_state["industrial_value_added.q3"] == 13.8 and page.session_state["p1"] == ""
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
    assert page.session_state["industrial_value_added.q3"] == 5 and "稳" in page.session_state["p1"]
    click(page, "view-explore")
    assert "On an uploaded edition" not in html_of(page)
    assert "43.85" in card(page, "outside_funds")  # 20.88 + 10.44·1.2 + 10.44


def test_an_edition_of_another_city_leaves_nothing_of_the_old_one_behind() -> None:
    page = upload(opened_page(f"{STATE}&view=sources"), write_zip(changed(folder=INVENTED)), "own.zip")
    invented = load_edition(INVENTED)
    levers = {key for key in page.session_state._state.filtered_state if "." in key}
    assert levers and {key.removeprefix("typed:") for key in levers} <= set(invented.levers)
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
    assert "“<i>.xlsx”有 2 处用不了" in text and "十进制数，或留空" in text
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


EVIL = "<b>a</b> & \"q\" 's' https://evil.example www.evil.example a@evil.example **s** [t](https://evil.example)"
MARKDOWN_OPTIONS = ("radio", "button_group")  # whose options Streamlit reads as Markdown


def with_words(said: str) -> Tables:
    """The released tables with a text behind every name, note and reason in them."""
    tables = {name: [list(cells) for cells in rows] for name, rows in changed().items()}
    for name, (header, *rows) in tables.items():
        columns = [place for place, column in enumerate(header) if column.endswith(("_zh", "_en"))]
        for cells in rows:
            if name == "edition.csv" and cells[0].endswith(("_zh", "_en")):
                cells[1] += said
            for place in columns:
                cells[place] += said
    return {name: [tuple(cells) for cells in rows] for name, rows in tables.items()}


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
    plain, evil = every_view("", language), every_view(EVIL, language)
    seen = 0
    for view, page in evil.items():
        bodies, usual = (
            [element.proto.body for element in one.get("html") if "<script" not in element.proto.body]
            for one in (page, plain[view])
        )
        assert len(bodies) == len(usual)
        for body, other in zip(bodies, usual, strict=True):
            assert Elements(body).found == Elements(other).found, body
        assert EVIL in html_of(page), f"{view}: it is there to be read"
        for text in read_as_markdown(page):
            seen += text.count(escape_markdown(EVIL))
            assert "evil" not in text.replace(escape_markdown(EVIL), ""), text
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


@pytest.mark.parametrize("id", ["outside_funds.h1", "general_industrial_investment.h1_completion"])
def test_a_flow_without_its_first_half_is_named(id: str) -> None:
    """A flow without what H1 brought."""
    tables = {
        name: [row for row in rows if name != "figures.csv" or row[0] != id]
        for name, rows in tables_in(HAIDONG).items()
    }
    tables["edition.csv"] = [
        ("id", "invented-own") if row[0] == "id" else row for row in tables["edition.csv"]
    ]
    with pytest.raises(BadInput) as bad:
        read_own(write_zip(tables))
    assert all("Error" not in problem.found for problem in bad.value.problems)
    assert row_of(bad.value.problems[0], Speech("zh"))


def test_what_no_check_foresees_is_a_fault_of_the_file_and_no_exception(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.page.editions.own_edition", lambda *_: 1 / 0)
    with pytest.raises(BadInput) as bad:
        read_own(write_zip(tables_in(HAIDONG)))
    assert "ZeroDivisionError" in bad.value.problems[0].found
