"""How much does a function ask for?  Four arguments at most: what always travels together is a record."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([ROOT / "app.py", *(ROOT / "hdmodel").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
MOST = 4
DEEPEST = 2  # functions in one another

# each with its reason
MORE_ARGUMENTS = {
    "hdmodel.formulas.year_growth": "three rates and their weights: the formula as it is written on paper",
    "hdmodel.reading.tables.sheet_of_csv": "delimiter and limits are those of a stranger's file alone",
    "ui.answers.ledger_rows.coverage_sentence": "the last one is for a ledger that is not here",
    "ui.answers.ledger_rows.slip_sentence": "one project, and what the whole ledger covers",
    "ui.files.spreadsheets._text_of": "a stranger's cell: no record is made for each of half a million",
    "ui.handover.official_page._line": "a line as Word describes it",
    "ui.handover.document._paper": "the parts of the page in their order",
    "ui.handover.picture._filled": "likewise, of the picture",
    "ui.handover.picture._laid": "likewise, of the picture",
    "ui.handover.picture._words": "a text as SVG describes it",
    "ui.handover.picture.text": "likewise",
    "ui.page.live._texts": "all that the texts depend on: by these they are kept",
    "ui.session.slider_and_field._within_joint_limit": "what both controls hold, and what was agreed",
    "ui.views.compare._action": "a button of a slot",
    "ui.views.projects._choice": "a button of two",
    "ui.views.required._sentences": "the name is a class of the style sheet",
}
DEEPER = {
    "hdmodel.cache.cached_per_edition.decorate.cached": "a decorator that takes an argument",
}


Definition = ast.FunctionDef | ast.AsyncFunctionDef


def functions(node: ast.AST, name: str, depth: int = 0) -> Iterator[tuple[str, Definition, int]]:
    """Every function below a node with its full name, and how many others it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            own = f"{name}.{child.name}"
            yield own, child, depth
            yield from functions(child, own, depth + 1)
        else:
            yield from functions(child, name, depth)


def arguments_of(function: Definition) -> list[str]:
    taken = function.args
    return [
        argument.arg
        for argument in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)
        if argument.arg not in ("self", "cls")
    ]


def all_functions() -> list[tuple[str, Definition, int]]:
    return [
        found
        for path in MODULES
        for found in functions(
            ast.parse(path.read_text(encoding="utf-8")),
            ".".join(path.relative_to(ROOT).with_suffix("").parts),
        )
    ]


def test_no_function_asks_for_more_than_four_things_without_a_reason() -> None:
    many = {name for name, function, _ in all_functions() if len(arguments_of(function)) > MOST}
    assert many - {*MORE_ARGUMENTS} == set(), "make a record of what always travels together"
    assert {*MORE_ARGUMENTS} - many == set(), "an exception that none needs any more"


def test_no_function_gives_functions_that_give_functions_without_a_reason() -> None:
    deep = {name for name, _, depth in all_functions() if depth >= DEEPEST}
    assert deep - {*DEEPER} == set(), "make a small class of it"
    assert {*DEEPER} - deep == set(), "an exception that none needs any more"


@pytest.mark.parametrize("source", ["def f(a, b, c, d, e): ...", "def f(a, b, *, c, d, e=1): ..."])
def test_a_fifth_argument_is_counted(source: str) -> None:
    ((_, function, _),) = functions(ast.parse(source), "m")
    assert len(arguments_of(function)) == MOST + 1
