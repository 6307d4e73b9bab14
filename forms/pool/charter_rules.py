"""Rules of a pool's charter, agreements and licences.

The pool may never keep a member from licensing its own patents itself (专利池运营规范, draft,
5.3.1 b, 6.1.1): the answer is looked at, and sentences that sound like it are shown to the clerk,
who judges.  The rest is 专利池建设运行工作指引 第二条、第七条、第九条、第十五条.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from forms.pool.checklists import answered, basis_of, checklists
from forms.pool.findings import Found
from forms.pool.records import Agreement, Member, Pool, PoolLicence, PoolPatent
from forms.pool.standing import days_in, is_in, weights

_HUNDRED = Decimal(100)
_SENTENCES = re.compile(r"[^。；;！!\n]+")
_FORBIDS = r"(?:不得|不能|不可|不可以|禁止|无权|放弃|不再)"
_ALONE = r"(?:自行|单独|另行|自己|擅自|池外|直接|独自)"
# 不得限制成员单独许可 forbids the pool, not the members.
_SPARES = re.compile(rf"{_FORBIDS}[^，,]{{0,6}}(?:限制|禁止|阻止|妨碍|影响|约束|干涉|剥夺|拒绝)")
_GIVES = r"(?:许可|授权)"
_BARS = (
    re.compile(rf"{_FORBIDS}[^，,]{{0,16}}{_ALONE}[^，,]{{0,16}}{_GIVES}"),
    re.compile(rf"{_ALONE}[^，,]{{0,10}}{_GIVES}[^，,]{{0,12}}{_FORBIDS}"),
    re.compile(rf"{_ALONE}[^，,]{{0,10}}{_GIVES}.{{0,12}}[须应需][^，,]{{0,10}}(?:同意|批准)"),
    re.compile(rf"(?:只能|仅能|仅可|必须|一律)[^，,]{{0,10}}(?:通过|由)[^，,]{{0,12}}{_GIVES}"),
    re.compile(
        rf"(?:独占|排他)[^，,]{{0,8}}{_GIVES}[^，,]{{0,6}}[给予][^，,]{{0,6}}(?:专利池|管理机构)"
    ),
)
_CHALLENGE = r"(?:质疑|请求宣告|提出无效|挑战)"
_GRANT_BACK = re.compile(r"(?:独占|排他)[^，,]{0,6}回授|回授[^，,]{0,10}(?:独占|排他)")
_NO_CHALLENGE = re.compile(
    rf"(?:不得|不|禁止)[^，,]{{0,6}}{_CHALLENGE}[^，,]{{0,12}}(?:无效|有效|专利)"
)


def sentences_that_bar(text: str) -> Iterator[str]:
    """Yield the sentences of a text that seem to keep members from licensing alone."""
    for found in _SENTENCES.finditer(text):
        sentence = found[0].strip()
        if any(pattern.search(sentence) for pattern in _BARS) and not _SPARES.search(sentence):
            yield sentence


def check_texts(texts: Iterable[str]) -> Iterator[Found]:
    """Yield what of some texts is to be looked at: bars to members, exclusive grant-backs."""
    for text in texts:
        for sentence in sentences_that_bar(text):
            yield Found("seems_to_bar", {"text": sentence})
        for found in _SENTENCES.finditer(text):
            if _GRANT_BACK.search(found[0]) or _NO_CHALLENGE.search(found[0]):
                yield Found("exclusive_grant_back", {"text": found[0].strip()})


def check_pool(pool: Pool, members: Sequence[Member], today: date) -> Iterator[Found]:
    """Yield what stands against a pool's charter facts, and what of its checklists is open."""
    yield from _alone(pool.members_license_alone)
    yield from check_texts((pool.charter_words, pool.standard.words, pool.purpose, pool.notes))
    if not pool.operator.name:
        yield Found("no_operator")
    if pool.charter_day is None:
        yield Found("no_charter")
    fee = pool.fee
    if fee.percent is not None and fee.amount is not None:
        yield Found("fee_twice")
    if fee.percent is not None and not 0 <= fee.percent <= _HUNDRED:
        yield Found("fee_out_of_range", {"percent": f"{fee.percent:f}"})
    here = [one for one in members if one.left_on is None or one.left_on > today]
    if len(here) < 2:
        yield Found("few_members", {"count": str(len(here))})
    if pool.shares.method == "agreed":
        shared = sum((one.share_percent or Decimal(0) for one in here), Decimal(0))
        if shared != _HUNDRED:
            yield Found("agreed_not_whole", {"sum": f"{shared:f}"})
    for checklist in checklists():
        found = answered(pool, checklist)
        if found.answered < found.total:
            left = str(found.total - found.answered)
            yield Found("not_answered", {"list": checklist.title, "count": left})
        for part, item in found.at_risk:
            warns = item.warns or "请补上。"
            basis = basis_of(checklist, part)
            yield Found("at_risk", {"item": item.words, "warns": warns, "basis": basis})


def check_agreements(agreements: Iterable[Agreement]) -> Iterator[Found]:
    """Yield what of the other matters of agreements in force is to be looked at (规范 6.1.1)."""
    yield from check_texts(one.other_matters for one in agreements if one.ended_on is None)


def check_grades(pool: Pool, patents: Iterable[PoolPatent]) -> Iterator[Found]:
    """Yield the patents whose grade the pool does not have: without a weight they weigh 1."""
    known = weights(pool)
    for one in patents:
        if one.grade and one.weight is None and one.grade not in known:
            yield Found("grade_unknown", {"number": one.number, "grade": one.grade}, one.number)


def check_licence(licence: PoolLicence, patents: Sequence[PoolPatent]) -> Iterator[Found]:
    """Yield what stands against a licence: patents not in the pool, or not for so long."""
    first, last = licence.licence.starts_on, licence.licence.ends_on
    named = set(licence.numbers)
    listed = [one for one in patents if licence.is_whole or one.number in named]
    if first is not None and not licence.is_whole:
        here = {one.number for one in listed if is_in(one, first)}
        for number in licence.numbers:
            if number not in here:
                yield Found("not_in_pool", {"number": number, "day": first.isoformat()}, number)
    if last is not None:
        ends = [days[1] for one in listed if (days := days_in(one)) and days[1]]
        begun = first or date.min
        if count := sum(begun <= end < last for end in ends):
            yield Found("licence_outlasts", {"day": last.isoformat(), "count": str(count)})
    yield from check_texts((licence.grant_back, licence.notes, licence.licence.other_matters))


def _alone(answer: bool | None) -> Iterator[Found]:
    if answer is None:
        yield Found("alone_unsaid")
    elif not answer:
        yield Found("bars_members")
