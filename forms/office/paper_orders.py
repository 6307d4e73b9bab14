"""Papers made in numbers: orders out, papers back in the same order.

An order holds all that a paper is made of, so that it may be carried out here (`in_turn`), or by
other processes that the program around starts (`desktop.desk.workers`): the bytes are the same.
"""

from collections.abc import Callable, Generator, Iterable, Sized
from datetime import date
from pathlib import Path

import msgspec

from forms.facts.record import Case, Licence, Office
from forms.ground.bulk_files import put_on_bench
from forms.office.paper_making import Unprintable, composed, made
from forms.office.stored import Made
from forms.pack.types import Pack


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of a case or of a licence to be made; `granted` are all licences of the case.

    `file` is where its content goes, in a workshop; without one it is carried back.
    """

    paper: str
    format: str
    case: Case
    case_id: int | None = None
    licence: Licence | None = None
    licence_id: int | None = None
    granted: tuple[Licence, ...] = ()
    today: date | None = None
    draft: bool = False
    file: Path | None = None


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """Orders with what they share; those asked for one by one come once, about so many."""

    pack: Pack
    office: Office
    each: Iterable[Order]
    about: int | None = None

    @property
    def count(self) -> int:
        """How many there are, as far as is known."""
        if self.about is not None:
            return self.about
        return len(self.each) if isinstance(self.each, Sized) else 0


Result = Made | Unprintable
Results = Generator[Result, None, None]
Makers = Callable[[Orders], Results]
"""Carries orders out and yields what came of each, in their order; closed, it stops.

Raises CannotWrite.
"""


def in_turn(orders: Orders) -> Results:
    """Carry out one order after the other."""
    return (carried_out(order, orders.pack, orders.office) for order in orders.each)


def carried_out(order: Order, pack: Pack, office: Office) -> Result:
    """Make the paper of an order; one that can not be printed is given back as the fault it is.

    Raises CannotWrite.
    """
    paper = pack.papers[order.paper]
    document = composed(
        *(pack, paper, order.case, office),
        licence=order.licence,
        granted=order.granted,
        today=order.today,
        draft=order.draft,
    )
    try:
        result = made(
            document, order.format, pack, case_id=order.case_id, licence_id=order.licence_id
        )
    except Unprintable as fault:
        return fault
    if order.file is None:
        return result
    put_on_bench(order.file, result.content)
    return msgspec.structs.replace(result, content=b"")
