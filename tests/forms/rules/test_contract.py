"""A contract: its parties in full, its bank, its term inside the patent's, its open articles."""

from datetime import date, timedelta

import pytest

from forms.record import Bank, Party, Royalty
from forms.rules import REGISTRY

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
