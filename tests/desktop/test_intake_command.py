"""A bureau's clerk takes packages in that an office made, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.command_line.commands.intake_commands import VERDICT_WORDS
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


def test_the_schema_of_a_package_is_published(clerk: Clerk) -> None:
    told = clerk.types("schema", "package").json
    assert {"CaseSaid", "Case", "FileSaid"} <= set(told["$defs"])
    assert json.dumps(told)
