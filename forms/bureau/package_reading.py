"""Look into one package that came: its files against its manifest, its cases as data.

A package of this program names every file with its SHA-256 and carries its cases; all is looked at
as a stranger's, since it came by mail.  What is found is a `Package` and its `PackageCase` records,
without what only the bureau's other packages can tell (the batch, duplicates, the verdict).  A
package without a manifest is read by `forms.bureau.foreign_package`.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from forms.bureau.records import CasePaper, Fault, Package, PackageCase, PackageFile, Sender
from forms.exchange.json_shape import ODD_DAY, odd_days
from forms.exchange.mail import plain_line
from forms.exchange.package_cases import canonical, content_sha256
from forms.exchange.package_manifest import (
    FORMAT,
    MANIFEST_NAME,
    MANIFEST_VERSION,
    CaseSaid,
    FileSaid,
    LineSaid,
    PackSaid,
    SenderSaid,
)
from forms.exchange.parcels import Parcel
from forms.exchange.zip_reading import Entry, UnreadableZip
from forms.facts.derived import number_text
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import Case, Party, Patent
from forms.ground.cleaning import clean_lines
from forms.ground.files import name_key

MAX_MANIFEST_BYTES = 64 << 20
MAX_CASE_BYTES = 256 << 10
MAX_CASES = 20_000
MAX_FAULTS = 500  # of one package: the rest are counted
_MAY_BE_ODD = re.compile(rb'"(?!19|2[01])[0-9]{4}-|\\u')  # a day of a year that no box takes
_LONGEST = 200  # characters of a name that a manifest gives
_UNREADABLE = "清单（manifest.json）无法读取：{}。请单位用本程序重新生成报送包。"


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a parcel, apart from what other packages tell."""

    package: Package
    cases: tuple[PackageCase, ...] = ()


class Held(msgspec.Struct, frozen=True):
    """A file of a parcel as it was found: its sum, its size; `entry` reads it."""

    entry: Entry
    sha256: str
    size: int


class _Line(msgspec.Struct, frozen=True):
    """A case as version 1 names it."""

    patent_number: str | None = None
    title: str = ""
    owners: tuple[str, ...] = ()


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """A manifest of any version, its cases not looked at yet."""

    format: str = ""
    version: int = 1
    pack: PackSaid = PackSaid()
    office: str = ""
    sender: SenderSaid = SenderSaid()
    made_on: date | None = None
    cases: tuple[msgspec.Raw, ...] = ()
    files: tuple[FileSaid, ...] = ()
    missing_seals: tuple[LineSaid, ...] = ()
    stale_seals: tuple[LineSaid, ...] = ()
    wanting: tuple[LineSaid, ...] = ()


class BadManifest(Exception):
    """A manifest that can not be taken by its word; the sentence says why."""


def held_files(parcel: Parcel) -> tuple[dict[str, Held], list[Fault]]:
    """Read every file of a parcel once: what each is by its path, and what can not be read."""
    held: dict[str, Held] = {}
    taken: dict[str, str] = {}
    faults = [
        Fault(code="further", where=_line(path), message=f"“{_line(path)}”{why}。")
        for path, why in parcel.refused
    ]
    for entry in parcel.entries:
        key = name_key(entry.path)
        if key in taken:
            message = f"有两个名为“{_line(entry.path)}”的文件，只核对了第一个，请单位重新发送。"
            faults.append(Fault(code="altered", where=_line(entry.path), message=message))
            continue
        taken[key] = entry.path
        summed, size = hashlib.sha256(), 0
        try:
            for piece in entry.pieces():
                summed.update(piece)
                size += len(piece)
        except UnreadableZip as fault:
            faults.append(
                Fault(code="altered", where=_line(entry.path), message=_line(str(fault), 500))
            )
            continue
        held[entry.path] = Held(entry, summed.hexdigest(), size)
    return held, faults


def contents_sha256(held: Mapping[str, Held]) -> str:
    """Return the SHA-256 of all files of a package by their names, whatever they came in."""
    lines = sorted(f"{path}\0{one.sha256}\n" for path, one in held.items())
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def read_envelope(held: Mapping[str, Held]) -> Envelope | None:
    """Return a parcel's manifest, None where it has none.  Raises BadManifest."""
    found = next((one for path, one in held.items() if path.lower() == MANIFEST_NAME), None)
    if found is None:
        return None
    if found.size > MAX_MANIFEST_BYTES:
        raise BadManifest(_UNREADABLE.format(f"超过 {MAX_MANIFEST_BYTES >> 20} MB"))
    try:
        said = msgspec.json.decode(found.entry.content(MAX_MANIFEST_BYTES), type=Envelope)
    except UnreadableZip as fault:
        raise BadManifest(_UNREADABLE.format("已损坏")) from fault
    except RecursionError as fault:
        raise BadManifest(_UNREADABLE.format("层次过深")) from fault
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as fault:
        raise BadManifest(_UNREADABLE.format("内容不完整或不是报送包的清单")) from fault
    if odd := next(odd_days(said.made_on, "made_on"), ""):
        raise BadManifest(_UNREADABLE.format(f"{odd} 的{ODD_DAY}"))
    if said.format != FORMAT:
        raise BadManifest(_UNREADABLE.format("不是报送包的清单"))
    if said.version > MANIFEST_VERSION:
        words = f"由更新版的程序生成（第 {said.version} 版），请先更新本程序"
        raise BadManifest(_UNREADABLE.format(words))
    if max(len(said.cases), len(said.files)) > MAX_CASES:
        raise BadManifest(_UNREADABLE.format("件数过多"))
    return said


def read_package(parcel: Parcel, held: Mapping[str, Held], said: Envelope) -> Read:
    """Compare a package with its manifest, and take its cases out of it."""
    files, faults = _files(held, said.files)
    cases = list(_cases(said, {one.name: one for one in files}, faults))
    faults += _numbers_twice(cases)
    faults += _seals(said)
    if not said.office.strip():
        message = "清单未写明单位名称，请填写后再送审核。"
        faults.append(Fault(code="office", where="单位名称", message=message))
    office = _line(said.office)
    return Read(
        package=Package(
            office=office,
            sender=Sender(
                name=_line(said.sender.contact),
                phone=_line(said.sender.phone),
                email=_line(said.sender.email),
                region=_line(said.sender.region),
            ),
            pack_code=_line(said.pack.code),
            pack_version=_line(said.pack.version),
            made_on=said.made_on,
            source=_line(parcel.source, 500),
            channel=parcel.channel,
            contents_sha256=contents_sha256(held),
            root=parcel.root,
            size=sum(one.size for one in held.values()),
            faults=bounded(faults),
            manifest_version=said.version,
            files=tuple(files),
            cases=len(cases),
        ),
        cases=tuple(msgspec.structs.replace(one, office=office) for one in cases),
    )


def bounded(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return at most so many faults that a page can show them, the last one counting the rest."""
    if len(faults) <= MAX_FAULTS:
        return tuple(faults)
    message = f"另有 {len(faults) - MAX_FAULTS} 处问题未逐一列出。"
    last = msgspec.structs.replace(faults[MAX_FAULTS], where="", message=message)
    return (*faults[:MAX_FAULTS], last)


def _files(
    held: Mapping[str, Held], listed: Sequence[FileSaid]
) -> tuple[list[PackageFile], list[Fault]]:
    """Each file as the manifest lists it and as it was found, and what does not agree."""
    files: list[PackageFile] = []
    faults: list[Fault] = []
    by_key = {name_key(path): path for path in held}
    seen: set[str] = set()
    names: set[str] = set()
    for said in listed:
        name, number = _line(said.name), _line(said.patent_number or "")
        path = said.name if said.name in held else by_key.get(name_key(said.name), "")
        if not name or path in seen or name in names:
            message = f"清单两次列出“{name}”，或未写名称。"
            faults.append(Fault(code="manifest", where=name, message=message))
            continue
        found = held.get(path)
        names.add(name)
        if found:
            seen.add(path)
        files.append(
            PackageFile(
                name=name,
                listed=said.sha256.lower()[:64],
                found=found.sha256 if found else "",
                size=found.size if found else 0,
                paper=_line(said.paper or ""),
                patent_number=number,
                sealed=said.sealed,
            )
        )
        if found is None:
            message = f"清单列有“{name}”，包内没有这个文件，请单位补发。"
            faults.append(Fault(code="missing", where=name, message=message, patent_number=number))
        elif found.sha256 != said.sha256.lower():
            message = f"“{name}”与清单的校验值不符：打包以后文件又改过，请单位重新生成报送包。"
            faults.append(Fault(code="altered", where=name, message=message, patent_number=number))
    for path, found in held.items():
        if path in seen or path.lower() == MANIFEST_NAME:
            continue
        name = _line(path)
        files.append(PackageFile(name=name, found=found.sha256, size=found.size))
        message = f"“{name}”不在清单之列，未作为文书核对。"
        faults.append(Fault(code="further", where=name, message=message))
    return files, faults


def _cases(
    said: Envelope, files: Mapping[str, PackageFile], faults: list[Fault]
) -> Iterator[PackageCase]:
    """The cases that can be read; what is wrong with one is of it, and of the package."""
    by_name = {_line(one.name): one for one in said.files}
    wanting: dict[str, list[str]] = {}
    for line in said.wanting:
        wanting.setdefault(line.patent_number or line.title, []).extend(line.reasons)
    for place, raw in enumerate(said.cases, 1):
        try:
            one, own = _case(raw, place, said)
        except _NoCase as fault:
            where = f"第 {place} 件"
            faults.append(Fault(code="case", where=where, message=_line(str(fault), 500)))
            continue
        number = number_text(one.case)
        papers = tuple(_papers(one, files, by_name))
        faults += own
        yield PackageCase(
            place=place,
            case=one.case,
            content_sha256=content_sha256(one.case),
            read_from="manifest" if said.version >= 2 else "summary",
            papers=papers,
            wanting=tuple(_line(w, 500) for w in wanting.get(number or one.title, ())),
            faults=tuple(own),
        )


class _NoCase(Exception):
    """A case that can not be read."""


def _case(raw: msgspec.Raw, place: int, said: Envelope) -> tuple[CaseSaid, list[Fault]]:
    """A case and what is wrong with it.  Raises _NoCase."""
    where = f"第 {place} 件"
    if len(memoryview(raw)) > MAX_CASE_BYTES:
        raise _NoCase(f"{where}的数据过长，未读取，请单位重新生成报送包。")
    if said.version < 2:
        return _of_line(raw, place, said), []
    try:
        one = msgspec.json.decode(raw, type=CaseSaid)
        if b"\\u" in memoryview(raw).tobytes():
            one = msgspec.structs.replace(one, case=_cleaned(one.case))
    except (msgspec.DecodeError, RecursionError, ValueError) as fault:
        raise _NoCase(f"{where}的数据不完整，未读取，请单位重新生成报送包。") from fault
    if _MAY_BE_ODD.search(raw) and (odd := next(odd_days(one.case), "")):
        raise _NoCase(f"{where}的数据中 {odd} 的{ODD_DAY}，未读取，请单位核对后重新生成报送包。")
    number = _line(number_text(one.case))
    faults: list[Fault] = []
    if content_sha256(one.case) != one.content_sha256.lower():
        message = f"{number or where}的数据与清单的校验值不符：打包以后改过，请单位重新生成报送包。"
        faults.append(Fault(code="case", where=number or where, message=message))
    if number != (one.patent_number or ""):
        other = _line(one.patent_number or "空")
        message = f"{where}：清单写的专利号是 {other}，数据中是 {number or '空'}。"
        faults.append(Fault(code="number", where=number or where, message=message))
    if not is_number(number):
        message = f"{where}没有可以识别的专利号（{_line(number) or '未填'}），请单位核对。"
        faults.append(Fault(code="number", where=number or where, message=message))
    return one, [msgspec.structs.replace(fault, patent_number=number) for fault in faults]


def _of_line(raw: msgspec.Raw, place: int, said: Envelope) -> CaseSaid:
    """A case of version 1, of which the manifest says number, title and owners."""
    try:
        line = msgspec.json.decode(raw, type=_Line)
    except (msgspec.DecodeError, RecursionError, ValueError) as fault:
        raise _NoCase(f"第 {place} 件的数据不完整，未读取，请单位重新生成报送包。") from fault
    number = line.patent_number or ""
    case = Case(
        pack=_line(said.pack.code),
        patent=Patent(number=number if is_number(number) else None, title=_line(line.title, 500)),
        owners=tuple(Party(name=_line(name)) for name in line.owners[:100]),
        unread={"patent.number": _line(number)} if number and not is_number(number) else {},
    )
    files = tuple(one.name for one in said.files if number and one.patent_number == number)
    return CaseSaid(case=case, content_sha256="", title=line.title, files=files)


def _papers(
    one: CaseSaid, files: Mapping[str, PackageFile], by_name: Mapping[str, FileSaid]
) -> Iterator[CasePaper]:
    for name in map(_line, one.files[:MAX_CASES]):
        file, said = files.get(name), by_name.get(name)
        if file is None or said is None or not file.paper:
            continue
        yield CasePaper(
            paper=file.paper,
            title=_line(said.title),
            file=name,
            sha256=file.found,
            words_sha256=said.words_sha256.lower()[:64],
            sealed=file.sealed,
        )


def _numbers_twice(cases: Sequence[PackageCase]) -> Iterator[Fault]:
    counts = Counter(one.number for one in cases if one.number)
    for number, count in counts.items():
        if count > 1:
            message = f"{number} 在包内有 {count} 件，请单位核对，只留一件。"
            yield Fault(code="number", where=number, message=message, patent_number=number)


def _seals(said: Envelope) -> Iterator[Fault]:
    stale = {(line.patent_number, paper) for line in said.stale_seals for paper in line.papers}
    for line in said.missing_seals:
        number = _line(line.patent_number or "")
        papers = "、".join(
            f"《{_line(paper)}》"
            + ("（签章后内容有改动）" if (line.patent_number, paper) in stale else "")
            for paper in line.papers[:50]
        )
        where = number or "汇总表"
        message = f"{number}缺签章的扫描件：{papers}。" if number else f"{papers}缺签章的扫描件。"
        yield Fault(code="seal", where=where, message=message, patent_number=number)


def is_number(text: str) -> bool:
    """Whether a text is a patent's number."""
    try:
        parse(text)
    except NotAPatentNumber:
        return False
    return True


def _cleaned(case: Case) -> Case:
    """A case whose texts were written with escapes: without what no text of ours holds."""
    return msgspec.json.decode(
        msgspec.json.encode(_clean(msgspec.json.decode(canonical(case)))), type=Case
    )


def _clean(data: Any) -> Any:
    if isinstance(data, str):
        return clean_lines(data)
    if isinstance(data, list):
        return [_clean(one) for one in data]
    if isinstance(data, dict):
        return {clean_lines(name): _clean(one) for name, one in data.items()}
    return data


def _line(text: str, longest: int = _LONGEST) -> str:
    """A stranger's text as one line that turns no direction, of bounded length."""
    return plain_line(text)[:longest]
