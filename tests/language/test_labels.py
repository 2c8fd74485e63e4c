"""Labels of editions in a further language: a table beside them that no digest covers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from hdmodel import Edition
from hdmodel.__main__ import main
from hdmodel.reading import edition as reading
from hdmodel.reading import labels
from hdmodel.reading.edition import faulty_labels, released_edition
from hdmodel.reading.files import DATA
from hdmodel.reading.labels_to_translate import main as main_of_labels
from hdmodel.reading.labels_to_translate import rows_to_translate
from hdmodel.reading.passages import passages_of
from tests.indicators import VALUE_ADDED
from tests.language.accented import CODE, forget, register
from tests.page import html_of, opened_page

DIGEST = "92748630"  # of the released edition, as links have it since 1.0


@pytest.fixture
def alone(haidong: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The third language with no table of labels yet, for one test; gives the folder of labels."""
    register(monkeypatch, tmp_path / "data")
    labels.FOLDER.mkdir()
    yield labels.FOLDER
    monkeypatch.undo()
    forget()


def test_without_a_table_every_label_is_that_of_the_language_that_stands_in(alone: Path) -> None:
    edition = released_edition()
    assert edition.digest == DIGEST and faulty_labels() == {}
    for indicator in edition.indicators.values():
        assert indicator.label.in_language(CODE) == indicator.label.in_language("en")
    assert not opened_page(f"lang={CODE}").exception


def written(folder: Path, *rows: str) -> list[tuple[str, str, str]]:
    """The faults of a table of labels with these lines."""
    (folder / f"{CODE}.csv").write_text("\n".join(rows), encoding="utf-8")
    forget()
    faults = faulty_labels().get(f"labels/{CODE}.csv", ())
    return [(fault.kind, str(fault.place), str(fault.found)) for fault in faults]


CITY = "海东市,Haidong"


def test_faults_of_a_table_of_labels_are_named_and_the_rest_of_it_counts(alone: Path) -> None:
    header, table = f"zh,en,{CODE}", f"labels/{CODE}.csv"
    assert written(alone, header, f"{CITY},Ĥ") == []
    assert written(alone, header, f"{CITY},Ĥ", f"{CITY},Ĥĥ") == [
        ("duplicate", f"{table} row 3 column zh", "海东市")
    ]
    assert released_edition().names["city"].in_language(CODE) == "Ĥ"
    (unknown,) = written(alone, header, "海东,Haidong,Ĥ")
    assert unknown == ("unknown_name", f"{table} row 2 column zh", "海东")
    assert released_edition().names["city"].in_language(CODE) == "Haidong"
    assert written(alone, "zh,en", CITY) == [("malformed", f"{table} row 1", "zh, en")]
    assert written(alone, header, f"{CITY}") == [("malformed", f"{table} row 2", "2 cells")]
    (alone / f"{CODE}.csv").write_bytes(b"\xff\xfe\x00")
    forget()
    assert [fault.found for fault in faulty_labels()[table]] == ["not in UTF-8, UTF-16 or GB 18030"]


def test_a_fault_of_a_label_stops_nobody_and_is_said_to_who_looks(
    alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(alone, f"zh,en,{CODE}", "海东,Haidong,Ĥ")
    page = opened_page(f"lang={CODE}&view=sources")
    assert "海东" in html_of(page) and f"labels/{CODE}" in html_of(page)
    assert main(["--lang", CODE]) == 0
    assert f"labels/{CODE}.csv" in capsys.readouterr().err
    assert main([]) == 0
    assert capsys.readouterr().err == ""


def test_a_label_that_an_own_edition_keeps_is_translated_and_one_that_it_changes_is_not(alone: Path) -> None:
    assert written(alone, f"zh,en,{CODE}", f"{CITY},Ĥ") == []
    kept = {"zh": "海东市", "en": "Haidong"}
    assert labels.labelled(kept).in_language(CODE) == "Ĥ"
    assert labels.labelled({**kept, "zh": "海东"}).in_language(CODE) == "Haidong"


def test_every_text_of_a_released_edition_is_there_to_translate_once() -> None:
    """As the tables have them, read here by the names of their columns."""
    pairs = set()
    for table in (reading.RELEASED / "haidong-2022-h1").glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if table.name == "edition.csv":
            rows = [{cells["key"]: cells["value"] for cells in rows}]
        for cells in rows:
            names = [column.removesuffix("_zh") for column in cells if column.endswith("_zh")]
            pairs |= {(cells[f"{name}_zh"], cells[f"{name}_en"]) for name in names}
    header, *written = rows_to_translate(CODE)
    assert header == ("zh", "en", CODE)
    assert len(written) == len({*written}) and {*written} == {(*pair, "") for pair in pairs if any(pair)}


def test_a_column_that_is_left_out_beside_the_editions_is_said_in_the_language_that_stands_in(
    alone: Path,
) -> None:
    for name in ("entries.csv", "passages.csv"):
        (alone.parent / name).write_bytes((DATA / name).read_bytes())
    forget()
    edition = released_edition()
    for id in edition.actuals_of(VALUE_ADDED):
        lever = edition.levers[id]
        assert lever.label.in_language(CODE) == lever.label.in_language("en") != ""
        assert lever.reason.in_language(CODE) == lever.reason.in_language("en") != ""
    assert {passage.said.in_language(CODE) for passage in passages_of(edition)} == {
        passage.said.in_language("en") for passage in passages_of(edition)
    }


def test_a_table_that_is_written_anew_keeps_what_is_translated_and_one_at_fault_stays(
    alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header, gone = f"zh,en,{CODE}", "没有了,no longer there,ĝ"
    assert len(written(alone, header, f"{CITY},Ĥ", gone)) == 1
    assert main_of_labels([CODE]) == 0
    table = alone / f"{CODE}.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[1], lines[-1], len(lines)) == (header, f"{CITY},Ĥ", gone, 151)
    assert main_of_labels([CODE]) == 0 and table.read_text(encoding="utf-8").splitlines() == lines
    assert len(written(alone, "zh,en", CITY)) == 1
    capsys.readouterr()
    assert main_of_labels([CODE]) == 2
    assert f"labels/{CODE}.csv row 1" in capsys.readouterr().err
    assert table.read_text(encoding="utf-8") == f"zh,en\n{CITY}"
    with pytest.raises(SystemExit):
        main_of_labels(["../x"])
