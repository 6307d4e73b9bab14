"""statement: how the fee of a declaration was reached (简要说明), and what it comes to."""

from desktop.command_line.arguments import Parser, one_case
from desktop.command_line.session import Session
from forms.facts.record import Case
from forms.office.fee_statement import ToldStatement, has_statement, told_statement
from forms.office.store import CannotDo, case_mark
from forms.office.stored import StoredCase
from forms.pack.reading import write
from forms.pack.types import Pack

_BLANK = "（未填）"


def statement_arguments(parser: Parser) -> None:
    """Of which case."""
    one_case(parser)


def statement(session: Session) -> int:
    """Show the statement of a case, its sum beside the offer, and how long it is."""
    stored, pack = _meant(session)
    told = told_statement(stored.case, pack)
    _show(session, told, stored.case, pack)
    session.terminal.json(told)
    return 0


def _meant(session: Session) -> tuple[StoredCase, Pack]:
    """The case of a number whose pack asks for a statement; one of another pack is not meant."""
    found = session.cases_to_look_at([session.args.number])
    each = [(one, session.pack_of(one)) for one in found]
    asked = [(one, pack) for one, pack in each if has_statement(pack)]
    if len(asked) > 1:
        marks = "、".join(case_mark(one.id) for one, _ in asked)
        raise CannotDo(f"有 {len(asked)} 件案卷（{marks}），请用案卷号指明。")
    return asked[0] if asked else each[0]


def _show(session: Session, told: ToldStatement, case: Case, pack: Pack) -> None:
    terminal = session.terminal
    field = pack.field("statement.method")
    method = write(field, told.method) if field is not None else told.method
    terminal.show(f"计算方法：{method or _BLANK}")
    unit = "%" if case.royalty.way == "running" else " 元"
    sums = [f"{one}{unit}" if one is not None else _BLANK for one in (told.computed, told.offered)]
    terminal.show(f"计算结果：{sums[0]}　声明的：{sums[1]}")
    limit = f"，一般不超过 {told.limit:,} 字" if told.limit is not None else ""
    terminal.show(f"全文 {told.characters:,} 字{limit}。")
    terminal.show("")
    terminal.show(told.text)
