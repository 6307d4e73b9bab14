"""Nothing lost, as a clerk meets it: backups, bringing back, versions, the bin."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.store import open_store
from forms.facts.paths import with_value
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
    assert "恢复前" in listed
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
    assert "暂时找不到" in gone.err
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
    assert "已丢失或被清空" in answer.err
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


def test_what_could_not_be_read_is_no_damage(clerk: Clerk) -> None:
    """The store sorts it by its places, however the list's columns stood."""
    clerk.imports({**GOOD, "授权公告日": "昨天", "申请日": "前天", "单次许可期限": "很久"})
    looked = clerk.types("verify")
    assert looked.code == 0, looked.out


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


def test_the_history_says_what_each_save_changed(clerk: Clerk) -> None:
    account, address = "6222020200000000000", "武汉市示例路 9 号"
    clerk.imports(GOOD)
    clerk.imports({**GOOD, "许可期限届满日": "2030-06-30"})
    more = {"收件人": "李四", "开放范围": "武汉市", "帐号": account, "住所地": address}
    clerk.imports({**GOOD, "许可期限届满日": "2030-06-30", **more})
    listed = clerk.types("history", NUMBER).out
    assert "填入 " in listed
    assert "第⑤栏 许可期限届满日：2030年12月31日 → 2030年6月30日" in listed
    assert "4 处：第⑧栏 收件人姓名、汇总表 开放范围、" in listed
    assert "等" in listed

    one = clerk.types("history", NUMBER, "--version", 3).out
    assert "第 3 版" in one
    assert "改动 4 处" in one
    assert "第⑧栏 收件人姓名\n  原来：张喆\n  改为：李四\n" in one
    assert "住所地\n  改为：（请在窗口里查看）\n" in one
    assert account not in one + listed  # numbers and accounts stay in the window
    assert address not in one + listed
    first = clerk.types("history", NUMBER, "--version", 1).out
    assert "第⑧栏 收件人姓名\n  原来：（未填）\n  改为：张喆\n" in first
    assert "没有第 7 版" in clerk.types("history", NUMBER, "--version", 7).err

    told = clerk.types("history", NUMBER, "--json").json["versions"]
    assert [len(version["changes"]) for version in told[:2]] == [4, 1]
    assert told[1]["changes"] == [
        {
            "path": "offer_end",
            "box": "第⑤栏 许可期限届满日",
            "before": "2030年12月31日",
            "after": "2030年6月30日",
        }
    ]
    alone = clerk.types("history", NUMBER, "--version", 2, "--json").json
    assert (alone["version"], alone["changes"]) == (2, told[1]["changes"])

    clerk.types("revert", NUMBER, 1)
    back = clerk.types("history", NUMBER, "--json").json["versions"][0]["changes"]
    undone = {one["path"]: (one["after"], one["before"]) for one in told[0]["changes"]}
    told_back = {one["path"]: (one["before"], one["after"]) for one in back}
    assert told_back == undone | {"offer_end": ("2030年6月30日", "2030年12月31日")}


def test_a_contract_has_a_history_of_its_own(clerk: Clerk, sample_licence: Path) -> None:
    clerk.imports(GOOD)
    assert "--licence" not in clerk.types("history", NUMBER).out
    clerk.types("license", "add", NUMBER, sample_licence)
    with open_store(clerk.db, now=lambda: datetime.now(UTC)) as store:
        (one,) = store.licences.of_case(store.cases.listed()[0].id)
        longer = with_value(one.licence, "term", "自合同生效之日起四年")
        store.licences.save(one.id, longer, who="李四")
        moved = with_value(longer, "licensee.address", "武汉市示例路 10 号")
        store.licences.save(one.id, moved, who="李四")
    assert "--licence K" in clerk.types("history", NUMBER).out
    listed = clerk.types("history", NUMBER, "--licence", 1).out
    assert f"第三条 实施期限：{one.licence.term or '（未填）'} → 自合同生效之日起四年" in listed
    assert "被许可人 住所地（请在窗口里查看）" in listed
    assert (
        "10 号" not in listed + clerk.types("history", NUMBER, "--licence", 1, "--version", 3).out
    )
    told = clerk.types("history", NUMBER, "--licence", 1, "--json").json
    assert [version["version"] for version in told["versions"]] == [3, 2, 1]
    assert told["versions"][0]["changes"][0]["after"] == "武汉市示例路 10 号"
    assert "没有第 2 份许可" in clerk.types("history", NUMBER, "--licence", 2).err
    assert "没有第 9 版" in clerk.types("history", NUMBER, "--licence", 1, "--version", 9).err


def test_a_save_that_shows_nowhere_says_so(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    with open_store(clerk.db, now=lambda: datetime.now(UTC)) as store:
        (stored,) = store.cases.listed()
        extra = with_value(stored.case, "extra.elsewhere", "甲")  # of no field of this pack
        store.cases.save(extra, case_id=stored.id, who="李四", what="整理")
    assert "没有变化" in clerk.types("history", NUMBER, "--version", 2).out
    line = next(line for line in clerk.types("history", NUMBER).out.splitlines() if "李四" in line)
    assert line.endswith("整理")


def test_a_deleted_case_lies_in_the_bin_with_its_history(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.types("delete", NUMBER)
    assert "暂无案卷" in clerk.types("list").out
    assert NUMBER in clerk.types("list", "--bin").out
    assert "移入回收站" in clerk.types("history", NUMBER).out
    assert clerk.types("show", NUMBER, "--version", 1).code == 0
    assert "list --bin" in clerk.types("undelete", "ZL201910055850.4").err
    clerk.types("undelete", NUMBER)
    said = clerk.types("history", NUMBER).out
    assert "从回收站取回" in said
    assert "回收站中有 0 件" in clerk.types("list", "--bin").out
    assert clerk.types("history", "ZL201910055850.4").code == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_may_not_be_written_is_told(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.db.parent.chmod(0o500)
    try:
        assert "不允许写入" in clerk.types("delete", NUMBER).err
    finally:
        clerk.db.parent.chmod(0o700)
