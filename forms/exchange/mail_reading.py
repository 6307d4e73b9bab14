"""Read a mail that somebody else's program wrote (.eml): subject, sender, what is attached.

Python's own reader is not used: it takes "gb2312" by its word, where every Chinese mail program
means GBK and more, and loses letters without a word; and it takes a mail apart line by line, which
for 20 MB is seconds.  Here letters are read as GB 18030 wherever a mail says GB2312 or GBK, names
without any word on their letters as UTF-8 where they are, else as GB 18030 (RFC 2045, 2047, 2183,
2231).  All is bounded; nothing in a mail is run, fetched or followed.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from email.utils import parseaddr

import msgspec

from forms.exchange.mail import plain_line
from forms.ground.for_the_clerk import ForTheClerk

MAX_PARTS = 2_000
MAX_DEPTH = 8
MAX_HEAD_BYTES = 200_000
_LONGEST_NAME = 300  # characters of a file's name

_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_WORD = re.compile(rb"=\?([A-Za-z0-9_*-]{1,40})\?([bBqQ])\?([^?\s]*)\?=")
_PARAMETER = re.compile(
    rb';\s*([A-Za-z0-9_.-]{1,40})(\*[0-9]{1,3})?(\*)?\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)', re.DOTALL
)
_HEX = re.compile(rb"%([0-9A-Fa-f]{2})")
_QUOTED = re.compile(rb"\\(.)", re.DOTALL)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "cp936", "ms936", "x-gbk", "hz-gb-2312", "936"})


class UnreadableMail(ForTheClerk):
    """A mail that can not be read, or is none."""


class Attached(msgspec.Struct, frozen=True):
    """What is attached: its name as one line, its bytes; a mail within one ends in .eml."""

    name: str
    content: bytes


class MailRead(msgspec.Struct, frozen=True, kw_only=True):
    """A mail: `sender` is an address, `sender_name` what the mail calls it."""

    subject: str = ""
    sender: str = ""
    sender_name: str = ""
    attached: tuple[Attached, ...] = ()


class _Head(msgspec.Struct, frozen=True):
    """The head of a mail or of a part: the first value of each name, in lower case."""

    values: dict[bytes, bytes]

    def get(self, name: bytes) -> bytes:
        return self.values.get(name, b"")


def read_mail(data: bytes, name: str) -> MailRead:
    """Read a mail of this file name.  Raises UnreadableMail."""
    head, _ = _parted(data, 0, len(data))
    if not {b"from", b"subject", b"date", b"mime-version", b"content-type"} & head.values.keys():
        raise UnreadableMail(f"“{name}”不是完整的邮件，请在邮件软件中重新另存为 .eml。")
    _, sender = parseaddr(head.get(b"from").decode("ascii", "replace")[:1000])
    sender_name, _ = parseaddr(header_text(head.get(b"from"))[:1000])
    return MailRead(
        subject=header_text(head.get(b"subject")),
        sender=plain_line(sender)[:200],
        sender_name=plain_line(sender_name)[:200],
        attached=tuple(_attached(data, name)),
    )


def subject_of(start: bytes) -> str:
    """Return the subject of a mail by its first bytes alone, "" where there is none."""
    return header_text(_parted(start, 0, len(start))[0].get(b"subject"))


def text_of(raw: bytes, charset: str = "") -> str:
    """Return the letters that some bytes mean, however they are labelled; never raises."""
    label = charset.strip().lower()
    if label in _CHINESE:
        return raw.decode("gb18030", "replace")
    for one in (label,) if label not in ("", "us-ascii", "ascii", "unknown-8bit") else ():
        try:
            return raw.decode(one, "replace")
        except (LookupError, ValueError):
            break
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def header_text(raw: bytes) -> str:
    """Return a head's value as one line of letters (RFC 2047, and what is not as it asks)."""
    raw = _FOLD.sub(b"", raw)
    said, end = "", 0
    waiting, label = b"", ""
    for word in _WORD.finditer(raw):
        between = raw[end : word.start()]
        charset = word[1].decode("ascii").partition("*")[0].lower()
        if waiting and (between.strip() or charset != label):
            said += text_of(waiting, label)
            waiting = b""
        if between.strip() or not end:
            said += text_of(between)
        # A letter's bytes may be parted between two words: they are read together.
        waiting, label, end = waiting + _word_bytes(word), charset, word.end()
    said += text_of(waiting, label) + text_of(raw[end:])
    return plain_line(said)


def _word_bytes(word: re.Match[bytes]) -> bytes:
    if word[2] in b"bB":
        return _base64(word[3])
    return binascii.a2b_qp(word[3], header=True)


def _base64(packed: bytes) -> bytes:
    try:
        return binascii.a2b_base64(packed)
    except binascii.Error:  # its end was cut off
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", packed)
        return b64decode(clean[: len(clean) // 4 * 4])


def _parted(data: bytes, start: int, end: int) -> tuple[_Head, int]:
    """The head that begins at a place, and where its body does."""
    if data[start : start + 2] == b"\r\n" or data[start : start + 1] == b"\n":
        return _Head({}), start + (2 if data[start : start + 1] == b"\r" else 1)
    found = _HEAD_END.search(data, start, min(end, start + MAX_HEAD_BYTES))
    stop = found.start() if found else min(end, start + MAX_HEAD_BYTES)
    values: dict[bytes, bytes] = {}
    for line in re.split(rb"\r?\n(?![ \t])", data[start:stop]):
        name, colon, value = line.partition(b":")
        if colon and len(name) <= 80:
            values.setdefault(name.strip().lower(), value.strip())
    return _Head(values), found.end() if found else end


def _parameters(value: bytes) -> dict[str, str]:
    """Return the parameters behind a head's value, by their names (RFC 2231, 2047)."""
    pieces: dict[str, list[tuple[int, bool, bytes]]] = {}
    for found in _PARAMETER.finditer(_FOLD.sub(b"", value)):
        raw = found[4]
        if raw.startswith(b'"'):
            raw = _QUOTED.sub(rb"\1", raw[1:-1])
        place = int(found[2][1:]) if found[2] else 0
        pieces.setdefault(found[1].decode("ascii").lower(), []).append((place, bool(found[3]), raw))
    return {name: _joined(sorted(some)) for name, some in pieces.items()}


def _joined(pieces: list[tuple[int, bool, bytes]]) -> str:
    charset, whole = "", b""
    is_extended = pieces[0][1]
    for place, (_, is_encoded, said) in enumerate(pieces):
        raw = said
        if is_encoded and place == 0 and said.count(b"'") >= 2:
            label, _, raw = said.split(b"'", 2)
            charset = label.decode("ascii", "replace")
        whole += _HEX.sub(lambda found: bytes([int(found[1], 16)]), raw) if is_encoded else raw
    return plain_line(text_of(whole, charset)) if is_extended else header_text(whole)


def _attached(data: bytes, name: str) -> Iterator[Attached]:
    """Yield what is attached to a mail, in its order; a mail within it is one thing."""
    waiting = [(0, len(data), 0)]
    count = 0
    while waiting:
        start, end, depth = waiting.pop()
        count += 1
        if count > MAX_PARTS or depth > MAX_DEPTH:
            raise UnreadableMail(f"“{name}”的附件过多或层次过深，未读取，请核对来源。")
        head, body = _parted(data, start, end)
        kind = head.get(b"content-type").partition(b";")[0].strip().lower()
        told = _parameters(head.get(b"content-type"))
        if kind.startswith(b"multipart/") and (boundary := told.get("boundary", "")):
            waiting += reversed(
                [(*one, depth + 1) for one in _between(data, body, end, boundary, name)]
            )
            continue
        how = head.get(b"content-disposition")
        file_name = _parameters(how).get("filename") or told.get("name", "")
        is_mail = kind == b"message/rfc822"
        is_words = not file_name and (kind.startswith(b"text/") or not kind)
        is_drawn = (
            kind.startswith(b"image/") and head.get(b"content-id") and b"attachment" not in how
        )
        if is_words or is_drawn or (depth == 0 and not file_name):
            continue
        content = _unpacked(head.get(b"content-transfer-encoding"), data[body:end])
        if is_mail and not file_name.lower().endswith(".eml"):
            file_name = f"{file_name or '邮件'}.eml"
        yield Attached(file_name[-_LONGEST_NAME:] or "附件", content)


def _between(
    data: bytes, start: int, end: int, boundary: str, name: str
) -> Iterator[tuple[int, int]]:
    """Yield where each part between two borders begins and ends."""
    border = b"--" + boundary.encode("latin-1", "replace")
    at = -1
    place = data.find(border, start, end)
    count = 0
    while place >= 0:
        behind = place + len(border)
        is_own_line = place == start or data[place - 1 : place] == b"\n"
        is_last = data[behind : behind + 2] == b"--"
        if is_own_line and (
            is_last or data[behind : behind + 1] in (b"\r", b"\n", b" ", b"\t", b"")
        ):
            if at >= 0:
                yield at, _without_line_end(data, at, place)
            if is_last:
                return
            line = data.find(b"\n", behind, end)
            at = end if line < 0 else line + 1
            count += 1
            if count > MAX_PARTS:
                raise UnreadableMail(f"“{name}”的附件过多，未读取，请核对来源。")
        place = data.find(border, behind, end)
    if at >= 0:  # the last border was cut off
        yield at, end


def _without_line_end(data: bytes, start: int, end: int) -> int:
    if end - 2 >= start and data[end - 2 : end] == b"\r\n":
        return end - 2
    return end - 1 if end - 1 >= start and data[end - 1 : end] == b"\n" else end


def _unpacked(how: bytes, body: bytes) -> bytes:
    way = how.strip().lower()
    if way == b"base64":
        return _base64(body)
    return binascii.a2b_qp(body) if way == b"quoted-printable" else body
