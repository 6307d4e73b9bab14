"""Every screen of the program, each with the way to it: for pictures and for the self-test.

The scenes work the real pages with the sample; they must not be needed by any page.
"""

from desktop.screens.catalogue import Screen, screens
from desktop.screens.picture_taking import picture_taken

__all__ = ["Screen", "picture_taken", "screens"]
