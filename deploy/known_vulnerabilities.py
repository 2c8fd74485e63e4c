"""Is anything known against the versions that a host runs?

    .venv/bin/python deploy/known_vulnerabilities.py [--required]

Asks one database after the other, through pip-audit, about everything that the requirements bring. Where none
answers it says so, for no answer is no reassurance. Ends with status 1 where something is known that a newer
version mends, and with `--required` also where a package could not be asked about.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parent.parent
FILES: Final = ("requirements.txt", "requirements-sign-in.txt")
DATABASES: Final = ("pypi", "osv")  # as pip-audit calls them
TIMEOUT, LONGEST = 5, 60  # seconds for an answer, and for all of a database's


@dataclass
class Findings:
    """Which packages were answered for, and what is known against them, with the versions that mend it."""

    answered: set[str] = field(default_factory=set)
    known: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # by package and identifier

    def take(self, report: Mapping[str, Any]) -> None:
        """What pip-audit reports; a package that it skipped has no answer, whatever its status says."""
        for package in report["dependencies"]:
            if "vulns" in package:
                self.answered.add(canonicalize_name(package["name"]))
            for known in package.get("vulns", ()):
                name = f"{package['name']} {package['version']}"
                self.known[name, known["id"]] = known["fix_versions"]


def versions_here(lines: Iterable[str]) -> dict[str, str]:
    """The versions installed here of all that the requirements name, and of what those need in turn."""
    found: dict[str, str] = {}
    asked = [Requirement(line) for line in lines if line.strip() and not line.startswith(("#", "-"))]
    while asked:
        name = canonicalize_name(asked.pop().name)
        if name in found:
            continue
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # which this system does without
            continue
        further = map(Requirement, requires(name) or ())
        asked += [each for each in further if each.marker is None or each.marker.evaluate({"extra": ""})]
    return found


def report_of(database: str, versions: Mapping[str, str]) -> Mapping[str, Any] | None:
    """What a database says of these versions; `None` where it does not answer in time."""
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "pinned.txt"
        pinned.write_text("".join(f"{name}=={of}\n" for name, of in versions.items()), encoding="utf-8")
        options = ("--no-deps", "--disable-pip", "--format=json", "--progress-spinner=off")
        command = [sys.executable, "-m", "pip_audit", f"--requirement={pinned}", *options]
        command += [f"--vulnerability-service={database}", f"--timeout={TIMEOUT}"]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
            report: Mapping[str, Any] = json.loads(run.stdout)
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            return None
    return report


def said(findings: Findings, versions: Mapping[str, str]) -> list[str]:
    """What was found, in lines, the one that must not be overlooked first."""
    missing = [name for name in versions if name not in findings.answered]
    lines = []
    if missing:
        lines.append(
            f"KNOWN VULNERABILITIES NOT CHECKED for {len(missing)} of {len(versions)} packages: no database"
            " answered for them. Check them by hand: docs/operate.md, Known vulnerabilities."
        )
    if findings.answered:
        lines.append(
            f"{len(findings.answered)} packages checked, {len(findings.known)} vulnerabilities known"
        )
    for (package, identifier), mended in findings.known.items():
        lines.append(
            f"{package}: {identifier}, {'mended in ' + ', '.join(mended) if mended else 'not mended'}"
        )
    return lines


def main(arguments: list[str]) -> int:
    text = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in FILES)
    versions, findings = versions_here(text.splitlines()), Findings()
    for database in DATABASES:
        left = {name: of for name, of in versions.items() if name not in findings.answered}
        report = report_of(database, left) if left else None
        if report is not None:
            findings.take(report)
    print("\n".join(said(findings, versions)))
    is_required = "--required" in arguments and len(findings.answered) < len(versions)
    return int(is_required or any(findings.known.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
