"""What came to a bureau, taken apart into parcels: the files of one package each.

In a folder, a zip or a mail the files around a manifest are a parcel; zips and mails beside them
are opened in turn; what is left (PDFs, a table) is a parcel without a manifest.  Nothing here looks
at what a package says.  Bounded in depth, number and size.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import IO

import msgspec

from forms.exchange.came import CONTAINERS, MAILS, NOISE, OTHER_ARCHIVES, PAPERS, Came, Channel
from forms.exchange.mail_reading import Attached, MailRead, UnreadableMail, read_mail
from forms.exchange.outlook_reading import is_message, read_message
from forms.exchange.package_manifest import MANIFEST_NAME
from forms.exchange.strangers import is_locked, locked
from forms.exchange.zip_reading import (
    MAX_FILE_BYTES,
    MAX_UNPACKED_BYTES,
    Entry,
    UnreadableZip,
    WantsPassword,
    entry_of,
    opened_zip,
)
from forms.ground.files import in_words, why
from forms.ground.held import reading

MAX_DEPTH = 4  # a zip in a mail in a zip in a folder
MAX_PARCELS = 1_000  # in one thing that came
MAX_MAIL_BYTES = 150 << 20
MAX_ALL_BYTES = 8 << 30  # of all zips in one thing that came, unpacked
_MOST: Mapping[Channel, int] = {
    "folder": MAX_ALL_BYTES,
    "zip": MAX_UNPACKED_BYTES,
    "mail": MAX_MAIL_BYTES,
    "file": MAX_FILE_BYTES,
}
_HEAD_BYTES = 1 << 10
_AT_ONCE = 1 << 20
_WAY = " › "

Refused = tuple[tuple[str, str], ...]


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """The files of one package; `root` is the folder of them within what was opened.

    `source` is the way to it ("函.eml › 报送.zip").  `is_plain` says that its files can be read one
    by one from what came as it is: a folder, a zip without a password.  `sender` is the mail's.
    """

    source: str
    channel: Channel
    root: str = ""
    entries: tuple[Entry, ...] = ()
    refused: Refused = ()
    is_plain: bool = True
    subject: str = ""
    sender: str = ""


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be opened, and why; `wants_password` where one would help."""

    source: str
    channel: Channel
    message: str
    wants_password: bool = False


def too_large(came: Came) -> str:
    """The sentence for what can be no package by its size alone, "" for others.

    It is looked at before anything is copied.  Raises OSError.
    """
    sizes = [one.stat().st_size for one in came.files]
    most = _MOST[came.channel]
    if (sum(sizes) if came.channel == "folder" else max(sizes, default=0)) <= most:
        return ""
    return (
        f"“{came.name}”过大（超过 {in_words(most)}），未收下，请核对是否选错；"
        "确是报送包的，请单位分几次报送。"
    )


def each_parcel(came: Came, passwords: tuple[str, ...] = ()) -> Iterator[Parcel | Closed]:
    """Yield the parcels of what came; each can be read until the next one is asked for."""
    try:
        yield from _bounded(_Taking(passwords).came(came), came)
    except OSError as error:
        yield Closed(source=came.name, channel=came.channel, message=f"“{came.name}”{why(error)}。")


def _bounded(parcels: Iterator[Parcel | Closed], came: Came) -> Iterator[Parcel | Closed]:
    for count, parcel in enumerate(parcels):
        if count >= MAX_PARCELS:
            message = f"“{came.name}”内的包过多（超过 {MAX_PARCELS} 个），其余未读取。"
            yield Closed(source=came.name, channel=came.channel, message=message)
            return
        yield parcel


class _Taking:
    """One thing being taken apart."""

    def __init__(self, passwords: tuple[str, ...]) -> None:
        self.passwords = passwords
        self.left = MAX_ALL_BYTES

    def came(self, came: Came) -> Iterator[Parcel | Closed]:
        """What came, by what it is."""
        first = came.files[0] if came.files else came.base
        if came.channel == "folder":
            entries = [_on_disk(one, one.relative_to(came.base).as_posix()) for one in came.files]
            refused = came.refused
            yield from self.split(entries, came.name, "folder", 0, refused=refused, is_plain=True)
        elif came.channel == "mail":
            yield from self.mails([_on_disk(one, one.name) for one in came.files], came, 0)
        else:
            with reading(first) as file:
                start = file.read(_HEAD_BYTES)
                if start.startswith(b"PK\x03\x04") and first.suffix.lower() == ".zip":
                    yield from self.zip(file, came.name, "zip", 0, is_plain=True)
                    return
            yield from self.other(_on_disk(first, first.name), start, came.name)

    def other(self, entry: Entry, start: bytes, name: str) -> Iterator[Parcel | Closed]:
        """A file that is neither zip nor mail."""
        if message := _no_archive(entry.path, start):
            channel: Channel = "zip" if entry.path.lower().endswith(".zip") else "file"
            yield Closed(source=name, channel=channel, message=message)
        elif entry.path.lower().endswith(PAPERS):
            yield Parcel(source=name, channel="file", entries=(entry,))
        else:
            message = f"“{name}”不是报送包：请放入文件夹、.zip、.eml 或 .msg。"
            yield Closed(source=name, channel="file", message=message)

    def zip(
        self, file: IO[bytes], name: str, channel: Channel, depth: int, *, is_plain: bool = False
    ) -> Iterator[Parcel | Closed]:
        """A zip."""
        with ExitStack() as held:
            try:
                opened = held.enter_context(
                    opened_zip(file, name.rpartition(_WAY)[2], self.passwords)
                )
            except UnreadableZip as fault:
                wants = isinstance(fault, WantsPassword)
                message = str(fault)
                yield Closed(source=name, channel=channel, message=message, wants_password=wants)
                return
            self.left -= sum(one.size for one in opened.entries)
            if self.left < 0:
                message = f"“{name}”解压后过大，未读取，请核对来源。"
                yield Closed(source=name, channel=channel, message=message)
                return
            plain = is_plain and not opened.locked
            yield from self.split(
                *(opened.entries, name, channel, depth),
                refused=opened.refused,
                is_plain=plain,
            )

    def mails(self, entries: Sequence[Entry], came: Came, depth: int) -> Iterator[Parcel | Closed]:
        """The parts of a mail: what is attached to any of them."""
        attached: list[Attached] = []
        read = MailRead()
        for entry in entries:
            try:
                content = entry.content(MAX_MAIL_BYTES)
                one = _mail(content, entry.path)
            except (UnreadableMail, UnreadableZip) as fault:
                yield Closed(source=came.name, channel="mail", message=str(fault))
                return
            read = read if read.sender else one
            attached += one.attached
        if not attached:
            message = f"“{came.name}”没有附件，请核对邮件。"
            yield Closed(source=came.name, channel="mail", message=message)
            return
        for parcel in self.split(
            [entry_of(one.name, one.content) for one in attached],
            *(came.name, "mail", depth),
            refused=came.refused,
            is_plain=False,
        ):
            is_open = isinstance(parcel, Parcel) and not parcel.sender
            yield (
                msgspec.structs.replace(parcel, sender=read.sender, subject=read.subject)
                if is_open
                else parcel
            )

    def split(
        self,
        entries: Sequence[Entry],
        name: str,
        channel: Channel,
        depth: int,
        *,
        refused: Refused,
        is_plain: bool,
    ) -> Iterator[Parcel | Closed]:
        """The parcels among some files: those of manifests, what is opened in turn, the rest."""
        entries = [one for one in entries if not NOISE.search(one.path)]
        roots = sorted(
            {
                one.path[: -len(MANIFEST_NAME)]
                for one in entries
                if one.path.rpartition("/")[2].lower() == MANIFEST_NAME
            },
            key=len,
        )
        of_root: dict[str, list[Entry]] = {root: [] for root in roots}
        rest: list[Entry] = []
        for one in entries:
            root = next((r for r in roots if one.path.startswith(r)), None)
            (rest if root is None else of_root[root]).append(one)
        for root, inside in of_root.items():
            if not inside:  # within another manifest's folder
                continue
            way = f"{name}{_WAY}{root.strip('/')}" if len(roots) > 1 else name
            yield Parcel(
                source=way,
                channel=channel,
                root=root,
                entries=tuple(_below(root, inside)),
                refused=refused if root == roots[0] else (),
                is_plain=is_plain,
            )
        yield from self.rest(rest, name, channel, depth, refused if not roots else (), is_plain)

    def rest(
        self,
        entries: Sequence[Entry],
        name: str,
        channel: Channel,
        depth: int,
        refused: Refused,
        is_plain: bool,
    ) -> Iterator[Parcel | Closed]:
        """What no manifest is of: zips and mails are opened, papers are a stranger's parcel."""
        papers: list[Entry] = []
        for one in entries:
            end = _end(one.path)
            way = f"{name}{_WAY}{one.path}"
            if end in CONTAINERS and depth >= MAX_DEPTH:
                yield Closed(source=way, channel=channel, message=f"“{one.path}”层次过深，未读取。")
            elif end == ".zip":
                yield from self.zip(_in_memory(one), way, channel, depth + 1)
            elif end in MAILS:
                yield from self.mails([one], Came(way, "mail", Path(), ()), depth + 1)
            elif end in OTHER_ARCHIVES:
                message = _no_archive(one.path, b"")
                yield Closed(source=way, channel=channel, message=message)
            elif end in PAPERS:
                papers.append(one)
        groups = _groups(papers)
        for root, inside in groups.items():
            yield Parcel(
                source=f"{name}{_WAY}{root.strip('/')}" if len(groups) > 1 else name,
                channel=channel,
                root=root,
                entries=tuple(_below(root, inside)),
                refused=refused,
                is_plain=is_plain,
            )
        if refused and not entries:
            message = f"“{name}”内没有可以读取的文件：{refused[0][0]}{refused[0][1]}。"
            yield Closed(source=name, channel=channel, message=message)


def _mail(content: bytes, path: str) -> MailRead:
    return read_message(content, path) if is_message(content) else read_mail(content, path)


def _in_memory(entry: Entry) -> IO[bytes]:
    """A zip within another: it is held in memory, within the bounds of one file."""
    try:
        return BytesIO(entry.content())
    except UnreadableZip:
        return BytesIO()  # it is told as damaged when it is opened


def _groups(papers: Sequence[Entry], root: str = "") -> dict[str, list[Entry]]:
    """Papers by the folders they are together in: the uppermost that holds one itself."""
    if not papers:
        return {}
    if any("/" not in one.path[len(root) :] for one in papers):
        return {root: list(papers)}
    below: dict[str, list[Entry]] = {}
    for one in papers:
        folder = one.path[len(root) :].partition("/")[0]
        below.setdefault(f"{root}{folder}/", []).append(one)
    found: dict[str, list[Entry]] = {}
    for inner, inside in below.items():
        found |= _groups(inside, inner)
    return found


def _below(root: str, entries: Sequence[Entry]) -> Iterator[Entry]:
    for one in entries:
        yield msgspec.structs.replace(one, path=one.path[len(root) :])


def _on_disk(path: Path, name: str) -> Entry:
    def pieces() -> Iterator[bytes]:
        left = MAX_FILE_BYTES
        try:
            with reading(path) as file:
                while piece := file.read(_AT_ONCE):
                    left -= len(piece)
                    if left < 0:
                        raise UnreadableZip(f"“{name}”过大，未读取。")
                    yield piece
        except OSError as error:
            raise UnreadableZip(f"“{name}”{why(error)}。") from error

    return Entry(name, path.stat().st_size, pieces)


def _no_archive(path: str, start: bytes) -> str:
    """The sentence for an archive that is not opened here, or an encrypted file; "" for others."""
    if is_locked(start):
        return locked(path)
    word = OTHER_ARCHIVES.get(_end(path))
    if word or start.startswith((b"Rar!", b"7z\xbc\xaf\x27\x1c")):
        return f"“{path}”是 {word or '压缩'} 文件，须先解开，再放入文件夹。"
    if _end(path) == ".zip":
        return f"“{path}”已损坏或不是压缩文件，无法解压，请单位重新发送。"
    return ""


def _end(path: str) -> str:
    name = path.rpartition("/")[2]
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""
