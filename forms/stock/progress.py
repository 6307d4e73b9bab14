"""How far a round is, college by college: asked, filled in, sent, back, still missing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from forms.ground.pinyin import name_order
from forms.stock.facts import InStock
from forms.stock.records import Sending
from forms.stock.stock_items import StockForm, lacking_main

NO_COLLEGE = "未注明学院"

Stage = Literal["unsent", "waiting", "overdue", "partly", "complete"]
STAGES: Mapping[Stage, str] = {
    "unsent": "未发",
    "waiting": "未交",
    "overdue": "逾期未交",
    "partly": "未填全",
    "complete": "已填全",
}


class CollegeStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How far a college is: patents, those all filled in, how many lack each item.

    `sent_on`, `due_on` and `returned_on` are of what was sent to it last.
    """

    college: str
    asked: int
    complete: int
    lacking: Mapping[str, int]
    sent_on: date | None = None
    due_on: date | None = None
    returned_on: date | None = None
    stage: Stage = "unsent"

    @property
    def open(self) -> int:
        """How many patents are not all filled in."""
        return self.asked - self.complete


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far all are: the colleges in order, those most behind not before others."""

    colleges: tuple[CollegeStanding, ...]
    asked: int
    complete: int
    lacking: Mapping[str, int]


def progress(
    form: StockForm, stock: Sequence[InStock], sendings: Sequence[Sending], today: date
) -> Progress:
    """Return how far the patents in stock are; colleges in the order of their patents' number."""
    asked, complete = Counter[str](), Counter[str]()
    without: dict[str, Counter[str]] = {}
    for one in stock:
        if one.patent.is_out:
            continue
        college = one.college or NO_COLLEGE
        asked[college] += 1
        missed = lacking_main(form, one.patent.answers)
        complete[college] += not missed
        without.setdefault(college, Counter()).update(item.code for item in missed)
    last = {one.college: one for one in sendings}

    def order(name: str) -> tuple[bool, int, str]:
        return name == NO_COLLEGE, -asked[name], name_order(name)

    colleges = tuple(
        _standing(name, asked[name], complete[name], without[name], last.get(name), today)
        for name in sorted(asked, key=order)
    )
    return Progress(
        colleges=colleges,
        asked=asked.total(),
        complete=complete.total(),
        lacking=sum(without.values(), Counter[str]()),
    )


def _standing(
    college: str,
    asked: int,
    complete: int,
    lacking: Mapping[str, int],
    sending: Sending | None,
    today: date,
) -> CollegeStanding:
    returned = max((one.on for one in sending.returns), default=None) if sending else None
    due = sending.due_on if sending else None
    stage: Stage = "partly" if returned or complete else "unsent"
    if complete == asked:
        stage = "complete"
    elif sending is not None and returned is None:
        stage = "overdue" if due is not None and today > due else "waiting"
    return CollegeStanding(
        college=college,
        asked=asked,
        complete=complete,
        lacking=dict(lacking),
        sent_on=sending.sent_on if sending else None,
        due_on=due,
        returned_on=returned,
        stage=stage,
    )
