"""How is a table shown?  As HTML with every cell of plain text escaped: text from data is never read as markup."""

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already, and of our own making."""


def table_html(columns: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> str:
    """A table; on a phone the style sheet turns each row into a block.

    >>> "<tr><td>&lt;b&gt;</td></tr>" in table_html(["a"], [["<b>"]], "demo")
    True
    """
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{cell if isinstance(cell, Html) else escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<div class="scroll"><table class="facts {name}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
