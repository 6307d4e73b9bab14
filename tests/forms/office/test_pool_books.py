"""A pool as a workbook: written, read in again, changed by others; what can not be used is told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from db.store import Store, open_store
from db.store_problems import StaleRevision
from forms.exchange.sheets import Block, Sheet, UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.facts.licence_life import Life, Receipt
from forms.facts.record import Licence, Party
from forms.facts.royalty import EntryRunning, Royalty
from forms.office import pool_entry, pools
from forms.office.pool_book_in import BookPlan, plan
from forms.office.pool_book_out import empty_book, pool_book
from forms.office.pool_book_taken import take
from forms.office.pools import GRADES, PoolView, create, view
from forms.pool.book_columns import PATENTS
from forms.pool.checklists import with_answer
from forms.pool.records import (
    Answer,
    Application,
    Applied,
    Member,
    Opinion,
    Pool,
    PoolLicence,
    PoolPatent,
)

DAY = date(2026, 3, 10)
SOIL, FILTER, MORE = "ZL202010378597.9", "ZL202121450887.6", "ZL202011340128.8"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", now=lambda: datetime(2026, 3, 10, tzinfo=UTC)) as opened:
        yield opened


@pytest.fixture
def full(store: Store) -> PoolView:
    pool = Pool(name="智慧农业专利池", grades=GRADES, categories=("农机装备", "加工与保鲜"))
    pool = with_answer(pool, Answer(item="effect.alone", reply="no", words="章程第九条"))
    kept = create(store, pool)
    school = Party(name="示例大学", kind="unit", phone="027-68880001")
    member = pools.add_member(
        store, kept.id, Member(party=school, joined_on=DAY, share_percent=Decimal("62.5"))
    )
    patent = PoolPatent(number=SOIL, title="土壤墒情", member_id=member.id, entered_on=DAY)
    pools.add_patents(store, kept.id, [msgspec.structs.replace(patent, grade="甲级", report=True)])
    asked = Application(applicant=Party(name="荆楚示例理工大学"), received_on=DAY)
    applied = Applied(number=FILTER, title="=cmd|'/c calc'!A0", register_copy=False)
    asked = msgspec.structs.replace(asked, patents=(applied,))
    reviewed = pool_entry.apply(store, kept.id, asked)
    pool_entry.add_opinion(store, reviewed, Opinion(reviewer="李示例", day=DAY, vote="take_if"))
    fee = EntryRunning(entry_fee=Decimal(10000), rate_percent=Decimal("2.5"), base="net_sales")
    licence = Licence(
        licensee=Party(name="荆州示例农机有限公司", kind="unit"),
        starts_on=DAY,
        royalty=Royalty(way="entry_running", entry_running=fee),
        life=Life(receipts=(Receipt(day=DAY, amount=Decimal("61300.00"), number="回单7"),)),
    )
    pools.add_licence(store, kept.id, PoolLicence(licence=licence, title="一站式许可"))
    return view(store, kept.id)


def _written(content: bytes, tmp_path: Path) -> list[Sheet]:
    file = tmp_path / "专利池.xlsx"
    file.write_bytes(content)
    return read_file(file)


def _table(name: str, *rows: tuple[object, ...]) -> Sheet:
    return Sheet("来件.xlsx", name, [list(row) for row in rows])  # type: ignore[arg-type]


def test_what_was_written_changes_nothing_when_it_is_read_in_again(
    full: PoolView, tmp_path: Path
) -> None:
    found = plan(full, _written(pool_book(full), tmp_path))
    assert found.changes == ()
    assert found.notes == ()


def test_a_whole_pool_comes_over_into_another_store(
    full: PoolView, store: Store, tmp_path: Path
) -> None:
    other = create(store, Pool(name="另一个"))
    planned = plan(view(store, other.id), _written(pool_book(full), tmp_path))
    assert planned.counted() == {
        "概况": (0, 1),
        "成员": (1, 0),
        "专利": (1, 0),
        "入池申请": (1, 0),
        "许可": (1, 0),
    }
    renamed = tuple(
        msgspec.structs.replace(one, record=msgspec.structs.replace(one.record, name="另一个"))
        if one.sheet == "概况"
        else one
        for one in planned.changes
    )
    take(store, other.id, msgspec.structs.replace(planned, changes=renamed))
    after = view(store, other.id)
    assert after.pool.record.grades == full.pool.record.grades
    assert after.pool.record.answers == full.pool.record.answers
    assert after.members[0].record == full.members[0].record
    mine, theirs = after.patents[0].record, full.patents[0].record
    assert msgspec.structs.replace(mine, member_id=theirs.member_id) == theirs
    royalty = after.licences[0].record.licence.royalty
    assert royalty.entry_running == full.licences[0].record.licence.royalty.entry_running


def test_a_formula_of_others_is_written_as_the_text_it_is(full: PoolView, tmp_path: Path) -> None:
    sheets = {one.name: one for one in _written(pool_book(full), tmp_path)}
    assert sheets["入池申请"].rows[1][3] == "=cmd|'/c calc'!A0"


def _planned(full: PoolView, *sheets: Sheet) -> BookPlan:
    return plan(full, sheets)


def test_headings_in_any_order_and_words_of_others_are_understood(
    full: PoolView, store: Store
) -> None:
    sheet = _table(
        "Sheet1",
        ("2026年入池专利",),
        ("序号", "等级", "申请号", "专利权人", "入池日期"),
        (1, "乙级", "202010378597.9", "示例大学", None),
        (2, "丙级", "2020113401288", "示例 大学", "2026年3月15日"),
    )
    found = _planned(full, sheet)
    assert [(one.name, one.is_new, one.fields) for one in found.changes] == [
        (SOIL, False, ("级别",)),
        (MORE, True, ("专利号", "级别", "入池日")),
    ]
    assert take(store, full.pool.id, found) == 2
    after = view(store, full.pool.id)
    assert [(one.record.grade, one.record.title) for one in after.patents] == [
        ("乙级", "土壤墒情"),
        ("丙级", ""),
    ]
    assert {one.record.member_id for one in after.patents} == {after.members[0].id}


def test_what_can_not_be_used_is_told_with_its_place(full: PoolView) -> None:
    sheet = _table(
        "专利",
        ("专利号", "成员", "入池日", "权重"),
        (MORE, "某某公司", DAY, 3),
        ("没有号码", "示例大学", DAY, 3),
        (MORE, "示例大学", "昨天", "很重"),
        (MORE, "示例大学", None, None),
    )
    found = _planned(full, sheet)
    assert [one.name for one in found.changes] == [MORE]
    assert list(found.notes) == [
        "工作表“专利”第 2 行：ZL202011340128.8 成员“某某公司”不在成员表中，未采用",
        "工作表“专利”第 3 行“专利号”一格“没有号码”不能识别，未采用",
        "工作表“专利”第 3 行：没有能识别的专利号，未采用",
        "工作表“专利”第 4 行“入池日”一格“昨天”不能识别，未采用",
        "工作表“专利”第 4 行“权重”一格“很重”不能识别，未采用",
        "工作表“专利”第 4 行：ZL202011340128.8 没有入池日，不计入在池专利",
        "工作表“专利”第 5 行：ZL202011340128.8 重复，未采用",
    ]


def test_a_merged_name_counts_for_each_of_its_rows(full: PoolView) -> None:
    head = ("申请人", "专利号", "评价报告", "收到日期")
    rows = [("宜昌示例生物有限公司", MORE, "有", "2026-03-01"), ("", FILTER, "无", "2026-03-01")]
    sheet = msgspec.structs.replace(
        _table("申请", head, *rows), merged=(Block(top=1, left=0, bottom=2, right=0),)
    )
    (change,) = _planned(full, sheet).changes
    assert [one.number for one in change.record.patents] == [MORE, FILTER]
    assert [one.report for one in change.record.patents] == [True, False]


def test_opinions_and_receipts_come_back_by_their_numbers(full: PoolView, store: Store) -> None:
    application, licence = full.applications[0].id, full.licences[0].id
    opinions = _table(
        "评估意见",
        ("申请编号", "评估人", "意见", "日期"),
        (application, "周示例", "建议入池", DAY),
        (application + 99, "李示例", "建议入池", DAY),
    )
    receipts = _table(
        "到账",
        ("许可编号", "到账日", "金额", "票据号"),
        (licence, DAY, 61300, "回单7"),
        (licence, date(2026, 6, 1), "2,000.50", "回单8"),
    )
    found = _planned(full, opinions, receipts)
    assert (len(found.changes), found.unchanged) == (2, 1)
    take(store, full.pool.id, found)
    after = view(store, full.pool.id)
    assert [one.reviewer for one in after.applications[0].record.opinions] == ["李示例", "周示例"]
    paid = after.licences[0].record.licence.life.receipts
    assert [one.amount for one in paid] == [Decimal("61300.00"), Decimal("2000.50")]


def test_what_was_changed_since_is_not_written_over(full: PoolView, store: Store) -> None:
    found = _planned(full, _table("成员", ("名称", "电话"), ("示例大学", "027-1")))
    (member,) = full.members
    changed = msgspec.structs.replace(member.record, notes="改了")
    from forms.pool.records import MEMBERS

    store.records.of(MEMBERS).save(member.id, changed)
    with pytest.raises(StaleRevision):
        take(store, full.pool.id, found)


def test_a_file_of_something_else_is_refused(full: PoolView) -> None:
    with pytest.raises(UnreadableFile, match="不是专利池的表"):
        _planned(full, _table("工资", ("姓名", "金额"), ("张三", 5)))


def test_a_template_has_the_headings_alone(tmp_path: Path) -> None:
    (sheet,) = _written(empty_book([PATENTS]), tmp_path)
    assert sheet.rows[0] == [field.label for field in PATENTS.fields]
