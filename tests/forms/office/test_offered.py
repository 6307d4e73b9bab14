"""What was filled in before is offered, what belongs to one patent is not."""

import msgspec

from forms.locate import packs_folder
from forms.office.offered import MOST, contact_of, past_terms, past_values
from forms.pack.load import load
from forms.pack.types import Field
from forms.paths import with_value
from forms.record import Bank, Case, Licence, Party
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
