"""At the command line: a patent's facts stand once, and what differs is told and settled."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.store import open_store
from forms.facts.paths import with_values
from forms.facts.record import Case, Party, Patent
from tests.desktop.clerk import GOOD, Clerk
from tests.pack_files import HUBEI, files_of, laid

NUMBER = GOOD["专利号"]
TITLE = GOOD["发明创造名称"]


@pytest.fixture
def both(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packs ship, and there is a patent with a case of the first."""
    packs = clerk.folder / "随附"
    laid(packs / "hubei-2022", files_of())
    laid(packs / "aaa", files_of(HUBEI, ('code = "hubei-2022"', 'code = "aaa"')))
    monkeypatch.setattr("forms.ground.locate.packs_folder", lambda: packs)
    clerk.types("import", clerk.fills(GOOD), "--pack", "hubei-2022")
    return packs


def kept(clerk: Clerk, case: Case) -> None:
    """Keep a case as a window does that knows nothing of the other."""
    with open_store(clerk.db, now=lambda: datetime.now(UTC)) as store:
        store.cases.save(case)


def other(**facts: object) -> Case:
    case = Case(pack="aaa", patent=Patent(number=NUMBER))
    return with_values(case, {f"patent.{name}": value for name, value in facts.items()})


def test_the_ledger_lists_each_patent_once_with_its_cases(clerk: Clerk, both: Path) -> None:
    clerk.types("import", clerk.fills(GOOD), "--pack", "aaa")
    listed = clerk.types("ledger", "--json")
    assert listed.code == 0
    (patent,) = listed.json["patents"]
    assert (patent["patent_number"], patent["title"]) == (NUMBER, TITLE)
    assert patent["cases"] == [
        {"case_id": 1, "pack": "hubei-2022"},
        {"case_id": 2, "pack": "aaa"},
    ]
    assert "案卷1、案卷2" in clerk.types("ledger").out
    assert "共 1 条，其中 0 条" in clerk.types("ledger", NUMBER).out
    for written in (NUMBER[:-2], "案卷2"):
        assert "案卷1、案卷2" in clerk.types("ledger", written).out
    assert clerk.types("ledger", "案卷9").code == 2
    assert clerk.types("ledger", "ZL202120943363.4", "--json").json == {"patents": []}


def test_a_second_list_says_what_it_changed_of_the_patent(clerk: Clerk, both: Path) -> None:
    renamed = clerk.fills({**GOOD, "发明创造名称": "改过的名称"})
    told = clerk.types("import", renamed, "--pack", "aaa")
    assert f"{TITLE} → 改过的名称" in told.out
    assert "专利信息沿用专利台账" in told.err
    cases = clerk.types("list", "--json").json["cases"]
    assert [one["title"] for one in cases] == ["改过的名称", "改过的名称"]


def test_what_differs_is_told_by_every_look(clerk: Clerk, both: Path) -> None:
    kept(clerk, other(title="别的名称"))
    (first, second) = clerk.types("check", "--json").json["cases"]
    for case, said in ((first, "别的名称"), (second, TITLE)):
        (problem,) = [one for one in case["problems"] if one["rule"] == "ledger.differs"]
        assert (problem["field"], problem["severity"]) == ("patent.title", "pending")
        assert said in problem["message"]
    assert "同一专利在案卷2中" in clerk.types("show", "案卷1").out
    listed = clerk.types("ledger", "--conflicts")
    assert listed.code == 1
    assert "案卷2：别的名称" in listed.out
    assert "共 2 条，其中 2 条" in listed.out
    fields = [
        one["conflicts"][0]["fields"] for one in clerk.types("ledger", "--json").json["patents"]
    ]
    assert fields == [["patent.title"], ["patent.title"]]


def test_the_clerk_says_which_is_right(clerk: Clerk, both: Path) -> None:
    kept(clerk, other(title="别的名称", fee_paid_to=date(2027, 3, 31)))
    settled = clerk.types("ledger", "--by", "案卷2")
    assert settled.code == 0
    assert "专利信息以案卷2为准" in settled.out
    shown = clerk.types("show", "案卷1", "--json").json["cases"][0]["case"]["patent"]
    assert (shown["title"], shown["fee_paid_to"]) == ("别的名称", "2027-03-31")
    assert "专利信息以案卷2为准" in clerk.types("history", "案卷1").out
    again = clerk.types("ledger", "--by", "案卷2")
    assert again.code == 2
    assert "无须选定" in again.err
    assert clerk.types("verify").code == 0


def test_of_two_cases_of_one_pack_only_one_joins(clerk: Clerk, both: Path) -> None:
    kept(clerk, other(title="别的名称"))
    kept(clerk, other(title="又一个名称"))
    assert clerk.types("ledger", "--by", "案卷1").code == 0
    patents = clerk.types("ledger", "--json").json["patents"]
    assert [[one["case_id"] for one in patent["cases"]] for patent in patents] == [[1, 2], [3]]
    assert [patent["conflicts"] for patent in patents] == [[], []]
    assert clerk.types("verify").code == 0


def test_one_taken_from_the_bin_is_not_too_many_beside_another_procedures(
    clerk: Clerk, both: Path
) -> None:
    kept(clerk, other())
    clerk.types("delete", "案卷2")
    back = clerk.types("undelete", "案卷2", "--json")
    assert back.json["same_number"] == []
    assert "一件专利只报一次" not in back.err


def test_what_is_known_of_an_owner_is_not_written_out(clerk: Clerk, both: Path) -> None:
    phones = ("027-1", "027-2")
    with open_store(clerk.db, now=lambda: datetime.now(UTC)) as store:
        stored = store.cases.one(1)
        owners = tuple(Party(name=one.name, phone=phones[0]) for one in stored.case.owners)
        store.cases.save(with_values(stored.case, {"owners": owners}), case_id=1)
        theirs = tuple(Party(name=one.name, phone=phones[1]) for one in stored.case.owners)
        store.cases.save(with_values(other(), {"owners": theirs}))
    for words in (("check",), ("ledger",)):
        said = clerk.types(*words)
        assert "027-2" not in said.out + said.err
        assert "联系电话（第 1 位）" in said.out
