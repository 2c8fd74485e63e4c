"""What would a leader say?  The year, what is missing and what it takes (倒逼),
as one sentence in the words of a report.
"""

from __future__ import annotations

from fractions import Fraction

from hdmodel import Edition, Lever, Projection, Scenario, project
from hdmodel.edition import Figure, Indicator
from hdmodel.formulas import completion
from hdmodel.numbers import half_up, places_seen
from hdmodel.projection import Outcome
from hdmodel.reading.remarks import is_far_from_target
from hdmodel.report import against
from hdmodel.requirements import Need, needs_of
from hdmodel.scenario import baseline_with_entries_of
from ui.answers.basis import is_multiple_of_h1, stand_in
from ui.explain.clicks import number_html
from ui.explain.questions import Quantity
from ui.html.elements import NOTHING, Markup
from ui.text.speech import Speech
from ui.text.texts import TEXTS

_REAL = {"target_index": "target", "h1_completion": "h1"}  # an amount for a placeholder in % of target


def result_sentence(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> Markup:
    """Where the year lands and what the rest of it must bring."""
    verdict = verdict_sentence(edition, projection, speech)
    if projection.path.full_year is None:
        return verdict
    sentences = (verdict, _growth(projection, speech), *_required(edition, scenario, projection, speech))
    return speech.html("between_sentences").join(sentence for sentence in sentences if sentence)


def verdict_sentence(edition: Edition, projection: Projection, speech: Speech) -> Markup:
    """Where the year lands against its target, or that nothing is published."""
    indicator, year = edition.indicators[projection.id], projection.path.full_year
    name = speech.pick(indicator.label)
    if year is None:
        return speech.html("say.unpublished", name=name)
    places = speech.places_beside(year, projection.target, indicator.places_in(projection.unit))
    share = share_of_target(projection, year, speech)
    key = (
        "flow_share"
        if projection.unit == "% of target"
        else "flow_beside"
        if share
        else indicator.form.read_as
    )
    year_said = speech.amount(year, projection.unit, places)
    return speech.html(
        f"say.{key}",
        name=name,
        year=_kept(year_said, projection, "full_year"),
        share=_kept(share),
        verdict=_against_target(edition, projection, places, speech),
    )


def _growth(projection: Projection, speech: Speech) -> Markup:
    """The growth of an amount, where last year's is known on the same basis."""
    if projection.comparable_growth is None:
        return NOTHING
    growth = speech.amount(projection.comparable_growth, "%", 1)
    return speech.html("say.year_growth", growth=_kept(growth, projection, "comparable_growth"))


def _against_target(edition: Edition, projection: Projection, places: int, speech: Speech) -> Markup:
    if projection.target is None or projection.shortfall is None:
        return speech.html(
            "say.no_target" if f"{projection.id}.target" in edition.levers else "say.no_target.level"
        )
    suffix = ".benchmark" if edition.indicators[projection.id].is_benchmark else ""
    target = _kept(speech.amount(projection.target, projection.unit, places), projection, "target")
    by = _kept(difference(projection.shortfall, projection.unit, places, speech), projection, "shortfall")
    if projection.shortfall > 0:
        missing = projection.starts_missing
        if missing is not None:
            return speech.html(
                "say.short_starts", count=_kept(speech.count(missing), projection, "starts_missing"), by=by
            )
        return speech.html("say.below" if suffix else "say.short", by=by)
    return speech.html(
        f"say.over{suffix}" if projection.shortfall < 0 else f"say.exact{suffix}", target=target, by=by
    )


def share_of_target(projection: Projection, amount: Fraction | None, speech: Speech) -> str:
    """How much of the annual target an amount is, which stands beside amounts; blank for any other number."""
    if (
        not projection.kind.is_sum
        or projection.target is None
        or amount is None
        or projection.unit == "% of target"
    ):
        return ""
    share = completion(amount, projection.target)
    return speech.amount(share, "%", speech.places_beside(share, Fraction(100), 1))


def difference(value: Fraction, unit: str, places: int, speech: Speech) -> str:
    """The size of a difference: percentage points between rates, the unit itself between amounts."""
    return speech.points(value, places) if unit.startswith("%") else speech.amount(abs(value), unit, places)


def _required(
    edition: Edition, scenario: Scenario, projection: Projection, speech: Speech
) -> tuple[Markup, ...]:
    if projection.target is None:
        return ()
    if projection.kind.is_level:
        return (_required_starts(edition, scenario, projection, speech),)
    needs, planned = needs_of(edition, projection), planned_quarters(scenario, projection)
    rest = (_locked_in(projection, speech), _amounts(edition, projection, "q3" in planned, speech))
    if planned:
        return (_planned(projection, planned, speech), *rest)
    if "q4" not in needs:
        return (_no_pace(edition, projection, speech), *rest)
    if projection.is_q3_known:
        return (_known(edition, needs["q4"], projection, speech), *rest)
    if "h2" not in needs:
        return rest
    both, q3 = needs["h2"], needs["h2"].levers[0]
    given = quarter_as_given(Outcome(edition, scenario, projection), q3, speech)
    needed = _both_quarters(edition, both, projection, speech) + _fourth_quarter(
        needs["q4"], given, projection, speech
    )
    is_high = both.value > both.high and projection.status == "within_reach"
    others = edition.indicators[projection.id].form.roles[1:] if is_high else ()
    return (needed, *(speech.html(f"say.{role.name}_help") for role in others), *rest)


def _planned(projection: Projection, quarters: tuple[str, ...], speech: Speech) -> Markup:
    """Which quarters a ledger drives, so that their intensity counts for nothing."""
    which = speech.say("which.both" if len(quarters) == 2 else f"which.{quarters[0]}")
    return speech.html("say.ledger.known" if projection.is_q3_known else "say.ledger", which=which)


def _locked_in(projection: Projection, speech: Speech) -> Markup:
    return (
        NOTHING
        if projection.locked_in is None
        else speech.html(
            "say.locked", locked=_kept(speech.points(projection.locked_in), projection, "locked_in")
        )
    )


def _both_quarters(edition: Edition, need: Need, projection: Projection, speech: Speech) -> Markup:
    return speech.html(
        f"say.both{_verdict_on(need, projection)}",
        what=_what(edition, projection, speech),
        value=_of_what(edition, projection, _needed(need, projection, speech), speech),
        limit=_set(need.high, need.levers[0], speech),
    )


def _what(edition: Edition, projection: Projection, speech: Speech) -> str:
    return speech.say(f"what.{edition.indicators[projection.id].form.asked.name}")


def _of_what(edition: Edition, projection: Projection, value: Markup, speech: Speech) -> Markup:
    """A required value with what it is a percentage of, where that is the first half's own pace."""
    asked = edition.indicators[projection.id].form.asked.name
    key = f"value.{asked}"
    return speech.html(key, value=value) if key in TEXTS else value


def planned_quarters(scenario: Scenario, projection: Projection) -> tuple[str, ...]:
    """The quarters to come (`q3`, `q4`) of which a ledger says what they bring."""
    values, to_come = scenario.as_dict(), ("q4",) if projection.is_q3_known else ("q3", "q4")
    return tuple(
        quarter for quarter in to_come if values.get(f"{projection.id}.planned_{quarter}") is not None
    )


def _known(edition: Edition, need: Need, projection: Projection, speech: Speech) -> Markup:
    """What Q4 alone must bring, once it is a fact what Q3 brought."""
    return speech.html(
        f"say.known{_verdict_on(need, projection)}",
        what=_what(edition, projection, speech),
        value=_of_what(edition, projection, _needed(need, projection, speech), speech),
        limit=_set(need.high, need.levers[0], speech),
    )


def _no_pace(edition: Edition, projection: Projection, speech: Speech) -> Markup:
    """Why no intensity is said: it is a multiple of the first half's pace, and there was none."""
    form = edition.indicators[projection.id].form
    is_said = form.is_multiple_of_h1 and projection.path.h1 == 0
    return speech.html(f"say.no_pace.{form.asked.name}") if is_said else NOTHING


def quarter_as_given(outcome: Outcome, lever: Lever, speech: Speech) -> str:
    """A quarter's lever as it is set, or the amount where a ledger plans it."""
    values = outcome.scenario.as_dict()
    planned = f"{outcome.projection.id}.planned_{lever.quarter}"
    is_planned = values.get(planned) is not None and lever.role == outcome.indicator.form.planned_in_place_of
    given = outcome.edition.levers[planned] if is_planned else lever
    value = values[given.id]
    return speech.amount(value, given.unit, given.places if value is None else given.places_of(value))


def _fourth_quarter(need: Need, given: str, projection: Projection, speech: Speech) -> Markup:
    return speech.html(
        f"say.q4{_verdict_on(need, projection)}",
        given=_kept(given),
        value=_needed(need, projection, speech),
        limit=_set(need.high, need.levers[0], speech),
    )


def _verdict_on(need: Need, projection: Projection) -> str:
    """Which sentence fits a required value: beyond the range, any will do, a floor to hold,
    or a value to reach.
    """
    if need.value > need.high:
        return "_high"
    if need.value <= need.low:
        return "_low"
    return "_safe" if projection.status == "met" else ""


def _amounts(edition: Edition, projection: Projection, is_q3_planned: bool, speech: Speech) -> Markup:
    places = edition.indicators[projection.id].places_in(projection.unit)
    h2, q4 = projection.required.h2, projection.required.q4
    if not projection.kind.is_sum or projection.status == "met" or q4 is None:
        return NOTHING
    if h2 is None:
        q4_said = _kept(speech.amount(q4, projection.unit, places), projection, "required_q4")
        return speech.html(
            "say.known_share" if projection.unit == "% of target" else "say.known_amount", q4=q4_said
        )
    return speech.html(
        "say.h2_share" if projection.unit == "% of target" else "say.h2_amount",
        given=speech.say("given.planned" if is_q3_planned else "given.supposed"),
        amount=_kept(speech.amount(h2, projection.unit, places), projection, "required_h2"),
        q4=_kept(speech.amount(q4, projection.unit, places), projection, "required_q4"),
    )


def _required_starts(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> Markup:
    h2, q4 = projection.required.h2, projection.required.q4
    if projection.starts_missing is None or q4 is None or projection.status == "met":
        return NOTHING
    if h2 is None:
        return speech.html("say.known_starts", q4=_kept(speech.count(q4), projection, "required_q4"))
    given = scenario.as_dict()[edition.lever_ids(projection.id, "starts")[0]] or Fraction(0)
    return speech.html(
        "say.starts",
        h2=_kept(speech.count(h2), projection, "required_h2"),
        given=_kept(speech.count(given)),
        q4=_kept(speech.count(q4), projection, "required_q4"),
    )


def _needed(need: Need, projection: Projection, speech: Speech) -> Markup:
    """A required value as the press rounds it, and the slider's next step where that would not be enough."""
    return _kept(speech.amount(need.value, need.unit, 1), projection, need.quantity) + set_instead(
        need, speech
    )


def set_instead(need: Need, speech: Speech) -> Markup:
    """The slider's next step that is enough, as HTML;
    blank where the value that is said can be set and is enough, or none is.
    """
    if need.enough is None or half_up(need.value, 1) == need.enough:
        return NOTHING
    return speech.html("say.enough", value=_set(need.enough, need.levers[0], speech))


def _set(value: Fraction, lever: Lever, speech: Speech) -> Markup:
    """A lever's own value, with the decimals its slider has."""
    return _kept(speech.amount(value, lever.unit, lever.places))


def _kept(text: str, projection: Projection | None = None, quantity: str = "") -> Markup:
    """A number and its unit, kept on one line;
    one that the projection worked out opens its arithmetic at a click.
    """
    return number_html(text, Quantity(projection.id, quantity) if projection else None)


def target_words(indicator: Indicator, target: Fraction | None, places: int, speech: Speech) -> str:
    """The target as a chart's label, or the benchmark where nobody has set one; blank without either."""
    kind = "benchmark" if indicator.is_benchmark else "target"
    return "" if target is None else speech.say(f"chart.{kind}", target=speech.number(target, places))


def caveats(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> list[str]:
    """What stands in for figures that nobody has published or entered:
    said beside the answer that rests on it.
    """
    entered = {id for id, value in scenario.values if value is not None}
    own = [
        figure
        for figure in edition.figures.values()
        if figure.id.rpartition(".")[0] == projection.id and figure.id not in entered
    ]
    half = half_entered(edition, scenario, projection)
    caveats = [] if half is None else [half_entered_words("caveat.half", half, scenario, speech)]
    weights = {
        f"{projection.id}.{name}" for name in edition.indicators[projection.id].form.weights(is_q3_known=True)
    }
    if any(figure.tag == "proxy" and figure.id in weights for figure in own):
        caveats.append(speech.say("caveat.proxy", tag=speech.say("tag.proxy")))
    placeholders = [
        figure for figure in own if figure.tag == "illustrative" and _real_figure(figure) not in entered
    ]
    if placeholders and (projection.kind.is_level or projection.unit == "% of target"):
        names = speech.say("moved.and").join(_stand_in(figure, speech) for figure in placeholders)
        key = "caveat.illustrative" if edition.entries_of(projection.id) else "caveat.placeholder"
        caveats.append(speech.say(key, names=names, tag=speech.say("tag.illustrative")))
    if projection.comparable_growth is not None:
        caveats.append(speech.say("caveat.growth"))
    return caveats + far_lines(edition, scenario, projection.id, speech)


def far_lines(edition: Edition, scenario: Scenario, indicator: str, speech: Speech) -> list[str]:
    """That a year, as figures and entries alone make it, and its target are more than ten times apart,
    if they are.
    """
    facts = project(edition, baseline_with_entries_of(edition, scenario))[indicator]
    if not is_far_from_target(facts):
        return []
    year, target = (
        speech.amount(
            value, facts.unit, places_seen([value], edition.indicators[indicator].places_in(facts.unit))
        )
        for value in (facts.path.full_year, facts.target)
        if value is not None
    )
    return [
        speech.say(
            "caveat.far", name=speech.pick(edition.indicators[indicator].label), year=year, target=target
        )
    ]


def half_entered(edition: Edition, scenario: Scenario, projection: Projection) -> tuple[Lever, Lever] | None:
    """Of the two amounts that turn % of target into amounts the one that is entered and the missing one;
    `None` where both are there, or neither.
    """
    if projection.unit != "% of target":
        return None
    values = scenario.as_dict()
    pair = [edition.levers[id] for id in (f"{projection.id}.target", f"{projection.id}.h1") if id in values]
    entered = [lever for lever in pair if values[lever.id] is not None]
    missing = [lever for lever in pair if values[lever.id] is None]
    return (entered[0], missing[0]) if entered and missing else None


def half_entered_words(key: str, half: tuple[Lever, Lever], scenario: Scenario, speech: Speech) -> str:
    """That pair in a sentence."""
    entered, missing = half
    value = scenario.as_dict()[entered.id]
    assert value is not None
    return speech.say(
        key,
        entered=speech.pick(entered.label),
        value=speech.amount(value, entered.unit, entered.places_of(value)),
        missing=speech.pick(missing.label),
        unit=speech.unit(entered.unit),
    )


def _real_figure(figure: Figure) -> str:
    """The entry that a placeholder makes room for, once its counterpart is entered, too."""
    owner, _, name = figure.id.rpartition(".")
    return f"{owner}.{_REAL.get(name, name)}"


def _stand_in(figure: Figure, speech: Speech) -> str:
    """What a placeholder stands for, in a word where the catalogue has one."""
    return stand_in(figure.id, speech) or speech.pick(figure.label)


def short_name(edition: Edition, id: str, speech: Speech) -> str:
    """What an indicator is called where there is little room."""
    indicator = edition.indicators[id]
    return speech.short_name(indicator.short, indicator.label)


def what_of_year(projection: Projection, speech: Speech) -> str:
    """What the number of a full year is: of the target, cumulative, at the end of the year."""
    return speech.say(
        "card.flow_share" if projection.unit == "% of target" else f"card.{projection.kind.name}"
    )


def status_of_card(edition: Edition, projection: Projection) -> str:
    """The catalogue's key for a status: a benchmark is not a target, and an unknown year has no status."""
    if projection.path.full_year is None:
        return "unpublished"
    return against(edition, projection.id, projection.status)


def label_of(edition: Edition, lever: Lever, speech: Speech) -> str:
    """A lever's name with its unit, and what an intensity is a percentage of."""
    unit = speech.unit(lever.unit)
    if is_multiple_of_h1(edition, lever):
        unit = speech.say("unit.of_h1", unit=unit)
    return speech.say("input.label", label=speech.pick(lever.label), unit=unit)
