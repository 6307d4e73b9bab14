"""pool list, show: the pools there are, and all of one; what the other commands show of them."""

from collections.abc import Sequence

from desktop.command_line.arguments import Parser
from desktop.command_line.session import Session
from forms.facts.amounts import plain
from forms.office.pool_book_out import pool_facts
from forms.office.pool_entry import ON_THE_WAY, STAGE_WORDS, problems_of_all
from forms.office.pool_sync import Offered, fall_outs
from forms.office.pools import PoolView, pool_named, pools, view
from forms.office.stored import Kept
from forms.pool.book_columns import RUN_WORDS, WHOLE, WHY_WORDS
from forms.pool.findings import PoolProblem
from forms.pool.overview import portions
from forms.pool.records import Application, PoolLicence, PoolPatent
from forms.pool.standing import days_in

_POOL = "专利池的名称或编号；只有一个时可以不写"


def one_pool(parser: Parser) -> None:
    """Take the name of a pool."""
    parser.add_argument("pool", nargs="?", default="", metavar="POOL", help=_POOL)


def pool_list(session: Session) -> int:
    """List the pools."""
    views = [view(session.store, one.id) for one in pools(session.store)]
    if not views:
        session.terminal.show("还没有专利池，请用 pool create 新建。")
    session.terminal.table(
        ("编号", "名称", "本单位", "成员", "在池专利", "在办申请", "许可"),
        [
            (
                str(one.pool.id),
                one.pool.record.name,
                RUN_WORDS[one.pool.record.run],
                str(sum(member.record.left_on is None for member in one.members)),
                str(len(one.in_on(session.today))),
                str(len(_open(one))),
                str(len(one.licences)),
            )
            for one in views
        ],
    )
    session.terminal.json({"pools": [_short(session, one) for one in views]})
    return 0


def pool_show_arguments(parser: Parser) -> None:
    """Which pool."""
    one_pool(parser)


def pool_show(session: Session) -> int:
    """Show all of a pool, what stands against it, and what falls out of it."""
    found = view(session.store, pool_named(session.store, session.args.pool).id)
    show = session.terminal.show
    for name, words in pool_facts(found.pool.record):
        if words:
            show(f"{name}：{words}")
    _show_members(session, found)
    checked = problems_of_all(session.store, found.pool.id, _open(found), session.today)
    _show_applications(session, found, checked)
    problems, offered = (
        found.problems(session.today),
        fall_outs(session.store, found, session.today),
    )
    for one in problems:
        show(f"{one.message}依据：{one.basis}")
    show_fall_outs(session, offered)
    session.terminal.json(pool_json(session, found, checked, problems, offered))
    return 0


def show_fall_outs(session: Session, offered: Sequence[Offered]) -> None:
    """Show which patents fall out, by the ledger."""
    for one in offered:
        offer = one.offer
        day = f"自 {offer.out_on} 起" if offer.out_on else "日期待填"
        session.terminal.show(
            f"应出池：{one.patent.record.number} {WHY_WORDS[offer.why]}（{day}），{offer.words}"
            f"依据：{offer.basis}"
        )


def _show_members(session: Session, found: PoolView) -> None:
    inside = [one.record for one in found.in_on(session.today)]
    shares = portions(found.pool.record, inside, [one.id for one in found.members])
    session.terminal.table(
        ("成员", "加入", "退出", "专利", "权重", "占比"),
        [
            (
                kept.record.party.name,
                str(kept.record.joined_on or ""),
                str(kept.record.left_on or ""),
                str(part.count),
                plain(part.weight),
                f"{part.percent:.1f}%",
            )
            for kept, part in zip(found.members, shares, strict=True)
        ],
    )


def _show_applications(
    session: Session, found: PoolView, checked: dict[int, tuple[PoolProblem, ...]]
) -> None:
    waiting = _open(found)
    if not waiting:
        return
    session.terminal.table(
        ("申请编号", "申请人", "专利", "阶段", "评估意见", "问题"),
        [
            (
                str(one.id),
                one.record.applicant.name,
                "、".join(patent.number for patent in one.record.patents),
                STAGE_WORDS[one.record.stage],
                f"{len(one.record.opinions)}/{one.record.asked}" if one.record.asked else "",
                "；".join(problem.message.rstrip("。") for problem in checked[one.id]),
            )
            for one in waiting
        ],
    )


def _open(found: PoolView) -> list[Kept[Application]]:
    return [one for one in found.applications if one.record.stage in ON_THE_WAY]


# --- json -------------------------------------------------------------------------------------


def pool_json(
    session: Session,
    found: PoolView,
    checked: dict[int, tuple[PoolProblem, ...]],
    problems: Sequence[PoolProblem],
    offered: Sequence[Offered],
) -> dict[str, object]:
    """Return all of a pool as JSON shows it."""
    pool = found.pool.record
    inside = [one.record for one in found.in_on(session.today)]
    shares = portions(pool, inside, [one.id for one in found.members])
    return {
        **_short(session, found),
        "charter_day": pool.charter_day,
        "fee": {"percent": pool.fee.percent, "amount": pool.fee.amount},
        "method": pool.shares.method,
        "members_license_alone": pool.members_license_alone,
        "grades": [{"name": one.name, "weight": one.weight} for one in pool.grades],
        "members": [
            {
                "member_id": kept.id,
                "name": kept.record.party.name,
                "joined_on": kept.record.joined_on,
                "left_on": kept.record.left_on,
                "share_percent": kept.record.share_percent,
                "patents": part.count,
                "weight": part.weight,
            }
            for kept, part in zip(found.members, shares, strict=True)
        ],
        "patents": [_patent(found, one) for one in found.patents],
        "applications": [
            application_json(one, checked.get(one.id, ())) for one in found.applications
        ],
        "licences": [_licence(one) for one in found.licences],
        "problems": [_problem(one) for one in problems],
        "fall_outs": fall_outs_json(offered),
    }


def _short(session: Session, found: PoolView) -> dict[str, object]:
    pool = found.pool.record
    return {
        "pool_id": found.pool.id,
        "name": pool.name,
        "run": pool.run,
        "operator": pool.operator.name,
        "member_count": sum(one.record.left_on is None for one in found.members),
        "patent_count": len(found.in_on(session.today)),
        "application_count": len(_open(found)),
        "licence_count": len(found.licences),
    }


def _patent(found: PoolView, one: Kept[PoolPatent]) -> dict[str, object]:
    days = days_in(one.record)
    return {
        "patent_number": one.record.number,
        "title": one.record.title,
        "member": found.names.get(one.record.member_id, ""),
        "category": one.record.category,
        "grade": one.record.grade,
        "weight": one.record.weight,
        "from": days[0] if days else None,
        "until": days[1] if days else None,
        "out_on": one.record.out_on or one.record.declared_on,
        "why_out": one.record.why_out,
    }


def application_json(one: Kept[Application], problems: Sequence[PoolProblem]) -> dict[str, object]:
    """Return an application as JSON shows it."""
    record = one.record
    return {
        "application_id": one.id,
        "applicant": record.applicant.name,
        "stage": record.stage,
        "decision": record.decision,
        "patents": [
            {
                "patent_number": patent.number,
                "title": patent.title,
                "grade": patent.grade,
                "taken": patent.is_taken,
            }
            for patent in record.patents
        ],
        "opinions": [
            {"reviewer": said.reviewer, "day": said.day, "vote": said.vote, "grade": said.grade}
            for said in record.opinions
        ],
        "problems": [_problem(found) for found in problems],
    }


def _licence(one: Kept[PoolLicence]) -> dict[str, object]:
    record = one.record
    return {
        "licence_id": one.id,
        "licensee": record.licence.licensee.name,
        "title": record.title,
        "numbers": WHOLE if record.is_whole else record.numbers,
        "cross": record.is_cross,
        "starts_on": record.licence.starts_on,
        "ends_on": record.licence.ends_on,
        "way": record.licence.royalty.way,
    }


def _problem(one: PoolProblem) -> dict[str, object]:
    return {
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        "basis": one.basis,
        "patent_number": one.number or None,
    }


def fall_outs_json(offered: Sequence[Offered]) -> list[dict[str, object]]:
    """Return what falls out as JSON shows it."""
    return [
        {
            "patent_number": one.patent.record.number,
            "why": one.offer.why,
            "out_on": one.offer.out_on,
            "message": one.offer.words,
            "basis": one.offer.basis,
        }
        for one in offered
    ]
