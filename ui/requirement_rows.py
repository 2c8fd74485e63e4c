"""Which values would do it?  One row for both quarters, Q4 and Q3: the value, what it amounts to, and whether it can be set."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from html import escape

from hdmodel import Edition, Lever, Projection, Scenario
from hdmodel import formulas as f
from hdmodel.bands import Band, rounding_band, weight_band
from ui.asked import number_html, where
from ui.reason_sentence import lever_value
from ui.sentences import is_planned, quarter_as_given
from ui.words import Speech

_INTENSITIES = {"h2": "required_intensity", "q3": "required_intensity_q3", "q4": "required_intensity_q4"}
H1_MONTHS, H2_MONTHS, QUARTER_MONTHS = 6, 6, 3


@dataclass(frozen=True)
class Requirement:
    """One requirement in words: which quarter, the value in lever terms, the plain amount, and whether it is possible.

    `quantity` is the name of the value among `hdmodel.worked.QUANTITIES`.
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
        edition.levers[id] for id in edition.lever_ids(projection.id, "intensity" if projection.kind == "flow" else "growth")
    )
    needed = projection.required
    is_flow = projection.kind == "flow"
    given_q3, given_q4 = (quarter_as_given(edition, scenario, projection, lever, speech) for lever in (lever_q3, lever_q4))
    cases = (
        (speech.say("required.both"), lever_q3, needed.intensity if is_flow else needed.h2, needed.h2, H2_MONTHS, "h2"),
        (
            speech.say("required.known") if projection.is_q3_known else speech.say("required.q4", given=given_q3),
            lever_q4,
            needed.intensity_q4 if is_flow else needed.q4,
            needed.q4,
            QUARTER_MONTHS,
            "q4",
        ),
        (
            speech.say("required.q3", given=given_q4),
            lever_q3,
            needed.intensity_q3 if is_flow else needed.q3,
            needed.q3,
            QUARTER_MONTHS,
            "q3",
        ),
    )
    return [
        Requirement(
            _INTENSITIES[part] if is_flow else f"required_{part}",
            quarter,
            speech.amount(value, lever.unit, 1),
            _plain_flow(edition, projection, amount, months, speech)
            if is_flow
            else _plain_growth(edition, projection, value, part, speech),
            speech.say("judged.ledger") if is_planned(edition, scenario, projection) else judgement(value, lever, speech),
        )
        for quarter, lever, value, amount, months, part in cases
        if value is not None and amount is not None
    ]


def judgement(value: Fraction, lever: Lever, speech: Speech) -> str:
    """Whether a required value lies inside the range of its lever, in words."""
    if value > lever.high:
        limit = speech.amount(lever.high, lever.unit, 0 if lever.high.denominator == 1 else 1)
        return speech.say("judged.high", limit=limit)
    return speech.say("judged.low" if value <= lever.low else "judged.reach")


def _plain_flow(edition: Edition, projection: Projection, amount: Fraction, months: int, speech: Speech) -> str:
    """The amount, a month, and how many times the first half's pace; nothing when nothing more is needed."""
    if amount <= 0 or projection.path.h1 is None:
        return speech.say("required.nothing")
    monthly, monthly_h1 = f.monthly(amount, Fraction(months)), f.monthly(projection.path.h1, Fraction(H1_MONTHS))
    places = edition.indicators[projection.id].places_in(projection.unit)
    if monthly_h1 == 0:
        return _share(projection, amount, places, speech)
    return speech.say(
        "required.monthly",
        amount=_share(projection, amount, places, speech),
        monthly=speech.amount(monthly, projection.unit, places),
        pace=speech.number(f.pace(monthly, monthly_h1), 1),
    )


def _share(projection: Projection, amount: Fraction, places: int, speech: Speech) -> str:
    said = speech.amount(amount, projection.unit, places)
    return speech.say("effect.of_target", year=said) if projection.unit == "% of target" else said


def _plain_growth(edition: Edition, projection: Projection, growth: Fraction, part: str, speech: Speech) -> str:
    """The amount that a growth rate stands for, where last year's values are the city's own."""
    bases, unit = projection.bases, edition.indicators[projection.id].amount_unit
    if bases is None or projection.amounts is None:
        return ""
    base = {"h2": bases.q3 + bases.q4, "q3": bases.q3, "q4": bases.q4}[part]
    return speech.say("required.amount", amount=speech.amount(f.amount_at_growth(base, growth), unit, 2))


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
            speech.say("required.nothing") if value <= 0 else "",
            judgement(value, lever, speech),
        )
        for quantity, quarter, lever, value in cases
        if value is not None
    ]


def slack(edition: Edition, projection: Projection, speech: Speech) -> str:
    """How far the second half may fall while the year still makes its target, as HTML; blank where the target is not safe."""
    if projection.target is None or not projection.shortfall or projection.shortfall > 0:
        return ""
    target = escape(speech.amount(projection.target, projection.unit, edition.indicators[projection.id].places_in(projection.unit)))
    needed, known = projection.required, "known." if projection.is_q3_known else ""
    growth, intensity = (needed.q4, needed.intensity_q4) if projection.is_q3_known else (needed.h2, needed.intensity)
    if projection.kind == "growth" and growth is not None:
        by = _asked(abs(growth), projection, "required_q4" if projection.is_q3_known else "required_h2", speech)
        return speech.say(f"slack.{known}{'shrink' if growth < 0 else 'grow'}", by=by, target=target)
    if projection.kind == "flow" and intensity is not None and intensity > 0:
        by = _asked(intensity, projection, "required_intensity_q4" if projection.is_q3_known else "required_intensity", speech)
        return speech.say(f"slack.{known}flow", by=by, target=target)
    return ""


def _asked(value: Fraction, projection: Projection, quantity: str, speech: Speech) -> str:
    return number_html(speech.amount(value, "%", 1), projection.id, quantity)


def bands(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> list[str]:
    """How sure the value for both quarters is, where a stand-in weight or the rounding of printed figures moves it; as HTML."""
    if projection.target is None:
        return []
    said = []
    weights, rounding = (find(edition, scenario, projection.id) for find in (weight_band, rounding_band))
    if weights is not None and projection.is_q3_known:  # Q3's own share weighs too
        low, high = (speech.amount(end, "%", 1) for end in (weights.low, weights.high))
        said.append(speech.say("band.weights", low=low, high=high))
    elif weights is not None:
        share = edition.levers[f"{projection.id}.h1_share"]
        low_share, high_share = (escape(speech.amount(end, share.unit, 0)) for end in (share.low, share.high))
        ends = _ends(weights, projection, share.id, speech)
        said.append(speech.say("band.weight", low_share=low_share, high_share=high_share, **ends))
    if rounding is not None:
        low, high = (speech.amount(end, "%", 1) for end in (rounding.low, rounding.high))
        said.append(speech.say("band.rounding", low=low, high=high))
    return said


def _ends(band: Band, projection: Projection, share: str, speech: Speech) -> dict[str, str]:
    """Either end of the band, with the way to its arithmetic at that end's weight."""
    ends = {"low": (band.low, band.at_low), "high": (band.high, band.at_high)}
    return {
        name: number_html(speech.amount(value, "%", 1), projection.id, "required_h2", *where("now", {share: at}))
        for name, (value, at) in ends.items()
        if at is not None
    }
