"""The model behind the what-if page: standard library only, exact, and usable without a browser.

from hdmodel import released_edition, preset, project
project(edition := released_edition(), preset(edition,
"winter_slowdown"))["industrial_value_added"].path.full_year
"""

from hdmodel.edition import Edition, Figure, Indicator, Lever
from hdmodel.explain.result_rows import result_rows
from hdmodel.language.words import Words
from hdmodel.links.link import PageState, open_link, write_link
from hdmodel.problems import BadInput, Problem
from hdmodel.projection import MODEL_VERSION, Projection, project
from hdmodel.reading.edition import load_edition, released_edition
from hdmodel.scenario import Scenario, baseline, change, preset

__all__ = [
    "MODEL_VERSION",
    "BadInput",
    "Edition",
    "Figure",
    "Indicator",
    "Lever",
    "PageState",
    "Problem",
    "Projection",
    "Scenario",
    "Words",
    "baseline",
    "change",
    "load_edition",
    "open_link",
    "preset",
    "project",
    "released_edition",
    "result_rows",
    "write_link",
]
