"""The what-if page, in reading order: what is supposed, what follows, and the view that shows it."""

import streamlit as st

from hdmodel import project
from ui import frame, look, state, twins
from ui.cards import cards
from ui.explore import explore
from ui.inputs import WITH_LEVERS, panel
from ui.required import required
from ui.sources import sources
from ui.words import Speech

st.set_page_config(page_title="全年推演 · What-if", page_icon=look.ICON, layout="wide", initial_sidebar_state="collapsed")
look.freeze_imports()
state.open_address()
state.repeat_untold()

speech = Speech(state.language())
twins.settle(state.as_opened().edition, speech)
opened = state.current()
before = state.remember(opened.scenario)
projections = project(opened.edition, opened.scenario)

look.dress(opened)
frame.state_widgets(opened.edition)
frame.header(opened, speech)
frame.notices((*state.address_problems(), *opened.problems), speech)
if opened.view in WITH_LEVERS:
    cards(opened, projections, speech)
if opened.view == "explore":
    explore(opened, projections, before, speech)
elif opened.view == "required":
    required(opened, projections, speech)
else:
    panel(opened, speech)
    sources(opened, speech)
state.all_told()
