"""Read a message that Outlook saved (.msg): subject, sender, what is attached.

A .msg is a compound file whose streams are named by property and type ([MS-OXMSG] 2.1, 2.2):
`__substg1.0_3707001F` is a long file name in UTF-16, `…001E` one in the machine's own letters, on
a Chinese machine GBK.  A message within a message is a folder of the same kind.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from forms.exchange.mail import plain_line
from forms.exchange.mail_reading import (
    MAX_DEPTH,
    MAX_PARTS,
    Attached,
    MailRead,
    UnreadableMail,
    text_of,
)

if TYPE_CHECKING:
    from olefile import OleFileIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUBJECT, _SENDER_NAME = "0037", "0C1A"
_ADDRESSES = ("5D01", "0C1F")  # SMTP, else as the server has it
_FILE_NAMES = ("3707", "3704", "3001")  # long, short, as shown
_CONTENT = "37010102"
_WITHIN = "3701000D"
_ATTACHMENT = "__attach_version1.0_"


def is_message(data: bytes) -> bool:
    """Whether some bytes are a message of Outlook, and no old workbook, which begins alike."""
    mark = "__properties_version1.0".encode("utf-16-le")
    return data.startswith(MAGIC) and mark in data


def read_message(data: bytes, name: str) -> MailRead:
    """Read a message of this file name.  Raises UnreadableMail."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = _Streams(ole)
            return MailRead(
                subject=streams.text((), _SUBJECT),
                sender=next((a for p in _ADDRESSES if "@" in (a := streams.text((), p))), "")[:200],
                sender_name=streams.text((), _SENDER_NAME)[:200],
                attached=tuple(_attached(streams, (), name, 0)),
            )
    except UnreadableMail:
        raise
    except Exception as error:  # a broken compound file raises nearly anything
        raise UnreadableMail(
            f"“{name}”已损坏，无法读取，请在 Outlook 中重新另存，或转存为 .eml。"
        ) from error


class _Streams:
    """The streams of a compound file by the folders they are in."""

    def __init__(self, ole: "OleFileIO") -> None:
        self._ole = ole
        self.places = {tuple(place) for place in ole.listdir(streams=True, storages=True)}

    def bytes(self, place: tuple[str, ...]) -> bytes:
        """The bytes of a stream, none where there is no such."""
        if place not in self.places:
            return b""
        with self._ole.openstream(list(place)) as stream:
            content: bytes = stream.read()
            return content

    def text(self, folder: tuple[str, ...], property: str) -> str:
        """A property in letters, as one line."""
        wide = self.bytes((*folder, f"__substg1.0_{property}001F"))
        if wide:
            return plain_line(wide.decode("utf-16-le", "replace").rstrip("\0"))
        return plain_line(
            text_of(self.bytes((*folder, f"__substg1.0_{property}001E")).rstrip(b"\0"))
        )


def _attached(
    streams: _Streams, folder: tuple[str, ...], name: str, depth: int
) -> Iterator[Attached]:
    """Yield what is attached to a message, and to those within it."""
    if depth > MAX_DEPTH or len(streams.places) > 50 * MAX_PARTS:
        raise UnreadableMail(f"“{name}”的附件过多或层次过深，未读取，请核对来源。")
    here = len(folder)
    found = {
        place[here]
        for place in streams.places
        if len(place) > here and place[:here] == folder and place[here].startswith(_ATTACHMENT)
    }
    for one in sorted(found):
        at = (*folder, one)
        within = (*at, f"__substg1.0_{_WITHIN}")
        if within in streams.places:
            yield from _attached(streams, within, name, depth + 1)
            continue
        names = (streams.text(at, property) for property in _FILE_NAMES)
        content = streams.bytes((*at, f"__substg1.0_{_CONTENT}"))
        yield Attached(next((n for n in names if n), "附件")[-300:], content)
