"""What became of a declaration, and what its owner then owes: the chapter by its paragraphs."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from forms.check.case_check import check
from forms.facts.declared import as_filed, declared_anew, stage_of
from forms.facts.record import Case, Declaration, Licence
from forms.pack.load import load
from tests.forms.rules.conftest import TODAY, changed

CNIPA = load(Path(__file__).parents[3] / "resources" / "packs" / "cnipa-2024")
FILED, PUBLISHED = date(2024, 1, 22), date(2024, 3, 1)

Find = Callable[..., dict[str, str]]


@pytest.fixture
def declared(sound: Case) -> Case:
    case = msgspec.structs.replace(sound, pack="cnipa-2024", single_term=None, region="")
    return as_filed(
        changed(
            case,
            {
                "declaration.filed_on": FILED,
                "declaration.published_on": PUBLISHED,
                "declaration.number": "示例-0001",
            },
        )
    )


@pytest.fixture
def find(declared: Case) -> Find:
    """What the rules on the course find of a published case with some changes: field, severity."""

    def found(changes: Mapping[str, Any] | None = None, *, granted: int = 0) -> dict[str, str]:
        case = changed(declared, changes or {})
        problems = check(case, CNIPA, TODAY, granted=[Licence()] * granted)
        course = [one for one in problems if one.rule.startswith("declaration.")]
        assert all("{" not in one.message and "第十一章" in one.basis for one in course)
        return {
            f"{one.rule.partition('.')[2]}.{one.variant} {one.field}": one.severity
            for one in course
        }

    return found


def test_a_published_declaration_that_nothing_befell_is_quiet(find: Find) -> None:
    assert find() == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"patent.fee_paid_to": date(2024, 5, 1)}, "bar.arrears patent.fee_paid_to"),
        ({"other_licences.kind": "exclusive"}, "bar.exclusive other_licences.kind"),
        ({"other_licences.kind": "sole"}, "bar.exclusive other_licences.kind"),
        ({"patent.hold": "preserved"}, "bar.suspended patent.hold"),
        ({"patent.pledge": "pledged"}, "bar.pledged patent.pledge"),
        ({"patent.legal_status": "终止"}, "bar.over patent.legal_status"),
        (
            {"patent.number": "ZL202120862680.3", "patent.report_conclusion": "unqualified"},
            "bar.report patent.report_conclusion",
        ),
    ],
)
def test_a_bar_that_arises_asks_for_the_withdrawal_2_2(
    find: Find, changes: dict[str, Any], expected: str
) -> None:
    assert find(changes) == {expected: "error"}
    asked = {"declaration.withdrawal_asked_on": TODAY, "declaration.withdrawal_reason": "other"}
    assert find(changes | asked) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"patent.pledge": "pledged_with_consent"},
        {"patent.pledge": "pledged", "patent.pledgee_consents": True},
        {"other_licences.kind": "ordinary"},
        {"patent.hold": "none"},
        {"patent.report_conclusion": "unqualified"},  # of an invention nobody asks for a report
        {"patent.fee_paid_to": date(2024, 6, 1)},  # a Saturday: in time till the Monday, today
    ],
)
def test_what_is_no_bar_asks_for_nothing(find: Find, changes: dict[str, Any]) -> None:
    assert find(changes) == {}


def test_a_fee_or_a_term_can_not_be_changed_in_place(find: Find) -> None:
    assert find({"royalty.lump_sum.amount": Decimal(1)}) == {
        "fixed.royalty royalty.lump_sum.amount": "error"
    }
    assert find({"royalty.way": "free"}) == {"fixed.royalty royalty.way": "error"}
    assert find({"offer_end": date(2031, 1, 1)}) == {"fixed.term offer_end": "error"}
    # An answer of a way that was not chosen is no part of what was declared.
    assert find({"royalty.entry_running.entry_fee": Decimal(1)}) == {}


def test_a_transfer_and_another_change_of_owner_9(find: Find, declared: Case) -> None:
    assert find({"patent.transferred_on": date(2024, 4, 1)}) == {
        "owners.transferred patent.transferred_on": "error"
    }
    assert find({"patent.transferred_on": date(2023, 4, 1)}) == {}
    renamed = (msgspec.structs.replace(declared.owners[0], name="湖北示例大学"),)
    assert find({"owners": renamed}) == {"owners.changed owners": "error"}
    assert find({"declaration.withdrawal_reason": "transfer_or_surrender"}) == {
        "first. declaration.withdrawal_reason": "error"
    }


def test_licensees_are_told_of_a_withdrawal_and_its_relief_ends(find: Find) -> None:
    gone = {
        "declaration.withdrawal_reason": "arrears",
        "declaration.withdrawal_asked_on": date(2024, 5, 6),
        "declaration.withdrawn_on": date(2024, 5, 31),
    }
    assert find(gone) == {}
    assert find(gone, granted=2) == {
        "tell. declaration.told_on": "error",
        "relief. declaration.withdrawn_on": "advice",
    }
    assert find(gone | {"declaration.told_on": date(2024, 5, 7)}, granted=2) == {
        "relief. declaration.withdrawn_on": "advice"
    }


def test_the_next_patent_year_is_counted_from_the_filing_date(declared: Case) -> None:
    for withdrawn, year in ((date(2024, 3, 30), "2024年3月31日"), (date(2024, 3, 31), "2025年")):
        gone = changed(
            declared,
            {"declaration.withdrawn_on": withdrawn, "declaration.withdrawal_reason": "other"},
        )
        (relief,) = (
            one
            for one in check(gone, CNIPA, TODAY, granted=[Licence()])
            if one.rule == "declaration.relief"
        )
        assert year in relief.message


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"published_on": date(2024, 1, 2)}, "order.published declaration.published_on"),
        ({"published_on": date(2025, 1, 2)}, "future. declaration.published_on"),
        ({"filed_on": None}, "order.unfiled declaration.filed_on"),
        ({"refused": "缺简要说明"}, "order.refused declaration.refused"),
        (
            {"published_on": None, "withdrawn_on": TODAY},
            "order.unpublished declaration.withdrawn_on",
        ),
        ({"withdrawn_on": date(2024, 2, 1)}, "order.withdrawn declaration.withdrawn_on"),
        (
            {"withdrawal_asked_on": date(2024, 5, 2), "withdrawn_on": date(2024, 5, 1)},
            "order.withdrawn declaration.withdrawn_on",
        ),
        (
            {"withdrawal_asked_on": date(2024, 2, 1)},
            "order.asked declaration.withdrawal_asked_on",
        ),
        ({"number": ""}, "number_blank. declaration.number"),
        ({"withdrawn_on": TODAY}, "reason_blank. declaration.withdrawal_reason"),
    ],
)
def test_days_that_can_not_be_are_said(find: Find, changes: dict[str, Any], expected: str) -> None:
    found = find({f"declaration.{name}": value for name, value in changes.items()})
    assert expected in found


def test_a_term_that_ran_out_is_no_fault_of_what_was_declared(declared: Case) -> None:
    later = date(2031, 1, 1)
    case = changed(declared, {"patent.fee_paid_to": later})
    found = {one.rule: one.severity for one in check(case, CNIPA, later)}
    assert "offer_end.past" not in found
    assert found["declaration.run_out"] == "advice"


def test_one_that_was_withdrawn_is_history(declared: Case) -> None:
    gone = changed(
        declared,
        {
            "declaration.withdrawn_on": TODAY,
            "declaration.withdrawal_reason": "arrears",
            "patent.fee_paid_to": date(2024, 5, 1),
            "contact.name": "",
        },
    )
    assert check(gone, CNIPA, TODAY) == ()
    anew = declared_anew(gone)
    assert (anew.declaration, anew.earlier) == (Declaration(), (gone.declaration,))
    assert {"fee.arrears", "contact.blank"} <= {one.rule for one in check(anew, CNIPA, TODAY)}


def test_what_was_declared_is_kept_once_and_goes_with_the_filing_day(declared: Case) -> None:
    assert declared.declaration.royalty == declared.royalty
    assert declared.declaration.owners == ("武汉示例大学",)
    dearer = changed(declared, {"royalty.lump_sum.amount": Decimal(1)})
    assert as_filed(dearer) == dearer
    unfiled = {f"declaration.{name}": None for name in ("filed_on", "published_on")}
    blank = as_filed(changed(declared, unfiled)).declaration
    assert (blank.royalty, blank.offer_end, blank.owners) == (None, None, ())
    assert stage_of(blank) is None
