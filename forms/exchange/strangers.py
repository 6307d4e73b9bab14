"""Files that are no table, known by their content: what each is, and what to do with it.

A workbook locked by an encryption product is the one that offices meet most: on the machine it
was made on every program sees it open, and mailed from there it is noise.  What its first bytes
look like is known of some products (亿赛通, 绿盾); the rest are known by being noise.

This module must not know packs or cases.
"""

import math
from collections import Counter

MAX_SIGN_BYTES = 64  # in which the mark of an encryption product stands
_LOOKED_AT = 65_536
_LEAST_NOISE_BYTES = 512
_NOISE_BITS = 7.3  # of 8 a byte; text has 4 to 6, and what is packed says in its head what it is

SAVE_AS = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后再导入。"
_LOCKED_MARKS = (b"E-SafeNet", b"b\x14#e", b"%TSD-Header-###%", b"TIPRAY", b".pfile")
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "是 PDF 文件，不是表格，请另选文件。"),
    (b"Rar!", "是压缩文件，请解压后导入其中的工作簿。"),
    (b"7z\xbc\xaf\x27\x1c", "是压缩文件，请解压后导入其中的工作簿。"),
    (b"\x1f\x8b", "是压缩文件，请解压后导入其中的工作簿。"),
    (b"\x89PNG", "是图片，不是表格；请将图片中的文字录入工作簿。"),
    (b"\xff\xd8\xff", "是图片，不是表格；请将图片中的文字录入工作簿。"),
    (b"GIF8", "是图片，不是表格；请将图片中的文字录入工作簿。"),
    (b"II*\0", "是图片，不是表格；请将图片中的文字录入工作簿。"),
    (b"MM\0*", "是图片，不是表格；请将图片中的文字录入工作簿。"),
    (b"{\\rtf", "是写字板或 Word 文档（RTF），不是工作簿，请另选文件。"),
)
_LOCK_MARKS = ("~$", ".~lock.", ".~")


def encrypted(file: str) -> str:
    """Return the sentence for a workbook with a password."""
    return f"“{file}”有密码，请在 Excel 或 WPS 中取消密码，另存后再导入。"


def damaged(file: str) -> str:
    """Return the sentence for a workbook that is broken."""
    return f"“{file}”已损坏，无法读取，请在 Excel 或 WPS 中打开，另存后再导入。"


def what_else(data: bytes, file: str) -> str:
    """Return the sentence for a file that is surely no table, or ""."""
    if is_locked(data):
        return locked(file)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:MAX_SIGN_BYTES]
    for mark, words in _OTHERS:
        if start.startswith(mark):
            return f"“{file}”{words}"
    return ""


def is_locked(data: bytes) -> bool:
    """Whether a file bears the mark of an encryption product."""
    return any(mark in data[:MAX_SIGN_BYTES] for mark in _LOCKED_MARKS)


def is_noise(data: bytes) -> bool:
    """Whether a file is what encryption leaves: of all bytes about as many.

    What is packed is noise too; it is to be known by its head before.
    """
    part = data[:_LOOKED_AT]
    if len(part) < _LEAST_NOISE_BYTES:
        return False
    shares = [count / len(part) for count in Counter(part).values()]
    return -sum(share * math.log2(share) for share in shares) > _NOISE_BITS


def locked(file: str) -> str:
    """Return the sentence for a file that an encryption product seems to have locked."""
    return (
        f"“{file}”可能已被加密软件加密（例如亿赛通、绿盾、IP-guard），本程序无法读取内容。"
        "请先在装有加密软件的电脑上解密（一般为右键“解密”，或向信息中心申请外发），再选择解密后的文件。"
    )


def is_lock_file(name: str) -> bool:
    """Whether a name is that of the small file which marks another one as being open."""
    return name.startswith(_LOCK_MARKS)


def lock_file(name: str) -> str:
    """Return the sentence for such a file: which one to take instead."""
    mark = next(mark for mark in _LOCK_MARKS if name.startswith(mark))
    meant = name[len(mark) :].rstrip("#")
    return (
        f"“{name}”是 Excel 或 WPS 打开工作簿时生成的临时文件，没有清单内容。"
        f"请选择工作簿本身（名称为“{meant}”或相近），已打开的请先保存并关闭。"
    )
