"""Text as an office file may hold it: what XML can carry, in the order it was typed.

Overrides and isolates of direction are left out, as the PDF leaves them out: a name must not
read otherwise in Word than on the sealed paper.  The check warns of them.
"""

import re

_LEFT_OUT = re.compile(
    "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def plain(text: str) -> str:
    """Return the text without characters that XML can not hold or that turn it around."""
    return _LEFT_OUT.sub("", text)
