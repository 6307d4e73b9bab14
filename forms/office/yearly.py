"""The figures of a year, from the store: what `forms.office.statistics` counts, gathered."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from forms.office.case_standing import State
from forms.office.holdings import gathered
from forms.office.pool_figures import pool_figures
from forms.office.statistics import statistics
from forms.office.statistics_types import Statistics
from forms.office.store import CaseStore
from forms.office.stored import StoredCase

DayOf = Callable[[datetime], date]
"""The day of a moment where the clerk is."""


def figures_of(
    store: CaseStore, year: int, today: date, *, day_of: DayOf, states: Mapping[int, State]
) -> Statistics:
    """Return the figures of a year; `states` are the states of all cases on the day."""
    cases = store.cases.listed()
    holdings = gathered(cases, store.licences.granted([one.id for one in cases]))
    sent_on = first_sent(store, cases, day_of)
    found = statistics(holdings, year, today, sent_on=sent_on, states=states)
    return replace(found, pools=pool_figures(store, year, found.end))


def first_sent(store: CaseStore, cases: Sequence[StoredCase], day_of: DayOf) -> dict[int, date]:
    """Return the day the first package with a case was noted as sent, by the case."""
    known, found = {one.id for one in cases}, dict[int, date]()
    for package in store.papers.submissions():
        if package.sent_at is None:
            continue
        day = day_of(package.sent_at)
        for file in package.files:
            if file.case_id in known:
                found[file.case_id] = min(day, found.get(file.case_id, day))
    return found
