"""The invented sample of a bureau: what some offices hand in, taken in, partly examined, published.

The packages are made as offices make them, from the pack's own sample, and come in every way
packages come in: a zip, a folder, a mail; one was changed after it was packed, one patent comes
from two offices, one has no manifest, one can not be read.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from db.store import Store, open_store
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from forms.bureau.intake import TakenIn, take_in
from forms.bureau.originals import originals_folder
from forms.bureau.package_care import send_to_review
from forms.bureau.records import (
    PACKAGE_CASES,
    PACKAGES,
    REPORTED_LICENCES,
    Decision,
    PackageCase,
    Reason,
    ReportedLicence,
    State,
)
from forms.bureau.units import EXPERTS, REPORT_TERMS, UNITS, Expert, ReportTerm, Unit, quarter_of
from forms.exchange.package import Written
from forms.facts.record import Case, Office, Party
from forms.office.case_import import import_sheets, read_files
from forms.office.paper_making import (
    batch_papers,
    composed,
    composed_of_batch,
    made,
    sealed_papers,
)
from forms.office.stored import Kept
from forms.office.submission import submit
from forms.pack.types import Pack
from forms.paper.document_words import words_sha256

BUREAU = Office(
    name="示例省知识产权局",
    contact="周敏",
    phone="027-8700 0001",
    email="kfxk@example.gov.cn",
    region="示例省",
)
_CLASSES = ("C08L 1/02", "A01G 9/14", "B25J 11/00", "C12N 15/10", "F24S 20/40", "G06T 7/00")
_ALTERED = b"\n% changed after it was packed"


@dataclass(frozen=True)
class _Handed:
    """What an office hands in: which of the sample's cases, in which way, how long ago."""

    office: str
    cases: tuple[int, ...]
    way: str  # zip, folder, mail, altered, papers
    hours: int
    state: State | None = None
    """How its cases stand once it was sent to review; None where it was not."""


_HANDED = (
    _Handed("示例大学", (0, 1, 2), "zip", 24 * 150, "published"),
    _Handed("示例中医药大学", (4, 5), "zip", 24 * 80, "published"),
    _Handed("武汉示例工程大学", (6, 7), "zip", 24 * 20, "passed"),
    _Handed("荆楚示例理工大学", (8, 10), "mail", 24 * 14, "returned"),
    _Handed("襄阳示例大学", (11,), "folder", 24 * 5, "waiting"),
    _Handed("江汉示例学院", (12, 13), "altered", 26),
    _Handed("示例水环境研究院", (3,), "papers", 20),
    _Handed("荆楚示例理工大学", (17, 6), "mail", 5),
    _Handed("示例大学", (9,), "zip", 2),
)
_SILENT = ("黄石示例学院", "孝感示例学院", "十堰示例汽车学院", "宜昌示例职业学院")
_REGIONS = ("武汉市", "襄阳市", "荆州市", "宜昌市", "黄石市", "孝感市", "十堰市")


def fill_with_bureau_sample(desk: Desk, report: Report) -> None:
    """Take in the sample's packages where there is nothing yet; a job's work."""
    pack, day = desk.pack, desk.now()
    with desk.own_store() as store, tempfile.TemporaryDirectory() as made_in:
        if not pack.sample or store.records.of(PACKAGES).count():
            return
        if not store.parties.office().name:
            store.parties.set_office(BUREAU)
        _fill_roll(store, desk.today)
        for place, (handed, paths) in enumerate(_packages(pack, Path(made_in), day)):
            at = day - timedelta(hours=handed.hours)
            taken = _take(store, pack, paths, at, desk.who)
            ids = [one.package_id for one in taken if one.package_id is not None]
            if handed.state is not None:
                send_to_review(store, ids, now=at + timedelta(hours=3), who=desk.who)
                _examine(store, ids, handed.state, at + timedelta(days=2), desk)
            report(place, len(_HANDED), handed.office)
        broken = Path(made_in) / "农科院报送.rar"
        broken.write_bytes(b"Rar!\x1a\x07\x01\x00")
        _take(store, pack, [broken], day - timedelta(hours=1), desk.who)
        _report_licences(store, desk.today)


def _take(store: Store, pack: Pack, paths: Sequence[Path], at: datetime, who: str) -> list[TakenIn]:
    """Take in what came at a moment."""
    originals = originals_folder(store.path.parent)
    return take_in(store, paths, originals, [pack], now=lambda: at, who=who)


def _fill_roll(store: Store, today: date) -> None:
    """The units, an expert, and until when the quarter is to be reported."""
    names = dict.fromkeys((*(one.office for one in _HANDED), *_SILENT, "示例农业科学院"))
    units = [
        Unit(
            name=name,
            kind="高校" if "大学" in name or "学院" in name else "科研院所",
            region=_REGIONS[place % len(_REGIONS)],
            contact=("陈思远", "王敏", "李卓", "赵一凡")[place % 4],
            phone=f"027-8700 {1000 + place * 7}",
            email=f"zscq{place + 1}@example.edu.cn",
        )
        for place, name in enumerate(names)
    ]
    store.records.of(UNITS).add_all(units)
    expert = Expert(name="林工", employer="示例专利审查协作中心", field="新材料", region="武汉市")
    store.records.of(EXPERTS).add(expert)
    quarter = quarter_of(today)
    term = ReportTerm(
        quarter=quarter.code,
        due=today - timedelta(days=4),
        publishes=today + timedelta(days=7),
        basis="本局通知 第二条",
    )
    store.records.of(REPORT_TERMS).add(term)


def _packages(pack: Pack, folder: Path, now: datetime) -> Iterator[tuple[_Handed, Sequence[Path]]]:
    """Yield what each office hands in, as files."""
    with open_store(folder / "样例.db", now=lambda: now) as store:
        import_sheets(store, pack, read_files([pack.folder / str(pack.sample)]))
        cases = [one.case for one in store.cases.listed()]
    for place, handed in enumerate(_HANDED):
        some = [_of(cases[at % len(cases)], handed.office, at) for at in handed.cases]
        home = folder / f"{place:02d}"
        written = _written(pack, handed.office, some, home, now)
        yield handed, _as_it_comes(written, handed, home / "来件")


def _of(case: Case, office: str, place: int) -> Case:
    """A case of the sample as an office's own, with a class."""
    owner = Party(name=office, kind="unit")
    owners = (owner, *case.owners[1:])
    patent = msgspec.structs.replace(case.patent, main_class=_CLASSES[place % len(_CLASSES)])
    return msgspec.structs.replace(case, owners=owners, patent=patent)


def _written(pack: Pack, name: str, cases: Sequence[Case], home: Path, now: datetime) -> Written:
    """Make an office's package, its papers sealed."""
    office = Office(
        name=name, contact="王敏", phone="027-8700 0200", region="示例省", email="ip@example.edu.cn"
    )
    with open_store(home / "单位.db", now=lambda: now) as store:
        store.parties.set_office(office)
        ids = store.cases.add_all([(case, {}, "") for case in cases])
        for stored in store.cases.listed(ids=ids):
            for paper in sealed_papers(pack, stored.case):
                document = composed(pack, paper, stored.case, office)
                one = made(document, "pdf", pack, case_id=stored.id)
                store.papers.record_exports([one])
                scan = one.content + b"\n% as scanned"
                store.papers.add_scan(stored.id, paper.code, scan, words_sha256(document))
        chosen = store.cases.listed(ids=ids)
        for paper in batch_papers(pack):
            if "pdf" in paper.formats:
                together = composed_of_batch(pack, paper, [one.case for one in chosen], office)
                one = made(together, "pdf", pack)
                store.papers.record_exports([one])
                scan = one.content + b"\n% as scanned"
                store.papers.add_scan(None, paper.code, scan, words_sha256(together))
        return submit(store, pack, now.date(), chosen, home / "报送", skip_faulty=True).written


def _as_it_comes(written: Written, handed: _Handed, folder: Path) -> Sequence[Path]:
    """What of a package is sent, and in which way."""
    folder.mkdir()
    if handed.way == "mail":
        return written.mails
    if handed.way == "zip":
        return [written.zip]
    if handed.way == "papers":
        place = folder / f"{handed.office}扫描件"
        place.mkdir()
        for file in written.folder.rglob("*.pdf"):
            shutil.copy(file, place / file.name)
        return [place]
    place = folder / f"{handed.office}报送"
    shutil.copytree(written.folder, place)
    if handed.way == "altered":
        for file in sorted(place.rglob("*.pdf"))[:2]:
            file.write_bytes(file.read_bytes() + _ALTERED)
    return [place]


def _examine(
    store: Store, package_ids: Sequence[int], state: State, at: datetime, desk: Desk
) -> None:
    """Let the cases of some packages be examined, all with the same result."""
    if state == "waiting":
        return
    shelf = store.records.of(PACKAGE_CASES)
    for package_id in package_ids:
        for kept in shelf.listed(parent=package_id):
            decided = msgspec.structs.replace(
                kept.record, state=state, decision=_decision(kept, state, at, desk)
            )
            shelf.save(kept.id, decided, who=desk.who, what="审核")


def _decision(kept: Kept[PackageCase], state: State, at: datetime, desk: Desk) -> Decision:
    if state == "returned":
        reason = Reason(message="声明扫描件缺第 2 位专利权人签章，请补正。", basis="信息表 附件1")
        deadline = desk.today + timedelta(days=1)
        return Decision(verdict="return", reasons=(reason,), deadline=deadline, by=desk.who, at=at)
    return Decision(verdict="pass", by=desk.who, at=at)


def _report_licences(store: Store, today: date) -> None:
    """Licences that the offices reported."""
    published = store.records.of(PACKAGE_CASES).listed(state="published")
    licences = [
        ReportedLicence(
            patent_number=one.record.number,
            title=one.record.case.patent.title,
            office=one.record.office,
            licensee="武汉示例电力巡检有限公司",
            royalty="免费",
            signed_on=today - timedelta(days=30 + place),
            reported_on=today - timedelta(days=10),
            source="季度报表",
        )
        for place, one in enumerate(published[:3])
    ]
    store.records.of(REPORTED_LICENCES).add_all(licences)
