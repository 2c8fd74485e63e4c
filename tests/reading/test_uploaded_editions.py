"""Somebody's own edition: read like a released one, with every fault named."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from hdmodel.language.languages import LANGUAGES
from hdmodel.problems import WORDS, Phrase, Place
from hdmodel.reading.edition import TABLES, digest_of
from hdmodel.reading.tables import sheet_of
from hdmodel.reading.upload import LARGEST, MOST_ROWS, is_released, own_edition
from tests.reading.tables import FOLDERS, Tables, changed, tables_in
from ui.files.faults import in_words, row_of
from ui.files.spreadsheets import write_workbook, write_zip
from ui.page.editions import read_own
from ui.text.speech import Speech

HAIDONG, INVENTED = FOLDERS


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
        "accepted: another id, such as haidong-2022-h1-own; to mend it: in the table edition, change the id"
    )


BAD = [
    (changed(("figures.csv", "outside_funds.h1", "value", "20,88")), ["figures.csv row 17", "value", "20,88",
    "decimal number"]),
    (changed(("figures.csv", "outside_funds.h1", "value", "13.8%")), ["column value", "13.8%",
    "percentage", "then type 13.8"]),
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
    assert re.search(r"[、；\u4e00-\u9fff]", WORDS[key]["zh"]) or key == "wanted.settings"
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
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("ui.page.editions.own_edition", lambda *_: 1 / 0)
    with pytest.raises(BadInput) as bad:
        read_own(write_zip(tables_in(HAIDONG)))
    assert bad.value.problems[0].found == Phrase("found.unforeseen")
    assert "ZeroDivisionError" in caplog.text  # the log knows what it was; a visitor could do nothing with it
