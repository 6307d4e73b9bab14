"""The patent number of a case: readable, right, of the kind stated, carried by one case."""

from datetime import date

import pytest

NUMBER = "patent.number"


def test_a_sound_number_passes(ask):
    for rule in ("blank", "shape", "check", "old_form", "duplicate"):
        assert ask(f"number.{rule}") == []
    assert ask("kind.differs") == []


@pytest.mark.parametrize("blank", [None, ""])
def test_a_blank_number_is_one_fault(ask, blank):
    assert ask("number.blank", {NUMBER: blank}) == [(NUMBER, "")]
    for rule in ("shape", "check", "old_form", "duplicate"):
        assert ask(f"number.{rule}", {NUMBER: blank}) == []


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("面议", "shape"),
        ("CN113000000B", "publication"),
        ("PCT/CN2020/123456", "international"),
        ("2.02E+12", "lost_digits"),
        ("202140345678.3", "kind"),
        ("188510345678.3", "year"),
        ("ZL202110345678.3", "shape"),  # unread for a reason of its own: still a fault
        (" ", "shape"),
    ],
)
def test_a_text_that_is_no_number_is_told_why(ask, text, variant):
    changes = {NUMBER: None, "unread": {NUMBER: text}}
    assert ask("number.shape", changes) == [(NUMBER, variant)]
    assert ask("number.check", changes) == []


def test_what_stands_in_the_record_is_read_too(ask):
    assert ask("number.shape", {NUMBER: "CN113000000B"}) == [(NUMBER, "publication")]


def test_a_number_of_a_year_to_come(ask):
    assert ask("number.shape", {NUMBER: "ZL202510345678.5"}) == [(NUMBER, "future")]
    assert ask("number.shape", {NUMBER: "ZL202510345678.5"}, today=date(2025, 1, 1)) == []


@pytest.mark.parametrize(
    ("number", "variants"),
    [
        ("ZL202110345678.4", ["wrong"]),
        ("ZL202110345678.X", ["wrong"]),
        ("ZL202110345678", ["missing"]),
        ("ZL95115608", ["missing"]),
        ("ZL85100001", []),
        ("ZL88100001", []),
        ("ZL95115608.X", []),
    ],
)
def test_the_check_character(ask, number, variants):
    assert ask("number.check", {NUMBER: number}) == [(NUMBER, variant) for variant in variants]


def test_an_old_number_is_doubted_until_its_filing_date_is_known(ask):
    old = {NUMBER: "ZL95115608.X"}
    assert ask("number.old_form", {**old, "patent.filing_date": None}) == [(NUMBER, "")]
    assert ask("number.old_form", {**old, "patent.filing_date": date(1995, 9, 8)}) == []
    assert ask("number.old_form", {"patent.filing_date": None}) == []


@pytest.mark.parametrize(("count", "findings"), [(0, []), (1, []), (2, [(NUMBER, "")])])
def test_a_number_belongs_to_one_case(ask, count, findings):
    assert ask("number.duplicate", numbers={"ZL202110345678.3": count}) == findings


@pytest.mark.parametrize(
    ("stated", "found"), [(None, False), ("invention", False), ("design", True)]
)
def test_the_kind_stated_and_the_kind_of_the_number(ask, stated, found):
    expected = [("patent.kind_stated", "")] if found else []
    assert ask("kind.differs", {"patent.kind_stated": stated}) == expected


def test_without_a_number_no_kind_differs(ask):
    assert ask("kind.differs", {NUMBER: None, "patent.kind_stated": "design"}) == []
