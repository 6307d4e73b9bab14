"""What a command does where its words come to nothing: a stream shut off, a full disk behind it."""

import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.command_line import agreement, password
from desktop.command_line.terminal import CannotShow, Terminal
from tests.desktop.clerk import Clerk

ROOT = Path(__file__).resolve().parents[2]
ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="streams are shut off by a POSIX shell")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="wants a device that is full")

WHERE_STANDARD_ERROR_LEADS = """
import os
from desktop.installed.standard_streams import make_whole
make_whole()
with open({file!r}, "wb") as data:
    os.write(2, b"the last words of a signal")
    print("to nobody", flush=True)
    data.write(b"saved")
"""


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line in which OL stands for the program, its notes of faults beside the data."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "HOME": str(folder)}
    environment.pop("XDG_STATE_HOME", None)
    words = line.replace("OL", f"'{sys.executable}' -m desktop.command_line.cli")
    return subprocess.run(
        ["sh", "-c", words],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )


@ON_POSIX
def test_with_its_output_shut_off_a_command_does_its_work(tmp_path: Path) -> None:
    for shut in (">&-", ">&- 2>&-", "<&- >&- 2>&-"):
        file = tmp_path / "清单模板.xlsx"
        done = shell(f"OL template --pack hubei-2022 --out '{file}' {shut}", tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), shut
        file.unlink()
    assert not list(tmp_path.rglob("errors.log"))


@ON_POSIX
def test_no_last_words_go_into_a_file_that_got_a_streams_number(tmp_path: Path) -> None:
    file, script = tmp_path / "案卷.db", tmp_path / "script.py"
    script.write_text(WHERE_STANDARD_ERROR_LEADS.format(file=str(file)), encoding="utf-8")
    done = shell(f"'{sys.executable}' '{script}' 0<&- 1>&- 2>&-", tmp_path)
    assert done.returncode == 0
    assert file.read_bytes() == b"saved"


@FULL
@pytest.mark.parametrize("how", ["", "--json"])
def test_a_result_that_can_not_be_written_is_told_and_no_fault_of_ours(
    tmp_path: Path, how: str
) -> None:
    done = shell(f"OL list --db 案卷.db {how} >/dev/full", tmp_path)
    assert done.returncode == 2
    assert "结果未能写到标准输出：磁盘空间已满" in done.stderr
    assert "Traceback" not in done.stderr and "意外" not in done.stderr


@FULL
def test_a_message_that_nobody_can_be_told_stops_nothing(tmp_path: Path) -> None:
    done = shell("OL list --db 案卷.db 2>/dev/full", tmp_path)
    assert (done.returncode, done.stdout) == (0, "暂无案卷，请用 import 导入专利清单。\n")


class Full(io.StringIO):
    """What a full disk stands behind."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_progress_that_can_not_be_told_stops_nothing_and_a_result_is_missed() -> None:
    one = Terminal(as_json=False, out=Full(), err=Full())
    one.say("提示")
    one.tell_progress("第 1 件")
    one.clear()
    with pytest.raises(CannotShow, match="磁盘空间已满"):
        one.show("结果")


def test_a_file_whose_name_is_no_text_is_named_in_json_all_the_same(clerk: Clerk) -> None:
    if os.name == "nt":
        pytest.skip("there every name is text")
    file = clerk.folder / os.fsdecode(b"a\xff.xlsx")
    made = clerk.types("template", "--pack", "hubei-2022", "--out", file, "--json")
    assert (made.code, made.json["template"]) == (0, str(file))
    again = clerk.types("template", "--pack", "hubei-2022", "--out", file, "--json")
    assert again.code == 2 and "已存在" in again.json["error"]


def test_bytes_that_are_no_text_do_not_get_into_the_data(clerk: Clerk) -> None:
    for words in (["pool", "create", "a\udcff"], ["show", "\udcff"]):
        answer = clerk.types(*words)
        assert answer.code == 2
        assert "有不能识别的字符，请核对终端的编码" in answer.err


class Keyboard:
    """A terminal that answers with an error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        raise self.error


NO_TEXT = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")


@pytest.mark.parametrize(
    ("error", "said"), [(EOFError(), "没有输入密码"), (NO_TEXT, "有不能识别的字符")]
)
def test_no_password_is_typed(monkeypatch: pytest.MonkeyPatch, error: Exception, said: str) -> None:
    def nothing(_: str) -> str:
        raise error

    monkeypatch.setattr(password.sys, "stdin", Keyboard(error))
    monkeypatch.setattr(password.getpass, "getpass", nothing)
    ways: tuple[Callable[[], object], ...] = (
        lambda: password.password_of(asked=True, file=None),
        lambda: password.password_to_open(asked=True, files=()),
    )
    for way in ways:
        with pytest.raises(password.CannotDo, match=said):
            way()


def test_an_answer_that_is_no_text_is_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement.sys, "stdin", Keyboard(NO_TEXT))
    assert not agreement.agreed(Terminal(as_json=False), "是否？", "未接收。")
