"""Answers of a bureau (审核意见) as they come: the data file, a mail or a zip with it, a folder.

Of a mail or a zip only the data file is opened.  Bounded in number, size and depth.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import msgspec

from forms.exchange.answer_file import ANSWER_NAME, MOST_BYTES, AnswerFile, NoAnswer, decoded
from forms.exchange.mail_reading import UnreadableMail, read_mail
from forms.exchange.outlook_reading import is_message, read_message
from forms.exchange.zip_reading import UnreadableZip, opened_zip
from forms.ground.endings import ANSWERS
from forms.ground.files import CannotRead, TooLarge, read_bytes

MOST_FILES = 2_000  # of a folder
MOST_MAIL = 150 << 20


class ReadAnswer(msgspec.Struct, frozen=True):
    """A file that came: its name, the answers in it, or why none could be read."""

    source: str
    answers: tuple[AnswerFile, ...] = ()
    fault: str = ""


def read_answers(paths: Sequence[Path]) -> list[ReadAnswer]:
    """Read what lies at some places; a file that can not be read is told, and stops nothing."""
    return [_read(file) for path in paths for file in _files(path)]


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    found = (one for one in sorted(path.rglob("*")) if one.suffix.lower() in ANSWERS)
    for count, file in enumerate(found):
        if count >= MOST_FILES:
            return
        if file.is_file() and not file.is_symlink():
            yield file


def _read(file: Path) -> ReadAnswer:
    try:
        content = read_bytes(file, most=MOST_MAIL)
        found = tuple(decoded(data, name) for name, data in _data(content, file.name))
    except (NoAnswer, UnreadableMail, UnreadableZip, CannotRead, TooLarge) as fault:
        return ReadAnswer(file.name, fault=str(fault))
    if not found:
        return ReadAnswer(
            file.name,
            fault=f"“{file.name}”中没有审核意见的数据（{ANSWER_NAME}），请照审核意见的纸件办理。",
        )
    return ReadAnswer(file.name, found)


def _data(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The data files in what came, each with the way to it."""
    if is_message(content):
        attached = read_message(content, name).attached
        yield from _of_attached(name, [(one.name, one.content) for one in attached])
    elif content.startswith(b"PK\x03\x04"):
        yield from _of_zip(name, content)
    elif content.lstrip()[:1] == b"{" or name.lower().endswith(".json"):
        yield name, content
    else:
        attached = read_mail(content, name).attached
        yield from _of_attached(name, [(one.name, one.content) for one in attached])


def _of_attached(name: str, attached: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for inner, content in attached:
        if inner.lower() == ANSWER_NAME:
            yield f"{name} › {inner}", content
        elif inner.lower().endswith(".zip"):
            yield from _of_zip(f"{name} › {inner}", content)


def _of_zip(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    with opened_zip(BytesIO(content), name) as opened:
        for entry in opened.entries:
            if Path(entry.path).name.lower() == ANSWER_NAME and entry.size <= MOST_BYTES:
                yield f"{name} › {entry.path}", b"".join(entry.pieces())
