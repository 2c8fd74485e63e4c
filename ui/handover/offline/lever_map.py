"""Where does the year land over two levers at once, where there is no server?  What the offline page's map is
drawn from, and the table that says the same.

The model prints the year, and where either lever lands on target, as expressions; the script works them out
for each cell (`ui/handover/offline/map.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from hdmodel import PageState, project
from hdmodel.explain.symbols import as_symbol, leaf
from hdmodel.explain.worked_lines import over_symbols, symbols_of
from hdmodel.facts import Facts, facts_of
from hdmodel.projection import Outcome, outcome_of
from hdmodel.required import solve
from ui.answers.lever_map_rows import Axes, Axis, axes_of, now_words, tip_words
from ui.answers.lever_map_words import map_marks, years_table
from ui.answers.sentences import label_of
from ui.charts.legend import chart_head
from ui.charts.lever_map_chart import NUMBERS, WORDS
from ui.handover.offline.parts import Parts, shown_of, sliders_of
from ui.html.elements import Markup, element, remark
from ui.page.live_cases import Json

BLANK = {**dict.fromkeys(NUMBERS), **dict.fromkeys(WORDS, "")}  # a row of the chart in which nothing stands


def map_axes(opened: PageState, id: str) -> Axes | None:
    """The two sliders that span an indicator's map, as on the page at first; `None` where it has none."""
    edition, scenario = opened.edition, opened.scenario
    axes = axes_of(edition, scenario, id)
    is_known = project(edition, scenario)[id].path.full_year is not None
    on_sliders = axes is not None and {axes.x.lever.id, axes.y.lever.id} <= {*sliders_of(opened)}
    return axes if is_known and on_sliders else None


# --- what the script draws it from


def maps_of(parts: Parts) -> dict[str, Json]:
    """All that the script needs of each map, by indicator."""
    opened = parts.opened
    axes = {id: map_axes(opened, id) for id in shown_of(opened)}
    return {id: _map(parts, id, sides) for id, sides in axes.items() if sides}


def _map(parts: Parts, id: str, axes: Axes) -> dict[str, Json]:
    opened, live, edition = parts.opened, parts.live, parts.opened.edition
    settled = project(edition, opened.scenario)[id]
    moving = over_symbols(edition, opened.scenario, id)
    year, target = moving.path.full_year, moving.target
    assert year is not None, "the map is drawn where there is a year"
    facts = _anywhere(opened, id)
    above = axes.y.lever, leaf(axes.y.lever.id, axes.y.lever.low)
    return {
        "x": _side(parts, axes.x, facts),
        "y": _side(parts, axes.y, facts),
        "year": live.expression(as_symbol(year)),
        "middle": live.expression(as_symbol(year if target is None else target)),
        "places": edition.indicators[id].places_in(settled.unit),
        "tip": tip_words(settled, axes.x, above, live),
        "now": now_words(edition, moving, live),
        "cell": live.number(year, Outcome(edition, opened.scenario, settled).places),
        "shut": parts.speech.say("map.shut"),
    }


def _side(parts: Parts, side: Axis, facts: Facts) -> dict[str, Json]:
    """One side: its lever with the middles of its cells, and where that lever lands on target."""
    lever, target = side.lever, facts.target
    met = None if target is None else solve(facts, [lever.id], target)
    return {
        "lever": lever.id,
        "title": label_of(parts.opened.edition, lever, parts.speech),
        "low": float(lever.low),
        "high": float(lever.high),
        "middles": [float(middle) for middle in side.middles],
        "width": float(side.width),
        "places": lever.places,
        "met": None if met is None else parts.live.expression(as_symbol(met)),
    }


def _anywhere(opened: PageState, id: str) -> Facts:
    """What is known of an indicator, its sliders at no place in particular: whether a lever moves the year
    must not depend on where another one happened to stand.
    """
    sliders = {name: leaf(name, lever.high) for name, lever in sliders_of(opened).items()}
    return facts_of(opened.edition, id, {**symbols_of(opened.edition, opened.scenario), **sliders})


# --- what stands around it


def map_head(parts: Parts, id: str) -> Markup:
    """The title and what the colours mean, or why there is no map."""
    opened, speech = parts.opened, parts.speech
    projection = project(opened.edition, opened.scenario)[id]
    if map_axes(opened, id) is None:
        is_known = projection.path.full_year is not None
        return remark(speech.say("map.one_lever" if is_known else "map.no_year"))
    return chart_head(speech.say("map.title"), map_marks(opened.edition, projection, speech))


def map_foot(parts: Parts, id: str) -> Iterable[Markup]:
    """What is said where no pair lands on target, and the map as a table."""
    opened, speech = parts.opened, parts.speech
    axes = map_axes(opened, id)
    if axes is None:
        return
    outcome = outcome_of(opened.edition, opened.scenario, id)
    if outcome.projection.target is not None:
        yield element("p", speech.say("map.line.none"), class_="remark", data_no_line=id, hidden="")

    def write(pair: Mapping[str, Fraction], year: Fraction | None) -> str:
        words = speech.say("map.shut") if year is None else speech.number(year, outcome.places)
        return element("span", words, data_pair=" ".join(str(float(value)) for value in pair.values()))

    table = years_table(outcome, axes, write, speech)
    yield element("details", element("summary", speech.say("offline.map.table")), table, class_="map-table")
