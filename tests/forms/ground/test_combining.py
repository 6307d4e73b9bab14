"""Two changes of one case are made one; what was typed here stays."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from forms.facts.paths import with_value
from forms.facts.record import Case, Party
from forms.ground.combining import combined, differing

BASE = Case(owners=(Party(name="甲"),), unread={"offer_end": "很久"})
texts = st.text("甲乙丙", max_size=2)
cases = st.builds(
    lambda title, region, name, unread: with_value(
        with_value(with_value(Case(unread=unread), "patent.title", title), "region", region),
        "owners",
        (Party(name=name),),
    ),
    texts,
    texts,
    texts,
    st.dictionaries(st.sampled_from(["offer_end", "single_term"]), texts, max_size=2),
)


def test_what_each_changed_is_in_both() -> None:
    mine = with_value(BASE, "patent.title", "一种装置")
    theirs = with_value(BASE, "offer_end", date(2030, 1, 1))
    case, clashes = combined(BASE, mine, theirs)
    assert (case.patent.title, case.offer_end, clashes) == ("一种装置", date(2030, 1, 1), ())


def test_where_both_changed_one_fact_what_was_typed_here_stays() -> None:
    mine, theirs = (with_value(BASE, "region", text) for text in ("全省", "武汉市"))
    case, clashes = combined(BASE, mine, theirs)
    assert (case.region, clashes) == ("全省", ("region",))


def test_the_list_of_owners_is_one_fact() -> None:
    mine = with_value(BASE, "owners", (Party(name="乙"),))
    theirs = with_value(BASE, "owners.0.phone", "1")
    case, clashes = combined(BASE, mine, theirs)
    assert (case.owners, clashes) == ((Party(name="乙"),), ("owners",))


def test_what_both_only_added_to_a_list_is_all_there() -> None:
    one, other = Party(name="乙"), Party(name="丙")
    mine = with_value(BASE, "owners", (*BASE.owners, one))
    theirs = with_value(BASE, "owners", (*BASE.owners, other, one))
    case, clashes = combined(BASE, mine, theirs)
    assert (case.owners, clashes) == ((*BASE.owners, other, one), ())


def test_what_one_changed_in_a_list_and_another_added_to_it_is_both_there() -> None:
    mended, added = with_value(BASE, "owners.0.phone", "1"), Party(name="乙")
    longer = with_value(BASE, "owners", (*BASE.owners, added))
    for mine, theirs in ((mended, longer), (longer, mended)):
        case, clashes = combined(BASE, mine, theirs)
        assert (case.owners, clashes) == ((*mended.owners, added), ())


def test_what_could_not_be_read_is_combined_by_its_field() -> None:
    mine = with_value(BASE, "offer_end", date(2030, 1, 1))
    mine = Case(owners=mine.owners, offer_end=mine.offer_end, unread={})
    theirs = Case(owners=BASE.owners, unread={**BASE.unread, "single_term": "一阵"})
    case, _ = combined(BASE, mine, theirs)
    assert case.unread == {"single_term": "一阵"}


def test_a_field_of_the_packs_own_that_only_one_has_is_kept() -> None:
    case, clashes = combined(BASE, with_value(BASE, "extra.GRADE", "优"), BASE)
    assert (case.extra["GRADE"].text, clashes) == ("优", ())


@given(cases, cases)
def test_changes_of_one_side_alone_are_taken_whole(base: Case, other: Case) -> None:
    assert combined(base, other, base) == (other, ())
    assert combined(base, base, other) == (other, ())


@given(cases, cases, cases)
def test_the_result_differs_from_both_only_where_the_other_changed(
    base: Case, mine: Case, theirs: Case
) -> None:
    case, clashes = combined(base, mine, theirs)
    changed_here = set(differing(base, mine))
    assert set(clashes) <= changed_here
    assert set(differing(case, mine)) <= set(differing(base, theirs))
    assert set(differing(case, theirs)) <= changed_here
