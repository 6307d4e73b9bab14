"""Patterns of regular expressions that are compiled when they are first used.

One with a range of thousands of characters takes one to four milliseconds, and a run of the
command line needs few of those that the modules it loads have.
"""

import re
from typing import Any, cast


class _Late:
    """Stands for a pattern until its first use; its methods are the pattern's own from then on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        own = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, own)  # found without this method the next time
        return own


def late_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern like `re.compile`, which a wrong one raises from at its first use only.

    It has the methods of a pattern and is to be called by them: no function of `re` takes it.
    """
    return cast(re.Pattern[str], _Late(source, flags))
