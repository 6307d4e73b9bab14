"""Letters to units about their packages, as mail drafts: send again, receipt, remind, agree.

What was decided of a case is told by another paper; these are about the packages themselves.
"""

from collections.abc import Sequence
from datetime import date

from forms.bureau.package_care import standing
from forms.bureau.records import Duplicate, Package, PackageCase
from forms.bureau.units import Quarter, ReportTerm, Unit
from forms.exchange.mail import Letter, write_mails
from forms.facts.record import Office

_MOST_FAULTS = 40
_LIMIT = 1 << 20  # of a draft without attachments


def resend(package: Package, bureau: Office, day: date) -> bytes:
    """Return the draft that asks a unit to send its package again, and says why."""
    lines = [f"{place}. {one.message}" for place, one in enumerate(package.faults, 1)]
    if len(lines) > _MOST_FAULTS:
        rest = len(lines) - _MOST_FAULTS
        lines = [*lines[:_MOST_FAULTS], f"另有 {rest} 处，不再列出。"]
    whose = _whose(package)
    words = "\n".join(lines) or "收到的文件不能读取。"
    text = (
        f"{package.office or '贵单位'}：\n\n"
        f"{whose}（“{package.source}”）已收到，核对时发现：\n\n{words}\n\n"
        "请改正后用原来的程序重新生成报送包，再次发送。打包以后请勿改动其中的文件。\n"
    )
    return _draft(package.sender.email, f"请重新发送：{whose}", text, bureau, day)


def receipt(packages: Sequence[Package], bureau: Office, day: date) -> bytes:
    """Return the draft that tells a unit that its packages were received (收件回执)."""
    lines = [
        f"{place}. {_whose(one)}：“{one.source}”，{one.cases} 件"
        + (f"，收到日期 {one.received_at:%Y-%m-%d}" if one.received_at else "")
        + (f"，校验值 {one.contents_sha256[:16]}" if one.contents_sha256 else "")
        for place, one in enumerate(packages, 1)
    ]
    first = packages[0]
    text = (
        f"{first.office or '贵单位'}：\n\n下列报送包已收到并核对：\n\n"
        + "\n".join(lines)
        + "\n\n审核意见另行通知。\n"
    )
    return _draft(first.sender.email, f"收件回执：{_whose(first)}", text, bureau, day)


def reminder(
    unit: Unit, quarter: Quarter, term: ReportTerm | None, bureau: Office, day: date
) -> bytes:
    """Return the draft that reminds a unit to report for a quarter (催报函)."""
    due = f"，截止日期为 {term.due:%Y-%m-%d}" if term is not None and term.due is not None else ""
    basis = f"（依据：{term.basis}）" if term is not None and term.basis else ""
    text = (
        f"{unit.name}：\n\n"
        f"{quarter.words}的专利开放许可材料尚未收到{due}{basis}。"
        "请尽快报送；本季度没有报送的，也请回复说明。\n"
    )
    return _draft(unit.email, f"请报送{quarter.words}专利开放许可材料", text, bureau, day)


def agree(
    case: PackageCase, duplicates: Sequence[Duplicate], to: str, bureau: Office, day: date
) -> bytes:
    """Return the draft that asks the units of a patent handed in twice to agree (请两家协商)."""
    places = [f"{case.office}第 {case.place} 件"]
    places += [f"{one.office}第 {one.batch} 批第 {one.place} 件" for one in duplicates]
    differs = "、".join(dict.fromkeys(box for one in duplicates for box in one.differs))
    text = (
        f"{'、'.join(dict.fromkeys((case.office, *(one.office for one in duplicates))))}：\n\n"
        f"{case.number}《{case.case.patent.title}》由几家报送：\n\n"
        + "\n".join(f"· {place}" for place in places)
        + (f"\n\n内容不同之处：{differs}。" if differs else "")
        + "\n\n请协商后告知以哪一份为准，或者由共有专利权人共同报送一份。\n"
    )
    return _draft(to, f"请协商：{case.number} 由几家报送", text, bureau, day)


def needs_resending(package: Package) -> bool:
    """Return whether a package is to be sent again by its unit."""
    return standing(package) in ("altered", "missing", "unreadable", "faulty")


def _whose(package: Package) -> str:
    return f"{package.office}第 {package.batch} 批" if package.office else "报送的文件"


def _draft(to: str, subject: str, text: str, bureau: Office, day: date) -> bytes:
    signed = "\n".join(
        line
        for line in (
            bureau.name,
            f"联系人：{bureau.contact}" if bureau.contact else "",
            f"电话：{bureau.phone}" if bureau.phone else "",
            f"{day:%Y-%m-%d}",
        )
        if line
    )
    letter = Letter(to=to, subject=subject, text=f"{text}\n{signed}\n", day=day)
    return write_mails(letter, (), _LIMIT)[0].content
