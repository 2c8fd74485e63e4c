"""The log says what was done and never what a visitor typed; counters count it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from prometheus_client import generate_latest

from hdmodel import BadInput
from tests.page import opened_page
from tests.reading.tables import changed
from ui.files.spreadsheets import write_zip
from ui.host import counters, events
from ui.page.editions import read_own

ZIP = "application/zip"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict]]:
    """The events so far, read back."""
    said: list[dict] = []
    before = [*events._listeners]
    events.listen(lambda event, facts: said.append({"event": event, **facts}))
    with caplog.at_level(logging.INFO, "hdmodel.events"):
        yield said
    events._listeners[:] = before


def test_a_session_its_presses_and_its_uploads_are_lines_without_what_was_typed(lines, caplog) -> None:
    # a time of day can hold neither of the numbers that are typed here
    page = opened_page("view=sources&industrial_value_added.q3=-13.7&p1=iva.q3_5~secret")
    page.file_uploader[0].set_value(("secret.zip", b"PK secret", ZIP)).run()
    own = write_zip(changed(("figures.csv", "outside_funds.h1", "value", "431.25"), id="secret-own"))
    page.file_uploader[0].set_value(("secret.zip", own, ZIP)).run()
    page.button("view-explore").click().run()
    kinds = [(line["event"], line.get("what", ""), line.get("end", "")) for line in lines]
    assert kinds == [
        ("session", "", ""),
        ("upload", "edition", "malformed"),
        ("press", "", ""),
        ("upload", "edition", "taken"),
        ("press", "", ""),
        ("press", "", ""),
    ]
    assert [line["view"] for line in lines if "view" in line] == ["sources", "sources", "sources", "explore"]
    assert all(0 <= line["waited"] <= line["seconds"] < 60 for line in lines if "seconds" in line)
    records = [record.msg for record in caplog.records if record.name == "hdmodel.events"]
    assert [json.loads(line)["event"] for line in records] == [event for event, *_ in kinds]
    written = "\n".join(records)
    assert not any(typed in written for typed in ("secret", "431.25", "-13.7"))


def test_a_fault_says_where_and_not_what(lines, caplog) -> None:
    with pytest.raises(BadInput) as caught:
        read_own(b"secret")
    events.fault("page", caught.value)
    (line,) = lines
    assert line["error"] == "BadInput" and " < ui/page/editions.py:" in line["at"]
    try:
        raise ValueError("secret")
    except ValueError as error:
        events.fault("page", error)
    assert "secret" not in json.dumps(lines) and "secret" not in caplog.text


def test_what_is_counted() -> None:
    def counted(name: str, **labels: str) -> float:
        return counters.REGISTRY.get_sample_value(f"haidong_{name}", labels) or 0.0

    before = counted("press_seconds_count"), counted("uploads_total", what="ledger", end="too_large")
    for event, facts in (
        ("press", {"seconds": 0.07, "view": "explore"}),
        ("press", {"seconds": 3.0, "view": "explore"}),
        ("upload", {"what": "ledger", "end": "too_large"}),
        ("connected", {}),
        ("started", {"version": "1"}),  # which nothing counts
    ):
        counters.count(event, facts)
    assert counted("press_seconds_count") == before[0] + 2
    assert counted("press_seconds_bucket", le="0.1") == 1 and counted("press_seconds_bucket", le="5.0") == 2
    assert counted("uploads_total", what="ledger", end="too_large") == before[1] + 1
    assert counted("connected") == 1
    counters.count("disconnected", {})
    assert counted("connected") == 0
    assert b"haidong_process_resident_memory_bytes" in generate_latest(counters.REGISTRY)
