"""Files and addresses that went wrong on the way, or were made to: the same ones at each run.

Each is a good one changed in its bytes, in its parts (members of a zip, elements of its XML, cells of a
table, fields of an address), or in both. `bench/mutants.py` sends a thousand through the upload path by hand;
the tests take a few.
"""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hdmodel.reading.tables import csv_file
from tests.reading.tables import changed as edition_tables
from ui.files.ledger_file import csv_file as ledger_csv
from ui.files.ledger_file import workbook as ledger_workbook
from ui.files.spreadsheets import write_workbook, write_zip
from ui.text.speech import Speech

SEED = 18
SAVED = Path(__file__).with_name("workbooks")  # .xls and .ods
ODD_CELLS = (
    "", " ", "\0", "NaN", "-inf", "1e999999999", "9" * 400, "-0", "1/0", "½", "１２", "=1+1", "@x",
    "是" * 3000, "true", "1,000", "1.2.3", "%", "2022-13-45", "\u202e", "\ufeff", '"', "'", "a\nb", "\t",
    "__class__", "../..",
)  # fmt: skip
ODD_NUMBERS = (b"-1", b"0", b"999999999", b"4294967296", b"1e400", b"NaN", b"", b"A1:XFD1048576", b"\xff")
ODD_WORDS = (0, 1, 2, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
FIRST_RECORD = b"\x09\x08\x10\x00\x00\x06"  # of a .xls
# sheets, formats, rows, columns, formulas, numbers, texts, merged cells, the end, a password
ODD_RECORDS = (
    0x85,
    0x41E,
    0xE0,
    0x208,
    0x7D,
    0x06,
    0x205,
    0x203,
    0x27E,
    0xBD,
    0xFD,
    0xFC,
    0xE5,
    0x0A,
    0x2F,
    0x809,
)
ODD_PIECES = (
    "%",
    "%00",
    "&",
    "=",
    "~",
    "_",
    "p1=",
    "r=",
    "v=99&",
    " " * 16_000,
    "%20" * 16_000,
    "+" * 16_000,
    "７" * 500,
)
ODD_PIECES += ("\0", "\u202e", "1" * 5_000, "." * 9_000, "- " * 9_000, "e" * 9_000, "\u3000" * 16_000)
LINK = (
    "v=3&e=haidong-2022-h1&m=1.0&gii.iq3=120&sr.s3=4&iva.q3=5&industrial_value_added.q4=13.8"
    "&p1=iva.q3_5_iva.q4_6~稳&view=required&lang=zh"
)
ROWS = [
    ("虚构甲", "new", "", "", "", "", "1", "2", "", "yes", "虚构局", "虚构乙", "虚构的备注"),
    ("虚构丙", "continuing", "9", "1", "2", "1", "0.5", "0.25", "started", "no", "", "", "=1+1"),
]  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A name that tells how it was made, and what it holds."""

    name: str
    data: bytes


def files(count: int, seed: int = SEED, suffix: str = "") -> Iterator[Mutant]:
    """Mutated editions and ledgers, of every kind in turn, or of those alone whose names end so."""
    chance = random.Random(seed)
    good = {name: data for name, data in _good().items() if name.endswith(suffix)}
    for number in range(count):
        name = [*good][number % len(good)]
        for_this = WAYS[name.rpartition(".")[2]]
        how = for_this[number // len(good) % len(for_this)]
        yield Mutant(f"{number:04}-{how.__name__}-{name}", how(good[name], chance))


def _good() -> dict[str, bytes]:
    """What is mutated, by names that say what each is."""
    return {
        "edition.xlsx": _dateless(write_workbook(edition_tables())),
        "edition.zip": write_zip(edition_tables()),
        "ledger.xlsx": _dateless(ledger_workbook(ROWS * 8, Speech("zh"))),
        "ledger.csv": ledger_csv(ROWS * 8, Speech("zh")),
        **{f"ledger-{file.name}": file.read_bytes() for file in sorted(SAVED.glob("*.[xo][ld]s"))},
    }


def addresses(count: int, seed: int = SEED) -> Iterator[str]:
    """Mutated queries, each with pieces of it cut, doubled, moved or overwritten."""
    chance = random.Random(seed)
    for _ in range(count):
        query = LINK
        for _ in range(chance.choice((1, 2, 6))):
            at, other = sorted((chance.randrange(len(query) + 1), chance.randrange(len(query) + 1)))
            piece = chance.choice((*ODD_PIECES, query[at:other]))
            query = query[:at] + piece + query[chance.choice((at, other)) :]
        yield query


# --- of any bytes


def flipped(data: bytes, chance: random.Random) -> bytes:
    mutant = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        mutant[chance.randrange(len(mutant))] = chance.randrange(256)
    return bytes(mutant)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def with_a_gap(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 400) :]


def stuttering(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at : at + 600] * chance.choice((2, 50)) + data[at:]


# --- of a zip


def _members(data: bytes) -> list[tuple[str, bytes]]:
    with ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _packed(members: list[tuple[str, bytes]], compression: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, content in members:
            if name not in archive.namelist():
                is_kind = name == "mimetype"  # of an .ods, which is known by it as it stands
                archive.writestr(ZipInfo(name), content, ZIP_STORED if is_kind else compression)
    return out.getvalue()


def _dateless(workbook: bytes) -> bytes:
    """A workbook that says nothing of when it was made, so that it is the same one tomorrow."""
    time = rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"
    return _packed([(name, re.sub(time, b"2022-07-01T00:00:00Z", part)) for name, part in _members(workbook)])


def members_moved(data: bytes, chance: random.Random) -> bytes:
    """Members left out, exchanged, renamed, or put into one another."""
    members = _members(data)
    at, other = chance.randrange(len(members)), chance.randrange(len(members))
    (name, content), (_, foreign) = members[at], members[other]
    members[at] = chance.choice(
        [
            (f"x/{name}", content),
            (name.upper(), content),
            (name, foreign),
            (name, b""),
            (name, data),
            ("a", b"a"),
        ]
    )
    chance.shuffle(members)
    return _packed(members[chance.choice((0, 0, 1)) :], chance.choice((ZIP_STORED, ZIP_DEFLATED)))


def _one_changed(
    data: bytes, chance: random.Random, change: Callable[[bytes, random.Random], bytes]
) -> bytes:
    members = _members(data)
    at = chance.randrange(len(members))
    members[at] = (members[at][0], change(members[at][1] or b" ", chance))
    return _packed(members)


def member_damaged(data: bytes, chance: random.Random) -> bytes:
    """A member whose bytes are changed, packed as it should be."""
    return _one_changed(data, chance, chance.choice((flipped, cut, with_a_gap, stuttering)))


def member_rewritten(data: bytes, chance: random.Random) -> bytes:
    """A member whose elements, attributes, or cells are changed."""
    return _one_changed(data, chance, _rewritten)


def _rewritten(content: bytes, chance: random.Random) -> bytes:
    return (
        _xml_changed(content, chance) if content.lstrip().startswith(b"<") else cells_changed(content, chance)
    )


def _xml_changed(content: bytes, chance: random.Random) -> bytes:
    """An element doubled, nested in itself, emptied or left open; or a number in it replaced."""
    places = [*re.finditer(rb"<[^>]*>", content)]
    numbers = [*re.finditer(rb'(?<=")[A-Z]{0,2}[0-9]+(?=")|(?<=>)[0-9.]+(?=<)', content)]
    for _ in range(chance.choice((1, 4))):
        if numbers and chance.random() < 0.5:
            place, put = chance.choice(numbers), chance.choice(ODD_NUMBERS)
        else:
            place = chance.choice(places)
            tag = place[0]
            put = chance.choice(
                (b"", tag * 2, tag * 3_000, b"<x>" + tag, tag.replace(b'"', b"", 1), b"<!--", b"&amp;" * 50)
            )
        content = content[: place.start()] + put + content[place.end() :]
        places, numbers = [*re.finditer(rb"<[^>]*>", content)] or places, []
    return content


# --- of an old workbook


def record_changed(data: bytes, chance: random.Random) -> bytes:
    """Records of a .xls with another number, length or content, left out or doubled."""
    for _ in range(chance.choice((1, 1, 3, 12))):
        at, length = chance.choice(_records(data))
        kind, body = data[at : at + 2], data[at + 4 : at + 4 + length]
        put = chance.randrange(length + 1)
        odd = struct.pack("<I", chance.choice(ODD_WORDS))
        changed = chance.choice(
            (
                data[at : at + 4] + body[:put] + odd + body[put + 4 :],
                data[at : at + 4] + body[:put] + odd[:2] + body[put + 2 :],
                struct.pack("<H", chance.choice(ODD_RECORDS)) + data[at + 2 : at + 4] + body,
                kind + odd[:2] + body,
                b"",
                data[at : at + 4 + length] * chance.choice((2, 300)),
            )
        )
        data = data[:at] + changed + data[at + 4 + length :]
        if not _records(data):
            break
    return data


def container_changed(data: bytes, chance: random.Random) -> bytes:
    """Numbers in the header, the tables of sectors or the directory of a .xls."""
    mutant = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        sector = chance.choice((0, 1, chance.randrange(len(data) // 512)))
        at = 512 * sector + 4 * chance.randrange(128)
        mutant[at : at + 4] = struct.pack("<I", chance.choice((*ODD_WORDS, chance.randrange(40))))
    return bytes(mutant)


def _records(data: bytes) -> list[tuple[int, int]]:
    """Where each record of a .xls begins, and the length of what it holds."""
    at, places = data.find(FIRST_RECORD), []
    while at >= 0 and at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        if not kind:
            break
        places.append((at, length))
        at += 4 + length
    return places


# --- of a table


def cells_changed(data: bytes, chance: random.Random) -> bytes:
    """Cells exchanged for odd ones, rows doubled or put elsewhere, another separator or encoding."""
    lines = [line.split(",") for line in data.decode("utf-8-sig", "replace").splitlines()]
    for _ in range(chance.choice((1, 3, 12))):
        cells = chance.choice(lines)
        cells[chance.randrange(len(cells))] = chance.choice(ODD_CELLS)
    for turn in (chance.random() < 0.3, chance.random() < 0.1):
        if turn:
            lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    text = "\n".join(chance.choice((",", ",", ",", ";", "\t", "|")).join(cells) for cells in lines)
    return text.encode(chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")), "replace")


def table_rewritten(data: bytes, chance: random.Random) -> bytes:
    """A whole edition with odd cells in sound tables, so that what reads them gets to see them."""
    tables = {name: [list(cells) for cells in rows] for name, rows in edition_tables().items()}
    for _ in range(chance.choice((1, 1, 2, 8))):
        rows = tables[chance.choice([*tables])]
        cells = rows[chance.randrange(len(rows))]
        cells[chance.randrange(len(cells))] = chance.choice(ODD_CELLS)
    return chance.choice((write_zip, _shortened))(tables)


def _shortened(tables: dict[str, list[list[str]]]) -> bytes:
    """The tables with up to two rows missing at the end of each."""
    return _packed([(name, csv_file(rows[: len(rows) - len(rows) % 3])) for name, rows in tables.items()])


OF_ZIP = (
    flipped,
    cut,
    with_a_gap,
    stuttering,
    members_moved,
    member_damaged,
    member_rewritten,
    member_rewritten,
    table_rewritten,
)
OF_OPEN_DOCUMENT = OF_ZIP[:-1]
OF_OLD = (
    flipped,
    cut,
    with_a_gap,
    stuttering,
    record_changed,
    record_changed,
    record_changed,
    container_changed,
)
OF_TEXT = (flipped, cut, with_a_gap, stuttering, cells_changed, cells_changed)
WAYS = {"xlsx": OF_ZIP, "zip": OF_ZIP, "csv": OF_TEXT, "xls": OF_OLD, "ods": OF_OPEN_DOCUMENT}
