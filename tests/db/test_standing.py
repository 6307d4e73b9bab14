"""Cases as an import looks at them: read when they are asked for, and the same as ever."""

from __future__ import annotations

import pytest

from db.store import Store
from db.store_problems import StoreProblem
from forms.facts.record import Case, Patent
from tests.db.conftest import spoil

NUMBERED = Case(pack="hubei-2022", patent=Patent(number="ZL202110345678.3", title="一种装置"))
UNREAD = (
    Case(pack="hubei-2022", unread={"patent.number": "CN1", "offer_end": "明年"}),
    Case(pack="hubei-2022", unread={"patent.number": "CN2"}),
    Case(pack="hubei-2022", unread={"offer_end": "明年"}),
)
OTHERS = (Case(pack="cnipa-2024"), Case())


def test_what_stands_is_what_is_listed(store: Store) -> None:
    """Of the pack and of none, in their order, without what lies in the bin."""
    cases = [NUMBERED, *UNREAD, *OTHERS, NUMBERED]
    ids = store.cases.add_all([(case, {"offer_end": "明年"}, "") for case in cases])
    store.cases.bin(ids[-1])
    standing = store.cases.standing("hubei-2022")
    listed = [one for one in store.cases.listed() if one.case.pack != "cnipa-2024"]
    assert [(one.id, one.case, one.imported) for one in standing] == [
        (one.id, one.case, one.imported) for one in listed
    ]
    assert [one.has_unread for one in standing] == [False, True, True, True, False]


@pytest.mark.parametrize("number", ["", "CN1", 'ZL"\\2021', "专利号\n一"])
def test_what_a_case_is_found_by_is_what_was_imported(store: Store, number: str) -> None:
    """The cells of number and title, without the others."""
    cells = {"patent.number": number, "notes": '"patent.title":"乙"', "z": "1"}
    store.cases.add_all([(NUMBERED, cells, ""), (NUMBERED, {"patent.title": "一种桥"}, "")])
    one, other = store.cases.standing("hubei-2022")
    assert (one.known_by, other.known_by) == ((number, ""), ("", "一种桥"))
    assert one.says(dict(reversed(cells.items())))
    assert not one.says(cells | {"z": "2"})
    assert not other.says({})


def test_what_can_not_be_read_says_so_when_it_is_asked_for(store: Store) -> None:
    """In the store's words, as any other look at it does."""
    store.cases.add_all([(NUMBERED, {}, "")])
    spoil(store, "UPDATE cases SET content = '{', imported = '['")
    (one,) = store.cases.standing("hubei-2022")
    with pytest.raises(StoreProblem):
        _ = one.case
    with pytest.raises(StoreProblem):
        _ = one.imported
    with pytest.raises(StoreProblem):
        _ = one.has_unread
    with pytest.raises(StoreProblem):
        _ = one.known_by
    with pytest.raises(StoreProblem):
        one.says({})
