"""Annual fees of what an office holds: what each patent owes, and the list to pay by."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import msgspec

from forms.facts.amounts import capitals, chinese_date, grouped
from forms.facts.annuities import Annuity, annuities, to_be_paid
from forms.facts.kinds import KIND_WORDS
from forms.facts.legal_status import says_valid, standings
from forms.facts.record import Office, Party
from forms.ground.files import write_atomically
from forms.office.holdings import Holding, duty_key, reckoned, still_owed_by
from forms.office.offered_values import party_of_office
from forms.office.store import CannotDo
from forms.output.payment_list import MOST_ROWS, PaymentRow, write_payment_list

_OPEN = ("due", "grace")


class PatentFees(msgspec.Struct, frozen=True, kw_only=True):
    """The annuities of a patent as they stand on a day; `words` are what the clerk is told.

    `why_none` says why nothing is reckoned, "" where it is.
    """

    holding: Holding
    annuities: tuple[Annuity, ...] = ()
    words: tuple[str, ...] = ()
    why_none: str = ""

    @property
    def total_full(self) -> Decimal:
        """All listed annuities in full, in yuan."""
        return sum((one.full for one in self.annuities), Decimal(0))

    @property
    def total_payable(self) -> Decimal:
        """What the listed annuities come to with reliefs and surcharges, in yuan."""
        return sum((one.payable for one in self.annuities), Decimal(0))


def fees_of(holding: Holding, day: date, *, all_years: bool = False) -> PatentFees:
    """Return what a patent owes on a day, else its next annuity; or every annuity it ever has."""
    facts = reckoned(holding)
    if facts is None:
        patent = holding.entry.patent
        blank = "申请日" if patent.filing_date is None else "专利号"
        why = f"{blank}未填或不能识别，年费无从推算"
        return PatentFees(holding=holding, why_none=why)
    if all_years:
        listed = tuple(annuities(facts, day))
    else:
        unpaid = list(to_be_paid(facts, day))
        listed = tuple(one for one in unpaid if one.state != "ahead") or tuple(unpaid[:1])
    owed = still_owed_by(holding, listed)
    words = tuple(_told(holding, owed, len(listed) - len(owed)))
    return PatentFees(holding=holding, annuities=owed, words=words)


def _told(holding: Holding, listed: Sequence[Annuity], not_listed: int) -> Iterator[str]:
    patent = holding.entry.patent
    states = {one.state for one in listed}
    if not_listed:
        yield f"法律状态为“{patent.legal_status}”，没有列出其后的年费"
    if patent.fee_paid_to is None and "grace" in states:
        yield "年费已交至未填：宽限期内的年费按未缴列出，请核对后填写"
    if patent.grant_date is None and patent.fee_reduction in ("85", "70"):
        yield "授权公告日未填，不能确定哪十年减缴，照全额列出"
    if "lapsed" in states and says_valid(standings(patent.legal_status, {})):
        yield f"照年费已交至推算，专利权已经终止，而法律状态为“{patent.legal_status}”，请核对"


# --- the list to pay by -------------------------------------------------------------------------


class PaymentList(msgspec.Struct, frozen=True):
    """What is to be paid: rows a file, and the patents left out, each with why."""

    files: tuple[tuple[PaymentRow, ...], ...]
    left_out: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """All rows in yuan."""
        return sum((row.yuan for rows in self.files for row in rows), Decimal(0))


def payment_list(
    holdings: Sequence[Holding],
    office: Office,
    day: date,
    until: date | None = None,
    *,
    keys: frozenset[str] | None = None,
) -> PaymentList:
    """Return the rows to be paid on a day: what is due or late, with `until` up to that day.

    `keys` leaves it at some annuities, named by their duties' keys.
    A surcharge has its own row, and the rows of a patent stay in one file.
    """
    together, left_out = [], []
    for holding in holdings:
        fees = fees_of(holding, day, all_years=True)
        if fees.why_none:
            left_out.append(f"{holding.number or '（无专利号）'}：{fees.why_none}")
            continue
        number = _thirteen(holding)
        wanted = [
            one
            for one in fees.annuities
            if _is_wanted(one, until)
            and (keys is None or duty_key(holding, "annual_fee", one.year) in keys)
        ]
        if wanted and number is None:
            left_out.append(f"{holding.number}：专利号没有校验位，不能列入")
        elif wanted and number is not None:
            rows = [row for one in wanted for row in _rows(one, fees, number, office)]
            together.append((wanted[0].pay_by.day, rows))
        if any(one.state == "lapsed" for one in fees.annuities):
            left_out.append(f"{holding.number}：专利权已因未缴年费终止，须请求恢复权利")
    together.sort(key=lambda one: one[0])
    return PaymentList(tuple(_parted(rows for _, rows in together)), tuple(left_out))


def _is_wanted(one: Annuity, until: date | None) -> bool:
    if one.state == "grace" or until is None:
        return one.state in _OPEN
    return one.state in ("due", "ahead") and one.pay_by.day <= until


def _thirteen(holding: Holding) -> str | None:
    """The number as the payment workbook wants it: 13 characters, without ZL and dot."""
    number = holding.parsed
    return f"{number.digits}{number.check}" if number and number.check else None


def _rows(one: Annuity, fees: PatentFees, number: str, office: Office) -> Iterator[PaymentRow]:
    payer = _payer(fees.holding, office)
    kind = fees.holding.kind
    word = KIND_WORDS[kind] if kind else ""
    is_late = one.state == "grace"
    remark = f"{one.pay_by.day} {'已到期' if is_late else '到期'}；{_relief(one, fees)}"
    fee = f"{word}专利第{one.year}年年费"
    yield PaymentRow(number, payer.name, payer.identity_number, fee, one.reduced, remark)
    if one.surcharge:
        percent = one.surcharge * 100 / one.full
        late = f"第{one.year}年年费逾期，全额的{percent:.0f}%"
        fee = f"{word}专利年费滞纳金"
        yield PaymentRow(number, payer.name, payer.identity_number, fee, one.surcharge, late)


def _relief(one: Annuity, fees: PatentFees) -> str:
    if not one.reduction_percent:
        return "全额"
    is_of_means = str(one.reduction_percent) == fees.holding.entry.patent.fee_reduction
    return f"{'' if is_of_means else '开放许可'}减缴{one.reduction_percent}%"


def _payer(holding: Holding, office: Office) -> Party:
    """Who the receipt is for: the office; without a profile the first patentee."""
    if office.name:
        return party_of_office(office)
    return holding.entry.owners[0] if holding.entry.owners else Party()


def _parted(groups: Iterator[Sequence[PaymentRow]]) -> Iterator[tuple[PaymentRow, ...]]:
    rows: list[PaymentRow] = []
    for group in groups:
        if len(rows) + len(group) > MOST_ROWS:
            yield tuple(rows)
            rows = []
        rows.extend(group)
    if rows:
        yield tuple(rows)


class PaperHead(msgspec.Struct, frozen=True):
    """What stands over a list: whose it is, of which day, up to which day it goes."""

    office: Office
    day: date
    until: date | None = None


def write_payment_files(
    listed: PaymentList, out: Path, head: PaperHead, *, force: bool = False
) -> list[Path]:
    """Write the list and return its files: a paper where `out` is a .pdf, else workbooks.

    Further workbooks are numbered ("缴费清单-2.xlsx").  Raises CannotDo where there is nothing to
    pay, or a file is there that may not be replaced.
    """
    if not listed.files:
        raise CannotDo("没有要缴的年费，未生成缴费清单。")
    if out.suffix.lower() == ".pdf":
        made = {out: payment_paper(listed, head)}
    else:
        made = dict(zip(_names(out), map(write_payment_list, listed.files), strict=False))
    for path in made:
        if path.exists() and not force:
            raise CannotDo(f"“{path}”已存在，未覆盖。请另选文件名；确需覆盖的，请加 --force。")
    for path, content in made.items():
        write_atomically(path, content)
    return list(made)


def _names(out: Path) -> Iterator[Path]:
    suffix = out.suffix or ".xlsx"
    yield out.with_name(f"{out.stem}{suffix}")
    for place in count(2):
        yield out.with_name(f"{out.stem}-{place}{suffix}")


def payment_paper(listed: PaymentList, head: PaperHead) -> bytes:
    """Return the list as a PDF, for those who sign for the money."""
    from forms.output.pdf import render  # slow to import
    from forms.paper.list_paper import compose_list, list_paper

    rows = [row for some in listed.files for row in some]
    period = f"{chinese_date(head.until)}前到期及补缴" if head.until else "应缴及补缴"
    words = {
        "payer": head.office.name or (rows[0].payer if rows else ""),
        "period": period,
        "day": chinese_date(head.day),
        "patents": str(len({row.number for row in rows})),
        "rows": str(len(rows)),
        "total": grouped(listed.total),
        "capitals": f"（{capitals(listed.total)}）",
        "clerk": head.office.contact,
    }
    cells = [
        {
            "row": str(place),
            "number": row.number,
            "receipt": row.payer,
            "credit_code": row.credit_code,
            "fee": row.fee,
            "yuan": grouped(row.yuan),
            "remark": row.remark,
        }
        for place, row in enumerate(rows, 1)
    ]
    return render(compose_list(list_paper("payment_list"), words, cells))
