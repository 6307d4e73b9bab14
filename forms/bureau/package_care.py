"""What a clerk does with packages that were taken in: judge, complete, accept, send to review.

Nothing here merges in silence: which of two cases on a patent counts, the clerk says.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from forms.bureau.duplicates import compared
from forms.bureau.records import (
    LIGHT,
    PACKAGE_CASES,
    PACKAGES,
    CasePaper,
    Fault,
    FaultCode,
    Package,
    PackageCase,
)
from forms.exchange.package_cases import content_sha256
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import Case, Party, Patent
from forms.ground.cleaning import clean_line
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.pack.types import Pack

Standing = Literal[
    "ready", "altered", "duplicate", "missing", "unreadable", "foreign", "faulty", "sent"
]
"""How a package stands for the clerk: 可审核, 校验值不符, 有重复, 缺文件, 不能读取, 无清单，已识别,
有错误, 已送审."""
STANDINGS: tuple[Standing, ...] = (
    *("ready", "altered", "duplicate", "missing", "unreadable", "foreign", "faulty", "sent"),
)
_WORST_FIRST: tuple[tuple[frozenset[FaultCode], Standing], ...] = (
    (frozenset({"altered"}), "altered"),
    (frozenset({"missing"}), "missing"),
    (frozenset({"manifest", "case", "number"}), "faulty"),
    (frozenset({"conflict"}), "duplicate"),
    (frozenset({"no_manifest"}), "foreign"),
    (frozenset({"seal", "stale"}), "missing"),
)
_BY_HAND: frozenset[FaultCode] = frozenset({"number", "no_manifest", "office"})
"""What a clerk who completes a package by hand has settled with it."""


def standing(package: Package) -> Standing:
    """Return how a package stands."""
    if package.sent_to_review is not None:
        return "sent"
    if package.verdict == "unreadable":
        return "unreadable"
    if package.accepted:
        return "ready"
    codes = {fault.code for fault in package.faults}
    if package.manifest_version is None and not package.cases:
        return "foreign"
    return next((name for some, name in _WORST_FIRST if codes & some), "ready")


def hinders(package: Package) -> str:
    """Return why a package can not be sent to review, "" where it can."""
    if package.sent_to_review is not None:
        return "已送审。"
    if package.verdict == "unreadable":
        return "不能读取，请单位重新发送。"
    if not package.office:
        return "单位名称未填写，请填写。"
    if not package.cases:
        return "没有专利，请先登记。"
    if package.verdict == "faulty" and not package.accepted:
        return "有错误，请单位重新发送，或者照收并注明。"
    return ""


def wants_care(package: Package) -> bool:
    """Return whether a package waits for the clerk: faulty or unreadable, not accepted nor sent."""
    is_odd = package.verdict in ("faulty", "unreadable")
    return is_odd and not package.accepted and package.sent_to_review is None


def send_to_review(
    store: CaseStore, package_ids: Iterable[int], *, now: datetime, who: str = ""
) -> tuple[int, list[tuple[Package, str]]]:
    """Send packages to review; how many cases that are, and which packages can not go, and why."""
    keeper, cases = store.records.of(PACKAGES), 0
    left: list[tuple[Package, str]] = []
    with store.transaction():
        for package_id in package_ids:
            kept = keeper.get(package_id)
            if why := hinders(kept.record):
                left.append((kept.record, why))
                continue
            sent = msgspec.structs.replace(kept.record, sent_to_review=now)
            keeper.save(kept.id, sent, revision=kept.revision, who=who, what="送审核")
            cases += kept.record.cases
    return cases, left


def take_back(store: CaseStore, package_ids: Iterable[int], *, who: str = "") -> int:
    """Take packages back from review, where none of their cases is decided; how many were."""
    keeper, cases, done = store.records.of(PACKAGES), store.records.of(PACKAGE_CASES), 0
    with store.transaction():
        for package_id in package_ids:
            kept = keeper.get(package_id)
            states = cases.states(parent=package_id)
            if kept.record.sent_to_review is None or set(states) - {"waiting", "replaced"}:
                continue
            back = msgspec.structs.replace(kept.record, sent_to_review=None)
            keeper.save(kept.id, back, revision=kept.revision, who=who, what="撤回送审")
            done += 1
    return done


def accept(store: CaseStore, package_id: int, words: str, *, who: str = "") -> None:
    """Take a package with its faults (照收并注明); the words say why.  Raises CannotDo."""
    words = clean_line(words)
    if not words:
        raise CannotDo("请注明照收的理由。")
    kept = store.records.of(PACKAGES).get(package_id)
    accepted = msgspec.structs.replace(kept.record, accepted=words)
    store.records.of(PACKAGES).save(kept.id, accepted, revision=kept.revision, who=who, what="照收")


def acknowledge(
    store: CaseStore, package_ids: Iterable[int], *, now: datetime, who: str = ""
) -> None:
    """Note that the units were told of the receipt of their packages (收件回执)."""
    keeper = store.records.of(PACKAGES)
    with store.transaction():
        for package_id in package_ids:
            kept = keeper.get(package_id)
            told = msgspec.structs.replace(kept.record, acknowledged=now)
            keeper.save(kept.id, told, revision=kept.revision, who=who, what="登记回执")


def keep_first(store: CaseStore, kept_id: int, others: Iterable[int], *, who: str = "") -> None:
    """Let one of several cases on a patent count (合并为一件): the others are replaced by it.

    One that had been replaced itself stands again where it stood, returned or waiting.
    Raises CannotDo where one of the others is decided already.
    """
    keeper = store.records.of(PACKAGE_CASES)
    with store.transaction():
        counts = keeper.get(kept_id)
        for other_id in others:
            kept = keeper.get(other_id)
            if kept.record.state not in ("waiting", "replaced"):
                raise CannotDo(f"{kept.record.number} 的另一份已审核，请先撤回审核结果。")
            replaced = msgspec.structs.replace(kept.record, state="replaced")
            keeper.save(kept.id, replaced, revision=kept.revision, who=who, what="合并")
        decision, state = counts.record.decision, counts.record.state
        if state == "replaced":  # by a correction, which is not to count
            state = "returned" if decision is not None else "waiting"
        named = msgspec.structs.replace(counts.record, duplicates=(), state=state)
        keeper.save(counts.id, named, revision=counts.revision, who=who, what="合并")


# --- by hand ------------------------------------------------------------------------------------


class HandEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a clerk types of a patent whose papers were recognised, or not even that.

    `case_id` is the case it completes, None for a further one, `revision` the one that was shown;
    `files` are its files by name.
    """

    number: str
    title: str
    owners: tuple[str, ...] = ()
    case_id: int | None = None
    revision: int | None = None
    files: tuple[str, ...] = ()


def name_office(store: CaseStore, package_id: int, office: str, *, who: str = "") -> None:
    """Say which unit a package is of; its cases follow.  Raises CannotDo."""
    office = clean_line(office)
    if not office:
        raise CannotDo("单位名称未填写，请填写。")
    packages, cases = store.records.of(PACKAGES), store.records.of(PACKAGE_CASES)
    with store.transaction():
        kept = packages.get(package_id)
        batch = 1 + max(
            (
                one.record.batch
                for one in packages.listed(search=office)
                if one.record.office == office and one.id != package_id
            ),
            default=0,
        )
        named = msgspec.structs.replace(
            kept.record,
            office=office,
            batch=batch,
            faults=tuple(one for one in kept.record.faults if one.code != "office"),
        )
        packages.save(kept.id, _judged(named), revision=kept.revision, who=who, what="填写单位")
        for one in cases.listed(parent=package_id):
            of_office = msgspec.structs.replace(one.record, office=office)
            cases.save(one.id, of_office, revision=one.revision, who=who, what="填写单位")


def complete_by_hand(
    store: CaseStore,
    package_id: int,
    entry: HandEntry,
    packs: Sequence[Pack],
    *,
    who: str = "",
) -> int:
    """Keep what a clerk typed of a patent in a package without data; the id of its case.

    Raises CannotDo where number or title can not stand, or another has changed it since.
    """
    number, title = _number(entry.number), clean_line(entry.title)
    if not title:
        raise CannotDo("发明创造名称未填写，请填写。")
    packages, cases = store.records.of(PACKAGES), store.records.of(PACKAGE_CASES)
    with store.transaction():
        package = packages.get(package_id)
        here = cases.listed(parent=package_id)
        if any(one.record.number == number and one.id != entry.case_id for one in here):
            raise CannotDo(f"{number} 已在这一包中，请核对。")
        old = next((one for one in here if one.id == entry.case_id), None)
        if old is not None and entry.revision not in (None, old.revision):
            raise CannotDo(
                f"{old.record.number or '这一件'} 刚在别处改过，请关闭后重新打开再补全。"
            )
        made = _completed(old, entry, number, title, package.record, len(here))
        former = {one.id: one.record for one in packages.listed() if one.id != package_id}
        by_code = {pack.identity.code: pack for pack in packs}
        others, found = compared(cases, former, by_code, package.record, [made])
        made = others[0] if others else made
        if old is None:
            case_id = cases.add(made, parent=package_id, who=who, what="手工登记").id
        else:
            case_id = cases.save(old.id, made, revision=old.revision, who=who, what="补全").id
        kept_cases = cases.listed(parent=package_id)
        faults = [*found.faults, *_left(package.record.faults, kept_cases)]
        done = msgspec.structs.replace(package.record, faults=tuple(faults), cases=len(kept_cases))
        packages.save(
            package.id, _judged(done), revision=package.revision, who=who, what="手工登记"
        )
    return case_id


def _number(text: str) -> str:
    try:
        return parse(clean_line(text)).text
    except NotAPatentNumber as wrong:
        raise CannotDo(
            f"专利号“{clean_line(text)}”有误，请核对，例如 ZL202110771203.0。"
        ) from wrong


def _completed(
    old: Kept[PackageCase] | None,
    entry: HandEntry,
    number: str,
    title: str,
    package: Package,
    count: int,
) -> PackageCase:
    before = old.record if old is not None else PackageCase(place=count + 1)
    case = before.case if old is not None else Case(pack=package.pack_code)
    owners = tuple(Party(name=name) for text in entry.owners if (name := clean_line(text)))
    case = msgspec.structs.replace(
        case,
        patent=msgspec.structs.replace(case.patent, number=number, title=title)
        if old is not None
        else Patent(number=number, title=title),
        owners=owners or case.owners,
    )
    return msgspec.structs.replace(
        before,
        office=package.office,
        case=case,
        content_sha256=content_sha256(case),
        read_from="hand",
        papers=before.papers or _papers(package, entry.files),
        faults=tuple(one for one in before.faults if one.code not in _BY_HAND),
    )


def _papers(package: Package, names: Iterable[str]) -> tuple[CasePaper, ...]:
    by_name = {one.name: one for one in package.files}
    return tuple(
        CasePaper(paper=by_name[name].paper, file=name, sha256=by_name[name].found)
        for name in names
        if name in by_name
    )


def _left(faults: Iterable[Fault], cases: Sequence[Kept[PackageCase]]) -> list[Fault]:
    """The faults that remain once cases are completed by hand."""
    is_whole = all(one.record.number and one.record.case.patent.title for one in cases)
    settled = _BY_HAND - {"office"} if is_whole else frozenset()
    return [one for one in faults if one.code not in settled]


def _judged(package: Package) -> Package:
    """A package with the verdict its faults give."""
    if package.verdict in ("again", "unreadable"):
        return package
    codes = {fault.code for fault in package.faults}
    if codes - LIGHT:
        return msgspec.structs.replace(package, verdict="faulty")
    return msgspec.structs.replace(package, verdict="changed" if "edition" in codes else "new")
