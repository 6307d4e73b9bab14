"""The columns of the workbook that colleges fill in: the patent's facts first, then the items.

Who writes it (`forms.output.stock_book`) and who reads it again (`forms.exchange.stock_return`)
go by this alone.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from forms.facts.kinds import KIND_WORDS
from forms.ground.cleaning import fold
from forms.stock.facts import InStock
from forms.stock.records import SentPatent
from forms.stock.stock_items import Item, StockForm

LIST_SHEET = "盘点表"
GUIDE_SHEET = "填写说明"
ANSWER_SHEET = "可选项"

NUMBER, TITLE, KIND, COLLEGE, FILLER, FILED, GRANTED, STATUS = (
    *("专利号", "专利名称", "专利类型", "学院", "填写人"),
    *("申请日", "授权公告日", "法律状态"),
)
FACTS = (NUMBER, TITLE, KIND, COLLEGE, FILED, GRANTED, STATUS, FILLER)
"""The headings of the facts, in their order; all but the last are not to be changed."""

WIDTHS: Mapping[str, float] = MappingProxyType(
    {NUMBER: 21, TITLE: 42, KIND: 10, COLLEGE: 14, FILED: 12, GRANTED: 12, STATUS: 12, FILLER: 11}
)

_READ_AS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        NUMBER: (NUMBER, "专利号码", "申请号", "专利申请号", "授权专利号", "申请号/专利号"),
        TITLE: (TITLE, "发明名称", "发明创造名称", "名称", "专利题目"),
        FILLER: (FILLER, "填表人", "填报人"),
    }
)


class KnownHeading(msgspec.Struct, frozen=True):
    """What a heading is of: a fact that is read again, or an item."""

    fact: str = ""
    item: Item | None = None


def headings(form: StockForm) -> Mapping[str, KnownHeading]:
    """Return what is read again of a sheet, by the folded headings."""
    known = {
        fold(word): KnownHeading(fact=fact) for fact, words in _READ_AS.items() for word in words
    }
    for item in form.items:
        for word in (item.header, item.label, item.short, *item.reads):
            known.setdefault(fold(word), KnownHeading(item=item))
    return known


def other_headings() -> frozenset[str]:
    """Return the folded headings that are known and not read: facts that the ledger has."""
    return frozenset(map(fold, ("序号", *FACTS, "第一发明人", "发明人", "专利权人")))


def sent_items(form: StockForm) -> tuple[Item, ...]:
    """Return the items that colleges are asked, in the order of their columns."""
    return tuple(item for item in form.items if item.is_sent)


def place_of_item(form: StockForm, code: str) -> int | None:
    """Return the column (from 0) in which an item was sent; None for one that was not."""
    codes = [item.code for item in sent_items(form)]
    return len(FACTS) + codes.index(code) if code in codes else None


def facts_of(patent: InStock) -> tuple[str, ...]:
    """Return a patent's facts as they are sent, in the order of `FACTS`."""
    facts = patent.entry.patent
    kind = patent.kind
    return (
        patent.number,
        patent.title,
        KIND_WORDS[kind] if kind else "",
        patent.college,
        facts.filing_date.isoformat() if facts.filing_date else "",
        facts.grant_date.isoformat() if facts.grant_date else "",
        facts.legal_status,
        patent.filler,
    )


def sent_patent(form: StockForm, patent: InStock) -> SentPatent:
    """Return what is kept of a row that is sent: by it a change is told when it comes back."""
    values = {}
    for item in sent_items(form):
        answer = patent.patent.answers.get(item.code)
        if answer is not None and answer.values and not answer.unread:
            values[item.code] = answer.values
    return SentPatent(number=patent.number, title=patent.title, values=values)
