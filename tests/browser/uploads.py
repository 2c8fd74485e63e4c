"""How a visitor brings an edition of their own, and goes from view to view."""

from __future__ import annotations

from tests.browser.visitor import Visitor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(visitor: Visitor, data: bytes, name: str = "own.xlsx") -> None:
    visitor.page.set_input_files(
        ".st-key-edition-file input", {"name": name, "mimeType": XLSX, "buffer": data}
    )
    visitor.page.wait_for_timeout(300)
    visitor.settle()


def view(visitor: Visitor, name: str) -> None:
    visitor.page.locator(f".st-key-view-{name} button").click()
    visitor.settle()
