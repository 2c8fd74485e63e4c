"""Links made with any released format open as they did on the day, and what they lean on does not move.

`tests/links/` holds one file for each format and the digest of every released edition. It only grows: a new format adds a file
and its name to `RELEASED_FILES`; what stands there already is never changed.
"""

from __future__ import annotations

import json
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

import pytest

from hdmodel import Opened, open_link, project, released_edition
from hdmodel.links import VERSIONS, read_query
from hdmodel.reading import released_editions
from hdmodel.settings import written

HERE = Path(__file__).parent / "links"
RELEASED_FILES = {  # the first twelve digits of each file's SHA-256, line ends aside
    "v1.json": "63bcfdc0e7d5",
    "v2.json": "3d57d40e637e",
}


def kept(file: str) -> list[dict]:
    return json.loads((HERE / file).read_text(encoding="utf-8"))


def values(opened: Opened) -> dict[str, str]:
    return {id: written(value) for id, value in opened.scenario.values}


LINKS = [(file, number) for file in RELEASED_FILES for number in range(len(kept(file)))]


@pytest.mark.parametrize(("file", "number"), LINKS)
def test_a_released_link_opens_as_it_did(file: str, number: int) -> None:
    record = kept(file)[number]
    opened = open_link(read_query(record["query"]))
    assert opened.problems == ()
    assert [opened.view, opened.focus, opened.language] == record["shows"]
    assert values(opened) == record["scenario"]
    for plan, wanted in zip(opened.plans, record["plans"], strict=True):
        assert (plan is None) == (wanted is None)
        if plan is not None:
            assert plan.name == wanted["name"]
            assert {id: written(value) for id, value in plan.scenario.values} == wanted["scenario"]
    years = {id: one.path.full_year for id, one in project(opened.edition, opened.scenario).items()}
    assert years == {id: None if year is None else Fraction(year) for id, year in record["full_year"].items()}


@pytest.mark.parametrize("file", RELEASED_FILES)
def test_what_was_released_is_not_changed(file: str) -> None:
    text = (HERE / file).read_text(encoding="utf-8")
    assert sha256(text.encode()).hexdigest()[:12] == RELEASED_FILES[file]


def test_every_format_has_its_file_and_every_file_a_format() -> None:
    assert {f"v{version}.json" for version in VERSIONS} == set(RELEASED_FILES)
    assert {path.name for path in HERE.glob("*.json")} == {*RELEASED_FILES, "editions.json"}


def test_released_editions_are_untouched() -> None:
    digests = json.loads((HERE / "editions.json").read_text(encoding="utf-8"))
    assert {id: released_edition(id).digest for id in released_editions()} == digests


def test_a_link_is_short_enough_to_send() -> None:
    host = "https://haidong-whatif.example.gov.cn/"
    one, three = (read_query(kept("v2.json")[number]["query"]) for number in (0, 1))
    assert len(host + urlencode(one, safe="~")) < 600
    full = [*dict(three).items()]
    plan = dict(three)["p3"]
    full = [(name, value) for name, value in full if not name.startswith("p")] + [(slot, plan) for slot in ("p1", "p2", "p3")]
    assert len(host + urlencode(full, safe="~")) < 2_000
