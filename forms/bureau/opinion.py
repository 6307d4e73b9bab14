"""审核意见: what a unit is told of a package's cases, as a letter and as data.

The letter is a paper of the record pack "bureau" (补正通知书, or a shorter one where nothing is to
be corrected).  The data (`forms.exchange.answer_file`) go with it, so that the unit's program marks
its cases.  Nothing is sent.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from forms.bureau.records import Package, PackageCase
from forms.exchange.answer_file import Answer, AnswerFile, ReasonSaid
from forms.exchange.mail import Attachment, Letter, write_mails
from forms.exchange.package import File, write_folder
from forms.facts.record import Office
from forms.ground.files import safe_name
from forms.office.store import CannotDo
from forms.pack.record_types import RecordPack

PAPER = "opinion"
REMEDIES = "remedies"
_LIMIT = 20 << 20
_VERDICTS = {"pass": "passed", "return": "returned", "refuse": "refused"}


class OpinionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row: patent and place (a line each), what is wrong, what to do, on what basis."""

    where: str
    finding: str
    remedy: str = ""
    basis: str = ""


class OpinionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the letter prints; numbers of letters are the bureau's own (编号), for the pen."""

    kind: str
    unit: str
    count: str
    passed: str
    returned: str
    refused_count: str
    lines: tuple[OpinionLine, ...] = ()
    refused: tuple[OpinionLine, ...] = ()
    notes: str = ""
    number: str = ""
    reported_on: date | None = None
    deadline: date | None = None
    bureau: str = ""
    examiner: str = ""
    phone: str = ""
    day: date | None = None


def undecided(cases: Sequence[PackageCase]) -> tuple[str, ...]:
    """The numbers of cases that nobody has decided of."""
    return tuple(one.number or f"第 {one.place} 件" for one in cases if one.state == "waiting")


def opinion(
    package: Package,
    cases: Sequence[PackageCase],
    bureau: Office,
    pack: RecordPack,
    day: date,
) -> OpinionFacts:
    """The facts of a package's letter.  Raises CannotDo where a case is not decided of."""
    cases = [one for one in cases if one.state != "replaced"]
    if left := undecided(cases):
        raise CannotDo(
            f"{package.office}第 {package.batch} 批还有 {len(left)} 件未审：{'、'.join(left[:5])}"
            f"{'等' if len(left) > 5 else ''}，审完再通知。"
        )
    in_order = sorted(cases, key=lambda one: one.place)
    returned = [one for one in in_order if _verdict(one) == "return"]
    refused = [one for one in in_order if _verdict(one) == "refuse"]
    deadlines = [one.decision.deadline for one in returned if one.decision]
    notes = [
        f"{one.number}：{one.decision.text.rstrip('。')}"
        for one in in_order
        if one.decision and one.decision.verdict == "pass" and one.decision.text
    ]
    examiners = dict.fromkeys(one.decision.by for one in in_order if one.decision)
    return OpinionFacts(
        kind="correction" if returned else "opinion",
        unit=package.office,
        count=str(len(in_order)),
        passed=str(len(in_order) - len(returned) - len(refused)),
        returned=str(len(returned)),
        refused_count=str(len(refused)) if refused else "",
        lines=tuple(line for one in returned for line in _lines(one, pack)),
        refused=tuple(line for one in refused for line in _lines(one, pack)),
        notes="；".join(notes),
        reported_on=package.made_on,
        deadline=min((one for one in deadlines if one is not None), default=None),
        bureau=bureau.name,
        examiner="、".join(name for name in examiners if name),
        phone=bureau.phone,
        day=day,
    )


def answer_file(
    package: Package, cases: Sequence[PackageCase], bureau: Office, pack: RecordPack, day: date
) -> AnswerFile:
    """The same as data."""
    return AnswerFile(
        bureau=bureau.name,
        office=package.office,
        day=day,
        package_sha256=package.contents_sha256,
        answers=tuple(
            Answer(
                patent_number=one.number,
                title=one.case.patent.title,
                content_sha256=one.content_sha256,
                verdict=one.decision.verdict,
                reasons=tuple(
                    ReasonSaid(
                        rule=reason.rule,
                        message=reason.message,
                        remedy=_remedy(reason.rule, pack),
                        basis=reason.basis,
                    )
                    for reason in one.decision.reasons
                ),
                text=one.decision.text,
                deadline=one.decision.deadline,
            )
            for one in sorted(cases, key=lambda one: one.place)
            if one.decision is not None and one.state != "replaced"
        ),
    )


def written(
    letter: bytes, said: AnswerFile, package: Package, bureau: Office, day: date
) -> list[File]:
    """The files of an answer: the letter, the data, the mail draft with both."""
    from forms.exchange.answer_file import ANSWER_NAME, encoded

    files = [
        File(name="审核意见.pdf", content=letter),
        File(name=ANSWER_NAME, content=encoded(said)),
    ]
    attached = [Attachment(file.name, file.content) for file in files]
    counts = {"pass": 0, "return": 0, "refuse": 0}
    for one in said.answers:
        counts[one.verdict] += 1
    text = (
        f"{package.office}：\n\n"
        f"贵单位报送的专利开放许可材料已审核：通过 {counts['pass']} 件，"
        f"退回补正 {counts['return']} 件，不予通过 {counts['refuse']} 件，"
        "见附件的审核意见。\n\n"
        "用“开放许可通”报送的，在“报送”中打开本邮件，各案卷自动标明审核意见。\n\n"
        f"{bureau.name}\n{bureau.contact} {bureau.phone}\n"
    )
    said_so = Letter(
        to=package.sender.email, subject=f"审核意见：{package.office}", text=text, day=day
    )
    mails = write_mails(said_so, attached, _LIMIT)
    return [
        *files,
        *(
            File(name=f"邮件草稿{'' if mail.parts == 1 else mail.part}.eml", content=mail.content)
            for mail in mails
        ),
    ]


def folder_name(package: Package) -> str:
    """What an answer's folder is called."""
    return safe_name(f"审核意见_{package.office}_第{package.batch}批")


__all__ = [
    "OpinionFacts",
    "OpinionLine",
    "answer_file",
    "folder_name",
    "opinion",
    "undecided",
    "write_folder",
    "written",
]


def _verdict(one: PackageCase) -> str:
    if one.decision is not None:
        return one.decision.verdict
    return "pass" if one.state in ("passed", "published", "withdrawn") else ""


def _lines(one: PackageCase, pack: RecordPack) -> Iterator[OpinionLine]:
    decision = one.decision
    if decision is None:
        return
    for reason in decision.reasons:
        place, _, message = reason.message.rpartition("：")
        is_place = 0 < len(place) <= 24 and "，" not in place and "。" not in place
        yield OpinionLine(
            where=f"{one.number}\n{place}" if is_place else one.number,
            finding=(message if is_place else reason.message).rstrip("。"),
            remedy=_remedy(reason.rule, pack),
            basis=reason.basis,
        )
    if decision.text:
        yield OpinionLine(where=one.number, finding=decision.text.rstrip("。"), basis="")


def _remedy(rule: str, pack: RecordPack) -> str:
    return pack.label(REMEDIES, rule.replace(".", "__")) or pack.texts.get("remedy", "")
