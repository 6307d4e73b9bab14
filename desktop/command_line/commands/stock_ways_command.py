"""stock ways: the ways that are open to a patent, with reasons, days, figures and points."""

from pathlib import Path

from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from desktop.installed.packs_here import own_packs, stock_form_beside
from forms.office.stock_ways import known_of, patent_of, published, rules_here
from forms.office.way_papers import ways_document, write_ways
from forms.pack.load import load
from forms.stock.way_money import figures_of
from forms.stock.ways import TO_FILL, WayFound, suggested, ways_of


def ways_arguments(parser: Parser) -> None:
    """Of which patent, and where it is put on paper."""
    parser.add_argument("number", metavar="NUMBER", help="专利号")
    parser.add_argument("--out", type=Path, metavar="DIR", help="另存路径说明（PDF 和工作簿）")
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")


def ways_(session: Session) -> int:
    """Tell which ways are open to a patent; nothing is changed."""
    store, form, terminal = session.store, stock_form_beside(session.database), session.terminal
    rules = rules_here(store, form, own_packs(session.database))
    patent = patent_of(store, session.args.number)
    known = known_of(store, [patent], session.today)[patent.key]
    answers = patent.patent.answers
    found = ways_of(rules, known.facts, answers, session.today)
    terminal.show(f"{patent.number}《{patent.title}》")
    figures = published(map(load, session.packs.values()))
    if session.args.out is not None:
        document = ways_document(
            *(form, rules, patent, known, figures, store.parties.office(), session.today),
            own=own_packs(session.database),
        )
        for file in write_ways(document, patent, session.args.out, force=session.args.force):
            terminal.show(f"已生成：{file}")
    for way in found:
        until = f"，至 {way.until}" if way.until else ""
        terminal.show(
            f"{way.label}：{'可以' if way.is_open else '现在不可以'}{until}。{_points(way)}"
        )
        for reason in way.reasons:
            terminal.show(f"  - {reason.message}（{reason.basis}）")
        for figure in figures_of(way, known.facts, known.money, figures, session.today):
            terminal.show(f"  · {figure.message}（{figure.source}）")
    told = suggested(rules, form, found, answers, patent.patent.path)
    if told.chosen is not None:
        terminal.show(f"本单位改用：{told.label}。理由：{told.reason}")
    elif told.way is not None:
        terminal.show(f"建议：{told.label}（{told.reason}）。")
    if told.open_items:
        terminal.show(f"还有 {told.open_items} 项没有填全，未计分。")
    terminal.show(rules.note)
    terminal.json(
        {
            "ways": [
                {
                    "way": way.way,
                    "open": way.is_open,
                    "reasons": [
                        {"message": one.message, "basis": one.basis} for one in way.reasons
                    ],
                    "until": way.until,
                }
                for way in found
            ]
        }
    )
    return 0


def _points(way: WayFound) -> str:
    """How the points add up, each shown."""
    said = [
        f"{one.message} {f'{one.points:+d}' if one.points is not None else TO_FILL}"
        for one in way.parts
    ]
    return f"计 {way.score} 分（{'，'.join(said)}）" if said else ""
