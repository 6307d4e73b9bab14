"""How seldom a command, or a worker of one, looks for garbage.

Nearly all that making a paper leaves behind goes by itself; only what refers to itself in a circle
waits for a collection.  Python looks after every 700 objects, a paper makes ten times as many, and
each look that goes deep passes all that packs and fonts hold: together a sixth of the time.  The
window does otherwise (`desktop.garbage`): there it matters in which thread it happens.
"""

import gc

AFTER = 20_000
"""Objects made and kept before the youngest are looked through: those of a few papers."""
_DEEPER = 20


def collect_seldom() -> None:
    """Look through garbage seldom from now on, in this process."""
    gc.set_threshold(AFTER, _DEEPER, _DEEPER)
