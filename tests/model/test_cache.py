"""What is worked out of an edition goes with the edition: an uploaded one is let go,
and nothing grows without end.
"""

from __future__ import annotations

import ast
import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from weakref import ref

import pytest

from hdmodel import BadInput, Edition, baseline, project
from hdmodel.cache import cached_per_edition
from hdmodel.explain.worked_lines import over_symbols
from hdmodel.links.link import open_link, write_link
from hdmodel.problems import Faults
from hdmodel.projection import Outcome
from hdmodel.reading.edition import RELEASED
from hdmodel.reading.files import sheets_in
from hdmodel.reading.tables import Sheet
from hdmodel.reading.upload import MOST_LETTERS_IN_ALL, own_edition
from hdmodel.scenario import with_values
from tests.folders import ROOT
from tests.indicators import VALUE_ADDED
from ui.answers.lever_map_rows import Axes, on_target, pairs_rows
from ui.text.speech import Speech


def invented_sheets() -> dict[str, Sheet]:
    """The released tables under another id, as somebody uploads them."""
    sheets = sheets_in(RELEASED / "haidong-2022-h1", Faults())
    rows = [
        (line, ("id", "invented-own") if cells[0] == "id" else cells)
        for line, cells in sheets["edition.csv"].rows
    ]
    return {**sheets, "edition.csv": replace(sheets["edition.csv"], rows=tuple(rows))}


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def use(edition: Edition) -> None:
    """All that the page works out of an edition and keeps."""
    opened = open_link([(f"{VALUE_ADDED}.q3", "5")], edition)
    projection = project(edition, opened.scenario)[VALUE_ADDED]
    write_link(opened)
    over_symbols(edition, opened.scenario, VALUE_ADDED)
    axes = Axes.of(*(edition.levers[f"{VALUE_ADDED}.{quarter}"] for quarter in ("q3", "q4")))
    outcome = Outcome(edition, opened.scenario, projection)
    pairs_rows(outcome, axes, on_target(outcome, axes), Speech("zh"))


def test_an_uploaded_edition_is_let_go_with_the_visit_that_holds_it() -> None:
    with no_garbage_collection():
        edition = own_edition(invented_sheets())
        use(edition)
        held = ref(edition)
        assert held() is not None and len(edition.caches) > 5
        del edition
        assert held() is None, "something of the program still holds what a visitor uploaded"


def test_an_edition_with_other_figures_has_caches_of_its_own(haidong: Edition) -> None:
    scenario = baseline(haidong)
    before = project(haidong, scenario)[VALUE_ADDED].path.full_year
    h1 = replace(haidong.figures[f"{VALUE_ADDED}.h1"], value=Fraction(0))
    other = replace(haidong, figures={**haidong.figures, f"{VALUE_ADDED}.h1": h1})
    assert project(other, scenario)[VALUE_ADDED].path.full_year < before
    assert project(haidong, scenario)[VALUE_ADDED].path.full_year == before


def test_a_cache_keeps_no_more_than_it_says(haidong: Edition) -> None:
    @cached_per_edition(most=3)
    def doubled(edition: Edition, number: int) -> int:
        return 2 * number

    assert [doubled(haidong, number) for number in range(50)] == [2 * number for number in range(50)]
    cache = next(cache for name, cache in haidong.caches.items() if "keeps_no_more" in name)
    assert cache.cache_info().currsize == 3


def test_the_caches_of_an_edition_stay_within_32_mib() -> None:
    edition = own_edition(invented_sheets())
    tracemalloc.start()
    try:
        for step in range(400):
            moved = {
                f"{VALUE_ADDED}.q3": Fraction(step, 10),
                f"{VALUE_ADDED}.h1_share": 44 + Fraction(step, 10**9),
            }
            moved |= {
                "general_industrial_investment.intensity_q3": Fraction(step % 200),
                "telecom_volume.q3": Fraction(step, 10),
            }
            scenario = with_values(edition, baseline(edition), moved)
            project(edition, scenario)
            over_symbols(edition, scenario, VALUE_ADDED)
        assert tracemalloc.get_traced_memory()[0] < 32 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "path", [*ROOT.glob("hdmodel/**/*.py"), *ROOT.glob("ui/**/*.py")], ids=lambda path: path.stem
)
def test_no_cache_of_a_module_holds_what_a_visitor_brings(path: Path) -> None:
    brought = {"Edition", "Scenario", "PageState", "Sheet", "Sheets", "Ledger", "bytes", "Line", "Cells"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and any(
            "cache" in ast.unparse(way) for way in node.decorator_list
        ):
            ways = " ".join(ast.unparse(way) for way in node.decorator_list)
            taken = {ast.unparse(argument.annotation) for argument in node.args.args if argument.annotation}
            assert "cached_per_edition" in ways or "cached_property" in ways or not taken & brought, node.name


def test_an_edition_that_would_fill_the_memory_is_refused() -> None:
    sheets = invented_sheets()
    header, *rows = sheets["sources.csv"].rows
    line, cells = rows[0]
    fat = [
        (line + number, (f"s{number}", "x" * 2_000, *("y" * 2_000 for _ in cells[2:])))
        for number in range(1, 100)
    ]
    with pytest.raises(BadInput) as bad:
        own_edition({**sheets, "sources.csv": Sheet("sources.csv", (header, *rows, *fat))})
    assert [(problem.kind, problem.wanted) for problem in bad.value.problems] == [
        ("too_large", f"at most {MOST_LETTERS_IN_ALL} letters in all")
    ]
