"""What would a leader say?  The year, what is missing and what it takes (倒逼), as one sentence in the words of a report."""

from __future__ import annotations

from fractions import Fraction
from html import escape
from math import ceil

from hdmodel import Edition, Lever, Projection, Scenario
from hdmodel.edition import Figure
from hdmodel.numbers import half_up
from hdmodel.worked import QUANTITIES
from ui.asked import asks
from ui.catalogue import CATALOGUE
from ui.words import Speech, places_beside


def result_sentence(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> str:
    """Where the year lands and what the rest of it must bring, as HTML with only our own tags in it."""
    name = escape(speech.pick(edition.indicators[projection.id].label))
    if projection.path.full_year is None:
        return speech.say("say.unpublished", name=name)
    sentences = (_verdict(edition, projection, name, speech), *_required(edition, scenario, projection, speech))
    return speech.say("between_sentences").join(sentence for sentence in sentences if sentence)


def _verdict(edition: Edition, projection: Projection, name: str, speech: Speech) -> str:
    indicator, year = edition.indicators[projection.id], projection.path.full_year
    assert year is not None
    places = places_beside(year, projection.target, indicator.places_in(projection.unit))
    key = "flow_share" if projection.unit == "% of target" else projection.kind
    said = speech.amount(year, projection.unit, places)
    if indicator.form == "reading":
        key = "reading"
    return speech.say(
        f"say.{key}",
        name=name,
        year=_kept(said, projection, "full_year"),
        verdict=_against_target(edition, projection, places, speech),
    )


def _against_target(edition: Edition, projection: Projection, places: int, speech: Speech) -> str:
    if projection.target is None or projection.shortfall is None:
        return speech.say("say.no_target" if f"{projection.id}.target" in edition.levers else "say.no_target.level")
    suffix = ".benchmark" if edition.indicators[projection.id].is_benchmark else ""
    target = _kept(speech.amount(projection.target, projection.unit, places), projection, "target")
    by = _kept(difference(projection.shortfall, projection.unit, places, speech), projection, "shortfall")
    if projection.shortfall > 0:
        missing = projection.starts_missing
        if missing is not None:
            return speech.say("say.short_starts", count=_kept(speech.count(missing), projection, "starts_missing"), by=by)
        return speech.say("say.below" if suffix else "say.short", by=by)
    return speech.say(f"say.over{suffix}" if projection.shortfall < 0 else f"say.exact{suffix}", target=target, by=by)


def difference(value: Fraction, unit: str, places: int, speech: Speech) -> str:
    """The size of a difference: percentage points between rates, the unit itself between amounts."""
    return speech.points(value, places) if unit.startswith("%") else speech.amount(abs(value), unit, places)


def _required(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> tuple[str, ...]:
    if projection.target is None:
        return ()
    if projection.kind == "level":
        return (_required_starts(edition, scenario, projection, speech),)
    if is_planned(edition, scenario, projection):
        key = "say.ledger.known" if projection.is_q3_known else "say.ledger"
        return (speech.say(key), _locked_in(projection, speech), _amounts(edition, projection, speech))
    if projection.is_q3_known:
        return (_known(edition, projection, speech), _locked_in(projection, speech), _amounts(edition, projection, speech))
    both, q4 = projection.required.h2, projection.required.q4
    if projection.kind == "flow":
        both, q4 = projection.required.intensity, projection.required.intensity_q4
    role = "intensity" if projection.kind == "flow" else "growth"
    lever_q3, lever_q4 = (edition.levers[id] for id in edition.lever_ids(projection.id, role))
    if both is None or q4 is None:
        return (_no_pace(projection, speech), _amounts(edition, projection, speech))
    q3 = q3_as_given(edition, scenario, projection, speech)
    needed = _both_quarters(both, lever_q3, role, projection, speech) + _fourth_quarter(q4, q3, lever_q4, projection, speech)
    is_high = both > lever_q3.high and projection.status == "within_reach"
    starts = speech.say("say.starts_help") if is_high and projection.kind == "flow" else ""
    return (needed, starts, _locked_in(projection, speech), _amounts(edition, projection, speech))


def _locked_in(projection: Projection, speech: Speech) -> str:
    return (
        ""
        if projection.locked_in is None
        else speech.say("say.locked", locked=_kept(speech.points(projection.locked_in), projection, "locked_in"))
    )


def _both_quarters(needed: Fraction, lever: Lever, role: str, projection: Projection, speech: Speech) -> str:
    what = speech.say(f"what.{role}")
    return speech.say(
        f"say.both{_verdict_on(needed, lever, projection)}",
        what=what,
        value=_needed(needed, lever, projection, "required_intensity" if projection.kind == "flow" else "required_h2", speech),
        limit=_set(lever.high, lever, speech),
    )


def is_planned(edition: Edition, scenario: Scenario, projection: Projection) -> bool:
    """Whether a ledger says what a quarter to come brings."""
    values = scenario.as_dict()
    return any(values[id] is not None for id in edition.plans_of(projection.id) if id.endswith("q4") or not projection.is_q3_known)


def _known(edition: Edition, projection: Projection, speech: Speech) -> str:
    """What Q4 alone must bring, once it is a fact what Q3 brought."""
    is_flow = projection.kind == "flow"
    lever = edition.levers[edition.lever_ids(projection.id, "intensity" if is_flow else "growth")[1]]
    needed = projection.required.intensity_q4 if is_flow else projection.required.q4
    if needed is None:
        return _no_pace(projection, speech)
    return speech.say(
        f"say.known{_verdict_on(needed, lever, projection)}",
        what=speech.say("what.intensity" if is_flow else "what.growth"),
        value=_needed(needed, lever, projection, "required_intensity_q4" if is_flow else "required_q4", speech),
        limit=_set(lever.high, lever, speech),
    )


def _no_pace(projection: Projection, speech: Speech) -> str:
    """Why no intensity is said: it is a multiple of the first half's pace, and there was none."""
    return speech.say("say.no_pace") if projection.kind == "flow" and projection.path.h1 == 0 else ""


def q3_as_given(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> str:
    """What Q3 is taken to be: its lever's value, or the amount where a ledger plans it."""
    lever = edition.levers[edition.lever_ids(projection.id, "intensity" if projection.kind == "flow" else "growth")[0]]
    return quarter_as_given(edition, scenario, projection, lever, speech)


def quarter_as_given(edition: Edition, scenario: Scenario, projection: Projection, lever: Lever, speech: Speech) -> str:
    """A quarter's lever as it is set, or the amount where a ledger plans it."""
    plan = scenario.as_dict().get(f"{projection.id}.planned_{lever.quarter}")
    if plan is not None and lever.role == "intensity":
        return speech.amount(plan, projection.unit, edition.indicators[projection.id].places_in(projection.unit))
    value = scenario.as_dict()[lever.id]
    return speech.amount(value, lever.unit, 0 if lever.step.denominator == 1 else 1)


def _fourth_quarter(q4: Fraction, given: str, lever: Lever, projection: Projection, speech: Speech) -> str:
    return speech.say(
        f"say.q4{_verdict_on(q4, lever, projection)}",
        given=_kept(given),
        value=_needed(q4, lever, projection, "required_intensity_q4" if projection.kind == "flow" else "required_q4", speech),
        limit=_set(lever.high, lever, speech),
    )


def _verdict_on(needed: Fraction, lever: Lever, projection: Projection) -> str:
    """Which sentence fits a required value: beyond the range, any will do, a floor to hold, or a value to reach."""
    if needed > lever.high:
        return "_high"
    if needed <= lever.low:
        return "_low"
    return "_safe" if projection.status == "met" else ""


def _amounts(edition: Edition, projection: Projection, speech: Speech) -> str:
    places = edition.indicators[projection.id].places_in(projection.unit)
    h2, q4 = projection.required.h2, projection.required.q4
    if projection.kind != "flow" or projection.status == "met" or q4 is None:
        return ""
    if h2 is None:
        said = _kept(speech.amount(q4, projection.unit, places), projection, "required_q4")
        return speech.say("say.known_share" if projection.unit == "% of target" else "say.known_amount", q4=said)
    return speech.say(
        "say.h2_share" if projection.unit == "% of target" else "say.h2_amount",
        amount=_kept(speech.amount(h2, projection.unit, places), projection, "required_h2"),
        q4=_kept(speech.amount(q4, projection.unit, places), projection, "required_q4"),
    )


def _required_starts(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> str:
    h2, q4 = projection.required.h2, projection.required.q4
    if edition.indicators[projection.id].form != "start_rate" or q4 is None or projection.status == "met":
        return ""
    if h2 is None:
        return speech.say("say.known_starts", q4=_kept(speech.count(q4), projection, "required_q4"))
    given = scenario.as_dict()[edition.lever_ids(projection.id, "starts")[0]] or Fraction(0)
    return speech.say(
        "say.starts",
        h2=_kept(speech.count(h2), projection, "required_h2"),
        given=_kept(speech.count(given)),
        q4=_kept(speech.count(q4), projection, "required_q4"),
    )


def _needed(value: Fraction, lever: Lever, projection: Projection, quantity: str, speech: Speech) -> str:
    """A required value as the press rounds it, and the slider's next step where that would not be enough."""
    said = _kept(speech.amount(value, lever.unit, 1), projection, quantity)
    steps = ceil((value - lever.low) / lever.step)
    enough = lever.low + steps * lever.step
    if not lever.low <= enough <= lever.high or half_up(value, 1) == enough:
        return said
    return said + speech.say("say.enough", value=_set(enough, lever, speech))


def _set(value: Fraction, lever: Lever, speech: Speech) -> str:
    """A lever's own value, with the decimals its slider has."""
    return _kept(speech.amount(value, lever.unit, 0 if lever.step.denominator == 1 else 1))


def _kept(text: str, projection: Projection | None = None, quantity: str = "") -> str:
    """A number and its unit, kept on one line; one that the projection worked out opens its arithmetic at a click."""
    return f'<span class="n"{asks(projection.id, quantity) if projection else ""}>{escape(text)}</span>'


def target_words(edition: Edition, indicator: str, target: Fraction | None, places: int, speech: Speech) -> str:
    """The target as a chart's label, or the benchmark where nobody has set one; blank without either."""
    kind = "benchmark" if edition.indicators[indicator].is_benchmark else "target"
    return "" if target is None else speech.say(f"chart.{kind}", target=speech.number(target, places))


def will_anything_do(edition: Edition, projection: Projection, quantity: str) -> bool:
    """Whether a required value lies below all that its lever can be set to: the number itself would say nothing."""
    role = {"flow": "intensity", "growth": "growth"}.get(projection.kind)
    value = QUANTITIES[quantity](projection) if quantity else None
    return value is not None and role is not None and value < edition.levers[edition.lever_ids(projection.id, role)[1]].low


def caveats(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> list[str]:
    """What stands in for figures that nobody has published or entered: said beside the answer that rests on it."""
    entered = {id for id, value in scenario.values if value is not None}
    own = [
        figure for figure in edition.figures.values() if figure.id.rpartition(".")[0] == projection.id and figure.id not in entered
    ]
    said = []
    shares = (".h1_share", ".q3_share_of_h2")
    if projection.kind == "growth" and any(figure.tag == "proxy" and figure.id.endswith(shares) for figure in own):
        said.append(speech.say("caveat.proxy", tag=speech.say("tag.proxy")))
    placeholders = [figure for figure in own if figure.tag == "illustrative"]
    if placeholders and (projection.kind == "level" or projection.unit == "% of target"):
        names = speech.say("moved.and").join(_stand_in(figure, speech) for figure in placeholders)
        key = "caveat.illustrative" if edition.entries_of(projection.id) else "caveat.placeholder"
        said.append(speech.say(key, names=names, tag=speech.say("tag.illustrative")))
    return said


def _stand_in(figure: Figure, speech: Speech) -> str:
    """What a placeholder stands for, in a word where the catalogue has one."""
    key = f"stand_in.{figure.id.rpartition('.')[2]}"
    return speech.say(key) if key in CATALOGUE else speech.pick(figure.label)
