"""What does a visitor hold between two runs?  Every key of the session that the page's code writes, with
what stands there and how long; beside them stand the widgets' own.

The widgets' keys are the ids of levers and entries, the slots of the plans, `view`, `focus` and `lang`, and
names with a hyphen; `ledger` stands beside them, as a link says it. Only this room touches
`st.session_state`. After a reload nothing of it is left but what the address says.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

import streamlit as st


class Until(Enum):
    """When what stands at a key goes."""

    READ = "the run that reads it"
    ANOTHER_EDITION = "the visitor goes over to another edition"
    THE_VISIT_ENDS = "the visit ends"


class Key(str):
    """A key of the session, and when what stands there goes."""

    until: Until

    def __new__(cls, name: str, until: Until) -> Key:
        key = super().__new__(cls, f"_{name}")
        key.until = until
        return key


# the address the visitor came with
OPENED = Key("opened", Until.ANOTHER_EDITION)  # the state that it opened
PROBLEMS = Key("problems", Until.ANOTHER_EDITION)  # what of it could not be used, until it is dismissed
SENT_RESULTS = Key("sent_results", Until.ANOTHER_EDITION)  # what it was sent with, until that is dismissed
RAW = Key("raw", Until.THE_VISIT_ENDS)  # its pairs, while they need an edition that is not here
SESSION = Key("session", Until.THE_VISIT_ENDS)  # by this name the browser tells it from another session

# what is supposed
NOW = Key("now", Until.ANOTHER_EDITION)  # the scenario of the last run
SET_OUT_OF_SIGHT = Key("set_out_of_sight", Until.READ)  # what code has set of levers that are not on the page
BEFORE = Key("before", Until.ANOTHER_EDITION)  # that before the last change
AGREED = Key("agreed", Until.ANOTHER_EDITION)  # what slider and field last agreed on, by lever
MOVED_LAST = Key("moved_last", Until.ANOTHER_EDITION)  # which of the two was moved last, by lever
HISTORY = Key("history", Until.ANOTHER_EDITION)  # the moves
LEFT = Key("left", Until.THE_VISIT_ENDS)  # a released edition as it was left for somebody's own

# what is asked for and said once
NOTE = Key("note", Until.READ)  # what the page did to the last input on its own account
PICKED = Key("picked", Until.READ)  # the lever whose slider is to be brought into focus
QUESTION = Key("question", Until.READ)  # the words for the number whose arithmetic is asked for
LOG = Key("log", Until.READ)
SHARE = Key("share", Until.READ)
EXPORT = Key("export", Until.READ)
WHOLE_PAGE = Key("whole_page", Until.READ)
EDITION_SAID = Key("edition_said", Until.READ)  # what became of an upload

# how far browser and server know of each other
UNHEARD = Key("unheard", Until.THE_VISIT_ENDS)  # what was set from code and the browser may not know yet
ON_PAGE = Key("on_page", Until.THE_VISIT_ENDS)  # the controls that the last run has put on the page
STAYING = Key("staying", Until.THE_VISIT_ENDS)  # those that were on it before this run
IS_KNOWN = Key("is_known", Until.THE_VISIT_ENDS)  # whether a run has ended before
BEGUN = Key("begun", Until.READ)  # when the run began, for the log
RUN = Key("run", Until.THE_VISIT_ENDS)  # the number of the run that tells it
CLICKS = Key("clicks", Until.THE_VISIT_ENDS)  # how many clicks on charts have been taken
QUESTIONS = Key("questions", Until.ANOTHER_EDITION)  # how many numbers have been asked for

# what was uploaded and typed beside the levers
EDITION_SHEETS = Key("edition_sheets", Until.ANOTHER_EDITION)  # the tables of somebody's own edition
NEW_EDITION = Key("new_edition", Until.THE_VISIT_ENDS)  # what is filled in of one that is begun
NEW_EDITION_MADE = Key("new_edition_made", Until.THE_VISIT_ENDS)  # what came of it: tables, or faults
EDITION_FAULTS = Key("edition_faults", Until.ANOTHER_EDITION)  # those of the last upload, with its name
LEDGERS = Key("ledgers", Until.THE_VISIT_ENDS)  # the ledger of each edition, which may be come back to
LEDGER_FAULTS = Key("ledger_faults", Until.ANOTHER_EDITION)  # those of the last upload or paste
LEDGER_UPLOADS = Key("ledger_uploads", Until.ANOTHER_EDITION)  # how many there were: each has its own field
LEDGER_UNREAD = Key("ledger_unread", Until.ANOTHER_EDITION)  # its columns that stand for nothing
LEDGER_REMARKS = Key("ledger_remarks", Until.ANOTHER_EDITION)  # what was done to it on the way
LEDGER_PENDING = Key("ledger_pending", Until.ANOTHER_EDITION)  # a table that waits to be taken into it
LEDGER_PREVIEW = Key("ledger_preview", Until.ANOTHER_EDITION)  # as what that was read last
LEDGER_LOOKS = Key("ledger_looks", Until.THE_VISIT_ENDS)  # how many have waited: each has its own boxes
LEDGER_MAPPING = Key("ledger_mapping", Until.ANOTHER_EDITION)  # the columns of the table taken last
LEDGER_MAPPINGS = Key("ledger_mappings", Until.THE_VISIT_ENDS)  # what was chosen for tables, by their titles
YEARS = Key("years", Until.THE_VISIT_ENDS)  # past years that were typed, by edition and indicator
VISIT_FAULTS = Key("visit_faults", Until.THE_VISIT_ENDS)  # those of the last file of a visit, with its name
VISIT_CHOSEN = Key("visit_chosen", Until.THE_VISIT_ENDS)  # one that waits for a yes, with its name

KEYS = tuple(value for value in globals().values() if isinstance(value, Key))


def put(key: str, value: Any) -> None:
    """Let a value stand at a key, a widget's included."""
    st.session_state[key] = value


def get(key: str, default: Any = None) -> Any:
    """What stands at a key."""
    return st.session_state.get(key, default)


def everything() -> dict[str, Any]:
    """What stands at every key: one look costs as much as asking for ten of them."""
    return st.session_state.to_dict()


def take(key: str, default: Any = None) -> Any:
    """What stands at a key; nothing does any more."""
    return st.session_state.pop(key, default)


def has(key: str) -> bool:
    """Whether anything stands at a key, `None` included."""
    return key in st.session_state


def forget_edition(kept: Iterable[str]) -> None:
    """Let go of everything that belongs to an edition, widgets included, but for the keys in `kept`."""
    staying = {*kept, *(key for key in KEYS if key.until is Until.THE_VISIT_ENDS)}
    for key in [key for key in st.session_state if key not in staying]:
        del st.session_state[key]
