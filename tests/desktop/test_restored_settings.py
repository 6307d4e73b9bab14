"""A backup from somebody else sends nothing elsewhere by itself."""

from pathlib import Path

import pytest

from db.leading_settings import leading, leads_elsewhere
from db.store import open_store
from db.store_problems import StoreProblem
from desktop.command_line import agreement
from desktop.command_line.session import now
from tests.desktop.clerk import GOOD, Clerk
from tests.desktop.test_packs import Keyboard

STRANGER = "hubei@stranger.example"
LEADING = {
    "backup.second_place": r"\\stranger\share",
    "pack.hubei-2022.address": STRANGER,
    "submission.folder": r"\\stranger\out",
    "pack": "hubei-2022",
    "submission.1": '{"folder": "//stranger/x", "mails": ["//stranger/x.exe"]}',
}
STAYING = {"pack.hubei-2022.size_limit_mb": "10", "started": "true"}


def settings(file: Path) -> dict[str, str]:
    with open_store(file, now=now) as store:
        names = [*LEADING, *STAYING]
        return {name: value for name in names if (value := store.settings.get(name))}


@pytest.fixture
def theirs(clerk: Clerk) -> Path:
    """A backup of somebody else's data, with their settings."""
    other = Clerk(clerk.folder / "别处", clerk.capsys)
    other.folder.mkdir()
    other.imports(GOOD)
    with open_store(other.db, now=now) as store:
        for name, value in (LEADING | STAYING).items():
            store.settings.put(name, value)
    file = clerk.folder / "备份.db"
    assert other.types("backup", file).code == 0
    return file


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_what_leads_elsewhere_is_shown(clerk: Clerk, theirs: Path, words: tuple[str, ...]) -> None:
    shown = clerk.types("restore", theirs, *words)
    assert shown.code == 0
    assert f"收件邮箱（hubei-2022）：现在 无，备份中 {STRANGER}" in shown.out
    assert r"备份另存一份到：现在 无，备份中 \\stranger\share" in shown.out
    assert "以前的报送包所在的文件夹：1 处" in shown.out
    again = clerk.types("restore", theirs, "--dry-run", "--json").json["settings"]
    assert {one["name"] for one in again} == LEADING.keys()


def test_by_itself_the_present_stays(clerk: Clerk, theirs: Path) -> None:
    clerk.types("backup", "--second", clerk.folder / "U盘")
    with open_store(clerk.db, now=now) as store:
        store.settings.put("pack.hubei-2022.address", "own@office.example")
    said = clerk.types("restore", theirs)
    assert "现在 own@office.example" in said.out
    assert "未从备份恢复" in said.err and "--settings" in said.err
    kept = settings(clerk.db)
    assert kept == STAYING | {
        "backup.second_place": str(clerk.folder / "U盘"),
        "pack.hubei-2022.address": "own@office.example",
    }
    assert "共 1 件" in clerk.types("list").out  # the cases came


def test_on_a_machine_with_nothing_nothing_leads_elsewhere(clerk: Clerk, theirs: Path) -> None:
    assert clerk.types("restore", theirs, "--json").json["settings_taken"] is False
    assert settings(clerk.db) == STAYING


def test_who_wants_them_says_so(
    clerk: Clerk, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clerk.types("restore", theirs, "--settings", "--json").json["settings_taken"] is True
    assert settings(clerk.db) == LEADING | STAYING
    clerk.db = clerk.folder / "另一台" / "案卷.db"
    monkeypatch.setattr(agreement.sys, "stdin", Keyboard(["\n"]))
    assert "仅限本单位所做的备份" in clerk.types("restore", theirs).err
    assert settings(clerk.db) == STAYING
    clerk.db = clerk.folder / "第三台" / "案卷.db"
    monkeypatch.setattr(agreement.sys, "stdin", Keyboard(["y\n"]))
    assert "未从备份恢复" not in clerk.types("restore", theirs).err
    assert settings(clerk.db) == LEADING | STAYING


def test_ones_own_backup_asks_nothing(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.types("backup", "--second", clerk.folder / "U盘")
    own = clerk.folder / "自己的.db"
    clerk.types("backup", own)
    brought = clerk.types("restore", own)
    assert "设置" not in brought.out + brought.err
    with open_store(clerk.db, now=now) as store:
        assert store.backups.second_place == clerk.folder / "U盘"


def test_every_setting_that_names_a_place_or_an_address_is_known() -> None:
    for name in ("backup.second_place", "submission.folder", "pack", "submission.12"):
        assert leads_elsewhere(name)
    assert leads_elsewhere("pack.a-1.address")
    for name in (
        "backup.keep",
        "backup.tag",
        "pack.a.size_limit_mb",
        "started",
        "submission.cases",
    ):
        assert not leads_elsewhere(name)


def test_a_file_without_settings_changes_none(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    old = tmp_path / "旧.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("CREATE TABLE cases (id)")
    assert leading(old, tmp_path / "无.db") == ()
    (tmp_path / "坏.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreProblem):
        leading(tmp_path / "坏.db", tmp_path / "无.db")
