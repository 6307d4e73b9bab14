"""Personal data stays in the records and on the papers: never in logs, reports, events, names."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from desktop.installed import crash_notes
from forms.exchange.import_plan import RowPlan
from tests.desktop.clerk import GOOD, Clerk

PLANTED = {
    "收件人": "钱多多",
    "联系地址": "襄阳市樊城区隐私巷731号",
    "邮编": "441057",
    "联系电话": "13912345678",
    "电子邮件": "qian.duoduo.private@example.org",
}
LICENCE = {
    "licensee": {
        "name": "某公司",
        "identity_number": "42010619800101123X",
        "address": "宜昌市西陵区某街9号",
        "contact": "孙小圣",
        "phone": "13887654321",
        "email": "sun.private@example.org",
        "mailing_address": "宜昌市信箱77",
    },
    "bank": {"name": "某银行", "account": "6222021234567890123"},
}
SECRETS = (
    *PLANTED.values(),
    *(str(v) for k, v in LICENCE["licensee"].items() if k != "name"),
    LICENCE["bank"]["account"],
)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "记录"
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: folder)
    return folder


def a_day(clerk: Clerk) -> None:
    """Everything that writes: import, licence, papers, seals, package, backup, the bin."""
    clerk.imports({**GOOD, **PLANTED})
    number = GOOD["专利号"]
    file = clerk.folder / "许可.json"
    file.write_text(json.dumps(LICENCE), encoding="utf-8")
    clerk.types("license", "add", number, file)
    words = ("--contact", PLANTED["收件人"], "--phone", PLANTED["联系电话"])
    clerk.types("office", "set", "--name", "示例大学", *words)
    for paper in ("info", "consent", "contract", "summary"):
        clerk.types("export", "--paper", paper, "--out", clerk.folder / "文书")
    clerk.types("signed", "add", number, "--paper", "info", clerk.scans())
    clerk.types("submit", "--out", clerk.folder / "报送")
    clerk.types("backup", clerk.folder / "备份.db")
    clerk.types("delete", number)
    clerk.types("undelete", number)
    clerk.types("revert", number, 1)


def found(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_no_file_is_named_after_personal_data(clerk: Clerk, log: Path) -> None:
    a_day(clerk)
    names = "\n".join(str(path.relative_to(clerk.folder)) for path in clerk.folder.rglob("*"))
    assert "信息表" in names and "报送" in names
    assert not found(names)


def test_events_hold_codes_and_counts_only(clerk: Clerk, log: Path) -> None:
    a_day(clerk)
    with closing(sqlite3.connect(clerk.db)) as database:
        # Who it was is asked for and named; nothing else of anybody stands there.
        events = str(database.execute("SELECT at, what, case_id, counts FROM events").fetchall())
        said = str(database.execute("SELECT what FROM case_versions").fetchall())
    assert "import.done" in events
    assert not found(events) and not found(said)


def test_a_crash_is_noted_without_anybodys_data(
    clerk: Clerk, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.imports({**GOOD, **PLANTED})

    def fail(self: RowPlan) -> str:
        try:
            raise KeyError(PLANTED["联系电话"])
        except KeyError as error:
            raise ValueError(f"{PLANTED} {LICENCE} {self}") from error

    monkeypatch.setattr(RowPlan, "name", property(fail))
    answer = clerk.types("import", clerk.folder / "专利.xlsx", "--dry-run")
    assert answer.code == 2
    assert not found(answer.err) and "意外情况" in answer.err
    [report] = log.iterdir()
    text = report.read_text(encoding="utf-8")
    assert "ValueError" in text and "KeyError" in text and "test_privacy.py" in text
    assert not found(text)
    assert str(clerk.folder) not in text


def test_messages_of_failure_name_no_personal_data(clerk: Clerk, log: Path) -> None:
    a_day(clerk)
    for words in (["show", "ZL2"], ["delete", "x"], ["submit"], ["revert", GOOD["专利号"], "99"]):
        assert not found(clerk.types(*words).err)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folder from others itself")
def test_the_data_can_be_read_by_their_owner_only(
    clerk: Clerk, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0o022)
    try:
        a_day(clerk)
        crash_notes.note_crash(ValueError())
    finally:
        os.umask(before)
    for folder in (clerk.db.parent, log):
        for path in [folder, *folder.rglob("*")]:
            mode = stat.S_IMODE(path.stat().st_mode)
            assert not mode & 0o077, f"{path.name} {mode:o}"
    assert not stat.S_IMODE((clerk.folder / "备份.db").stat().st_mode) & 0o077
