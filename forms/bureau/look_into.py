"""Look into one thing that came: every package in it, read as far as each can be read.

This is the part of an intake that takes time; it needs no store, so that it may be done here
(`in_turn`) or by other processes that the program around starts (`desktop.desk.lookers`).
"""

import zipfile
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path

import msgspec

from forms.bureau.foreign_package import completed_by_table, read_foreign
from forms.bureau.originals import copied
from forms.bureau.package_reading import (
    BadManifest,
    Envelope,
    Held,
    Read,
    bounded,
    held_files,
    read_envelope,
    read_package,
)
from forms.bureau.printed_words import with_stale
from forms.bureau.records import Fault, Package
from forms.exchange.came import Came
from forms.exchange.mail import only_address, plain_line
from forms.exchange.parcels import Closed, Parcel, each_parcel, too_large
from forms.ground.files import CannotWrite, make_folder, temporary_beside, why
from forms.pack.types import Pack


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What came, and each package found in it.

    `copy` is a copy of it on the bench (None where it could not be read at all); `opened` are, by
    the package, zips of files that can not be read one by one from it (mails, what was locked).
    """

    name: str
    copy: Came | None = None
    whole_sha256: str = ""
    read: tuple[Read, ...] = ()
    opened: tuple[Path | None, ...] = ()
    wants_password: bool = False


class Looks(msgspec.Struct, frozen=True, kw_only=True):
    """Things to look into, with what that takes.

    `packs` are those the bureau has; a package without a manifest is read by the words of the
    first.  What has to be opened goes into the folder `bench`.
    """

    each: Sequence[Came]
    packs: Sequence[Pack]
    bench: Path
    passwords: tuple[str, ...] = ()


Lookers = Callable[[Looks], Generator[Looked, None, None]]
"""Looks into things and yields what was found, in their order; closed, it stops.

Raises CannotWrite.
"""


def in_turn(looks: Looks) -> Generator[Looked, None, None]:
    """Look into one thing after the other."""
    return (look_into(came, looks) for came in looks.each)


def look_into(came: Came, looks: Looks) -> Looked:
    """Look into what came; nothing that lies in it raises.  Raises CannotWrite.

    It is copied first, and the copy is what is looked into: what is kept is what was read.
    """
    try:
        if message := too_large(came):
            return _nothing(came, message)
        copy, summed = copied(came, looks.bench)
    except OSError as error:
        return _nothing(came, f"“{came.name}”无法读取：{why(error)}。")
    read: list[Read] = []
    opened: list[Path | None] = []
    wants = False
    for parcel in each_parcel(copy, looks.passwords):
        if isinstance(parcel, Closed):
            read.append(_closed(parcel))
            opened.append(None)
            wants = wants or parcel.wants_password
        else:
            held, faults = held_files(parcel)
            read.append(_looked(parcel, held, faults, came, looks.packs))
            opened.append(None if parcel.is_plain else _open(held, looks.bench))
    if not read:
        nothing = _nothing(came, f"“{came.name}”内没有可以读取的文件。")
        return msgspec.structs.replace(nothing, copy=copy, whole_sha256=summed)
    return Looked(
        name=came.name,
        copy=copy,
        whole_sha256=summed,
        read=tuple(read),
        opened=tuple(opened),
        wants_password=wants,
    )


def _nothing(came: Came, message: str) -> Looked:
    closed = Closed(source=came.name, channel=came.channel, message=message)
    return Looked(name=came.name, read=(_closed(closed),), opened=(None,))


def _closed(closed: Closed) -> Read:
    name = plain_line(closed.source)[:500]
    fault = Fault(code="unreadable", where=name, message=plain_line(closed.message)[:500])
    package = Package(source=name, channel=closed.channel, verdict="unreadable", faults=(fault,))
    return Read(package=package)


def _looked(
    parcel: Parcel,
    held: Mapping[str, Held],
    faults: list[Fault],
    came: Came,
    packs: Sequence[Pack],
) -> Read:
    for place in came.missing:
        message = f"这封邮件的第 {place} 封没有收到，请把各封一起放入。"
        faults.append(Fault(code="missing", where=f"第 {place} 封", message=message))
    try:
        said = read_envelope(held)
    except BadManifest as fault:
        faults.append(
            Fault(code="manifest", where="manifest.json", message=plain_line(str(fault))[:500])
        )
        said = None
    read = _by_manifest(parcel, held, said, packs) if said else read_foreign(parcel, held, packs[0])
    package = read.package
    address = only_address(package.sender.email) or only_address(parcel.sender)
    sender = msgspec.structs.replace(package.sender, email=address)
    faults += package.faults
    package = msgspec.structs.replace(package, sender=sender, faults=bounded(faults))
    return msgspec.structs.replace(read, package=package)


def _by_manifest(
    parcel: Parcel, held: Mapping[str, Held], said: Envelope, packs: Sequence[Pack]
) -> Read:
    """Read by the manifest; what its version 1 does not carry is taken from the summary."""
    read = read_package(parcel, held, said)
    if said.version >= 2:
        stale, cases = with_stale(read.package, read.cases, packs)
        faults = bounded([*read.package.faults, *stale])
        package = msgspec.structs.replace(read.package, faults=faults)
        return msgspec.structs.replace(read, package=package, cases=cases)
    pack = next((one for one in packs if one.identity.code == said.pack.code), packs[0])
    cases, sender = completed_by_table(held, read.cases, pack)
    package = read.package
    if not package.sender.phone:
        package = msgspec.structs.replace(package, sender=sender)
    return msgspec.structs.replace(read, package=package, cases=cases)


def _open(held: Mapping[str, Held], bench: Path) -> Path:
    """Put a package's files into a zip of their own, as they are, under a temporary name."""
    place = temporary_beside(bench / "opened")
    try:
        make_folder(bench)
        with zipfile.ZipFile(place, "x", zipfile.ZIP_STORED) as made:
            for path, one in held.items():
                with made.open(zipfile.ZipInfo(path), "w", force_zip64=True) as inside:
                    for piece in one.entry.pieces():
                        inside.write(piece)
    except OSError as error:
        place.unlink(missing_ok=True)
        raise CannotWrite(f"“{bench}”未能写入：{why(error)}。") from error
    return place
