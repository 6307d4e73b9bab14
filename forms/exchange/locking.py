"""A zip that opens with a password only: WinZip's AES-256, which 7-Zip, WinZip and WinRAR read.

What a file is called and how large it is can be seen without the password; what is in it can
not.  Every locked zip is another one: its salts are random.  This module must not know cases.
"""

import io
from collections.abc import Iterable
from datetime import date

LEAST, MOST = 8, 99  # characters; WinZip takes no more


class BadPassword(ValueError):
    """A password that can not be used; the text is for the clerk."""


def check_password(password: str) -> str:
    """Return the password.  Raises BadPassword.

    Other characters than ASCII's are turned into bytes in one way by Windows, in another by
    all else: what locks here would not open there.
    """
    if not (password.isascii() and password.isprintable()):
        raise BadPassword("密码只能用英文字母、数字和英文符号：别的字在各种解压软件里写法不一。")
    if not LEAST <= len(password) <= MOST:
        raise BadPassword(f"密码要有 {LEAST} 至 {MOST} 个字符。")
    return password


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
