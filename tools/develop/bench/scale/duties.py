"""The duties of very many patents, from their records alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import msgspec

from forms.facts.record import Case
from forms.office.duties import duties, horizon
from forms.office.holdings import Holding, gathered
from forms.office.stored import StoredCase, StoredLicence
from tools.develop.bench import figures
from tools.develop.bench.figures import Figure
from tools.develop.bench.patents import licence, patents

_DAY = date(2025, 6, 3)
_AT = datetime(2025, 6, 3, tzinfo=UTC)
_ASKED_MS = 200
_LICENSED_EVERY, _PAID_EVERY = 10, 3


def duty_figures(count: int, rounds: int) -> Iterator[Figure]:
    """What is to be done within a year, of patents of which a tenth are licensed."""
    holdings = holdings_of(count)
    found = 0

    def work(_: int) -> None:
        nonlocal found
        found = len(duties(holdings, _DAY, horizon(_DAY)))

    runs = figures.in_turn({"duties": work}, rounds)["duties"]
    yield Figure(
        name=f"duties of {count:,} patents",
        value=1000 * figures.processor(runs),
        unit="ms",
        target=_ASKED_MS,
        note=f"of the processor; {1000 * figures.wall(runs):.0f} ms on the clock; {found:,} duties,"
        f" the first time {1000 * runs[0].cpu_s:.0f} ms",
    )


def holdings_of(count: int) -> list[Holding]:
    """Invented patents as an office holds them, a third with the annuity paid up to a day."""
    cases = [_stored(place, case) for place, case in enumerate(patents(count), 1)]
    granted = {
        stored.id: [
            StoredLicence(
                id=stored.id,
                case_id=stored.id,
                revision=1,
                licence=licence(stored.case),
                created_at=_AT,
                updated_at=_AT,
            )
        ]
        for stored in cases[::_LICENSED_EVERY]
    }
    return gathered(cases, granted)


def _stored(place: int, case: Case) -> StoredCase:
    if place % _PAID_EVERY == 0 and (filed := case.patent.filing_date):
        day = date(_DAY.year + place % 2, filed.month, min(filed.day, 28))
        case = msgspec.structs.replace(
            case, patent=msgspec.structs.replace(case.patent, fee_paid_to=day)
        )
    return StoredCase(
        id=place,
        revision=1,
        patent_id=place,
        case=case,
        imported={},
        created_at=_AT,
        updated_at=_AT,
    )
