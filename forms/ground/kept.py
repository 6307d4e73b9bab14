"""What follows from objects that come again, kept by which objects they are and not what they say.

To compare a whole paper would take as long as to make what follows from it.  The objects are held
as long as what is kept of them, so that none is mistaken for another at the same place.
"""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """What follows from objects; they must not change.  What was not asked for long is let go."""

    def __init__(self, most: int) -> None:
        """Keep at most so many."""
        self._most = max(1, most // 2)
        self._found: dict[tuple[Hashable, ...], tuple[tuple[Any, ...], T]] = {}
        self._before: dict[tuple[Hashable, ...], tuple[tuple[Any, ...], T]] = {}

    def get(self, objects: tuple[Any, ...], make: Callable[[], T], *more: Hashable) -> T:
        """Return what follows from these objects and a few values, made if it is not there."""
        key: tuple[Hashable, ...] = tuple(map(id, objects))
        if more:
            key += more
        found = self._found.get(key)
        if found is None:
            found = self._before.pop(key, None) or (objects, make())
            if len(self._found) >= self._most:
                self._before, self._found = self._found, {}
            self._found[key] = found
        return found[1]
