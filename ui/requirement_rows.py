"""Which values would do it?  One row for both quarters, Q4 and Q3: the value, what it amounts to, and whether it can be set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from hdmodel import Edition, Lever, Projection, Scenario
from hdmodel.amounts import required_amount, required_monthly, required_pace
from hdmodel.bands import Band, rounding_band, weight_band
from hdmodel.numbers import rounded_up
from hdmodel.worked import QUANTITIES
from ui.asked import number_html, where
from ui.reason_sentence import lever_value
from ui.sentences import is_planned, quarter_as_given, will_anything_do
from ui.words import Speech

_ROLES = {"weighted_growth": "growth", "project_flow": "intensity"}
_INTENSITIES = {"h2": "required_intensity", "q3": "required_intensity_q3", "q4": "required_intensity_q4"}


@dataclass(frozen=True)
class Requirement:
    """One requirement in words: which quarter, the value in lever terms, the plain amount as HTML, and whether it is possible.

    `quantity` is the name of the value among `hdmodel.worked.QUANTITIES`, blank where any value will do.
    """

    quantity: str
    quarter: str
    needed: str
    amounts_to: str
    judged: str


def requirements(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> list[Requirement]:
    """What an indicator needs of the rest of the year; empty where it has no target or no levers that move it."""
    if projection.target is None or projection.path.full_year is None:
        return []
    if projection.kind == "level":
        return _starts(edition, scenario, projection, speech)
    return _quarters(edition, scenario, projection, speech)


def _quarters(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> list[Requirement]:
    lever_q3, lever_q4 = (
        edition.levers[id] for id in edition.lever_ids(projection.id, _ROLES[edition.indicators[projection.id].form])
    )
    is_flow = projection.kind == "flow"
    given_q3, given_q4 = (quarter_as_given(edition, scenario, projection, lever, speech) for lever in (lever_q3, lever_q4))
    known = speech.say("required.known") if projection.is_q3_known else speech.say("required.q4", given=given_q3)
    cases = (
        ("h2", speech.say("required.both"), lever_q3),
        ("q4", known, lever_q4),
        ("q3", speech.say("required.q3", given=given_q4), lever_q3),
    )
    rows = []
    for period, quarter, lever in cases:
        quantity = _INTENSITIES[period] if is_flow else f"required_{period}"
        value = QUANTITIES[quantity](projection)
        if value is not None:
            judged = speech.say("judged.ledger") if is_planned(edition, scenario, projection) else judgement(value, lever, speech)
            if will_anything_do(edition, projection, quantity):
                done = escape(speech.say("required.nothing"))
                rows.append(Requirement("", quarter, speech.say("required.any"), done if is_flow else "", judged))
            else:
                plain = (_plain_flow if is_flow else _plain_growth)(edition, projection, period, speech)
                rows.append(Requirement(quantity, quarter, speech.amount(value, lever.unit, 1), plain, judged))
    return rows


def judgement(value: Fraction, lever: Lever, speech: Speech) -> str:
    """Whether a required value lies inside the range of its lever, in words."""
    if value > lever.high:
        limit = speech.amount(lever.high, lever.unit, 0 if lever.high.denominator == 1 else 1)
        return speech.say("judged.high", limit=limit)
    return speech.say("judged.low" if value <= lever.low else "judged.reach")


def _plain_flow(edition: Edition, projection: Projection, period: str, speech: Speech) -> str:
    """The amount, a month, and how many times the first half's pace; nothing when nothing more is needed."""
    monthly, pace = required_monthly(projection, period), required_pace(projection, period)
    if monthly is None:
        return escape(speech.say("required.nothing"))
    places = edition.indicators[projection.id].places_in(projection.unit)

    def number(value: Fraction, quantity: str) -> str:
        return number_html(speech.amount(value, projection.unit, places), projection.id, f"{quantity}_{period}")

    amount = number(getattr(projection.required, period), "required")
    if projection.unit == "% of target":
        amount = speech.say("effect.of_target", year=amount)
    if pace is None:
        return amount
    times = number_html(speech.number(pace, 1), projection.id, f"pace_{period}")
    return speech.say("required.monthly", amount=amount, monthly=number(monthly, "monthly"), pace=times)


def _plain_growth(edition: Edition, projection: Projection, period: str, speech: Speech) -> str:
    """The amount that a growth rate stands for, where last year's values are the city's own."""
    amount = required_amount(projection, period)
    if amount is None:
        return ""
    said = speech.amount(amount, edition.indicators[projection.id].amount_unit, 2)
    return speech.say("required.amount", amount=number_html(said, projection.id, f"amount_{period}"))


def _starts(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> list[Requirement]:
    if edition.indicators[projection.id].form != "start_rate":
        return []
    levers = [edition.levers[id] for id in edition.lever_ids(projection.id, "starts")]
    given_q3, given_q4 = (lever_value(edition, lever.id, scenario.as_dict()[lever.id], speech) for lever in levers)
    needed = projection.required
    cases = (
        ("required_h2", speech.say("required.starts.h2"), levers[0], needed.h2),
        (
            "required_q4",
            speech.say("required.known") if projection.is_q3_known else speech.say("required.q4", given=given_q3),
            levers[1],
            needed.q4,
        ),
        ("required_q3", speech.say("required.q3", given=given_q4), levers[0], needed.q3),
    )
    return [
        Requirement(
            quantity,
            quarter,
            speech.count(max(value, Fraction(0))),
            escape(speech.say("required.nothing")) if value <= 0 else "",
            judgement(value, lever, speech),
        )
        for quantity, quarter, lever, value in cases
        if value is not None
    ]


def slack(edition: Edition, projection: Projection, speech: Speech) -> str:
    """How far the second half may fall while the year still makes its target, as HTML; blank where the target is not safe.

    Rounded to the safe side: with the value that is said the target is still made.
    """
    form = edition.indicators[projection.id].form
    if projection.target is None or not projection.shortfall or projection.shortfall > 0 or form not in _ROLES:
        return ""
    period = "q4" if projection.is_q3_known else "h2"
    quantity = _INTENSITIES[period] if projection.kind == "flow" else f"required_{period}"
    needed, lever = QUANTITIES[quantity](projection), edition.levers[edition.lever_ids(projection.id, _ROLES[form])[1]]
    if needed is None:
        return ""
    places = edition.indicators[projection.id].places_in(projection.unit)
    target = number_html(speech.amount(projection.target, projection.unit, places), projection.id, "target")
    known = "known." if projection.is_q3_known else ""
    if needed <= lever.low:
        return speech.say(f"slack.{known}any", low=escape(speech.amount(lever.low, lever.unit, 0)), target=target)
    enough = rounded_up(needed, 1)
    way = "flow" if projection.kind == "flow" else "shrink" if enough < 0 else "grow"
    by = number_html(speech.amount(abs(enough), "%", 1), projection.id, quantity)
    return speech.say(f"slack.{known}{way}", by=by, target=target)


def bands(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> list[str]:
    """How sure the first requirement is, where a stand-in weight or the rounding of printed figures moves it; as HTML."""
    if projection.target is None or edition.indicators[projection.id].form not in _ROLES:
        return []
    weights, rounding = (find(edition, scenario, projection.id) for find in (weight_band, rounding_band))
    lowest = edition.levers[edition.lever_ids(projection.id, _ROLES[edition.indicators[projection.id].form])[1]].low
    said = []
    if weights is not None and weights.high > lowest:
        at_low, at_high = (where("now", corner) for corner in (weights.at_low, weights.at_high))
        ends = _ends(weights, projection.id, lowest, ((weights.quantity, *at_low), (weights.quantity, *at_high)), speech)
        said.append(_over_weights(edition, projection, ends, speech))
    if rounding is not None and rounding.high > lowest:
        ends = _ends(rounding, projection.id, lowest, (("rounding", "low", "now"), ("rounding", "high", "now")), speech)
        said.append(speech.say("band.rounding", **ends))
    return said


def _over_weights(edition: Edition, projection: Projection, ends: dict[str, str], speech: Speech) -> str:
    if projection.is_q3_known:  # Q3's own share weighs too
        return speech.say("band.weights", **ends)
    share = edition.levers[f"{projection.id}.h1_share"]
    low_share, high_share = (escape(speech.amount(end, share.unit, 0)) for end in (share.low, share.high))
    return speech.say("band.weight", low_share=low_share, high_share=high_share, **ends)


def _ends(band: Band, indicator: str, lowest: Fraction, asks: Sequence[Sequence[str]], speech: Speech) -> dict[str, str]:
    """Either end of the band, with the way to its arithmetic; below what can be set it is only said to lie there."""
    low, high = (
        number_html(speech.amount(end, "%", 1), indicator, *words) for end, words in zip((band.low, band.high), asks, strict=True)
    )
    below = escape(speech.say("band.below", limit=speech.amount(lowest, "%", 0)))
    return {"low": below if band.low < lowest else low, "high": high}
