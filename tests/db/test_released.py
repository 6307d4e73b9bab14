"""A real database of every released version still opens, with everything in it."""

import re
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from db.store import open_store
from forms.facts.ledger import entry_of
from tools import make_store

Clock = Callable[[], datetime]

ROOT = Path(__file__).resolve().parents[2]
STORES = sorted((ROOT / "tests" / "data" / "stores").glob("*.db"))


def test_every_released_version_has_its_fixture() -> None:
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[([\d.]+)\] - \d", log, re.MULTILINE)
    kept = {file.stem.partition("-")[2] for file in STORES}
    assert kept
    assert set(released) <= kept, "run tools/make_store.py"


@pytest.mark.parametrize("released", STORES, ids=lambda file: file.stem)
def test_it_opens_with_everything_in_it(released: Path, tmp_path: Path, clock: Clock) -> None:
    file = Path(shutil.copy(released, tmp_path / "openlicense.db"))
    with open_store(file, now=clock) as store:
        assert store.examine().faults == ()
        (stored,) = store.cases.listed()
        case = stored.case
        assert stored.revision == 2
        assert stored.imported == {"patent.title": "一种水稻育秧装置"}
        assert case.patent.number == "ZL202110345678.3"
        assert case.patent.filing_date == date(2021, 3, 31)
        assert case.unread == {"patent.grant_date": "二〇二二年初"}
        assert [(v.version, v.who, v.what) for v in store.cases.versions(stored.id)] == [
            (2, "乙", "修改"),
            (1, "甲", "导入"),
        ]
        assert store.patents.one(stored.patent_id).entry == entry_of(case)
        assert len(store.patents.listed()) == 2
        assert [one.case.patent.title for one in store.cases.binned()] == ["已删除的案卷"]
        is_before_notes = released.stem.startswith(("v1-", "v2-"))
        kept = ("", "") if is_before_notes else ("农学院", "等评价报告")
        assert (case.department, case.notes) == kept
        (row,) = store.register.rows_of([stored.id])
        assert (row.inventors, row.department) == ("李四、Wang Wu", kept[0])
        assert store.register.search("Wang") == [stored.id]
        (licence,) = store.licences.of_case(stored.id)
        assert licence.licence.licensee.name == "襄阳示例轨道装备股份有限公司"
        assert store.parties.office().name == "示例大学"
        assert [one.party.name for one in store.parties.listed()] == ["示例大学"]
        scan = store.papers.scan(stored.id, "info")
        assert scan is not None
        assert store.papers.scan_content(scan) == b"%PDF-1.4 sealed"
        assert store.papers.printed_words(scan.words_sha256) == "信息表的文字"
        (submission,) = store.papers.submissions()
        assert submission.sent_at is not None
        assert {event.what for event in store.events.listed()} >= {"import.done", "case.binned"}
        assert store.settings.get("fixture") == "v1"
        store.cases.save(case, case_id=stored.id, who="丙")


def test_a_released_one_is_never_made_anew(tmp_path: Path) -> None:
    made = make_store.make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [made.name]
    with pytest.raises(FileExistsError, match="never made anew"):
        make_store.make(tmp_path)
