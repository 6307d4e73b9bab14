"""The states a register keeps: what they are, how long they hold, royalties in short."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from shutil import copytree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.store import Store, open_store
from forms.check.case_check import check
from forms.facts.paths import with_value
from forms.facts.record import (
    Case,
    EntryRunning,
    Instalments,
    Licence,
    LumpSum,
    OtherStandard,
    Patent,
    Royalty,
)
from forms.ground.locate import packs_folder
from forms.office.case_states import royalty_in_short, settled, until
from forms.office.paper_export import export
from forms.office.papers_wanted import wanted
from forms.pack.load import load
from forms.pack.pack_shelf import Shelf
from forms.pack.types import Pack
from tests.forms.office.test_office import CASE

TODAY = date(2022, 9, 1)
QINGLAN = Path(__file__).parents[2] / "packs" / "qinglan-2026"
DAYS = st.none() | st.dates(date(2015, 1, 1), date(2045, 12, 31))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2022, 9, 1, tzinfo=UTC)) as opened:
        yield opened


def test_a_case_that_merely_waits_for_answers_is_being_filled_in(store: Store, pack: Pack) -> None:
    blank = store.cases.save(Case(pack="hubei-2022"))
    wrong = store.cases.save(with_value(CASE, "offer_end", date(2020, 1, 1)))
    unread = store.cases.save(Case(pack="hubei-2022", unread={"patent.number": "CN113000000B"}))
    states = settled(store, Shelf(pack), TODAY, [blank.id, wrong.id, unread.id, 99])
    assert {number: one.state for number, one in states.items()} == {
        blank.id: "drafting",
        wrong.id: "faulty",
        unread.id: "faulty",
    }


def test_a_case_twice_is_a_fault_of_both_until_one_goes(store: Store, pack: Pack) -> None:
    store.settle_by(lambda store, ids: settled(store, Shelf(pack), TODAY, ids))
    one, other = store.cases.save(CASE), store.cases.save(CASE)
    assert {row.state for row in store.register.rows_of([one.id, other.id])} == {"faulty"}
    store.cases.bin(other.id)
    assert [row.state for row in store.register.rows_of([one.id])] == ["ready"]


def test_a_case_that_was_sent_says_so_until_it_is_changed(
    store: Store, pack: Pack, tmp_path: Path
) -> None:
    from forms.office.submission import submit

    store.settle_by(lambda store, ids: settled(store, Shelf(pack), TODAY, ids))
    stored = store.cases.save(CASE)

    def state() -> str | None:
        return store.register.rows_of([stored.id])[0].state

    export(store, pack, TODAY, [stored], tmp_path / "文书", wanted(pack, [], []))
    assert state() == "unsealed"
    submit(store, pack, TODAY, [stored], tmp_path / "报送")
    store.papers.note_sent(store.papers.submissions()[0].id, datetime(2022, 9, 2, tzinfo=UTC))
    assert state() == "sent"
    store.cases.save(with_value(CASE, "contact.phone", "027-68880002"), case_id=stored.id)
    assert state() == "stale"


def test_what_is_printed_anew_after_it_was_sent_is_to_be_sealed_and_sent_again(
    pack: Pack, tmp_path: Path
) -> None:
    from forms.office.submission import submit

    hours = count()
    papers = wanted(pack, [], [])
    with open_store(
        tmp_path / "案卷.db",
        now=lambda: datetime(2022, 9, 1, tzinfo=UTC) + timedelta(hours=next(hours)),
    ) as store:
        store.settle_by(lambda store, ids: settled(store, Shelf(pack), TODAY, ids))
        stored = store.cases.save(CASE)
        submit(store, pack, TODAY, [stored], tmp_path / "报送")
        store.papers.note_sent(store.papers.submissions()[0].id, datetime(2022, 9, 1, tzinfo=UTC))
        states = [store.register.rows_of([stored.id])[0].state]
        export(store, pack, TODAY, [stored], tmp_path / "文书", papers)  # another copy of the same
        states += [store.register.rows_of([stored.id])[0].state]
        changed = with_value(CASE, "contact.phone", "027-68880002")
        stored = store.cases.save(changed, case_id=stored.id)
        states += [store.register.rows_of([stored.id])[0].state]
        export(store, pack, TODAY, [stored], tmp_path / "文书", papers)
        states += [store.register.rows_of([stored.id])[0].state]
    assert states == ["sent", "sent", "stale", "unsealed"]


def test_every_case_is_judged_by_its_own_pack(store: Store, pack: Pack) -> None:
    shelf = Shelf(pack, {"qinglan-2026": QINGLAN})
    store.settle_by(lambda store, ids: settled(store, shelf, TODAY, ids))
    bare = Case(patent=Patent(number=CASE.patent.number, title=CASE.patent.title))
    ids = [
        store.cases.save(msgspec.structs.replace(case, pack=code)).id
        for case, code in (
            (CASE, "hubei-2022"),
            (bare, "hubei-2022"),
            (bare, "qinglan-2026"),  # which asks for no more
            (CASE, "gone-2020"),
        )
    ]
    states = {row.id: row.state for row in store.register.rows_of(ids)}
    assert [states[case_id] for case_id in ids] == ["faulty", "faulty", "ready", "packless"]
    store.cases.bin(
        ids[1]
    )  # the number is twice in one pack no more; that another has it is no fault
    assert [row.state for row in store.register.rows_of(ids[:1])] == ["ready"]
    others = Shelf(load(QINGLAN), {"hubei-2022": pack.folder})
    again = settled(store, others, TODAY, ids)
    assert {case_id: one.state for case_id, one in again.items()} == {
        ids[0]: "ready",
        ids[2]: "ready",
        ids[3]: "packless",
    }


def test_a_new_form_makes_what_was_sent_not_stale_but_what_is_printed_anew_is_its(
    pack: Pack, tmp_path: Path
) -> None:
    from forms.office.submission import submit

    folder = copytree(pack.folder, tmp_path / "新版")
    for name, old, new in (
        ("pack.toml", '"1.0"', '"1.1"'),
        ("papers/consent.toml", "同意", "愿意"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    newer, hours = load(folder), count()
    shelf = Shelf(newer, {}, lambda _code, version: pack.folder if version == "1.0" else None)
    with open_store(
        tmp_path / "案卷.db",
        now=lambda: datetime(2022, 9, 1, tzinfo=UTC) + timedelta(hours=next(hours)),
    ) as store:
        stored = store.cases.save(msgspec.structs.replace(CASE, pack="hubei-2022"))

        def state() -> str:
            return settled(store, shelf, TODAY, [stored.id])[stored.id].state

        export(store, pack, TODAY, [stored], tmp_path / "文书", wanted(pack, [], []))
        states = [state()]  # not sent yet: the authority wants its new form
        submit(store, pack, TODAY, [stored], tmp_path / "报送")
        store.papers.note_sent(store.papers.submissions()[0].id, datetime(2022, 9, 1, tzinfo=UTC))
        states += [state()]
        export(store, newer, TODAY, [stored], tmp_path / "新文书", wanted(newer, [], []))
        states += [state()]
    assert states == ["stale", "sent", "unsealed"]


def test_a_first_or_last_day_of_all_turns_nothing_and_stops_nothing() -> None:
    ends = [Licence(ends_on=date.min), Licence(ends_on=date.max), Licence(ends_on=TODAY)]
    assert until(Case(), TODAY, ends[:1]) is None
    assert until(Case(), TODAY, ends) == TODAY


@given(filed=DAYS, granted=DAYS, paid=DAYS, end=DAYS, year=st.integers(2015, 2030))
def test_nothing_changes_before_the_day_a_state_is_said_to_hold_to(
    pack: Pack,
    filed: date | None,
    granted: date | None,
    paid: date | None,
    end: date | None,
    year: int,
) -> None:
    patent = Patent(
        number=f"ZL{year}10024046",
        filing_date=filed,
        grant_date=granted,
        fee_paid_to=paid,
        legal_status="有效",
    )
    case = Case(patent=patent, offer_end=end)
    holds = until(case, TODAY)
    last = holds or date(2060, 1, 1)
    assert last >= TODAY
    grave = [
        {(p.rule, p.field) for p in check(case, pack, day) if p.severity != "advice"}
        for day in (TODAY, last)
    ]
    assert grave[0] == grave[1]


@pytest.mark.parametrize(
    ("royalty", "lines"),
    [
        (Royalty(), ()),
        (Royalty(way="free"), ("免费使用",)),
        (
            Royalty(
                way="entry_running",
                entry_running=EntryRunning(entry_fee=Decimal(50000), rate_percent=Decimal("2.5")),
            ),
            ("入门费 50,000 元", "提成 2.5%"),
        ),
        (Royalty(way="entry_running"), ("入门费",)),
        (
            Royalty(way="lump_sum", lump_sum=LumpSum(amount=Decimal("30000.50"))),
            ("一次总付", "30,000.50 元"),
        ),
        (
            Royalty(
                way="instalments",
                instalments=Instalments(
                    first_amount=Decimal(40000), batches=4, each_amount=Decimal(40000)
                ),
            ),
            ("分期 5 次", "共 200,000 元"),
        ),
        (Royalty(way="instalments"), ("分期支付",)),
        (
            Royalty(way="other", other=OtherStandard(text="按路口数计\n每个…")),
            ("其他标准", "按路口数计"),
        ),
    ],
)
def test_a_royalty_in_short(royalty: Royalty, lines: tuple[str, ...]) -> None:
    assert royalty_in_short(royalty) == lines
