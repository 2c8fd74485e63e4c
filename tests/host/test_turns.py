"""Runs take turns in the order in which they were asked for, and none holds the others up for long."""

from __future__ import annotations

import threading
import time

from tests.host.line import SOON, stands_in_line, working
from ui.host.turns import Turns

LONG = 60.0


def test_one_works_at_a_time_in_the_order_in_which_they_came() -> None:
    line, done = Turns(longest=LONG), list[str]()
    line.take()
    threads = []
    for number in range(20):
        threads.append(working(line, done, str(number)))
        stands_in_line(line, number + 1)
    assert done == []
    line.give_back()
    for thread in threads:
        thread.join(SOON)
    assert done == [str(number) for number in range(20)]


def test_a_run_that_takes_long_lets_the_next_one_work_beside_it() -> None:
    line, done = Turns(longest=0.05), list[str]()
    line.take()
    working(line, done, "next").join(SOON)
    assert done == ["next"] and line.is_taken
    line.give_back()
    working(line, done, "after").join(SOON)
    assert done == ["next", "after"]


def test_who_only_waits_lends_their_turn() -> None:
    line, done = Turns(longest=LONG), list[str]()
    line.take()
    with line.lent():
        working(line, done, "other").join(SOON)
        assert done == ["other"] and not line.is_taken
    assert line.is_taken
    last = working(line, done, "last")
    stands_in_line(line, 1)
    line.give_back()
    last.join(SOON)
    assert done == ["other", "last"]


def test_the_wait_before_a_run_is_known_and_what_is_lent_in_it_is_part_of_the_run() -> None:
    line, waits = Turns(longest=LONG), list[float]()
    line.take()

    def wait() -> None:
        line.take()
        waits.append(line.waited)
        with line.lent():
            pass
        waits.append(line.waited)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    stands_in_line(line, 1)
    time.sleep(0.05)
    line.give_back()
    thread.join(SOON)
    assert waits[0] >= 0.05 and waits[1] == waits[0]


def test_who_has_no_turn_lends_none() -> None:
    line = Turns()
    with line.lent():
        pass
    assert not line.is_taken
