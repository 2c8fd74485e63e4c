"""Where the tests find the project, and the editions that are theirs."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
INVENTED_EDITION = TESTS / "invented_edition"  # another city
MONTHLY_EDITION = TESTS / "monthly_edition"  # a kind of arithmetic that only the tests have
