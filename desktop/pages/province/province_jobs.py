"""What the overview shows, gathered beside the window."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from forms.bureau.province import Province, late, province_of
from forms.bureau.publication_plan import PlanFault, find_plan
from forms.office.statistics_types import Measure
from forms.office.targets import targets

_PACKS = "packs"


@dataclass(frozen=True)
class Looked:
    """How the province stands, and the year's targets."""

    province: Province
    targets: Mapping[Measure, Decimal]
    late: int


def look(desk: Desk, report: Report) -> Looked:
    """Read all that a bureau keeps, and tell how the province stands."""
    today = desk.today
    with desk.own_store() as store:
        industry = _industries(store.path.parent / _PACKS)
        found = province_of(store, today, industry=industry, check=report.check)
        meant = targets(store.settings, today.year)
    return Looked(found, meant, late(found.duties, today))


def _industries(own: Path) -> Callable[[str], str]:
    """Tell the industry of a main class as the plan of publication does; else its section."""
    classes: list[tuple[str, str]] = []
    unclassed = ""
    with suppress(PlanFault):
        plan = find_plan(own)
        unclassed = plan.unclassed
        classes = [(start.upper(), one.name) for one in plan.industries for start in one.classes]
    classes.sort(key=lambda one: -len(one[0]))

    def industry(main_class: str) -> str:
        code = main_class.upper().lstrip()
        return next((name for start, name in classes if code.startswith(start)), unclassed)

    return industry
