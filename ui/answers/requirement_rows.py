"""Which values would do it?  One row for both quarters, Q4 and Q3: the value, what it amounts to,
and whether it can be set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hdmodel import Edition, Projection, Scenario
from hdmodel.amounts import required_amount, required_monthly, required_pace
from hdmodel.bands import Band, rounding_band, weight_band
from hdmodel.numbers import rounded_down, rounded_up
from hdmodel.projection import Outcome
from hdmodel.requirements import Need, levers_asked, need_now, needs_of
from ui.answers.sentences import planned_quarters, quarter_as_given, set_instead
from ui.explain.clicks import number_html
from ui.explain.questions import NOW, Quantity, Question, Rounding, where
from ui.html.elements import NOTHING, Markup
from ui.text.speech import Speech


@dataclass(frozen=True)
class Requirement:
    """One requirement in words: which quarter, the value in lever terms, the plain amount,
    and whether it is possible.

    `quantity` is the name of the value among `hdmodel.explain.worked_lines.QUANTITIES`, blank where any value
    will do; `instead` is the slider's next step where the value as it is said would not be enough.
    """

    quantity: str
    quarter: str
    needed: str
    instead: Markup
    amounts_to: Markup
    judged: str


def requirements(
    edition: Edition, scenario: Scenario, projection: Projection, speech: Speech
) -> list[Requirement]:
    """What an indicator needs of the rest of the year;
    empty where it has no target or no levers that move it.
    """
    if projection.target is None or projection.path.full_year is None:
        return []
    outcome = Outcome(edition, scenario, projection)
    needs = needs_of(edition, projection)
    return [_requirement(outcome, period, need, speech) for period, need in needs.items()]


def quarter_words(outcome: Outcome, period: str, speech: Speech) -> str:
    """Which quarter a row is about, and what the other one is taken to be."""
    edition, projection = outcome.edition, outcome.projection
    if period == "h2":
        return speech.say(
            "required.starts.h2" if levers_asked(edition, projection.id)[0].is_count else "required.both"
        )
    if projection.is_q3_known:
        return speech.say("required.known")
    other = levers_asked(edition, projection.id)[period == "q3"]
    return speech.say(f"required.{period}", given=quarter_as_given(outcome, other, speech))


def _requirement(outcome: Outcome, period: str, need: Need, speech: Speech) -> Requirement:
    edition, projection = outcome.edition, outcome.projection
    quarter, judged = quarter_words(outcome, period, speech), judged_words(outcome, period, need, speech)
    nothing, needed = speech.html("required.nothing"), needed_words(need, speech)
    if need.is_count:
        done = nothing if need.value <= 0 else NOTHING
        return Requirement(need.quantity, quarter, needed, NOTHING, done, judged)
    if need.is_free:
        done = nothing if projection.kind.is_sum else NOTHING
        return Requirement("", quarter, needed, NOTHING, done, judged)
    plain = (_plain_flow if projection.kind.is_sum else _plain_growth)(edition, projection, period, speech)
    return Requirement(need.quantity, quarter, needed, set_instead(need, speech), plain, judged)


def needed_words(need: Need, speech: Speech) -> str:
    """The value that an indicator needs, in the terms of its levers."""
    if need.is_count:
        return speech.count(max(need.value, Fraction(0)), need.unit)
    return speech.say("required.any") if need.is_free else speech.amount(need.value, need.unit, 1)


def judged_words(outcome: Outcome, period: str, need: Need, speech: Speech) -> str:
    """Whether a required value can be set, or that a ledger says what the quarter brings."""
    planned = planned_quarters(outcome.scenario, outcome.projection)
    is_planned = period in planned or (period == "h2" and bool(planned))
    return speech.say("judged.ledger") if is_planned else judgement(need, speech)


def judgement(need: Need, speech: Speech) -> str:
    """Whether a required value lies inside the range of its levers, in words."""
    if need.value > need.high:
        limit = _end_words(need, need.high, speech)
        return speech.say("judged.high", limit=limit)
    return speech.say("judged.low" if need.value <= need.low else "judged.reach")


def _end_words(need: Need, end: Fraction, speech: Speech) -> str:
    """An end of the range: a whole one without decimals, any other as fine as the slider goes."""
    return speech.amount(end, need.unit, 0 if end.denominator == 1 else need.levers[0].places)


def _plain_flow(edition: Edition, projection: Projection, period: str, speech: Speech) -> Markup:
    """The amount, a month, and how many times the first half's pace; nothing when nothing more is needed."""
    monthly, pace = required_monthly(projection, period), required_pace(projection, period)
    if monthly is None:
        return speech.html("required.nothing")
    places = edition.indicators[projection.id].places_in(projection.unit)

    def number(value: Fraction, quantity: str) -> Markup:
        return number_html(
            speech.amount(value, projection.unit, places), Quantity(projection.id, f"{quantity}_{period}")
        )

    amount = number(getattr(projection.required, period), "required")
    if projection.unit == "% of target":
        amount = speech.html("effect.of_target", year=amount)
    if pace is None:
        return amount
    times = number_html(speech.number(pace, 1), Quantity(projection.id, f"pace_{period}"))
    return speech.html("required.monthly", amount=amount, monthly=number(monthly, "monthly"), pace=times)


def _plain_growth(edition: Edition, projection: Projection, period: str, speech: Speech) -> Markup:
    """The amount that a growth rate stands for, where last year's values are the city's own."""
    amount = required_amount(projection, period)
    if amount is None:
        return NOTHING
    in_words = speech.amount(amount, edition.indicators[projection.id].amount_unit, 2)
    return speech.html(
        "required.amount", amount=number_html(in_words, Quantity(projection.id, f"amount_{period}"))
    )


def slack(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> Markup:
    """How far the rest of the year may fall while it still makes its target, as HTML;
    blank where that is not safe, or planned.

    Rounded to the safe side: with the value that is said the target is still made.
    """
    is_safe = projection.target is not None and projection.shortfall is not None and projection.shortfall < 0
    need = need_now(edition, projection)
    if not is_safe or need is None or need.is_count or planned_quarters(scenario, projection):
        return NOTHING
    places = edition.indicators[projection.id].places_in(projection.unit)
    in_words = speech.amount(projection.target, projection.unit, places)
    target = number_html(in_words, Quantity(projection.id, "target"))
    known = "known." if projection.is_q3_known else ""
    if need.value <= need.low:
        return speech.html(f"slack.{known}any", low=_end_words(need, need.low, speech), target=target)
    enough = rounded_up(need.value, 1)
    asked = edition.indicators[projection.id].form.asked.name
    way = asked if not projection.kind.is_mean else "shrink" if enough < 0 else "grow"
    by = number_html(speech.amount(abs(enough), need.unit, 1), Quantity(projection.id, need.quantity))
    return speech.html(f"slack.{known}{way}", by=by, target=target)


def bands(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> list[Markup]:
    """How sure the first requirement is, where a stand-in weight or the rounding of printed figures moves it;
    as HTML.
    """
    need = need_now(edition, projection)
    if projection.target is None or need is None or need.is_count:
        return []
    weights, rounding = (find(edition, scenario, projection.id) for find in (weight_band, rounding_band))
    lines = []
    if weights is not None and weights.high > need.low:
        corners = (where("now", corner) for corner in (weights.at_low, weights.at_high))
        asked = [Quantity(projection.id, weights.quantity, corner) for corner in corners]
        ends = _range(weights, need, asked, speech)
        lines.append(_over_weights(edition, projection, ends, speech))
    if rounding is not None and rounding.high > need.low:
        ends = _range(rounding, need, [Rounding(projection.id, end, NOW) for end in ("low", "high")], speech)
        lines.append(speech.html("band.rounding", range=ends))
    return lines


def _over_weights(edition: Edition, projection: Projection, ends: Markup, speech: Speech) -> Markup:
    if projection.is_q3_known:  # Q3's own share weighs too
        return speech.html("band.weights", range=ends)
    share = edition.levers[f"{projection.id}.h1_share"]
    low_share, high_share = (speech.amount(end, share.unit, 0) for end in (share.low, share.high))
    return speech.html("band.weight", low_share=low_share, high_share=high_share, range=ends)


def _range(band: Band, need: Need, asked: Sequence[Question], speech: Speech) -> Markup:
    """The band from end to end, rounded outwards, each with the way to its arithmetic;
    what cannot be set is left out.
    """
    outwards = rounded_down(band.low, 1), rounded_up(band.high, 1)
    low, high = (
        number_html(speech.amount(end, need.unit, 1), question)
        for end, question in zip(outwards, asked, strict=True)
    )
    return speech.html("band.most" if band.low < need.low else "band.range", low=low, high=high)
