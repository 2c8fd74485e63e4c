"""What changed, and what came of it?  One sentence in the language of a report, between any two scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import count

from hdmodel import Edition, Lever, Projection, Scenario, project
from hdmodel.numbers import MORE_PLACES, adds_up, half_up, places_against, places_apart
from hdmodel.scenario import in_effect
from ui.answers.sentences import difference
from ui.text.speech import Speech

_MOST_NAMED = 3


def change_sentence(
    edition: Edition, before: Scenario, after: Scenario, indicator: str, speech: Speech
) -> str:
    """What was set from what to what, where the year goes from and to, and what remains; plain text."""
    old, new = project(edition, before)[indicator], project(edition, after)[indicator]
    moved = _moves(edition, before, after, indicator, speech)
    if not moved:
        said = speech.say(
            "moved.nothing", effect=_effect(edition, old, new, speech), state=_state(edition, new, speech)
        )
        return speech.tidy(said)
    said = speech.say(
        "moved",
        moves=_listed(moved, speech),
        effect=_effect(edition, old, new, speech),
        state=_remains(edition, old, new, speech),
    )
    return speech.tidy(said)


def bearing_on(edition: Edition, indicator: str) -> tuple[str, ...]:
    """The levers and entries that move an indicator or its target."""
    later = (*edition.actuals_of(indicator), *edition.plans_of(indicator))
    # shared with another
    starts = {edition.levers[id].indicator for id in edition.own_levers(indicator)} - {indicator}
    shared = (id for owner in sorted(starts) for id in edition.actuals_of(owner))
    return (*edition.own_levers(indicator), *edition.entries_of(indicator), *later, *shared)


def _moves(edition: Edition, before: Scenario, after: Scenario, indicator: str, speech: Speech) -> list[str]:
    old, new = in_effect(edition, before), in_effect(edition, after)
    return [
        lever_change(edition, id, old[id], new[id], speech)
        for id in bearing_on(edition, indicator)
        if old[id] != new[id]
    ]


def lever_change(
    edition: Edition, id: str, old: Fraction | None, new: Fraction | None, speech: Speech
) -> str:
    """What one lever or entry was set from and to."""
    was, now = lever_values(edition, id, (old, new), speech)
    return speech.say("moved.one", lever=speech.pick(edition.levers[id].label), old=was, new=now)


def lever_value(edition: Edition, id: str, value: Fraction | None, speech: Speech) -> str:
    """A lever's or entry's value with its unit, as fine as its step."""
    return lever_values(edition, id, (value,), speech)[0]


def lever_values(edition: Edition, id: str, values: Sequence[Fraction | None], speech: Speech) -> list[str]:
    """Values of one lever or entry, finer than its step where two of them would read the same."""
    lever = edition.levers[id]
    places = places_apart([value for value in values if value is not None], step_places(lever))
    return [speech.amount(value, lever.unit, places) for value in values]


def step_places(lever: Lever) -> int:
    """The decimals of a lever's step, two at most."""
    return next(places for places in (0, 1, 2) if places == 2 or (lever.step * 10**places).denominator == 1)


def _listed(moves: list[str], speech: Speech) -> str:
    if len(moves) <= _MOST_NAMED:
        return speech.say("moved.and").join(moves)
    rest = speech.say("moved.rest", count=str(len(moves) - _MOST_NAMED))
    return speech.say("moved.and").join((*moves[:_MOST_NAMED], rest))


def _effect(edition: Edition, old: Projection, new: Projection, speech: Speech) -> str:
    """From which year to which; where the two do not compare, the new one alone."""
    name, usual = (
        speech.pick(edition.indicators[new.id].label),
        edition.indicators[new.id].places_in(new.unit),
    )
    if new.path.full_year is None:
        return speech.say("effect.blank", name=name)
    period = speech.say(f"effect.period.{edition.indicators[new.id].form.read_at}")
    about = {"name": name, "period": period}
    if old.path.full_year is None:
        return speech.say("effect.first", **about, new=_year(new, usual, speech))
    if old.unit != new.unit:
        return speech.say("effect.now", **about, new=_year(new, usual, speech))
    rise = new.path.full_year - old.path.full_year
    if rise == 0:
        return speech.say("effect.none", **about, new=_year(new, usual, speech))
    places = change_places(edition, old, new)
    by = difference(rise, new.unit, places, speech)
    years = {"old": _year(old, places, speech), "new": _year(new, places, speech)}
    return speech.say("effect.up" if rise > 0 else "effect.down", **about, **years, by=by)


def change_places(edition: Edition, old: Projection, new: Projection) -> int:
    """The decimals in which two years and their difference are seen, none turns into its target, and,
    if it can be, they add up.

    Both have a year, in one unit.
    """
    before, after = old.path.full_year or Fraction(0), new.path.full_year or Fraction(0)
    usual = edition.indicators[new.id].places_in(new.unit)
    if before == after:
        return usual

    def is_seen(places: int) -> bool:
        is_apart = half_up(before, places) != half_up(after, places) and bool(half_up(after - before, places))
        return is_apart and all(
            one.target is None
            or places_against(one.path.full_year or Fraction(0), one.target, places) == places
            for one in (old, new)
        )

    fewest = next(places for places in count(usual) if is_seen(places))
    more = (places for places in range(fewest, fewest + MORE_PLACES) if is_seen(places))
    return next((places for places in more if adds_up([before, after - before], after, places)), fewest)


def _year(projection: Projection, places: int, speech: Speech) -> str:
    year = projection.path.full_year
    said = speech.amount(year, projection.unit, speech.places_beside(year, projection.target, places))
    return speech.say("effect.of_target", year=said) if projection.unit == "% of target" else said


def _remains(edition: Edition, old: Projection, new: Projection, speech: Speech) -> str:
    statuses = {old.status, new.status}
    has_target = not edition.indicators[new.id].is_benchmark and old.unit == new.unit
    if has_target and "met" in statuses and len(statuses) == 2 and "no_target" not in statuses:
        return speech.say(
            "crossed.met" if new.status == "met" else "crossed.missed", state=_state(edition, new, speech)
        )
    return _state(edition, new, speech)


def _state(edition: Edition, projection: Projection, speech: Speech) -> str:
    """How the year stands to its target."""
    shortfall, indicator = projection.shortfall, edition.indicators[projection.id]
    suffix = ".benchmark" if indicator.is_benchmark else ""
    if shortfall is None:
        return speech.say("state.unknown" if projection.path.full_year is None else "state.no_target")
    if shortfall == 0:
        return speech.say(f"state.exact{suffix}")
    usual = indicator.places_in(projection.unit)
    places = speech.places_beside(projection.path.full_year, projection.target, usual)
    by = difference(shortfall, projection.unit, places, speech)
    return speech.say(f"state.short{suffix}" if shortfall > 0 else f"state.over{suffix}", by=by)
