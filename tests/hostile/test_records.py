"""Licences in JSON from a stranger: every fault by its key, and nothing else happens."""

from __future__ import annotations

import json
from typing import Any

import pytest

from forms.office.licence_import import read_licence
from forms.office.store import CannotDo
from tests.desktop.clerk import GOOD, Clerk

REFUSED: dict[str, tuple[bytes, str]] = {
    "空": (b"", "第 1 行"),
    "半截": (b'{"licensee": {"name": "x"', "第 1 行"),
    "深列表": (b"[" * 200_000, "层次过深"),
    "深组": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "层次过深"),
    "不太深": (b'{"unread": ' + b"[" * 40 + b"]" * 40 + b"}", "层次过深"),
    "过大": (b'{"manner": "' + b"x" * 2_100_000 + b'"}', "过大"),
    "文字过长": (json.dumps({"licensee": {"name": "长" * 40_000}}).encode(), "licensee.name"),
    "非数": (b'{"copies": NaN}', "NaN"),
    "无穷": (b'{"royalty": {"lump_sum": {"amount": -Infinity}}}', "Infinity"),
    "长数": (b'{"copies": ' + b"9" * 100_000 + b"}", "过长"),
    "大数": (b'{"royalty": {"lump_sum": {"amount": 1e999999999}}}', "royalty.lump_sum.amount"),
    "大数是文字": (
        b'{"royalty": {"lump_sum": {"amount": "1e999999999"}}}',
        "royalty.lump_sum.amount：不是合理的数字",
    ),
    "小数": (
        b'{"royalty": {"entry_running": {"rate_percent": 1e-999999999}}}',
        "royalty.entry_running.rate_percent：不是合理的数字",
    ),
    "写两次": (b'{"manner": "x", "manner": "y"}', "“manner”这一项重复"),
    "不认识": (b'{"__class__": 1, "licensee": {"eval": "x"}}', "licensee.eval"),
    "类型不对": (b'{"licensee": ["x"], "copies": "5", "starts_on": 20230101}', "starts_on"),
    "UTF-16": ('{"manner": "x"}'.encode("utf-16"), "不是 UTF-8"),
    "不是组": (b'"licence"', "应为一组内容"),
    "代理": (b'{"\\ud800": 1}', "没有“\ufffd”这一项"),
    "没有这一天": (b'{"starts_on": "2021-02-30"}', "starts_on：日期格式有误"),
    "年份太早": (b'{"signed_on": "0001-01-01"}', "signed_on：年份有误，应在1900年至2199年之间"),
    "年份太晚": (
        b'{"life": {"receipts": [{"day": "9999-12-31", "amount": "1"}]}}',
        "life.receipts[0].day：年份有误",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_licence_that_can_not_be_read_is_refused_by_its_keys(clerk: Clerk, name: str) -> None:
    content, word = REFUSED[name]
    clerk.imports(GOOD)
    path = clerk.folder / f"{name}.json"
    path.write_bytes(content)
    answer = clerk.types("license", "add", GOOD["专利号"], path, "--json")
    assert answer.code == 2
    [line] = answer.err.splitlines()
    assert path.name in line and word in line and line.endswith("。")
    assert answer.json == {"error": line}
    assert clerk.types("show", GOOD["专利号"], "--json").json["cases"][0]["licences"] == []


def test_what_is_hostile_inside_a_good_licence_is_cleaned_or_kept_as_text() -> None:
    data: dict[str, Any] = {"licensee": {"name": "公\u0000司\ud800\u202e"}, "manner": "\x1b[2J<b>"}
    licence = read_licence(json.dumps(data).encode(), "许可.json")
    assert licence.licensee.name == "公司\ufffd\u202e"
    assert licence.manner == "[2J<b>"


def test_a_value_may_be_as_deep_as_the_record_is() -> None:
    with pytest.raises(CannotDo, match="unread"):
        read_licence(b'{"unread": {"a": {"b": 1}}}', "许可.json")
