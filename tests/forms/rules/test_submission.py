"""Handing in: what is sealed, what must be printed anew, what is over."""

from datetime import date

import pytest


@pytest.mark.parametrize(
    ("seals", "stale", "missing"),
    [
        (None, (), []),
        ((), (), ["info", "consent"]),
        (("info",), (), ["consent"]),
        (("info", "consent"), (), []),
        ((), ("info",), ["consent"]),
    ],
)
def test_sealed_papers(ask, seals, stale, missing):
    known = {"seals": seals if seals is None else frozenset(seals), "stale": frozenset(stale)}
    assert ask("seal.missing", **known) == [(f"papers.{paper}", "") for paper in missing]
    assert ask("seal.stale", **known) == [(f"papers.{paper}", "") for paper in stale]


@pytest.mark.parametrize(
    ("until", "found"), [(None, False), (date(2024, 6, 3), False), (date(2024, 6, 2), True)]
)
def test_a_procedure_that_is_over(ask, until, found):
    assert ask("pack.over", in_force_until=until) == ([("", "")] if found else [])
