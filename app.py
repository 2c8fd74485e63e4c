"""The what-if page, in reading order: what is supposed, what follows, and the view that shows it."""

import streamlit as st

from ui.explain import clicks
from ui.handover.dialog import export_dialog
from ui.host import server
from ui.page import editions, frame, live, look, notices, spoken, typed
from ui.page.explain_dialog import arithmetic
from ui.page.moves import log_dialog
from ui.page.printed_page import on_paper
from ui.page.share import share_dialog
from ui.page.step_to_newer import newer_step
from ui.session import browser, late_messages, state, visit
from ui.text.speech import Speech
from ui.views import workbench
from ui.views.compare import compare
from ui.views.projects import projects
from ui.views.sources import sources

st.set_page_config(
    page_title="全年推演 · What-if", page_icon=look.ICON, layout="wide", initial_sidebar_state="collapsed"
)
server.for_many()
state.open_address()

speech = Speech(state.language())
if server.is_open_unguarded():
    st.error(speech.say("entrance.unguarded"))
    st.stop()
opened, before = workbench.supposed(speech)

look.dress(speech)
frame.header(opened, speech)
with st.container(key="said-above"):  # always there: what comes and goes in it moves nothing below
    editions.said(speech)
    newer_step(opened, speech)
    notices.sent_results_compared(state.as_opened(), opened, speech)
    notices.notices(state.address_problems(), opened.edition, speech)
if opened.view in workbench.VIEWS:
    # names what cannot be used of the entries beside their fields
    workbench.workbench(opened, before, speech)
elif opened.view == "compare":
    compare(opened, speech)
elif opened.view == "projects":
    projects(opened, speech)
else:
    sources(opened, speech)
with st.container(key="unseen"):  # last, so that it takes no room
    browser.lay(
        [
            clicks.part(),
            visit.part(speech),
            spoken.part(opened, speech),
            live.part(opened, speech),
            typed.part(opened),
        ]
    )
if opened.view not in workbench.VIEWS:
    on_paper(opened, speech)
    visit.run_ended(opened, speech)
    late_messages.tell()
arithmetic(opened, speech)
log_dialog(opened, speech)
share_dialog(opened, speech)
export_dialog(opened, speech)
