"""What changed, and what came of it?  One sentence in the language of a report, between any two scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import count

from hdmodel import Edition, Projection, Scenario
from hdmodel.numbers import MORE_PLACES, adds_up, half_up, places_against, places_apart
from hdmodel.reasons import Transition
from hdmodel.scenario import in_effect
from ui.answers.basis import basis_words, is_multiple_of_h1
from ui.answers.sentences import difference
from ui.text.speech import Speech

_MOST_NAMED = 3


def change_sentence(transition: Transition, speech: Speech, *, is_logged: bool = False) -> str:
    """What was set from what to what, where the year goes from and to, what remains, and on what it rests;
    plain text.

    All years and differences have the same decimals, as many as make them add up. In the log, where many
    stand below each other, they have the indicator's usual ones, and a difference that would not add up is
    left out.
    """
    edition, new, moved = transition.edition, transition.new, moved_between(transition)
    places = _places(transition, is_logged)
    effect = _effect(transition, places, speech)
    multiples = [lever.role for id in moved if is_multiple_of_h1(edition, lever := edition.levers[id])]
    more = [speech.say(f"basis.{role}") for role in dict.fromkeys(multiples)]
    basis = basis_words(edition, transition.after, transition.indicator, speech, *more)
    if not moved:
        return speech.say(
            "moved.nothing", effect=effect, state=_state(edition, new, places, speech), basis=basis
        )
    states = transition.before, transition.after
    moves = [lever_change(edition, id, states, speech) for id in moved]
    remains = _remains(transition, places, speech)
    return speech.say("moved", moves=_listed(moves, speech), effect=effect, state=remains, basis=basis)


def bearing_on(edition: Edition, indicator: str) -> tuple[str, ...]:
    """The levers and entries that move an indicator or its target."""
    later = (*edition.actuals_of(indicator), *edition.plans_of(indicator))
    # shared with another
    starts = {edition.levers[id].indicator for id in edition.own_levers(indicator)} - {indicator}
    shared = (id for owner in sorted(starts) for id in edition.actuals_of(owner))
    return (*edition.own_levers(indicator), *edition.entries_of(indicator), *later, *shared)


def moved_between(transition: Transition) -> list[str]:
    """The levers and entries that differ, also where one was entered at the value that stood there."""
    edition = transition.edition
    old, new = in_effect(edition, transition.before), in_effect(edition, transition.after)
    return [id for id in bearing_on(edition, transition.indicator) if old[id] != new[id]]


def lever_change(edition: Edition, id: str, states: tuple[Scenario, Scenario], speech: Speech) -> str:
    """What one lever or entry was set from and to, in the state before and the one after; an entry with
    the tags of both, and one that was not there is no figure that was not published.
    """
    lever = edition.levers[id]
    old, new = (in_effect(edition, scenario)[id] for scenario in states)
    label = speech.pick(lever.label)
    if old is None or new is None:
        was, now = lever_values(edition, id, (old, new), speech)
        is_plan = id in edition.plans_of(lever.indicator)
        key = (
            ("planned" if is_plan else "entered") if old is None else "unplanned" if is_plan else "withdrawn"
        )
        return speech.say(f"moved.{key}", lever=label, old=was, new=now)
    was, now = tagged_values(edition, id, states, speech)
    return speech.say("moved.one", lever=label, old=was, new=now)


def tagged_values(edition: Edition, id: str, scenarios: Sequence[Scenario], speech: Speech) -> list[str]:
    """The values of one lever or entry in several states; an entry with its tag: entered, or that of the
    edition's figure that stands there.
    """
    lever = edition.levers[id]
    values = [in_effect(edition, scenario)[id] for scenario in scenarios]
    texts = lever_values(edition, id, values, speech)
    if not lever.is_entry:
        return texts
    return [
        text if value is None else f"{text} {tag_of(edition, scenario, id, speech)}"
        for text, value, scenario in zip(texts, values, scenarios, strict=True)
    ]


def tag_of(edition: Edition, scenario: Scenario, id: str, speech: Speech) -> str:
    """The tag of a figure as it stands beside its number: `[原文]`; one the user has typed is `entered`."""
    typed = scenario.as_dict().get(id) is not None
    figure = edition.figures.get(id)
    return f"[{speech.say('tag.entered' if typed else f'tag.{figure.tag}' if figure else 'tag.derived')}]"


def lever_value(edition: Edition, id: str, value: Fraction | None, speech: Speech) -> str:
    """A lever's or entry's value with its unit, as it counts."""
    return lever_values(edition, id, (value,), speech)[0]


def lever_values(edition: Edition, id: str, values: Sequence[Fraction | None], speech: Speech) -> list[str]:
    """Values of one lever or entry, with as many decimals as the finest of them has."""
    lever = edition.levers[id]
    some = [value for value in values if value is not None]
    places = places_apart(some, max(map(lever.places_of, some), default=lever.places))
    absent = speech.say("not_entered" if lever.is_typed_alone else "blank")
    return [absent if value is None else speech.amount(value, lever.unit, places) for value in values]


def _listed(moves: list[str], speech: Speech) -> str:
    if len(moves) <= _MOST_NAMED:
        return speech.say("moved.and").join(moves)
    rest = speech.say("moved.rest", count=str(len(moves) - _MOST_NAMED))
    return speech.say("moved.and").join((*moves[:_MOST_NAMED], rest))


def _places(transition: Transition, is_logged: bool) -> int:
    """The decimals of all years and differences of a sentence."""
    edition, old, new = transition.edition, transition.old, transition.new
    usual = edition.indicators[new.id].places_in(new.unit)
    if new.path.full_year is None:
        return usual
    if old.path.full_year is None or old.unit != new.unit:
        return places_of_year(new, usual)
    return _seen_places(old, new, usual) if is_logged else change_places(edition, old, new)


def places_of_year(projection: Projection, usual: int) -> int:
    """The decimals of one year beside its target."""
    year, target = projection.path.full_year, projection.target
    return usual if year is None or target is None else places_against(year, target, usual)


def _effect(transition: Transition, places: int, speech: Speech) -> str:
    """From which year to which; where the two do not compare, the new one alone."""
    old, new = transition.old, transition.new
    indicator = transition.edition.indicators[transition.indicator]
    name = speech.pick(indicator.label)
    if new.path.full_year is None:
        return speech.say("effect.blank", name=name)
    period = speech.say(f"effect.period.{indicator.form.read_at}")
    about = {"name": name, "period": period}
    if old.path.full_year is None:
        return speech.say("effect.first", **about, new=_year(new, places, speech))
    if old.unit != new.unit:
        return speech.say("effect.now", **about, new=_year(new, places, speech))
    before, after = old.path.full_year, new.path.full_year
    rise = after - before
    if rise == 0:
        return speech.say("effect.none", **about, new=_year(new, places, speech))
    way, by = "up" if rise > 0 else "down", difference(rise, new.unit, places, speech)
    years = {"old": _year(old, places, speech), "new": speech.amount(after, new.unit, places)}
    if adds_up([before, rise], after, places):
        return speech.say(f"effect.{way}", **about, **years, by=by)
    return speech.say(f"effect.{way}.only", **about, **years)


def change_places(edition: Edition, old: Projection, new: Projection) -> int:
    """The decimals in which two years and their difference are seen, none turns into its target, and,
    if it can be, they and what is missing of the target add up.

    Both have a year, in one unit.
    """
    usual = edition.indicators[new.id].places_in(new.unit)
    before, after = old.path.full_year or Fraction(0), new.path.full_year or Fraction(0)
    fewest = _seen_places(old, new, usual)
    more = (
        places
        for places in range(fewest, fewest + MORE_PLACES)
        if _is_seen(old, new, places) and _reaches_target(new, places)
    )
    return next((places for places in more if adds_up([before, after - before], after, places)), fewest)


def _seen_places(old: Projection, new: Projection, usual: int) -> int:
    """The fewest decimals in which two years and their difference are seen, and what is missing adds up."""
    places = (places for places in count(usual) if _is_seen(old, new, places))
    fewest = next(places)
    more = (at for at in range(fewest, fewest + MORE_PLACES) if _is_seen(old, new, at))
    return next((at for at in more if _reaches_target(new, at)), fewest)


def _is_seen(old: Projection, new: Projection, places: int) -> bool:
    before, after = old.path.full_year or Fraction(0), new.path.full_year or Fraction(0)
    is_apart = half_up(before, places) != half_up(after, places) and bool(half_up(after - before, places))
    return (before == after or is_apart) and all(
        places_of_year(projection, places) == places for projection in (old, new)
    )


def _reaches_target(new: Projection, places: int) -> bool:
    """Whether the year and what is missing add up to the target as they are printed."""
    year, target = new.path.full_year, new.target
    return year is None or target is None or adds_up([year, target - year], target, places)


def _year(projection: Projection, places: int, speech: Speech) -> str:
    amount = speech.amount(projection.path.full_year, projection.unit, places)
    return speech.say("effect.of_target", year=amount) if projection.unit == "% of target" else amount


def _remains(transition: Transition, places: int, speech: Speech) -> str:
    edition, old, new = transition.edition, transition.old, transition.new
    statuses = {old.status, new.status}
    has_target = not edition.indicators[new.id].is_benchmark and old.unit == new.unit
    if has_target and "met" in statuses and len(statuses) == 2 and "no_target" not in statuses:
        return speech.say(
            "crossed.met" if new.status == "met" else "crossed.missed",
            state=_state(edition, new, places, speech),
        )
    return _state(edition, new, places, speech)


def _state(edition: Edition, projection: Projection, places: int, speech: Speech) -> str:
    """How the year stands to its target."""
    shortfall, indicator = projection.shortfall, edition.indicators[projection.id]
    suffix = ".benchmark" if indicator.is_benchmark else ""
    if shortfall is None:
        return speech.say("state.unknown" if projection.path.full_year is None else "state.no_target")
    if shortfall == 0:
        return speech.say(f"state.exact{suffix}")
    by = difference(shortfall, projection.unit, places, speech)
    return speech.say(f"state.short{suffix}" if shortfall > 0 else f"state.over{suffix}", by=by)
