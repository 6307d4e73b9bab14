"""The kinds of records that a store keeps, for whoever looks at all of them.

A new kind is declared where its records are, and named here, on a line of its own.
"""

from typing import Any

from forms.ground.record_kind import RecordKind


def kinds() -> tuple[RecordKind[Any], ...]:
    """All kinds; their modules are loaded when they are asked for."""
    from forms.bureau import issues, publication_choice, register_facts, units
    from forms.bureau import records as bureau
    from forms.office import needs, replies
    from forms.pool import records as pool
    from forms.pool import runs
    from forms.stock import grading, way_rules
    from forms.stock import records as stock

    return (
        *(bureau.PACKAGES, bureau.PACKAGE_CASES, bureau.REPORTED_LICENCES),
        *(units.UNITS, units.EXPERTS, units.REPORT_TERMS),
        *(issues.ISSUES, publication_choice.CHOICES),
        register_facts.REGISTER_FACTS,
        *(needs.NEEDS, replies.REPLIES),
        *pool.ALL,
        *(runs.RUNS, runs.PAYMENTS),
        *stock.KINDS,
        *(way_rules.WEIGHTS, grading.GRADINGS),
    )
