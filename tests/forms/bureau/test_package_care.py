"""What a clerk does with packages: completed by hand, accepted, one of two let count, sent on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec
import pytest

from db.store import Store, open_store
from forms.bureau import package_care as care
from forms.bureau.intake import TakenIn, take_in
from forms.bureau.originals import originals_folder
from forms.bureau.records import PACKAGE_CASES, PACKAGES, Fault, Package, PackageCase
from forms.ground.locate import packs_folder
from forms.office.store import CannotDo
from forms.office.stored import Kept
from forms.pack.load import load
from forms.pack.types import Pack

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
FIRST, SECOND = "ZL202110771203.0", "ZL202120862680.3"


@cache
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "数据" / "省局.db", now=lambda: NOW) as opened:
        yield opened


def papers(store: Store, name: str, *files: str) -> TakenIn:
    """A folder of papers without a manifest, taken in."""
    folder = store.path.parent.parent / name
    folder.mkdir()
    for file in files:
        (folder / file).write_bytes(b"%PDF-1.7\n" + name.encode() + file.encode())
    originals = originals_folder(store.path.parent)
    (taken,) = take_in(store, [folder], originals, [pack()], now=lambda: NOW)
    return taken


def case_of(store: Store, package_id: int) -> Kept[PackageCase]:
    return store.records.of(PACKAGE_CASES).listed(parent=package_id)[0]


def test_recognised_papers_go_to_review_once_unit_and_title_are_typed(store: Store) -> None:
    taken = papers(store, "水环境研究院", f"{FIRST}_信息表.pdf")
    package_id = taken.package_id
    assert package_id is not None and care.standing(taken.package) == "foreign"
    assert care.hinders(taken.package) == "单位名称未填写，请填写。"
    care.name_office(store, package_id, " 示例水环境研究院 ")
    case = case_of(store, package_id)
    entry = care.HandEntry(
        number="202110771203.0", title="自适应滤波方法", owners=("示例大学",), case_id=case.id
    )
    shown = msgspec.structs.replace(entry, revision=case.revision)
    care.complete_by_hand(store, package_id, entry, [pack()])
    with pytest.raises(CannotDo, match="刚在别处改过"):  # a sheet that was opened before
        care.complete_by_hand(store, package_id, shown, [pack()])
    done, kept = case_of(store, package_id).record, store.records.of(PACKAGES).get(package_id)
    assert (done.office, done.number, done.case.patent.title) == (
        *("示例水环境研究院", FIRST, "自适应滤波方法"),
    )
    assert done.read_from == "hand" and [one.name for one in done.case.owners] == ["示例大学"]
    assert done.papers  # what was recognised stays
    assert care.standing(kept.record) == "ready" and care.hinders(kept.record) == ""
    assert care.send_to_review(store, [package_id], now=NOW) == (1, [])
    assert care.standing(store.records.of(PACKAGES).get(package_id).record) == "sent"


def test_a_wrong_number_is_told_and_nothing_is_kept(store: Store) -> None:
    taken = papers(store, "扫描件", "第一件.pdf")
    assert taken.package_id is not None and taken.package.cases == 0
    with pytest.raises(CannotDo, match="专利号"):
        care.complete_by_hand(
            store, taken.package_id, care.HandEntry(number="12345", title="甲"), [pack()]
        )
    assert store.records.of(PACKAGE_CASES).count(parent=taken.package_id) == 0
    entry = care.HandEntry(number=SECOND, title="甲", files=("第一件.pdf",))
    care.complete_by_hand(store, taken.package_id, entry, [pack()])
    with pytest.raises(CannotDo, match="已在这一包中"):
        care.complete_by_hand(store, taken.package_id, entry, [pack()])
    assert [one.file for one in case_of(store, taken.package_id).record.papers] == ["第一件.pdf"]


def test_what_is_typed_of_a_patent_that_came_before_is_told_and_the_clerk_says_which_counts(
    store: Store,
) -> None:
    first, second = (papers(store, name, f"{FIRST}.pdf") for name in ("甲", "乙"))
    assert first.package_id is not None and second.package_id is not None
    ids = []
    for taken, office in ((first, "示例大学"), (second, "江汉示例学院")):
        assert taken.package_id is not None
        care.name_office(store, taken.package_id, office)
        case = case_of(store, taken.package_id)
        entry = care.HandEntry(number=FIRST, title="滤波方法", case_id=case.id)
        ids.append(care.complete_by_hand(store, taken.package_id, entry, [pack()]))
    package = store.records.of(PACKAGES).get(second.package_id).record
    assert care.standing(package) == "duplicate"
    assert [one.case_id for one in case_of(store, second.package_id).record.duplicates] == [ids[0]]
    care.keep_first(store, ids[0], [ids[1]])
    shelf = store.records.of(PACKAGE_CASES)
    assert [shelf.get(one).record.state for one in ids] == ["waiting", "replaced"]


def test_a_faulty_package_is_accepted_with_a_reason_and_taken_back_from_review(
    store: Store,
) -> None:
    shelf = store.records.of(PACKAGES)
    altered = Fault(code="altered", where="甲.pdf", message="与清单不符。")
    package = Package(office="示例大学", cases=1, verdict="faulty", faults=(altered,))
    kept = shelf.add(package)
    assert care.standing(package) == "altered" and care.wants_care(package)
    cases, left = care.send_to_review(store, [kept.id], now=NOW)
    assert cases == 0 and "照收并注明" in left[0][1]
    with pytest.raises(CannotDo, match="理由"):
        care.accept(store, kept.id, "  ")
    care.accept(store, kept.id, "电话核对，只改了文件名")
    assert not care.wants_care(shelf.get(kept.id).record)
    assert care.send_to_review(store, [kept.id], now=NOW)[0] == 1
    assert care.take_back(store, [kept.id]) == 1
    decided = PackageCase(office="示例大学", state="passed")
    store.records.of(PACKAGE_CASES).add(decided, parent=kept.id)
    care.send_to_review(store, [kept.id], now=NOW)
    assert care.take_back(store, [kept.id]) == 0  # somebody has decided
