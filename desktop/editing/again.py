"""When a save that failed is tried again, though nothing more is typed."""

from db.store_problems import LockedDatabase, StoreProblem

AFTER_LOCK_MS = 300  # for which the store has waited a second already
AFTER_TROUBLE_MS = 5_000  # a full disk and the like, of which the clerk is told each time


def again_ms(problem: StoreProblem) -> int:
    """Return in how many milliseconds what met a problem may be over."""
    return AFTER_LOCK_MS if isinstance(problem, LockedDatabase) else AFTER_TROUBLE_MS
