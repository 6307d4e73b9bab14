"""③ and ④: one answer, its blanks filled, the other's empty, nothing exclusive."""

import pytest

from forms.facts.record import OtherLicences, OwnUse

USED = OwnUse(way="used", period="2022年至今", scope="湖北省", manner="制造")
GRANTED = OtherLicences(way="granted", period="2022年至2025年", scope="湖北省", kind="ordinary")


def test_sound_answers_pass(ask):
    for changes in ({}, {"own_use": USED, "other_licences": GRANTED}):
        for rule in ("way_blank", "blank", "unchosen"):
            assert ask(f"own_use.{rule}", changes) == []
            assert ask(f"other_licences.{rule}", changes) == []
        assert ask("other_licences.exclusive", changes) == []


def test_no_answer_is_one_fault(ask):
    changes = {"own_use": OwnUse(period="2022年"), "other_licences": OtherLicences(scope="省内")}
    assert ask("own_use.way_blank", changes) == [("own_use.way", "")]
    assert ask("other_licences.way_blank", changes) == [("other_licences.way", "")]
    for rule in ("blank", "unchosen"):
        assert ask(f"own_use.{rule}", changes) == []
        assert ask(f"other_licences.{rule}", changes) == []


def test_every_blank_of_the_chosen_answer_is_named(ask):
    assert ask("own_use.blank", {"own_use": OwnUse(way="used", scope="湖北省")}) == [
        ("own_use.period", ""),
        ("own_use.manner", ""),
    ]
    assert ask("other_licences.blank", {"other_licences": OtherLicences(way="granted")}) == [
        ("other_licences.period", ""),
        ("other_licences.scope", ""),
    ]


@pytest.mark.parametrize("name", ["period", "scope", "manner"])
def test_own_use_beside_none(ask, name):
    changes = {f"own_use.{name}": "写了"}
    assert ask("own_use.unchosen", changes) == [("own_use.way", "")]


@pytest.mark.parametrize(
    ("name", "value"), [("period", "写了"), ("scope", "写了"), ("kind", "ordinary")]
)
def test_licences_beside_none(ask, name, value):
    changes = {f"other_licences.{name}": value}
    assert ask("other_licences.unchosen", changes) == [("other_licences.way", "")]


@pytest.mark.parametrize("kind", ["sole", "exclusive"])
def test_an_exclusive_or_sole_licence(ask, kind):
    changes = {"other_licences": GRANTED, "other_licences.kind": kind}
    changes["other_licences.scope"] = "独占"
    assert ask("other_licences.exclusive", changes) == [("other_licences.kind", "kind")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("湖北省独占许可", True),
        ("排他实施", True),
        ("湖北省内排它许可", True),
        ("独家许可", True),
        ("普通许可（非独占、非排他）", False),
        ("不属于独占或者排他许可", False),
        ("无独占许可", False),
        ("非独占许可，武汉市为排他许可", True),
        ("非独占；独占", True),
        ("", False),
    ],
)
def test_the_words_of_the_answer(ask, text, found):
    expected = [("other_licences.scope", "words")] if found else []
    changes = {"other_licences": GRANTED, "other_licences.scope": text}
    assert ask("other_licences.exclusive", changes) == expected


def test_the_time_may_say_it_too(ask):
    changes = {"other_licences": GRANTED, "other_licences.period": "独占许可至2025年"}
    assert ask("other_licences.exclusive", changes) == [("other_licences.period", "words")]


def test_without_licences_nothing_is_exclusive(ask):
    changes = {"other_licences.scope": "独占", "other_licences.kind": "exclusive"}
    assert ask("other_licences.exclusive", changes) == []


@pytest.mark.parametrize(("way", "found"), [("none", True), ("granted", False), (None, False)])
def test_a_licence_granted_since_is_asked_about_beside_none(ask, way, found):
    changes = {"other_licences": OtherLicences(way=way)}
    expected = [("other_licences.way", "")] if found else []
    assert ask("other_licences.granted_since", changes, of_contract=True) == expected
