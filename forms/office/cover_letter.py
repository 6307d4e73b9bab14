"""The words around a package: the mail's text, what is still wanted, what to consider."""

from collections.abc import Mapping, Sequence
from datetime import date

from forms.exchange.mail import Letter
from forms.exchange.package import CaseLine
from forms.facts.record import Office
from forms.ground.cleaning import visible, with_code
from forms.ground.fonts import without_glyph
from forms.ground.name_patterns import fill
from forms.pack.types import Pack

UNNAMED_OFFICE = "本单位"


def letter_of(
    pack: Pack,
    office: Office,
    today: date,
    values: Mapping[str, str],
    cases: Sequence[CaseLine],
    missing_seals: Sequence[CaseLine],
    wanting: Sequence[CaseLine] = (),
) -> Letter:
    """The mail: the pack's words, the list of patents, what is still to come, who writes.

    `wanting` are cases whose contents are not complete.
    """
    lines = [fill(pack.submission.body, values).strip(), "", f"专利清单（{len(cases)}件）："]
    lines += [
        f"{place}. {case.patent_number} {case.title}（{'、'.join(case.owners)}）"
        for place, case in enumerate(cases, start=1)
    ]
    if missing_seals:
        lines += ["", "待补：以下文书尚未签章，盖章后的扫描件随后补送："]
        lines += [seal_line(line) for line in missing_seals]
    if wanting:
        lines += ["", "待补：以下内容尚未填齐，随后补送："]
        lines += [wanting_line(line) for line in wanting]
    return Letter(
        to=pack.submission.address,
        subject=fill(pack.submission.subject, values),
        text=visible("\n".join([*lines, "", *_signature(office), today.isoformat()])),
        day=today,
    )


STALE = "（签章后内容有改动，须重新打印、签章）"


def seal_line(line: CaseLine) -> str:
    """One line naming the papers of a case, or of the batch, that lack their seals."""
    papers = [f"{paper}{STALE if paper in line.stale else ''}" for paper in line.papers]
    return "：".join(part for part in (line.patent_number, "、".join(papers)) if part)


def wanting_line(line: CaseLine) -> str:
    """One line saying what the contents of a case still want."""
    return f"{line.patent_number or line.title}：{''.join(line.reasons)}"


def still_wanted(pack: Pack, office: Office, *, attached: bool) -> list[str]:
    """What the submission as a whole still lacks, beside seals (待补)."""
    wanted = blank_office(office)
    if not office.name:
        wanted.append(
            f"单位名称未填写，报送包、邮件和汇总表暂以“{UNNAMED_OFFICE}”代替，请填写后再发出。"
        )
    if not attached:
        wanted += [
            f"{paper.label}（{paper.basis}），用 --attach 添加。"
            for paper in pack.submission.attachments
            if office.kind in paper.office_kinds
        ]
    return wanted


def blank_office(office: Office) -> list[str]:
    """Sentences on facts of the office that head the summary: missing, or not to be printed."""
    facts = ((office.name, "单位名称"), (office.contact, "联系人"), (office.phone, "联系电话"))
    blank = [label for value, label in facts if not value]
    wanted = []
    if blank:
        wanted.append(f"单位资料缺{'、'.join(blank)}（用于汇总表表头），请用 office set 填写。")
    for value, label in facts:
        if lacking := without_glyph(value):
            named = "、".join(map(with_code, lacking))
            wanted.append(f"单位资料的{label}：字体中没有{named}，汇总表无法打印，请核对用字。")
    return wanted


def advice(pack: Pack, office: Office, today: date) -> list[str]:
    """What to consider before sending (提示): a procedure that is over, a day that has passed."""
    until = pack.identity.in_force_until
    if until is not None and today > until:
        return [pack.submission.over_notice or "试点已结束，请先与主管部门确认。"]
    return [
        f"报送期限已过：{deadline.label}。请先与主管部门确认。"
        for deadline in pack.submission.deadlines
        if deadline.office_kind == office.kind and today > deadline.day
    ]


def _signature(office: Office) -> list[str]:
    contact = " ".join(part for part in (office.contact, office.phone, office.email) if part)
    return [line for line in (office.name, f"联系人：{contact}" if contact else "") if line]
