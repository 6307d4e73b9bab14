"""Where a fact stands on a paper: read, in its list, in its parts, or in what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from forms.facts.derived import DERIVED, DERIVED_OF_LICENCE, GROUNDS, derived
from forms.facts.paths import with_value, with_values
from forms.facts.record import Case, Duration, Instalments, Licence, Office, Party, Patent, Royalty
from forms.ground.locate import packs_folder
from forms.office.paper_making import Unprintable, composed, written
from forms.pack.askable import Fact, facts
from forms.pack.load import load
from forms.paper.stand import fields_at, prints, standing

PACK = load(packs_folder() / "hubei-2022")
PARTS = ("owners", "owners.0.name", "owners.1.name")

PLAN = Instalments(first_amount=Decimal(1), each_amount=Decimal(2), batches=3)
PATENT = Patent(filing_date=date(2020, 1, 2), title="装置", inventors=("甲",))
CASE = Case(patent=PATENT, owners=(Party(name="甲"),), royalty=Royalty(instalments=PLAN))
NUMBERED = with_value(CASE, "patent.number", "ZL202110345678.3")
DECLARED = with_values(
    NUMBERED,
    {
        "patent.evaluation_report": True,
        "patent.report_conclusion": "qualified",
        "patent.legal_status": "有效",
        "patent.pledge": "pledged",
        "declaration.withdrawal_reason": "owner_change",
    },
)
MODEL = with_values(
    CASE, {"patent.number": "ZL202020345678.9", "owners": (Party(name="甲"), Party(name="乙"))}
)
REPORTED = with_values(
    CASE, {"patent.evaluation_report": True, "patent.report_conclusion": "qualified"}
)
OWN = Licence(agreed="negotiated", royalty=Royalty(instalments=PLAN))


CASES = (CASE, NUMBERED, DECLARED, MODEL, REPORTED)


@dataclass(frozen=True)
class Facts:
    """A case and a licence."""

    case: Case
    licence: Licence

    def put(self, path: str, value: Any) -> "Facts":
        name = path.removeprefix("licence.")
        if name == path:
            return Facts(with_value(self.case, path, value), self.licence)
        return Facts(self.case, with_value(self.licence, name, value))


def _others(fact: Fact) -> Iterator[Any]:
    """Values of a fact, none of them those above."""
    values: dict[str, Any] = {
        "date": date(2021, 5, 6),
        "money": Decimal(9),
        "integer": 9,
        "flag": True,
        "duration": Duration(count=9),
        "parties": (Party(name="丙"), Party(name="丁")),
        "names": ("丙", "丁"),
        "patent_number": "ZL202020345678.9",
    }
    yield from fact.values or (values.get(fact.kinds[0], "丙"),)


def test_the_grounds_of_a_derived_fact_are_the_facts_it_changes_with() -> None:
    assert set(GROUNDS) == {*DERIVED, *DERIVED_OF_LICENCE}
    dated = Licence(starts_on=date(2022, 1, 1), ends_on=date(2023, 1, 1))
    worded = msgspec.structs.replace(dated, term="三年")
    bases = [Facts(case, licence) for case in CASES for licence in (OWN, dated, worded)]
    moved: dict[str, set[str]] = {name: set() for name in GROUNDS}
    for path, fact in facts().items():
        if path.startswith("owners."):
            continue
        for base in bases:
            for other in (base.put(path, value) for value in _others(fact)):
                for name in GROUNDS:
                    was = derived(name, base.case, base.licence)
                    if derived(name, other.case, other.licence) != was:
                        moved[name].add(path)
    for name, grounds in GROUNDS.items():
        of_ground = {ground: {p for p in moved[name] if _under(p, ground)} for ground in grounds}
        assert all(of_ground.values()), (name, of_ground)
        assert moved[name] == set().union(*of_ground.values()), name


def _under(path: str, ground: str) -> bool:
    return f"{path}.".startswith(f"{ground}.")


@pytest.mark.parametrize(
    ("fact", "places", "found"),
    [
        ("patent.title", ("patent.number+patent.title", "patent.number"), (0,)),
        ("contact.phone", ("owners.0.phone|contact.phone", "contact.name"), (0,)),
        ("owners.1.name", PARTS, (2,)),
        ("owners.7.name", PARTS, (0,)),
        ("owners", PARTS, (0,)),
        ("owners", PARTS[1:], (0, 1)),
        ("owners.1.address", PARTS[1:], ()),
        ("licence.termination_grounds", ("licence.termination_grounds.0",), (0,)),
        ("licence.term", ("derived.licence_term_text|licence.starts_on",), (0,)),
        ("licence.starts_on", ("derived.licence_term_text", "licence.starts_on"), (1,)),
        ("licence.bank.name", ("bank.name", "bank.account"), (0,)),
        ("owners.0.bank.name", ("bank.name", "bank.account"), (0,)),
        ("owners.1.bank.name", ("bank.name", "bank.account"), ()),
        ("licence.royalty.way", ("royalty.way",), (0,)),
        ("royalty.way", ("licence.royalty.way",), ()),
        ("patent.titles", ("patent.title",), ()),
        ("", ("", "patent.title"), ()),
    ],
)
def test_a_fact_stands_where_it_is_read_best(
    fact: str, places: tuple[str, ...], found: tuple[int, ...]
) -> None:
    assert standing(fact, places) == {places[place] for place in found}


@pytest.mark.parametrize(
    ("fact", "codes"),
    [
        ("patent.number", {"info", "consent", "contract", "summary"}),
        ("patent.pledge", set()),
        ("patent.fee_paid_to", {"contract"}),
        ("patent.kind_stated", {"contract", "summary"}),
        ("owners.3.bank.name", {"info", "contract", "summary"}),  # the list of owners
        ("royalty.way", {"info", "contract"}),
        ("signing_representative", {"info"}),
        ("single_term", {"summary"}),
        ("contact.phone", {"info", "contract", "summary"}),
        ("licence.term", {"contract"}),
        ("licence.royalty.instalments.batches", {"contract"}),
        ("", set()),
    ],
)
def test_it_is_known_which_papers_print_a_fact(fact: str, codes: set[str]) -> None:
    assert {code for code, paper in PACK.papers.items() if prints(paper, fact)} == codes


def test_the_field_of_a_character_that_can_not_be_printed_is_named() -> None:
    """Number and title stand in one blank; only the title can hold a strange character."""
    assert [one.path for one in fields_at(PACK, "patent.number+patent.title")] == [
        "patent.title",
        "patent.number",
    ]
    case = with_value(NUMBERED, "patent.title", "装置\U0001f9ff")
    document = composed(PACK, PACK.papers["contract"], case, Office(), licence=OWN)
    with pytest.raises(Unprintable, match="第①栏 发明创造名称：字体中没有"):
        written(document, "pdf", PACK)
