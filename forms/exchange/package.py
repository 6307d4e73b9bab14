"""The package of a submission: a folder and a .zip of the same files, a manifest, mail drafts.

Everything is made in a temporary folder and put in its place at the end, whole or not at all;
an earlier package is never touched: the new one gets a new name.  The manifest names each
file with its SHA-256, each paper still without its seal and each case left out.  This module
must not know rules, the store or how a paper is made.
"""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from forms.exchange.locked_zip import locked_zip
from forms.exchange.mail import Attachment, Letter, write_mails
from forms.exchange.package_cases import canonical
from forms.exchange.package_manifest import MANIFEST_NAME, MANIFEST_VERSION, CaseSaid, SenderSaid
from forms.ground.files import (
    name_key,
    publish,
    safe_name,
    unique_names,
    workshop,
    write_atomically,
)

LOCKED = "附件为加密的压缩包（AES-256，可用 7-Zip、WinZip、WinRAR 打开），密码另行告知。"


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the package.  `sealed` is None where a file is not to be signed and sealed.

    Of a paper `title` is its title, `words_sha256` the hash of the words printed on it.
    """

    name: str
    content: bytes
    paper: str = ""
    title: str = ""
    words_sha256: str = ""
    patent_number: str | None = None
    sealed: bool | None = None


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """A case as the manifest and the mail name it.

    `papers` lack a seal, those `stale` since their words have changed after it; `reasons` bar
    the case, or are what it still wants.
    """

    patent_number: str | None
    title: str
    owners: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a package holds and says; `wanting` are cases whose contents are not complete.

    `data` are the same cases as data, in the order of `cases`.
    """

    pack_code: str
    pack_version: str
    office: str
    sender: SenderSaid = SenderSaid()
    day: date
    files: tuple[File, ...]
    cases: tuple[CaseLine, ...]
    data: tuple[CaseSaid, ...]
    missing_seals: tuple[CaseLine, ...] = ()
    left_out: tuple[CaseLine, ...] = ()
    wanting: tuple[CaseLine, ...] = ()


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """Where a package lies; `too_large` names files that alone pass the size of a mail."""

    folder: Path
    zip: Path
    mails: tuple[Path, ...]
    names: tuple[str, ...]
    too_large: tuple[str, ...] = ()
    locked: bool = False


def write_package(
    out: Path,
    name: str,
    content: Content,
    letter: Letter,
    limit_bytes: int,
    *,
    password: str | None = None,
) -> Written:
    """Write folder, zip and drafts into `out`, all or none.

    `limit_bytes` is of an encoded mail.  With a password the zip is locked, and it is what the
    mail carries; the folder stays open for its owner.  Raises CannotWrite, BadPassword.
    """
    files = named(content.files)
    listed = [*files, _manifest(content, files)]
    if password is None:
        zipped = _zipped(listed, content.day)
        attached = [_attached(file) for file in listed]
    else:
        zipped = locked_zip([(f.name, f.content) for f in listed], password, content.day)
        attached = [Attachment(f"{safe_name(name)}.zip", zipped)]
        letter = msgspec.structs.replace(letter, text=f"{letter.text}\n\n{LOCKED}")
    mails = write_mails(letter, attached, limit_bytes)
    with workshop(out) as bench:
        for file in listed:
            write_atomically(bench / "package" / file.name, file.content)
        write_atomically(bench / "zip", zipped)
        for mail in mails:
            write_atomically(bench / f"mail{mail.part}", mail.content)
        ends = ["", ".zip", *(_mail_end(mail.part, mail.parts) for mail in mails)]
        places = _free_places(out, safe_name(name), ends)
        made = ["package", "zip", *(f"mail{mail.part}" for mail in mails)]
        publish([(bench / made_as, place) for made_as, place in zip(made, places, strict=True)])
    return Written(
        folder=places[0],
        zip=places[1],
        mails=tuple(places[2:]),
        names=tuple(file.name for file in listed),
        too_large=tuple(name for mail in mails if mail.too_large for name in mail.names),
        locked=password is not None,
    )


def write_folder(
    out: Path, name: str, files: Sequence[File], day: date
) -> tuple[Path, Path, tuple[str, ...]]:
    """Write files as a folder and a zip into `out`, both or none; where they lie, and the names.

    Raises CannotWrite.
    """
    names = unique_names([file.name for file in files])
    listed = [
        msgspec.structs.replace(file, name=name) for file, name in zip(files, names, strict=True)
    ]
    zipped = _zipped(listed, day)
    with workshop(out) as bench:
        for file in listed:
            write_atomically(bench / "folder" / file.name, file.content)
        write_atomically(bench / "zip", zipped)
        places = _free_places(out, safe_name(name), ["", ".zip"])
        publish([(bench / "folder", places[0]), (bench / "zip", places[1])])
    return places[0], places[1], tuple(names)


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def named(files: Sequence[File]) -> list[File]:
    """The files under names that no system takes for one another, nor for the manifest."""
    names = unique_names([MANIFEST_NAME, *(file.name for file in files)])[1:]
    return [
        msgspec.structs.replace(file, name=name) for file, name in zip(files, names, strict=True)
    ]


def _attached(file: File) -> Attachment:
    return Attachment(file.name, file.content, file.patent_number or "")


def _mail_end(part: int, parts: int) -> str:
    return ".eml" if parts == 1 else f" 第{part}封共{parts}封.eml"


def _free_places(out: Path, name: str, ends: Sequence[str]) -> list[Path]:
    """The places of one name, or of the name with a count, where nothing lies yet."""
    taken = {name_key(path.name) for path in out.iterdir()}
    chosen, count = name, 1
    while any(name_key(chosen + end) in taken for end in ends):
        count += 1
        chosen = f"{name} ({count})"
    return [out / (chosen + end) for end in ends]


def _manifest(content: Content, files: Sequence[File]) -> File:
    manifest = {
        "format": "openlicense-package",
        "version": MANIFEST_VERSION,
        "pack": {"code": content.pack_code, "version": content.pack_version},
        "office": content.office,
        "sender": content.sender,
        "made_on": content.day,
        "cases": [_case_data(one) for one in content.data],
        "files": [_file_entry(file) for file in files],
        "missing_seals": [
            {**_case_entry(line), "papers": line.papers} for line in content.missing_seals
        ],
        "stale_seals": [
            {**_case_entry(line), "papers": line.stale}
            for line in content.missing_seals
            if line.stale
        ],
        "wanting": [{**_case_entry(line), "reasons": line.reasons} for line in content.wanting],
        "left_out": [{**_case_entry(line), "reasons": line.reasons} for line in content.left_out],
    }
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    return File(name=MANIFEST_NAME, content=text + b"\n")


def _case_entry(line: CaseLine) -> dict[str, object]:
    return {
        "patent_number": line.patent_number,
        "title": line.title,
        "owners": line.owners,
    }


def _case_data(one: CaseSaid) -> dict[str, object]:
    return {
        "patent_number": one.patent_number,
        "title": one.title,
        "owners": one.owners,
        "content_sha256": one.content_sha256,
        "files": one.files,
        "case": msgspec.Raw(canonical(one.case)),
    }


def _file_entry(file: File) -> dict[str, object]:
    return {
        "name": file.name,
        "sha256": sha256(file.content),
        "size_bytes": len(file.content),
        "paper": file.paper or None,
        "title": file.title,
        "words_sha256": file.words_sha256,
        "patent_number": file.patent_number,
        "sealed": file.sealed,
    }


def _zipped(files: Sequence[File], day: date) -> bytes:
    """A zip of the files; its times are the submission's day, so the same input is the same zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every system
            archive.writestr(entry, file.content)
    return made.getvalue()
