"""The root of all errors that a clerk may read, as against faults of the program."""

from typing import ClassVar


class ForTheClerk(Exception):
    """An error the clerk can do something about; `str()` is a sentence that says what.

    Whoever meets one shows its text; everything else is ours to mend.  A text that somebody
    still has to complete to a sentence (`forms.office.paper_making.Unprintable`) belongs to none.
    """

    asks_for_backup: ClassVar[bool] = False
    """Whether bringing a backup back is the way out."""
