"""The invented sample: the pack's own workbook, imported, so that one may look around."""

from functools import partial

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.installed.workplaces import BUREAU
from forms.facts.record import Office
from forms.office.case_import import import_sheets, read_files

OFFICE = Office(
    name="示例大学",
    contact="陈思远",
    phone="027-8700 0000",
    region="全省",
    email="zscq@example.edu.cn",
)


def fill(desk: Desk) -> None:
    """Fill a desk with the sample of its workplace."""
    if desk.workplace == BUREAU:
        from desktop.program.bureau_sample import fill_with_bureau_sample

        def follow(*_: object) -> None:
            desk.records_changed.emit()

        desk.jobs.run(
            partial(fill_with_bureau_sample, desk),
            t("opening.preparing_sample"),
            finished=follow,
            progressed=follow,
            quiet=True,
        )
    else:
        fill_with_sample(desk)


def fill_with_sample(desk: Desk) -> None:
    """Import the pack's sample where there is nothing yet."""
    pack, store = desk.pack, desk.store
    if not pack.sample or store.cases.numbers():
        return
    if not store.parties.office().name:
        store.parties.set_office(OFFICE)
    import_sheets(store, pack, read_files([pack.folder / pack.sample]), who=desk.who)
    desk.cases_changed.emit()
