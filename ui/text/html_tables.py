"""How is a table shown?  As HTML with every cell of plain text escaped:
text from data is never read as markup.
"""

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already, and of our own making."""


def table_html(
    columns: Sequence[str], rows: Iterable[Sequence[str]], name: str, *, is_labelled: bool = False
) -> str:
    """A table; on a phone the style sheet turns each row into a block, where labelled cells say their column.

    >>> "<tr><td>&lt;b&gt;</td></tr>" in table_html(["a"], [["<b>"]], "demo")
    True
    """
    head = "".join(f"<th>{escape(column)}</th>" if column else "<td></td>" for column in columns)
    labels = [f' data-column="{escape(column)}"' if is_labelled and column else "" for column in columns]
    body = "".join("<tr>" + "".join(map(_cell, row, labels)) + "</tr>" for row in rows)
    table = f'<table class="facts {name}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="scroll">{table}</div>'


def _cell(cell: str, label: str) -> str:
    return f"<td{label}>{cell if isinstance(cell, Html) else escape(cell)}</td>"
