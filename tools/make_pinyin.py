"""Make `resources/reading/pinyin.txt`: how characters are read, for names in order.

    python -m tools.make_pinyin

The readings are pypinyin's (MIT).  Characters stand in lines of their reading, the lines in order;
below them words whose characters are read otherwise than alone.  What pypinyin has wrong, surnames
above all, is our own: `resources/reading/names.txt`.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

from pypinyin.constants import PINYIN_DICT
from pypinyin.phrases_dict import phrases_dict

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "reading" / "pinyin.txt"
_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
# Read so in most words of titles, though pypinyin names another reading first.
_USUAL = {
    "长": "chang2",
    "重": "zhong4",
    "行": "xing2",
    "调": "tiao2",
    "还": "huan2",
    "传": "chuan2",
}


def plain(marked: str) -> str:
    """Return a reading as letters and tone: `cháng` -> `chang2`, `lǜ` -> `lv4`, neutral 5."""
    letters: list[str] = []
    tone = 5
    for sign in unicodedata.normalize("NFD", marked):
        if sign in _TONES:
            tone = _TONES[sign]
        elif sign == "\u0308":
            letters[-1] = "v"
        elif "a" <= sign <= "z":
            letters.append(sign)
    return f"{''.join(letters)}{tone}"


def made() -> str:
    """Return the text of the file."""
    usual = {
        chr(code): plain(marked.split(",")[0]) for code, marked in PINYIN_DICT.items()
    } | _USUAL
    by_reading: dict[str, list[str]] = {}
    for sign in sorted(usual):
        by_reading.setdefault(usual[sign], []).append(sign)
    readings = {plain(one) for marked in PINYIN_DICT.values() for one in marked.split(",")}
    lines = [
        f"{reading} {''.join(by_reading.get(reading, ()))}".strip()
        for reading in sorted(readings | set(by_reading))
    ]
    words = []
    for word, read in sorted(phrases_dict.items()):
        said = [plain(one[0]) for one in read]
        if len(word) != 2 or len(said) != 2 or not re.fullmatch("[一-龥]{2}", word):
            continue
        # A second character spoken without its tone is still looked up under it.
        said = [
            usual[sign] if one.endswith("5") else one for sign, one in zip(word, said, strict=True)
        ]
        if any(usual[sign] != one for sign, one in zip(word, said, strict=True)):
            words.append(f"{word} {' '.join(said)}")
    return "\n".join([*lines, "", *words, ""])


def main() -> int:
    """Write the file."""
    TARGET.write_text(made(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{TARGET.name}: {TARGET.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
