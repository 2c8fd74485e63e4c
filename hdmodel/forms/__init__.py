"""Which kinds of arithmetic are there?  A module each, and a register by the names that tables use."""

from __future__ import annotations

from hdmodel.form import Form, Role
from hdmodel.forms.paced_flow import PACED_FLOW
from hdmodel.forms.project_flow import PROJECT_FLOW
from hdmodel.forms.reading import READING
from hdmodel.forms.start_rate import START_RATE
from hdmodel.forms.weighted_growth import WEIGHTED_GROWTH

_ALL = (WEIGHTED_GROWTH, PROJECT_FLOW, PACED_FLOW, START_RATE, READING)
FORMS: dict[str, Form] = {form.name: form for form in _ALL}
STANDING_IN: Form = READING  # for a name that is no form's, so that one fault does not look like two


def roles() -> dict[str, Role]:
    """What the levers of all forms set, by name, each once."""
    return {role.name: role for form in FORMS.values() for role in form.roles}
