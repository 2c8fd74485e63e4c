"""What may be relied on while an edition is read?  A fault is named where it stands,
and nothing that only follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hdmodel.data_formula import evaluate
from hdmodel.edition import Figure
from hdmodel.problems import Faults, Phrase
from hdmodel.reading.tables import Row

# bits of a number that formulas may build on; squared again and again, it would fill the memory
_LONGEST = 4_000
_NAME = re.compile(r"[a-z][a-z0-9_.]*")

Figures = Mapping[str, tuple[Row, Figure]]
SizeCheck = Callable[[Figure, Fraction], tuple[str, Phrase] | None]  # a kind of fault, and what is wanted


@dataclass(frozen=True)
class Names:
    """The ids of a table. It is whole where none of them is at fault:
    a name that it lacks could be the one that is.
    """

    ids: Collection[str]
    is_whole: bool

    def check(self, row: Row, column: str, *also: str) -> str:
        """The cell, which must be one of them, or of `also`."""
        if self.is_whole or row.cells[column] in (*self.ids, *also):
            return row.one_of(column, (*also, *self.ids))
        return row.cells[column]


def names_of(table: str, rows: Mapping[str, tuple[Row, object]], faults: Faults) -> Names:
    """The ids of a table, as far as it could be read."""
    return Names(
        tuple(rows), not faults.is_broken(table) and all(row.is_sure("id") for row, _ in rows.values())
    )


class Known:
    """The figures of an edition with every formula worked out, and which of them are in doubt:
    their row is at fault, or that of a figure they are worked out from.
    """

    def __init__(self, figures: Figures, names: Names, size_fault: SizeCheck) -> None:
        self.names = names
        self._given = figures
        self._size_fault = size_fault
        self._values: dict[str, Fraction | None] = {}
        self._in_doubt = {
            id for id, (row, _) in figures.items() if not row.is_sure("value", "unit", "formula")
        }
        for id in figures:
            self._value(id, ())

    def table(self) -> dict[str, tuple[Row, Figure]]:
        """The figures with their values."""
        return {
            id: (row, Figure(**{**figure.__dict__, "value": self._values.get(id)}))
            for id, (row, figure) in self._given.items()
        }

    def values(self) -> dict[str, Fraction | None]:
        """The values by id, those in doubt left out."""
        return {id: value for id, value in self._values.items() if id not in self._in_doubt}

    def doubt(self, id: str) -> None:
        """Rely no longer on a figure, nor on any that is worked out from it."""
        self._in_doubt.add(id)
        for other, (_, figure) in self._given.items():
            if other not in self._in_doubt and id in _NAME.findall(figure.formula):
                self.doubt(other)

    def is_in_doubt(self, id: str) -> bool:
        """Whether a figure cannot be relied on; one that is not there may be under a wrong id."""
        return id in self._in_doubt or (id not in self._given and not self.names.is_whole)

    def rests_on_doubt(self, formula: str) -> bool:
        """Whether a formula names a figure that cannot be relied on."""
        return any(self.is_in_doubt(id) for id in _NAME.findall(formula))

    def exact(self, formula: str) -> Fraction:
        """A formula's value; raises `ValueError` where there is none, or one longer than any figure."""
        value = Fraction(evaluate(formula, self._looked_up))
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > _LONGEST:
            raise ValueError("a number without end")
        return value

    def _looked_up(self, id: str) -> Fraction:
        value = self._values.get(id)
        if value is None:
            raise ValueError(f"no value for {id}")
        return value

    def _value(self, id: str, on_the_way: tuple[str, ...]) -> None:
        """Work out a figure, and before it those in its formula, whatever order they stand in."""
        if id in self._values or id not in self._given or id in on_the_way:
            return
        row, figure = self._given[id]
        for name in _NAME.findall(figure.formula):
            self._value(name, (*on_the_way, id))
        value = figure.value
        if figure.formula and id not in self._in_doubt:
            if self.rests_on_doubt(figure.formula):
                self._in_doubt.add(id)
            else:
                try:
                    value = self.exact(figure.formula)
                except ValueError:
                    row.fault("malformed", "formula", Phrase("wanted.formula"))
                    self._in_doubt.add(id)
        self._values[id] = value
        if value is not None and id not in self._in_doubt and (fault := self._size_fault(figure, value)):
            kind, wanted = fault
            row.fault(kind, "formula" if figure.formula else "value", wanted)
            self._in_doubt.add(id)
