"""The published data for machines: JSON with its schema, CSV, a workbook, a feed of changes.

All say what `PublishedSet` says, in its order.  Same input, same bytes.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.sax.saxutils import escape

import msgspec

from forms.ground.office_text import plain
from forms.ground.workbook_cells import text_table
from forms.output.plain_book import Cell, SheetOfRows, write_plain_book
from forms.output.published import (
    CHANGE_WORDS,
    FORMAT_VERSION,
    Change,
    Column,
    PublishedPatent,
    PublishedSet,
)

SCHEMA_NAME = "data.schema.json"
MOST_IN_FEED = 2000
_SPACE = uuid.UUID("5c0f5f0e-6f0a-5d6b-9f5e-0d7b1f3c9a21")  # of the feed's names, our own
_DATES = ("grant_date", "offer_end")
_LISTS = ("owners", "inventors")
_CONTACT = {
    "contact_name": "name",
    "contact_phone": "phone",
    "contact_mobile": "mobile",
    "contact_email": "email",
    "contact_address": "address",
}
"""Where a part of the contact stands in the JSON's `contact`."""


def data_json(published: PublishedSet) -> bytes:
    """Return the data set; its shape is `data_schema`."""
    data: dict[str, Any] = {
        "$schema": SCHEMA_NAME,
        "version": FORMAT_VERSION,
        "title": published.title,
        "authority": published.authority,
        "issue": {"number": published.issue, "day": published.day.isoformat()},
        "count": len(published.patents),
        "fields": [
            {"name": column.name, "label": column.label, "basis": column.basis}
            for column in published.columns
        ],
        "issues": [msgspec.to_builtins(one) for one in published.issues],
        "changes": [msgspec.to_builtins(one) for one in published.changes],
    }
    head = msgspec.json.format(msgspec.json.encode(data), indent=1)
    lines = b",\n".join(map(_encoder.encode, map(_patent, published.patents)))
    return head[:-2] + b',\n "patents": [\n' + lines + b"\n ]\n}\n"


_encoder = msgspec.json.Encoder()


def _patent(patent: PublishedPatent) -> dict[str, Any]:
    made: dict[str, Any] = {"number": patent.number}
    contact: dict[str, str] = {}
    for name in PublishedPatent.__struct_fields__[1:]:
        value = getattr(patent, name)
        if name in _CONTACT:
            if value:
                contact[_CONTACT[name]] = value
        elif name == "royalty":
            if fee := {key: text for key in _FEE if (text := getattr(value, key))}:
                made["royalty"] = fee
        elif value:
            made[name] = value
    if contact:
        made["contact"] = contact
    return made


_FEE: Mapping[str, str] = {
    "code": "许可使用费方式的代号",
    "way": "许可使用费支付方式",
    "amount": "金额，元：一次总付的总额、入门费、分期支付的总额",
    "rate_percent": "提成比例，%",
    "text": "许可使用费标准的全文",
}


def data_schema(published: PublishedSet) -> bytes:
    """Return the JSON Schema (2020-12) of the data set."""
    text = {"type": "string"}
    count = {"type": "integer", "minimum": 0}
    day = {"type": "string", "format": "date"}
    listed = {"type": "array", "items": text}
    patent: dict[str, Any] = {}
    contact: dict[str, Any] = {}
    for column in published.columns:
        shape = day if column.name in _DATES else listed if column.name in _LISTS else text
        said = {"title": column.label} | ({"description": column.basis} if column.basis else {})
        if column.name in _CONTACT:
            contact[_CONTACT[column.name]] = shape | said
        elif column.name == "royalty":
            parts: dict[str, dict[str, Any]] = {
                name: text | {"title": word} for name, word in _FEE.items()
            }
            parts["code"] |= {"enum": list(_CODES)}
            patent["royalty"] = _object(parts) | said
        else:
            patent[column.name] = shape | said
    if contact:
        patent["contact"] = _object(contact)
    patent["since"] = {"type": "integer", "minimum": 1, "title": "首次列入的期次"}
    issue = {"number": {"type": "integer", "minimum": 1}, "day": day}
    line = issue | dict.fromkeys(("count", "added", "removed", "changed"), count)
    change = {
        "what": {"enum": list(CHANGE_WORDS)},
        "number": text,
        "title": text,
        "fields": listed,
        "reason": text,
    }
    field = {"name": text, "label": text, "basis": text}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": published.title,
        **_object(
            {
                "$schema": text,
                "version": {"const": FORMAT_VERSION},
                "title": text,
                "authority": text,
                "issue": _object(issue, *issue),
                "count": count,
                "fields": {"type": "array", "items": _object(field, *field)},
                "issues": {"type": "array", "items": _object(line, *line)},
                "changes": {"type": "array", "items": _object(change, "what", "number")},
                "patents": {"type": "array", "items": _object(patent, "number", "since")},
            },
            *("version", "title", "issue", "count", "patents"),
        ),
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=1) + b"\n"


_CODES = ("free", "lump_sum", "entry_running", "running", "instalments", "other")


def _object(properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": dict(properties)}
    made["additionalProperties"] = False
    return made | ({"required": list(required)} if required else {})


def data_csv(published: PublishedSet) -> bytes:
    """Return the table as a text table that spreadsheets open without reckoning anything."""
    head = [column.label for column in published.columns]
    return text_table([head, *_rows(published)])


def _rows(published: PublishedSet) -> Iterator[list[str]]:
    names = [column.name for column in published.columns]
    for patent in published.patents:
        yield [patent.text(name) for name in names]


def data_book(published: PublishedSet) -> bytes:
    """Return 公布.xlsx: the patents, what changed since the last issue, all issues, the fields."""
    columns = published.columns
    with_fee = [column.name for column in columns].count("royalty")
    head = [column.label for column in columns] + ["金额（元）", "提成比例（%）"] * with_fee
    rows = [
        (*_cells(columns, patent), *(_figures(patent) if with_fee else ()))
        for patent in published.patents
    ]
    sheets = [
        SheetOfRows(name="公布", head=("序号", *head), rows=_numbered(rows)),
        SheetOfRows(
            name="与上一期的变化",
            head=("变化", "专利号", "名称", "改动的内容", "原因"),
            rows=[
                (CHANGE_WORDS[one.what], one.number, one.title, "、".join(one.fields), one.reason)
                for one in published.changes
            ],
        ),
        SheetOfRows(
            name="历次公布",
            head=("期次", "公布日", "件数", "新增", "撤下", "改动"),
            rows=[
                (one.number, one.day, one.count, one.added, one.removed, one.changed)
                for one in published.issues
            ],
        ),
        SheetOfRows(
            name="字段说明",
            head=("字段", "名称", "公布的依据"),
            rows=[(column.name, column.label, column.basis) for column in columns],
        ),
    ]
    return write_plain_book(sheets, published.title)


def _numbered(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    return [(place, *row) for place, row in enumerate(rows, 1)]


def _cells(columns: tuple[Column, ...], patent: PublishedPatent) -> Iterator[Cell]:
    for column in columns:
        yield patent.text(column.name)


def _figures(patent: PublishedPatent) -> tuple[Cell, Cell]:
    return _figure(patent.royalty.amount), _figure(patent.royalty.rate_percent)


def _figure(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def feed(published: PublishedSet) -> bytes:
    """Return an Atom feed (RFC 4287) of what this issue added, changed and took away.

    The first issue adds all that it has.

    Names are UUIDs of number and issue: a reader that has an entry already does not show it anew.
    """
    stamp = f"{published.day.isoformat()}T00:00:00+08:00"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_urn(published.title)}</id>",
        f"<title>{_xml(published.title)}</title>",
        f"<author><name>{_xml(published.authority or published.title)}</name></author>",
        f"<updated>{stamp}</updated>",
        '<link rel="alternate" type="text/html" href="index.html"/>',
        '<link rel="related" type="application/json" href="data.json"/>',
    ]
    changes: Sequence[Change] = published.changes
    if published.issue == 1:
        changes = [
            Change(what="added", number=one.number, title=one.title)
            for one in published.patents[:MOST_IN_FEED]
        ]
    for one in changes[:MOST_IN_FEED]:
        word = CHANGE_WORDS[one.what]
        lines += [
            "<entry>",
            f"<id>{_urn(f'{published.title} {published.issue} {one.number}')}</id>",
            f"<title>{_xml(f'{word}：{one.number} {one.title}')}</title>",
            f"<updated>{stamp}</updated>",
            f'<link rel="alternate" type="text/html" href="index.html#p={_xml(one.number)}"/>',
            f'<category term="{one.what}" label="{word}"/>',
            f"<summary>{_xml('、'.join(one.fields) or one.reason or word)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _urn(name: str) -> str:
    return uuid.uuid5(_SPACE, name).urn


def _xml(text: str) -> str:
    return escape(plain(text), {'"': "&quot;"})
