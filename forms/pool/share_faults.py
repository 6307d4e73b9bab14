"""What of a distribution can not be meant: every place with its words, before anything is reckoned.

The values may be a stranger's (a file that came by mail): nothing here computes with a number
before it is known to be finite and of a size that money has.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from forms.facts.amounts import grouped, plain
from forms.ground.cleaning import fold, visible
from forms.ground.for_the_clerk import ForTheClerk
from forms.pool.counting import DECIMALS, number_key, repeated_numbers
from forms.pool.share_input import HeldPatent, Member, Portion, ShareRun

MOST_TOLD = 20
MOST_YUAN = Decimal(10) ** 15
MOST_WEIGHT = Decimal(10) ** 9
MOST_MEMBERS = 20_000
MOST_PATENTS = 1_000_000
_LONGEST_NAME = 40
_HUNDRED = Decimal(100)


class Fault(msgspec.Struct, frozen=True):
    """A place of the input (`members[2].patents[0].until`) and what is wrong there."""

    place: str
    words: str


class NoShares(ForTheClerk):
    """A distribution that can not be reckoned; `faults` are its first twenty at most."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Of these faults."""
        self.faults = tuple(faults[:MOST_TOLD])
        super().__init__("；".join(f"{one.place}：{one.words}" for one in self.faults) + "。")


def faults_of(run: ShareRun) -> list[Fault]:
    """Return what is wrong with a distribution, in the order of its file; at most twenty."""
    found: list[Fault] = []
    for fault in _faults(run):
        found.append(fault)
        if len(found) == MOST_TOLD:
            break
    return found


def _faults(run: ShareRun) -> Iterator[Fault]:
    first, last = run.period
    if last < first:
        yield Fault("period", f"期间的止日 {last} 早于起日 {first}")
    yield from _money(run.income, "income", "收入")
    yield from _portion(run.fee, "fee", "管理费")
    yield from _money(run.annuities, "annuities", "代缴年费")
    yield from _bound(run.floor, run.cap, "")
    yield from _parts(run)
    yield from _sources(run)
    if not run.members:
        yield Fault("members", "没有成员")
    patents = sum(len(member.patents) for member in run.members)
    if len(run.members) > MOST_MEMBERS or patents > MOST_PATENTS:
        yield Fault(
            "members", f"成员超过 {MOST_MEMBERS} 个或者专利超过 {MOST_PATENTS} 件次，请分次计算"
        )
        return
    yield from _of_members(run)
    yield from _agreed(run)


def _uses(run: ShareRun, method: str) -> bool:
    return run.method == method or (
        run.method == "formula" and any(part.method == method for part in run.parts)
    )


def _of_members(run: ShareRun) -> Iterator[Fault]:
    names: dict[str, int] = {}
    for i, member in enumerate(run.members):
        place = f"members[{i}]"
        name = fold(member.name)
        if not name:
            yield Fault(f"{place}.name", f"第 {i + 1} 个成员没有名称")
        elif name in names:
            words = f"成员“{named(member.name)}”重复，与第 {names[name] + 1} 个成员同名"
            yield Fault(f"{place}.name", words)
        else:
            names[name] = i
        if member.share_percent is not None:
            yield from _percent(
                member.share_percent, f"{place}.share_percent", f"{named(member.name)} 的份额"
            )
        elif _uses(run, "agreed"):
            yield Fault(f"{place}.share_percent", f"{named(member.name)} 没有填写协议份额")
        if member.floor or member.cap:
            yield from _bound(member.floor or run.floor, member.cap or run.cap, f"{place}.")
        yield from _of_patents(member, place, run)
    yield from _held_twice(run)


def _of_patents(member: Member, place: str, run: ShareRun) -> Iterator[Fault]:
    by_weight, (first, last) = _uses(run, "weight"), run.period
    for k, one in enumerate(member.patents):
        if not one.number.strip():
            words = f"{named(member.name)} 的第 {k + 1} 件专利没有专利号"
            yield Fault(f"{place}.patents[{k}].number", words)
        if one.until is not None and one.until < one.since:
            words = f"{_held(member, one)}的止日 {one.until} 早于起日 {one.since}"
            yield Fault(f"{place}.patents[{k}].until", words)
        weight = one.weight
        if weight is None:
            is_in = one.since <= last and (one.until is None or first <= one.until)
            if by_weight and is_in:
                words = f"{_held(member, one)}没有填写权重"
                yield Fault(f"{place}.patents[{k}].weight", words)
        elif reason := _odd(weight, MOST_WEIGHT, DECIMALS):
            yield Fault(f"{place}.patents[{k}].weight", f"{_held(member, one)}的权重{reason}")


def _held_twice(run: ShareRun) -> Iterator[Fault]:
    """A patent of two on one day, or of two in a period that is not shared by days."""
    again = repeated_numbers(run)
    if not again:
        return
    spans: dict[str, list[tuple[date, date, int, int]]] = {}
    for i, member in enumerate(run.members):
        for k, one in enumerate(member.patents):
            key = number_key(one.number)
            if key and key in again:
                spans.setdefault(key, []).append((one.since, one.until or date.max, i, k))
    first, last = run.period
    for found in spans.values():
        found.sort()
        for (_, until, i, _), (since, _, j, k) in pairwise(found):
            member, one = run.members[j], run.members[j].patents[k]
            place = f"members[{j}].patents[{k}].number"
            if since <= until:
                whose = f"，已属于“{named(run.members[i].name)}”" if i != j else ""
                yield Fault(place, f"{_held(member, one)}重复{whose}，起止日有重叠")
            elif i != j and not run.by_days and until >= first and since <= last:
                words = "本期内先后属于两个成员，请按天数计算（by_days）或者分期计算"
                yield Fault(place, f"{_held(member, one)}{words}")


def _agreed(run: ShareRun) -> Iterator[Fault]:
    told = [member.share_percent for member in run.members]
    if not _uses(run, "agreed") or not told:
        return
    known = [one for one in told if one is not None and not _odd(one, _HUNDRED, DECIMALS)]
    if len(known) < len(told):
        return
    total = sum(known, Decimal(0))
    if total != _HUNDRED:
        gap = "还差" if total < _HUNDRED else "多出"
        words = f"各方相加 {plain(total)}%，{gap} {plain(abs(_HUNDRED - total))}%"
        yield Fault("members", words)


def _parts(run: ShareRun) -> Iterator[Fault]:
    if run.method != "formula":
        if run.parts:
            yield Fault("parts", "只有按公式（formula）分配才写各部分")
        return
    methods = [part.method for part in run.parts]
    if not methods:
        yield Fault("parts", "按公式（formula）分配须写各部分的办法和百分比")
        return
    if len(set(methods)) < len(methods):
        yield Fault("parts", "同一办法写了两次，请合并")
    faults = [
        fault
        for i, part in enumerate(run.parts)
        for fault in _percent(part.percent, f"parts[{i}].percent", "这一部分的百分比")
    ]
    yield from faults
    if not faults and (total := sum((part.percent for part in run.parts), Decimal(0))) != _HUNDRED:
        gap = "还差" if total < _HUNDRED else "多出"
        words = f"各部分相加 {plain(total)}%，{gap} {plain(abs(_HUNDRED - total))}%"
        yield Fault("parts", words)


def _sources(run: ShareRun) -> Iterator[Fault]:
    faults = [
        fault
        for i, one in enumerate(run.sources)
        for fault in _money(one.income, f"sources[{i}].income", f"{named(one.name)} 的收入")
    ]
    yield from faults
    if faults or not run.sources or _odd(run.income, MOST_YUAN, 2):
        return
    total = sum((one.income for one in run.sources), Decimal(0))
    if total != run.income:
        words = f"各项收入相加 {grouped(total)} 元，与收入 {grouped(run.income)} 元不符"
        yield Fault("sources", words)


def _bound(floor: Portion | None, cap: Portion | None, place: str) -> Iterator[Fault]:
    faults = [
        *(_portion(floor, f"{place}floor", "保底") if floor else ()),
        *(_portion(cap, f"{place}cap", "封顶") if cap else ()),
    ]
    yield from faults
    if faults or floor is None or cap is None:
        return
    for low, high in ((floor.percent, cap.percent), (floor.sum, cap.sum)):
        if low is not None and high is not None and low > high:
            yield Fault(f"{place}floor", f"保底 {plain(low)} 高于封顶 {plain(high)}")


def _portion(one: Portion, place: str, what: str) -> Iterator[Fault]:
    if one.percent is not None and one.sum is not None:
        yield Fault(place, f"{what}的百分比（percent）和金额（sum）只能写一项")
    if one.percent is not None:
        yield from _percent(one.percent, f"{place}.percent", f"{what}的百分比")
    if one.sum is not None:
        yield from _money(one.sum, f"{place}.sum", what)


def _percent(number: Decimal, place: str, what: str) -> Iterator[Fault]:
    if reason := _odd(number, _HUNDRED, DECIMALS):
        yield Fault(place, what + reason)


def _money(number: Decimal, place: str, what: str) -> Iterator[Fault]:
    if reason := _odd(number, MOST_YUAN, 2):
        yield Fault(place, what + reason)


def _odd(number: Decimal, most: Decimal, decimals: int) -> str:
    """Why a number can not be meant, or "": looked at by its digits, never computed with."""
    if not number.is_finite():
        return "不是数字"
    if number and number.is_signed():
        return "不能小于零"
    if number.adjusted() > most.adjusted() or number > most:
        return f"过大，最多 {plain(most)}"
    if -int(number.as_tuple().exponent) > decimals and not _ends_in_noughts(number, decimals):
        return f"最多 {decimals} 位小数"
    return ""


def _ends_in_noughts(number: Decimal, decimals: int) -> bool:
    """Whether what stands beyond the last decimal is nothing but noughts."""
    digits, exponent = number.as_tuple().digits, int(number.as_tuple().exponent)
    beyond = min(-exponent - decimals, len(digits))
    return beyond <= 0 or not any(digits[-beyond:])


def named(name: str) -> str:
    """A name as a message shows it: nothing unseen, not endless."""
    shown = visible(name.strip())
    return shown if len(shown) <= _LONGEST_NAME else shown[:_LONGEST_NAME] + "…"


def _held(member: Member, one: HeldPatent) -> str:
    return f"{named(member.name)} 的专利 {named(one.number)} "
