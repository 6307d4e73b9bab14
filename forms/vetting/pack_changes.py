"""What a pack changes against the one in use, so that a clerk can agree to it or not.

Everything a pack says is compared, part by part; what a clerk must look at first (who issues it,
where papers are sent, by when, which checks are gone or weaker, which papers are gone) comes
first and is marked as grave.  This module must not know files or a screen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from forms.ground.cleaning import visible
from forms.ground.problems import SEVERITY_ORDER, SEVERITY_WORDS
from forms.pack.conversion import Conversion
from forms.pack.language import Paper
from forms.pack.online import Online
from forms.pack.own_facts import OWN_STEP
from forms.pack.phrases import Phrase
from forms.pack.statement_moulds import ReferenceFigure, StatementMoulds, StatementText
from forms.pack.types import Field, Pack, RuleBinding, Step, Submission

LONGEST_SHOWN = 160
_NOTHING = "（没有）"
_NAMED = 6

T = TypeVar("T")


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that changes: what, how it was, how it will be; `before` "" where all is new.

    `is_grave` marks what may send papers elsewhere or lets a fault through.
    """

    what: str
    before: str
    after: str
    is_grave: bool = False


def differences(before: Pack | None, after: Pack) -> tuple[Difference, ...]:
    """Return what changes, the grave first; everything worth a look where nothing was before."""
    if before is None:
        return tuple(_introduced(after))
    found = [
        *_identity(before, after),
        *_submission(before.submission, after.submission),
        *_rules(before.rules, after.rules),
        *_papers(before.papers, after.papers),
        *_fields(before.fields, after.fields),
        *_steps(before.steps, after.steps),
        *_online(before.online, after.online),
        *_conversion(before.conversion, after.conversion),
        *_wording(before.wording, after.wording),
        *_statement(before.statement, after.statement),
        *_said("示例工作簿", before.sample, after.sample),
        *_said("短语", *(_lines(map(_phrase, pack.phrases)) for pack in (before, after))),
        *_said("备案应当提交的文件", *map(_recordal, (before, after))),
        *_said("文书体例", _manner(before), _manner(after)),
    ]
    return tuple(sorted(found, key=lambda one: not one.is_grave))


def _introduced(pack: Pack) -> Iterator[Difference]:
    identity, sent = pack.identity, pack.submission
    facts: tuple[tuple[str, str, bool], ...] = (
        ("发布部门", identity.authority, True),
        ("收件邮箱", sent.address, True),
        ("网上填报的网址", pack.online.address if pack.online else "", True),
        ("施行", _span(identity.in_force_from, identity.in_force_until), False),
        ("依据", identity.notice, False),
        ("报送期限", _lines(_deadline(one) for one in sent.deadlines), False),
        ("文书", _named([paper.title for paper in pack.papers.values()]), False),
        ("检查规则", f"{len(pack.rules)} 条", False),
        ("填写的栏目", f"{sum(field.step != OWN_STEP for field in pack.fields)} 栏", False),
    )
    for what, text, is_grave in facts:
        yield Difference(what=what, before="", after=_shown(text) or _NOTHING, is_grave=is_grave)


def _identity(before: Pack, after: Pack) -> Iterator[Difference]:
    old, new = before.identity, after.identity
    yield from _said("版本", old.version, new.version)
    yield from _said("名称", old.name, new.name)
    yield from _said("简称", old.short, new.short)
    yield from _said("发布部门", old.authority, new.authority, is_grave=True)
    yield from _said("依据", old.notice, new.notice)
    yield from _said("开始施行", _day(old.in_force_from), _day(new.in_force_from), is_grave=True)
    yield from _said("施行到", _day(old.in_force_until), _day(new.in_force_until), is_grave=True)


def _submission(old: Submission, new: Submission) -> Iterator[Difference]:
    yield from _said("收件邮箱", old.address, new.address, is_grave=True)
    dates = [_lines(_deadline(one) for one in them.deadlines) for them in (old, new)]
    yield from _said("报送期限", *dates, is_grave=True)
    attached = [_lines(map(_attachment, them.attachments)) for them in (old, new)]
    yield from _said("须一并报送的附件", *attached)
    yield from _said("附件上限", f"{old.size_limit_mb} MB", f"{new.size_limit_mb} MB")
    for what, name in (
        ("邮件主题", "subject"),
        ("邮件正文", "body"),
        ("报送包的名称", "folder_name"),
        ("文书的文件名", "paper_name"),
        ("汇总表的文件名", "summary_name"),
        ("期限过后的提示", "over_notice"),
    ):
        yield from _said(what, getattr(old, name), getattr(new, name))


def _rules(old: Sequence[RuleBinding], new: Sequence[RuleBinding]) -> Iterator[Difference]:
    before = {(one.rule, one.scope): one for one in old}
    after = {(one.rule, one.scope): one for one in new}
    gone = [before[key] for key in before if key not in after]
    both = [(before[key], after[key]) for key in before if key in after]
    weaker = [(a, b) for a, b in both if _order(b) > _order(a)]
    stricter = [(a, b) for a, b in both if _order(b) < _order(a)]
    other = [b for a, b in both if _order(a) == _order(b) and a != b]
    added = [after[key] for key in after if key not in before]
    if gone:
        yield _counted("不再检查", gone, "条检查取消", is_grave=True)
    if weaker:
        yield _moved("检查放宽", weaker, is_grave=True)
    if stricter:
        yield _moved("检查加严", stricter)
    if other:
        yield _counted("检查的依据或参数变更", other, "条")
    if added:
        yield _counted("新增检查", added, "条")


def _order(binding: RuleBinding) -> int:
    return SEVERITY_ORDER[binding.severity]


def _counted(
    what: str, bindings: Sequence[RuleBinding], unit: str, *, is_grave: bool = False
) -> Difference:
    text = f"{len(bindings)} {unit}：{_named(list(map(_rule, bindings)))}"
    return Difference(what=what, before="", after=_shown(text), is_grave=is_grave)


def _moved(
    what: str, pairs: Sequence[tuple[RuleBinding, RuleBinding]], *, is_grave: bool = False
) -> Difference:
    each = [
        f"{_rule(b)}由“{SEVERITY_WORDS[a.severity]}”改为“{SEVERITY_WORDS[b.severity]}”"
        for a, b in pairs
    ]
    text = f"{len(pairs)} 条：{_named(each)}"
    return Difference(what=what, before="", after=_shown(text), is_grave=is_grave)


def _rule(binding: RuleBinding) -> str:
    return f"{binding.basis}（{binding.rule}）"


def _papers(old: Mapping[str, Paper], new: Mapping[str, Paper]) -> Iterator[Difference]:
    yield from _set_of("文书", old, new, lambda one: f"《{one.title}》", gone_is_grave=True)


def _fields(old: Sequence[Field], new: Sequence[Field]) -> Iterator[Difference]:
    before, after = ({one.path: one for one in them} for them in (old, new))
    yield from _set_of("填写的栏目", before, after, lambda one: one.label)
    yield from _in_order("栏目的次序", before, after)


def _steps(old: Sequence[Step], new: Sequence[Step]) -> Iterator[Difference]:
    before, after = ({one.id: one for one in them} for them in (old, new))
    yield from _set_of("填写的步骤", before, after, lambda one: one.title)
    yield from _in_order("步骤的次序", before, after)


def _wording(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Difference]:
    changed = sum(old.get(key) != new.get(key) for key in {*old, *new})
    if changed:
        yield Difference(what="提示的用语", before="", after=f"{changed} 句有改动")


def _online(old: Online | None, new: Online | None) -> Iterator[Difference]:
    """Where a clerk is led to, first of all: an address may be somebody else's."""
    yield from _said(
        "网上填报的网址",
        old.address if old else "",
        new.address if new else "",
        is_grave=True,
    )
    for what, part in (("网上填报的栏目", "fields"), ("网上填报的附件", "attachments")):
        before, after = ({one.id: one for one in getattr(them, part, ())} for them in (old, new))
        yield from _set_of(what, before, after, lambda one: one.label)
        yield from _in_order(f"{what}的次序", before, after)


def _conversion(old: Conversion | None, new: Conversion | None) -> Iterator[Difference]:
    """A bar that is gone lets a case through."""
    before, after = ({one.label: one for one in them.bars} if them else {} for them in (old, new))
    yield from _set_of("转换时核对的情形", before, after, lambda one: one.label, gone_is_grave=True)
    same = (old and msgspec.structs.replace(old, bars=())) == (
        new and msgspec.structs.replace(new, bars=())
    )
    if not same:
        yield Difference(what="案卷转换的说明", before="", after="有改动" if new else _NOTHING)


def _set_of(
    what: str,
    old: Mapping[str, T],
    new: Mapping[str, T],
    name: Callable[[T], str],
    *,
    gone_is_grave: bool = False,
) -> Iterator[Difference]:
    gone = [name(old[key]) for key in old if key not in new]
    added = [name(new[key]) for key in new if key not in old]
    changed = [name(new[key]) for key in new if key in old and old[key] != new[key]]
    if gone:
        text = f"取消：{_named(gone)}"
        yield Difference(what=what, before="", after=_shown(text), is_grave=gone_is_grave)
    if added:
        yield Difference(what=what, before="", after=_shown(f"新增：{_named(added)}"))
    if changed:
        yield Difference(what=what, before="", after=_shown(f"有改动：{_named(changed)}"))


def _in_order(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Difference(what=what, before="", after="有改动")


def _phrase(phrase: Phrase) -> str:
    return f"{phrase.name}：{' / '.join(way.text for way in phrase.ways)}"


def _recordal(pack: Pack) -> str:
    wanted = pack.recordal
    return _lines(
        f"{one.title}：{'；'.join(paper.words for paper in one.papers)}（{one.basis}）"
        for one in (wanted.procedures if wanted else ())
    )


def _manner(pack: Pack) -> str:
    manner = pack.manner
    return "" if manner is None else f"{'、'.join(manner.papers)}：{manner.basis}"


def _said(what: str, old: str, new: str, *, is_grave: bool = False) -> Iterator[Difference]:
    if old != new:
        yield Difference(
            what=what,
            before=_shown(old) or _NOTHING,
            after=_shown(new) or _NOTHING,
            is_grave=is_grave,
        )


def _statement(old: StatementMoulds | None, new: StatementMoulds | None) -> Iterator[Difference]:
    """The words of the 简要说明 part by part, how each method asks, the figures it begins with."""
    whole = "简要说明"
    before, after = ({} if one is None else _moulds_by_name(one) for one in (old, new))
    for name in dict.fromkeys((*before, *after)):
        yield from _said(f"{whole} {name}", before.get(name, ""), after.get(name, ""))
    if (old is None) != (new is None) or [*before] != [*after]:
        yield from _said(whole, _named([*before]), _named([*after]))


def _moulds_by_name(moulds: StatementMoulds) -> Mapping[str, str]:
    return {
        **{f"方法 {one.id}": _lines((one.fee, one.rate, one.hint)) for one in moulds.methods},
        **{f"部分 {one.id} {one.heading}": _lines(map(_mould, one.texts)) for one in moulds.parts},
        "常用因素": _lines(moulds.factors),
        "参考数据": _lines(map(_reference, moulds.references)),
    }


def _mould(one: StatementText) -> str:
    """A paragraph with all that says where it stands: none of it may change in silence."""
    when = (f"{when.path}={when.is_ or when.not_ or when.in_ or when.filled}" for when in one.when)
    marks = (*when, one.over or "", "逐段编号" * one.numbered, "接前段" * one.joins)
    said = "，".join(filter(None, marks))
    return f"{one.text}（{said}）" if said else one.text


def _reference(one: ReferenceFigure) -> str:
    figures = (one.amount, one.years, one.rate, one.source, one.day, one.caution)
    said = (str(part) for part in figures if part not in (None, ""))
    return f"{one.industry} {one.year}：{'，'.join(said)}"


def _deadline(one: Any) -> str:
    return f"{one.day.isoformat()}　{one.label}"


def _attachment(one: Any) -> str:
    return f"{one.label}（{'、'.join(one.office_kinds)}；{one.basis}）"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _span(first: date | None, last: date | None) -> str:
    return "" if first is None and last is None else f"{_day(first)} 至 {_day(last) or '另行通知'}"


def _lines(texts: Any) -> str:
    return "；".join(texts)


def _named(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 项" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def _shown(text: str) -> str:
    """A text in one line, whole where it is short; the change may lie in what is cut."""
    line = " ".join(visible(text).split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…（共 {len(line)} 字）"
