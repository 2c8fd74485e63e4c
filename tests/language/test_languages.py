"""The table of languages, and a text in each."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from hdmodel import Words
from hdmodel.language.languages import FIRST, IN_EDITIONS, LANGUAGES, OF_THE_PROGRAM, languages_of
from hdmodel.language.words import words_of
from hdmodel.problems import Phrase, Place, Problem
from hdmodel.report import line_of
from tests.page import opened_page
from ui.text.speech import Speech

HEADER = (
    "code,tag,name,is_in_editions,instead,is_of_the_program,closes_up,letters_on_a_card,font,drawn_with\n"
)
ENGLISH = "en,en,English,yes,,yes,no,16,Calibri,\n"
TIBETAN = "bo,bo-CN,བོད་ཡིག,no,en,no,no,16,Microsoft Himalaya,\n"


def test_the_page_begins_in_chinese_and_the_program_speaks_english() -> None:
    assert ([*LANGUAGES], FIRST, OF_THE_PROGRAM, IN_EDITIONS) == (["zh", "en"], "zh", "en", ("zh", "en"))
    assert [language.name for language in LANGUAGES.values()] == ["中文", "English"]


def test_a_language_is_a_row(tmp_path: Path) -> None:
    table = tmp_path / "languages.csv"
    table.write_text(HEADER + ENGLISH + TIBETAN, encoding="utf-8")
    tibetan = languages_of(table)["bo"]
    assert (tibetan.tag, tibetan.is_in_editions, tibetan.instead) == ("bo-CN", False, "en")
    assert tibetan.letters_on_a_card == 16 and not tibetan.closes_up


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (ENGLISH + ENGLISH, "stands twice"),
        (ENGLISH + TIBETAN.replace(",no,en,", ",no,zh,"), "bo: a language of editions stands in"),
        (TIBETAN.replace(",no,en,", ",yes,,"), "one language is the program's"),
        (ENGLISH.replace("16", "many"), "en: invalid literal"),
        (ENGLISH.replace("yes", "perhaps"), "en: 'perhaps'"),
    ],
)
def test_a_row_at_fault_is_named_at_the_start(tmp_path: Path, rows: str, why: str) -> None:
    table = tmp_path / "languages.csv"
    table.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(ValueError, match=why):
        languages_of(table)


def test_a_table_that_lacks_a_language_is_named_at_the_start(tmp_path: Path) -> None:
    table = tmp_path / "some.csv"
    table.write_text("key,zh\na,甲\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.csv: no column en"):
        words_of(table)


def test_words_are_values() -> None:
    words, same = Words.of({"zh": "海东", "en": "Haidong"}), Words.of({"zh": "海东", "en": "Haidong"})
    assert words == same and {words} == {same} == {pickle.loads(pickle.dumps(words))}
    assert words != Words.of({"zh": "海东", "en": "Haidong City"})
    assert (words.in_language("zh"), words.in_language("en")) == ("海东", "Haidong")


def test_the_unit_of_one_is_a_word_of_the_tables_and_a_strangers_unit_stays_as_it_is_written() -> None:
    english, chinese = Speech("en"), Speech("zh")
    assert [english.amount(number, "项", 0) for number in (1, -1, 2)] == [
        "1 project",
        "−1 project",
        "2 projects",
    ]
    assert (english.amount(1, "年", 0), chinese.amount(1, "项", 0)) == ("1 year", "1 项")
    assert english.amount(1, "bus", 0) == "1 bus"


@pytest.mark.parametrize(
    "problem",
    [
        Problem("out_of_range", Place("levers.csv", 2, "low"), "99", "-20…40", "13.8"),
        Problem("unknown_name", "a" * 80, "b" * 80, Phrase("wanted.names"), "baseline"),
        Problem("missing", Place("sheet", column="name"), Phrase("found.none"), ""),
    ],
)
def test_the_command_line_says_a_fault_in_english_as_the_exception_does(problem: Problem) -> None:
    assert line_of(problem, OF_THE_PROGRAM) == problem.sentence()


def test_with_two_languages_there_is_one_button_for_the_other() -> None:
    for language, other in (("zh", "English"), ("en", "中文")):
        offered = [one for one in opened_page(f"lang={language}").button if "language" in (one.key or "")]
        assert [(one.key, one.label) for one in offered] == [("language", other)]
