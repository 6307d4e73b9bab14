"""The scenes of a pilot's case made a declaration, and of what became of one at the office."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.pages.convert import ConvertPage
from desktop.pages.results import ResultsPage
from desktop.pages.wizard import WizardPage
from desktop.program.app import Program
from desktop.screens.scene_waits import Prepare, page_shown, settle, until
from forms.facts.declared import as_filed, declared_anew
from forms.facts.paths import with_values
from forms.facts.record import Licence, Party
from forms.office.converting import carry_out, goals, look

_FIRST = "ZL202110345678.3"
_PUBLISHED: Mapping[str, Any] = {
    "declaration.filed_on": date(2024, 2, 26),
    "declaration.number": "示例-2024-0001",
    "declaration.published_on": date(2024, 4, 16),
}


def convert(number: str, *, licences: int = 0) -> Prepare:
    """What becomes of a case of the sample."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        store = program.desk.store
        stored = store.cases.listed([number])[0]
        for place in range(licences):
            licensee = Party(name=f"襄阳示例{place + 1}号公司", kind="unit")
            store.licences.add(stored.id, Licence(licensee=licensee))
        program.desk.go("convert", case_id=stored.id)
        page = page_shown(program, ConvertPage)
        until(lambda: page.table.rows)
        settle()

    return prepare


def converted_many(program: Program) -> None:
    """What became of all of the sample at once."""
    assert program.desk is not None
    desk = program.desk
    desk.dialogs.confirm = lambda *_, **__: True  # type: ignore[method-assign]
    desk.go("convert", case_ids=[one.id for one in desk.store.cases.listed()])
    page_shown(program, ConvertPage).make_many()
    until(lambda: not desk.jobs.running)
    page_shown(program, ResultsPage)


def filing(
    changes: Mapping[str, Any] | None = None, *, licences: int = 0, again: bool = False
) -> Prepare:
    """The sample's first case declared and published, and what came of it."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        desk = program.desk
        store, shelf = desk.store, desk.shelf
        (stored,) = store.cases.listed([_FIRST])
        (to,) = goals(stored.case.pack, shelf)
        made = carry_out(store, shelf, to, desk.today, look(store, shelf, to, desk.today, [stored]))
        case_id = made[stored.id]
        case = as_filed(with_values(store.cases.one(case_id).case, _PUBLISHED))
        case = with_values(case, dict(changes or {}))
        store.cases.save(declared_anew(case) if again else case, case_id=case_id)
        for place in range(licences):
            licensee = Party(name=f"襄阳示例{place + 1}号公司", kind="unit")
            store.licences.add(case_id, Licence(licensee=licensee))
        desk.choose_pack(to.identity.code)
        desk.go("wizard", case_id=case_id, path="declaration.filed_on")
        page_shown(program, WizardPage)

    return prepare


ARREARS: Mapping[str, Any] = {"patent.fee_paid_to": date(2024, 3, 30)}
WITHDRAWN: Mapping[str, Any] = {
    "declaration.withdrawal_reason": "arrears",
    "declaration.withdrawal_asked_on": date(2024, 5, 13),
    "declaration.withdrawn_on": date(2024, 5, 31),
}
