"""What every command on a licence takes and says: which one, its account, what is odd of it."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.command_line.arguments import Parser, a_day, count, one_case
from desktop.command_line.session import Session
from forms.facts.derived import licence_royalty, number_text
from forms.facts.licence_effect import effect
from forms.facts.licence_ledger import Line, ledger
from forms.facts.licence_life import Proof
from forms.facts.licence_schedule import due_words
from forms.facts.record import Licence
from forms.office import licence_life
from forms.office.licence_import import licence_at
from forms.office.store import case_name, chosen_one
from forms.office.stored import StoredCase, StoredLicence

if TYPE_CHECKING:
    pass


def one_licence(parser: Parser) -> None:
    """Take the number of a case and which of its licences."""
    one_case(parser)
    parser.add_argument("place", type=count, metavar="K", help="第几份，见 license list")


def on_day(parser: Parser, help: str) -> None:
    """Take the day of what is kept."""
    parser.add_argument("--on", type=a_day, required=True, metavar="YYYY-MM-DD", help=help)


def scan_file(parser: Parser, help: str) -> None:
    """Take a file that proves it."""
    parser.add_argument("--file", type=Path, metavar="FILE", help=f"{help}（PDF 或图片）")


def chosen_licence(session: Session) -> tuple[StoredCase, StoredLicence]:
    """The case and the licence that are meant.  Raises CannotDo."""
    stored = chosen_one(session.store, session.args.number)
    return stored, licence_at(session.store, stored, session.args.place)


def proof_of(session: Session, one: StoredLicence, paper: str, file: Path | None) -> Proof | None:
    """Keep a file, if one was given."""
    if file is None:
        return None
    proof, words = licence_life.with_proof(session.store, one, paper, file, who=session.who)
    for text in words:
        session.terminal.say(f"提示：{text}")
    return proof


def kept(session: Session, one: StoredLicence, licence: Licence, what: str) -> StoredLicence:
    """Save a licence; the history names what was done."""
    return licence_life.keep(session.store, one, licence, who=session.who, what=what)


def place_of(session: Session, stored: StoredCase, one: StoredLicence) -> int:
    """Which of its case's licences it is, from 1."""
    ids = [other.id for other in session.store.licences.of_case(stored.id)]
    return ids.index(one.id) + 1


def named(session: Session, stored: StoredCase, one: StoredLicence) -> str:
    """How a message names a licence."""
    place, name = place_of(session, stored, one), one.licence.licensee.name
    return f"{case_name(stored.case)} 第 {place} 份许可（{name or '被许可人未填'}）"


def tell(session: Session, stored: StoredCase, licence: Licence) -> None:
    """Say what is odd of a licence."""
    account = ledger(stored.case, licence, session.today)
    for text in licence_life.advice(stored.case, licence, account, session.today):
        session.terminal.say(f"提示：{text}")


def account_json(session: Session, stored: StoredCase, one: StoredLicence) -> dict[str, object]:
    """A licence's account; sums are texts with two decimals."""
    case, licence = stored.case, one.licence
    account = ledger(case, licence, session.today)
    known = effect(case, licence)
    return {
        "patent_number": number_text(case) or None,
        "licence": place_of(session, stored, one),
        "licensee": licence.licensee.name,
        "way": licence_royalty(case, licence).way,
        "effect": known.day,
        "effect_by": known.by,
        "total": _sum(account.total),
        "received": _sum(account.received),
        "overdue": _sum(account.overdue),
        "over": _sum(account.over),
        "penalty": _sum(account.penalty),
        "rows": [_row_json(line) for line in account.lines],
        "advice": list(licence_life.advice(case, licence, account, session.today)),
    }


def _row_json(line: Line) -> dict[str, object]:
    owed = line.due
    return {
        "due": owed.due,
        "what": due_words(owed),
        "amount": None if owed.amount is None else _sum(owed.amount),
        "received": _sum(line.received),
        "state": line.state,
        "days_late": line.days_late,
        "penalty": None if line.penalty is None else _sum(line.penalty),
    }


def _sum(amount: Decimal) -> str:
    return f"{amount:.2f}"
