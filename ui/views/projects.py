"""Which projects carry the year?  The ledger: what it secures, who drives the year, its sums, what slips,
and its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from hdmodel import BadInput, Edition, Indicator, Lever, PageState, Problem, Projection, project
from hdmodel.ledger import (
    STAGES,
    UNIT,
    Coverage,
    Ledger,
    carried_indicator,
    largest,
    plan_entries,
    quarters_left,
    slipped,
)
from hdmodel.numbers import places_adding_up
from hdmodel.reading.ledger_columns import AMOUNTS, COLUMNS, Cells
from ui.answers import ledger_rows
from ui.answers.ledger_answer import LedgerAnswer, counting_words, ledger_answer, ledger_sentence
from ui.answers.ledger_rows import remark_line
from ui.answers.sentences import short_name
from ui.files import ledger_file
from ui.files.ledger_file import Found
from ui.files.spreadsheets import MOST_BYTES
from ui.host.events import happened
from ui.html.elements import element, joined, listed, notice, remark
from ui.html.show import show_html
from ui.html.tables import table_html
from ui.page.frame import escape_markdown
from ui.page.moves import moves_bar
from ui.session import keys, pending_ledger, state, visit_ledger
from ui.session.visit_ledger import VisitLedger
from ui.text.speech import Speech
from ui.views.ledger_indicator import choose_indicator
from ui.views.ledger_preview import ledger_preview

_STARTS = ("started", "q3", "q4", "later")
_MOST_FAULTS = 200  # listed; past them one line says how many more there are
_TALLEST = 560  # pixels, of the editor
_WIDTH = 118  # pixels, of its columns
_WIDTHS = {"name": 230, "stage": 84, "done_h1": 150, "in_statistics": 84}
_MIMES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


def projects(opened: PageState, speech: Speech) -> None:
    """The answer first, then who drives, the sums, what slips, and the rows to edit."""
    indicator = carried_indicator(opened.edition, opened.ledger)
    if indicator is None:
        st.caption(speech.say("ledger.no_indicator"))
        return
    now = visit_ledger.for_editor(opened)
    projection = project(opened.edition, opened.scenario)[indicator.id]
    _stop_what_cannot_drive(opened, projection, now)
    moves_bar(opened, speech)
    quarters = quarters_left(opened.edition, indicator.id, opened.scenario)
    answer = ledger_answer(opened, now.ledger, visit_ledger.carried_amounts(opened, now.ledger, quarters))
    assert answer is not None, "there is an indicator"
    _answer(indicator, answer, speech)
    choose_indicator(opened, "view", speech)
    _left_out(now, projection, speech)
    _driver(opened, projection, now, speech)
    _tables(now.ledger, speech)
    _slips(now.ledger, answer.coverage, quarters, speech)
    _rows(opened, projection, now, speech)


def _stop_what_cannot_drive(opened: PageState, projection: Projection, now: VisitLedger) -> None:
    """Amounts that do not compare with the indicator cannot move it: give the year back to the sliders."""
    if projection.unit != UNIT and visit_ledger.is_driving(opened, now.ledger):
        visit_ledger.give_back(opened.edition)
        st.rerun()


# --- the answer
# ------------------------------------------------------------------------------------------------------


def _answer(indicator: Indicator, answer: LedgerAnswer, speech: Speech) -> None:
    bar = ledger_rows.bar_html(answer.parts, answer.places, speech)
    about = counting_words(answer, speech.pick(indicator.label), speech)
    sentence = element("p", ledger_sentence(answer, speech), class_="sentence")
    show_html(element("div", sentence, bar, remark(about), class_="ledger-said", role="status"))


def _left_out(now: VisitLedger, projection: Projection, speech: Speech) -> None:
    """The rows at fault, by name and with every fault, and what is only odd."""
    problems = now.sifted.problems
    if problems:
        names = {str(line): cells[0] for line, cells in now.lines}
        _notice(speech.say("ledger.left_out", count=str(len(now.sifted.left_out))), problems, names, speech)
    lines = ledger_rows.remark_lines(now.ledger, speech)
    if projection.unit == UNIT and (of_h1 := ledger_rows.h1_line(now.ledger, projection.path.h1, speech)):
        lines.append(of_h1)
    if lines:
        show_html(joined(map(remark, lines)))


def _notice(title: str, problems: tuple[Problem, ...], names: Mapping[str, str], speech: Speech) -> None:
    lines = [ledger_rows.fault_line(problem, names, speech) for problem in problems[:_MOST_FAULTS]]
    if len(problems) > _MOST_FAULTS:
        lines.append(speech.say("ledger.more_faults", count=str(len(problems) - _MOST_FAULTS)))
    show_html(notice(title, listed(lines)))


# --- who drives
# ------------------------------------------------------------------------------------------------------


def _driver(opened: PageState, projection: Projection, now: VisitLedger, speech: Speech) -> None:
    """The choice between the intensity sliders and the ledger's plan."""
    edition = opened.edition
    _part("ledger.driver", speech)
    is_in_amounts = projection.unit == UNIT
    can_be = is_in_amounts or _amounts_wanted(edition, projection)
    if not can_be or not plan_entries(edition, projection.id):
        name = speech.pick(edition.indicators[projection.id].label)
        st.caption(escape_markdown(speech.say("ledger.cannot_drive", name=name)))
        return
    if not is_in_amounts:
        _amounts_first(edition, projection, speech)
        return
    is_ledger, is_slider = visit_ledger.is_driving(opened, now.ledger), not visit_ledger.has_amounts(opened)
    is_off = not visit_ledger.can_drive(opened, now.ledger)
    with st.container(key="ledger-driver", horizontal=True, vertical_alignment="center"):
        _choice("sliders", is_slider, visit_ledger.choose_sliders, edition, False, speech)
        _choice("ledger", is_ledger, visit_ledger.drive, edition, is_off, speech)
    key = "ledger" if is_ledger else "sliders" if is_slider else "others"
    show_html(remark(_driven(key, projection, speech)))
    if is_off:
        too_much = visit_ledger.plans_anything(now.ledger)
        st.caption(speech.say("ledger.too_much" if too_much else "ledger.plans_nothing"))


def _choice(
    name: str, is_chosen: bool, callback: Callable[..., None], argument: object, is_off: bool, speech: Speech
) -> None:
    kind = "primary" if is_chosen else "secondary"
    label = speech.say(f"ledger.driver.{name}")
    st.button(label, key=f"drive-{name}", type=kind, on_click=callback, args=(argument,), disabled=is_off)


def _driven(key: str, projection: Projection, speech: Speech) -> str:
    path = projection.path
    parts = [path.h1, path.q3, path.q4]
    places = (
        ledger_rows.places_that_add([(parts, path.full_year)])
        if key == "ledger"
        else places_adding_up(parts, path.full_year, 2)
    )
    amounts = {"h1": path.h1, "q3": path.q3, "q4": path.q4, "year": path.full_year}
    amounts_said = {name: speech.amount(value, UNIT, places) for name, value in amounts.items()}
    return speech.say(f"ledger.driven.{key}", **amounts_said) + speech.say("ledger.links")


def _amounts_wanted(edition: Edition, projection: Projection) -> list[Lever]:
    """The entries through which the indicator comes to be reckoned in amounts, those that there are."""
    ids = (f"{projection.id}.target", f"{projection.id}.h1")
    return [edition.levers[id] for id in ids if id in edition.levers]


def _amounts_first(edition: Edition, projection: Projection, speech: Speech) -> None:
    """The ledger is in 亿元, the indicator is not yet: say which two amounts are wanted, and lead there."""
    wanted = _amounts_wanted(edition, projection)
    names = speech.say("moved.and").join(speech.pick(lever.label) for lever in wanted)
    st.warning(
        escape_markdown(
            speech.say(
                "ledger.amounts_first",
                names=names,
                place=short_name(edition, projection.id, speech),
            )
        )
    )
    st.button(speech.say("ledger.enter"), key="ledger-enter", on_click=_to_entries, args=(projection.id,))


def _to_entries(indicator: str) -> None:
    state.show("view", "explore")
    state.show("focus", indicator)
    keys.put("entries", True)


# --- sums
# ------------------------------------------------------------------------------------------------------------


def _tables(ledger: Ledger, speech: Speech) -> None:
    if all(amounts.h2 == 0 for amounts in (ledger.tally.counted, ledger.tally.apart, ledger.tally.dormant)):
        st.caption(speech.say("ledger.nothing_planned"))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _part("ledger.by_stage", speech)
        _table(
            ledger_rows.sum_columns("stage", speech), ledger_rows.stage_rows(ledger, speech), "ledger-sums"
        )
        _part("ledger.by_unit", speech)
        _table(ledger_rows.sum_columns("unit", speech), ledger_rows.unit_rows(ledger, speech), "ledger-sums")
    rows = ledger_rows.largest_rows(ledger, speech)
    with right:
        _part("ledger.largest", speech)
        if rows:
            _table(ledger_rows.largest_columns(speech), rows, "ledger-largest")
        else:
            st.caption(speech.say("ledger.largest.none"))


def _table(columns: list[str], rows: list[tuple[str, ...]], name: str) -> None:
    show_html(table_html(columns, rows, f"ledger {name}", is_labelled=True))


def _slips(ledger: Ledger, coverage: Coverage | None, quarters: Sequence[str], speech: Speech) -> None:
    """What a project that moves a quarter would take from the year."""
    names = [row.name for row in largest(ledger, most=len(ledger.rows))]
    if not names:
        return
    _part("ledger.slips", speech)
    name = st.selectbox(speech.say("ledger.slips.choose"), names, key="ledger-slips")
    if name in names:
        sentence = ledger_rows.slip_sentence(name, slipped(ledger, name), coverage, quarters, speech)
        show_html(element("p", sentence, class_="remark slip"))


# --- the rows
# --------------------------------------------------------------------------------------------------------


def _rows(opened: PageState, projection: Projection, now: VisitLedger, speech: Speech) -> None:
    """The editor, and the ways in and out; nothing of it is stored on the server."""
    show_html(element("h2", speech.say("ledger.rows", count=str(len(now.lines))), class_="part"))
    st.caption(speech.say("ledger.kept"))
    _refused(speech)
    ledger_preview(opened, projection, speech)
    with st.container(key="ledger-ways", horizontal=True, vertical_alignment="center"):
        st.button(
            speech.say("ledger.back"),
            key="ledger-back",
            on_click=visit_ledger.take_back,
            args=(opened,),
            disabled=now.before is None,
        )
        st.button(
            speech.say("ledger.clear"),
            key="ledger-clear",
            on_click=_clear,
            args=(opened,),
            disabled=not now.lines,
        )
        for kind in ledger_file.KINDS:
            _download(kind, now, speech)
    _ways_in(speech)
    _editor(opened, now, speech)


def _clear(opened: PageState) -> None:
    visit_ledger.take(opened, ())


def _download(kind: str, now: VisitLedger, speech: Speech) -> None:
    write = ledger_file.workbook if kind == "xlsx" else ledger_file.csv_file
    name = speech.say("ledger.title" if now.lines else "ledger.template")
    cells, mapping = now.cells, keys.get(keys.LEDGER_MAPPING)  # which whoever makes the file cannot ask for
    st.download_button(
        speech.say("ledger.download" if now.lines else "ledger.download.template", kind=kind),
        lambda: write(cells, speech, mapping),  # made when it is asked for, outside of any session
        file_name=f"{name}.{kind}",
        mime=_MIMES[kind],
        key=f"ledger-{kind}",
        on_click="ignore",
    )


def _refused(speech: Speech) -> None:
    """What was not taken last, and why."""
    refused = visit_ledger.refused()
    if refused is None:
        return
    with st.container(key="ledger-refused"):
        _notice(speech.say("ledger.refused", source=refused.source), refused.problems, {}, speech)
        st.button(speech.say("notice.dismiss"), key="ledger-dismiss", on_click=visit_ledger.dismiss_refused)


def _ways_in(speech: Speech) -> None:
    folded = st.expander(speech.say("ledger.in"), key="ledger-in", on_change="rerun")
    if folded.open:
        with folded:
            st.radio(
                speech.say("ledger.mode"),
                ("replace", "add"),
                key=pending_ledger.MODE,
                horizontal=True,
                format_func=lambda mode: speech.say(f"ledger.mode.{mode}"),
            )
            left, right = st.columns(2, gap="medium")
            with left:
                _paste(speech)
            with right:
                _upload(speech)
    unread = keys.get(keys.LEDGER_UNREAD, ())
    remarks = keys.get(keys.LEDGER_REMARKS, ())
    if remarks:
        st.caption(escape_markdown(" · ".join(remark_line(remark, speech) for remark in remarks)))
    if unread:
        st.caption(escape_markdown(speech.say("ledger.unread", columns=speech.say("moved.and").join(unread))))


def _paste(speech: Speech) -> None:
    with st.form("ledger-paste", border=False):
        st.text_area(
            speech.say("ledger.paste"),
            key=pending_ledger.TEXT,
            height=160,
            placeholder="\t".join(ledger_file.titles(speech)),
        )
        st.caption(
            escape_markdown(speech.say("ledger.paste.about", columns=" · ".join(ledger_file.titles(speech))))
        )
        st.form_submit_button(
            speech.say("ledger.paste.take"), key="ledger-take", on_click=_take_paste, args=(speech,)
        )


def _take_paste(speech: Speech) -> None:
    text = keys.get(pending_ledger.TEXT) or ""
    source = speech.say("ledger.pasted")
    _look_at(source, lambda: ledger_file.paste_apart(text, source))


def _upload(speech: Speech) -> None:
    key = f"ledger-file-{keys.get(keys.LEDGER_UPLOADS, 0)}"
    st.file_uploader(
        speech.say("ledger.upload", most=str(MOST_BYTES // 2**20)),
        key=key,
        on_change=_take_file,
        args=(key,),
    )


def _take_file(key: str) -> None:
    file = keys.get(key)
    if file is None:
        return
    # an uploader without the file: the same one may come again
    keys.put(keys.LEDGER_UPLOADS, keys.get(keys.LEDGER_UPLOADS, 0) + 1)
    _look_at(file.name, lambda: ledger_file.found_apart(file.name, file.getvalue()))


def _look_at(source: str, read: Callable[[], Found]) -> None:
    """Let what was pasted or uploaded wait until it is taken; where no table can be found in it,
    say all that is wrong. Neither changes the ledger.
    """
    try:
        table = read()
    except BadInput as bad:
        pending_ledger.discard()
        visit_ledger.refuse(source, bad.problems)
        happened("upload", what="ledger", end=bad.problems[0].kind)
        return
    pending_ledger.wait(source, table.sheet, table.remarks)


def _editor(opened: PageState, now: VisitLedger, speech: Speech) -> None:
    if not now.base:
        st.caption(speech.say("ledger.empty"))
    key = visit_ledger.editor_key(opened, now)
    with st.container(key="ledger-editor"):
        st.data_editor(
            editor_frame(now.base),
            key=key,
            height=min(_TALLEST, 38 + 35 * (len(now.base) + 2)),
            num_rows="dynamic",
            placeholder="",
            column_config=_columns(speech),
            on_change=visit_ledger.edited,
            args=(opened,),
        )


def editor_frame(base: tuple[Cells, ...]) -> pd.DataFrame:
    """The rows as a table with one type a column, numbered from 1."""
    columns = dict(zip(COLUMNS, zip(*base, strict=True) if base else ((),) * len(COLUMNS), strict=True))
    frame = pd.DataFrame({name: _typed(name, texts) for name, texts in columns.items()})
    return frame.set_axis(pd.RangeIndex(1, len(frame) + 1), axis="index")


def _typed(column: str, texts: tuple[str, ...]) -> pd.Series:
    if column in AMOUNTS:
        return pd.Series([float(text) if text else None for text in texts], dtype="float64")
    if column == "in_statistics":
        return pd.Series([text == "yes" for text in texts], dtype="bool")
    return pd.Series([text or None for text in texts], dtype="object")


def _columns(speech: Speech) -> dict[str, object]:
    """What each column takes, under its name in the language of the page."""
    named = {name: speech.say(f"ledger.column.{name}") for name in COLUMNS}

    def words(column: str, codes: tuple[str, ...]) -> object:
        label = {code: ledger_file.word_of(column, code, speech) for code in codes}
        return st.column_config.SelectboxColumn(
            named[column], options=codes, format_func=label.__getitem__, width=_WIDTHS.get(column, _WIDTH)
        )

    return {
        "name": st.column_config.TextColumn(named["name"], width=_WIDTHS["name"], pinned=True),
        "stage": words("stage", STAGES),
        **{
            name: st.column_config.NumberColumn(named[name], format="plain", width=_WIDTHS.get(name, _WIDTH))
            for name in AMOUNTS
        },
        "start": words("start", _STARTS),
        "in_statistics": st.column_config.CheckboxColumn(
            named["in_statistics"], default=False, width=_WIDTHS["in_statistics"]
        ),
        **{
            name: st.column_config.TextColumn(named[name], width=_WIDTH)
            for name in ("unit", "person", "note")
        },
    }


def _part(key: str, speech: Speech) -> None:
    show_html(element("h2", speech.say(key), class_="part"))
