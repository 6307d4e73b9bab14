"""stats: the figures of a year, against what was meant to be reached; as paper and workbook."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from forms.facts.amounts import grouped
from forms.office.case_standing import STATE_WORDS, State
from forms.office.case_states import settled
from forms.office.statistics_types import (
    MEASURE_WORDS,
    WAY_WORDS,
    Figure,
    Group,
    Measure,
    Statistics,
)
from forms.office.targets import (
    Targets,
    keep_targets,
    schemes,
    target_of,
    targets,
    targets_of_scheme,
)
from forms.office.yearly import figures_of
from forms.office.yearly_charts import (
    name_of_department,
    name_of_kind,
    period_words,
    shown,
)
from forms.office.yearly_paper import write_yearly_files


def stats_arguments(parser: Parser) -> None:
    """Of which year, the targets to keep, and where the report goes."""
    parser.add_argument("--year", type=_year, metavar="YYYY", help="年度；不写时为今年")
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="名称=数",
        help="记下该年度的目标，如 报送专利=150；数不写的，取消这一项。可写多次",
    )
    known = "、".join(f"{code}（{one.name}）" for code, one in schemes().items())
    parser.add_argument("--scheme", metavar="CODE", help=f"照用方案所定的目标：{known}")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="把年度统计表（PDF 和工作簿）存到这个文件夹"
    )
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")


def _year(text: str) -> int:
    year = int(text)
    if not 1985 <= year <= 9998:
        raise ValueError(text)
    return year


def stats(session: Session) -> int:
    """Show the figures of a year; keep targets, write the report where that is asked for."""
    args, store, terminal = session.args, session.store, session.terminal
    year: int = args.year or session.today.year
    _keep_targets(session, year)
    found = figures_of(
        store,
        year,
        session.today,
        day_of=local_day,
        states=_states(session),
    )
    meant = targets(store.settings, year)
    files: list[Path] = []
    if args.out is not None:
        office = store.parties.office()
        files = write_yearly_files(found, meant, office, args.out, force=args.force)
    _show(session, found, meant)
    for file in files:
        terminal.show(f"年度统计表已生成：{file}")
    terminal.json(_json(found, meant) | {"files": [str(file) for file in files]})
    return 0


def _states(session: Session) -> dict[int, State]:
    """The states of the cases: as the register has them, settled here where it has none."""
    store, today = session.store, session.today
    kept = {row.id: row.state for some in store.register.rows() for row in some}
    open_ones = store.register.unsettled(today)
    found = {case_id: cast(State, state) for case_id, state in kept.items() if state}
    for case_id, one in settled(store, session.shelf, today, open_ones).items():
        found[case_id] = cast(State, one.state)
    return found


def local_day(moment: datetime) -> date:
    """The day of a moment where the clerk is."""
    return moment.astimezone().date()


def _keep_targets(session: Session, year: int) -> None:
    changed: dict[Measure, Decimal | None] = {}
    if session.args.scheme is not None:
        changed.update(targets_of_scheme(session.args.scheme))
    changed.update(target_of(text) for text in session.args.target)
    if changed:
        keep_targets(session.store.settings, year, changed)


def _show(session: Session, found: Statistics, meant: Targets) -> None:
    terminal = session.terminal
    terminal.show(period_words(found))
    terminal.table(
        ("指标", "目标", "完成"),
        [
            (
                f"{word}（{unit}）",
                shown(meant.get(measure)),
                shown(found.measures[measure].value),
            )
            for measure, (word, unit) in MEASURE_WORDS.items()
        ],
    )
    states = [
        (STATE_WORDS[state], str(one.value)) for state, one in found.states.items() if one.value
    ]
    terminal.show()
    terminal.table(("案卷状态", "件"), states)
    terminal.show()
    terminal.table(
        ("达成许可", "收费", "免费"),
        [(f"{one.month}月", shown(one.paid.value), shown(one.free.value)) for one in found.months],
    )
    terminal.show()
    terminal.table(
        ("许可费到账", "元"),
        [(WAY_WORDS[way], shown(one.value)) for way, one in found.ways.items()],
    )
    outstanding, overdue = shown(found.outstanding.value), shown(found.overdue.value)
    terminal.show(f"应收未到 {outstanding} 元，其中过期 {overdue} 元。")
    head = ("在册", "报送", "收费", "免费", "备案", "到账（元）")
    for first, groups, named in (
        ("学院（部门）", found.departments, name_of_department),
        ("类型", found.kinds, name_of_kind),
    ):
        terminal.show()
        rows = [(named(group), *_cells(group)) for group in groups]
        terminal.table((first, *head), [*rows, ("合计", *_cells(found.total))])
    if found.pools:
        terminal.show()
        terminal.table(
            (
                "专利池",
                "成员",
                "专利",
                "许可",
                "收入（元）",
                "已分配（元）",
                "已付（元）",
                "未付（元）",
            ),
            [
                (
                    *(one.name, str(one.members), str(one.patents), str(one.licences)),
                    *map(grouped, (one.income, one.distributed, one.paid, one.unpaid)),
                )
                for one in found.pools
            ],
        )
    if count := found.without_effect.value:
        terminal.say(f"提示：{count} 项许可的生效日不明，未计入达成。")
    if count := found.odd_receipts.value:
        terminal.say(f"提示：{count} 笔到账没有日期或者金额，未计入。")


def _cells(group: Group) -> tuple[str, ...]:
    figures = (group.held, group.sent, group.paid, group.free, group.recorded, group.income)
    return tuple(shown(one.value) for one in figures)


def _json(found: Statistics, meant: Targets) -> dict[str, object]:
    return {
        "year": found.year,
        "until": found.end,
        "day": found.day,
        "measures": [
            {
                "measure": measure,
                "name": word,
                "unit": unit,
                "target": f"{meant[measure]:f}" if measure in meant else None,
                **_figure(found.measures[measure]),
            }
            for measure, (word, unit) in MEASURE_WORDS.items()
        ],
        "states": [
            {"state": state, "name": STATE_WORDS[state], **_figure(one)}
            for state, one in found.states.items()
        ],
        "licences_by_month": [
            {"month": one.month, "paid": _figure(one.paid), "free": _figure(one.free)}
            for one in found.months
        ],
        "income_by_way": [
            {"way": way, "name": WAY_WORDS[way], **_figure(one)} for way, one in found.ways.items()
        ],
        "departments": [
            {
                "department": one.name or None,
                **_group(one),
                "held_of": {kind: _figure(held) for kind, held in one.held_of.items()},
            }
            for one in found.departments
        ],
        "kinds": [{"kind": one.name or None, **_group(one)} for one in found.kinds],
        "total": _group(found.total),
        "without_effect": _figure(found.without_effect),
        "odd_receipts": _figure(found.odd_receipts),
        "outstanding": _figure(found.outstanding),
        "overdue": _figure(found.overdue),
        "pools": [
            {
                "pool": one.name,
                "run": one.is_run,
                "members": one.members,
                "patents": one.patents,
                "entered": one.entered,
                "left": one.left,
                "licences": one.licences,
                "income": f"{one.income:.2f}",
                "distributed": f"{one.distributed:.2f}",
                "paid": f"{one.paid:.2f}",
                "unpaid": f"{one.unpaid:.2f}",
            }
            for one in found.pools
        ],
    }


def _group(group: Group) -> dict[str, object]:
    names = ("held", "sent", "licensed", "paid", "free", "recorded", "income")
    return {name: _figure(getattr(group, name)) for name in names}


def _figure(figure: Figure) -> dict[str, object]:
    value = figure.value
    return {
        "value": f"{value:f}" if isinstance(value, Decimal) else value,
        "case_ids": figure.case_ids,
        "licence_ids": figure.licence_ids,
    }
