"""The jobs of the tab of statistics: a year's figures, and the report on them."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.pages.overview.looking import local_day
from forms.office.case_standing import State
from forms.office.statistics_types import Statistics
from forms.office.targets import Targets, targets
from forms.office.yearly import figures_of
from forms.office.yearly_charts import charts, department_chart
from forms.paper.document import Chart


@dataclass(frozen=True)
class YearFound:
    """The figures of a year, its targets, and its charts: by month, by way, by department."""

    figures: Statistics
    targets: Targets
    charts: tuple[Chart, Chart, Chart]


def look_at_year(desk: Desk, year: int, report: Report) -> YearFound:
    """Count a year; in a job."""
    with desk.own_store() as store:
        kept = {row.id: row.state for some in store.register.rows() for row in some}
        report.check()
        states = {case_id: cast(State, state) for case_id, state in kept.items() if state}
        found = figures_of(store, year, desk.today, day_of=local_day, states=states)
        meant = targets(store.settings, year)
    report.check()
    return YearFound(found, meant, (*charts(found), department_chart(found)))


def make_report(desk: Desk, year: int, folder: Path, report: Report) -> list[Path]:
    """Write the report of a year into a folder, over one that is there; in a job.

    Raises CannotWrite.
    """
    from forms.office.yearly_paper import write_yearly_files  # slow to load

    found = look_at_year(desk, year, report)
    with desk.own_store() as store:
        office = store.parties.office()
    report.check()
    return write_yearly_files(found.figures, found.targets, office, folder, force=True)
