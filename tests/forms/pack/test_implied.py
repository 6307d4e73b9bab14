"""A list of parties can be filled in whatever of it a pack declares."""

from pathlib import Path

from forms.ground.locate import packs_folder
from forms.pack.implied_fields import field_of
from forms.pack.load import load

BRIEF = load(Path(__file__).parents[2] / "packs" / "qinglan-2026")
FULL = load(packs_folder() / "hubei-2022")


def test_what_a_pack_declares_comes_first() -> None:
    field = field_of(FULL, "owners.1.name")
    assert field is FULL.field("owners.name")
    assert field_of(FULL, "royalty.way") is FULL.field("royalty.way")


def test_a_party_has_a_name_and_is_a_unit_or_a_person() -> None:
    name, kind = field_of(BRIEF, "owners.0.name"), field_of(BRIEF, "owners.2.kind")
    assert name is not None and name.kind == "text"
    assert kind is not None and [choice.value for choice in kind.choices] == ["unit", "person"]


def test_nothing_else_is_implied() -> None:
    assert field_of(BRIEF, "owners.0.fax") is None
    assert field_of(BRIEF, "patent.name") is None
    assert field_of(BRIEF, "no.such") is None
