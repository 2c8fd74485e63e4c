"""An invented ledger and its rows, and ways to draw any."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from hdmodel.ledger import STAGES, STARTS, Ledger, LedgerRow
from hdmodel.reading.ledger_columns import AMOUNTS


def row(name: str = "invented_works", **other: object) -> LedgerRow:
    """An invented project: continuing, in the statistics, nothing planned, unless said otherwise."""
    plain = LedgerRow(name, "continuing", *[None] * 4, Fraction(0), Fraction(0), "started", True, "", "", "")
    return replace(
        plain, **{key: Fraction(value) if key in AMOUNTS else value for key, value in other.items()}
    )


INVENTED = Ledger(
    (
        row("invented_park", total="20", done_h1="8", plan_q3="3", plan_q4="2", unit="invented_bureau_a"),
        row("invented_anode", plan_q3="1.2", plan_q4="0.8", unit="invented_bureau_b"),
        row(
            "invented_line",
            stage="preliminary",
            start="",
            plan_q3="0.5",
            plan_q4="1",
            unit="invented_bureau_b",
        ),
        row("invented_battery", stage="preliminary", start="q4", plan_q4="0.1", unit="invented_bureau_a"),
        row("invented_kiln", stage="new", start="q3", plan_q3="0.7", plan_q4="0.9", in_statistics=False),
        row("invented_plant", stage="completed", plan_q3="0.1"),
    )
)
# Counted: q3 = 3 + 1.2 + 0.1 = 4.3; q4 = 2 + 0.8 + 0.1 = 2.9; together 7.2.
# Apart 0.7 + 0.9; dormant 0.5 + 1.


money = st.integers(0, 10**9).map(lambda yuan: Fraction(yuan, 10**8))
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)


@st.composite
def ledger_rows(draw: st.DrawFn) -> LedgerRow:
    """A row that holds together."""
    stage = draw(st.sampled_from(STAGES))
    start = draw(
        st.sampled_from([start for start in STARTS if stage != "completed" or start not in ("q4", "later")])
    )
    plan_q3 = Fraction(0) if start in ("q4", "later") else draw(money)
    plan_q4 = Fraction(0) if start == "later" else draw(money)
    done, year_plan, year_h1 = (draw(st.none() | money) for _ in range(3))
    spent = max(done or 0, year_h1 or 0)
    total = draw(st.none() | money.map(lambda more: spent + plan_q3 + plan_q4 + more))
    return LedgerRow(
        "",
        stage,
        total,
        done,
        year_plan,
        year_h1,
        plan_q3,
        plan_q4,
        start,
        draw(st.booleans()),
        draw(texts),
        draw(texts),
        draw(texts),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    rows = draw(st.lists(ledger_rows(), max_size=12))
    return Ledger(tuple(replace(one, name=f"invented_{n}{draw(texts)}") for n, one in enumerate(rows)))
