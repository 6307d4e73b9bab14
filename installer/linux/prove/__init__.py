"""Tries the Linux program where nothing is but what it says it needs, and breaks it on purpose."""

from installer.linux.prove.run import prove

__all__ = ["prove"]
