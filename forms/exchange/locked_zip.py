"""A zip that opens with a password only: WinZip's AES-256, which 7-Zip, WinZip and WinRAR read.

What a file is called and how large it is can be seen without the password; what is in it can
not.  Every locked zip is another one: its salts are random.  This module must not know cases.
"""

import io
from collections.abc import Iterable
from datetime import date

from forms.ground.for_the_clerk import ForTheClerk

LEAST, MOST = 8, 99  # characters; WinZip takes no more
LEAST_DIFFERENT = 4
LEAST_DIGITS = 12  # of a password of nothing but digits
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "!@#$%^&*()_+",
)
_COMMON = frozenset({"password", "passw0rd", "admin", "administrator", "welcome", "woaini", "mima"})


class BadPassword(ForTheClerk):
    """A password that can not be used."""


def check_password(password: str) -> str:
    """Return the password.  Raises BadPassword.

    Other characters than ASCII's are turned into bytes in one way by Windows, in another by
    all else: what locks here would not open there.
    """
    if not (password.isascii() and password.isprintable()):
        raise BadPassword(
            "密码只能用英文字母、数字和英文符号，其他字符在各解压软件中不通用，请改换。"
        )
    if not LEAST <= len(password) <= MOST:
        raise BadPassword(f"密码应为 {LEAST} 至 {MOST} 个字符，请改换。")
    if weak := _weakness(password):
        raise BadPassword(f"密码过于简单（{weak}），请改换，例如几个词夹以数字和符号。")
    return password


def _weakness(password: str) -> str:
    """Why a password would be guessed at once, "" where it would not.

    The zip can be tried offline, millions of passwords a second: all dates and all telephone
    numbers are tried in a moment.
    """
    if not password.strip():
        return "只含空格"
    folded = password.casefold()
    if len(set(folded)) < LEAST_DIFFERENT:
        return f"不同的字符不到 {LEAST_DIFFERENT} 个"
    if folded.isdecimal() and len(folded) < LEAST_DIGITS:
        return f"纯数字不足 {LEAST_DIGITS} 位"
    if any(folded in row or folded in row[::-1] for row in _ROWS):
        return "为键盘或字母表上连续的字符"
    if folded.strip("0123456789!@#$%^&*._-") in _COMMON:
        return "为常见密码"
    return ""


def locked_zip(files: Iterable[tuple[str, bytes]], password: str, day: date) -> bytes:
    """Return a zip of (name, content), locked.  Raises BadPassword."""
    import pyzipper  # slow to load, and seldom wanted

    made = io.BytesIO()
    with pyzipper.AESZipFile(
        made, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(check_password(password).encode("ascii"))
        for name, content in files:
            entry = archive.zipinfo_cls(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.compress_type = pyzipper.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()
