"""What follows from objects that come again, kept by which objects they are and not what they say.

To compare a whole paper would take as long as to make what follows from it.  The objects are held
as long as what is kept of them, so that none is mistaken for another at the same place.
"""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """What follows from objects; they must not change.  Full, it begins anew."""

    def __init__(self, most: int) -> None:
        """Keep at most so many."""
        self._most = most
        self._found: dict[tuple[Hashable, ...], tuple[tuple[Any, ...], T]] = {}

    def get(self, objects: tuple[Any, ...], make: Callable[[], T], *more: Hashable) -> T:
        """Return what follows from these objects and a few values, made if it is not there."""
        key = (*map(id, objects), *more)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= self._most:
                self._found.clear()
            found = self._found[key] = objects, make()
        return found[1]
