"""The list of a distribution (收益分配表) as a paper, for the books of the pool."""

from datetime import date
from decimal import Decimal

from forms.facts.amounts import capitals, chinese_date, grouped, plain
from forms.facts.record import Office
from forms.office.pool_books import percent_words
from forms.office.pool_share_papers import formula_words, period_words
from forms.paper.document import Document
from forms.paper.list_paper import compose_list, list_paper
from forms.pool.records import Pool
from forms.pool.runs import Run
from forms.pool.share_input import METHOD_WORDS


def share_list(pool: Pool, run: Run, office: Office, day: date) -> Document:
    """Return the list of a run, of one that is open too: it says so."""
    totals = run.totals
    sums = (
        f"收入{grouped(totals.income)} − 管理费{grouped(totals.fee)} − "
        f"代缴年费{grouped(totals.annuities)} ＝ 可分配{grouped(totals.distributed)}元"
    )
    words = {
        "pool": pool.name,
        "period": period_words(run.first, run.last),
        "number": run.number,
        "state": f"{run.closed_on} 定稿" if run.closed_on else "未定稿",
        "sums": sums,
        "method": _method(pool, run),
        "amount": grouped(totals.distributed),
        "capitals": f"（{capitals(totals.distributed)}）",
        "clerk": office.contact,
        "day": chinese_date(run.closed_on or day),
    }
    rows = [
        {
            "row": str(place),
            "member": one.name,
            "count": str(one.count),
            "weight": plain(one.weight),
            "part": percent_words(one),
            "amount": grouped(one.amount),
            "due": grouped(one.due),
        }
        for place, one in enumerate(run.shares, 1)
    ]
    all_weigh = sum((one.weight for one in run.shares), Decimal(0))
    total = {
        "row": "",
        "member": "合计",
        "count": str(sum(one.count for one in run.shares)),
        "weight": plain(all_weigh),
        "part": "100%",
        "amount": grouped(totals.distributed),
        "due": grouped(sum((one.due for one in run.shares), Decimal("0.00"))),
    }
    return compose_list(list_paper("distribution"), words, [*rows, total])


def _method(pool: Pool, run: Run) -> str:
    said = METHOD_WORDS[run.rule.method] + ("，按天数" if run.rule.by_days else "")
    if run.rule.method == "weight":
        said += "：" + "，".join(f"{one.name}{plain(one.weight)}" for one in pool.grades)
    elif words := formula_words(run.rule):
        said += f"：{words}"
    return f"分配办法：{said}" + (f"。更正：{run.reason}" if run.reason else "")
