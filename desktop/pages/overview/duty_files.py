"""What is made of duties: a calendar, the payment list, the list on paper."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from forms.facts.amounts import chinese_date, grouped
from forms.ground.files import write_atomically
from forms.office.agenda import Item, annuity_keys, calendar_entries, holdings_of
from forms.office.annual_fees import PaperHead, PaymentList, payment_list, write_payment_files
from forms.office.stored import Made


def make_calendar(items: Sequence[Item], today: date, file: Path, _report: Report) -> Path:
    """Write duties as a calendar; in a job.  Raises CannotWrite."""
    from forms.output.calendar_file import write_calendar  # slow to load

    write_atomically(file, write_calendar(calendar_entries(items), today))
    return file


def make_payment_list(
    desk: Desk, items: Sequence[Item], file: Path, _report: Report
) -> tuple[PaymentList, list[Path]]:
    """Write the list to pay the annuities among duties by; in a job.  Raises CannotDo."""
    with desk.own_store() as store:
        office, holdings = store.parties.office(), holdings_of(store, items)
    last = max(one.duty.date for one in items)
    listed = payment_list(holdings, office, desk.today, last, keys=annuity_keys(items))
    head = PaperHead(office, desk.today, last)
    return listed, write_payment_files(listed, file, head, force=True)


def make_paper(desk: Desk, items: Sequence[Item], _report: Report) -> Made:
    """Return the list of duties on paper; in a job."""
    from forms.output.pdf import render  # slow to load
    from forms.paper.list_paper import compose_list, list_paper

    with desk.own_store() as store:
        office = store.parties.office()
    told = {
        "office": office.name,
        "day": chinese_date(desk.today),
        "count": str(len(items)),
        "clerk": office.contact,
    }
    cells = [
        {
            "row": str(place),
            "date": str(one.duty.date),
            "what": one.duty.what + ("（已办理）" if one.is_done else ""),
            "patent": "\n".join(filter(None, (one.duty.patent_number, one.duty.title))),
            "basis": one.duty.basis,
            "yuan": grouped(one.duty.amount) if one.duty.amount is not None else "",
        }
        for place, one in enumerate(items, 1)
    ]
    content = render(compose_list(list_paper("duties"), told, cells))
    return Made(
        paper="duties",
        format="pdf",
        words="",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        draft=False,
        pack_code="",
        pack_version="",
    )
