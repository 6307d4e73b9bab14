"""What a built program owes to the system it runs on."""

import os
import sys

_OURS, _THEIRS = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"


def let_others_be() -> None:
    """Take our libraries out of the way of the programs we open (a PDF's viewer, the mail).

    On Linux the built program is started with its own libraries ahead of the system's.  That was
    read when it started; whatever it starts itself would have them too, and break.
    """
    if not getattr(sys, "frozen", False) or sys.platform != "linux":
        return
    theirs = os.environ.pop(_THEIRS, "")
    if theirs:
        os.environ[_OURS] = theirs
    else:
        os.environ.pop(_OURS, None)
