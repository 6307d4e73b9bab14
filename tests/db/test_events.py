"""Events are codes and counts: no words, so nothing personal can get in."""

import pytest

from db.store import Store
from forms.record import Case


def test_who_did_what_the_latest_first(store: Store, case: Case) -> None:
    one = store.save(case)
    store.log("import.done", who="小陈", counts={"new": 50, "refused": 2})
    store.log("case.printed", case_id=one.id)
    printed, imported = store.events()
    assert (printed.what, printed.case_id, printed.counts) == ("case.printed", one.id, {})
    assert (imported.who, imported.counts) == ("小陈", {"new": 50, "refused": 2})
    assert printed.at > imported.at
    assert store.events(limit=1) == [printed]


@pytest.mark.parametrize("words", ["张三 13800000000", "", "a b", "x" * 61])
def test_words_do_not_belong_in_an_event(store: Store, words: str) -> None:
    with pytest.raises(ValueError, match="codes"):
        store.log(words)
    with pytest.raises(ValueError, match="codes"):
        store.log("import.done", counts={words: 1})
    assert store.events() == []


def test_small_settings_are_kept(store: Store) -> None:
    assert store.setting("pack") is None
    for value in ("hubei-2022", "其他"):
        store.set_setting("pack", value)
    assert store.setting("pack") == "其他"


def test_the_events_of_one_case_can_be_asked_for(store: Store, case: Case) -> None:
    one, other = store.save(case), store.save(case)
    store.bin(one.id, who="甲")
    store.bin(other.id)
    assert [(event.what, event.who) for event in store.events(case_id=one.id)] == [
        ("case.binned", "甲")
    ]
