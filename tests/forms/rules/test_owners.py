"""The patentees of a case and who seals for them."""

import pytest

from forms.facts.record import Party

A, B = Party(name="甲大学"), Party(name="乙公司")
REPRESENTATIVE = "signing_representative"


def test_a_sound_case_passes(ask):
    for rule in ("owners.none", "owners.name_blank", "owners.duplicate"):
        assert ask(rule) == []
        assert ask(rule, {"owners": (A, B)}) == []
    for rule in ("representative_blank", "representative_unknown", "declaration"):
        assert ask(f"signing.{rule}", {"owners": (A, B)}) == []


def test_no_owner_at_all(ask):
    assert ask("owners.none", {"owners": ()}) == [("owners", "")]
    assert ask("owners.name_blank", {"owners": ()}) == []


def test_an_owner_without_a_name(ask):
    blank = {"owners": (A, Party(), Party())}
    assert ask("owners.name_blank", blank) == [("owners.1.name", ""), ("owners.2.name", "")]
    assert ask("owners.duplicate", blank) == []


def test_an_owner_named_again(ask):
    assert ask("owners.duplicate", {"owners": (A, B, A)}) == [("owners.2.name", "")]


@pytest.mark.parametrize(
    ("name", "rule"),
    [("", "blank"), ("丙", "unknown"), ("甲大学", None), ("乙公司", None)],
)
def test_the_representative_is_one_of_the_owners(ask, name, rule):
    changes = {"owners": (A, B), "signing": "representative", REPRESENTATIVE: name}
    for each in ("blank", "unknown"):
        expected = [(REPRESENTATIVE, "")] if each == rule else []
        assert ask(f"signing.representative_{each}", changes) == expected


def test_without_owners_no_representative_is_unknown(ask):
    changes = {"owners": (), "signing": "representative", REPRESENTATIVE: "丙"}
    assert ask("signing.representative_unknown", changes) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("甲大学 乙公司", True),
        ("甲大学/乙公司", True),
        ("武汉示例大学和湖北示例科技有限公司", True),
        ("甲研究院与乙公司", True),
        ("甲大学、乙公司", True),
        ("甲大学医学院", False),
        ("武汉示例大学（武汉）", False),
        ("武汉示例大学 张三", True),
        ("张三 武汉示例大学", True),
        ("武汉示例大学&张三", True),
        ("大学 公司", False),
        ("和平科技有限公司", False),
        ("张三 李四", True),
        ("张三　李四　王五", True),
        ("张 三", False),
        ("武汉示例大学　湖北示例科技有限公司", True),
        ("武汉示例大学\\湖北示例科技有限公司", True),
        ("", False),
    ],
)
def test_two_units_in_one_name_are_asked_about(ask, name, found):
    changes = {"owners": (A, Party(name=name))}
    expected = [("owners.1.name", "")] if found else []
    assert ask("owners.several_in_one", changes) == expected


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("武汉示例大学等", True),
        ("武汉示例大学等3家单位", True),
        ("张三等五人", True),
        ("武汉示例大学 等", True),
        ("王等", False),
        ("高等教育出版社", False),
        ("武汉等离子科技有限公司", False),
    ],
)
def test_a_name_for_several_is_not_all_of_them(ask, name, found):
    changes = {"owners": (A, Party(name=name))}
    assert ask("owners.and_others", changes) == ([("owners.1.name", "")] if found else [])


def test_a_pack_that_names_no_ends_asks_nothing(ask):
    changes = {"owners": (Party(name="甲大学 乙公司"),)}
    assert ask("owners.several_in_one", changes, params={"ends": [], "marks": []}) == []


@pytest.mark.parametrize(
    ("seals", "stale", "found"),
    [
        (None, frozenset(), True),
        (frozenset(), frozenset(), True),
        (frozenset({"info"}), frozenset(), True),
        (frozenset({"consent"}), frozenset(), False),
        (frozenset(), frozenset({"consent"}), False),  # said by the rule on stale papers
    ],
)
def test_a_representatives_seal_asks_for_the_declaration_of_all(ask, seals, stale, found):
    changes = {"owners": (A, B), "signing": "representative", REPRESENTATIVE: "甲大学"}
    expected = [("signing", "")] if found else []
    assert ask("signing.declaration", changes, seals=seals, stale=stale) == expected


def test_one_owner_needs_no_declaration_of_others(ask):
    changes = {"owners": (A,), "signing": "representative", REPRESENTATIVE: "甲大学"}
    assert ask("signing.declaration", changes) == []
