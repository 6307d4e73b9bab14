"""Patterns of a pack such as "{number} {paper}": filled, never executed.

Only the plain slots of `SLOTS` are filled, whatever stands in the values; this module must not
know where the values come from.
"""

import re
from collections.abc import Iterable, Mapping

from forms.ground.files import fits, safe_name

SLOTS = frozenset({"number", "title", "owner", "paper", "office", "date", "count", "part", "parts"})
_DOUBLE = re.compile("__+")  # what a blank leaves between two marks
_SLOT = re.compile(r"\{([^{}]*)\}")


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """The pattern with each slot replaced by its value, or by nothing where there is none.

    A value is never read for slots again; unknown slots are `pack.lint`'s to refuse.
    """
    return _SLOT.sub(lambda slot: values.get(slot[1], ""), pattern)


def unknown_slots(pattern: str) -> Iterable[str]:
    """The slots of a pattern that nothing fills."""
    return [name for name in _SLOT.findall(pattern) if name not in SLOTS]


def file_name(pattern: str, values: Mapping[str, str]) -> str:
    """A safe name without extension from a pattern.

    Where it would be too long, titles, owners and offices give way; number and paper stay.
    """
    for most in (200, 40, 24, 16, 8):
        shown = {
            slot: value[:most] if slot in ("title", "owner", "office") else value
            for slot, value in values.items()
        }
        name = " ".join(_DOUBLE.sub("_", fill(pattern, shown)).split()).strip("_- ")
        if fits(name):
            break
    return safe_name(name)
