"""The scene of an export held against the ledger: how patents stand now."""

from datetime import date
from typing import Any

from desktop.pages.sync import SyncPage
from desktop.program.app import Program
from desktop.screens.scene_waits import Prepare, page_shown, settle, until
from forms.facts.paths import with_values
from forms.facts.record import Licence, Party
from forms.ground.files import write_atomically

_HEADS = "申请号,法律状态,年费已交至,专利权人,终止通知书收到日"


def looked_at(*, is_taken: bool = False) -> Prepare:
    """An export of some patents of the sample; perhaps what is ticked was taken over."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        desk = program.desk
        cases = desk.store.cases.listed()[:7]
        known: dict[str, Any] = {
            "patent.filing_date": date(2018, 10, 16),
            "patent.grant_date": date(2020, 11, 3),
            "patent.legal_status": "有效",
        }
        for place, stored in enumerate(cases):
            paid = date(2025 if place == 1 else 2026, 10, 16)
            known["patent.fee_paid_to"] = paid
            desk.store.cases.save(with_values(stored.case, known), case_id=stored.id)
        desk.store.licences.add(
            cases[1].id, Licence(licensee=Party(name="襄阳示例机械有限公司", kind="unit"))
        )
        said = (
            "年费滞纳期,,,",
            "未缴年费专利权终止,,,2026-10-08",
            "有效,2027-10-16,,",
            "专利权转移,,武汉示例科技有限公司,",
            "全部无效,,,",
            "有效,2025-10-16,,",
            "有效,2026-10-16,,",
        )
        lines = [
            f"{stored.case.patent.number},{one}" for stored, one in zip(cases, said, strict=True)
        ]
        lines.append("ZL201811203345.1,有效,,,")
        file = program.folder / "专利数据库导出.csv"
        write_atomically(file, "\n".join((_HEADS, *lines)).encode("utf-8-sig"))
        desk.go("sync", files=[file])
        page = page_shown(program, SyncPage)
        until(lambda: page.table.rows)
        page.table.choose(1)
        if is_taken:
            page.take()
            until(lambda: any(one.is_done for one in page.table.rows) and not desk.jobs.running)
        settle()

    return prepare
