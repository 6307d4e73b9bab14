"""Events are codes and counts: no words, so nothing personal can get in."""

import pytest

from db.store import Store
from forms.facts.record import Case


def test_who_did_what_the_latest_first(store: Store, case: Case) -> None:
    one = store.cases.save(case)
    store.events.log("import.done", who="小陈", counts={"new": 50, "refused": 2})
    store.events.log("case.printed", case_id=one.id)
    printed, imported = store.events.listed()
    assert (printed.what, printed.case_id, printed.counts) == ("case.printed", one.id, {})
    assert (imported.who, imported.counts) == ("小陈", {"new": 50, "refused": 2})
    assert printed.at > imported.at
    assert store.events.listed(limit=1) == [printed]


@pytest.mark.parametrize("words", ["张三 13800000000", "", "a b", "x" * 61])
def test_words_do_not_belong_in_an_event(store: Store, words: str) -> None:
    with pytest.raises(ValueError, match="codes"):
        store.events.log(words)
    with pytest.raises(ValueError, match="codes"):
        store.events.log("import.done", counts={words: 1})
    assert store.events.listed() == []


def test_small_settings_are_kept(store: Store) -> None:
    assert store.settings.get("pack") is None
    for value in ("hubei-2022", "其他"):
        store.settings.put("pack", value)
    assert store.settings.get("pack") == "其他"


def test_the_events_of_one_case_can_be_asked_for(store: Store, case: Case) -> None:
    one, other = store.cases.save(case), store.cases.save(case)
    store.cases.bin(one.id, who="甲")
    store.cases.bin(other.id)
    assert [(event.what, event.who) for event in store.events.listed(case_id=one.id)] == [
        ("case.binned", "甲")
    ]
