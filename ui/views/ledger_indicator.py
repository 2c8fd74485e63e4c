"""Which indicator does the ledger belong to?  A choice, where projects drive more than one."""

from __future__ import annotations

import streamlit as st

from hdmodel import PageState
from hdmodel.ledger import carried_indicator, carriers
from ui.session import keys, visit_ledger
from ui.text.speech import Speech


def choose_indicator(opened: PageState, place: str, speech: Speech) -> None:
    """The choice; nothing where there is none to make. `place` tells one on the page from another."""
    names = {indicator.id: speech.pick(indicator.label) for indicator in carriers(opened.edition)}
    now = carried_indicator(opened.edition, opened.ledger)
    if len(names) < 2 or now is None:
        return
    key = f"ledger-indicator-{place}"
    keys.put(key, now.id)
    st.selectbox(
        speech.say("ledger.belongs_to"),
        list(names),
        key=key,
        format_func=names.__getitem__,
        on_change=_chosen,
        args=(opened, key),
        width=320,
    )


def _chosen(opened: PageState, key: str) -> None:
    visit_ledger.belong_to(opened, keys.get(key))
