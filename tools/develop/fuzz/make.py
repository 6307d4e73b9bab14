"""Invents hostile inputs: seeds that are good, mended for the worse, the same for a number.

Half of the inputs keep the shape of their kind (rows, records, tables, cells) with hostile
content; the rest are damaged as bytes.
"""

from __future__ import annotations

import io
import json
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from random import Random
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from forms.ground.locate import packs_folder
from tools.develop.fuzz.doors import SEPARATOR, SMALL_PACK, our_pack
from tools.develop.fuzz.packages import package

Maker = Callable[[Random], bytes]

# What has broken programs before, and what this one gives a meaning to.
HOSTILE: tuple[str, ...] = (
    *(
        "",
        " ",
        "\u3000",
        "0",
        "-1",
        "1e308",
        "1E+999",
        "1e999999999",
        "1e-999999999",
        "NaN",
        "Infinity",
        "-0",
        "9" * 400,
    ),
    *("2021-02-30", "45000", "2.02E+12", "20230516", "0000-00-00", "9999年99月99日", "2023/5/16"),
    *("ZL202110345678.3", "ZL2021103456783", "CN1234567B", "PCT/CN2021/000001", "专利号"),
    *("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", '="2021103456783"', "#REF!"),
    *("<script>alert(1)</script>", "<b>x</b>&amp;", "]]>", "{patent.title}", "{0.__class__}", "%s"),
    *(
        "\x00",
        "\x1b[2J",
        "\x07",
        "\x7f",
        "\u202e",
        "\u2066x",
        "\u200b",
        "\ufeff",
        "\ud800",
        "\uffff",
    ),
    *("\r\nBcc: a@example.org", "a\nb", "_x000D_", "../../x", "C:\\CON", "NUL.txt", "a" * 5000),
    *(
        "一" * 60,
        "壹拾万元整",
        "百分之三",
        "二〇二三年五月十六日",
        "十亿亿亿",
        "5万元",
        "1,00,0",
        "½",
        "①",
    ),
    *(
        "张三；李四",
        "a, b, c",
        "(1)甲 (2)乙",
        "示例大学\n某公司",
        "是",
        "有",
        "免费",
        "1年6个月",
        "半年",
    ),
    *("e\u0301" * 20, "\u0f77" * 9, "ﷺ" * 30, "👨‍👩‍👧", "\U000e0041", "𠮷", "İ", "ß", "²", "٣"),
)
_SPECIAL = (
    '"',
    "'",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "[",
    "]",
    "{",
    "}",
    ":",
    "\\",
    "=",
    "#",
    ".",
)


def _text(r: Random) -> str:
    kind = r.random()
    if kind < 0.7:
        return r.choice(HOSTILE)
    if kind < 0.85:
        return r.choice(HOSTILE) + r.choice(HOSTILE)
    if kind < 0.95:
        return "".join(
            chr(r.choice((r.randrange(0x250), r.randrange(0x2FFF, 0xA000))))
            for _ in range(r.randrange(12))
        )
    return "".join(chr(r.randrange(0x110000)) for _ in range(r.randrange(8)))


def damaged(r: Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    """The data with a few bytes changed, cut out, doubled or put in."""
    out = bytearray(data)
    for _ in range(r.choice((1, 1, 2, 3, 8))):
        at = r.randrange(len(out) + 1)
        match r.randrange(6):
            case 0:
                out[at : at + r.randrange(1, 9)] = r.randbytes(r.randrange(1, 9))
            case 1:
                del out[at : at + r.choice((1, 2, 10, 100))]
            case 2:
                piece = out[at : at + r.choice((1, 10, 100))]
                out[at:at] = piece * r.choice((1, 2, 50))
            case 3 | 4:
                out[at:at] = r.choice(words)
            case _:
                out[at : at + 1] = (
                    bytes([(out[at] ^ (1 << r.randrange(8)))]) if at < len(out) else b"\0"
                )
    return bytes(out)


def _bytes_of(texts: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(text.encode("utf-8", "surrogatepass") for text in texts)


_WORDS = _bytes_of((*HOSTILE, *_SPECIAL))

# ------------------------------------------------------------------ text tables


@cache
def _headers() -> tuple[str, ...]:
    return tuple(name for field in our_pack().fields for name in field.columns)


@cache
def _csv_seed() -> bytes:
    return (SMALL_PACK / "sample.csv").read_bytes()


def csv(r: Random) -> bytes:
    """A text table."""
    if r.random() < 0.3:
        return damaged(r, _csv_seed(), _WORDS)
    separator = r.choice(",,,\t;")
    heads = ["专利号", "发明创造名称", *r.sample(_headers(), r.randrange(8))]
    lines = [heads] + [
        [
            _text(r) if r.random() < 0.8 else r.choice(heads)
            for _ in range(len(heads) + r.choice((0, 0, 0, -1, 3)))
        ]
        for _ in range(r.randrange(1, 4))
    ]
    quoted = r.random() < 0.7
    end = r.choice(("\n", "\r\n", "\r"))
    text = end.join(
        separator.join(_quoted(cell) if quoted else cell for cell in line) for line in lines
    )
    encoding = r.choice(
        ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030", "gbk", "latin-1", "utf-7")
    )
    data = text.encode(encoding, r.choice(("replace", "ignore")))
    return damaged(r, data, _WORDS) if r.random() < 0.3 else data


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


# ------------------------------------------------------------------ records

_JSON_WORDS = (
    *_WORDS,
    *(
        b"null",
        b"true",
        b"NaN",
        b"-Infinity",
        b"1e999999999",
        b'"1e999999999"',
        b'"1e-999999999"',
        b"1" * 5000,
        b"[" * 3000,
        b'{"a":' * 3000,
    ),
    *(
        b'"\\ud800"',
        b'"\\u0000"',
        b'"version": 99,',
        b'"extra": {"a": {"text": "x"}},',
        b"\xef\xbb\xbf",
    ),
)


@cache
def _licence_seed() -> str:
    return (packs_folder() / "hubei-2022" / "sample-licence.json").read_text(encoding="utf-8")


_CASE_SEED: Mapping[str, Any] = {
    "version": 1,
    "pack": "hubei-2022",
    "patent": {
        "number": "ZL202110345678.3",
        "title": "一种装置",
        "filing_date": "2021-03-31",
        "inventors": ["甲"],
    },
    "owners": [{"name": "示例大学", "kind": "unit", "bank": {"name": "某银行", "account": "1"}}],
    "offer_end": "2030-12-31",
    "single_term": {"count": 3, "unit": "year"},
    "royalty": {"way": "lump_sum", "lump_sum": {"days": 30, "amount": "10000.00"}},
    "contact": {"name": "张喆", "phone": "027-1", "email": "a@example.cn"},
    "extra": {"a": {"text": "x"}},
    "unread": {"offer_end": "2030年2月30日"},
}


def case(r: Random) -> bytes:
    """A licence in JSON, or after a space a case."""
    of_case = r.random() < 0.4
    data: Any = dict(_CASE_SEED) if of_case else json.loads(_licence_seed())
    start = b" " if of_case else b""
    if r.random() < 0.6:
        data = _spoilt(r, data, _json_value, chance=0.12)
        text = json.dumps(data, ensure_ascii=r.random() < 0.5, default=str)
    else:
        text = json.dumps(data, ensure_ascii=False)
    made = text.encode("utf-8", "surrogatepass")
    return start + (damaged(r, made, _JSON_WORDS) if r.random() < 0.5 else made)


_RUN_SEED: Mapping[str, Any] = {
    "period": ["2026-01-01", "2026-12-31"],
    "income": "1000.01",
    "fee": {"percent": "10"},
    "annuities": "3.33",
    "method": "formula",
    "parts": [{"method": "number", "percent": "40"}, {"method": "agreed", "percent": "60"}],
    "floor": {"percent": "5"},
    "members": [
        {"name": "甲", "share_percent": "50", "patents": [{"number": "1", "from": "2024-01-01"}]},
        {
            "name": "乙",
            "share_percent": "50",
            "cap": {"sum": "700"},
            "patents": [
                {"number": "2", "from": "2024-01-01", "until": "2026-06-30", "weight": "1"},
                {"number": "2", "from": "2026-07-01", "weight": "2.5"},
            ],
        },
    ],
}
_SUMS = ("0", "-0", "0E+9", "1E-7", "1E+999999999", "1E-999999999", "NaN", "sNaN", "Infinity")


def shares(r: Random) -> bytes:
    """A distribution of a pool's income in JSON."""
    data: Any = dict(_RUN_SEED)
    if r.random() < 0.8:
        data = _spoilt(r, data, _run_value, chance=0.05)
    made = json.dumps(data, ensure_ascii=r.random() < 0.5, default=str)
    content = made.encode("utf-8", "surrogatepass")
    return damaged(r, content, _JSON_WORDS) if r.random() < 0.2 else content


def _run_value(r: Random) -> Any:
    if r.random() < 0.5:
        return r.choice((*_SUMS, "number", "weight", "agreed", "2026-02-30", "9999-12-31", True))
    return _json_value(r)


def _json_value(r: Random) -> Any:
    kind = r.randrange(8)
    if kind == 0:
        return r.choice((None, True, False, 0, -1, 1 << 70, 0.1, 1e308, float("nan"), float("inf")))
    if kind == 1:
        return [_text(r) for _ in range(r.randrange(4))]
    if kind == 2:
        return {_text(r): _text(r) for _ in range(r.randrange(3))}
    if kind == 3:
        value: Any = []
        for _ in range(r.choice((1, 10, 150))):
            value = [value]
        return value
    return _text(r)


def _spoilt(r: Random, value: Any, make: Callable[[Random], Any], *, chance: float) -> Any:
    """A copy of nested data with some values, keys and places changed."""
    if r.random() < chance:
        return make(r)
    if isinstance(value, dict):
        items = [(key, _spoilt(r, inner, make, chance=chance)) for key, inner in value.items()]
        if r.random() < chance:
            items.append((_text(r), make(r)))
        if items and r.random() < chance:
            del items[r.randrange(len(items))]
        if items and r.random() < chance:
            key, inner = items[r.randrange(len(items))]
            items.append((key + r.choice(("", "x", ".", "_")), inner))
        return dict(items)
    if isinstance(value, list):
        made = [_spoilt(r, inner, make, chance=chance) for inner in value]
        return made * r.choice((1, 1, 1, 1, 2)) if r.random() < chance else made
    return value


# ------------------------------------------------------------------ packs


@cache
def _pack_files() -> tuple[tuple[str, bytes, Any], ...]:
    files = []
    for path in sorted(SMALL_PACK.rglob("*.toml")):
        data = path.read_bytes()
        name = path.relative_to(SMALL_PACK).as_posix()
        files.append((name, data, tomllib.loads(data.decode())))
    return tuple(files)


_TOML_WORDS = (
    *_WORDS,
    *(
        b"[[rules]]\n",
        b"[a.b.c]\n",
        b"x = 1\n",
        b"= [" * 500,
        b"{a=" * 500,
        b"1979-05-27T07:32:00Z",
    ),
    *(
        b'"{page.__class__}"',
        b'"{page:>9999999}"',
        b"inf",
        b"nan",
        b"0x" + b"f" * 5000,
        b"1" * 5000,
        b"''' ",
    ),
)


def pack(r: Random) -> bytes:
    """A pack's file: its name, a separator, the file."""
    name, data, parsed = r.choice(_pack_files())
    made = data
    if r.random() < 0.6:
        spoilt = _spoilt(r, parsed, _toml_value, chance=0.04)
        made = _toml(spoilt if isinstance(spoilt, dict) else {"x": spoilt}).encode(
            "utf-8", "replace"
        )
    if r.random() < 0.5:
        made = damaged(r, made, _TOML_WORDS)
    return name.encode() + SEPARATOR + made


def _toml_value(r: Random) -> Any:
    if r.random() < 0.3:
        return r.choice(
            (
                date(2022, 2, 28),
                datetime(2022, 2, 28, 1),
                time(1),
                True,
                0,
                -1,
                1 << 62,
                1.5,
                -0.0,
                1e300,
            )
        )
    if r.random() < 0.2:
        return r.choice(
            (
                "{page.__class__}",
                "{page:>9999}",
                "{",
                "{{}}",
                "{number!r}",
                "../x",
                "/etc/passwd",
                "(a+)+$",
            )
        )
    return _json_value(r)


def _toml(data: dict[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_toml_text(value)}\n" for key, value in data.items())


def _key(text: str) -> str:
    return json.dumps(text).replace("\x7f", "\\u007f")


def _toml_text(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{_key(k)} = {_toml_text(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_toml_text, value)) + "]"
        case bool() | None:
            return "true" if value else "false"
        case str():
            return _key(value.encode("utf-8", "replace").decode())
        case date() | time():
            return value.isoformat()
    return str(value)


# ------------------------------------------------------------------ workbooks

_XML_WORDS = (
    *_bytes_of(
        (
            "<v>",
            "</v>",
            "</c>",
            "<f>",
            "</row>",
            "<is><t>",
            "&#0;",
            "&lt;",
            "<!--",
            "<![CDATA[",
            "<!DOCTYPE a>",
        )
    ),
    *(
        b"<c r='A9999999'>",
        b"<c r='XFD1'><v>1</v></c>",
        b' t="s"',
        b' t="e"',
        b' s="99999"',
        b"\xff\xfe",
        b'r="0"',
    ),
    *_WORDS,
)
_KINDS = ("n", "n", "s", "str", "inlineStr", "e", "b", "d", "", "x")


@cache
def _parts() -> Mapping[str, bytes]:
    with zipfile.ZipFile(packs_folder() / "hubei-2022" / "sample.xlsx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook(r: Random) -> bytes:
    """A workbook: its sheet made anew, a part damaged, or the whole zip."""
    parts = dict(_parts())
    kind = r.random()
    if kind < 0.6:
        parts["xl/worksheets/sheet1.xml"] = _sheet(r)
    if kind > 0.5:
        name = r.choice(sorted(parts))
        parts[name] = damaged(r, parts[name], _XML_WORDS)
    if r.random() < 0.05:
        parts[
            r.choice(("../x.xml", "/a.xml", "C:\\b.xml", "XL/Workbook.xml", "a" * 300 + ".xml"))
        ] = b"<a/>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", r.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, part in parts.items():
            if r.random() > 0.005:
                entry = zipfile.ZipInfo(name)  # without it the moment stands in the file
                archive.writestr(entry, part, compress_type=archive.compression)
    data = out.getvalue()
    if r.random() < 0.15:
        data = damaged(
            r, data, (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\0" * 8)
        )
    return data


def _sheet(r: Random) -> bytes:
    heads = ["专利号", "发明创造名称", *r.sample(_headers(), r.randrange(8))]
    rows = ["".join(f'<c t="inlineStr"><is><t>{escape(head)}</t></is></c>' for head in heads)]
    rows += ["".join(_cell(r) for _ in heads) for _ in range(r.randrange(1, 4))]
    numbered = r.random() < 0.5
    body = "".join(
        f"<row r={quoteattr(str(place))}>{row}</row>" if numbered else f"<row>{row}</row>"
        for place, row in enumerate(rows, start=r.choice((1, 1, 1, 0, 5, 199_999, 1_048_576, -3)))
    )
    start = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    return f"{start}{body}</sheetData></worksheet>".encode("utf-8", "replace")


def _cell(r: Random) -> str:
    kind = r.choice(_KINDS)
    style = r.choice(("", "", f' s="{r.choice((0, 1, 2, 5, 9, 40, -1, 99_999))}"'))
    place = r.choice(
        ("", "", "", f' r="{r.choice(("A1", "B2", "ZZ3", "XFD1048576", "A0", "1A", "A1:B2"))}"')
    )
    numbers = (
        "0",
        "1",
        "45000",
        "-1",
        "1e308",
        "2.02E+12",
        "0.03",
        "20230516",
        "202110345678.3",
        "NaN",
        "x",
        "",
    )
    text = escape("".join(c for c in _text(r) if c >= " " or c in "\t\n"))
    value = r.choice(numbers) if kind in ("n", "s", "b", "d", "") and r.random() < 0.8 else text
    formula = r.choice(("", "", "", "<f>1+1</f>", '<f t="shared" si="0"/>', "<f></f>"))
    kept = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{value}</v>"
    attribute = f' t="{kind}"' if kind else ""
    return f"<c{place}{style}{attribute}>{formula}{r.choice((kept, kept, kept, ''))}</c>"


MAKERS: Mapping[str, Maker] = {
    "csv": csv,
    "case": case,
    "pack": pack,
    "package": package,
    "shares": shares,
    "workbook": workbook,
}
