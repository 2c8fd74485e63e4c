"""What does an address say?  Read here alone, every fault named, what can be kept is kept; and written here alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from urllib.parse import parse_qsl, urlencode

from hdmodel.edition import Edition, Lever
from hdmodel.numbers import plain
from hdmodel.problems import Problem
from hdmodel.projection import MODEL_VERSION
from hdmodel.reading import released_edition, released_editions
from hdmodel.scenario import Scenario, baseline, faults_of, read_value, too_many_together, with_values

VERSION = "1"
VIEWS = ("explore", "required", "sources")
LANGUAGES = ("zh", "en")
SHOWN = {"view": "view", "focus": "focus", "lang": "language"}  # names in a link, and the fields of `Opened` they set
_MOST_PROBLEMS = 40

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Opened:
    """What a link opens: the scenario, which view and indicator are shown, the language, and what was wrong with it."""

    edition: Edition
    scenario: Scenario
    view: str
    focus: str
    language: str
    problems: tuple[Problem, ...]


def read_query(query: str) -> list[tuple[str, str]]:
    """The names and values of a query string, in order; a leading `?`, or a whole address, is taken off first.

    >>> read_query("https://example.org/?a.q3=5&b=")
    [('a.q3', '5'), ('b', '')]
    """
    text = query.strip().split("#", 1)[0]
    if "://" in text.split("=", 1)[0]:
        text = text.partition("?")[2]
    return parse_qsl(text.removeprefix("?"), keep_blank_values=True, max_num_fields=None)


def open_link(pairs: Pairs, edition: Edition | None = None) -> Opened:
    """What an address says, as name–value pairs in their order; a link replaces everything the visitor had.

    Never raises: what cannot be used stays at the baseline and is named among `problems`.
    `edition` is the one to read against; left out, the link's `e` chooses among the released ones.
    """
    given, problems = _once_each(pairs)
    chosen = _edition(given, edition, problems)
    problems[:] = [_with_value_used(chosen, problem) for problem in problems]
    _check_versions(given, problems)
    start = Opened(chosen, baseline(chosen), VIEWS[0], chosen.about["focus"], LANGUAGES[0], ())
    opened = replace(
        start,
        scenario=_scenario(chosen, given, problems),
        view=_choice(given, "view", VIEWS, start.view, "unknown_view", problems),
        focus=_choice(given, "focus", tuple(chosen.indicators), start.focus, "unknown_focus", problems),
        language=_choice(given, "lang", LANGUAGES, start.language, "unknown_language", problems),
    )
    known = {*chosen.levers, "v", "e", "m", "r", "view", "focus", "lang"}
    problems += [
        Problem("unknown_name", name, value, "names of levers and entries", "")
        for name, value in given.items()
        if name not in known
    ]
    return replace(opened, problems=_not_endless(problems))


def write_link(opened: Opened) -> str:
    """The complete query string: format, edition, model, view, focus, language, and every lever and entry by name."""
    head = {
        "v": VERSION, "e": opened.edition.id, "m": MODEL_VERSION,
        "view": opened.view, "focus": opened.focus, "lang": opened.language,
    }  # fmt: skip
    values = {id: written(value) for id, value in opened.scenario.values}
    return urlencode({**head, **values})


def written(value: Fraction | None) -> str:
    """A value as a link writes it; blank for an entry that nobody has made: the edition's own figure stands."""
    return "" if value is None else plain(value)


def live_link(opened: Opened) -> dict[str, str]:
    """What the live address of a page says: the edition and all that differs from its baseline, names in order."""
    default = replace(
        opened, scenario=baseline(opened.edition), view=VIEWS[0], focus=opened.edition.about["focus"], language=LANGUAGES[0]
    )
    moved = {name: getattr(opened, field) for name, field in SHOWN.items() if getattr(opened, field) != getattr(default, field)}
    kept = default.scenario.as_dict()
    values = {id: plain(value) for id, value in opened.scenario.values if value is not None and value != kept[id]}
    return dict(sorted({"e": opened.edition.id, **moved, **values}.items()))


def on_step(lever: Lever, value: Fraction) -> Fraction:
    """The value, or the nearest one that a press of the slider's keys can reach; what is typed has no steps."""
    if lever.is_entry or lever.role == "reading":
        return value
    steps = (value - lever.low) / lever.step
    return min(lever.high, lever.low + lever.step * ((2 * steps.numerator + steps.denominator) // (2 * steps.denominator)))


def _once_each(pairs: Pairs) -> tuple[dict[str, str], list[Problem]]:
    """One value for each name: a name given twice counts as not given, since either could be meant."""
    written: dict[str, list[str]] = {}
    for name, value in pairs:
        written.setdefault(name, []).append(value)
    problems = [
        Problem("duplicate", name, ", ".join(values), "one value", "baseline")
        for name, values in written.items()
        if len(values) > 1
    ]  # fmt: skip
    return {name: values[0] for name, values in written.items() if len(values) == 1}, problems


def _with_value_used(edition: Edition, problem: Problem) -> Problem:
    """A lever given twice stands at its default: say which value that is."""
    lever = edition.levers.get(problem.name)
    return problem if lever is None or lever.default is None else replace(problem, used=plain(lever.default))


def _edition(given: dict[str, str], edition: Edition | None, problems: list[Problem]) -> Edition:
    wanted = given.get("e", "")
    accepted = (edition.id,) if edition else released_editions()
    used = edition or released_edition()
    if wanted in accepted:
        return edition or released_edition(wanted)
    if wanted or "e" in given:
        problems.append(Problem("unknown_edition", "e", wanted, ", ".join(accepted), used.id))
    return used


def _check_versions(given: dict[str, str], problems: list[Problem]) -> None:
    if given.get("v", VERSION) != VERSION:
        problems.append(Problem("unknown_version", "v", given["v"], VERSION, VERSION))
    if given.get("m", MODEL_VERSION) != MODEL_VERSION:
        problems.append(Problem("other_model", "m", given["m"], MODEL_VERSION, MODEL_VERSION))


def _scenario(edition: Edition, given: dict[str, str], problems: list[Problem]) -> Scenario:
    names = [name for name in edition.levers if name in given]
    values = {name: _value(edition, name, given[name], problems) for name in names}
    for problem in too_many_together(edition, {**baseline(edition).as_dict(), **values}):
        values.update({name: baseline(edition).as_dict()[name] for name in problem.name.split(" + ")})
        problems.append(replace(problem, used="baseline"))
    return with_values(edition, baseline(edition), values)


def _value(edition: Edition, name: str, text: str, problems: list[Problem]) -> Fraction | None:
    """The value a link gives a lever: its default when it can't be used, the nearest step when it lies between two."""
    lever = edition.levers[name]
    faults = faults_of(edition, name, text)
    if faults:
        used = "blank" if lever.default is None else plain(lever.default)
        problems += [replace(fault, used=used) for fault in faults]
        return None if lever.is_entry else lever.default
    value = read_value(lever, text)
    nearest = None if value is None else on_step(lever, value)
    if value is not None and nearest is not None and nearest != value:
        accepted = f"{plain(lever.low)}, {plain(lever.low + lever.step)} … {plain(lever.high)}"
        problems.append(Problem("off_step", name, text, accepted, plain(nearest)))
    return nearest


def _choice(given: dict[str, str], name: str, accepted: tuple[str, ...], used: str, kind: str, problems: list[Problem]) -> str:
    if name in given and given[name] not in accepted:
        problems.append(Problem(kind, name, given[name], ", ".join(accepted), used))
    return given[name] if given.get(name) in accepted else used


def _not_endless(problems: list[Problem]) -> tuple[Problem, ...]:
    """The first problems; past a screenful one line says how many more there are."""
    if len(problems) <= _MOST_PROBLEMS:
        return tuple(problems)
    rest = len(problems) - _MOST_PROBLEMS
    return (*problems[:_MOST_PROBLEMS], Problem("malformed", f"{rest} more names", "…", "names of levers and entries", ""))
