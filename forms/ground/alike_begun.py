"""The SHA-256 of files many of which begin alike: what they begin with is hashed once.

Three quarters of a paper's bytes are the fonts that all its copies begin with.
"""

import hashlib
from collections import deque

_MOST = 16

_NOTHING = b"", hashlib.sha256()
_begun = deque[tuple[bytes, "hashlib._Hash"]](maxlen=_MOST)


def note_beginning(beginning: bytes) -> None:
    """Keep the hash of what files will begin with."""
    _begun.append((beginning, hashlib.sha256(beginning)))


def beginning_of(content: bytes) -> bytes:
    """Return what a content begins with; b"" where that is not known."""
    return _begun_alike(content)[0]


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of a content in hex digits, whether its beginning is known or not."""
    beginning, begun = _begun_alike(content)
    whole = begun.copy()
    whole.update(memoryview(content)[len(beginning) :])
    return whole.hexdigest()


def _begun_alike(content: bytes) -> tuple[bytes, "hashlib._Hash"]:
    """The beginning of a content with its hash, as far as it is known."""
    for one in tuple(_begun):
        if content.startswith(one[0]):
            return one
    return _NOTHING
