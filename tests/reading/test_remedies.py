"""Every message about a table or file says where, what stands there, what is accepted, and how to mend it in
a spreadsheet: in both languages, from all three readers.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hdmodel import BadInput, Problem
from hdmodel.form import FLOW, GROWTH
from hdmodel.problems import KINDS, WORDS, Faults, Phrase, Place
from hdmodel.reading.edition import read_edition
from hdmodel.reading.ledger import sift
from hdmodel.reading.ledger_columns import Choices
from hdmodel.reading.past_years import read_years
from hdmodel.reading.tables import Sheet, sheet_of_csv
from hdmodel.report import in_language, line_of
from tests.folders import ROOT
from tests.reading.tables import changed
from ui.answers.ledger_rows import fault_line
from ui.files.faults import row_of
from ui.files.ledger_file import found_in_file
from ui.files.spreadsheets import read_file
from ui.text.speech import Speech
from ui.views.past_years import faults_html

SPEECHES = (Speech("zh"), Speech("en"))
# What no table or file is said to be: links, remarks that refuse nothing, and the command line's own.
OF_NO_TABLE = {
    *("unknown_scenario", "unknown_edition", "unknown_version", "unknown_view", "unknown_focus"),
    *("unknown_language", "other_model", "truncated", "wrapped", "double_encoded", "wrong_code"),
    *("too_many_letters", "far_from_target", "read_as", "idle_q3", "idle_plan", "idle_amounts", "idle_half"),
    *("left_out", "unknown_format", "lost", "not_empty"),
}
READERS = [*(ROOT / "hdmodel" / "reading").glob("*.py"), *(ROOT / "ui" / "files").glob("*.py")]


def test_every_kind_that_comes_of_a_table_has_its_remedy() -> None:
    remedied = {key.split(".")[1] for key in WORDS if re.fullmatch(r"remedy\.\w+", key)} - {
        "said",
        "typed_anew",
    }
    assert remedied == KINDS - OF_NO_TABLE


def pairs_in(path: Path) -> Iterator[tuple[str, str]]:
    """The kinds of problems that a module names beside a phrase of what is wanted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            constants = [item.value for item in node.args if isinstance(item, ast.Constant)]
            phrases = [item.args[0] for item in node.args if _is_phrase(item)]
            keys = [key.value for key in phrases if isinstance(key, ast.Constant)]
            wanted = [key for key in keys if key.startswith("wanted.")]
            yield from ((kind, key) for kind in constants if kind in KINDS for key in wanted)


def _is_phrase(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Phrase"


def test_what_is_wanted_of_a_whole_file_or_table_has_a_remedy_of_its_own() -> None:
    """The general words of these kinds speak of a cell."""
    of_cells = {
        *("edition_id", "id", "dotted_id", "date", "rounding", "blank_rounding", "settings", "amount"),
        *("blank_formula", "blank_baseline", "no_q3", "formula", "computes", "text", "number", "key"),
        *("value_or_no_tag", "new_id", "name_not_above", "name_not_in_ledger", "an_indicator"),
        *("figure_option", "label"),
    }
    pairs = {pair for path in READERS for pair in pairs_in(path)}
    assert len(pairs) > 60
    without = {
        (kind, wanted)
        for kind, wanted in pairs
        if kind in ("malformed", "missing", "duplicate")
        and wanted.removeprefix("wanted.") not in of_cells
        and f"remedy.{kind}.{wanted.removeprefix('wanted.')}" not in WORDS
    }
    assert without == set()


def test_every_remedy_of_a_kind_with_what_is_wanted_is_of_words_that_are_there() -> None:
    for key in WORDS:
        if match := re.fullmatch(r"remedy\.(\w+)\.(\w+)", key):
            assert match[1] in KINDS and f"wanted.{match[2]}" in WORDS, key


# --- as they are shown


def of_ledger(name: str, data: bytes) -> tuple[Problem, ...]:
    try:
        return sift(found_in_file(name, data).sheet, Choices(year=2022)).problems
    except BadInput as bad:
        return bad.problems


TITLES = "项目名称,阶段,三季度计划（万元）,四季度计划（万元）,入库,开工时间"
LEDGERS = {
    "nothing": "",
    "no columns": "项目名称,阶段\n虚构甲,新建",
    "no unit": "项目名称,阶段,三季度计划,四季度计划,入库\n虚构甲,新建,1,2,是",
    "two units": f"单位：亿元\n{TITLES}\n虚构甲,新建,1,2,是,",
    "unknown unit": "项目名称,阶段,三季度计划（美元）,四季度计划（万元）,入库\n虚构甲,新建,1,2,是",
    "column twice": f"{TITLES},是否入库\n虚构甲,新建,1,2,是,,是",
    "no number": f"{TITLES}\n虚构甲,新建,约,2,是,",
    "unseen": f"{TITLES}\n虚构甲,新建,1\u200b x,2,是,",
    "percent": f"{TITLES}\n虚构甲,新建,15%,2,是,",
    "too much": f"{TITLES}\n虚构甲,新建,-1,2,是,",
    "no word": f"{TITLES}\n虚构甲,梦想,1,2,也许,某天",
    "two months": f"{TITLES}\n虚构甲,新建,1,2,是,2022.1",
    "blank": f"{TITLES}\n,新建,1,2,是,",
    "twice": f"{TITLES}\n虚构甲,新建,1,2,是,\n虚构甲,新建,1,2,是,",
    "before start": f"{TITLES}\n虚构甲,新建,1,2,是,以后",
    "done before start": f"{TITLES}\n虚构甲,竣工,0,0,是,以后",
    "total": f"{TITLES},总投资（万元）\n虚构甲,新建,1,2,是,,1",
    "sum": f"{TITLES}\n合计,新建,1,2,是,",
    "second header": f"{TITLES}\n虚构甲,新建,1,2,是,\n项目名称,总投资\n虚构乙,新建,1,2,是,",
    "long": f"{TITLES},备注\n虚构甲,新建,1,2,是,,{'长' * 201}",
    "wide": f"{TITLES}\n虚构甲,新建,1,2,是,,,x",
    "thousands": f"{TITLES}\n虚构甲,新建,1,500,2,是,\n虚构乙,新建,1,2,是,",
    "quotes": f'{TITLES}\n"虚构甲,新建,1,2,是,',
}
FILES = {
    "page.xls": b"<html>",
    "old.xls": b"\x09\x04\x06\x00",
    "picture.xlsx": b"\x89PNG\r\n\x1a\n\0",
    "bytes.csv": b"\xff\xff\xff",
    "large.csv": b"a" * (2**21 + 1),
}


def problems_of_ledgers() -> Iterator[tuple[str, Problem]]:
    files = {**{f"{name}.csv": text.encode() for name, text in LEDGERS.items()}, **FILES}
    for name, data in files.items():
        problems = of_ledger(name, data)
        assert problems, name
        yield from ((name, problem) for problem in problems)


def test_every_message_of_a_ledger_has_its_four_parts() -> None:
    kinds = set()
    for name, problem in problems_of_ledgers():
        kinds.add(problem.kind)
        for speech in SPEECHES:
            check(fault_line(problem, {}, speech), problem, speech, name)
    assert len(kinds) >= 19, kinds


def check(line: str, problem: Problem, speech: Speech, name: str) -> None:
    """The line names what is wrong and how to mend it, behind what is accepted, which is not blank."""
    remedy = problem.remedy
    assert remedy is not None, (name, problem)
    mends = "；改法：" if speech.language == "zh" else "; to mend it: "
    accepts = "；可接受：" if speech.language == "zh" else "; accepted: "
    place, _, rest = line.partition("：" if speech.language == "zh" else ": ")
    before, _, behind = rest.partition(accepts)
    accepted, _, last = behind.partition(mends)
    assert place and before and accepted and last == in_language(remedy, speech.language), (name, line)
    assert speech.say(f"problem.{problem.kind}") in before, (name, line)
    assert accepted != last, (name, line)


EDITIONS = [
    ("figures.csv", "outside_funds.h1", "value", "drei"),
    ("figures.csv", "outside_funds.h1", "value", "20.88%"),
    ("figures.csv", "outside_funds.h1", "unit", "美元"),
    ("figures.csv", "outside_funds.h1", "tag", "dreamt"),
    ("figures.csv", "outside_funds.h1", "id", ""),
    ("figures.csv", "outside_funds.h1", "value", "1\u200b 2"),
    ("levers.csv", "telecom_volume.q3", "high", "-30"),
    ("levers.csv", "telecom_volume.q3", "step", "0"),
    ("levers.csv", "telecom_volume.q3", "default", "telecom_volume.nothing"),
    ("scenarios.csv", "winter_slowdown", "settings", "telecom_volume.q3=999"),
    ("scenarios.csv", "winter_slowdown", "settings", "telecom_volume.q3"),
]


def problems_of_editions() -> Iterator[tuple[str, Problem]]:
    for change in EDITIONS:
        faults = Faults()
        tables = changed(change)
        text = {name: "\n".join(map(",".join, map(quoted, rows))) for name, rows in tables.items()}
        sheets = {name: sheet_of_csv(name, table, faults) for name, table in text.items()}
        with pytest.raises(BadInput) as bad:
            read_edition({name: sheet for name, sheet in sheets.items() if isinstance(sheet, Sheet)}, faults)
        yield from ((" ".join(change), problem) for problem in bad.value.problems)
    for name, data in FILES.items():
        read_file(data, faults := Faults())
        yield from ((name, problem) for problem in faults.problems)


def quoted(cells: tuple[str, ...]) -> list[str]:
    return ['"' + cell.replace('"', '""') + '"' for cell in cells]


def test_every_message_of_an_edition_has_its_four_parts() -> None:
    for name, problem in problems_of_editions():
        for speech in SPEECHES:
            table, *_, found, what, accepted = row_of(problem, speech)
            mends = "；改法：" if speech.language == "zh" else "; to mend it: "
            wanted, _, remedy = accepted.partition(mends)
            assert table and found and what and wanted and remedy, (name, accepted)
            assert mends in line_of(problem, speech.language), "the command line says it, too"


YEARS = {
    "2019 drei 5": GROWTH,
    "2019 5": GROWTH,
    "2019 5% 6%": FLOW,
    "2019 5 4": FLOW,
    "2019 5 99999": GROWTH,
    "2019.5 5 6": GROWTH,
    "19 5 6": GROWTH,
    "2019 5 6\n2019 5 6": GROWTH,
    "2019 5 6 7": GROWTH,
    "\n".join(["2019 5 6"] * 501): GROWTH,
}


@pytest.mark.parametrize("text", YEARS, ids=lambda text: text[:12])
def test_every_message_of_past_years_has_its_four_parts(text: str) -> None:
    with pytest.raises(BadInput) as bad:
        read_years(text, YEARS[text])
    for speech in SPEECHES:
        html = faults_html(bad.value.problems, 0, YEARS[text], speech)
        lines = re.findall(r"<li>(.*?)</li>", str(html))
        assert len(lines) == len(bad.value.problems)
        for line, problem in zip(lines, bad.value.problems, strict=True):
            check(line, problem, speech, text)


def test_what_stands_in_no_table_has_no_remedy_in_a_spreadsheet() -> None:
    assert Problem("out_of_range", "telecom_volume.q3", "999", "-20…60").remedy is None
    wanted = Phrase("wanted.number_or_blank")
    assert Problem("not_a_number", Place("figures.csv", 2, "value"), "drei", wanted).remedy is not None
