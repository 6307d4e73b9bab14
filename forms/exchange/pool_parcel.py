"""What a pool and its member send each other: a workbook with a manifest, as a folder, zip, mail.

What comes is from a stranger: it is taken apart within bounds (`forms.exchange.parcels`), and a
file that is not as its manifest says is told and not used.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from forms.exchange.came import what_came
from forms.exchange.mail import Attachment, Letter, write_mails
from forms.exchange.package import File, sha256, write_folder
from forms.exchange.package_manifest import MANIFEST_NAME
from forms.exchange.parcels import Closed, each_parcel
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.exchange.workbook_reader import read_content
from forms.exchange.zip_reading import Entry, UnreadableZip
from forms.ground.cleaning import clean_line, visible
from forms.ground.endings import TABLES
from forms.ground.files import safe_name

FORMAT, VERSION = "openlicense-pool", 1
MAIL_LIMIT = 20 << 20
MOST_FILES, MOST_BYTES = 200, 50 << 20
_MANIFEST_BYTES = 1 << 20
_LONGEST = 200


class Sent(msgspec.Struct, frozen=True):
    """Where what was made lies: the folder, the zip, the names of its files."""

    folder: Path
    zip: Path
    names: tuple[str, ...]


class Enclosed(msgspec.Struct, frozen=True):
    """A file that came along: a certificate, a report."""

    name: str
    content: bytes


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What came: its sheets, what was enclosed, what is told; whose it says it is."""

    sheets: tuple[Sheet, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    notes: tuple[str, ...] = ()
    pool: str = ""
    sender: str = ""


class _Listed(msgspec.Struct):
    name: str = ""
    sha256: str = ""


class _Manifest(msgspec.Struct):
    format: str = ""
    version: int = 0
    pool: str = ""
    sender: str = ""
    files: list[_Listed] = []


def write_parcel(
    out: Path, name: str, files: Sequence[File], letter: Letter, *, pool: str, sender: str
) -> Sent:
    """Write files with a manifest and a mail draft as a folder and a zip.  Raises CannotWrite."""
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "pool": pool,
        "sender": sender,
        "made_on": letter.day,
        "files": [{"name": one.name, "sha256": sha256(one.content)} for one in files],
    }
    told = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    listed = [*files, File(name=MANIFEST_NAME, content=told)]
    attached = [Attachment(one.name, one.content) for one in listed]
    mails = [
        File(
            name=f"邮件草稿{'' if mail.parts == 1 else mail.part}.eml",
            content=mail.content,
        )
        for mail in write_mails(letter, attached, MAIL_LIMIT)
    ]
    folder, zipped, names = write_folder(out, safe_name(name), [*listed, *mails], letter.day)
    return Sent(folder, zipped, names)


def read_parcels(paths: Sequence[Path]) -> Received:
    """Read what came at some places.  Raises UnreadableFile where there is no table in it."""
    reader = _Reader()
    for came in what_came(paths):
        for parcel in each_parcel(came):
            if isinstance(parcel, Closed):
                reader.notes.append(parcel.message.rstrip("。"))
            else:
                reader.notes += [f"“{path}”{why}" for path, why in parcel.refused]
                reader.take(parcel.entries)
    if not reader.sheets:
        told = f"：{reader.notes[0]}" if reader.notes else ""
        names = "、".join(path.name for path in paths[:3])
        raise UnreadableFile(f"“{names}”中没有可以读取的工作簿{told}。")
    return reader.received()


class _Reader:
    """Gathers what parcels have."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.enclosed: list[Enclosed] = []
        self.notes: list[str] = []
        self._pool = self._sender = ""
        self._left = MOST_BYTES

    def received(self) -> Received:
        return Received(
            sheets=tuple(self.sheets),
            enclosed=tuple(self.enclosed),
            notes=tuple(self.notes),
            pool=self._pool,
            sender=self._sender,
        )

    def take(self, entries: Sequence[Entry]) -> None:
        listed = self._manifest(entries)
        for entry in entries[:MOST_FILES]:
            name = entry.path.rpartition("/")[2]
            if name.lower() == MANIFEST_NAME or name.lower().endswith(".eml"):
                continue
            try:
                content = entry.content(self._left)
            except UnreadableZip as fault:
                self.notes.append(str(fault).rstrip("。"))
                continue
            self._left -= len(content)
            wanted = listed.get(entry.path)
            if wanted and wanted != hashlib.sha256(content).hexdigest():
                self.notes.append(f"“{visible(name)}”与清单的校验值不符，请对方重新发送，未采用")
                continue
            self._file(name, content)
        if len(entries) > MOST_FILES:
            self.notes.append(f"文件过多，只读取了前 {MOST_FILES} 个")

    def _file(self, name: str, content: bytes) -> None:
        shown = visible(clean_line(name))[:_LONGEST]
        if not name.lower().endswith(TABLES):
            self.enclosed.append(Enclosed(shown, content))
            return
        try:
            self.sheets += read_content(content, shown)
        except UnreadableFile as fault:
            self.notes.append(str(fault).rstrip("。"))

    def _manifest(self, entries: Sequence[Entry]) -> dict[str, str]:
        """The files a manifest of ours lists with their hashes; {} where there is none."""
        for entry in entries:
            if entry.path.lower() != MANIFEST_NAME:
                continue
            try:
                found = msgspec.json.decode(entry.content(_MANIFEST_BYTES), type=_Manifest)
            except (UnreadableZip, msgspec.DecodeError, UnicodeDecodeError):
                self.notes.append("清单 manifest.json 不能识别，未核对校验值")
                return {}
            if found.format != FORMAT:
                return {}
            self._pool, self._sender = clean_line(found.pool), clean_line(found.sender)
            names = {one.path for one in entries}
            lacking = [one.name for one in found.files if one.name not in names]
            self.notes += [f"清单所列“{visible(one)}”没有收到" for one in lacking[:20]]
            return {one.name: one.sha256 for one in found.files}
        return {}
