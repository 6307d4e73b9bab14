"""Kinds of records that a store keeps beside cases: pools, stock, packages taken in.

A kind says what shape its records have and what of them is looked up by.  The record is the truth;
key, state and searched text are projected from it and can be computed again.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

import msgspec

R = TypeVar("R", bound=msgspec.Struct)


def _no_text(_record: Any) -> str:
    """Project nothing."""
    return ""


def _no_texts(_record: Any) -> Iterable[str]:
    """Let nothing be searched."""
    return ()


class RecordKind(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """A kind of records: its `name` in the store (at most 40 characters), its `shape`, its `word`.

    `key` is what one is looked up by: a patent's number as it was typed, a unit's name; ways of
    writing it are evened out by the store.  `state` is one of the kind's codes (at most 20
    characters).  `searched` are the texts in which a search looks.
    """

    name: str
    shape: type[R]
    word: str
    key: Callable[[R], str] = _no_text
    state: Callable[[R], str] = _no_text
    searched: Callable[[R], Iterable[str]] = _no_texts
