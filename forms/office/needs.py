"""Needs of companies (企业需求): what is wanted, where, for how much; and what was sent to whom.

Taken in from a workbook (湖北省试点工作通知 三（二） 精准匹配并推送).  A need is the same one again
where company and words agree; then it is brought up to date and keeps what was sent.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from forms.exchange.plain_table import TableColumn, TableRead, TableRow
from forms.facts.record_shape import WithAmounts
from forms.ground.cleaning import fold
from forms.ground.record_kind import RecordKind
from forms.office.store import CaseStore
from forms.office.stored import Kept
from forms.output.plain_book import SheetOfRows, write_plain_book

Answer = Literal["", "interested", "talking", "licensed", "declined"]
ANSWERS: Mapping[Answer, str] = {
    "": "未回复",
    "interested": "有意向",
    "talking": "洽谈中",
    "licensed": "已达成许可",
    "declined": "无意向",
}


class Push(WithAmounts, frozen=True):
    """What was sent (推送): the patent's number, when, by whom, what the company answered."""

    number: str
    title: str = ""
    on: date | None = None
    by: str = ""
    answer: Answer = ""
    answered_on: date | None = None


class Need(WithAmounts, frozen=True):
    """A company's need.  `budget` is the most it would pay first, in yuan; None where not said."""

    company: str = ""
    words: str = ""
    field: str = ""
    region: str = ""
    budget: Decimal | None = None
    contact: str = ""
    phone: str = ""
    email: str = ""
    notes: str = ""
    closed: bool = False
    pushes: tuple[Push, ...] = ()

    @property
    def state(self) -> str:
        """ "open", "pushed" once something was sent, or "closed"."""
        return "closed" if self.closed else "pushed" if self.pushes else "open"


NEEDS = RecordKind(
    name="need",
    shape=Need,
    word="企业需求",
    key=lambda need: need.company,
    state=lambda need: need.state,
    searched=lambda need: (need.company, need.words, need.field, need.region),
)

COLUMNS = (
    TableColumn(
        name="company",
        header="企业名称",
        words=("名称", "单位名称", "公司名称", "需求方", "企业"),
        asked=True,
        width=32,
    ),
    TableColumn(
        name="words",
        header="技术需求",
        words=("需求", "需求描述", "需求内容", "技术需求描述", "关键词", "需求关键词"),
        kind="long_text",
        asked=True,
        width=48,
    ),
    TableColumn(name="field", header="行业领域", words=("领域", "行业", "技术领域", "所属行业")),
    TableColumn(name="region", header="地区", words=("所在地区", "所在地", "市州", "城市")),
    TableColumn(
        name="budget",
        header="可接受的许可使用费（元）",
        words=("可接受的许可使用费", "预算", "可接受费用", "许可费预算", "意向金额"),
        kind="money",
        width=24,
    ),
    TableColumn(name="contact", header="联系人", words=("联系人姓名",), width=12),
    TableColumn(name="phone", header="联系电话", words=("电话", "手机"), width=16),
    TableColumn(name="email", header="电子信箱", words=("电子邮件", "电子邮箱", "邮箱"), width=26),
    TableColumn(name="notes", header="备注", kind="long_text", width=24),
)
"""The columns of the workbook; the first heading of each is the template's."""


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """What a workbook comes to: needs that are new, brought up to date, as they were, left out."""

    new: tuple[Need, ...]
    changed: tuple[Need, ...]
    unchanged: int
    left_out: tuple[str, ...]


def template() -> bytes:
    """The workbook to be filled with needs."""
    head = tuple(column.header for column in COLUMNS)
    widths = tuple(column.width for column in COLUMNS)
    return write_plain_book([SheetOfRows("企业需求", head, (), widths)], "企业需求")


def as_book(needs: Sequence[Need]) -> bytes:
    """Needs as a workbook that can be read back, with what was sent on a sheet of its own."""
    head = tuple(column.header for column in COLUMNS)
    rows = [tuple(getattr(need, column.name) for column in COLUMNS) for need in needs]
    sent = [
        (need.company, push.number, push.title, push.on, push.by, ANSWERS[push.answer])
        for need in needs
        for push in need.pushes
    ]
    of_sent = ("推送给", "专利号", "专利名称", "推送日期", "经办人", "回复")
    widths = tuple(column.width for column in COLUMNS)
    sheets = [SheetOfRows("企业需求", head, rows, widths), SheetOfRows("推送记录", of_sent, sent)]
    return write_plain_book(sheets, "企业需求")


def take_in(store: CaseStore, read: TableRead, *, who: str = "", dry_run: bool = False) -> TakenIn:
    """Take in the needs of a workbook, all or nothing; `dry_run` only says what would come."""
    shelf = store.records.of(NEEDS)
    with store.transaction():
        known = {_same(one.record): one for one in shelf.listed()}
        new: dict[tuple[str, str], Need] = {}
        changed: list[tuple[Kept[Need], Need]] = []
        unchanged = 0
        for row in read.rows:
            made = _need(row)
            key = _same(made)
            if (there := known.get(key)) is None:
                new[key] = made
                continue
            after = _brought_up(there.record, made)
            if after == there.record:
                unchanged += 1
            else:
                changed.append((there, after))
        if not dry_run:
            shelf.add_all(list(new.values()), who=who, what="导入")
            for there, after in changed:
                shelf.save(there.id, after, revision=there.revision, who=who, what="导入")
    return TakenIn(
        new=tuple(new.values()),
        changed=tuple(after for _, after in changed),
        unchanged=unchanged,
        left_out=read.left_out,
    )


def _need(row: TableRow) -> Need:
    budget = row.values.get("budget")
    texts = {column.name: row.text(column.name) for column in COLUMNS if column.kind != "money"}
    made = Need(budget=budget if isinstance(budget, Decimal) else None)
    return msgspec.structs.replace(made, **texts)


def _same(need: Need) -> tuple[str, str]:
    return fold(need.company), fold(need.words)


def _brought_up(before: Need, said: Need) -> Need:
    """A need as it is said now; what is blank keeps what was there, and so does what was sent."""
    filled = {
        column.name: value
        for column in COLUMNS
        if (value := getattr(said, column.name)) not in ("", None)
    }
    return msgspec.structs.replace(before, **filled)
