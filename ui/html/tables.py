"""How is a table shown?  As HTML, a cell of plain text with its text escaped."""

from collections.abc import Iterable, Sequence

from ui.html.elements import Markup, element


def table_html(
    columns: Sequence[str], rows: Iterable[Sequence[str]], name: str, *, is_labelled: bool = False
) -> Markup:
    """A table; on a phone the style sheet turns each row into a block, where labelled cells say their column.

    >>> "<tr><td>&lt;b&gt;</td></tr>" in table_html(["a"], [["<b>"]], "demo")
    True
    """
    head = (element("th", column) if column else element("td") for column in columns)
    labels = [column if is_labelled and column else None for column in columns]
    body = (
        element(
            "tr", *(element("td", cell, data_column=label) for cell, label in zip(row, labels, strict=False))
        )
        for row in rows
    )
    table = element(
        "table",
        element("thead", element("tr", *head)),
        element("tbody", *body),
        class_=f"facts {name}",
    )
    return element("div", table, class_="scroll")
