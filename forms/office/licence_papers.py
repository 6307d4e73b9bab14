"""Papers of a licence's money: the account of what came in, and the letter for what is overdue."""

from datetime import date

from forms.facts.amounts import capitals, chinese_date, grouped
from forms.facts.derived import number_text
from forms.facts.licence_effect import by_day
from forms.facts.licence_ledger import ledger, lines_of
from forms.facts.record import Office
from forms.office.paper_making import composed, made
from forms.office.store import CannotDo
from forms.office.stored import Made, StoredCase, StoredLicence
from forms.pack.types import Pack

REMINDER = "reminder"
FORMATS = ("pdf", "xlsx")


def receipt_list(
    stored: StoredCase, one: StoredLicence, office: Office, today: date, format: str
) -> bytes:
    """Return what came in under a licence as a PDF or a workbook.

    Raises CannotDo where nothing did.
    """
    case, licence = stored.case, one.licence
    receipts = by_day(licence.life.receipts)
    if not receipts:
        raise CannotDo("还没有到账，没有可以导出的收款账。")
    if format == "xlsx":
        from forms.output.receipt_list import write_receipt_list

        return write_receipt_list(receipts)
    from forms.output.pdf import render  # slow to import
    from forms.paper.list_paper import compose_list, list_paper

    account = ledger(case, licence, today)
    words = {
        "patent": f"{number_text(case)}　{case.patent.title}",
        "licensors": "、".join(owner.name for owner in case.owners),
        "licensee": licence.licensee.name,
        "received": grouped(account.received),
        "capitals": f"（{capitals(account.received)}）",
        "total": grouped(account.total),
        "overdue": grouped(account.overdue),
        "clerk": office.contact,
        "day": chinese_date(today),
    }
    rows = [
        {
            "row": str(place),
            "day": receipt.day.isoformat() if receipt.day else "",
            "purpose": receipt.purpose,
            "yuan": grouped(receipt.amount) if receipt.amount is not None else "",
            "number": receipt.number,
        }
        for place, receipt in enumerate(receipts, 1)
    ]
    return render(compose_list(list_paper("receipts"), words, rows))


def reminder(
    stored: StoredCase, one: StoredLicence, pack: Pack, office: Office, today: date
) -> Made:
    """Make the letter that asks for overdue statements and payments.

    Raises CannotDo where nothing is overdue or the pack has no such letter; Unprintable.
    """
    paper = pack.papers.get(REMINDER)
    if paper is None:
        raise CannotDo(f"表单包“{pack.identity.short_name}”没有催款的函。")
    lines = lines_of(stored.case, one.licence, today)
    if not any(line.is_owed for line in lines):
        raise CannotDo("没有逾期未报的报表，也没有逾期未付的款项，不必催。")
    document = composed(pack, paper, stored.case, office, licence=one.licence, today=today)
    return made(document, "pdf", pack, case_id=stored.id, licence_id=one.id)
