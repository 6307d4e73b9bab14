"""Patents that came before: from the same office in the same or in other words, or from another.

Told on both sides: the case that comes is told of the former ones (`PackageCase.duplicates`), and
those are told of it.  Nothing is merged here.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from forms.bureau.records import Duplicate, Fault, FaultCode, Package, PackageCase
from forms.check.changes import changes
from forms.ground.cleaning import fold
from forms.office.store import KindKeeper
from forms.office.stored import Kept
from forms.pack.types import Pack

_PAPERS = "所附文书"


class Former(msgspec.Struct, frozen=True, kw_only=True):
    """A case that came before, and the later ones on its patent: place -> how that one differs."""

    case: PackageCase
    later: dict[int, Duplicate]

    def with_later(self, package_id: int, package: Package, ids: Mapping[int, int]) -> PackageCase:
        """The former case, told of the later ones, which are kept by now under `ids`.

        One that was returned (退回补正) to the office whose correction this is counts no more.
        """
        told = tuple(
            msgspec.structs.replace(
                one,
                case_id=ids[place],
                package_id=package_id,
                office=package.office,
                batch=package.batch,
            )
            for place, one in self.later.items()
        )
        is_corrected = any(one.kind != "other_office" for one in told)
        return msgspec.structs.replace(
            self.case,
            duplicates=(*self.case.duplicates, *told),
            state="replaced" if is_corrected and self.case.state == "returned" else self.case.state,
        )


class Found(msgspec.Struct, kw_only=True):
    """What was found of a package's patents; `told` are former cases, by their ids."""

    faults: list[Fault]
    told: dict[int, Former]
    new: int = 0
    again: int = 0
    conflict: int = 0


def compared(
    keeper: KindKeeper[PackageCase],
    packages: Mapping[int, Package],
    packs: Mapping[str, Pack],
    package: Package,
    cases: Sequence[PackageCase],
) -> tuple[list[PackageCase], Found]:
    """Compare a package's cases with those that came before; the cases to be kept, and what to say.

    A case that came from the same office in the same words with the same papers is not among them.
    """
    numbers = dict.fromkeys(one.number for one in cases if one.number)
    before: dict[str, list[Kept[PackageCase]]] = {}
    for kept in keeper.listed(keys=numbers) if numbers else ():
        if kept.record.state != "replaced" and kept.parent_id in packages:
            before.setdefault(kept.record.number, []).append(kept)
    found = Found(faults=[], told={})
    result = []
    for one in cases:
        former = before.get(one.number, []) if one.number else []
        same = next((kept for kept in former if _is_same(kept.record, one)), None)
        if same is not None:
            found.again += 1
            found.faults.append(_told_same(one, same, packages))
            continue
        if not former:
            found.new += 1
            result.append(one)
            continue
        found.conflict += 1
        duplicates = []
        for kept in former:
            duplicate = _duplicate(kept, one, packages, packs)
            duplicates.append(duplicate)
            back = msgspec.structs.replace(duplicate, place=one.place)
            told = found.told.setdefault(kept.id, Former(case=kept.record, later={}))
            told.later[one.place] = back
        faults = tuple(_told(one, duplicates))
        found.faults += faults
        result.append(
            msgspec.structs.replace(
                one, duplicates=tuple(duplicates), faults=(*one.faults, *faults)
            )
        )
    return result, found


def _is_same(former: PackageCase, one: PackageCase) -> bool:
    return (
        fold(former.office) == fold(one.office)
        and former.content_sha256 == one.content_sha256
        and _papers(former) == _papers(one)
    )


def _papers(one: PackageCase) -> set[tuple[str, str]]:
    return {(paper.paper, paper.sha256) for paper in one.papers}


def _duplicate(
    kept: Kept[PackageCase],
    one: PackageCase,
    packages: Mapping[int, Package],
    packs: Mapping[str, Pack],
) -> Duplicate:
    former = kept.record
    package_id = kept.parent_id or 0
    is_own = fold(former.office) == fold(one.office)
    differs = _differs(former, one, packs)
    sealed = {paper.sha256 for paper in former.papers if paper.sealed}
    is_resealed = not sealed & {paper.sha256 for paper in one.papers if paper.sealed}
    is_after = is_own and not is_resealed and former.content_sha256 != one.content_sha256
    return Duplicate(
        kind="after_sealing" if is_after else "edition" if is_own else "other_office",
        case_id=kept.id,
        package_id=package_id,
        office=former.office,
        batch=packages[package_id].batch,
        place=former.place,
        differs=differs,
    )


def _differs(former: PackageCase, one: PackageCase, packs: Mapping[str, Pack]) -> tuple[str, ...]:
    """The boxes whose contents are not the same, in the pack's words; the papers last."""
    pack = packs.get(one.case.pack)
    told: tuple[str, ...] = ()
    if former.content_sha256 != one.content_sha256:
        boxes = [change.box for change in changes(former.case, one.case, pack)] if pack else []
        told = tuple(dict.fromkeys(boxes))
    return told if _papers(former) == _papers(one) else (*told, _PAPERS)


def place_of(office: str, batch: int, place: int) -> str:
    """How a message names a case's place: "示例大学第 3 批第 9 件"."""
    return f"{office or '未写明的单位'}第 {batch} 批第 {place} 件"


def _told_same(one: PackageCase, same: Kept[PackageCase], packages: Mapping[int, Package]) -> Fault:
    former = same.record
    at = place_of(former.office, packages[same.parent_id or 0].batch, former.place)
    message = f"{one.number} 与{at}相同，未重复登记。"
    return Fault(code="same", where=one.number, message=message, patent_number=one.number)


def _told(one: PackageCase, duplicates: Sequence[Duplicate]) -> Iterator[Fault]:
    for duplicate in duplicates:
        at = place_of(duplicate.office, duplicate.batch, duplicate.place)
        differs = f"，不同之处：{'、'.join(duplicate.differs[:8])}" if duplicate.differs else ""
        if duplicate.kind == "other_office":
            message = f"{one.number} 另有{at}报送{differs}。请两家协商，或者合并为一件。"
        elif duplicate.kind == "after_sealing":
            message = (
                f"{one.number} 与{at}用同一份签章扫描件，内容却有改动{differs}。请单位重新签章。"
            )
        else:
            message = f"{one.number} 在{at}报送过{differs}。请核对以哪一份为准。"
        code: FaultCode = "conflict" if duplicate.kind == "other_office" else "edition"
        yield Fault(code=code, where=one.number, message=message, patent_number=one.number)
