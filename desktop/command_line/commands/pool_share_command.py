"""pool shares: who gets what of a pool's income, from a file alone."""

from pathlib import Path

from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from forms.facts.amounts import grouped, plain
from forms.office.pool_share_file import shares_json, shares_of_file
from forms.pool.share_input import METHOD_WORDS


def pool_shares_arguments(parser: Parser) -> None:
    """Which file."""
    parser.add_argument("file", type=Path, metavar="FILE.json", help="格式见 schema pool-run")


def pool_shares(session: Session) -> int:
    """Reckon a distribution; no data file is opened and none is made."""
    run, done = shares_of_file(session.args.file)
    show = session.terminal.show
    session.terminal.table(
        ("成员", "件数", "权重", "应得（元）"),
        [
            (one.member, str(one.count), plain(one.weight), grouped(one.amount))
            for one in done.shares
        ],
    )
    taken = f"管理费 {grouped(done.fee)} 元"
    if done.annuities:
        taken += f"，代缴年费 {grouped(done.annuities)} 元"
    show(
        f"收入 {grouped(run.income)} 元，{taken}；{METHOD_WORDS[run.method]}分配 "
        f"{grouped(done.distributed)} 元，各方相加 {grouped(done.total)} 元。"
    )
    session.terminal.json(shares_json(done))
    return 0
