"""How is this server doing?  Counters that Prometheus and its like read, at an address of their own.

They stand on a port of their own, which no visitor reaches, and are off unless one is named.
"""

from __future__ import annotations

from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    start_http_server,
)

from ui.host.events import Fact, listen

SECONDS: Final = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)  # of a press: a tenth is the aim

REGISTRY: Final = CollectorRegistry()
ProcessCollector(namespace="haidong", registry=REGISTRY)
ABOUT: Final = Info("haidong", "The program's versions", registry=REGISTRY)
CONNECTED: Final = Gauge("haidong_connected", "Visitors' connections that are open", registry=REGISTRY)
SESSIONS: Final = Counter("haidong_sessions", "Sessions opened", registry=REGISTRY)
PRESSES: Final = Histogram(
    "haidong_press_seconds", "From a press to its answer, on the server", buckets=SECONDS, registry=REGISTRY
)
UPLOADS: Final = Counter("haidong_uploads", "Files read, by how it ended", ["what", "end"], registry=REGISTRY)
EXPORTS: Final = Counter("haidong_exports", "Files made", ["kind"], registry=REGISTRY)
FAULTS: Final = Counter("haidong_faults", "What no check foresaw", ["place"], registry=REGISTRY)
TURNED_AWAY: Final = Counter("haidong_turned_away", "Requests without leave to enter", registry=REGISTRY)


def count(event: str, facts: dict[str, Fact]) -> None:
    """Count an event; those that stand here are all that are counted."""
    match event:
        case "session":
            SESSIONS.inc()
        case "press":
            PRESSES.observe(float(facts["seconds"]))
        case "upload":
            UPLOADS.labels(facts["what"], facts["end"]).inc()
        case "export":
            EXPORTS.labels(facts["kind"]).inc()
        case "fault":
            FAULTS.labels(facts["place"]).inc()
        case "turned_away":
            TURNED_AWAY.inc()
        case "connected" | "disconnected":
            CONNECTED.inc(1 if event == "connected" else -1)


def serve(port: int, address: str, versions: dict[str, str]) -> None:
    """Count from now on, and answer at that port."""
    ABOUT.info(versions)
    listen(count)
    start_http_server(port, address, REGISTRY)
