"""What a pack may ask follows from the records."""

from __future__ import annotations

import pytest

from forms.pack.askable import facts


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("patent.number", "patent_number"),
        ("patent.title", "text"),
        ("patent.filing_date", "date"),
        ("patent.inventors", "names"),
        ("patent.evaluation_report", "flag"),
        ("owners", "parties"),
        ("owners.name", "text"),
        ("owners.kind", "choice"),
        ("owners.bank.account", "text"),
        ("single_term", "duration"),
        ("royalty.way", "choice"),
        ("royalty.lump_sum.amount", "money"),
        ("royalty.entry_running.rate_percent", "percent"),
        ("royalty.instalments.batches", "integer"),
        ("licence.licensee.name", "text"),
        ("licence.termination_grounds", "names"),
        ("licence.royalty.other.text", "long_text"),
        ("contact.postcode", "postcode"),
    ],
)
def test_a_fact_suits_its_kind(path: str, kind: str) -> None:
    assert kind in facts()[path].kinds


def test_choices_know_their_values() -> None:
    ways = {"free", "entry_running", "running", "lump_sum", "instalments", "other"}
    assert set(facts()["royalty.way"].values) == ways
    assert facts()["patent.technology_export"].values == ("true", "false")


@pytest.mark.parametrize(
    "path", ["version", "pack", "extra", "unread", "patent", "single_term.unit"]
)
def test_what_is_no_fact(path: str) -> None:
    assert path not in facts()
