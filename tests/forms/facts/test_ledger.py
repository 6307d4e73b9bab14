"""A patent's facts stand once: taken out of a case and put back, and two entries made one."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.ledger import (
    agree,
    conflicts,
    entry_of,
    is_of_ledger,
    is_same_number,
    join,
    split,
    stays_of_its_patent,
    united,
)
from forms.facts.paths import with_value
from forms.facts.record import Bank, Case, LedgerEntry, Party, Patent, Royalty
from tests.forms.check.test_changes import cases

FEE = date(2026, 3, 31)
TEXTS = st.sampled_from(["", "甲", "乙"])
UNREAD = st.sampled_from(
    [
        "patent.filing_date",
        "patent.number",
        "department",
        "owners",
        "owners.0.phone",
        "owners.phone",
    ]
)
PARTIES = st.builds(
    Party, name=TEXTS, phone=TEXTS, contact=TEXTS, bank=st.builds(Bank, name=TEXTS, account=TEXTS)
)
ENTRIES = st.builds(
    LedgerEntry,
    patent=st.builds(
        Patent,
        number=st.sampled_from([None, "ZL202110345678.3"]),
        title=TEXTS,
        filing_date=st.sampled_from([None, FEE]),
        inventors=st.lists(TEXTS, max_size=2).map(tuple),
        evaluation_report=st.sampled_from([None, False, True]),
        compensation_days=st.sampled_from([None, 0, 5]),
    ),
    owners=st.lists(PARTIES, max_size=2).map(tuple),
    department=TEXTS,
    notes=TEXTS,
    unread=st.dictionaries(UNREAD, st.sampled_from(["二月", "甲;乙;丙"]), max_size=2),
)


@given(cases())
def test_what_is_taken_apart_is_put_together_again(case: Case) -> None:
    entry, own = split(case)
    assert join(entry, own) == join(entry, case) == case
    assert split(own) == (LedgerEntry(), own)
    assert entry.unread.keys() | own.unread.keys() == case.unread.keys()
    assert all(map(is_of_ledger, entry.unread))


@given(cases(), ENTRIES)
def test_a_case_on_a_patent_says_what_the_ledger_says(case: Case, entry: LedgerEntry) -> None:
    joined = join(entry, case)
    assert entry_of(joined) == entry
    assert split(joined)[1] == split(case)[1]


@given(ENTRIES)
def test_an_entry_agrees_with_itself_and_with_one_that_says_nothing(entry: LedgerEntry) -> None:
    assert agree(entry, entry) == entry
    assert agree(entry, LedgerEntry()) == agree(LedgerEntry(), entry) == entry


@given(ENTRIES, ENTRIES)
def test_what_agrees_is_one_entry_that_loses_nothing(one: LedgerEntry, other: LedgerEntry) -> None:
    made = agree(one, other)
    assert sorted(conflicts(one, other)) == sorted(conflicts(other, one))
    if isinstance(made, tuple):
        assert made == conflicts(one, other)
        return
    assert made == agree(other, one)
    for part in (one, other):
        assert conflicts(made, part) == ()
        assert united(made, part) == made


@given(ENTRIES, ENTRIES)
def test_where_both_say_something_the_first_one_stays(one: LedgerEntry, other: LedgerEntry) -> None:
    made = united(one, other)
    assert conflicts(made, one) == ()
    assert set(conflicts(made, other)) <= set(conflicts(one, other))


def test_blanks_are_filled_from_either_side() -> None:
    one = LedgerEntry(
        patent=Patent(title="育秧装置"), owners=(Party(name="甲大学", phone="027-1"),), notes="等"
    )
    other = LedgerEntry(
        patent=Patent(title="育秧装置", fee_paid_to=FEE),
        owners=(Party(name="甲大学", bank=Bank(name="农行")),),
        department="农学院",
        unread={"patent.grant_date": "去年", "owners.0.email": "甲＠"},
    )
    assert agree(one, other) == LedgerEntry(
        patent=Patent(title="育秧装置", fee_paid_to=FEE),
        owners=(Party(name="甲大学", phone="027-1", bank=Bank(name="农行")),),
        department="农学院",
        notes="等",
        unread={"patent.grant_date": "去年", "owners.0.email": "甲＠"},
    )


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("patent.title", "别的", "patent.title"),
        ("patent.evaluation_report", False, "patent.evaluation_report"),
        ("owners.0.phone", "2", "owners.0.phone"),
        ("owners.0.bank.name", "工行", "owners.0.bank.name"),
        ("owners", (Party(name="乙"), Party(name="甲")), "owners"),
        ("notes", "已寄", "notes"),
    ],
)
def test_a_conflict_is_named_by_its_box(path: str, value: object, told: str) -> None:
    entry = LedgerEntry(
        patent=Patent(title="育秧装置", evaluation_report=True),
        owners=(Party(name="甲", phone="1", bank=Bank(name="农行")), Party(name="乙")),
        notes="等",
    )
    assert agree(entry, with_value(entry, path, value)) == (told,)


def test_what_could_not_be_shared_out_among_the_owners_fills_a_blank() -> None:
    """A list gave three addresses for two owners; the other procedure has none as yet."""
    owners = (Party(name="甲大学"), Party(name="乙公司"))
    listed = LedgerEntry(owners=owners, unread={"owners.address": "一处；二处；三处"})
    blank = LedgerEntry(owners=owners)
    assert agree(blank, listed) == agree(listed, blank) == listed
    known = LedgerEntry(owners=(Party(name="甲大学", address="武汉"), Party(name="乙公司")))
    assert agree(known, listed) == ("owners.address",)
    assert united(known, listed) == known


def test_what_can_not_be_read_differs_from_what_can() -> None:
    read = LedgerEntry(patent=Patent(filing_date=FEE))
    typed = LedgerEntry(unread={"patent.filing_date": "二月"})
    assert agree(read, typed) == ("patent.filing_date",)


def test_a_check_character_put_right_names_the_same_patent() -> None:
    def of(number: str | None, **unread: str) -> LedgerEntry:
        return LedgerEntry(patent=Patent(number=number), unread=unread)

    assert is_same_number(of("ZL202110345678"), of("ZL202110345678.3"))
    assert not is_same_number(of("ZL202110345678.3"), of("ZL202110345679.3"))
    half = msgspec.structs.replace(of(None), unread={"patent.number": "ZL2021"})
    assert not is_same_number(half, of("ZL202110345678.3"))
    assert not is_same_number(half, of(None))


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        ("ZL202110345678", "ZL202110345678.3", True),
        ("ZL202110345678.5", "ZL202110345678.3", True),
        ("ZL202110345678.5", "ZL202110345678", True),  # on the way to the right one
        ("ZL202110345678.3", "ZL202110345678.3", True),
        ("ZL202110345678.3", "ZL202110345678", False),  # on the way to another number
        ("ZL202110345678.3", "ZL202110345678.5", False),
        ("ZL202110345678", "ZL202110345679", False),
        (None, None, True),
        (None, "ZL202110345678", False),
    ],
)
def test_a_right_check_character_that_goes_is_another_number_begun(
    before: str | None, after: str | None, stays: bool
) -> None:
    one, other = (LedgerEntry(patent=Patent(number=number)) for number in (before, after))
    assert stays_of_its_patent(one, other) is stays


def test_the_procedures_own_facts_stay_with_the_case() -> None:
    case = Case(
        pack="hubei-2022",
        patent=Patent(title="甲"),
        royalty=Royalty(way="free"),
        region="湖北省",
        unread={"offer_end": "明年", "owners.0.phone": "?"},
    )
    entry, own = split(case)
    assert own == Case(
        pack="hubei-2022",
        royalty=Royalty(way="free"),
        region="湖北省",
        unread={"offer_end": "明年"},
    )
    assert entry == LedgerEntry(patent=Patent(title="甲"), unread={"owners.0.phone": "?"})
