"""The jobs of the page: records are read once, duties and the year's measures reckoned."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.pages.overview.duty_rows import Looked, rows_of
from forms.office.agenda import agenda, noted, overdue
from forms.office.case_standing import State
from forms.office.duties import horizon
from forms.office.holdings import held
from forms.office.statistics import statistics
from forms.office.targets import targets
from forms.office.yearly import first_sent

AGAIN_MS = 2000
"""How soon one looks again where another program held the data."""


def look(desk: Desk, report: Report) -> Looked:
    """Reckon what is to be done and how far we are; in a job."""
    day = desk.today
    with desk.own_store() as store:
        holdings = held(store)
        items = agenda(store, day, horizon(day), holdings=holdings, tick=report)
        report.check()
        kept = {row.id: row.state for some in store.register.rows() for row in some}
        states = {case_id: cast(State, state) for case_id, state in kept.items() if state}
        sent_on = first_sent(store, [one for some in holdings for one in some.cases], local_day)
        found = statistics(holdings, day.year, day, sent_on=sent_on, states=states)
        meant = targets(store.settings, day.year)
    return Looked(
        rows=rows_of(items, day),
        overdue=len(overdue(items, day)),
        states=Counter(states.values()),
        year=day.year,
        measures=found.measures,
        targets=meant,
    )


def look_at_notes(desk: Desk, looked: Looked, report: Report) -> Looked:
    """Lay what is said of duties over those that were found; in a job."""
    day = desk.today
    with desk.own_store() as store:
        notes = store.duties.notes()
    report.check()
    items = noted((row.item for row in looked.rows), notes)
    return replace(looked, rows=rows_of(items, day), overdue=len(overdue(items, day)))


def local_day(moment: datetime) -> date:
    """The day of a moment where the clerk is."""
    return moment.astimezone().date()
