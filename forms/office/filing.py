"""What became of a declaration at the office, put down (登记受理); and what is to be done next.

Source: 审查指南 第五部分第十一章 3.4, 3.5, 4, 9.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from forms.check.case_check import check
from forms.facts.declaration import Declaration
from forms.facts.declared import as_filed, declared_anew, is_over, stage_of
from forms.facts.record import Case
from forms.ground.cleaning import clean_line
from forms.office.store import CannotDo, CaseStore, case_mark
from forms.office.stored import StoredCase
from forms.pack.types import Pack

Next = Literal["file", "wait", "keep", "ask", "wait_withdrawn", "tell", "again"]

NEXT_WORDS: Mapping[Next, str] = {
    "file": "在网上提交声明以后，填写提交日。",
    "wait": "等待国家知识产权局的通知：准予公告的，填写开放许可声明编号和公告日；"
    "不予公告的，照通知书抄录理由。",
    "keep": "声明已经生效。请按时缴纳年费；有不得实行的情形时，或者转让、放弃专利权之前，"
    "先撤回声明。",
    "ask": "已选撤回理由，请在网上提交撤回请求，填写请求撤回日。",
    "wait_withdrawn": "等待撤回公告，公告以后填写撤回公告日。",
    "tell": "撤回须同时通知被许可人，通知以后填写日期。",
    "again": "这份声明已经结束；需要再次开放的，可以重新声明，原来的记录留存。",
}
_FIRMLY = ("declaration.order", "declaration.future")


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be put down: filed on a day, and perhaps what came of it."""

    filed_on: date
    number: str = ""
    published_on: date | None = None
    refused: str = ""
    withdrawn_on: date | None = None


def next_of(declaration: Declaration, *, is_licensed: bool) -> Next:
    """What its owner does next, or waits for; `is_licensed` where there are licences under it."""
    its = declaration
    match stage_of(its):
        case None:
            return "file"
        case "filed":
            return "wait"
        case "refused":
            return "again"
        case "withdrawn":
            return "tell" if is_licensed and its.told_on is None else "again"
    if its.withdrawal_asked_on is not None:
        return "wait_withdrawn"
    return "ask" if its.withdrawal_reason is not None else "keep"


def takes_filing(pack: Pack) -> bool:
    """Whether what becomes of a pack's cases at the office is put down."""
    return any(step.page == "filing" for step in pack.steps)


def filed_as(case: Case, filing: Filing) -> Case:
    """Return the case with what is put down; a declaration after one that is over is a new one."""
    its = case.declaration
    ended = its.withdrawn_on or its.filed_on
    if is_over(its) and ended is not None and filing.filed_on > ended:
        case = declared_anew(case)
        its = case.declaration
    refused = clean_line(filing.refused)
    if not refused and filing.published_on is None:
        refused = its.refused
    its = msgspec.structs.replace(
        its,
        filed_on=filing.filed_on,
        number=clean_line(filing.number) or its.number,
        published_on=filing.published_on or its.published_on,
        refused=refused,
        withdrawn_on=filing.withdrawn_on or its.withdrawn_on,
    )
    return as_filed(msgspec.structs.replace(case, declaration=its))


def put_down(
    store: CaseStore, pack: Pack, today: date, stored: StoredCase, filing: Filing, *, who: str = ""
) -> StoredCase:
    """Put down what became of a case's declaration.

    Raises CannotDo where the days can not be; the store's StaleRevision.
    """
    if not takes_filing(pack):
        name = pack.identity.name
        raise CannotDo(
            f"{case_mark(stored.id)}属于{name}，没有声明的受理可登记；"
            "试点案卷请先用 convert 转为法定声明。"
        )
    case = filed_as(stored.case, filing)
    for problem in check(case, pack, today):
        if problem.rule in _FIRMLY:
            raise CannotDo(problem.message)
    return store.cases.save(
        case, case_id=stored.id, revision=stored.revision, who=who, what="登记受理"
    )
