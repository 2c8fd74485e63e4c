"""What of a visit goes into a file, and how is it put back?  All of it, as the file has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from hdmodel import BadInput, Edition, PageState, Problem, open_link, write_link
from hdmodel.links.link import read_query
from hdmodel.links.plans import NO_PLANS, write_plan
from hdmodel.links.visit_file import (
    MOST_LOGGED,
    CheckedVisit,
    KeptLedger,
    KeptLog,
    KeptMoment,
    KeptYears,
    Visit,
    link_of_moment,
)
from hdmodel.past_years import Year
from hdmodel.reading.edition import released_edition, released_editions
from hdmodel.reading.past_years import read_years
from hdmodel.reading.tables import Sheet
from hdmodel.reading.upload import is_released, own_edition
from ui.session import history as moves
from ui.session import keys, state, visit_ledger
from ui.session.history import History, Moment
from ui.session.visit_ledger import VisitLedger

Typed = Mapping[tuple[str, str], tuple[str, tuple[Year, ...]]]  # past years, by edition and indicator


@dataclass(frozen=True)
class WholeVisit:
    """What a visitor holds at the moment, not yet written down: a file is made only once it is asked for."""

    opened: PageState
    sheets: Mapping[str, Sheet]
    ledgers: Mapping[str, VisitLedger]
    years: Typed
    history: History
    left: PageState | None


def whole(opened: PageState) -> WholeVisit:
    """What the visitor holds now."""
    sheets = {} if is_released(opened.edition) else keys.get(keys.EDITION_SHEETS)
    left = None if is_released(opened.edition) else keys.get(keys.LEFT)
    ledgers, years = visit_ledger.of_ones_own(), keys.get(keys.YEARS, {})
    return WholeVisit(opened, sheets, ledgers, years, moves.history(), left)


def written_down(whole: WholeVisit) -> Visit:
    """The same as a file has it."""
    return Visit(
        link=write_link(whole.opened),
        own_edition=tuple(whole.sheets.values()),
        ledgers=tuple(
            KeptLedger(edition, ledger.cells, ledger.is_waiting) for edition, ledger in whole.ledgers.items()
        ),
        years=tuple(KeptYears(*of, text) for of, (text, _) in whole.years.items() if text.strip()),
        log=_log(whole.opened, whole.history),
        left=write_link(whole.left) if whole.left else "",
    )


def _log(opened: PageState, history: History) -> KeptLog:
    latest = history.without_oldest(len(history.log) - MOST_LOGGED)
    edition, sets = opened.edition, list(dict.fromkeys(moment.plans for moment in latest.log))
    moments = tuple(
        KeptMoment(
            moment.since,
            link_of_moment(replace(opened, scenario=moment.scenario, plans=NO_PLANS)),
            sets.index(moment.plans),
            moment.is_starred,
            moment.after,
        )
        for moment in latest.log[:MOST_LOGGED]
    )
    plans = tuple(tuple(write_plan(edition, plan) for plan in three) for three in sets)
    places = (tuple(at for at in line if at < len(moments)) for line in (latest.past, latest.future))
    return KeptLog(moments, plans, latest.now, *places)


def put_back(checked: CheckedVisit, kept: Collection[str]) -> tuple[Problem, ...]:
    """Replace all that the visitor holds by what a file holds (in a widget's callback); gives what could not
    be put back. `kept` are keys that have nothing to do with an edition.
    """
    visit = checked.visit
    sheets = {sheet.name: sheet for sheet in visit.own_edition}
    edition = _own(sheets)
    opened = state.open_again(read_query(visit.link), edition, kept)
    if edition is not None:
        keys.put(keys.EDITION_SHEETS, sheets)
    keys.put(keys.LEFT, _left(visit.left))
    visit_ledger.put_back({ledger.edition: (ledger.rows, ledger.is_waiting) for ledger in visit.ledgers})
    keys.put(keys.YEARS, {(years.edition, years.indicator): _years(years, opened) for years in visit.years})
    if checked.moments:
        keys.put(keys.HISTORY, _history(checked))
    return checked.problems


def _own(sheets: Mapping[str, Sheet]) -> Edition | None:
    """The visitor's own edition; `None` where there is none, or where it can no longer be used."""
    with suppress(BadInput):
        return own_edition(sheets) if sheets else None
    return None


def _left(link: str) -> PageState | None:
    if not link:
        return None
    opened = open_link(read_query(link))
    return None if any(problem.kind == "unknown_edition" for problem in opened.problems) else opened


def _history(checked: CheckedVisit) -> History:
    log = checked.visit.log
    moments = [
        Moment(moment.since, scenario, plans, moment.is_starred, moment.after)
        for moment, (scenario, plans) in zip(log.moments, checked.moments, strict=True)
    ]
    return History(moments, log.now, list(log.past), list(log.future))


def _years(typed: KeptYears, opened: PageState) -> tuple[str, tuple[Year, ...]]:
    """What was typed, and the years that can be read from it; none where its edition is not here."""
    editions = {id: released_edition(id) for id in released_editions() if id == typed.edition}
    edition = {**editions, opened.edition.id: opened.edition}.get(typed.edition)
    if edition is not None and typed.indicator in edition.indicators:
        with suppress(BadInput):
            kind = edition.indicators[typed.indicator].kind
            return typed.text, read_years(typed.text, kind, int(edition.about["year"]))
    return typed.text, ()
