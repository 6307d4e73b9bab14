"""Absurd numbers, files that are none, and data that somebody spoiled: a plain word each."""

import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from desktop.command_line import cli
from forms.ground.locate import packs_folder
from tests.desktop.clerk import GOOD, Answer, Clerk

SAMPLE_LICENCE = packs_folder() / "hubei-2022" / "sample-licence.json"
NUMBER = str(GOOD["专利号"])
ABSURD = ["1" + "0" * 30, "-" + "9" * 25, str(2**63), "9" * 5000, "二"]


@pytest.fixture(autouse=True)
def no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens, it is no fault of ours that would have to be noted."""

    def fail(error: BaseException) -> None:
        raise AssertionError("a crash was noted") from error

    monkeypatch.setattr(cli, "note_crash", fail)


def refused(answer: Answer) -> str:
    """The one sentence of a command that was refused."""
    assert answer.code == 2
    (line,) = answer.err.strip().splitlines()
    assert len(line) < 500
    return line


@pytest.mark.parametrize("number", ABSURD)
@pytest.mark.parametrize(
    "words",
    [
        ("revert", NUMBER),
        ("show", NUMBER, "--version"),
        ("history", NUMBER, "--version"),
        ("history", NUMBER, "--licence"),
        ("license", "remove", NUMBER),
        ("backup", "--keep"),
    ],
)
def test_absurd_numbers(clerk: Clerk, number: str, words: tuple[str, ...]) -> None:
    clerk.imports(GOOD)
    refused(clerk.types(*words, number))


def _no_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE cases DROP COLUMN updated_by")


def _no_table(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE settings")


def _odd(column: str, value: object, table: str = "cases") -> Callable[[sqlite3.Connection], None]:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute(f"UPDATE {table} SET {column} = ?", (value,))

    return spoil


SPOILED: dict[str, Callable[[sqlite3.Connection], None]] = {
    "少一列": _no_column,
    "少一张表": _no_table,
    "时间": _odd("updated_at", "昨天"),
    "时间是数": _odd("updated_at", 5),
    "月份": _odd("filing_date", "2022-99-99"),
    "日期": _odd("offer_end", "x"),
    "历史": _odd("made_at", "2022-13-01T00:00:00+00:00", "case_versions"),
    "经过": _odd("at", "", "events"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_data_that_were_spoiled_are_not_brought_back(clerk: Clerk, name: str) -> None:
    clerk.imports(GOOD)
    file = clerk.folder / "备份.db"
    clerk.types("backup", file)
    with closing(sqlite3.connect(file)) as connection, connection:
        SPOILED[name](connection)
    for words in ((), ("--dry-run",)):
        assert "备份.db" in refused(clerk.types("restore", file, *words))
    assert "共 1 件" in clerk.types("list").out
    clerk.db = file
    assert clerk.types("verify").code == 2
    for command in (("list",), ("history", NUMBER), ("show", NUMBER)):
        assert clerk.types(*command).code in (0, 2)


@pytest.mark.skipif(os.name == "nt", reason="no pipes and devices among the files")
def test_what_is_no_file_is_not_waited_for(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    pipe, folder = clerk.folder / "管道", clerk.folder / "文件夹"
    os.mkfifo(pipe)
    folder.mkdir()
    out = ("submit", "--out", clerk.folder / "报送", "--skip-faulty")
    for odd in (pipe, folder, Path("/dev/zero")):
        for words in (
            ("pack", "take", odd),
            ("license", "add", NUMBER, odd),
            ("signed", "add", NUMBER, odd, "--paper", "consent"),
            (*out, "--password-file", odd),
            (*out, "--attach", odd),
            ("import", odd),
            ("restore", odd),
            ("backup", odd),
            ("pack", "sign", clerk.folder, "--key", odd),
        ):
            answer = clerk.types(*words)
            assert answer.code in (1, 2), words


def test_files_far_too_large_are_not_read(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    large = clerk.folder / "大.pack.zip"
    with large.open("wb") as file:
        file.truncate(1 << 40)
    out = ("submit", "--out", clerk.folder / "报送", "--skip-faulty")
    for words, said in (
        (("pack", "take", large), "过大"),
        (("license", "add", NUMBER, large), "过大"),
        (("signed", "add", NUMBER, large, "--paper", "consent"), "超过 50 MB"),
        ((*out, "--password-file", large), "过大"),
        ((*out, "--attach", large), "不能超过 300 MB"),
    ):
        assert said in refused(clerk.types(*words))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("royalty.lump_sum.amount", "-1"),
        ("royalty.entry_running.rate_percent", "-0.5"),
        ("royalty.instalments.each_days", -30),
        ("royalty.instalments.batches", -1),
    ],
)
def test_a_licence_below_zero_is_refused(clerk: Clerk, path: str, value: object) -> None:
    clerk.imports(GOOD)
    data = msgspec.json.decode(SAMPLE_LICENCE.read_bytes())
    here = data
    *way, last = path.split(".")
    for name in way:
        here = here.setdefault(name, {})
    here[last] = value
    file = clerk.folder / "许可.json"
    file.write_bytes(msgspec.json.encode(data))
    assert f"{path}：不能小于零" in refused(clerk.types("license", "add", NUMBER, file))
    assert clerk.types("license", "list", NUMBER, "--json").json["licences"] == []


def test_office_files_say_which_program_made_them(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.types("license", "add", NUMBER, SAMPLE_LICENCE)
    made = clerk.folder / "文书"
    clerk.types("export", "--format", "docx", "--paper", "contract", "--out", made)
    clerk.types("export", "--format", "xlsx", "--paper", "summary", "--out", made)
    clerk.types("template", "--out", made / "模板.xlsx")
    files = sorted(made.rglob("*.*x"))
    assert {file.suffix for file in files} == {".docx", ".xlsx"} and len(files) == 3
    for file in files:
        with zipfile.ZipFile(file) as archive:
            said = archive.read("docProps/app.xml") + archive.read("docProps/core.xml")
        assert b"OpenLicense Desk" in said
        for other in (b"Microsoft", b"python-docx", b"openpyxl"):
            assert other not in said
