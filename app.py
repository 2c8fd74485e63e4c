"""The what-if page, in reading order: what is supposed, what follows, and the view that shows it."""

import streamlit as st

from ui import arrival, asked, editions, frame, look, state, visit, workbench
from ui.arithmetic import arithmetic
from ui.compare import compare
from ui.moves import log_dialog
from ui.projects import projects
from ui.share import share_dialog
from ui.sources import sources
from ui.words import Speech

st.set_page_config(page_title="全年推演 · What-if", page_icon=look.ICON, layout="wide", initial_sidebar_state="collapsed")
look.freeze_imports()
state.open_address()

speech = Speech(state.language())
opened, before = workbench.supposed(speech)

look.dress()
frame.header(opened, speech)
editions.said(speech)
arrival.results_told(state.as_opened(), opened, speech)
arrival.notices(state.address_problems(), opened.edition, speech)
if opened.view in workbench.VIEWS:
    workbench.workbench(opened, before, speech)  # names what cannot be used of the entries beside their fields
elif opened.view == "compare":
    compare(opened, speech)
elif opened.view == "projects":
    projects(opened, speech)
else:
    sources(opened, speech)
with st.container(key="unseen"):  # last, so that it takes no room
    asked.listen()
    visit.listen(speech)
if opened.view not in workbench.VIEWS:
    visit.run_ended(opened, speech)
arithmetic(opened, speech)
log_dialog(opened, speech)
share_dialog(opened, speech)
state.all_told()
