"""The national pilot's publishing form: six data of its plan, on a paper that says it is ours."""

from datetime import date

import msgspec

from forms.check.case_check import check
from forms.exchange.import_plan import plan
from forms.exchange.workbook_reader import read_file
from forms.facts.record import Case
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.paper import document_words
from forms.paper.compose import compose

PACK = load(packs_folder() / "cnipa-2022")
IN_FORCE = date(2023, 6, 1)


def cases() -> list[Case]:
    """The patents of the statutory sample, brought in as the pilot's."""
    sheets = read_file(packs_folder() / "cnipa-2024" / "sample.xlsx")
    return [row.case for row in plan(sheets, PACK, []).rows if row.case is not None]


def words(code: str, case: Case) -> str:
    document = compose(PACK.papers[code], case, PACK)
    return "".join(document_words.words(document).split())


def test_the_paper_has_the_six_data_and_says_what_it_is_not() -> None:
    case = cases()[0]
    said = words("publishing", case)
    contact = case.contact
    for text in (
        *("ZL202110418826.X", case.patent.title, "示例大学", "100,000.00", "2030年12月31日"),
        *(contact.name, contact.phone, contact.address, contact.email),
    ):
        assert text in said
    assert said.count("不是国家知识产权局的参考样例") == 2
    assert "不是国家知识产权局的参考样例" in PACK.identity.notice
    assert "附件1" not in said


def test_it_was_in_force_until_declarations_are_filed() -> None:
    until = PACK.identity.in_force_until
    statute = load(packs_folder() / "cnipa-2024").identity.in_force_from
    assert until is not None and statute is not None
    assert (statute - until).days == 1
    case = next(case for case in cases() if not check(case, PACK, IN_FORCE))
    after = check(case, PACK, date(2026, 11, 2), seals=frozenset())
    assert [problem.rule for problem in after] == ["pack.over"]


def test_few_things_are_faults_of_it() -> None:
    assert [p.rule for p in check(Case(), PACK, IN_FORCE) if p.severity == "error"] == [
        *("number.blank", "title.blank", "owners.none", "royalty.way_blank", "offer_end.blank"),
        *["contact.blank"] * 4,
    ]
    case = cases()[0]
    licensed = msgspec.structs.replace(case.other_licences, way="granted", kind="exclusive")
    exclusive = msgspec.structs.replace(case, other_licences=licensed)
    (problem,) = check(exclusive, PACK, IN_FORCE)
    assert (problem.rule, problem.severity) == ("other_licences.exclusive", "error")
