"""Keep a real database of the present version as a fixture: run it at every release.

Writes `tests/data/stores/vT-P.db`, T the version of the tables and P the program's, with some
invented records of every kind.  What is there is never overwritten: a released version's
database does not change.

    python tools/make_store.py
"""

from __future__ import annotations

import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import msgspec  # noqa: E402

from db.backup import backup  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from db.tables_version import VERSION  # noqa: E402
from forms.facts.record import Case, Contact, Licence, Office, Party, Patent, Royalty  # noqa: E402
from forms.ground.files import temporary_beside  # noqa: E402
from forms.office.stored import Made, SubmittedFile  # noqa: E402

FOLDER = ROOT / "tests" / "data" / "stores"
MOMENT = datetime(2022, 9, 1, 8, 0, tzinfo=UTC)


def fill(store: Store) -> None:
    """Put some of everything into a store."""
    store.parties.set_office(Office(name="示例大学", contact="张喆", phone="027-68880001"))
    store.settings.put("fixture", "v1")
    case = Case(
        pack="hubei-2022",
        patent=Patent(
            number="ZL202110345678.3",
            title="一种水稻育秧装置",
            filing_date=date(2021, 3, 31),
            inventors=("李四", "Wang Wu"),
        ),
        owners=(Party(name="示例大学", kind="unit"), Party(name="武汉示例科技有限公司")),
        contact=Contact(name="张喆", phone="027-68880001"),
        royalty=Royalty(way="free"),
        offer_end=date(2030, 12, 31),
        department="农学院",
        notes="等评价报告",
        unread={"patent.grant_date": "二〇二二年初"},
    )
    first = store.cases.save(
        case, imported={"patent.title": "一种水稻育秧装置"}, who="甲", what="导入"
    )
    renamed = msgspec.structs.replace(case, region="湖北省")
    store.cases.save(renamed, case_id=first.id, revision=1, who="乙", what="修改")
    binned = store.cases.save(Case(patent=Patent(title="已删除的案卷")), who="甲", what="新建")
    store.cases.bin(binned.id, who="甲")
    licence = Licence(licensee=Party(name="襄阳示例轨道装备股份有限公司"))
    store.licences.add(first.id, licence, who="甲", what="登记")
    store.parties.remember(Party(name="示例大学", kind="unit"))
    made = Made(
        paper="info",
        format="pdf",
        words="信息表的文字",
        sha256="0" * 64,
        draft=False,
        pack_code="hubei-2022",
        pack_version="1",
        case_id=first.id,
    )
    export = store.papers.record_export(made)
    store.papers.add_scan(first.id, "info", b"%PDF-1.4 sealed", export.words_sha256, who="甲")
    sent = store.papers.record_submission(
        [SubmittedFile(name="信息表.pdf", sha256="0" * 64, case_id=first.id, paper="info")],
        pack_code="hubei-2022",
        pack_version="1",
        who="甲",
    )
    store.papers.note_sent(sent.id, MOMENT)
    store.events.log("import.done", who="甲", counts={"new": 2})


def make(folder: Path = FOLDER) -> Path:
    """Make the fixture and return its place.  Raises FileExistsError."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    target = folder / f"v{VERSION}-{project['version']}.db"
    if target.exists():
        raise FileExistsError(f"{target.name} is there: a released version's is never made anew")
    folder.mkdir(parents=True, exist_ok=True)
    scratch = temporary_beside(target)
    try:
        with open_store(scratch, now=lambda: MOMENT) as store:
            fill(store)
        backup(scratch, target)
    finally:
        for left in folder.glob(f"{scratch.name}*"):
            left.unlink()
    target.chmod(0o644)
    return target


if __name__ == "__main__":
    print(make())
