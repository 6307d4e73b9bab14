"""审核: what is to be said of a case that was handed in, before anybody decides.

The form's own checks (the pack's rules, the bars of 附件2 一（二）2（3） or of 审查指南
第五部分第十一章 3.1 among them), what the intake found of its package, the same patent from others,
and how the patent stands by an export of the register.  All are findings with their basis; nothing
is decided here.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from forms.bureau.records import FaultCode, PackageCase
from forms.bureau.register_facts import RegisterFacts
from forms.check.case_check import check
from forms.check.wording import Wording
from forms.facts import derived
from forms.facts.amounts import capitals
from forms.facts.legal_status import says_over, says_valid, standings
from forms.facts.licence_effect import first_payment
from forms.facts.record import Case
from forms.ground.cleaning import fold
from forms.ground.kept import Kept
from forms.ground.problems import Severity
from forms.office.case_states import royalty_in_short
from forms.pack.types import Pack

Result = Literal["same", "differs", "missing", "note"]
RESULTS: Mapping[Result, str] = {
    "same": "一致",
    "differs": "不符",
    "missing": "缺",
    "note": "待核",
}

PLAN_2022 = "国知办函运字〔2022〕448号 三（一）2"
"""核查发布内容: validity, exclusive licences and pledges, evaluation reports."""
_OF_INTAKE: Mapping[FaultCode, tuple[Severity, str]] = {
    "altered": ("error", "报送包清单的校验值"),
    "missing": ("error", "报送包清单"),
    "case": ("error", "报送包清单"),
    "number": ("error", "报送包清单"),
    "seal": ("error", "文书的签章栏"),
    "stale": ("error", "签章的文书与报送的数据应当一致"),
    "conflict": ("pending", "同一专利由几家单位报送"),
    "edition": ("advice", "同一专利先后报送"),
    "no_manifest": ("advice", "没有清单，内容照文书、汇总表识别"),
}


class FactRow(msgspec.Struct, frozen=True, kw_only=True):
    """A fact beside what it was held against: 单位报送, 核对, 结果.

    `word` says the result where its usual word does not fit (不超过 for a last day).
    """

    label: str
    path: str
    reported: str
    checked: str
    result: Result
    word: str = ""

    @property
    def said(self) -> str:
        """The result in a word."""
        return self.word or RESULTS[self.result]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What may be a reason: the rule, the box it is of, the sentence, how grave, its basis.

    `place` names paper and box as the form does (信息表 第⑤栏), `field` is the record's path.
    """

    rule: str
    field: str = ""
    place: str = ""
    message: str
    severity: Severity
    basis: str


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """All that is said of a case; errors first."""

    rows: tuple[FactRow, ...]
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether an error stands among the findings."""
        return any(one.severity == "error" for one in self.findings)


def examine(
    one: PackageCase, pack: Pack | None, today: date, register: RegisterFacts | None = None
) -> Examined:
    """Say what is to be said of a case; of a pack that is not here its own checks are left out."""
    if pack is not None:
        findings = [*_of_form(one.case, pack, today)]
    else:
        words = f"没有表单包“{one.case.pack}”，各栏没有检查，请人工核对。"
        findings = [
            Finding(rule="bureau.no_pack", message=words, severity="pending", basis="表单包")
        ]
    findings += [*_of_register(one.case, register), *_of_intake(one)]
    order: dict[Severity, int] = {"error": 0, "pending": 1, "advice": 2}
    findings.sort(key=lambda found: order[found.severity])
    unique: dict[str, Finding] = {}  # what the office itself says is wanting, the form says too
    for found in findings:
        unique.setdefault(found.message, found)
    return Examined(rows=tuple(_rows(one, register)), findings=tuple(unique.values()))


def _of_form(case: Case, pack: Pack, today: date) -> Iterator[Finding]:
    wording = _wording_of(pack)
    for problem in check(case, pack, today):
        yield Finding(
            rule=problem.rule,
            field=problem.field,
            place=wording.place(problem.field),
            message=problem.message,
            severity=problem.severity,
            basis=problem.basis,
        )


_WORDINGS: Kept[Wording] = Kept(8)


def _wording_of(pack: Pack) -> Wording:
    return _WORDINGS.get((pack,), lambda: Wording(pack))


def _of_intake(one: PackageCase) -> Iterator[Finding]:
    for fault in one.faults:
        severity, basis = _OF_INTAKE.get(fault.code, ("advice", "收件核对"))
        yield Finding(
            rule=f"intake.{fault.code}",
            place=fault.where,
            message=fault.message,
            severity=severity,
            basis=basis,
        )
    for words in one.wanting:
        yield Finding(
            rule="intake.wanting", message=words, severity="pending", basis="单位自报待补"
        )


def _of_register(case: Case, register: RegisterFacts | None) -> Iterator[Finding]:
    if register is None:
        return
    source = f"{register.source} {register.on}" if register.on else register.source
    status = register.value("patent.legal_status") or ""
    found = standings(status, {}) if status else frozenset()
    if found and says_over(found):
        yield Finding(
            rule="register.over",
            field="patent.legal_status",
            place="法律状态",
            message=f"{source} 的法律状态为“{status}”，专利权已经不再有效，不能开放许可。",
            severity="error",
            basis=PLAN_2022,
        )
    elif found and not says_valid(found):
        yield Finding(
            rule="register.odd",
            field="patent.legal_status",
            place="法律状态",
            message=f"{source} 的法律状态为“{status}”，请核实专利权是否有效。",
            severity="pending",
            basis=PLAN_2022,
        )
    owners = register.value("owners") or ()
    if owners and _names(register.case) != _names(case):
        said = "、".join(owner.name for owner in owners)
        yield Finding(
            rule="register.owners",
            field="owners",
            place="专利权人",
            message=f"报送的专利权人与登记的不一致，登记为“{said}”，请改正，或先办理变更。",
            severity="error",
            basis=PLAN_2022,
        )
    if register.value("patent.pledge") == "pledged" and case.patent.pledge != "pledged":
        yield Finding(
            rule="register.pledge",
            field="patent.pledge",
            place="质押",
            message=f"{source} 查得专利权质押登记，报送的材料没有写明；质押尚未解除的不能通过。",
            severity="error",
            basis=PLAN_2022,
        )


def _rows(one: PackageCase, register: RegisterFacts | None) -> Iterator[FactRow]:
    case = one.case
    yield _number_row(case)
    yield _owners_row(case, register)
    yield _status_row(case, register)
    yield _hold_row(case, register)
    yield _term_row(case)
    yield _fee_row(case)
    if derived.kind(case) in ("utility_model", "design"):
        yield _report_row(case)


def _number_row(case: Case) -> FactRow:
    number = derived.number(case)
    said = derived.number_text(case)
    if number is None:
        return _row("专利号", "patent.number", said, "不是专利号", "differs")
    right = number.check_is_right
    checked = "校验位相符" if right else "没有校验位" if right is None else "校验位不符"
    return _row("专利号", "patent.number", said, checked, "differs" if right is False else "same")


def _owners_row(case: Case, register: RegisterFacts | None) -> FactRow:
    said = derived.owners_joined(case)
    if register is None or not register.value("owners"):
        return _row("专利权人", "owners", said, "未核验", "note")
    result: Result = "same" if _names(register.case) == _names(case) else "differs"
    return _row("专利权人", "owners", said, derived.owners_joined(register.case), result)


def _status_row(case: Case, register: RegisterFacts | None) -> FactRow:
    label, path, said = "法律状态", "patent.legal_status", case.patent.legal_status
    status = register.value(path) if register is not None else None
    if not status:
        return _row(label, path, said, "未核验", "note")
    found = standings(status, {})
    result: Result = "same" if says_valid(found) else "differs" if says_over(found) else "note"
    day = f"核验 {register.on}，" if register is not None and register.on else ""
    return _row(label, path, said, f"{day}{status}", result)


_LICENCES = {"ordinary": "普通许可", "sole": "排他许可", "exclusive": "独占许可"}


def _hold_row(case: Case, register: RegisterFacts | None) -> FactRow:
    others, pledge = case.other_licences, case.patent.pledge
    said = [_LICENCES[others.kind]] if others.kind else []
    said += ["质押"] if pledge in ("pledged", "pledged_with_consent") else []
    known = register.value("patent.pledge") if register is not None else None
    result: Result = "note" if known is None else "same"
    if (
        others.kind in ("sole", "exclusive")
        or pledge == "pledged"
        or (known == "pledged" and pledge is None)
    ):
        result = "differs"
    checked = {"none": "没有质押登记", None: "未核验"}.get(known, "查得质押登记")
    return _row("独占、排他、质押", "patent.pledge", "、".join(said) or "未填", checked, result)


def _term_row(case: Case) -> FactRow:
    end, last = case.offer_end, derived.term_end(case)
    said = end.isoformat() if end else ""
    if end is None:
        return _row("许可届满日", "offer_end", "", "", "missing")
    if last is None:
        return _row("许可届满日", "offer_end", said, "申请日未填，期满日算不出", "note")
    is_beyond = end > last
    return FactRow(
        label="许可届满日",
        path="offer_end",
        reported=said,
        checked=f"期满 {last.isoformat()}，推算",
        result="differs" if is_beyond else "same",
        word="超过" if is_beyond else "不超过",
    )


def _fee_row(case: Case) -> FactRow:
    said = "，".join(royalty_in_short(case.royalty))
    if not said:
        return _row("使用费", "royalty.way", "", "", "missing")
    first = first_payment(case.royalty)
    try:
        checked = f"首付大写 {capitals(first)}" if first is not None else ""
    except ValueError:
        return _row("使用费", "royalty.way", said, "金额写不成大写", "differs")
    return _row("使用费", "royalty.way", said, checked, "same")


def _report_row(case: Case) -> FactRow:
    has, conclusion = case.patent.evaluation_report, case.patent.report_conclusion
    label, path = "评价报告", "patent.evaluation_report"
    if conclusion == "unqualified":
        return _row(label, path, "已附", "结论不符合授权条件", "differs")
    if has:
        return _row(label, path, "已附", "", "same")
    return _row(label, path, "未附", derived.kind_word(case) or "", "missing")


def _row(label: str, path: str, reported: str, checked: str, result: Result) -> FactRow:
    return FactRow(label=label, path=path, reported=reported, checked=checked, result=result)


def _names(case: Case) -> frozenset[str]:
    return frozenset(fold(owner.name) for owner in case.owners)
