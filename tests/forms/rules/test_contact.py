"""⑧: somebody who can be written to, called and mailed."""

import pytest

PHONE = "contact.phone"


def test_a_sound_contact_passes(ask):
    for rule in ("blank", "postcode", "phone", "email", "differs"):
        assert ask(f"contact.{rule}") == []


@pytest.mark.parametrize("name", ["name", "address", "postcode", "phone"])
def test_what_must_be_there(ask, name):
    path = f"contact.{name}"
    assert ask("contact.blank", {path: ""}) == [(path, "")]
    for rule in ("postcode", "phone", "email", "differs"):
        assert ask(f"contact.{rule}", {path: ""}) == []


def test_an_e_mail_address_need_not_be(ask):
    for rule in ("blank", "email"):
        assert ask(f"contact.{rule}", {"contact.email": ""}) == []


@pytest.mark.parametrize(
    ("text", "found"), [("430070", False), ("43007", True), ("4300700", True), ("43007O", True)]
)
def test_postcodes(ask, text, found):
    path = "contact.postcode"
    assert ask("contact.postcode", {path: text}) == ([(path, "")] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "13900000000",
        "139 0000 0000",
        "+86 139-0000-0000",
        "027-87000000",
        "(027) 8700 0000",
        "0712-3000001",
        "+86 27 87000000",
        "87000000",
        "027-87000000转801",
        "027-87000000-801#1",
        "400-000-0000",
        "+852 2123 4567",
        "027-87000000、13900000000",
        "87000000 或 13900000000",
    ],
)
def test_telephone_numbers(ask, text):
    expected = [(PHONE, "")] if "-801#1" in text else []
    assert ask("contact.phone", {PHONE: text}) == expected


@pytest.mark.parametrize("text", ["1390000000", "139000000000", "110", "电话", "；", "027-8700"])
def test_what_can_not_be_dialled(ask, text):
    assert ask("contact.phone", {PHONE: text}) == [(PHONE, "")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wang@example.com.cn", False),
        ("wang.wu+ip@example.中国", False),
        ("wang@example", True),
        ("wang.example.com", True),
        ("wang@@example.com", True),
        ("wang wu@example.com", True),
        ("wang@example..com", True),
        ("a@example.com;b@example.com", True),
        ("w" * 250 + "@example.com", True),
    ],
)
def test_e_mail_addresses(ask, text, found):
    path = "contact.email"
    assert ask("contact.email", {path: text}) == ([(path, "")] if found else [])


@pytest.mark.parametrize(
    ("usual", "found"),
    [
        ({}, False),
        ({("王五", False): "027 87000000"}, False),
        ({("王五", False): "027-87000001"}, True),
        ({("王五", True): "13900000000"}, False),
        ({("赵六", False): "027-87000001"}, False),
    ],
)
def test_one_contact_has_one_number(ask, usual, found):
    assert ask("contact.differs", phones=usual) == ([(PHONE, "")] if found else [])
    assert ask("contact.differs", {"contact.name": ""}, phones=usual) == []


@pytest.mark.parametrize(
    ("usual", "found"),
    [
        ("+86 27 8700 0000", False),
        ("（027）87000000", False),
        ("0086-27-87000000", False),
        ("87000000", False),
        ("13800000000 / 027-87000000", False),
        ("027-87000001", True),
        ("028-87000000", True),
        ("7000000", True),
    ],
)
def test_one_number_written_in_two_ways_is_one(ask, usual, found):
    expected = [(PHONE, "")] if found else []
    assert ask("contact.differs", phones={("王五", False): usual}) == expected
