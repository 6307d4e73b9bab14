"""The invented sample: the pack's own workbook, imported, so that one may look around."""

from desktop.desk.desk import Desk
from forms.facts.record import Office
from forms.office.case_import import import_sheets, read_files

OFFICE = Office(
    name="示例大学",
    contact="陈思远",
    phone="027-8700 0000",
    region="全省",
    email="zscq@example.edu.cn",
)


def fill_with_sample(desk: Desk) -> None:
    """Import the pack's sample where there is nothing yet."""
    pack, store = desk.pack, desk.store
    if not pack.sample or store.cases.numbers():
        return
    if not store.parties.office().name:
        store.parties.set_office(OFFICE)
    import_sheets(store, pack, read_files([pack.folder / pack.sample]), who=desk.who)
    desk.cases_changed.emit()
