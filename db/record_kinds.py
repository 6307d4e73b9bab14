"""The kinds of records that a store keeps, for whoever looks at all of them.

A new kind is declared where its records are, and named here.
"""

from typing import Any

from forms.ground.record_kind import RecordKind


def kinds() -> tuple[RecordKind[Any], ...]:
    """All kinds; their modules are loaded when they are asked for."""
    from forms.bureau.records import PACKAGE_CASES, PACKAGES, REPORTED_LICENCES
    from forms.bureau.units import EXPERTS, REPORT_TERMS, UNITS
    from forms.pool import records as pool
    from forms.pool.runs import PAYMENTS, RUNS
    from forms.stock import records as stock

    bureau = (PACKAGES, PACKAGE_CASES, REPORTED_LICENCES, UNITS, EXPERTS, REPORT_TERMS)
    return (*bureau, *pool.ALL, RUNS, PAYMENTS, *stock.KINDS)
