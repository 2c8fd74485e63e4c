"""What went wrong on the way is read or named: a few of the thousand that `bench/mutants.py` sends."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from hdmodel import BadInput, Problem, open_link
from hdmodel.links.link import read_query
from tests.reading.mutants import Mutant, addresses, files
from ui.files.ledger_file import found_apart, table_read
from ui.files.read_apart import READING
from ui.page.editions import read_own


def test_a_mutated_file_is_read_or_named_and_holds_nobody_up() -> None:
    for mutant in files(8, seed=4):
        begun = time.process_time()
        problems = problems_of(mutant)
        assert time.process_time() - begun < READING.seconds, (
            f"{mutant.name}, of the process that serves everybody"
        )
        assert all(problem.kind != "busy" and problem.sentence() for problem in problems), mutant.name


def problems_of(mutant: Mutant) -> Sequence[Problem]:
    try:
        if "ledger" in mutant.name:
            table_read(found_apart(mutant.name, mutant.data).sheet)
        else:
            read_own(mutant.data)
    except BadInput as bad:
        assert bad.problems, mutant.name
        return bad.problems
    return ()


def test_a_mutated_address_opens_and_holds_nobody_up() -> None:
    open_link([])
    for address in addresses(200):
        begun = time.process_time()
        opened = open_link(read_query(address))
        assert time.process_time() - begun < 1, address[:200]  # some 0.01
        assert set(opened.scenario.as_dict()) == set(opened.edition.levers)


def test_the_same_ones_come_at_each_run(monkeypatch: pytest.MonkeyPatch) -> None:
    first = [mutant.data for mutant in files(40)]
    monkeypatch.setattr("zipfile.time.time", lambda: 1e9)  # on another day
    assert first == [mutant.data for mutant in files(40)] and len({*first}) == 40
    assert [*addresses(9)] == [*addresses(9)] != [*addresses(9, seed=1)]
