"""What would be taken into the ledger?  The answer in one sentence and one press; columns, unit, rows and
why below.
"""

from __future__ import annotations

import streamlit as st

from hdmodel import PageState, Projection
from hdmodel.ledger import UNIT
from hdmodel.reading.ledger_columns import COLUMNS, TitledColumn
from hdmodel.reading.ledger_table import Remark
from hdmodel.reading.ledger_units import SCALES
from hdmodel.reading.tables import column_letters
from ui.answers import ledger_rows
from ui.html.elements import Markup, element, listed, notice, remark
from ui.html.show import show_html
from ui.page.frame import escape_markdown
from ui.session import pending_ledger
from ui.session.pending_ledger import Pending, Preview
from ui.text.speech import Speech
from ui.views.ledger_indicator import choose_indicator

_MOST_FAULTS = 20  # listed before anything is taken
_DOUBTS = ("sum_differs", "other_year")  # remarks in sight, above what is folded
_IN_A_ROW = 3  # boxes of columns


def ledger_preview(opened: PageState, projection: Projection, speech: Speech) -> None:
    """The table that waits, if one does."""
    pending = pending_ledger.waiting()
    if pending is None:
        return
    with st.container(key="ledger-preview", border=True):
        place = st.container()
        seen = pending_ledger.preview(opened, pending)
        _details(pending, seen, speech)
        with place:
            _answer(opened, projection, (pending, seen), speech)


def _answer(
    opened: PageState, projection: Projection, looked: tuple[Pending, Preview], speech: Speech
) -> None:
    pending, seen = looked
    show_html(element("p", _sentence(pending, seen, speech), class_="sentence", role="status"))
    name = speech.pick(opened.edition.indicators[projection.id].label)
    mode = speech.say("ledger.mode.add" if pending.is_added else "ledger.mode.replace")
    show_html(remark(speech.say("ledger.preview.indicator", name=name, mode=mode)))
    choose_indicator(opened, "preview", speech)
    if too_much := _too_much(projection, seen, speech):
        show_html(remark(too_much))
    for doubt in _doubts(seen):
        show_html(remark(ledger_rows.remark_line(doubt, speech)))
    if seen.table.asks_unit or seen.choices.unit:
        st.selectbox(
            speech.say("ledger.preview.unit"),
            list(SCALES),
            index=list(SCALES).index(seen.choices.unit) if seen.choices.unit else None,
            placeholder=speech.say("ledger.preview.choose"),
            key=pending_ledger.unit_key(pending),
            format_func=speech.unit,
            width=260,
        )
    _faults(pending, seen, speech)
    with st.container(key="ledger-preview-ways", horizontal=True, vertical_alignment="center"):
        count = str(len(seen.sifted.ledger.rows))
        label = "ledger.preview.take_some" if seen.sifted.left_out else "ledger.preview.take"
        st.button(
            speech.say(label, count=count),
            key="ledger-accept",
            type="primary",
            on_click=pending_ledger.take,
            args=(opened, pending),
            disabled=not seen.can_be_taken,
        )
        st.button(speech.say("ledger.preview.discard"), key="ledger-discard", on_click=pending_ledger.discard)


def _sentence(pending: Pending, seen: Preview, speech: Speech) -> Markup | str:
    tally = seen.sifted.ledger.tally
    if not seen.can_be_taken:
        return speech.say("ledger.preview.not_yet", source=pending.source)
    places = ledger_rows.places_that_add([([tally.counted.q3, tally.counted.q4], tally.counted.h2)])
    amounts = {
        "q3": tally.counted.q3,
        "q4": tally.counted.q4,
        "apart": tally.apart.h2 + tally.dormant.h2,
    }
    return speech.html(
        "ledger.preview.said",
        source=pending.source,
        count=str(tally.projects),
        left=str(seen.rows_left_out),
        **{name: speech.amount(amount, UNIT, places) for name, amount in amounts.items()},
    )


def _doubts(seen: Preview) -> list[Remark]:
    """What of the reading makes the whole table doubtful, and must be seen before it is taken."""
    return [remark for remark in seen.table.remarks if remark.kind in _DOUBTS]


def _too_much(projection: Projection, seen: Preview, speech: Speech) -> str:
    """Where the sums are beyond ten times the indicator's year: a unit may be wrong."""
    planned = seen.sifted.ledger.tally.counted.h2
    year = projection.path.full_year
    if projection.unit != UNIT or not planned > 10 * year:
        return ""
    return speech.say("ledger.preview.too_much", year=speech.amount(year, UNIT, 2))


def _faults(pending: Pending, seen: Preview, speech: Speech) -> None:
    if not seen.problems:
        return
    lines = [ledger_rows.fault_line(problem, {}, speech) for problem in seen.problems[:_MOST_FAULTS]]
    if len(seen.problems) > _MOST_FAULTS:
        lines.append(speech.say("ledger.more_faults", count=str(len(seen.problems) - _MOST_FAULTS)))
    key = "ledger.preview.rows_at_fault" if seen.can_be_taken else "ledger.refused"
    show_html(notice(speech.say(key, source=pending.source), listed(lines)))


def _details(pending: Pending, seen: Preview, speech: Speech) -> None:
    """Each column with what it is taken for, to be changed; units; what was left out and why."""
    with st.expander(speech.say("ledger.preview.details"), key="ledger-preview-details"):
        if seen.is_remembered:
            st.caption(speech.say("ledger.preview.remembered"))
        columns = seen.table.columns
        for at in range(0, len(columns), _IN_A_ROW):
            for place, column in zip(st.columns(_IN_A_ROW), columns[at : at + _IN_A_ROW], strict=False):
                with place:
                    _choice(pending, column, speech)
        remarks = [
            ledger_rows.remark_line(remark, speech)
            for remark in (*pending.remarks, *seen.table.remarks)
            if remark.kind not in _DOUBTS
        ]
        units = ledger_rows.units_line(seen.table, speech)
        for line in (*([units] if units else []), *remarks):
            st.caption(escape_markdown(line))


def _choice(pending: Pending, column: TitledColumn, speech: Speech) -> None:
    names = ("", *COLUMNS)
    st.selectbox(
        escape_markdown(column.title or column_letters(column.place + 1)),
        names,
        index=names.index(column.name),
        key=pending_ledger.column_key(pending, column.place),
        format_func=lambda name: speech.say(f"ledger.column.{name}" if name else "ledger.preview.unread"),
    )
