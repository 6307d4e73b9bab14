"""Rules on the standing of the right: status, pledge, hold, fees, report, export, transfer."""

from collections.abc import Iterator
from functools import lru_cache

from forms.facts.annuities import grace_end
from forms.facts.legal_status import Standing, says_over, says_valid, standings
from forms.facts.record import Case
from forms.facts.statutory import is_pledged, pledgee_consents, report_asked
from forms.facts.working_days import last_day_to_act
from forms.ground.problems import Finding
from forms.rules.base import Params, Subject, day, rule, rules_of
from forms.rules.working_rules import affirmed

STATUS = "patent.legal_status"
PLEDGE = "patent.pledge"
PLEDGEE = "patent.pledgee"
FEE = "patent.fee_paid_to"
REPORT = "patent.evaluation_report"
CONCLUSION = "patent.report_conclusion"


def _remarks(case: Case) -> tuple[tuple[str, str], ...]:
    """The texts in which anything may be said, but for those that `exclusive` looks at."""
    granted = case.other_licences.way == "granted"
    return (
        ("own_use.period", case.own_use.period),
        ("own_use.scope", case.own_use.scope),
        ("own_use.manner", case.own_use.manner),
        ("other_licences.period", "" if granted else case.other_licences.period),
        ("other_licences.scope", "" if granted else case.other_licences.scope),
        ("region", case.region),
        ("royalty.other.text", case.royalty.other.text),
        ("other_terms", case.other_terms),
        ("notes", case.notes),
    )


@rule("legal_status.blank", "附件3 汇总表 专利法律状态", STATUS)
def status_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No legal status, which the summary asks for."""
    if not subject.case.patent.legal_status:
        yield Finding(STATUS)


_STATUS = {"over": ("text",), "unclear": ("text", "valid")}


@rule(
    "legal_status.not_valid",
    "附件3 汇总表 专利法律状态; 专利开放许可试点实施方案 三(一)",
    STATUS,
    shows=_STATUS,
    params={"valid": list, "partly": list, "over": list},
)
def status_not_valid(subject: Subject, params: Params) -> Iterator[Finding]:
    """A status that says the right is no more or not yet, or that is none of the known words.

    The parameters are a pack's own words beside those of the offices and databases.
    """
    text = subject.case.patent.legal_status
    if not text:
        return
    found = _found(text, params["valid"], params["partly"], params["over"])
    if says_over(found):
        yield Finding(STATUS, {"text": text}, "over")
    elif not says_valid(found):
        yield Finding(STATUS, {"text": text, "valid": params["valid"] or ("有效",)}, "unclear")


@rule(
    "legal_status.partly",
    "专利法 第四十七条: 宣告无效的部分视为自始即不存在",
    STATUS,
    shows=("text",),
    params={"words": list},
)
def status_partly(subject: Subject, params: Params) -> Iterator[Finding]:
    """A right that was upheld in part: what is offered is that part."""
    text = subject.case.patent.legal_status
    if text and "partly" in _found(text, partly=params["words"]):
        yield Finding(STATUS, {"text": text})


@lru_cache(maxsize=256)
def _found(
    text: str,
    valid: tuple[str, ...] = (),
    partly: tuple[str, ...] = (),
    over: tuple[str, ...] = (),
) -> frozenset[Standing | None]:
    return frozenset(standings(text, {"valid": valid, "partly": partly, "over": over}))


@rule(
    "bars.mentioned",
    "信息表 ② 承诺 1; 专利法实施细则 第八十六条; 专利开放许可操作指南 一(二)2(3)",
    STATUS,
    *(path for path, _ in _remarks(Case())),
    shows=("words",),
    params={"pledge": list, "hold": list, "exclusive": list},
)
def bars_mentioned(subject: Subject, params: Params) -> Iterator[Finding]:
    """A pledge, a hold or an exclusive licence is written where nobody asks for it.

    Silent on what the field that asks for it says as well.
    """
    case = subject.case
    words: tuple[str, ...] = ()
    if case.patent.pledge in (None, "none"):
        words += params["pledge"]
    if case.patent.hold in (None, "none"):
        words += params["hold"]
    if case.other_licences.kind not in ("exclusive", "sole"):
        words += params["exclusive"]
    for path, text in ((STATUS, case.patent.legal_status), *_remarks(case)):
        if found := affirmed(text, words):
            yield Finding(path, {"words": found})


@rule(
    "pledge.pledged",
    "专利开放许可操作指南 一(二)2(3); 专利法实施细则 第八十六条(四)",
    PLEDGE,
    shows={"pledged": (), "with_consent": ()},
    params={"consent_suffices": bool},
)
def pledged(subject: Subject, params: Params) -> Iterator[Finding]:
    """The patent is pledged; whether the pledgee's consent helps is the pack's to say."""
    if not is_pledged(subject.case):
        return
    if not pledgee_consents(subject.case):
        yield Finding(PLEDGE, {}, "pledged")
    elif not params["consent_suffices"]:
        yield Finding(PLEDGE, {}, "with_consent")


@rule(
    "pledge.pledgee_blank",
    "审查指南 第五部分第十一章 3.1(4): 专利权被质押，未经质权人同意的",
    PLEDGEE,
)
def pledgee_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The patent is pledged and nobody says to whom, whose consent is wanted."""
    if is_pledged(subject.case) and not subject.case.patent.pledgee:
        yield Finding(PLEDGEE)


@rule(
    "pledge.consent_paper",
    "审查指南 第五部分第十一章 3.1(4): 专利权被质押，未经质权人同意的",
    PLEDGE,
    shows=("name",),
    params={"paper": str},
)
def consent_paper(subject: Subject, params: Params) -> Iterator[Finding]:
    """The pledgee consents, and what it sealed is not there yet."""
    patent = subject.case.patent
    consents = is_pledged(subject.case) and pledgee_consents(subject.case)
    if consents and subject.is_unsealed(params["paper"]):
        yield Finding(PLEDGE, {"name": patent.pledgee or "质权人"})


@rule(
    "hold.in_force",
    "专利法实施细则 第八十六条(二) 第一百零三条 第一百零四条",
    "patent.hold",
    shows={"suspended": (), "preserved": ()},
)
def hold(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Proceedings are suspended over ownership (103), or the right is under preservation (104)."""
    held = subject.case.patent.hold
    if held is not None and held != "none":
        yield Finding("patent.hold", {}, held)


def is_in_arrears(subject: Subject) -> bool:
    """Whether the last day to pay an annual fee, moved over holidays, has gone by unpaid."""
    paid_to = subject.case.patent.fee_paid_to
    is_due = paid_to is not None and last_day_to_act(paid_to).day < subject.today
    return is_due and not subject.term_is_over


_ARREARS = ("day", "grace_end")


@rule(
    "fee.arrears",
    "专利法实施细则 第八十六条(三) 第一百一十五条; 专利法 第四十四条(一)",
    FEE,
    shows={"grace": _ARREARS, "lapsed": _ARREARS},
)
def arrears(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The annual fee is paid to a day before today: within six months of grace, or longer.

    Both last days to pay move over holidays (审查指南 第五部分第七章 2.3).
    """
    paid_to = subject.case.patent.fee_paid_to
    if paid_to is None or not is_in_arrears(subject):
        return
    last = grace_end(paid_to).day
    variant = "grace" if subject.today <= last else "lapsed"
    yield Finding(FEE, {"day": day(paid_to), "grace_end": day(last)}, variant)


@rule(
    "report.missing",
    "专利开放许可试点工作方案 三(一)2; 专利法 第五十条第一款",
    REPORT,
    shows={"none": (), "unknown": ()},
)
def report(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A utility model or design without an evaluation report, or no word of one."""
    if report_asked(subject.kind) and not subject.case.patent.evaluation_report:
        known = subject.case.patent.evaluation_report is not None
        yield Finding(REPORT, {}, "none" if known else "unknown")


@rule(
    "report.negative",
    "审查指南 第五部分第十一章 3.1(8)",
    CONCLUSION,
)
def report_negative(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A report after which the utility model or design should not have been granted."""
    concluded = subject.case.patent.report_conclusion
    if report_asked(subject.kind) and concluded == "unqualified":
        yield Finding(CONCLUSION)


@rule("report.conclusion_blank", "审查指南 第五部分第十一章 3.1(8)", CONCLUSION)
def report_conclusion_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """There is a report, and nobody says what it comes to."""
    patent = subject.case.patent
    concluded = patent.report_conclusion is not None
    if report_asked(subject.kind) and patent.evaluation_report and not concluded:
        yield Finding(CONCLUSION)


@rule(
    "bars.other",
    "审查指南 第五部分第十一章 3.1(9): 其他妨碍专利权有效实施的情形",
    shows=("text",),
    params={"choice": str, "none": str, "field": str, "nothing": list},
)
def other_bar(subject: Subject, params: Params) -> Iterator[Finding]:
    """Something else hinders the working of the patent: it is chosen so, or written.

    `none` is the answer that nothing does, `nothing` are words for it.
    """
    chosen, text = subject.own(params["choice"]), subject.own(params["field"])
    written = text.strip() if isinstance(text, str) else ""
    if written.strip(" 。.") in params["nothing"]:
        written = ""
    if isinstance(chosen, str) and chosen != params["none"]:
        yield Finding(
            params["choice"], {"text": written or subject.label(params["choice"], chosen)}
        )
    elif written:
        yield Finding(params["field"], {"text": written})


@rule("export.paper", "信息表 ② 承诺 5; 技术进出口管理条例", "patent.technology_export")
def export(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Technology export asks for registration or a licence of its own."""
    if subject.case.patent.technology_export:
        yield Finding("patent.technology_export")


@rule(
    "transfer.recorded", "专利开放许可试点工作方案 三(三)2", "patent.transferred_on", shows=("day",)
)
def transferred(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The patent has been transferred: a published entry must be withdrawn."""
    moved = subject.case.patent.transferred_on
    if moved is not None:
        yield Finding("patent.transferred_on", {"day": day(moved)})


RULES = rules_of(globals())
