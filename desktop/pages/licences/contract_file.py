"""The contract of a licence as a file."""

from pathlib import Path

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from forms.ground.files import write_atomically
from forms.office.paper_making import composed, made
from forms.office.paper_orders import Order
from forms.office.store import CannotDo
from forms.pack.types import Pack


def has_contract(pack: Pack) -> bool:
    """Whether a pack has a contract to be worked on and signed; a statutory licence needs none."""
    papers = [paper for paper in pack.papers.values() if paper.scope == "licence"]
    return any("docx" in paper.formats for paper in papers)


def make_contract(desk: Desk, pack: Pack, order: Order, file: Path, report: Report) -> Path:
    """Make a contract and note it; in a job.  Raises Unprintable as CannotDo, CannotWrite."""
    from forms.office.paper_making import Unprintable

    paper = pack.papers[order.paper]
    with desk.own_store() as store:
        document = composed(
            pack,
            paper,
            order.case,
            store.parties.office(),
            licence=order.licence,
            today=order.today,
            draft=order.draft,
        )
        report.check()
        try:
            done = made(
                document,
                order.format,
                pack,
                case_id=order.case_id,
                licence_id=order.licence_id,
            )
        except Unprintable as fault:
            raise CannotDo(f"{fault}。") from fault
        with store.transaction():
            store.papers.record_exports([done])
            write_atomically(file, done.content)
    return file
