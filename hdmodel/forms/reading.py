"""How is a rate reckoned of which a reading is published now and then?  The year is its last one."""

from __future__ import annotations

from hdmodel.facts import Facts
from hdmodel.form import LEVEL, Form, Role
from hdmodel.formulas import Number
from hdmodel.paths import Path
from hdmodel.required import Required

READ = Role("reading", is_typed=True, usual=("", "0", "100", "0.1"))


class Reading(Form):
    """A level that is typed in as it is published (读数), in its own unit; nothing before the first one."""

    name, kind = "reading", LEVEL
    read_as, read_at = "reading", "reading"
    roles = (READ,)
    is_requirement_said = False

    def path(self, facts: Facts) -> Path:
        """Each quarter's reading, or the last one before it."""
        q3, q4 = facts.in_both_quarters(READ)
        by_q3 = facts.h1 if q3 is None else q3
        return Path(facts.h1, q3, q4, by_q3, by_q3 if q4 is None else q4)

    def required(self, facts: Facts, target: Number) -> Required:
        """The target itself, at the end of the year."""
        return Required(h2=target, q4=target)


READING = Reading()
