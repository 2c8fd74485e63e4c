"""Does a name say what it holds?  Locals that only say that something was found, said or held do not."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([ROOT / "app.py", *(ROOT / "hdmodel").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
RIDDLES = {"found", "said", "one", "held"}


def riddles_in(source: str) -> set[str]:
    """The locals of a module that are called so; an argument may be `found` where it is that of a problem.
    Fields of records are asked for by the record's name, and say enough with it.
    """
    tree, named = ast.parse(source), set()
    fields = {
        node.target
        for of in ast.walk(tree)
        if isinstance(of, ast.ClassDef)
        for node in of.body
        if isinstance(node, ast.AnnAssign)
    }
    for node in ast.walk(tree):
        if node in fields:
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            named.add(node.id)
        elif isinstance(node, ast.arg) and node.arg != "found":
            named.add(node.arg)
    return named & RIDDLES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_local_says_what_it_holds(path: Path) -> None:
    assert riddles_in(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "source",
    ["found = 1", "for one in ones: ...", "lambda one: one", "(held := 1)", "[said for said in all]"],
)
def test_a_riddle_is_found(source: str) -> None:
    assert len(riddles_in(source)) == 1


def test_the_field_of_a_problem_is_no_riddle() -> None:
    assert riddles_in("def add(kind, found, wanted): self.found = found") == set()
