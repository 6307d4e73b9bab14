"""E-mail drafts (.eml) with everything attached, split where a mail would be too large.

A draft is a file that a mail program opens as a message not yet sent (`X-Unsent: 1`); this
program sends nothing.  The same input gives the same bytes.  This module must not know cases
or packs.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP

import msgspec

_BETWEEN = re.compile(r"[\s,;，；、<>]+")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_CHINA = timezone(timedelta(hours=8))
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
    sizes = [len(piece.as_bytes(policy=SMTP)) + len(_BOUNDARY) + 8 for piece in pieces]
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


def _piece(file: Attachment) -> EmailMessage:
    kind = _TYPES.get(file.name.rpartition(".")[2].lower(), "application/octet-stream")
    maintype, _, subtype = kind.partition("/")
    piece = EmailMessage(policy=SMTP)
    piece.set_content(
        file.content,
        maintype=maintype,
        subtype=subtype,
        cte="base64",
        disposition="attachment",
        filename=plain_line(file.name),
    )
    del piece["MIME-Version"]  # the whole mail's to say
    return piece


def _write(
    letter: Letter, pieces: Sequence[EmailMessage], names: Sequence[str], part: int, parts: int
) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = plain_line(letter.subject) + (f"（第{part}/{parts}封）" if parts > 1 else "")
    if to := _addresses(letter.to):
        mail["To"] = to
    mail["Date"] = datetime.combine(letter.day, time(9), _CHINA)
    mail["X-Unsent"] = "1"
    mail.set_content(_text(letter, names, part, parts), charset="utf-8", cte="base64")
    mail.make_mixed(boundary=_BOUNDARY.format(part))
    for piece in pieces:
        mail.attach(piece)
    return mail.as_bytes()


def _text(letter: Letter, names: Sequence[str], part: int, parts: int) -> str:
    lines = [letter.text.rstrip("\n"), ""]
    if parts > 1:
        lines.append(f"附件较大，分{parts}封寄送，这是第{part}封。")
    lines.append(f"本封附件（{len(names)}个）：")
    lines += [f"  {plain_line(name)}" for name in names]
    return "\n".join(lines) + "\n"


def _addresses(text: str) -> str:
    """The addresses in a text as a header takes them; what is none is left to the clerk."""
    return ", ".join(word for word in _BETWEEN.split(text) if _ADDRESS.fullmatch(word))
