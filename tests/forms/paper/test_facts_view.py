"""Papers of records that are no cases, filled from plain facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from forms.facts.paths import UnknownPath
from forms.pack import language as lang
from forms.pack.record_types import Code, CodeList, Parameter, RecordIdentity, RecordPack
from forms.paper.document_words import words
from forms.paper.facts_view import compose_facts, say


class Member(msgspec.Struct, frozen=True, kw_only=True):
    name: str = ""
    share: Decimal | None = None
    patents: tuple[str, ...] = ()


class Pool(msgspec.Struct, frozen=True, kw_only=True):
    name: str = ""
    decision: str = ""
    is_open: bool | None = None
    day: date | None = None
    sum: Decimal | None = None
    first: Member = Member()
    members: tuple[Member, ...] = ()


POOL = Pool(
    name="桥梁检测专利池",
    decision="part",
    is_open=True,
    day=date(2026, 3, 1),
    sum=Decimal("100000"),
    first=Member(name="甲"),
    members=(
        Member(name="甲大学", share=Decimal("60.5"), patents=("1", "2")),
        Member(name="乙公司", share=Decimal("39.5")),
    ),
)
PACK = RecordPack(
    identity=RecordIdentity(code="p", version="1", name="n", authority="a", kind="pool"),
    folder=Path("nowhere"),
    parameters=(Parameter(name="days", label="天数", kind="days", value=30),),
    codes={
        "decision": CodeList(
            name="decision", label="结论", codes=(Code(value="part", label="部分入池"),)
        )
    },
    texts={"pay": "自收到之日起{parameter.days}日内付给{first.name}；{text.pay}"},
)


def paper(*blocks: dict[str, Any], **more: Any) -> lang.Paper:
    return msgspec.convert({"code": "c", "title": "t", "blocks": blocks, **more}, lang.Paper)


def lines(*blocks: dict[str, Any], facts: Any = POOL, **more: Any) -> list[str]:
    return words(compose_facts(paper(*blocks, **more), facts, PACK)).split("\n")


def line(text: str, facts: Any = POOL) -> str:
    return lines({"block": "paragraph", "text": text}, facts=facts)[0]


def test_texts_sums_days_ticks_and_codes_are_printed_as_on_any_paper() -> None:
    assert line("{name}，{day}，{day:iso}") == "桥梁检测专利池，2026年3月1日，2026-03-01"
    assert line("{sum:money}元{sum:capitals}") == "100,000.00元（人民币壹拾万元整）"
    assert line("{decision=part}甲{decision=all}乙，{decision}") == "☑甲□乙，部分入池"
    assert line("{is_open=true}开{is_open=false}不") == "☑开□不"
    assert line("{members.1.share}%") == "39.5%"


def test_what_is_not_there_is_a_blank_and_what_no_record_has_is_told() -> None:
    assert line("池名：{name:blank}；", facts=Pool()) == "池名：；"
    for wrong in ("{nothing}", "{text.nothing}", "{parameter.nothing}", "{members.0.kin}"):
        with pytest.raises(UnknownPath):
            line(wrong)
    with pytest.raises(UnknownPath):
        line("{name}", facts={"title": "x"})


def test_sentences_and_figures_are_the_packs() -> None:
    assert line("{text.pay}") == "自收到之日起30日内付给甲；"
    assert say("致{first.name}：{parameter.days}日", POOL, PACK) == "致甲：30日"
    assert say("致{first.name}：", Pool()) == "致\u3000\u3000\u3000："


def test_blocks_are_repeated_for_lists_and_for_lists_in_lists() -> None:
    repeat: dict[str, Any] = {
        "block": "repeat",
        "over": "members",
        "blocks": [{"block": "paragraph", "text": "{item.name}"}],
    }
    assert lines(repeat) == ["甲大学", "乙公司"]
    assert lines(repeat, {"block": "paragraph", "text": "。"}, facts=Pool()) == ["。"]
    column = {"header": "件", "text": "{row}、第{item}件", "width_mm": 20}
    inner = {"block": "table", "over": "item.patents", "columns": [column]}
    nested = lines({**repeat, "blocks": [*repeat["blocks"], inner]})
    assert nested == ["甲大学", "件", "1、第1件", "2、第2件", "乙公司", "件"]
    with pytest.raises(UnknownPath):
        lines({**repeat, "over": "name"})


def test_tables_seals_choices_and_cells_take_the_lists_too() -> None:
    table = {
        "block": "table",
        "over": "members",
        "columns": [
            {"header": "序号", "text": "{row}", "width_mm": 20},
            {"header": "成员", "text": "{item.name}", "width_mm": 20},
        ],
        "sums": ["合计", "{sum:money}"],
    }
    assert "".join(lines(table)).endswith("1甲大学2乙公司合计100,000.00")
    seals = {"block": "signatures", "layout": "columns", "over": "members", "name": "{item.name}"}
    assert lines(seals)[:2] == ["甲大学", "乙公司"]
    choice = {
        "block": "choice",
        "path": "decision",
        "options": [
            {"value": "all", "text": "全部{name}"},
            {"value": "part", "text": "部分{name}"},
        ],
    }
    assert lines(choice) == ["□全部", "☑部分桥梁检测专利池"]
    cells = {"block": "cells", "over": "members", "cells": [{"text": "{row}{item.name}"}]}
    grid = {"block": "grid", "rows": [{"label": "成员", "body": [cells]}]}
    assert lines(grid) == ["成员", "1甲大学", "2乙公司"]


def test_conditions_read_the_facts() -> None:
    when = {"path": "decision", "is": "part"}
    some = {"block": "paragraph", "text": "部分", "when": when}
    assert lines(some) == ["部分"]
    assert lines(some, facts=Pool()) == [""]
    assert lines({**some, "when": {"path": "members", "filled": True}}) == ["部分"]
