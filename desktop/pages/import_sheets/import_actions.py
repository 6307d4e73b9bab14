"""What is done with files of patents: read, looked through, imported in jobs; what came of it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.pages.import_sheets.import_look import ImportLook, SheetLine, look
from forms.exchange.import_plan import ImportPlan
from forms.exchange.sheet_layout import Decisions
from forms.exchange.sheets import Sheet
from forms.office.bulk_change import gaps
from forms.office.case_import import import_sheets, read_files
from forms.office.offered_values import gather

_NAMED = 4  # so many fields are named that no row says


def reading(desk: Desk, files: Sequence[Path]) -> Callable[[Report], ImportLook]:
    """Read files and look what importing them would do; a job's work."""

    def work(report: Report) -> ImportLook:
        sheets = read_files(files)
        report.check()
        with desk.own_store() as store:
            found = look(store, desk.pack, sheets)
        report.check()
        return found

    return work


def looking(
    desk: Desk, sheets: Sequence[Sheet], decisions: Decisions | None
) -> Callable[[Report], ImportLook]:
    """Look again, by what was decided; a job's work."""

    def work(report: Report) -> ImportLook:
        with desk.own_store() as store:
            found = look(store, desk.pack, sheets, decisions)
        report.check()
        return found

    return work


def importing(desk: Desk, found: ImportLook) -> Callable[[Report], tuple[ImportPlan, list[int]]]:
    """Import what was shown, all of it or nothing: the plan and the cases; a job's work.

    Whoever the cases name is put into the address book.
    """

    def work(report: Report) -> tuple[ImportPlan, list[int]]:
        with desk.own_store() as store, store.transaction():
            before = set(store.register.ids())
            plan = import_sheets(
                store,
                desk.pack,
                found.sheets,
                decisions=found.decisions,
                who=desk.who,
                progress=report,
            )
            changed = [row.case_id for row in plan.rows if row.action == "changed"]
            new = [case_id for case_id in store.register.ids() if case_id not in before]
            case_ids = [*new, *(case_id for case_id in changed if case_id is not None)]
            gather(store.parties, [one.case for one in store.cases.listed(ids=case_ids)])
            return plan, case_ids

    return work


def tell_imported(desk: Desk, plan: ImportPlan, case_ids: Sequence[int]) -> None:
    """Say what was imported, and what none of the cases says though every one needs it."""
    counts = {action: plan.count(action) for action in ("new", "changed", "refused")}
    done = [t(f"import.done.{one}", count=counts[one]) for one in ("new", "changed") if counts[one]]
    said = t("import.imported", done="，".join(done))
    if counts["refused"]:
        said += t("import.imported_refused", count=counts["refused"])
    lack = _lacking(desk, case_ids)
    if lack:
        fill = (t("import.fill"), partial(desk.go, "register", fill=case_ids))
        names = "、".join(lack[:_NAMED]) + ("…" if len(lack) > _NAMED else "")
        desk.notices.tell("pending", said + t("import.lacking", names=names), action=fill)
    else:
        desk.notices.tell("done", said)


def _lacking(desk: Desk, case_ids: Sequence[int]) -> list[str]:
    cases = desk.store.cases.listed(ids=case_ids)
    found = gaps(cases, desk.pack)
    return [gap.field.label for gap in found if gap.blank == len(cases)]


def as_table(lines: Sequence[SheetLine]) -> bytes:
    """The rows as a text table."""
    from forms.ground.workbook_cells import text_table

    table = [[t(f"import.rows.{n}") for n in ("file", "row", "number", "result", "why")]]
    for one in lines:
        result = t(f"import.rows.{one.action}")
        table.append([one.file, one.where, one.name or one.title, result, one.reason])
    return text_table(table)
