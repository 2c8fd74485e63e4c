"""What does a scenario come to, as a table for whoever reckons on with it?  A row a number,
with its unit and the tag of the least sure figure that it rests on.
"""

from __future__ import annotations

from fractions import Fraction

from hdmodel.edition import COUNTED, Edition
from hdmodel.explain.worked_lines import Worked, tag_of_leaf, worked
from hdmodel.language.languages import OF_THE_PROGRAM
from hdmodel.numbers import as_json, printed
from hdmodel.projection import project
from hdmodel.report import against, places_of_row, say
from hdmodel.scenario import Scenario

_QUANTITIES = (
    *("h1", "q3", "q4", "ytd_q3", "full_year", "target", "shortfall"),
    *("required_h2", "required_q4", "required_intensity", "starts_missing"),
)
_PLACES_OF_INTENSITY = 1  # a rate, whatever the rest of its row is in
_LEAST_SURE_FIRST = ("illustrative", "proxy", "supposed", "entered", "derived", "printed")


def result_rows(
    edition: Edition, scenario: Scenario, language: str = OF_THE_PROGRAM
) -> list[dict[str, str | float | None]]:
    """Every number of a result, a row each, as plain dicts: `DataFrame(result_rows(edition, scenario))`.

    `indicator` and `quantity` are ids, `label` and `what` their names in the language; `unit` is as the
    edition writes it, differences of rates in 百分点. `value` is unrounded, in that unit; `printed` is the
    same as text, half up to the decimals that the command line's table has; `tag` is that of the least sure
    number it rests on: illustrative, proxy, supposed, entered, derived, printed. What does not apply is left
    out.
    """
    rows: list[dict[str, str | float | None]] = []
    for id, projection in project(edition, scenario).items():
        places = places_of_row(edition, projection)
        for quantity in _QUANTITIES:
            answer = worked(edition, scenario, id, quantity)
            if answer is not None:
                is_whole = answer.unit in COUNTED and answer.value.denominator == 1
                own = _PLACES_OF_INTENSITY if quantity == "required_intensity" else places
                rows.append(
                    {
                        "indicator": id,
                        "label": edition.indicators[id].label.in_language(language),
                        "quantity": quantity,
                        "what": say(f"column.{against(edition, id, quantity)}", language),
                        "value": as_json(answer.value),
                        "printed": printed(answer.value, 0 if is_whole else own),
                        "unit": answer.unit,
                        "tag": _tag(edition, scenario, id, answer),
                        "status": projection.status,
                    }
                )
    return rows


def _tag(edition: Edition, scenario: Scenario, indicator: str, answer: Worked) -> str:
    """The least sure of the tags behind a number; what is worked out of printed figures is derived, and what
    was said itself has the tag of what said it.

    Of last year's base only the shares count: its size cancels out.
    """
    if answer.quantity == "ytd_q3" and (
        own := _tag_of_cumulative(edition, scenario, indicator, answer.value)
    ):
        return own
    tags = {tag_of_leaf(edition, leaf) for leaf in answer.leaves if not leaf.id.endswith(".base_h1")}
    figure = edition.figures.get(f"{indicator}.{answer.quantity}")
    if figure is not None and scenario.as_dict().get(figure.id) is None and figure.value == answer.value:
        tags.add(figure.tag)
    elif answer.expression.operands:
        tags.add("derived")
    return next(tag for tag in _LEAST_SURE_FIRST if tag in tags)


def _tag_of_cumulative(edition: Edition, scenario: Scenario, indicator: str, value: Fraction) -> str:
    """The tag of the entry or figure that says January to September in this very number, out of which Q3 was
    then worked; blank where none does.
    """
    values = scenario.as_dict()
    for id in edition.actuals_of(indicator):
        if not id.endswith("ytd_q3"):
            continue
        if values[id] is not None:
            return "entered" if values[id] == value else ""
        if edition.levers[id].default == value:
            return edition.figures[id].tag
    return ""
