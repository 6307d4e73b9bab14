"""What an office says of a duty survives as all else does, and goes when it is taken back."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from db.store import Store, open_store
from forms.office.stored import DutyNote
from tests.db.conftest import Clock, spoil

PAID = DutyNote(
    key="annual_fee:ZL201811203345.1:9",
    state="done",
    day=date(2026, 11, 28),
    amount=Decimal("400.00"),
    words="票据 0012",
    noted_by="王敏",
)
LATER = DutyNote(key=PAID.key, state="snoozed", day=date(2026, 12, 8), words="等财务开账")


def test_what_was_said_is_there_after_a_restart(store: Store, clock: Clock) -> None:
    store.duties.put([LATER])
    store.duties.put([PAID])
    place = store.place
    store.close()
    with open_store(place, now=clock) as again:
        assert again.duties.notes() == {PAID.key: PAID}
        again.duties.forget([PAID.key])
        assert again.duties.notes() == {}


def test_a_backup_has_it(store: Store, file: Path, clock: Clock) -> None:
    store.duties.put([PAID])
    copy = store.backups.make()
    with open_store(copy, now=clock, create=False) as there:
        assert there.duties.notes() == {PAID.key: PAID}
        assert there.examine().faults == ()


def test_an_examination_names_what_was_spoiled(store: Store) -> None:
    store.duties.put([PAID])
    spoil(store, "UPDATE duty_notes SET amount = '四百'")
    assert store.duties.notes() == {}
    assert [fault for fault in store.examine().faults if "日程" in fault]
