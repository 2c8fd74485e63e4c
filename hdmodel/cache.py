"""What has already been worked out of an edition?  Kept with the edition, and gone when the edition goes.

A cache of the module would hold every edition that a visitor ever uploaded. Each edition has caches of its
own instead: those of a released edition serve everybody, those of an uploaded one end with the visit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import ref

if TYPE_CHECKING:
    from hdmodel.edition import Edition

Key = ParamSpec("Key")
Result = TypeVar("Result")
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
        held = weak()
        assert held is not None, "whoever calls holds the edition"
        return function(held, *arguments, **named)

    return of_edition
