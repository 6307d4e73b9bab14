"""Puts Chinese for the few words that NSIS's own code says before it has read our script.

makensis calls it with the file of the bare code (`!packhdr`).  The words have fixed places there,
so the Chinese must be no longer than the English; a word that is not found fails the build.
"""

from __future__ import annotations

import sys
from pathlib import Path

WORDS = {
    "Installer integrity check has failed. Common causes include\n"
    "incomplete download and damaged media. Contact the\n"
    "installer's author to obtain a new copy.\n"
    "\n"
    "More information at:\n"
    "http://nsis.sf.net/NSIS_Error": "安装程序不完整或已损坏，未安装，未改动任何文件。\n\n"
    "可能未下载完整，或复制时出错。请重新取得安装程序，并核对 SHA-256 校验值。",
    "Error writing temporary file. Make sure your temp folder is valid.": (
        "无法写入临时文件夹，未安装。请清理磁盘空间后再试。"
    ),
    "NSIS Error": "安装程序出错",
    "Error launching installer": "安装程序无法启动，请重新取得。",
    "verifying installer: %d%%": "正在核对安装程序：%d%%",
    "unpacking data: %d%%": "正在展开：%d%%",
}


def in_chinese(code: bytes) -> bytes:
    """The code with its words in Chinese.  Raises LookupError where a word is not there."""
    for english, chinese in WORDS.items():
        old = english.encode("utf-16-le") + b"\0\0"
        new = chinese.encode("utf-16-le")
        if old not in code:
            raise LookupError(english)
        code = code.replace(old, new + b"\0" * (len(old) - len(new)))
    return code


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_bytes(in_chinese(file.read_bytes()))
