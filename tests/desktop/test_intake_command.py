"""A bureau's clerk takes packages in that an office made, from the command line."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from desktop.command_line.commands.intake_commands import VERDICT_WORDS
from forms.exchange import parcels
from tests.desktop.clerk import GOOD, SECOND, Clerk
from tests.scans import one_page


def made(clerk: Clerk, *extra: object) -> Path:
    """What an office hands in: folder, zip and mail of one package."""
    clerk.types(
        "office", "set", "--name", "示例大学", "--contact", "王敏", "--phone", "027-68880001"
    )
    clerk.imports(GOOD, SECOND)
    (clerk.folder / "措施.pdf").write_bytes(one_page())
    out = clerk.folder / "报送"
    words = ("submit", "--out", out, "--attach", clerk.folder / "措施.pdf", *extra)
    assert clerk.types(*words).code == 0
    return out


def bureau(clerk: Clerk) -> Clerk:
    one = Clerk(clerk.folder, clerk.capsys)
    one.db = clerk.folder / "省局" / "案卷.db"
    return one


def test_what_an_office_sends_is_taken_in_once_and_told_in_the_shape_that_stays(
    clerk: Clerk,
) -> None:
    out = made(clerk)
    desk = bureau(clerk)
    answer = desk.types("intake", out, "--json")
    assert answer.code == 0, answer.err
    first, *others = answer.json["packages"]
    assert set(first) == {"file", "office", "cases", "verdict", "faults"}
    assert (first["office"], first["cases"]) == ("示例大学", 2)
    assert sorted(one["verdict"] for one in (first, *others)) == ["again", "again", "new"]
    assert all(set(fault) == {"where", "message"} for fault in first["faults"])
    assert answer.json["patents"] == {"new": 2, "again": 4, "conflict": 0}
    said = desk.types("intake", *out.glob("*.zip")).out
    assert "收过" in said and "未重复登记" in said
    assert len(VERDICT_WORDS) == 5


def test_a_locked_package_wants_its_password_and_then_opens(clerk: Clerk) -> None:
    secret = clerk.folder / "密码.txt"
    secret.write_text("Wuhan-2022-lake!\n", encoding="utf-8")
    out = made(clerk, "--password-file", secret)
    desk = bureau(clerk)
    (mail,) = out.glob("*.eml")
    closed = desk.types("intake", mail, "--json")
    assert closed.code == 1
    assert closed.json["packages"][0]["verdict"] == "unreadable"
    assert "需要密码" in closed.json["packages"][0]["faults"][0]["message"]
    opened = desk.types("intake", mail, "--password-file", secret, "--json")
    assert (opened.code, opened.json["packages"][0]["verdict"]) == (0, "new")
    kept = {path.name for path in (clerk.folder / "省局" / "intake").rglob("*") if path.is_file()}
    assert kept == {mail.name, "opened 1.zip"}


def test_a_place_that_is_not_there_is_told(clerk: Clerk) -> None:
    answer = bureau(clerk).types("intake", clerk.folder / "没有.zip", "--json")
    (one,) = answer.json["packages"]
    assert (answer.code, one["verdict"]) == (1, "unreadable")
    assert "找不到" in one["faults"][0]["message"]


@pytest.mark.skipif(os.name == "nt", reason="a pipe with a name is POSIX's")
def test_what_is_no_file_lets_nobody_wait(clerk: Clerk) -> None:
    for name in ("报送.zip", "报送.eml", "报送.msg", "报送.pdf", "报送"):
        os.mkfifo(clerk.folder / name)
        answer = bureau(clerk).types("intake", clerk.folder / name)
        assert answer.code == 1
        assert f"“{name}”无法读取：这是设备或管道，不是文件。" in answer.out


@pytest.mark.parametrize("name", ["报送.zip", "报送.eml", "报送.pdf"])
def test_what_is_too_large_for_a_package_is_not_copied_first(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(parcels, "_MOST", dict.fromkeys(parcels._MOST, 1 << 20))
    (clerk.folder / name).write_bytes(bytes((1 << 20) + 1))
    desk = bureau(clerk)
    answer = desk.types("intake", clerk.folder / name)
    assert answer.code == 1
    assert f"“{name}”过大（超过 1 MB），未收下" in answer.out
    assert not [one for one in desk.db.parent.rglob("intake/**/*") if one.is_file()]


def test_originals_are_in_no_backup_and_the_clerk_is_told_so_each_time(clerk: Clerk) -> None:
    (mail,) = made(clerk).glob("*.eml")
    assert "原件" not in clerk.types("backup").err  # an office has none
    desk = bureau(clerk)
    assert desk.types("intake", mail).code == 0
    copy, originals = clerk.folder / "备份.db", desk.db.parent / "intake"
    backed_up = desk.types("backup", copy)
    assert "报送包等记录 1 条" in backed_up.out
    assert f"报送包原件不在备份中，请另行复制整个“{originals}”文件夹" in backed_up.err
    assert desk.types("verify").code == 0

    other = Clerk(clerk.folder, clerk.capsys)
    other.db = clerk.folder / "另一台电脑" / "案卷.db"
    brought = other.types("restore", copy)
    assert brought.code == 0
    assert f"“{mail.name}”的原件不在" in brought.err
    found = other.types("verify", "--json")
    assert (found.code, found.json["lacking_originals"]) == (1, [mail.name])
    shutil.copytree(originals, other.db.parent / "intake")
    assert other.types("verify").code == 0


def test_the_schema_of_a_package_is_published(clerk: Clerk) -> None:
    told = clerk.types("schema", "package").json
    assert {"CaseSaid", "Case", "FileSaid"} <= set(told["$defs"])
    assert json.dumps(told)
