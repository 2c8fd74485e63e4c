"""A visit as a file: what was kept once opens as it did, what is written is read back,
and what cannot be used is named.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from hdmodel import BadInput, open_link
from hdmodel.links.link import read_query
from hdmodel.links.visit_file import (
    MOST_BYTES,
    MOST_LOGGED,
    KeptMoment,
    Visit,
    checked_visit,
    write_visit,
)
from hdmodel.reading.edition import digest_of
from tests.indicators import INVESTMENT, STARTS
from ui.files.read_apart import apart

HERE = Path(__file__).parent
# Kept for ever: a later format adds files of its own. The first twelve digits of each file's SHA-256.
KEPT = {"visit-1.json": "1c1412490102", "visit-1-own.json": "cd713e2e8700"}
SAVED = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)


def kept(name: str) -> bytes:
    return (HERE / name).read_bytes()


def with_part(name: str, value: object, file: str = "visit-1.json") -> bytes:
    return json.dumps({**json.loads(kept(file)), name: value}).encode()


@pytest.mark.parametrize("file", KEPT)
def test_the_kept_files_are_as_they_were(file: str) -> None:
    assert sha256(kept(file).replace(b"\r\n", b"\n")).hexdigest()[:12] == KEPT[file]


def test_a_kept_visit_opens_as_it_did() -> None:
    checked = apart("file", checked_visit, kept("visit-1.json"))  # what comes back is made of records
    visit = checked.visit
    assert checked.problems == () and visit.saved == SAVED and visit.own_edition == ()
    opened = open_link(read_query(visit.link))
    assert opened.problems == () and opened.view == "sources" and opened.language == "zh"
    values = opened.scenario.as_dict()
    assert values[f"{INVESTMENT}.planned_q3"] == Fraction("4.2")
    assert (values[f"{STARTS}.starts_q3"], values[f"{STARTS}.starts_q4"]) == (0, 3)
    assert [plan is not None for plan in opened.plans] == [False, True, False]
    (ledger,) = visit.ledgers
    assert ledger.edition == "haidong-2022-h1" and len(ledger.rows) == 4 and not ledger.is_waiting
    assert ledger.rows[0][:10] == ("虚构产业园", "continuing", "20", *[""] * 3, "3", "2", "started", "yes")
    (years,) = visit.years
    assert (years.indicator, years.text) == (INVESTMENT, "2019 10 25\n2020 12 28")
    assert (visit.log.now, visit.log.past, visit.log.future) == (3, (0, 1, 2), (4,))
    starts = [scenario.as_dict()[f"{STARTS}.starts_q3"] for scenario, _ in checked.moments]
    assert starts == [0, 0, 0, 0, 2], "the one that was undone is still to be gone forth to"
    assert [plans[1] is not None for _, plans in checked.moments] == [False, False, True, True, True]


def test_a_kept_visit_with_an_edition_of_ones_own_opens_as_it_did() -> None:
    checked = checked_visit(kept("visit-1-own.json"))
    assert checked.problems == ()
    assert digest_of({sheet.name: sheet for sheet in checked.visit.own_edition}) == "b67e854a"
    assert "e=invented-own" in checked.visit.link and "e=haidong-2022-h1" in checked.visit.left
    assert [s.as_dict()[f"{INVESTMENT}.intensity_q3"] for s, _ in checked.moments] == [100, 120]


@pytest.mark.parametrize("file", KEPT)
def test_what_is_read_is_written_back_as_it_was(file: str) -> None:
    visit = checked_visit(kept(file)).visit
    assert write_visit(visit, SAVED) == kept(file)


@pytest.mark.parametrize(
    ("data", "kind", "found"),
    [
        (b"", "malformed", ""),
        (b"PK\x03\x04", "malformed", ""),
        (b"[]", "malformed", ""),
        (b'{"file": "another"}', "malformed", ""),
        (b"[" * 200_000, "malformed", ""),
        (with_part("format", 2), "unknown_format", "2"),
        (with_part("format", True), "unknown_format", "True"),
        (with_part("format", "1"), "unknown_format", "1"),
        (b" " * (MOST_BYTES + 1), "too_large", ""),
    ],
)
def test_what_is_no_visit_or_of_a_later_format_is_refused_by_name(data: bytes, kind: str, found: str) -> None:
    with pytest.raises(BadInput) as bad:
        checked_visit(data)
    (problem,) = bad.value.problems
    assert problem.kind == kind and found in problem.found


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [
        ("link", 5, "link"),
        ("left", ["x"], "left"),
        ("own_edition", {"figures.csv": [[1]]}, "own_edition"),
        ("own_edition", {"figures.csv": [["id"]]}, "edition.csv"),
        ("ledgers", [{"rows": []}], "ledgers"),
        ("ledgers", [{"edition": "x", "rows": [{"name": "a", "colour": "red"}]}], "ledgers colour"),
        ("ledgers", [{"edition": "x", "rows": [{}] * 9_001}], "ledgers"),
        ("past_years", {}, "past_years"),
        ("log", {"moments": []}, "log"),
        ("log", {"moments": [{"since": "1"}], "plans": [], "now": 0, "past": [], "future": []}, "log"),
        ("saved", "yesterday", "saved"),
        ("photographs", [], "photographs"),
    ],
)
def test_a_part_that_cannot_be_used_is_named_and_the_rest_is_opened(
    name: str, value: object, place: str
) -> None:
    checked = checked_visit(with_part(name, value))
    assert place in [str(problem.place) for problem in checked.problems]
    assert checked.visit.years or name == "past_years"
    if name != "ledgers":
        assert len(checked.visit.ledgers[0].rows) == 4


def test_a_log_of_an_edition_that_is_not_here_is_named() -> None:
    data = kept("visit-1-own.json").replace(b"invented-own", b"elsewhere")
    data = json.dumps({**json.loads(data), "own_edition": {}}).encode()
    checked = checked_visit(data)
    assert checked.moments == () and [str(problem.place) for problem in checked.problems] == ["log"]


def test_a_moment_that_a_lever_no_longer_takes_is_named() -> None:
    data = kept("visit-1-own.json").replace(b"intensity_q3=120", b"intensity_q3=900")
    (problem,) = checked_visit(data).problems
    assert (problem.kind, str(problem.place)) == ("out_of_range", f"log {INVESTMENT}.intensity_q3")


def test_a_log_as_long_as_it_may_be_is_read_apart_in_time() -> None:
    checked = checked_visit(kept("visit-1.json"))
    start = checked.visit.log.moments[0]
    moments = [
        KeptMoment(start.since, f"{start.link}&telecom_volume.q3={number / 10}", number % 2)
        for number in range(MOST_LOGGED)
    ]
    log = replace(checked.visit.log, moments=tuple(moments))
    again = apart("file", checked_visit, write_visit(replace(checked.visit, log=log), SAVED))
    assert len(again.moments) == MOST_LOGGED and again.problems == ()


def test_nothing_held_is_a_visit_too() -> None:
    checked = checked_visit(write_visit(Visit("v=3&e=haidong-2022-h1"), SAVED))
    assert checked.problems == () and checked.moments == ()
