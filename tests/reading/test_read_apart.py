"""A stranger's file is read in a process of its own: the same is read there, and what takes too long or too
much is ended and named.
"""

from __future__ import annotations

import os
import pickle
import threading
import time
from dataclasses import replace
from io import BytesIO

import pytest

from hdmodel import BadInput
from hdmodel.problems import Faults, Phrase, Place, Problem
from ui.files import read_apart as reading
from ui.files import with_limits as with_limits
from ui.files.ledger_file import found_apart, found_in_file, paste_apart, sheet_of_paste
from ui.files.read_apart import READING, apart
from ui.files.spreadsheets import read_apart, read_file, write_workbook

TABLE = "项目名称,建设性质,总投资（万元）,三季度计划（万元）\n甲,新建,1000,200\n乙,续建,500,\n"
LEDGER = TABLE.encode("gb18030")


# what the process of its own is asked to do


def doubled(number: int) -> int:
    return 2 * number


def endless() -> None:
    while True:
        time.sleep(1)


def busy() -> None:
    while True:
        pass


def greedy() -> int:
    return len(bytearray(2 * READING.memory))


def talkative() -> bytes:
    return bytes(READING.answered + 1)


def dying() -> None:
    os._exit(3)


def broken() -> None:
    raise RuntimeError("unforeseen")


def writing() -> None:
    with open("written.tmp", "wb") as file:
        file.write(b"x")


def refusing() -> None:
    raise BadInput([Problem("malformed", Place("a.csv", 3, "value"), Phrase("found.rows", count=2), "x")])


def kind_of(reads) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput) as caught:
        apart("a.xlsx", reads)
    (problem,) = caught.value.problems
    assert problem.place == "a.xlsx"
    return problem.kind


def test_an_answer_comes_back() -> None:
    assert apart("a", doubled, 21) == 42


def test_the_same_is_read_there_as_here() -> None:
    assert found_apart("台账.csv", LEDGER) == found_in_file("台账.csv", LEDGER)
    long = TABLE.replace(",", "\t") + "丙\t续建\t1\t\n" * 2_000
    assert paste_apart(long, "here").sheet == sheet_of_paste(long, "here")
    book = write_workbook({"figures.csv": [["id", "value"], ["a", "=1"]], "notes.csv": [["甲"], ["乙"]]})
    for data in (book, b"no workbook", book[:400]):
        here, there = Faults(), Faults()
        assert read_file(data, here) == read_apart(data, there)
        assert here.problems == there.problems


def test_its_problems_come_back_with_place_and_words() -> None:
    with pytest.raises(BadInput) as caught:
        apart("a", refusing)
    (problem,) = caught.value.problems
    assert (problem.place.table, problem.place.row, problem.place.column) == ("a.csv", 3, "value")
    assert (problem.found, problem.found.key, problem.found.gaps) == ("2 rows", "found.rows", {"count": "2"})


def test_what_takes_too_long_is_ended_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "READING", replace(READING, longest=4))
    assert kind_of(endless) == "too_slow"


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system limits no process's time")
def test_what_keeps_a_processor_busy_is_ended_and_named() -> None:
    assert kind_of(busy) == "too_slow"


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system limits no process's memory")
def test_what_takes_too_much_is_ended_and_named() -> None:
    assert kind_of(greedy) == "too_large"


def test_what_says_too_much_or_nothing_is_named() -> None:
    assert kind_of(talkative) == "too_large"
    assert kind_of(dying) == "malformed"


def test_what_no_check_foresees_is_a_fault_of_the_file() -> None:
    assert kind_of(broken) == "malformed"


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system limits no process's files")
def test_nothing_is_written_there() -> None:
    assert kind_of(writing) == "malformed"
    assert not os.path.getsize("written.tmp")
    os.remove("written.tmp")


def test_nothing_that_could_run_is_taken() -> None:
    for callable_ in (os.system, eval, with_limits.isolated, subprocess_of(with_limits)):
        with pytest.raises(pickle.UnpicklingError):
            with_limits._Records(BytesIO(pickle.dumps(callable_))).load()


def subprocess_of(module) -> type:  # type: ignore[no-untyped-def]
    return module.subprocess.Popen  # type: ignore[no-any-return]


def test_more_files_than_it_reads_at_once_wait_or_are_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    one_by_one = replace(READING, turn=threading.BoundedSemaphore(1), longest_wait=0.1)
    monkeypatch.setattr(reading, "READING", one_by_one)
    with one_by_one.turn:
        assert kind_of(doubled) == "busy"
    assert apart("a", doubled, 1) == 2
