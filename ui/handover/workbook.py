"""How does a state become a live workbook?  Six sheets whose numbers follow from their cells by the model's
own formulas.
"""

from __future__ import annotations

from hdmodel import PageState
from ui.handover.answer_sheet import write_answer
from ui.handover.book import Book, inert
from ui.handover.fact_sheet import write_facts
from ui.handover.input_sheet import write_inputs
from ui.handover.layout import layout_of
from ui.handover.line_sheet import write_lines
from ui.handover.map_sheet import write_map
from ui.handover.path_sheet import write_paths
from ui.page.about import About, provenance, title_of
from ui.text.speech import Speech

_MOST_FOOTER = 120


def workbook_of(opened: PageState, about: About, speech: Speech) -> bytes:
    """The workbook (.xlsx) of a state: the answer, inputs, every step, paths, the map, and the figures."""
    book, layout = Book(speech.traits.font), layout_of(opened, speech)
    write_answer(book, opened, layout, about)
    write_inputs(book, layout, speech)
    write_lines(book, layout, speech)
    write_paths(book, opened, layout, speech)
    write_map(book, opened, layout, speech)
    write_facts(book, layout, speech)
    title = inert(title_of(opened, speech))
    book.file.set_properties({"title": title, "created": about.made.replace(tzinfo=None)})
    footer = " · ".join(provenance(opened, about, speech)[:2])[:_MOST_FOOTER]
    for sheet in book.file.worksheets():
        sheet.set_footer(f"&L&8{inert(footer).replace('&', '&&')}&R&8&P / &N")
    return book.close()
