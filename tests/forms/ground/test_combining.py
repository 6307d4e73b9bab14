"""Two changes of one case are made one; what was typed here stays."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from forms.facts.licence_life import Life, Notice, Proof
from forms.facts.paths import with_value
from forms.facts.record import Case, Duration, Licence, Party, Patent
from forms.ground.combining import combined, differing, new_places, upon

BASE = Case(owners=(Party(name="甲"),), unread={"offer_end": "很久"})
_MONTHS = Duration(count=3, unit="month")
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


def test_an_owner_who_became_another_is_one_fact() -> None:
    mine = with_value(BASE, "owners", (Party(name="乙"),))
    theirs = with_value(BASE, "owners.0.phone", "1")
    case, clashes = combined(BASE, mine, theirs)
    assert (case.owners, clashes) == ((Party(name="乙"),), ("owners",))


def test_what_both_only_added_to_a_list_is_all_there() -> None:
    one, other = Party(name="乙"), Party(name="丙")
    mine = with_value(BASE, "owners", (*BASE.owners, one))
    theirs = with_value(BASE, "owners", (*BASE.owners, other, one))
    case, clashes = combined(BASE, mine, theirs)
    assert (case.owners, clashes) == ((*BASE.owners, one, other), ())


def test_what_one_changed_in_a_list_and_another_added_to_it_is_both_there() -> None:
    mended, added = with_value(BASE, "owners.0.phone", "1"), Party(name="乙")
    longer = with_value(BASE, "owners", (*BASE.owners, added))
    for mine, theirs in ((mended, longer), (longer, mended)):
        case, clashes = combined(BASE, mine, theirs)
        assert (case.owners, clashes) == ((*mended.owners, added), ())


def test_what_two_change_of_one_owner_or_of_two_is_all_there() -> None:
    base = with_value(BASE, "owners.1.name", "乙")
    mine = with_value(base, "owners.0.phone", "1")
    case, clashes = combined(base, mine, with_value(base, "owners.0.address", "武汉市"))
    assert (case.owners[0].phone, case.owners[0].address, clashes) == ("1", "武汉市", ())
    case, clashes = combined(base, mine, with_value(base, "owners.1.phone", "2"))
    assert ([one.phone for one in case.owners], clashes) == (["1", "2"], ())
    case, clashes = combined(base, mine, with_value(base, "owners.0.phone", "3"))
    assert (case.owners[0].phone, clashes) == ("1", ("owners.0.phone",))
    assert upon(base, mine, with_value(base, "owners.0.phone", "3")).owners[0].phone == "3"


def test_the_order_that_one_gave_a_list_stands_beside_what_another_added() -> None:
    first, second, third = (Party(name=name) for name in "甲乙丙")
    base = Case(owners=(first, second))
    turned, longer = Case(owners=(second, first)), Case(owners=(first, second, third))
    for mine, theirs in ((turned, longer), (longer, turned)):
        assert combined(base, mine, theirs) == (Case(owners=(second, first, third)), ())


def test_an_entry_taken_out_here_and_changed_there_is_told() -> None:
    base = Case(owners=(Party(name="甲"), Party(name="乙")))
    shorter, mended = Case(owners=base.owners[1:]), with_value(base, "owners.0.phone", "1")
    assert combined(base, shorter, mended) == (shorter, ("owners",))
    assert combined(base, mended, shorter) == (mended, ("owners",))


def test_an_entry_is_known_by_its_name_where_others_came_or_went() -> None:
    first, second, third = (Party(name=name) for name in "甲乙丙")
    base, mended = Case(owners=(first, second)), Party(name="甲", phone="1")
    theirs = with_value(base, "owners.0.address", "武汉市")
    both = Party(name="甲", phone="1", address="武汉市")
    assert combined(base, Case(owners=(mended,)), theirs) == (Case(owners=(both,)), ())
    longer = Case(owners=(third, mended, second))
    assert combined(base, longer, theirs) == (Case(owners=(third, both, second)), ())


def test_an_entry_that_is_typed_to_be_like_the_next_stays_at_its_place() -> None:
    before = tuple(map(_named, ("武汉", "武汉大学", "丙")))
    typed = tuple(map(_named, ("武汉大学", "武汉大学", "丙")))
    assert new_places(before, typed) == {0: 0, 1: 1, 2: 2}
    assert new_places(before, before[1:]) == {1: 0, 2: 1}
    assert new_places(before, (before[2], before[0])) == {0: 1, 2: 0}


def test_what_can_not_be_read_stays_with_the_owner_it_was_typed_of() -> None:
    first, second = Party(name="甲"), Party(name="乙")
    base = Case(owners=(first, second))
    typed = replace(base, unread={"owners.1.kind": "不详"})
    for others in ((second,), (second, first)):
        right = Case(owners=others, unread={"owners.0.kind": "不详"})
        assert combined(base, typed, Case(owners=others)) == (right, ())
        assert combined(base, Case(owners=others), typed) == (right, ())
        assert upon(base, Case(owners=others), typed) == right


def test_an_owner_of_whom_something_unread_was_typed_is_not_taken_out_unsaid() -> None:
    base = Case(owners=(Party(name="甲"), Party(name="乙")))
    typed = replace(base, unread={"owners.1.kind": "不详"})
    shorter = Case(owners=base.owners[:1])
    assert combined(base, typed, shorter) == (typed, ("owners",))
    assert combined(base, shorter, typed) == (shorter, ("owners",))
    assert combined(typed, typed, shorter) == (shorter, ())  # it was so before


def test_what_one_could_not_read_and_another_has_read_is_told() -> None:
    base = Case(offer_end=date(2029, 1, 1))
    read = replace(base, offer_end=date(2030, 1, 1))
    typed = Case(unread={"offer_end": "很久"})
    assert combined(base, read, typed) == (read, ("offer_end",))
    assert combined(base, typed, read) == (typed, ("offer_end",))
    assert combined(Case(), read, typed) == (read, ("offer_end",))
    assert combined(Case(), typed, read)[0].unread == typed.unread


def test_a_length_of_time_and_a_proof_are_taken_whole() -> None:
    base = Case(single_term=Duration(count=3))
    mine, theirs = (Case(single_term=made) for made in (Duration(count=4), _MONTHS))
    assert combined(base, mine, theirs) == (mine, ("single_term",))
    assert upon(base, mine, theirs) == theirs
    shown, mine_too, there = (
        Licence(life=Life(notice=Notice(proof=Proof(name=name, sha256=sha256))))
        for name, sha256 in (("扫描.pdf", "0"), ("扫描.pdf", "1"), ("通知.pdf", "2"))
    )
    assert combined(shown, mine_too, there) == (mine_too, ("life.notice.proof",))


def _named(name: str) -> Party:
    return Party(name=name)


def _listed(names: Iterable[str]) -> Case:
    return Case(patent=Patent(inventors=tuple(names)))


@given(st.lists(st.sampled_from("甲乙丙"), max_size=4), *[st.text("丙丁戊", max_size=3)] * 2)
def test_what_either_added_to_a_list_is_there_as_often(base: list[str], one: str, two: str) -> None:
    made, clashes = combined(_listed(base), _listed([*base, *one]), _listed([*base, *two]))
    added = Counter(one) | Counter(two)
    assert (Counter(made.patent.inventors), clashes) == (Counter(base) + added, ())


@given(*[st.text("甲乙丙", max_size=4)] * 2)
def test_a_list_that_one_alone_changed_is_taken_whole(base: str, other: str) -> None:
    here, there = _listed(base), _listed(other)
    assert combined(here, there, here) == combined(here, here, there) == (there, ())
    assert combined(here, there, there) == (there, ())


def _owners(names: Sequence[str], called: Set[str], written: Set[str], unread: Set[str]) -> Case:
    """Owners of these names; of some there is a telephone, an address, something unread."""
    return Case(
        owners=tuple(
            Party(name=name, phone="1" * (name in called), email="a" * (name in written))
            for name in names
        ),
        unread={f"owners.{at}.kind": name for at, name in enumerate(names) if name in unread},
    )


@given(st.data())
def test_of_owners_all_that_either_did_is_done(data: st.DataObject) -> None:
    """However they were put in order, added and taken out: by their names they are known."""

    def some(of: str) -> Set[str]:
        return data.draw(st.sets(st.sampled_from(of))) if of else set()

    names = "甲乙丙丁"[: data.draw(st.integers(0, 4))]
    gone, called, unread = some(names), some(names), some(f"{names}戊己")
    written = some(names) - gone
    here = data.draw(st.permutations([*(set(names) - gone), *some("戊")]))
    there = data.draw(st.permutations([*names, *some("己")]))
    found, clashes = combined(
        _owners(names, set(), set(), unread),
        _owners(here, called, set(), unread),
        _owners(there, set(), written, unread),
    )
    made = [one.name for one in found.owners]
    assert (found, clashes) == (_owners(made, called, written, unread), ())
    assert Counter(made) == Counter({*here, *there} - gone)


@given(st.data())
def test_of_a_list_all_that_either_did_is_done(data: st.DataObject) -> None:
    base = "甲乙丙丁"[: data.draw(st.integers(0, 4))]
    whose = [data.draw(st.sampled_from(["here", "there", "nobody"])) for _ in base]
    is_out = [data.draw(st.booleans()) for _ in base]

    def by(who: str, added: str) -> list[str]:
        made = []
        for name, one, out in zip(base, whose, is_out, strict=True):
            made += [name] if one != who else [] if out else [name + who]
        return [*made, *added]

    here, there = by("here", data.draw(st.text("戊己", max_size=2))), by("there", "庚")
    made, clashes = combined(_listed(base), _listed(here), _listed(there))
    gone, new = Counter(base) - Counter(here), Counter(here) - Counter(base)
    gone_there, new_there = Counter(base) - Counter(there), Counter(there) - Counter(base)
    assert clashes == ()
    assert Counter(made.patent.inventors) == Counter(base) - gone - gone_there + new + new_there


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
