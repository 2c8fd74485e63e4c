"""What is known against the pinned versions is named; what nobody could be asked about is not called safe."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.folders import ROOT

SCRIPT = runpy.run_path(str(ROOT / "deploy" / "known_vulnerabilities.py"))
main: Callable[[list[str]], int] = SCRIPT["main"]
PLACE: dict[str, Any] = main.__globals__


def answers(
    package: Mapping[str, Any] | None,
) -> Callable[[str, Mapping[str, str]], Mapping[str, Any] | None]:
    """A database that says this of every package it is asked about."""

    def report(_: str, versions: Mapping[str, str]) -> Mapping[str, Any] | None:
        if package is None:
            return None
        return {"dependencies": [{"name": n, "version": of, **package} for n, of in versions.items()]}

    return report


def test_all_that_a_host_installs_is_asked_about() -> None:
    versions = SCRIPT["versions_here"](["streamlit>=1", "Authlib", "# a remark", "-r other.txt", ""])
    assert {"streamlit", "authlib", "tornado", "pandas", "cryptography"} & {*versions} >= {
        "streamlit",
        "authlib",
        "pandas",
        "cryptography",
    }
    assert "ruff" not in versions and all(versions.values())


@pytest.mark.parametrize(
    ("package", "status", "with_required", "begins"),
    [
        (None, 0, 1, "KNOWN VULNERABILITIES NOT CHECKED for "),
        ({"skip_reason": "not found"}, 0, 1, "KNOWN VULNERABILITIES NOT CHECKED for "),
        ({"vulns": []}, 0, 0, ""),
        ({"vulns": [{"id": "INVENTED-1", "fix_versions": ["9.9"]}]}, 1, 1, ""),
        ({"vulns": [{"id": "INVENTED-1", "fix_versions": []}]}, 0, 0, ""),
    ],
)
def test_no_answer_is_no_reassurance(
    package: Mapping[str, Any] | None,
    status: int,
    with_required: int,
    begins: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(PLACE, "report_of", answers(package))
    assert (main([]), main(["--required"])) == (status, with_required)
    said = capsys.readouterr().out
    assert said.startswith(begins) and ("NOT CHECKED" in said) is bool(begins)
    assert ("INVENTED-1" in said) is bool(package and package.get("vulns"))
