"""A contract: its parties in full, its bank, its term inside the patent's, its open articles."""

from datetime import date, timedelta

import msgspec
import pytest

from forms.facts.record import Bank, Party, Royalty
from forms.rules import REGISTRY
from tests.forms.rules.conftest import TODAY, changed

AT = "licence.0"
LAST_DAY = date(2041, 3, 30)
DAY = timedelta(days=1)
MINE = [rule for rule in REGISTRY if rule.startswith("contract.")]
UNIT_CODE = "91420600MA4E2AMP0C"
PERSON = "11010519491231002X"  # the example of GB 11643


@pytest.mark.parametrize("rule", MINE)
def test_a_sound_contract_passes(ask, rule):
    assert ask(rule) == []


@pytest.mark.parametrize("rule", MINE)
def test_an_empty_contract_is_told_but_never_stumbled_over(ask, rule):
    empty = {"licence.licensee": Party(), "licence.agreed": None, "licence.bank": Bank()}
    blank = dict.fromkeys(("manner", "scope", "term", "penalty"), "") | dict.fromkeys(
        ("starts_on", "ends_on", "improvements_to", "dispute", "copies"), None
    )
    ask(rule, {**empty, **{f"licence.{name}": value for name, value in blank.items()}})


def test_every_party_is_named_in_full(ask):
    changes = {"licence.licensee": Party(), "owners": (Party(name="甲大学", kind="unit"),)}
    assert ask("contract.party_blank", changes) == [
        ("owners.0.address", ""),
        ("owners.0.representative", ""),
        (f"{AT}.licensee.name", ""),
        (f"{AT}.licensee.address", ""),
        (f"{AT}.licensee.representative", ""),
    ]


def test_what_several_owners_lack_alike_is_one_thing_to_do(ask, sound, contract, checker):
    owners = tuple(Party(name=f"第{place}大学", kind="unit") for place in range(13))
    expected = [("owners.address", "several"), ("owners.representative", "several")]
    assert ask("contract.party_blank", {"owners": owners}) == expected
    assert ask("contract.identity_blank", {"owners": owners}) == [
        ("owners.identity_number", "unit_several")
    ]
    case = msgspec.structs.replace(sound, owners=owners)
    told = [p for p in checker.check(case, TODAY, licences=[contract]) if "owners" in p.field]
    assert [p.field for p in told] == [
        "owners.identity_number",
        "owners.address",
        "owners.representative",
    ]
    assert all("13 位专利权人" in p.message and "第0大学、第1大学" in p.message for p in told)


def test_those_who_lack_something_else_are_told_apart(ask):
    kinds = ("unit", "unit", "person", None)
    owners = tuple(Party(name=f"甲{place}", kind=kind) for place, kind in enumerate(kinds))
    assert ask("contract.identity_blank", {"owners": owners}) == [
        ("owners.identity_number", "unit_several"),
        ("owners.2.identity_number", "person"),
        ("owners.3.identity_number", ""),
    ]


# Owners and licensees from abroad


ABROAD = ("travel_permit", "passport", "permanent_residence", "foreign_registration", "other")


@pytest.mark.parametrize("document", ABROAD)
def test_what_nothing_can_judge_is_no_error(ask, hubei, document):
    owner = Party(name="罗伯特·示例", kind="person", document=document, identity_number="X 12-3")
    changes = {"owners": (owner,)}
    path = "owners.0.identity_number"
    variant = "foreign_unit" if document == "foreign_registration" else "document"
    assert ask("contract.identity", changes) == []
    assert ask("contract.identity_unjudged", changes) == [(path, variant)]
    severities = {one.rule: one.severity for one in hubei.rules}
    assert severities["contract.identity_unjudged"] == "advice"
    assert severities["contract.identity_abroad_blank"] == "pending"


@pytest.mark.parametrize("document", ABROAD)
def test_the_number_of_such_a_document_may_come_later(ask, document):
    changes = {"owners": (Party(name="罗伯特·示例", kind="person", document=document),)}
    assert ask("contract.identity_blank", changes) == []
    expected = [("owners.0.identity_number", "")]
    assert ask("contract.identity_abroad_blank", changes) == expected
    assert ask("contract.identity_unjudged", changes) == []


def test_a_foreign_company_has_no_representative_of_chinese_law(ask):
    owner = Party(
        name="罗伯特示例公司", kind="unit", document="foreign_registration", address="示例市"
    )
    assert ask("contract.party_blank", {"owners": (owner,)}) == []


@pytest.mark.parametrize(
    ("document", "text", "variant"),
    [
        ("credit_code", UNIT_CODE, None),
        ("credit_code", PERSON, "unit"),
        ("resident_card", PERSON, None),
        ("resident_card", UNIT_CODE, "person"),
        ("residence_permit", "810000199408230021", None),
        ("residence_permit", "830000201006057890", "residence_permit"),
        ("residence_permit", PERSON, "residence_permit"),
    ],
)
def test_a_document_that_is_told_is_judged_as_such(ask, document, text, variant):
    path = "owners.0.identity_number"
    changes = {"owners.0.kind": None, "owners.0.document": document, path: text}
    assert ask("contract.identity", changes) == ([(path, variant)] if variant else [])


def test_a_contract_of_owners_from_abroad_is_no_draft(checker, sound, contract):
    abroad = (
        Party(
            name="罗伯特示例公司",
            kind="unit",
            document="foreign_registration",
            identity_number="HRB 12345",
            address="示例国示例市",
        ),
        Party(name="阿不都·示例", kind="person", document="passport", address="示例市"),
    )
    licensee = msgspec.structs.replace(
        contract.licensee, document="passport", identity_number="E12345678", kind="person"
    )
    case = msgspec.structs.replace(sound, owners=abroad)
    licence = msgspec.structs.replace(contract, licensee=licensee)
    told = checker.check(case, TODAY, licences=[licence])
    assert [p for p in told if p.severity == "error"] == []
    assert {p.severity for p in told if "identity" in p.rule} == {"pending", "advice"}


def test_a_person_has_no_representative(ask):
    changes = {"owners": (Party(name="张三", kind="person", address="武汉"),)}
    assert ask("contract.party_blank", changes) == []


def test_a_nameless_owner_is_the_offers_fault(ask):
    changes = {"owners": (Party(address="武汉", representative="李四"),)}
    assert ask("contract.party_blank", changes) == []


@pytest.mark.parametrize("kind", ["unit", "person", None])
def test_parties_without_a_number_of_identity(ask, kind):
    changes = {"owners": (Party(name="甲", kind=kind), Party())}
    expected = [("owners.0.identity_number", kind or "")]
    assert ask("contract.identity_blank", changes) == expected
    assert ask("contract.identity", changes) == []


@pytest.mark.parametrize(
    ("kind", "text", "right"),
    [
        ("unit", UNIT_CODE, True),
        ("unit", UNIT_CODE[:-1] + "D", False),
        ("unit", PERSON, False),
        ("person", PERSON, True),
        ("person", PERSON.lower(), True),
        ("person", PERSON[:-1] + "1", False),
        ("person", "110105194902310026", False),  # born on the 31st of February
        ("person", UNIT_CODE, False),
        ("person", "１１０", False),
        (None, UNIT_CODE, True),
        (None, PERSON, True),
        (None, "123", False),
    ],
)
def test_numbers_of_identity(ask, kind, text, right):
    path = "owners.0.identity_number"
    changes = {"owners.0.kind": kind, path: text}
    assert ask("contract.identity", changes) == ([] if right else [(path, kind or "")])


RIGHT, WRONG, UNJUDGED = ([], []), (["found"], []), ([], ["found"])


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("person", "H12345678", RIGHT),  # 港澳居民来往内地通行证
        ("person", "m0123456701", RIGHT),  # with the count of its issues
        ("person", "810000199408230021", RIGHT),  # 港澳台居民居住证
        ("person", "830000199201300022", RIGHT),
        ("person", "810000199408230022", WRONG),
        ("person", "USA310070030501", RIGHT),  # 外国人永久居留身份证, the older card
        ("person", "12345678", UNJUDGED),  # 台湾居民来往大陆通行证
        ("person", "0012345678(B)", UNJUDGED),  # an older one
        ("person", "E12345678", UNJUDGED),  # a passport
        ("person", "PE1234567", UNJUDGED),
        ("person", "C01X00T47", UNJUDGED),
        ("person", "H1234567", UNJUDGED),
        ("person", "420106900101123", WRONG),  # the first generation's 15 digits
        ("person", "42010619900101123", WRONG),
        ("person", "待补", WRONG),
        ("person", "张三", WRONG),
        ("unit", "12345678", UNJUDGED),  # a register of Hong Kong
        ("unit", "HRB 6684", UNJUDGED),
        ("unit", "914206001234567", WRONG),  # an old register's number, or a code cut short
        ("unit", "9142060MA4E2AMP0C", WRONG),
        ("unit", "H12345678", UNJUDGED),
        (None, "H12345678", RIGHT),
        (None, "E12345678", UNJUDGED),
    ],
)
def test_permits_and_passports_are_right_or_left_to_the_clerk(ask, kind, text, said):
    path = "owners.0.identity_number"
    changes = {"owners.0.kind": kind, path: text}
    expected = tuple([(path, kind or "")] if found else [] for found in said)
    found = (ask("contract.identity", changes), ask("contract.identity_unjudged", changes))
    assert found == expected


def test_what_can_not_be_judged_stops_no_contract(checker, sound, contract):
    case = changed(sound, {"owners.0.kind": "person", "owners.0.identity_number": "E12345678"})
    (told,) = [
        one
        for one in checker.check(case, TODAY, licences=[contract])
        if one.field == "owners.0.identity_number"
    ]
    assert told.severity == "advice"
    assert "“E12345678”" in told.message


# --- numbers that a spreadsheet cut -----------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "licence.bank.account",
        "licence.licensee.bank.account",
        "licence.licensee.identity_number",
        "owners.0.bank.account",
        "owners.0.identity_number",
    ],
)
@pytest.mark.parametrize("text", ["6.22202E+18", "6222021234567890000", "6222 0212 3456 7890 000"])
def test_a_cut_number_is_found_on_either_side_wherever_it_came_from(ask, path, text):
    at = path.replace("licence.", f"{AT}.")
    assert ask("contract.cut_number", {path: text}, of_contract=True) == [(at, "")]
    assert ask("contract.identity", {path: text}, of_contract=True) == []  # one fault, not two
    assert ask("contract.bank_account", {path: text}, of_contract=True) == []


def test_a_number_that_can_not_be_read_is_a_fault_of_the_contract_alone(checker, sound, contract):
    path = "owners.0.bank.account"
    case = msgspec.structs.replace(sound, unread={path: "6.22202E+18"})
    (offer,) = (one for one in checker.check(case, TODAY) if one.field == path)
    assert (offer.rule, offer.severity) == ("unread.for_contract", "advice")
    assert "末几位已丢失" in offer.message
    assert "不受影响" in offer.message
    (told,) = (one for one in checker.check(case, TODAY, licences=[contract]) if one.field == path)
    assert (told.rule, told.severity, told.scope) == ("unread.value", "error", "contract")


@pytest.mark.parametrize(
    ("path", "is_offers"),
    [
        ("owners.address", False),
        ("owners.bank.account", False),
        ("owners.1.identity_number", False),
        ("patent.inventors", False),
        ("patent.fee_paid_to", True),  # a rule of the offer asks for it
        ("patent.evaluation_report", True),
        ("owners", True),
        ("contact.phone", True),  # the contract copies it
        ("patent.title", True),
    ],
)
def test_what_a_contract_alone_asks_for(checker, sound, path, is_offers):
    case = msgspec.structs.replace(sound, unread={path: "6.22202E+18"})
    found = [one for one in checker.check(case, TODAY) if one.field == path]
    assert [one.severity for one in found] == ["error" if is_offers else "advice"]


def test_the_licensees_contact_may_come_later(ask):
    changes = {"licence.licensee.contact": "", "licence.licensee.phone": ""}
    expected = [(f"{AT}.licensee.contact", ""), (f"{AT}.licensee.phone", "")]
    assert ask("contract.contact_blank", changes) == expected


def test_nobody_licenses_himself(ask):
    changes = {"licence.licensee.name": "武汉示例大学"}
    assert ask("contract.licensee_is_owner", changes) == [(f"{AT}.licensee.name", "")]
    assert ask("contract.licensee_is_owner", {"licence.licensee.name": ""}) == []


def test_a_royalty_needs_an_account(ask):
    none = {"licence.bank": Bank()}
    blank = [(f"{AT}.bank.name", ""), (f"{AT}.bank.account", "")]
    assert ask("contract.bank_blank", none) == blank
    assert ask("contract.bank_address_blank", none) == []
    assert ask("contract.bank_blank", {**none, "royalty": Royalty(way="free")}) == []


def test_an_owners_account_serves(ask):
    owner = {"licence.bank": Bank(), "owners.0.bank": Bank(name="示例银行")}
    assert ask("contract.bank_blank", owner) == [("owners.0.bank.account", "")]
    assert ask("contract.bank_address_blank", owner) == [("owners.0.bank.address", "")]


def test_a_negotiated_free_licence_needs_no_account(ask):
    changes = {"licence.bank": Bank(), "licence.agreed": "negotiated"}
    assert ask("contract.bank_blank", {**changes, "licence.royalty.way": "free"}) == []
    assert len(ask("contract.bank_blank", {**changes, "licence.royalty.way": "other"})) == 2


@pytest.mark.parametrize(
    ("account", "found"),
    [("4200 0000 0000", False), ("4200-000000", False), ("见附件", True), ("12345", True)],
)
def test_account_numbers(ask, account, found):
    path = "licence.bank.account"
    expected = [(f"{AT}.bank.account", "")] if found else []
    assert ask("contract.bank_account", {path: account}) == expected


def test_as_offered_or_negotiated(ask):
    assert ask("contract.agreed_blank", {"licence.agreed": None}) == [(f"{AT}.agreed", "")]


def test_what_is_granted(ask):
    changes = {"licence.manner": "", "licence.scope": "", "licence.ends_on": None}
    expected = [(f"{AT}.{name}", "") for name in ("manner", "scope", "term")]
    assert ask("contract.terms_blank", changes) == expected
    words = {"licence.starts_on": None, "licence.ends_on": None, "licence.term": "三年"}
    assert ask("contract.terms_blank", words) == []
    assert ask("contract.terms_blank", {"licence.starts_on": None}) == [(f"{AT}.term", "")]


@pytest.mark.parametrize(
    ("text", "found"), [("湖北省独占", True), ("非独占", False), ("普通许可", False), ("", False)]
)
def test_an_open_licence_is_never_exclusive(ask, text, found):
    for name in ("manner", "scope", "other_matters"):
        expected = [(f"{AT}.{name}", "")] if found else []
        assert ask("contract.exclusive", {f"licence.{name}": text}) == expected


def test_it_ends_after_it_starts(ask):
    same = {"licence.ends_on": date(2024, 7, 1)}
    before = {"licence.ends_on": date(2024, 6, 30)}
    assert ask("contract.order", same) == []
    assert ask("contract.order", before) == [(f"{AT}.ends_on", "")]


@pytest.mark.parametrize(("end", "found"), [(LAST_DAY, False), (LAST_DAY + DAY, True)])
def test_it_ends_with_the_patent_at_the_latest(ask, end, found):
    changes = {"licence.ends_on": end, "offer_end": LAST_DAY}
    expected = [(f"{AT}.ends_on", "")] if found else []
    assert ask("contract.beyond_term", changes) == expected
    assert ask("contract.beyond_offer", changes) == []


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (date(2030, 12, 31), date(2030, 12, 31), []),
        (date(2030, 12, 31), date(2031, 1, 1), [(f"{AT}.ends_on", "ends")]),
        (date(2031, 1, 1), date(2031, 1, 1), [(f"{AT}.starts_on", "starts")]),
        (None, None, []),
    ],
)
def test_the_offer_and_the_licence(ask, starts, ends, expected):
    changes = {"licence.starts_on": starts, "licence.ends_on": ends}
    assert ask("contract.beyond_offer", changes) == expected
    assert ask("contract.beyond_offer", {**changes, "offer_end": None}) == []


def test_without_a_known_term_the_offer_is_still_compared(ask):
    changes = {"licence.ends_on": date(2050, 1, 1), "patent.filing_date": None}
    assert ask("contract.beyond_offer", changes) == [(f"{AT}.ends_on", "ends")]
    assert ask("contract.beyond_term", changes) == []


def test_what_the_parties_still_have_to_agree(ask):
    names = ("infringement_duty", "improvements_to", "dispute", "copies")
    blank = {
        "patent.inventors": (),
        "patent.fee_paid_to": None,
        "licence.penalty": "",
        "licence.infringement_duty": "",
        **{f"licence.{name}": None for name in names[1:]},
    }
    head = [("patent.inventors", ""), ("patent.fee_paid_to", "")]
    rest = [(f"{AT}.{name}", "") for name in names]
    assert ask("contract.open", blank) == [*head, (f"{AT}.penalty", ""), *rest]
    assert ask("contract.open", {**blank, "royalty": Royalty(way="free")}) == head + rest


def test_choices_with_a_blank_of_their_own(ask):
    chosen = {"licence.improvements_to": "other", "licence.dispute": "arbitration"}
    assert ask("contract.choice_blank", chosen) == [
        (f"{AT}.improvements_other", ""),
        (f"{AT}.arbitration_commission", ""),
    ]
    filled = {"licence.improvements_other": "各半", "licence.arbitration_commission": "武汉"}
    assert ask("contract.choice_blank", {**chosen, **filled}) == []
    assert ask("contract.unchosen", {**chosen, **filled}) == []


def test_answers_beside_the_choice(ask):
    changes = {
        "licence.royalty.way": "free",
        "licence.improvements_other": "各半",
        "licence.arbitration_commission": "武汉",
    }
    assert ask("contract.unchosen", changes) == [
        (f"{AT}.royalty.way", ""),
        (f"{AT}.improvements_other", ""),
        (f"{AT}.arbitration_commission", ""),
    ]
    assert ask("contract.unchosen", {**changes, "licence.agreed": "negotiated"})[1:] == [
        (f"{AT}.arbitration_commission", "")
    ]


@pytest.mark.parametrize(("count", "found"), [(None, False), (1, False), (0, True)])
def test_copies(ask, count, found):
    expected = [(f"{AT}.copies", "")] if found else []
    assert ask("contract.copies", {"licence.copies": count}) == expected


def test_a_credit_code_that_begins_with_a_letter_is_one(ask):
    """N is of village collectives; its check character counts as all others do."""
    number = "licence.licensee.identity_number"
    assert ask("contract.identity", {number: "N2420100MA0000001H"}) == []
    assert ask("contract.identity", {number: "N2420100MA0000001J"}) != []
