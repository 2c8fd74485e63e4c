"""What has already been worked out?  It is kept with its edition or its record, and gone when that goes.

A cache of the module would hold every edition that a visitor ever uploaded. Each edition has caches of its
own instead: those of a released edition serve everybody, those of an uploaded one end with the visit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, cast
from weakref import ref

if TYPE_CHECKING:
    from hdmodel.edition import Edition

Key = ParamSpec("Key")
Result = TypeVar("Result")
Record = TypeVar("Record")
Caches = dict[str, Callable[..., Any]]


def cached_per_edition(
    most: int,
) -> Callable[[Callable[Concatenate[Edition, Key], Result]], Callable[Concatenate[Edition, Key], Result]]:
    """Decorate a function of an edition and of hashable arguments:
    its last `most` results are kept with the edition.

    >>> from hdmodel import released_edition
    >>> calls = []
    >>> @cached_per_edition(most=2)
    ... def doubled(edition, number):
    ...     calls.append(number)
    ...     return 2 * number
    >>> [doubled(released_edition(), number) for number in (4, 4, 5)], calls
    ([8, 8, 10], [4, 5])
    """

    def decorate(
        function: Callable[Concatenate[Edition, Key], Result],
    ) -> Callable[Concatenate[Edition, Key], Result]:
        name = f"{function.__module__}.{function.__qualname__}"

        @wraps(function)
        def cached(edition: Edition, /, *arguments: Key.args, **named: Key.kwargs) -> Result:
            cache = edition.caches.get(name)
            if cache is None:  # of two threads that come here at once, both then use the first one's cache
                cache = edition.caches.setdefault(
                    name, lru_cache(maxsize=most)(_bound_weakly(function, edition))
                )
            return cast(Result, cache(*arguments, **named))

        return cast("Callable[Concatenate[Edition, Key], Result]", cached)

    return decorate


def _bound_weakly(
    function: Callable[Concatenate[Edition, Key], Result], edition: Edition
) -> Callable[Key, Result]:
    """The function for this edition, without holding it:
    an edition that held itself would wait for a garbage collection.
    """
    weak = ref(edition)

    def of_edition(*arguments: Key.args, **named: Key.kwargs) -> Result:
        alive = weak()
        assert alive is not None, "whoever calls holds the edition"
        return function(alive, *arguments, **named)

    return of_edition


class once(Generic[Record, Result]):
    """Decorate a question to a frozen record: the answer is worked out once, and kept with the record.

    The standard library's `cached_property` takes one lock for all records in Python 3.11: two visitors whose
    numbers ask for one another in a different order would wait for each other for good.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Side:
    ...     length: int
    ...     @once
    ...     def area(self):
    ...         print("worked out")
    ...         return self.length**2
    >>> side = Side(3)
    >>> side.area, side.area
    worked out
    (9, 9)
    """

    def __init__(self, work_out: Callable[[Record], Result]) -> None:
        self.work_out, self.__doc__ = work_out, work_out.__doc__

    def __get__(self, record: Record, owner: type[Record]) -> Result:
        result = self.work_out(record)
        record.__dict__[self.work_out.__name__] = result  # which Python asks first from then on
        return result
