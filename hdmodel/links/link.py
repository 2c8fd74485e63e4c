"""What does an address say?  Read here alone, every fault named, what can be kept is kept;
and written here alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from hdmodel.edition import Edition
from hdmodel.language.languages import FIRST, LANGUAGES
from hdmodel.ledger import carriers
from hdmodel.links.plans import NO_PLANS, SLOTS, Plans, read_plan, write_plan
from hdmodel.links.repair import (
    LONGEST_LINK,
    LONGEST_NAME,
    LONGEST_PLAN,
    MOST_FIELDS,
    mended,
    without_added,
)
from hdmodel.links.sent_results import SentResults, read_sent_results, write_results
from hdmodel.links.short_names import short_indicators, short_names
from hdmodel.links.values import ids_of, read_settings, written
from hdmodel.numbers import plain
from hdmodel.problems import Phrase, Problem
from hdmodel.projection import MODEL_VERSION
from hdmodel.reading.edition import released_edition, released_editions
from hdmodel.scenario import Scenario, baseline

# 1: every lever by its id; 2: by short name, with the figures' digest, plans, and the results at its end;
# 3: the focus short too, plans by place, and what is known of later quarters
VERSIONS = ("1", "2", "3")
VERSION = VERSIONS[-1]
VIEWS = ("explore", "required", "compare", "projects", "sources")
# names in a link, and the fields of `PageState` they set
SHOWN = {"view": "view", "focus": "focus", "lang": "language", "ledger": "ledger"}
_HEAD = ("v", "e", "m", "d", "r", *SHOWN)
_MOST_PROBLEMS = 40
# letters of one value before it is decoded; the longest plan that is written has 4,200
_LONGEST_WRITTEN = 3 * LONGEST_PLAN

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class PageState:
    """What a link opens: the scenario, which view and indicator are shown, the language,
    and what was wrong with it.

    `plans` are those it carries, `sent_results` the results it was sent with, and `ledger` the indicator that
    a ledger belongs to, blank for the edition's first.
    """

    edition: Edition
    scenario: Scenario
    view: str
    focus: str
    language: str
    problems: tuple[Problem, ...]
    plans: Plans = NO_PLANS
    sent_results: SentResults | None = field(default=None, compare=False)
    ledger: str = ""


def read_query(query: str) -> list[tuple[str, str]]:
    """The names and values of a query string, in order; a leading `?`, or a whole address,
    is taken off first.

    >>> read_query("https://example.org/?a.q3=5&b=")
    [('a.q3', '5'), ('b', '')]

    Fields past what an address may hold are not read: one more pair says how many there are.
    """
    text = query.strip().split("#", 1)[0]
    if "://" in text.split("=", 1)[0]:
        text = text.partition("?")[2]
    fields = text.removeprefix("?").split("&")
    room, pairs = LONGEST_LINK, []
    for place, pair in enumerate(fields[:MOST_FIELDS]):
        name, _, value = pair.partition("=")
        if len(value) > _LONGEST_WRITTEN:
            pairs.append((name, value))  # too long for anything, whatever it decodes to
            continue
        room -= len(pair) + 1
        if room < 0:
            return [*pairs, (f"{len(fields) - place} more fields", "")]
        pairs += parse_qsl(pair, keep_blank_values=True)
    left = len(fields) - MOST_FIELDS
    return [*pairs, (f"{left} more fields", "")] if left > 0 else pairs


def open_link(pairs: Pairs, edition: Edition | None = None) -> PageState:
    """What an address says, as name–value pairs in their order; a link replaces everything the visitor had.

    Never raises: what cannot be used stays at the baseline and is named among `problems`.
    `edition` is the one to read against; left out, the link's `e` chooses among the released ones.
    """
    problems: list[Problem] = []
    sent = mended(without_added(list(pairs)), _known_names(edition), problems)
    given = _once_each(sent.pairs, problems)
    chosen = _edition(given, edition, problems)
    ids = ids_of(chosen)
    given = _once_each([(ids.get(name, name), value) for name, value in given.items()], problems)
    problems[:] = [_with_value_used(chosen, ids, problem) for problem in problems]
    _check_versions(given, problems)
    start = PageState(chosen, baseline(chosen), VIEWS[0], chosen.about["focus"], FIRST, ())
    opened = replace(
        start,
        scenario=read_settings(chosen, given, problems),
        view=_chosen(_Choice("view", VIEWS, start.view, "unknown_view"), given, problems),
        focus=_chosen(
            _Choice("focus", tuple(chosen.indicators), start.focus, "unknown_focus"),
            _with_whole(chosen, given, "focus"),
            problems,
        ),
        ledger=_ledger(chosen, given, problems),
        language=_chosen(
            _Choice("lang", tuple(LANGUAGES), start.language, "unknown_language"), given, problems
        ),
    )
    plans = tuple(read_plan(chosen, slot, given.get(slot, ""), problems) for slot in SLOTS)
    results = read_sent_results(chosen, given, problems)
    known = {*chosen.levers, *_HEAD, *SLOTS}
    problems += [
        Problem("unknown_name", name, value, Phrase("wanted.names"), "")
        for name, value in given.items()
        if name not in known
    ]
    problems = _one_finding_each(
        problems, given, {ids.get(name, name): pair for name, pair in sent.arrived.items()}
    )
    return replace(opened, plans=plans, sent_results=results, problems=_not_endless(problems))


def write_link(opened: PageState) -> str:
    """The complete query string."""
    return urlencode(link_fields(opened), safe="~")


def link_fields(opened: PageState) -> dict[str, str]:
    """What it says: format, edition, model, view, focus, language, every lever and entry, plans and results.

    What every edition may have entered later (Q3 as a fact, a ledger's plan) stands in it where it was:
    nothing else can stand in. The results stand last: a link without them has lost its end.
    """
    edition, names = opened.edition, short_names(opened.edition)
    head = {
        "v": VERSION, "e": edition.id, "m": MODEL_VERSION, "d": edition.digest,
        "view": opened.view, "focus": short_indicators(edition)[opened.focus], "lang": opened.language,
    }  # fmt: skip
    is_said = {id: value is not None or not edition.levers[id].short for id, value in opened.scenario.values}
    ledger = {"ledger": short_indicators(edition)[opened.ledger]} if opened.ledger else {}
    values = {names[id]: written(value) for id, value in opened.scenario.values if is_said[id]}
    plans = {slot: write_plan(edition, plan) for slot, plan in zip(SLOTS, opened.plans, strict=True) if plan}
    return {**head, **ledger, **values, **plans, "r": write_results(edition, opened.scenario)}


def live_link(opened: PageState) -> dict[str, str]:
    """What the live address of a page says: the edition and all that differs from its baseline,
    names in order.
    """
    default = replace(
        opened,
        scenario=baseline(opened.edition),
        view=VIEWS[0],
        focus=opened.edition.about["focus"],
        language=FIRST,
        ledger="",
    )
    moved = {
        name: getattr(opened, field)
        for name, field in SHOWN.items()
        if getattr(opened, field) != getattr(default, field)
    }
    kept = default.scenario.as_dict()
    values = {
        id: plain(value) for id, value in opened.scenario.values if value is not None and value != kept[id]
    }
    plans = {
        slot: write_plan(opened.edition, plan) for slot, plan in zip(SLOTS, opened.plans, strict=True) if plan
    }
    return dict(sorted({"e": opened.edition.id, **moved, **values, **plans}.items()))


def _known_names(edition: Edition | None) -> set[str]:
    editions = [edition] if edition else [released_edition(id) for id in released_editions()]
    return {*_HEAD, *SLOTS, *(name for edition_at in editions for name in ids_of(edition_at))}


def _once_each(pairs: Pairs, problems: list[Problem]) -> dict[str, str]:
    """One value for each name: a name given twice counts as not given, since either could be meant."""
    written: dict[str, list[str]] = {}
    for name, value in pairs:
        written.setdefault(name, []).append(value)
    problems += [
        Problem("duplicate", name, ", ".join(values), Phrase("wanted.one_value"), "baseline")
        for name, values in written.items()
        if len(values) > 1
    ]  # fmt: skip
    return {name: values[0] for name, values in written.items() if len(values) == 1}


def _one_finding_each(
    problems: list[Problem], given: Mapping[str, str], arrived: Mapping[str, tuple[str, str]]
) -> list[Problem]:
    """One finding for each name: what the way had changed is named as mended only where it counts as mended;
    else its fault is told of the value as it arrived.
    """
    # "a.q3 + a.q4", "p1 name"; one that is longer is no name of ours
    faulty = {name for problem in problems for name in problem.place[: 10 * LONGEST_NAME].split()}
    restored = [
        Problem("wrapped", name, value, "", f"{id}={given[id]}")
        for id, (name, value) in arrived.items()
        if id in given and id not in faulty
    ]
    told = [
        replace(problem, found=arrived[problem.place][1]) if problem.place in arrived else problem
        for problem in problems
    ]
    return restored + told


def _with_value_used(edition: Edition, ids: Mapping[str, str], problem: Problem) -> Problem:
    """A name given twice, or at too great a length, counts as not given: say what stands there then."""
    if problem.used != "baseline":
        return problem
    id = ids.get(problem.place, problem.place)
    lever = edition.levers.get(id)
    if lever is None:
        return replace(problem, used="blank" if id in SLOTS else "")
    return problem if lever.default is None else replace(problem, used=plain(lever.default))


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
    if given.get("v", VERSION) not in VERSIONS:
        problems.append(Problem("unknown_version", "v", given["v"], ", ".join(VERSIONS), VERSION))
    if (
        given.get("v") in VERSIONS[1:]
        and "r" not in given
        and all(problem.place != "r" for problem in problems)
    ):
        name, value = list(given.items())[-1]
        problems.append(
            Problem(
                "truncated", "link", f"… {name}={value}", Phrase("wanted.whole_link"), "as far as it goes"
            )
        )
    if given.get("m", MODEL_VERSION) != MODEL_VERSION:
        problems.append(Problem("other_model", "m", given["m"], MODEL_VERSION, MODEL_VERSION))


@dataclass(frozen=True)
class _Choice:
    """A field of a link that takes one of some words: which one stands without it, and the kind of problem
    that any other word is.
    """

    name: str
    accepted: tuple[str, ...]
    otherwise: str
    problem: str


def _chosen(choice: _Choice, given: dict[str, str], problems: list[Problem]) -> str:
    word = given.get(choice.name, choice.otherwise)
    if word in choice.accepted:
        return word
    accepted = ", ".join(choice.accepted)
    problems.append(Problem(choice.problem, choice.name, word, accepted, choice.otherwise))
    return choice.otherwise


def _ledger(edition: Edition, given: dict[str, str], problems: list[Problem]) -> str:
    """The indicator that a ledger belongs to; blank where it is the first, as in links that do not say it."""
    if not given.get("ledger"):
        return ""
    accepted = tuple(indicator.id for indicator in carriers(edition))
    choice = _Choice("ledger", accepted, "", "unknown_focus")
    chosen = _chosen(choice, _with_whole(edition, given, "ledger"), problems)
    return "" if chosen in accepted[:1] else chosen


def _with_whole(edition: Edition, given: dict[str, str], name: str) -> dict[str, str]:
    """The same, an indicator by its id where it was written short."""
    whole = {short: id for id, short in short_indicators(edition).items()}
    return {**given, name: whole.get(given[name], given[name])} if name in given else given


def _not_endless(problems: list[Problem]) -> tuple[Problem, ...]:
    """The first problems; past a screenful one line says how many more there are."""
    if len(problems) <= _MOST_PROBLEMS:
        return tuple(problems)
    rest = len(problems) - _MOST_PROBLEMS
    return (
        *problems[:_MOST_PROBLEMS],
        Problem("malformed", f"{rest} more names", "…", Phrase("wanted.names"), ""),
    )
