"""An edition whose facts reach to September, made of the released one with invented figures."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from tests.folders import ROOT
from tests.indicators import INVESTMENT, STARTS, VALUE_ADDED

RELEASED = ROOT / "data" / "haidong-2022-h1"

INVENTED = (
    f"{VALUE_ADDED}.actual_ytd_q3=11.0", f"{INVESTMENT}.actual_completion_ytd_q3=68",
    "outside_funds.actual_q3=9.12",
    "telecom_volume.actual_ytd_q3=19.5", f"{STARTS}.actual_ytd_q3=62",
)  # fmt: skip


def through_q3(folder: Path, *figures: str) -> Path:
    """The released edition in a folder of its own, known through Q3, with these invented figures:
    `id=value`.
    """
    shutil.copytree(RELEASED, folder)
    about = (folder / "edition.csv").read_text(encoding="utf-8")
    about = about.replace("known_through,h1", "known_through,q3").replace(
        "haidong-2022-h1", "invented-2022-q3"
    )
    (folder / "edition.csv").write_text(about, encoding="utf-8")
    scenarios = (
        (folder / "scenarios.csv")
        .read_text(encoding="utf-8")
        .replace("starts_q3=5; start_rate.starts_q4=5", "starts_q4=4")
    )
    (folder / "scenarios.csv").write_text(scenarios, encoding="utf-8")
    with (folder / "figures.csv").open("a", encoding="utf-8", newline="") as out:
        for figure in figures:
            id, value = figure.split("=")
            owner, _, name = id.partition(".")
            is_amount = "completion" not in name and owner in (INVESTMENT, "outside_funds")
            unit = "项" if owner == STARTS else "亿元" if is_amount else "%"
            csv.writer(out).writerow(
                [
                    id,
                    value,
                    unit,
                    "printed",
                    "haidong-daily-2022-h1",
                    "3",
                    "",
                    f"虚构 {id}",
                    f"invented {id}",
                    "",
                    "",
                ]
            )
    return folder
