"""What is typed is kept: soon, one version for what is typed in one go, and nobody's is lost."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from db.backup import restore
from db.store_problems import DiskFull, LockedDatabase
from desktop.desk.desk import Desk
from desktop.editing.record_session import SAVE_AFTER_MS, SAVE_AT_LATEST_MS
from desktop.pages.licences.licence_session import LicenceSession
from desktop.pages.wizard.case_session import CaseSession
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from forms.facts.licence_life import Receipt
from forms.facts.record import Case, Licence, Party, Patent
from forms.office.stored import StoredCase

TITLE = "patent.title"


@pytest.fixture
def session(desk: Desk) -> CaseSession:
    return CaseSession(desk, None, Case(pack=desk.pack.identity.code))


def versions(session: CaseSession) -> list[str]:
    """The titles of the versions kept, the first first."""
    assert session.case_id is not None
    store = session.desk.store
    kept = [one.version for one in store.cases.versions(session.case_id)]
    return [
        store.cases.at_version(session.case_id, version).patent.title for version in reversed(kept)
    ]


def type_slowly(session: CaseSession, path: str, text: str) -> None:
    """Type, so slowly that every character is saved before the next."""
    for end in range(1, len(text) + 1):
        session.draft.type(path, text[:end])
        session.save()
        assert session.case_id is not None
        assert session.desk.store.cases.one(session.case_id).case == session.case


def test_half_a_second_is_enough() -> None:
    assert SAVE_AFTER_MS < SAVE_AT_LATEST_MS < 500


def test_it_is_saved_while_one_types_on(session: CaseSession, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.saved):
        session.draft.type(TITLE, "一")
    assert session.is_kept


def test_what_is_typed_in_one_box_is_one_version_however_often_it_was_saved(
    session: CaseSession,
) -> None:
    type_slowly(session, TITLE, "一种冷却装置")
    assert versions(session) == ["一种冷却装置"]
    session.note_left(TITLE)
    type_slowly(session, TITLE, "一种水冷装置")
    type_slowly(session, "region", "武汉市")
    assert versions(session) == ["一种冷却装置", "一种水冷装置", "一种水冷装置"]
    assert session.desk.store.examine().faults == ()


def test_undo_and_redo_are_versions_of_their_own(session: CaseSession) -> None:
    type_slowly(session, TITLE, "甲乙")
    session.note_left(TITLE)
    type_slowly(session, "region", "武汉市")
    assert (session.draft.undo(), session.case.region) == ("region", "")
    session.save()
    assert (session.draft.undo(), session.case.patent.title) == (TITLE, "")
    session.save()
    session.draft.redo()
    session.save()
    assert session.case.patent.title == "甲乙"
    assert versions(session) == ["甲乙", "甲乙", "甲乙", "", "甲乙"]


def test_what_somebody_else_saved_stays_a_version(session: CaseSession) -> None:
    type_slowly(session, TITLE, "甲")
    theirs = replace(session.case, region="武汉市", patent=Patent(title="丙"))
    session.desk.store.cases.save(theirs, case_id=session.case_id)
    session.draft.type(TITLE, "甲乙")
    session.save()
    assert versions(session) == ["甲", "丙", "甲乙"]
    assert session.case.region == "武汉市"


def test_a_case_binned_elsewhere_is_taken_out_again_by_whoever_types_in_it(
    session: CaseSession,
) -> None:
    store, told = session.desk.store, []
    session.brought_back.connect(told.append)
    type_slowly(session, TITLE, "甲")
    assert session.case_id is not None
    store.cases.bin(session.case_id, who="别人")
    session.draft.type(TITLE, "甲乙")
    assert session.save()
    assert store.cases.one(session.case_id).case.patent.title == "甲乙"
    assert told == [True]


def test_undoing_takes_nothing_back_that_another_has_saved(session: CaseSession) -> None:
    store = session.desk.store
    type_slowly(session, TITLE, "甲")
    session.note_left(TITLE)
    type_slowly(session, TITLE, "甲乙")
    store.cases.save(replace(session.case, other_terms="别处写的"), case_id=session.case_id)
    session.draft.type("region", "武汉市")
    session.save()  # both are met
    for _ in range(2):
        session.draft.undo()
        session.save()
    assert session.case_id is not None
    kept = store.cases.one(session.case_id).case
    assert (kept.patent.title, kept.region, kept.other_terms) == ("甲", "", "别处写的")
    session.draft.redo()
    assert (session.case.patent.title, session.case.other_terms) == ("甲乙", "别处写的")


def test_what_another_has_saved_is_nothing_to_be_undone_here(session: CaseSession) -> None:
    store = session.desk.store
    type_slowly(session, TITLE, "甲")
    store.cases.save(replace(session.case, other_terms="别处写的"), case_id=session.case_id)
    session.follow()
    session.draft.undo()
    assert (session.case.patent.title, session.case.other_terms) == ("", "别处写的")


def test_an_undo_leaves_what_another_wrote_over_what_was_typed_here(session: CaseSession) -> None:
    store = session.desk.store
    type_slowly(session, "region", "武汉市")
    session.note_left("region")
    type_slowly(session, TITLE, "甲")
    store.cases.save(replace(session.case, region="全省"), case_id=session.case_id)
    session.follow()
    session.draft.undo()
    assert (session.case.patent.title, session.case.region) == ("", "全省")
    assert not session.draft.can_undo  # of the region nothing is here that was typed here
    type_slowly(session, "region", "黄冈市")
    store.cases.save(replace(session.case, region="湖北省"), case_id=session.case_id)
    session.draft.type("region", "黄石市")  # before it is known here
    session.save()
    session.draft.undo()
    assert session.case.region == "湖北省"


def test_who_types_an_owner_goes_on_in_that_one_though_another_adds_one(
    session: CaseSession,
) -> None:
    store = session.desk.store
    type_slowly(session, "owners.0.name", "甲")
    other = Party(name="丙公司")
    store.cases.save(
        replace(session.case, owners=(Party(name="甲"), other)), case_id=session.case_id
    )
    type_slowly(session, "owners.1.name", "乙大")
    type_slowly(session, "owners.1.name", "乙大学")
    assert [one.name for one in session.case.owners] == ["甲", "乙大学", "丙公司"]
    session.draft.undo()
    assert session.case.owners[-1] == other


def test_it_is_combined_with_what_was_saved_before_it_was_binned_elsewhere(
    session: CaseSession,
) -> None:
    store = session.desk.store
    type_slowly(session, TITLE, "甲")
    assert session.case_id is not None
    store.cases.save(replace(session.case, region="武汉市"), case_id=session.case_id)
    store.cases.bin(session.case_id)
    session.draft.type(TITLE, "甲乙")
    session.follow()  # as the page does when it hears of the others
    kept = store.cases.one(session.case_id).case
    assert (kept.patent.title, kept.region) == ("甲乙", "武汉市")


def test_where_the_case_is_gone_what_was_typed_is_a_new_one(
    session: CaseSession, tmp_path: Path
) -> None:
    desk, told = session.desk, []
    session.brought_back.connect(told.append)
    backup = desk.store.backups.make()
    type_slowly(session, TITLE, "甲")
    gone = session.case_id
    desk.store._engine.dispose()  # no data are replaced while somebody has them open
    restore(backup, desk.store.path, now=desk.now)
    session.draft.type(TITLE, "甲乙")
    assert session.save()
    assert [one.case.patent.title for one in desk.store.cases.listed()] == ["甲乙"]
    assert session.case_id is not None and told == [False], gone


def test_who_has_typed_nothing_is_told_that_the_case_has_gone(
    window: MainWindow, told: list[Notice]
) -> None:
    desk = window.desk
    case_id = desk.store.register.ids()[0]
    window.show_place("wizard", {"case_id": case_id})
    desk.store.cases.bin(case_id)
    page = window.page
    assert page is not None
    page.refresh()
    assert "回收站" in told[-1].text
    assert case_id not in desk.store.register.ids()


def test_who_saves_again_while_both_are_combined_is_met_too(
    session: CaseSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_slowly(session, TITLE, "甲")
    store, read = session.desk.store, session.desk.store.cases.one
    regions = iter(["武汉市", "宜昌市"])

    def case(case_id: int) -> StoredCase:
        """What is read is an hour old: a third one saves just after."""
        found = read(case_id)
        if region := next(regions, ""):
            store.cases.save(replace(found.case, region=region), case_id=case_id)
        return found

    assert session.case_id is not None
    store.cases.save(replace(session.case, other_terms="别处写的"), case_id=session.case_id)
    monkeypatch.setattr(store.cases, "one", case)
    session.draft.type(TITLE, "甲乙")
    assert session.save()
    kept = read(session.case_id).case
    assert (kept.patent.title, kept.other_terms, kept.region) == ("甲乙", "别处写的", "宜昌市")


def test_a_lock_met_while_both_are_combined_is_waited_for(
    session: CaseSession, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    type_slowly(session, TITLE, "甲")
    store = session.desk.store
    assert session.case_id is not None
    store.cases.save(replace(session.case, region="武汉市"), case_id=session.case_id)

    def locked(_case_id: int) -> StoredCase:
        raise LockedDatabase(store.path)

    session.draft.type(TITLE, "甲乙")
    with monkeypatch.context() as patch, pytest.raises(LockedDatabase):
        patch.setattr(store.cases, "one", locked)
        session.save()
    qtbot.waitUntil(lambda: session.is_kept, timeout=60_000)
    assert store.cases.one(session.case_id).case.region == "武汉市"


def test_what_a_full_disk_kept_from_being_saved_is_saved_once_there_is_room(
    session: CaseSession, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("desktop.editing.record_session.AFTER_TROUBLE_MS", 50)
    store = session.desk.store

    def full(*_: object, **__: object) -> StoredCase:
        raise DiskFull(store.path)

    session.draft.type(TITLE, "甲乙")
    with monkeypatch.context() as patch, pytest.raises(DiskFull):
        patch.setattr(store.cases, "save", full)
        session.save()
    qtbot.waitUntil(lambda: session.is_kept)  # nothing more being typed


# --- licences -----------------------------------------------------------------------------


@pytest.fixture
def two_editors(desk: Desk) -> tuple[LicenceSession, LicenceSession]:
    """The same licence open at two places."""
    case = desk.store.cases.save(Case(patent=Patent(title="甲")))
    stored = desk.store.licences.add(case.id, Licence(licensee=Party(name="乙公司")))
    return LicenceSession(desk, case, stored), LicenceSession(desk, case, stored)


def test_two_who_change_one_licence_both_have_it_their_way(
    two_editors: tuple[LicenceSession, LicenceSession],
) -> None:
    one, other = two_editors
    met: list[object] = []
    other.met.connect(met.append)
    one.draft.type("licence.scope", "湖北省")
    one.save()
    other.draft.type("licence.manner", "制造")
    other.save()
    (kept,) = other.desk.store.licences.of_case(other.case.id)
    assert (kept.licence.scope, kept.licence.manner) == ("湖北省", "制造")
    assert met == [()]
    one.draft.type("licence.scope", "全省")
    one.save()
    other.draft.type("licence.scope", "武汉市")
    other.save()
    (kept,) = other.desk.store.licences.of_case(other.case.id)
    assert (kept.licence.scope, met[-1]) == ("武汉市", ("scope",))
    titles = [
        other.desk.store.licences.at_version(kept.id, v).scope for v in range(1, kept.revision + 1)
    ]
    assert titles == ["", "湖北省", "湖北省", "全省", "武汉市"]


def test_money_that_two_note_on_one_licence_is_there_twice(
    two_editors: tuple[LicenceSession, LicenceSession],
) -> None:
    for session, day in zip(two_editors, (1, 2), strict=True):
        receipt = Receipt(day=date(2022, 9, day), amount=Decimal(1000))
        life = replace(session.licence.life, receipts=(receipt,))
        session.draft.put("licence.life", life)
        session.save()
    (kept,) = session.desk.store.licences.of_case(session.case.id)
    days = sorted(one.day.day for one in kept.licence.life.receipts if one.day)
    assert days == [1, 2]


def test_a_licence_removed_elsewhere_is_taken_back_by_whoever_types_in_it(
    two_editors: tuple[LicenceSession, LicenceSession],
) -> None:
    session, _ = two_editors
    assert session.stored is not None
    told: list[int] = []
    session.brought_back.connect(lambda: told.append(1))
    session.desk.store.licences.bin(session.stored.id)
    session.draft.type("licence.scope", "湖北省")
    assert session.save()
    (kept,) = session.desk.store.licences.of_case(session.case.id)
    assert (kept.licence.scope, told) == ("湖北省", [1])


def test_a_new_licence_takes_its_case_out_of_the_bin(desk: Desk) -> None:
    case = desk.store.cases.save(Case(patent=Patent(title="甲")))
    session = LicenceSession(desk, case, None)
    desk.store.cases.bin(case.id)
    session.draft.type("licence.scope", "湖北省")
    assert session.save()
    (kept,) = desk.store.licences.of_case(desk.store.cases.one(case.id).id)
    assert kept.licence.scope == "湖北省"


def test_a_licence_typed_on_is_one_version(
    two_editors: tuple[LicenceSession, LicenceSession],
) -> None:
    session, _ = two_editors
    for text in ("湖", "湖北", "湖北省"):
        session.draft.type("licence.scope", text)
        session.save()
    assert session.stored is not None
    assert len(session.desk.store.licences.versions(session.stored.id)) == 2


def test_the_clerk_is_told_whose_words_stand(window: MainWindow, told: list[Notice]) -> None:
    desk = window.desk
    case_id = desk.store.register.ids()[0]
    stored = desk.store.licences.add(case_id, Licence(licensee=Party(name="乙公司")))
    window.show_place("licences")
    page = window.page
    assert page is not None
    page._show(desk.store.cases.one(case_id), stored)  # type: ignore[attr-defined]
    session: LicenceSession = page.one.session  # type: ignore[attr-defined]
    for scope, mine in (("湖北省", "manner"), ("武汉市", "scope")):
        (theirs,) = desk.store.licences.of_case(case_id)
        desk.store.licences.save(stored.id, replace(theirs.licence, scope=scope))
        session.draft.type(f"licence.{mine}", "全省")
        session.save()
    assert [one.tone for one in told] == ["advice", "pending"]
    assert "实施范围" in told[-1].text or "范围" in told[-1].text
