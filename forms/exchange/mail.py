"""E-mail drafts (.eml) with everything attached, split where a mail would be too large.

A draft is a file that a mail program opens as a message not yet sent (`X-Unsent: 1`); this
program sends nothing.  The same input gives the same bytes.  This module must not know cases
or packs.
"""

import re
import unicodedata
from base64 import b64encode, encodebytes
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from email.utils import format_datetime

import msgspec

_BETWEEN = re.compile(r"[\s,;，；、<>]+")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_CHINA = timezone(timedelta(hours=8))
_LONGEST_WORD = 45  # bytes in an encoded word, which may have 75 letters
_LONGEST_NAME = 900  # letters on a line, which may have 998; Python folds at 78, into pieces
_BOUNDARY = "=_openlicense-{:02d}"
# Not `mimetypes`: it reads the machine's own tables, and the same input must give the same bytes.
_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "json": "application/json",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "png": "image/png",
}


class Attachment(msgspec.Struct, frozen=True):
    """A file to send.  Files of one group (one patent) travel in one mail where they fit."""

    name: str
    content: bytes
    group: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What every mail of a submission says."""

    to: str
    subject: str
    text: str
    day: date


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """One draft: its bytes, which of how many it is, and what is attached.

    `too_large` says that a single file alone passes the limit.
    """

    content: bytes
    part: int
    parts: int
    names: tuple[str, ...]
    too_large: bool = False


def write_mails(letter: Letter, files: Sequence[Attachment], limit: int) -> tuple[Mail, ...]:
    """Write as many drafts as the size limit asks, in the order of the files.

    `limit` is in bytes of the encoded mail.  A single file beyond it gets a mail of its own.
    """
    pieces = [_piece(file) for file in files]
    sizes = [len(piece) + len(_BOUNDARY) + 8 for piece in pieces]
    base = len(_write(letter, [], [file.name for file in files], 9999, 9999))
    loads = _loads(files, sizes, limit - base)
    return tuple(
        Mail(
            content=_write(
                letter,
                [pieces[i] for i in load],
                [files[i].name for i in load],
                part,
                len(loads),
            ),
            part=part,
            parts=len(loads),
            names=tuple(files[i].name for i in load),
            too_large=sum(sizes[i] for i in load) > limit - base,
        )
        for part, load in enumerate(loads, start=1)
    )


def plain_line(text: str) -> str:
    """The text as one line without control characters: nothing in it can start a header."""
    shown = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(shown.split())


def _loads(files: Sequence[Attachment], sizes: Sequence[int], room: int) -> list[list[int]]:
    """Which files go into which mail: groups kept together where one mail can hold them."""
    loads: list[list[int]] = [[]]
    for group in _groups(files):
        weight = sum(sizes[i] for i in group)
        whole = weight <= room
        for bundle in [group] if whole else [[i] for i in group]:
            used = sum(sizes[i] for i in loads[-1])
            if loads[-1] and used + sum(sizes[i] for i in bundle) > room:
                loads.append([])
            loads[-1].extend(bundle)
    return loads


def _groups(files: Sequence[Attachment]) -> list[list[int]]:
    groups: list[list[int]] = []
    for i, file in enumerate(files):
        if groups and file.group and file.group == files[i - 1].group:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _piece(file: Attachment) -> bytes:
    """Return an attachment as a part of a mail.

    Its name stands there twice, as Thunderbird and Gmail write it: as RFC 2231 has it, and as
    encoded words in the type's `name`, which programs read that know only those.
    """
    name = plain_line(file.name)
    kind = _TYPES.get(file.name.rpartition(".")[2].lower(), "application/octet-stream")
    plain = name.isascii()
    quoted = name.replace("\\", "\\\\").replace('"', '\\"') if plain else _encoded_words(name)
    heads = [
        f'Content-Type: {kind};\r\n name="{quoted}"',
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: attachment;\r\n {_filename(name, quoted)}",
    ]
    return _part(heads, file.content)


def _filename(name: str, quoted: str) -> str:
    """Return the name as RFC 2231 has it, on one line where a line can hold it."""
    if name.isascii():
        return f'filename="{quoted}"'
    pieces, held = [""], "utf-8''"
    for letter in name:
        is_plain = letter.isascii() and (letter.isalnum() or letter in "-._~")
        said = letter if is_plain else "".join(f"%{byte:02X}" for byte in letter.encode())
        if len(held) + len(pieces[-1]) + len(said) > _LONGEST_NAME:
            pieces.append("")
            held = ""
        pieces[-1] += said
    if len(pieces) == 1:
        return f"filename*=utf-8''{pieces[0]}"
    pieces[0] = f"utf-8''{pieces[0]}"
    return ";\r\n ".join(f"filename*{place}*={piece}" for place, piece in enumerate(pieces))


def _encoded_words(text: str) -> str:
    """Return a text as encoded words (RFC 2047), a line each; all its blanks are within them.

    Python's own folding loses a blank of a long text in two languages, on some versions.
    """
    words = [b""]
    for letter in text:
        said = letter.encode()
        if len(words[-1]) + len(said) > _LONGEST_WORD:
            words.append(b"")
        words[-1] += said
    return "\r\n ".join(f"=?utf-8?B?{b64encode(word).decode()}?=" for word in words)


def _part(heads: Sequence[str], content: bytes) -> bytes:
    """Return head lines and a content in base64, its lines as mail asks."""
    packed = encodebytes(content).replace(b"\n", b"\r\n")
    return "\r\n".join([*heads, "", ""]).encode("ascii") + packed


def _write(
    letter: Letter, pieces: Sequence[bytes], names: Sequence[str], part: int, parts: int
) -> bytes:
    subject = plain_line(letter.subject) + (f"（第{part}/{parts}封）" if parts > 1 else "")
    boundary = _BOUNDARY.format(part)
    is_plain = subject.isascii() and len(subject) <= _LONGEST_NAME
    heads = [
        f"Subject: {subject if is_plain else _encoded_words(subject)}",
        *([f"To: {to}"] if (to := _addresses(letter.to)) else []),
        f"Date: {format_datetime(datetime.combine(letter.day, time(9), _CHINA))}",
        "X-Unsent: 1",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
    ]
    text_heads = ['Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: base64"]
    text = _part(text_heads, _text(letter, names, part, parts).encode())
    border = f"--{boundary}".encode("ascii")
    inside = b"".join(border + b"\r\n" + each + b"\r\n" for each in (text, *pieces))
    return "\r\n".join([*heads, "", ""]).encode("ascii") + inside + border + b"--\r\n"


def _text(letter: Letter, names: Sequence[str], part: int, parts: int) -> str:
    lines = [letter.text.rstrip("\n"), ""]
    if parts > 1:
        lines.append(f"附件较大，分{parts}封寄送，这是第{part}封。")
    lines.append(f"本封附件（{len(names)}个）：")
    lines += [f"  {plain_line(name)}" for name in names]
    return "\n".join(lines) + "\n"


def _addresses(text: str) -> str:
    """The addresses in a text as a header takes them; what is none is left to the clerk."""
    return ",\r\n ".join(word for word in _BETWEEN.split(text) if _ADDRESS.fullmatch(word))


def only_address(text: str) -> str:
    """The one address that a text is, "" where it is none or several: answers go to one."""
    return text.strip() if _ADDRESS.fullmatch(text.strip()) else ""
