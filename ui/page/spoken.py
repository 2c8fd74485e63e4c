"""What does a browser that reads aloud say of Streamlit's own controls, which know no language but English?

The browser's part is `ui/page/spoken.js`.
"""

from __future__ import annotations

from pathlib import Path

from streamlit import config

from hdmodel import PageState
from ui.page.frame import css_class
from ui.page.levers import levers_in_sight
from ui.session.browser import Part
from ui.text.speech import Speech

_SCRIPT = Path(__file__).with_name("spoken.js")
_NAMES = {  # Streamlit's, and the keys of the page's own
    "Increment": "input.up",
    "Decrement": "input.down",
    "Clear value": "spoken.clear",
    "Close": "spoken.close",
    "Upload": "editions.browse",
    "file upload": "editions.browse",
    "add icon": "editions.browse",
    "Open": "spoken.open",
    "Copy to clipboard": "spoken.copy",
    "Add row": "spoken.add_row",
    "Delete row(s)": "spoken.delete_rows",
    "Show/hide columns": "spoken.columns",
    "Download as CSV": "spoken.csv",
    "Search": "spoken.search",
    "Fullscreen": "spoken.full",
    "Close fullscreen": "spoken.full.close",
    "Skip to main content": "spoken.skip",
}
_FILE = {
    "Remove ": "refused.remove",
    "Cancel upload of ": "refused.cancel",
}  # a file's buttons, as they begin
_REFUSED = {
    "or smaller": "refused.too_large",
    "413": "refused.too_many",
    "": "refused.failed",
}  # by what is in it


def part(opened: PageState, speech: Speech) -> Part:
    """Names what has an English name or none, in the page's language."""
    levers = (opened.edition.levers[id] for id in levers_in_sight(opened))
    data = {
        "names": {name: speech.say(key) for name, key in _NAMES.items()},
        "help": speech.say("spoken.help", label="{label}"),
        "chart": speech.say("spoken.chart"),
        "beside": speech.say("spoken.beside"),
        "file": {begin: speech.say(key, name="{name}") for begin, key in _FILE.items()},
        "again": speech.say("refused.again"),
        "refused": {
            sign: speech.say(key, most=str(config.get_option("server.maxUploadSize")))
            for sign, key in _REFUSED.items()
        },
        "units": {
            css_class(lever.id): speech.unit(lever.unit) for lever in levers if not lever.is_typed_alone
        },
    }
    return Part("spoken", _SCRIPT.read_text(encoding="utf-8"), data)
