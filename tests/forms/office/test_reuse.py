"""Shared answers are kept under names and come back as new cases."""

from collections.abc import Callable

import msgspec
import pytest

from forms.facts.record import Declaration, OtherLicences, OwnUse, Patent
from forms.ground.locate import packs_folder
from forms.office.store import CannotDo
from forms.office.templates import (
    bring_template_back,
    delete_template,
    from_template,
    keep_template,
    rename_template,
    shared_answers,
    templates,
)
from forms.pack.load import load
from tests.forms.filled import FULL

PACK = load(packs_folder() / "hubei-2022")


class Notes:
    """Settings in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value

    def change(self, name: str, made_of: Callable[[str | None], str]) -> None:
        self.kept[name] = made_of(self.kept.get(name))


@pytest.fixture
def notes() -> Notes:
    return Notes()


def test_what_belongs_to_one_patent_is_not_shared() -> None:
    worked = msgspec.structs.replace(
        FULL,
        own_use=OwnUse(way="used", period="2022年起", scope="武汉市"),
        other_licences=OtherLicences(way="granted", scope="湖北省"),
        declaration=Declaration(number="X-1"),
        earlier=(Declaration(refused="缺简要说明"),),
        converted_from="hubei-2022",
        unread={"patent.filing_date": "去年", "offer_end": "很久", "own_use.period": "？"},
    )
    case = shared_answers(worked)
    assert case.patent == Patent()
    assert case.own_use == OwnUse()
    assert case.other_licences == OtherLicences()
    assert (case.declaration, case.earlier, case.converted_from) == (Declaration(), (), "")
    assert case.unread == {"offer_end": "很久"}
    assert (case.owners, case.contact, case.royalty) == (FULL.owners, FULL.contact, FULL.royalty)


def test_that_a_patent_was_not_worked_is_shared() -> None:
    case = shared_answers(FULL)
    assert (case.own_use.way, case.other_licences.way) == ("none", "none")


def test_answers_are_kept_under_a_name_and_make_a_new_case(notes: Notes) -> None:
    keep_template(notes, PACK, "  材料学院 ", FULL)
    keep_template(notes, PACK, "免费一年", msgspec.structs.replace(FULL, region="武汉市"))
    assert [one.name for one in templates(notes, PACK)] == ["材料学院", "免费一年"]  # by pinyin
    assert from_template(notes, PACK, "材料学院") == shared_answers(FULL)
    keep_template(notes, PACK, "材料学院", msgspec.structs.replace(FULL, region="宜昌市"))
    assert from_template(notes, PACK, "材料学院").region == "宜昌市"
    assert len(templates(notes, PACK)) == 2


def test_a_template_is_renamed_and_deleted(notes: Notes) -> None:
    keep_template(notes, PACK, "甲", FULL)
    keep_template(notes, PACK, "乙", FULL)
    rename_template(notes, PACK, "甲", "甲")
    rename_template(notes, PACK, "甲", "丙")
    assert {one.name for one in templates(notes, PACK)} == {"乙", "丙"}
    with pytest.raises(CannotDo, match="已有"):
        rename_template(notes, PACK, "丙", "乙")
    gone = delete_template(notes, PACK, "丙")
    assert gone is not None and gone.name == "丙"
    assert delete_template(notes, PACK, "丙") is None
    with pytest.raises(CannotDo, match="没有名为"):
        from_template(notes, PACK, "丙")
    assert bring_template_back(notes, PACK, gone)
    made_since = keep_template(notes, PACK, "丙", msgspec.structs.replace(FULL, region="宜昌市"))
    assert not bring_template_back(notes, PACK, gone)  # what another has made stays
    assert from_template(notes, PACK, "丙") == made_since.case


@pytest.mark.parametrize("name", ["", "  ", "长" * 61])
def test_a_name_that_is_none_is_refused(notes: Notes, name: str) -> None:
    with pytest.raises(CannotDo):
        keep_template(notes, PACK, name, FULL)


def test_what_can_not_be_read_is_no_template(notes: Notes) -> None:
    notes.kept["templates.hubei-2022"] = "{"
    assert templates(notes, PACK) == ()
