"""The command line itself: how it is written, how it fails, what it loads."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest

from desktop.command_line import cli
from desktop.command_line.arguments import Complaint, parse
from desktop.command_line.command_table import COMMANDS, CommandRow
from desktop.command_line.session import Session
from desktop.command_line.terminal import Terminal
from desktop.installed import crash_notes
from desktop.installed.stop_signals import interrupting
from forms.ground.files import CannotWrite
from forms.office.store import CannotDo
from tests.desktop.clerk import GOOD, Clerk

ROOT = Path(__file__).resolve().parents[2]


def python(*words: str, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


# --- how it is written -------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [["--json", "--db", "x", "list"], ["list", "--db", "x", "--json"]]
)
def test_global_options_stand_before_or_after_the_command(words: list[str]) -> None:
    args = parse(words)
    assert (args.run, args.db, args.json, args.pack) == ("list", "x", True, None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "还缺 命令"),
        (["fly"], "没有 'fly' 这一项"),
        (["signed"], "还缺 命令"),
        (["export"], "还缺 --out"),
        (["list", "--colour"], "无法识别 --colour"),
        (["show", "a", "b"], "无法识别 b"),
        (["show"], "还缺 NUMBER"),
        (["list", "--today", "tomorrow"], "“tomorrow”日期格式有误"),
        (["list", "--today", "0001-01-01"], "“0001-01-01”年份有误，应在1900年至2199年之间"),
        (["list", "--db"], "--db 后面要写一个值"),
        (["submit", "--out", "x", "--attach"], "--attach 后面至少写一个值"),
        (["list", "--json=yes"], "--json 后面不带值"),
        (["schema", "party"], "没有 'party' 这一项"),
    ],
)
def test_a_command_written_wrongly_is_explained_in_chinese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert "--help" in shown.err
    assert shown.out == ""


def test_a_complaint_nobody_has_translated_is_still_chinese() -> None:
    from desktop.command_line.arguments import Parser

    with pytest.raises(Complaint, match="请检查各项参数"):
        Parser(prog="x").error("something new")


def test_further_files_may_follow_an_option() -> None:
    args = parse(["import", "a.xlsx", "--dry-run", "b.xlsx"])
    assert args.files == [Path("a.xlsx"), Path("b.xlsx")]


@pytest.mark.parametrize("words", [["--help"], ["submit", "--help"], ["pack", "check", "-h"]])
def test_help_is_in_chinese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("用法：openlicense")
    assert "选项" in shown
    assert "show this help" not in shown


def test_every_command_is_found_with_what_it_takes() -> None:
    for row in COMMANDS.values():
        assert callable(row.load()), row.name
        assert row.takes == "" or callable(getattr(import_module(row.module), row.takes)), row.name


def test_every_command_explains_what_it_takes_by_every_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = {
        "import": "--dry-run",
        "add": "FILE",
        "office set": "--bank-account",
        "sign": "--key",
    }
    for name in (*COMMANDS, "licence add"):
        words = name.split()
        assert cli.main([*words, "--help"]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"用法：openlicense {name.replace('licence', 'license')} ")
        assert options.get(name, options.get(words[-1], "")) in shown


def test_what_a_command_takes_is_not_asked_of_the_others() -> None:
    script = (
        "import sys; from desktop.command_line.arguments import parse;"
        "parse(['pack', 'check', '--db', 'list', 'export']);"
        "print(sorted(name for name in sys.modules if '.command_line.commands.' in name))"
    )
    with python("-c", script) as process:
        out, _ = process.communicate(timeout=60)
    assert out == "['desktop.command_line.commands.pack_commands']\n"


# --- how it fails ------------------------------------------------------------------------


def test_an_error_is_json_where_json_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list", "--pack", "nowhere", "--json"]) == 2
    shown = capsys.readouterr()
    assert '"error"' in shown.out
    assert "nowhere" in shown.err


def test_a_database_that_is_none_is_refused_and_not_touched(clerk: Clerk) -> None:
    clerk.db = clerk.folder / "照片.db"
    clerk.db.write_bytes(b"not a database, but somebody's")
    refused = clerk.types("list")
    assert refused.code == 2
    assert "照片.db" in refused.err
    assert clerk.db.read_bytes() == b"not a database, but somebody's"


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CannotDo("请先导入。"), 2, "请先导入。"),
        (PermissionError(13, "locked", "C:/表.xlsx"), 2, "“C:/表.xlsx”：没有写入权限"),
        (OSError(28, "full"), 2, "磁盘空间已满"),
        (KeyboardInterrupt(), 130, "已中止"),
        (ZeroDivisionError("示例大学"), 2, "意外情况"),
    ],
)
def test_every_failure_is_one_clear_line(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    error: BaseException,
    code: int,
    said: str,
) -> None:
    def fail(session: Session) -> int:
        raise error

    monkeypatch.setattr(CommandRow, "load", lambda _row: fail)
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path)
    assert cli.main(["list"]) == code
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert "Error" not in shown.err
    if (tmp_path / crash_notes.NOTES_NAME).exists():
        noted = (tmp_path / crash_notes.NOTES_NAME).read_text(encoding="utf-8")
        assert "ZeroDivisionError" in noted
        assert "示例大学" not in noted


def test_a_fault_is_told_even_where_it_can_not_be_noted(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    fault = ValueError("x")
    fault.__cause__ = KeyError("y")
    assert crash_notes.note_crash(fault, tmp_path / "file") is None
    noted = crash_notes.note_crash(fault, tmp_path)
    assert noted is not None
    assert "KeyError" in noted.read_text(encoding="utf-8")


def test_nobody_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(session: Session) -> int:
        raise BrokenPipeError

    closed = []
    monkeypatch.setattr(CommandRow, "load", lambda _row: fail)
    monkeypatch.setattr(cli, "_close_quietly", lambda: closed.append(True))
    assert cli.main(["list"]) == 0
    assert closed


@pytest.mark.skipif(os.name == "nt", reason="the shell's pipe")
def test_a_pipe_that_closes_early_is_no_failure(clerk: Clerk) -> None:
    clerk.imports(*({**GOOD, "专利号": f"{n}"} for n in range(2000, 2400)))
    with python(
        "-m", "desktop.command_line.cli", "check", "--json", "--db", str(clerk.db)
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 0


STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"]
AS_IN_A_TERMINAL = (  # a job in the background hears no SIGINT, under nohup no SIGHUP
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
)

posix = pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")


@posix
@pytest.mark.parametrize("sent", STOPPING)
@pytest.mark.parametrize(
    ("command", "module", "writer"),
    [
        ("submit", "forms.exchange.package", "write_atomically"),
        ("export", "forms.office.paper_orders", "put_on_bench"),
    ],
)
def test_who_is_told_to_stop_leaves_nothing_half_made(
    clerk: Clerk, command: str, module: str, writer: str, sent: str
) -> None:
    """Stopped in the midst of its writing it leaves no file, no folder and no note."""
    clerk.imports(GOOD)
    out, before = clerk.folder / "新文件夹" / "报送", signal.getsignal(signal.SIGINT)
    script = (
        "import os, signal, sys\n"
        f"{AS_IN_A_TERMINAL}"
        f"import {module} as module\n"
        f"real = module.{writer}\n"
        "def slow(path, content):\n"
        "    real(path, content)\n"
        f"    os.kill(os.getpid(), signal.{sent})\n"
        f"module.{writer} = slow\n"
        "from desktop.command_line.cli import main\n"
        f"sys.exit(main(['{command}', '--db', {str(clerk.db)!r}, '--out', {str(out)!r}]))\n"
    )
    with python("-c", script) as process:
        _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "已中止" in err
    assert "Traceback" not in err
    assert not out.parent.exists()
    papers = clerk.types("show", GOOD["专利号"], "--json").json["cases"][0]["papers"]
    assert set(papers.values()) == {"unmade"}
    assert signal.getsignal(signal.SIGINT) is before


@posix
@pytest.mark.parametrize("sent", STOPPING)
def test_who_is_stopped_while_it_loads_says_a_line(sent: str) -> None:
    """The signal comes as the first module of the command line is looked for."""
    script = (
        "import os, signal, sys\n"
        f"{AS_IN_A_TERMINAL}"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'desktop.command_line.arguments':\n"
        f"            os.kill(os.getpid(), signal.{sent})\n"
        "sys.meta_path.insert(0, Stop())\n"
        "sys.argv = ['openlicense', 'list']\n"
    )
    for start in (
        "from desktop.command_line.entry import command; command()",
        "import runpy; runpy.run_module('desktop.command_line.cli', run_name='__main__')",
    ):
        with python("-c", script + start) as process:
            _, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (130, "已中止，未留下未完成的文件。\n")


@posix
def test_what_was_shut_off_from_outside_stays_shut_off() -> None:
    """A command under nohup goes on when its terminal is closed."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interrupting():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_second_signal_disturbs_no_clearing_up() -> None:
    with interrupting(), pytest.raises(KeyboardInterrupt):
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGINT)


def test_an_export_that_fails_leaves_no_empty_folder(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.imports(GOOD)
    out = clerk.folder / "出" / "本月"

    def full(*_: object) -> None:
        raise CannotWrite("磁盘空间已满")

    monkeypatch.setattr("forms.office.paper_orders.put_on_bench", full)
    assert clerk.types("export", "--out", out).code == 2
    assert not out.parent.exists()
    out.parent.mkdir()
    (out.parent / "别人的.txt").touch()
    assert clerk.types("export", "--out", out).code == 2
    assert clerk.names("出") == ["别人的.txt"]
    assert not out.exists()


# --- what it loads -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["list"], ["openpyxl", "docx", "reportlab"]),
        (["check"], ["openpyxl", "docx", "reportlab"]),
        (["export", "--paper", "info", "--out", "{out}"], ["openpyxl", "docx"]),
        (["pack", "list"], ["openpyxl", "docx", "reportlab", "sqlalchemy"]),
        (["schema"], ["openpyxl", "docx", "reportlab", "sqlalchemy"]),
    ],
)
def test_a_command_loads_only_what_it_needs(
    clerk: Clerk, words: Sequence[str], absent: Sequence[str]
) -> None:
    clerk.imports(GOOD)
    typed = [word.format(out=clerk.folder / "x") for word in words] + ["--db", str(clerk.db)]
    script = (
        "import sys, desktop.command_line.cli\n"
        f"code = desktop.command_line.cli.main({typed!r})\n"
        f"loaded = [name for name in {[*absent, 'PySide6', 'db.migrations']!r}"
        " if name in sys.modules]\n"
        "sys.exit(f'{code} {loaded}' if code or loaded else 0)\n"
    )
    with python("-c", script) as process:
        _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err


def test_the_module_is_the_program(clerk: Clerk) -> None:
    with python("-m", "desktop.command_line.cli", "list", "--db", str(clerk.db)) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "新建数据文件" in err
    assert "暂无案卷" in out


def test_without_a_database_named_the_users_own_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("desktop.installed.program_places.data_folder", lambda folders: tmp_path)
    monkeypatch.setattr(
        "desktop.installed.program_places.settings_file", lambda: tmp_path / "none.toml"
    )
    terminal = Terminal(as_json=False, out=io.StringIO(), err=io.StringIO())
    with Session(parse(["list"]), terminal) as session:
        assert session.database.parent == tmp_path
        assert session.today is not None
        assert session.who is not None


def test_a_user_without_a_name_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", unknown)
    terminal = Terminal(as_json=False, out=io.StringIO(), err=io.StringIO())
    assert Session(parse(["list"]), terminal).who == ""
