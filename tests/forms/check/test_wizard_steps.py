"""The way through a form: steps, what each asks, how each stands, where a fault is put right."""

import msgspec
import pytest

from forms.check.case_check import check
from forms.check.choice_sentences import Blank, Derived, Ticks, Words
from forms.check.wizard_steps import Flow, Item, Seen, items_of, nearest
from forms.facts.paths import with_value
from forms.facts.record import Case, Party
from forms.ground.locate import packs_folder
from forms.ground.problems import Problem
from forms.pack.load import load
from forms.pack.types import Field, Pack
from tests.forms.filled import DAY, FULL

ALL = Seen(everything=True)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture(scope="module")
def flow(pack: Pack) -> Flow:
    return Flow(pack)


def item(flow: Flow, path: str) -> Item:
    return next(i for step in flow.steps for i in step.items if i.field.path == path)


def problems(case: Case, pack: Pack) -> tuple[Problem, ...]:
    return check(case, pack, DAY)


# --- what is asked ----------------------------------------------------------------------------


def test_the_steps_are_the_packs_but_for_the_contract(flow: Flow, pack: Pack) -> None:
    assert [step.id for step in flow.steps] == [s.id for s in pack.steps if s.id != "contract"]
    assert [step.mark for step in flow.steps][:3] == ["①", "①⑨", "③"]
    assert flow.step("royalty").title == "许可使用费"
    assert flow.step("summary").mark == ""


def test_every_field_of_a_step_is_asked_once(flow: Flow, pack: Pack) -> None:
    for step in flow.steps:
        lists = tuple(f"{i.field.path}." for i in step.items if i.field.kind == "parties")
        of_step = [
            f.path for f in pack.fields if f.step == step.id and not f.path.startswith(lists)
        ]
        assert sorted(step.paths) == sorted(of_step)


def test_a_choice_is_drawn_as_the_sentences_of_the_form(flow: Flow) -> None:
    options = {option.value: option for option in item(flow, "royalty.way").options}
    assert options["free"].sentence == (Words("免费使用。"),)
    kinds = [type(piece) for piece in options["instalments"].sentence]
    assert kinds.count(Ticks) == 1
    assert kinds.count(Blank) == 5
    assert kinds.count(Derived) == 2
    words = [p.text for p in options["instalments"].sentence if isinstance(p, Words)]
    assert words[2:4] == ["元，后在每个会计", "截止前的"]


def test_what_stands_in_no_sentence_is_asked_below_its_way(flow: Flow) -> None:
    granted = item(flow, "other_licences.way").options[1]
    assert [field.path for field in granted.below] == ["other_licences.kind"]
    other = item(flow, "royalty.way").options[-1]
    assert [field.path for field in other.below] == ["royalty.other.text"]
    signing = item(flow, "signing").options[1]
    assert [field.path for field in signing.below] == ["signing_representative"]
    assert signing.sentence == ()


def test_a_field_without_ways_has_no_options(flow: Flow) -> None:
    assert item(flow, "patent.pledge").options == ()
    assert item(flow, "patent.pledge").fields == (item(flow, "patent.pledge").field,)


def test_a_licence_is_asked_with_the_sentences_of_the_contract(pack: Pack) -> None:
    fields = [field for field in pack.fields if field.path.startswith("licence.")]
    made = {one.field.path: one for one in items_of(pack, fields)}
    royalty = made["licence.royalty.way"]
    assert [option.value for option in royalty.options] == [
        "free",
        "entry_running",
        "lump_sum",
        "instalments",
        "other",
    ]
    assert "licence.royalty.lump_sum.amount" in [f.path for f in royalty.fields]
    dispute = made["licence.dispute"]
    assert [f.path for f in dispute.options[0].below] == ["licence.arbitration_commission"]


# --- where to -----------------------------------------------------------------------------------


def test_next_and_back_go_through_all_steps(flow: Flow) -> None:
    here, met = flow.steps[0], [flow.steps[0]]
    while (after := flow.after(here.id)) is not None:
        assert flow.before(after.id) == here
        here = after
        met.append(here)
    assert tuple(met) == flow.steps
    assert flow.before(flow.steps[0].id) is None


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("contact.phone", ("contact", "contact.phone")),
        ("owners.1.name", ("owners", "owners")),
        ("royalty.lump_sum.amount", ("royalty", "royalty.lump_sum.amount")),
        ("royalty.instalments.total_stated", ("royalty", "royalty.instalments.first_days")),
        ("patent.kind_stated", ("patent", "patent.number")),
        ("papers.consent", None),
        ("", None),
    ],
)
def test_a_fault_is_put_right_where_its_fact_is_asked(
    flow: Flow, path: str, place: tuple[str, str] | None
) -> None:
    assert flow.place(path) == place
    assert flow.place(path) == place  # asked again


def test_a_path_that_shares_nothing_is_nowhere() -> None:
    assert nearest("licence.0.manner", ["patent.number"]) is None


# --- how it stands --------------------------------------------------------------------------------


def test_a_fresh_case_finds_no_fault_with_anybody(flow: Flow, pack: Pack) -> None:
    case = Case(pack=pack.identity.code)
    found = problems(case, pack)
    assert found
    assert flow.shown(found, Seen()) == ()
    assert {flow.standing(s.id, case, found, Seen()).state for s in flow.steps} == {"empty"}


def test_a_field_that_was_left_is_found_fault_with(flow: Flow, pack: Pack) -> None:
    case = with_value(Case(), "patent.title", "一种水冷散热装置")
    found = problems(case, pack)
    assert flow.standing("patent", case, found, Seen()).state == "working"
    seen = Seen().with_path("patent.number")
    assert [p.field for p in flow.shown(found, seen)] == ["patent.number"]
    standing = flow.standing("patent", case, found, seen)
    assert (standing.state, standing.errors, standing.pending) == ("error", 1, 0)


def test_a_step_that_was_left_empty_is_at_fault_and_one_never_opened_is_empty(
    flow: Flow, pack: Pack
) -> None:
    case = Case()
    found = problems(case, pack)
    seen = Seen().with_step("contact")
    assert flow.standing("contact", case, found, seen).errors == 4
    assert flow.standing("contact", case, found, ALL).state == "empty"
    assert len(flow.shown(found, ALL)) == len(found)


def test_what_is_only_wanted_later_is_pending(flow: Flow, pack: Pack) -> None:
    case = with_value(FULL, "region", "")
    standing = flow.standing("summary", case, problems(case, pack), ALL)
    assert (standing.state, standing.pending) == ("pending", 1)


def test_a_full_case_is_done_everywhere(flow: Flow, pack: Pack) -> None:
    found = problems(FULL, pack)
    assert {flow.standing(s.id, FULL, found, ALL).state for s in flow.steps} == {"done"}


def test_a_step_that_may_stay_empty_is_done_once_left(flow: Flow, pack: Pack) -> None:
    case = with_value(FULL, "other_terms", "")
    found = problems(case, pack)
    assert flow.standing("other", case, found, Seen()).state == "empty"
    assert flow.standing("other", case, found, Seen().with_step("other")).state == "done"


def test_what_became_of_a_declaration_is_done_once_it_is_put_down() -> None:
    statutory = load(packs_folder() / "cnipa-2024")
    way, case = Flow(statutory), Case(pack="cnipa-2024")
    assert way.standing("filing", case, (), ALL).state == "empty"
    filed = with_value(case, "declaration.filed_on", DAY)
    assert way.standing("filing", filed, (), ALL).state == "done"


def test_what_was_typed_and_could_not_be_read_fills_a_step(flow: Flow, pack: Pack) -> None:
    case = msgspec.structs.replace(Case(), unread={"offer_end": "很久"})
    found = problems(case, pack)
    assert flow.standing("term", case, found, Seen()).state == "working"
    assert flow.standing("term", case, found, ALL).state == "error"


def test_facts_of_parties_belong_to_their_list(pack: Pack) -> None:
    fields = (
        Field(path="owners", label="专利权人", kind="parties"),
        Field(path="owners.name", label="名称", kind="text"),
    )
    assert [one.field.path for one in items_of(pack, fields)] == ["owners"]
    assert with_value(Case(), "owners", (Party(name="甲"),)).owners[0].name == "甲"
