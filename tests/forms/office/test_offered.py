"""What was filled in before is offered, what belongs to one patent is not."""

from datetime import UTC, datetime

import msgspec

from forms.facts.paths import with_value
from forms.facts.record import Bank, Case, Contact, Licence, Office, Party
from forms.ground.locate import packs_folder
from forms.office.offered_values import (
    MOST,
    Entries,
    accounts,
    bank_offers,
    contact_of,
    gather,
    office_answers,
    office_offers,
    parties_of,
    past_terms,
    past_values,
    supplied,
)
from forms.office.stored import StoredParty
from forms.pack.load import load
from forms.pack.types import Field
from tests.forms.filled import FULL

PACK = load(packs_folder() / "hubei-2022")


def field(path: str) -> Field:
    found = PACK.field(path)
    assert found is not None
    return found


def test_the_latest_answers_come_first_each_once() -> None:
    cases = [with_value(FULL, "region", text) for text in ("武汉市", "全省", "武汉市", "")]
    assert past_values(cases, field("region")) == ("武汉市", "全省")
    many = [with_value(FULL, "region", f"第{place}区") for place in range(20)]
    assert past_values(many, field("region")) == tuple(f"第{place}区" for place in range(MOST))


def test_facts_of_one_patent_are_not_offered_to_another() -> None:
    cases = [FULL, with_value(FULL, "region", "武汉市")]
    for path in ("patent.number", "patent.title", "patent.filing_date", "patent.grant_date"):
        assert past_values(cases, field(path)) == (), path
    assert past_values(cases, field("patent.legal_status")) == ("有效",)


def test_what_could_not_be_read_or_has_lines_is_not_offered() -> None:
    unread = msgspec.structs.replace(FULL, offer_end=None, unread={"offer_end": "很久"})
    assert past_values([unread], field("offer_end")) == ()
    assert past_values([with_value(FULL, "region", "甲\n乙")], field("region")) == ()
    assert past_values([FULL], field("other_terms")) == ()
    assert past_values([FULL], field("owners")) == ()
    assert past_values([FULL], field("owners.name")) == ()
    assert past_values([Case()], field("region")) == ()


def test_an_entry_of_the_address_book_is_a_contact() -> None:
    unit = Party(name="示例大学", kind="unit", contact="李铱", phone="027-1", address="武汉")
    assert contact_of(unit) == {
        "contact.name": "李铱",
        "contact.phone": "027-1",
        "contact.address": "武汉",
    }
    person = Party(name="张喆铉", kind="person", email="z@example.cn", mailing_address="宜昌")
    assert contact_of(person)["contact.name"] == "张喆铉"
    assert contact_of(person)["contact.address"] == "宜昌"
    assert "contact.name" not in contact_of(Party(name="示例大学", kind="unit"))


def test_terms_of_earlier_contracts_are_offered_but_not_their_licensees() -> None:
    bank = Bank(account="4200 0001")
    licences = [
        Licence(scope="湖北省", bank=bank, licensee=Party(name="甲", phone="027-1")),
        Licence(scope="全省", bank=bank, unread={"copies": "几份"}),
        Licence(scope="湖北省"),
    ]
    assert past_terms(licences, field("licence.scope")) == ("湖北省", "全省")
    assert past_terms(licences, field("licence.bank.account")) == ("4200 0001",)
    for path in ("licence.licensee.phone", "licence.starts_on", "licence.copies"):
        assert past_terms(licences, field(path)) == (), path


OFFICE = Office(
    name="示例大学",
    contact="陈思远",
    phone="027-87000000",
    region="全省",
    email="zscq@example.edu.cn",
    address="湖北省武汉市示例路1号",
    postcode="430070",
    identity_number="12420000000000000X",
)


def test_the_office_stands_first_with_what_was_typed_once() -> None:
    listed = Party(name="示例大学", representative="周明", phone="旧号码")
    book = Entries(OFFICE, [Party(name="甲公司"), listed])
    assert [one.name for one in book] == ["示例大学", "甲公司"]
    assert book.own is not None
    assert (book.own.phone, book.own.representative) == ("027-87000000", "周明")
    assert book.contact(book.own)["contact.postcode"] == "430070"
    assert "contact.postcode" not in book.contact(book[1])
    assert list(Entries(Office(), [listed])) == [listed]


def test_the_office_answers_what_a_case_asks_of_it() -> None:
    assert office_answers(OFFICE) == {
        "contact.name": "陈思远",
        "contact.phone": "027-87000000",
        "contact.address": "湖北省武汉市示例路1号",
        "contact.email": "zscq@example.edu.cn",
        "contact.postcode": "430070",
        "region": "全省",
    }
    assert office_answers(Office()) == {}


NOON = datetime(2022, 10, 14, 12, tzinfo=UTC)


class Book:
    """An address book in memory."""

    def __init__(self, *parties: Party) -> None:
        self.kept = list(parties)

    def listed(self) -> list[StoredParty]:
        return [StoredParty(id=n, party=one, updated_at=NOON) for n, one in enumerate(self.kept)]

    def remember(self, party: Party) -> None:
        self.kept.append(party)


def test_the_address_book_fills_from_cases_and_keeps_what_it_has() -> None:
    alone = Case(
        owners=(Party(name="甲大学", kind="unit"),),
        contact=Contact(name="李工", phone="13800000000", address="武汉市"),
    )
    together = Case(owners=(Party(name="甲大学", address="示例路1号"), Party(name="张三")))
    assert [one.name for one in parties_of([alone, together])] == ["甲大学", "张三"]
    first = parties_of([alone, together])[0]
    assert (first.contact, first.phone, first.address) == ("李工", "13800000000", "示例路1号")
    kept = Party(name="张三", phone="13900000000")
    book = Book(kept)
    assert gather(book, [alone, together]) == 1
    assert book.kept[0] == kept
    assert gather(book, [alone, together]) == 0


# --- in contracts, and at each field -------------------------------------------------------------

OWN = Office(
    name="示例大学",
    contact="李铱",
    phone="027-1",
    region="湖北省",
    address="武汉",
    postcode="430070",
    identity_number="12420000000000000X",
    bank=Bank(name="甲银行", account="111"),
)


def test_each_field_is_offered_what_the_office_said_once() -> None:
    case = Case(owners=(Party(name="示例大学"), Party(name="乙公司")))

    def offered(path: str) -> list[tuple[str, str]]:
        return [(one.text, one.source) for one in office_offers(OWN, case, path)]

    assert offered("region") == [("湖北省", "office")]
    assert offered("contact.postcode") == [("430070", "office")]
    assert offered("owners.0.identity_number") == [("12420000000000000X", "office")]
    assert offered("owners.0.bank.account") == [("111", "office")]
    assert offered("owners.1.identity_number") == []  # another's are not the office's
    assert offered("owners.2.name") == [("示例大学", "office")]
    assert offered("patent.title") == []


def test_a_contract_is_offered_the_licensors_account_before_the_offices() -> None:
    owner = Party(name="乙公司", bank=Bank(name="乙银行", account="222"))
    case = Case(owners=(owner,))
    assert [(one.holder, one.source) for one in accounts(case, OWN)] == [
        ("乙公司", "owners"),
        ("示例大学", "office"),
    ]
    offers = bank_offers(case, OWN, "licence.bank.name")
    assert [(one.text, one.source) for one in offers] == [
        ("乙银行", "owners"),
        ("甲银行", "office"),
    ]
    assert bank_offers(case, OWN, "licence.scope") == ()
    same = Case(owners=(Party(name="示例大学", bank=OWN.bank),))
    assert [one.source for one in accounts(same, OWN)] == ["owners"]


def test_only_blanks_that_were_not_typed_in_are_supplied() -> None:
    owner = Party(name="示例大学", kind="unit", address="老地址")
    case = msgspec.structs.replace(
        Case(owners=(owner,)), unread={"owners.0.identity_number": "待查"}
    )
    done, labels = supplied(case, Entries(OWN), PACK)
    assert done.owners[0].address == "老地址"
    assert done.owners[0].identity_number == ""
    assert done.owners[0].bank == OWN.bank
    assert labels
    assert supplied(case, Entries(Office()), PACK) == (case, ())
