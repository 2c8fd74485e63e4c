"""What is wrong with an input?  One record for links, command lines and data files alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hdmodel.numbers import shortened

SENTENCES = {
    "unknown_name": "no such name",
    "unknown_scenario": "no such scenario",
    "unknown_edition": "no such edition",
    "unknown_version": "unknown link version",
    "unknown_view": "no such view",
    "unknown_focus": "no such indicator",
    "unknown_language": "no such language",
    "other_model": "made with another model version; recomputed",
    "not_a_number": "not a number",
    "not_whole": "must be a whole number",
    "out_of_range": "out of range",
    "off_step": "between two steps of the slider",
    "duplicate": "given more than once",
    "too_many_together": "too many together (in both quarters)",
    "said_twice": "the same thing said twice",
    "needs_amounts": "needs the target and the H1 amount in 亿元 first",
    "ytd_below_h1": "cumulative, and less than the first half alone",
    "more_than_ytd": "more in H1 than the printed figure to September leaves",
    "truncated": "cut off; its last value may be cut too",
    "wrapped": "changed on its way, and mended",
    "double_encoded": "encoded twice, and decoded",
    "wrong_code": "no code of this edition, or misheard",
    "malformed": "cannot be read",
    "missing": "missing",
    "formula": "a formula, which is not run",
    "cell_error": "an error of the spreadsheet",
    "too_large": "too large",
    "taken": "taken by a released edition",
    "below_h1": "the full year is less than the first half",
    "too_long": "too many lines",
    "too_many_letters": "longer than anything that is written there",
    "unknown_word": "not one of the words for it",
    "scaled": "shown in another size than the cell holds",
    "two_units": "two units that contradict each other",
    "sum_row": "named as a sum, and filled in as a project",
    "hidden": "hidden",
    "merged": "merged cells",
    "comma_in_amount": "a comma in an amount that can be read in two ways",
    "two_ledgers": "more than one sheet that is a ledger",
    "other_unit": "in another unit than it is reckoned with",
    "other_id": "another id than its folder's name",
    "unknown_unit": "no unit that is known",
    "long_text": "too long",
    "plan_before_start": "planned before the project starts",
    "completed_before_start": "completed, and yet to start",
    "over_total": "less than what is done and planned",
}


@dataclass(frozen=True)
class Problem:
    """One fault: its kind (a key of `SENTENCES`), where, the value found, what is accepted,
    what was used instead.
    """

    kind: str
    name: str
    value: str
    accepted: str
    used: str = ""

    def sentence(self) -> str:
        """The fault as one English line, for the command line.

        >>> Problem("out_of_range", "a.q3", "99", "-20…40", "13.8").sentence()
        'a.q3: 99: out of range; accepted: -20…40; used: 13.8'
        """
        used = f"; used: {shortened(self.used)}" if self.used else ""
        accepted = f"; accepted: {self.accepted}" if self.accepted else ""
        line = f"{shortened(self.name)}: {shortened(self.value)}: {SENTENCES[self.kind]}{accepted}"
        return " ".join((line + used).split())


class BadInput(ValueError):
    """Raised with every problem found, never with the first one only."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.sentence() for problem in self.problems))


@dataclass
class Faults:
    """Collects problems while an edition is read, and raises them together."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, kind: str, where: str, value: str, accepted: str) -> None:
        self.problems.append(Problem(kind, where, value, accepted))

    def name(self, table: str) -> bool:
        """Whether a table as a whole, or a place in it, has been found at fault."""
        return any(problem.name.split(" ")[0] == table for problem in self.problems)

    def raise_if_any(self) -> None:
        """Raises `BadInput` with all that was found so far."""
        if self.problems:
            raise BadInput(self.problems)
