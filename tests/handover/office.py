"""Another program that reckons: LibreOffice without a screen.

Where it is missing the tests that need it are skipped, saying so; with `BROWSER_TESTS=required`, as in
`.ci/run`, they fail instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

OFFICE, READER = shutil.which("soffice"), shutil.which("pdftotext")
_SECONDS = 240


def needs_office() -> None:
    """Skip, or fail where it is asked for, without LibreOffice."""
    if OFFICE is None:
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail("LibreOffice (soffice) is not on the PATH, and BROWSER_TESTS=required asks for it")
        pytest.skip("needs LibreOffice on the PATH (Debian: libreoffice-calc-nogui)")


def needs_writer() -> None:
    """The same for LibreOffice's part for documents."""
    needs_office()
    if not (Path(str(OFFICE)).resolve().parent / "libswlo.so").exists():
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail("LibreOffice is here without Writer, and BROWSER_TESTS=required asks for it")
        pytest.skip("needs LibreOffice's Writer (Debian: libreoffice-writer-nogui)")


def text_of_page(file: Path, page: int) -> list[str]:
    """The lines of a page of a PDF, as poppler reads them."""
    if READER is None:
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail("pdftotext is not on the PATH, and BROWSER_TESTS=required asks for it")
        pytest.skip("needs pdftotext on the PATH (Debian: poppler-utils)")
    command = [READER, "-f", str(page), "-l", str(page), "-layout", "-enc", "UTF-8", str(file), "-"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=True)
    return run.stdout.splitlines()


def converted(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The files as LibreOffice saves them, in one call and with a profile of its own."""
    needs_office()
    out = folder / f"as-{kind}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(out)]
    run = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    found = [out / file.with_suffix(f".{kind}").name for file in files]
    assert all(file.exists() for file in found), run.stdout + run.stderr
    return found
