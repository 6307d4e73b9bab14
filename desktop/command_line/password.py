"""The password of a package: typed twice on a terminal, or the first line of a file.

It is never an argument, which others on the machine could read, and is never written.
"""

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from forms.ground.files import read_bytes
from forms.office.store import CannotDo

MOST_BYTES = 4096  # of the file; what is larger was not written for this


def password_of(*, asked: bool, file: Path | None) -> str | None:
    """Return the password, or None where none is wanted.  Raises CannotDo, CannotRead."""
    if file is not None:
        return _first_line(file)
    return _typed_twice() if asked else None


def password_to_open(*, asked: bool, files: Sequence[Path]) -> tuple[str, ...]:
    """Return the passwords that may open what others locked.  Raises CannotDo, CannotRead."""
    found = [_first_line(file) for file in files]
    if asked:
        found.append(_typed("请输入单位告知的密码（输入时不显示）："))
    return tuple(found)


def _first_line(file: Path) -> str:
    lines = read_bytes(file, most=MOST_BYTES).decode("utf-8-sig", "replace").splitlines()
    if not lines or not lines[0]:
        raise CannotDo(f"“{file.name}”第一行为空，请写入密码。")
    return lines[0]


def _refuse_no_terminal() -> None:
    if not sys.stdin.isatty():
        raise CannotDo("此处不能输入密码，请将密码写入文件，用 --password-file 指明。")


def _typed(question: str) -> str:
    _refuse_no_terminal()
    try:
        return getpass.getpass(question)
    except EOFError as error:
        raise CannotDo("没有输入密码，未作处理，请重新执行并输入密码。") from error
    except UnicodeDecodeError as error:
        raise CannotDo("输入的密码中有不能识别的字符，请核对终端的编码，重新输入。") from error


def _typed_twice() -> str:
    first = _typed("请输入报送包的密码（输入时不显示）：")
    if _typed("再输入一遍：") != first:
        raise CannotDo("两次输入的密码不一致，未生成报送包，请重新生成。")
    return first
