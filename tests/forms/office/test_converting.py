"""Cases of the pilot made declarations in a store: once each, all or nothing, and once again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from db.store import Store, open_store
from forms.facts.paths import with_value, with_values
from forms.facts.record import Case, Licence, Party
from forms.ground.locate import packs_folder
from forms.office.case_states import settled
from forms.office.converting import Look, carry_out, goals, look
from forms.office.filing import Filing, next_of, put_down
from forms.office.store import CannotDo, ChangedMeanwhile
from forms.office.stored import StoredCase
from forms.pack.load import find_packs, load
from forms.pack.pack_shelf import Shelf
from forms.pack.types import Pack
from tests.forms.filled import FULL

TODAY = date(2026, 11, 24)
OTHER = with_values(FULL, {"patent.number": "ZL201810024046.5", "patent.title": "一种陶瓷基板"})


@pytest.fixture(scope="module")
def to() -> Pack:
    return load(packs_folder() / "cnipa-2024")


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(load(packs_folder() / "hubei-2022"), find_packs(packs_folder()))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2026, 11, 24, tzinfo=UTC)) as opened:
        yield opened


class Office:
    """Looks and converts on one store."""

    def __init__(self, store: Store, shelf: Shelf, to: Pack) -> None:
        self.store, self.shelf, self.to = store, shelf, to
        store.settle_by(lambda store, ids: settled(store, shelf, TODAY, ids))

    def looks(self, *cases: StoredCase) -> list[Look]:
        there = self.store.cases.listed(ids=[one.id for one in cases])
        return look(self.store, self.shelf, self.to, TODAY, there)

    def converts(self, *cases: StoredCase) -> list[StoredCase]:
        looks = self.looks(*cases)
        made = carry_out(self.store, self.shelf, self.to, TODAY, looks, who="陈")
        return self.store.cases.listed(ids=list(made.values()))

    def files(self, case_id: int, filing: Filing) -> StoredCase:
        return put_down(self.store, self.to, TODAY, self.store.cases.one(case_id), filing)

    def state(self, case_id: int) -> str | None:
        return self.store.register.rows_of([case_id])[0].state


@pytest.fixture
def office(store: Store, shelf: Shelf, to: Pack) -> Office:
    return Office(store, shelf, to)


def rules(looks: list[Look]) -> list[list[str]]:
    return [[reason.rule for reason in one.reasons] for one in looks]


def test_both_stand_on_one_patent_and_the_pilots_is_untouched(office: Office) -> None:
    pilot = office.store.cases.save(FULL)
    (new,) = office.converts(pilot)
    assert (new.case.pack, new.case.converted_from) == ("cnipa-2024", "hubei-2022")
    assert office.store.cases.one(pilot.id) == pilot
    assert new.patent_id == pilot.patent_id
    assert office.store.cases.on_patent(pilot.patent_id) == [pilot.id, new.id]
    assert "由案卷1转换" in [one.what for one in office.store.cases.versions(new.id)]


def test_a_pack_says_of_which_packs_it_takes_cases(shelf: Shelf) -> None:
    assert [one.identity.code for one in goals("hubei-2022", shelf)] == ["cnipa-2024"]
    assert goals("cnipa-2024", shelf) == []


def test_a_case_of_no_pack_would_be_declared_twice(office: Office) -> None:
    nobodys = office.store.cases.save(msgspec.structs.replace(FULL, pack=""))
    ((reason,),) = (one.reasons for one in office.looks(nobodys))
    assert "没有注明属于哪个表单包" in reason.message


def test_a_patent_is_declared_once(office: Office, store: Store) -> None:
    pilot = store.cases.save(FULL)
    (new,) = office.converts(pilot)
    (again,) = office.looks(pilot)
    assert [one.rule for one in again.reasons] == ["conversion.declared"]
    assert "案卷2，尚未提交" in again.reasons[0].message
    office.files(new.id, Filing(filed_on=date(2026, 11, 1)))
    (again,) = office.looks(pilot)
    assert "声明已填报" in again.reasons[0].message
    assert rules(office.looks(new)) == [["conversion.no_way"]]


def test_of_two_procedures_on_a_patent_one_is_converted(office: Office, store: Store) -> None:
    both = [store.cases.save(FULL), store.cases.save(OTHER)]
    third = store.cases.save(msgspec.structs.replace(FULL, pack="unknown-1"))
    assert rules(office.looks(*both, third)) == [[], [], ["conversion.no_way"]]


def test_a_number_that_the_ledger_knows_of_another_owner_is_refused(
    office: Office, store: Store
) -> None:
    pilot = store.cases.save(FULL)
    theirs = msgspec.structs.replace(FULL, pack="unknown-1", owners=(Party(name="别的大学"),))
    store.cases.save(theirs)
    ((reason,),) = (one.reasons for one in office.looks(pilot))
    assert (reason.rule, reason.basis) == ("ledger.differs", "专利台账")
    assert "专利权人" in reason.message


def test_many_are_made_at_once_and_the_barred_are_left(office: Office, store: Store) -> None:
    barred = store.cases.save(with_value(OTHER, "patent.pledge", "pledged"))
    pilot = store.cases.save(FULL)
    assert [one.case.patent.number for one in office.converts(barred, pilot)] == [
        FULL.patent.number
    ]


def test_nothing_is_half_made_where_a_case_changed_meanwhile(
    office: Office, store: Store, shelf: Shelf, to: Pack, tmp_path: Path
) -> None:
    cases = [store.cases.save(FULL), store.cases.save(OTHER)]
    looks = office.looks(*cases)
    with open_store(tmp_path / "案卷.db", now=lambda: datetime.now(UTC)) as elsewhere:
        elsewhere.cases.save(with_value(OTHER, "contact.name", "别人"), case_id=cases[1].id)
    with pytest.raises(ChangedMeanwhile, match=r"ZL201810024046\.5在此期间已有改动"):
        carry_out(store, shelf, to, TODAY, looks)
    assert len(store.cases.listed()) == 2


def test_nothing_is_made_twice_by_two_programs(
    office: Office, store: Store, shelf: Shelf, to: Pack
) -> None:
    looks = office.looks(store.cases.save(FULL))
    carry_out(store, shelf, to, TODAY, looks)
    with pytest.raises(ChangedMeanwhile):
        carry_out(store, shelf, to, TODAY, looks)
    assert len(store.cases.listed()) == 2


def test_a_declarations_life(office: Office, store: Store) -> None:
    """Declared, published, in arrears, withdrawn, licensees told, declared again."""
    paid = with_value(FULL, "patent.fee_paid_to", date(2027, 3, 30))
    pilot = store.cases.save(paid)
    (new,) = office.converts(pilot)

    filed = Filing(filed_on=date(2026, 9, 1))
    office.files(new.id, filed)
    assert office.files(new.id, filed).revision == 2  # the same again changes nothing
    assert office.state(new.id) == "filed"
    published = Filing(filed_on=date(2026, 9, 1), number="X-1", published_on=date(2026, 10, 12))
    case = office.files(new.id, published).case
    assert office.state(new.id) == "published"
    assert case.declaration.royalty == paid.royalty
    assert next_of(case.declaration, is_licensed=False) == "keep"

    store.licences.add(new.id, Licence(licensee=Party(name="襄阳示例公司")))
    in_arrears = with_value(case, "patent.fee_paid_to", date(2026, 9, 30))
    store.cases.save(in_arrears, case_id=new.id)
    assert office.state(new.id) == "faulty"
    assert store.cases.one(pilot.id).case.patent.fee_paid_to == date(2026, 9, 30)
    refused = office.looks(pilot)[0]
    assert {one.rule for one in refused.reasons} == {"conversion.declared"}

    leaving = with_values(
        in_arrears,
        {
            "declaration.withdrawal_reason": "arrears",
            "declaration.withdrawal_asked_on": date(2026, 11, 2),
        },
    )
    store.cases.save(leaving, case_id=new.id)
    office.files(new.id, Filing(filed_on=date(2026, 9, 1), withdrawn_on=date(2026, 11, 20)))
    gone = store.cases.one(new.id).case
    assert next_of(gone.declaration, is_licensed=True) == "tell"
    assert office.state(new.id) == "faulty"  # the licensee has not been told
    store.cases.save(with_value(gone, "declaration.told_on", date(2026, 11, 3)), case_id=new.id)
    assert office.state(new.id) == "withdrawn"

    # Still in arrears it can not be declared again; once paid it can, and keeps what was.
    assert "fee.arrears" in rules(office.looks(pilot))[0]
    told = store.cases.one(new.id).case
    store.cases.save(with_value(told, "patent.fee_paid_to", date(2027, 3, 30)), case_id=new.id)
    (again,) = office.converts(pilot)
    assert again.id == new.id
    assert again.case.declaration.filed_on is None
    assert [one.number for one in again.case.earlier] == ["X-1"]
    assert next_of(again.case.declaration, is_licensed=True) == "file"


def test_what_came_of_a_filing_must_be_possible(office: Office, store: Store) -> None:
    (new,) = office.converts(store.cases.save(FULL))
    day = date(2026, 9, 1)
    for filing, words in (
        (Filing(filed_on=date(2026, 12, 1)), "晚于今天"),
        (Filing(filed_on=day, published_on=date(2026, 8, 1)), "早于提交日"),
        (Filing(filed_on=day, withdrawn_on=date(2026, 10, 1)), "尚未公告"),
    ):
        with pytest.raises(CannotDo, match=words):
            office.files(new.id, filing)
    office.files(new.id, Filing(filed_on=day, refused="缺简要说明"))
    assert office.state(new.id) == "refused"
    anew = office.files(new.id, Filing(filed_on=date(2026, 10, 1))).case
    assert [one.refused for one in anew.earlier] == ["缺简要说明"]
    with pytest.raises(CannotDo, match="试点案卷请先用 convert"):
        pilot = store.cases.one(1)
        put_down(store, office.shelf.in_use, TODAY, pilot, Filing(filed_on=day))


def test_a_case_made_with_no_pilot_is_declared_too(office: Office, store: Store) -> None:
    own = store.cases.save(Case(pack="cnipa-2024", patent=FULL.patent, owners=FULL.owners))
    assert "提交日" not in office.files(own.id, Filing(filed_on=date(2026, 9, 1))).case.unread
    (look_,) = office.looks(store.cases.save(FULL))
    assert [one.rule for one in look_.reasons] == ["conversion.declared"]
