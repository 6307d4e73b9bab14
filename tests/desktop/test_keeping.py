"""Nothing lost, as a clerk meets it: backups, bringing back, versions, the bin."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.desktop.clerk import GOOD, SECOND, Clerk

NUMBER = str(GOOD["专利号"])


def backups(clerk: Clerk) -> list[str]:
    folder = clerk.db.parent / "backups"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def spoil(file: Path) -> bytes:
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    file.write_bytes(content)
    return bytes(content)


def test_the_first_write_of_a_day_backs_up_and_the_next_does_not(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    assert backups(clerk) == []  # there was nothing to lose yet
    clerk.imports(SECOND)
    clerk.types("delete", NUMBER)
    (made,) = backups(clerk)
    assert "-auto" in made
    listed = clerk.types("restore", "--list", "--json").json["backups"]
    assert [(one["reason"], one["inside"]["cases"]) for one in listed] == [("auto", 1)]
    clerk.types("list")
    assert backups(clerk) == [made]


def test_a_backup_is_looked_into_before_anything_is_replaced(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    file = clerk.folder / "U盘" / "备份.db"
    assert "案卷 1 件" in clerk.types("backup", file).out
    clerk.imports(SECOND)
    dry = clerk.types("restore", file, "--dry-run")
    assert "案卷 1 件" in dry.out
    assert "现有数据" in dry.out
    assert "案卷 2 件" in dry.out
    assert "共 2 件" in clerk.types("list").out
    done = clerk.types("restore", file, "--json").json
    assert "before-restore" in done["kept"]
    assert done["inside"]["cases"] == 1
    assert "共 1 件" in clerk.types("list").out
    listed = clerk.types("restore").out  # without a file: which there are
    assert "恢复之前" in listed
    assert "2 件" in listed


def test_a_backup_by_hand_needs_no_file_name(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    assert "manual" in clerk.types("backup").out
    assert "人工" in clerk.types("restore", "--list").out


def test_no_backup_is_told(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    answer = clerk.types("restore", "--list")
    assert answer.code == 2
    assert "没有完好的自动备份" in answer.err


def test_a_second_place_and_a_stick_that_is_gone(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    stick = clerk.folder / "U盘"
    settled = clerk.types("backup", "--second", stick, "--keep", 3)
    assert "各留 3 份" in settled.out
    assert clerk.types("backup").code == 0
    (there,) = list(stick.iterdir())
    assert "manual" in there.name
    listed = clerk.types("restore", "--list", "--json").json["backups"]
    assert {Path(one["file"]).parent for one in listed} == {stick, clerk.db.parent / "backups"}
    there.unlink()
    stick.rmdir()
    gone = clerk.types("backup")
    assert gone.code == 0
    assert "现在找不到" in gone.err
    assert not stick.exists()  # nothing is made where the stick would be
    assert "U盘" not in clerk.types("backup", "--second", "").out
    assert clerk.types("backup").err == ""


def test_what_can_not_be_settled_is_told(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    assert "至少为 1" in clerk.types("backup", "--keep", 0).err
    (clerk.folder / "文件").touch()
    assert "不能用作备份位置" in clerk.types("backup", "--second", clerk.folder / "文件").err


def test_damaged_data_name_the_newest_good_backup(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.types("backup")
    (name,) = backups(clerk)
    spoilt = spoil(clerk.db)
    answer = clerk.types("list")
    assert answer.code == 2
    assert name in answer.err
    assert "案卷 1 件" in answer.err
    assert clerk.db.read_bytes() == spoilt
    file = clerk.db.parent / "backups" / name
    done = clerk.types("restore", file)
    assert "已损坏或为空" in done.out
    assert "damaged" in done.out
    assert any(path.read_bytes() == spoilt for path in clerk.db.parent.glob("*.damaged-*"))
    assert "共 1 件" in clerk.types("list").out


@pytest.mark.parametrize("emptied", [True, False])
def test_data_that_vanished_are_not_begun_anew(clerk: Clerk, emptied: bool) -> None:
    clerk.imports(GOOD)
    clerk.types("backup")
    (name,) = backups(clerk)
    clerk.db.unlink()
    if emptied:
        clerk.db.touch()
    answer = clerk.types("list")
    assert answer.code == 2
    assert "不见了或已被清空" in answer.err
    assert name in answer.err
    shown = clerk.types("restore", clerk.db.parent / "backups" / name)
    assert ("已损坏或为空" if emptied else "没有。") in shown.out
    assert "共 1 件" in clerk.types("list").out


def test_everything_is_verified_on_request(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    fine = clerk.types("verify")
    assert fine.code == 0
    assert "全部完好" in fine.out
    with closing(sqlite3.connect(clerk.db)) as connection, connection:
        connection.execute("UPDATE cases SET title = '别的'")
    found = clerk.types("verify", "--json")
    assert found.code == 1
    assert found.json["examined"]["faults"] == [f"案卷 {NUMBER}：列表各栏与案卷内容不一致。"]


def test_every_version_can_be_shown_and_brought_back(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.imports({**GOOD, "发明创造名称": "改过的名称"})
    assert "改过的名称" in clerk.types("show", NUMBER).out
    former = clerk.types("show", NUMBER, "--version", 1)
    assert "改过的名称" not in former.out
    assert "第 1 版（现为第 2 版）" in former.out
    assert "没有第 7 版" in clerk.types("show", NUMBER, "--version", 7).err
    clerk.types("revert", NUMBER, 1)
    assert clerk.types("show", NUMBER, "--json").json["cases"][0]["case"]["patent"]["title"] == str(
        GOOD["发明创造名称"]
    )
    listed = clerk.types("history", NUMBER, "--json").json
    assert [one["version"] for one in listed["versions"]] == [3, 2, 1]
    assert all(one["who"] and one["what"] and one["made_at"] for one in listed["versions"])


def test_a_deleted_case_lies_in_the_bin_with_its_history(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.types("delete", NUMBER)
    assert "还没有案卷" in clerk.types("list").out
    assert NUMBER in clerk.types("list", "--bin").out
    assert "移入回收站" in clerk.types("history", NUMBER).out
    assert clerk.types("show", NUMBER, "--version", 1).code == 0
    assert "list --bin" in clerk.types("undelete", "ZL201910055850.4").err
    clerk.types("undelete", NUMBER)
    said = clerk.types("history", NUMBER).out
    assert "从回收站取回" in said
    assert "回收站里有 0 件" in clerk.types("list", "--bin").out
    assert clerk.types("history", "ZL201910055850.4").code == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_may_not_be_written_is_told(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.db.parent.chmod(0o500)
    try:
        assert "不允许写入" in clerk.types("delete", NUMBER).err
    finally:
        clerk.db.parent.chmod(0o700)
