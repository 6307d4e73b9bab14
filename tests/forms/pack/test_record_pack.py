"""Record packs: read strictly, no form packs, the office's own before the shipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from forms.pack import record_pack as packs
from forms.pack.load import Fault, PackFault, find_packs
from forms.pack.reading import read
from forms.pack.record_pack import find_record_packs, load_record_pack, passed_over, record_pack
from forms.vetting.pack_stock import Stock

RECORDS = """
[identity]
code = "pool-9"
version = "1.0"
name = "示例文书"
authority = "无（自拟）"
kind = "pool"
[[parameters]]
name = "payout_days"
label = "分配款支付期限"
kind = "days"
value = 30
[[parameters]]
name = "fee"
label = "管理费"
kind = "percent"
value = "12.5"
[[parameters]]
name = "from"
label = "起始日"
kind = "date"
help = "尚未公布，公布后填写"
"""
CODES = """
[[codes]]
name = "decision"
label = "评估结论"
codes = [
    { value = "all", label = "全部入池", words = ["同意"] },
    { value = "none", label = "不入池" },
]
"""
TABLES = """
[[tables]]
name = "members"
title = "成员"
columns = [
    { name = "name", header = "名称" },
    { name = "decision", header = "结论", kind = "choice", codes = "decision", words = ["意见"] },
]
"""
PAPER = """
code = "note"
title = "记录"
[[blocks]]
block = "paragraph"
text = "{decision}"
"""
WHOLE = {
    "records.toml": RECORDS,
    "codes.toml": CODES,
    "tables.toml": TABLES,
    "texts.toml": 'greeting = "致{member.name}："\n[mail]\nsubject = "通知"\n',
    "papers/note.toml": PAPER,
}


def laid(folder: Path, files: Mapping[str, str] = WHOLE) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(PackFault, match="文书包 a 不能使用") as caught:
        load_record_pack(folder)
    return caught.value.faults


def test_a_record_pack_holds_lists_words_figures_columns_and_papers(tmp_path: Path) -> None:
    pack = load_record_pack(laid(tmp_path / "a"))
    assert pack.identity.kind == "pool"
    assert (pack.days("payout_days"), pack.parameter("fee")) == (30, Decimal("12.5"))
    assert pack.parameter("from") is None, "what is not known is None, its help says so"
    assert pack.label("decision", "none") == "不入池"
    assert pack.texts == {"greeting": "致{member.name}：", "mail.subject": "通知"}
    assert list(pack.papers) == ["note"]
    name, decision = pack.fields("members")
    assert (read(name, " 甲 "), read(decision, "同意")) == ("甲", "all")
    assert decision.columns == ("结论", "意见")


def test_it_is_read_anew_only_when_its_files_change(tmp_path: Path) -> None:
    folder = laid(tmp_path / "a")
    first = load_record_pack(folder)
    assert load_record_pack(folder) is first
    laid(folder, {"codes.toml": CODES.replace("不入池", "暂不纳入")})
    assert load_record_pack(folder).label("decision", "none") == "暂不纳入"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "reason"),
    [
        ("records.toml", '"pool"', '"tank"', "identity.kind", "应为"),
        ("records.toml", "value = 30", "value = -1", "parameters[0].value", "不小于 0"),
        ("records.toml", '"12.5"', '"一成"', "parameters[1].value", "加引号的数字"),
        ("records.toml", 'help = "尚未公布，公布后填写"', "", "parameters[2].help", "尚不知道"),
        ("records.toml", '"fee"', '"payout_days"', "parameters[1].name", "重复"),
        ("codes.toml", '"none"', '"all"', "codes[0].codes[1].value", "重复"),
        ("codes.toml", '"不入池"', '" "', "codes[0].codes[1].label", "不能空着"),
        ("tables.toml", "codes = ", "code = ", "tables[0].columns[1].code", "没有这个键"),
        (
            "tables.toml",
            '"decision", words',
            '"verdict", words',
            "tables[0].columns[1].codes",
            "没有",
        ),
        ("tables.toml", '"结论"', '"名称"', "tables[0].columns[0].header", "重复"),
        ("texts.toml", "{member.name}", "{member.name", "greeting", "不成对"),
        ("papers/note.toml", '"paragraph"', '"parrot"', "blocks[0].block", "应为"),
        (
            "papers/note.toml",
            'text = "{decision}"',
            'text = "{decision"',
            "blocks[0].text",
            "不成对",
        ),
    ],
)
def test_each_fault_is_told_with_file_key_and_reason(
    tmp_path: Path, file: str, old: str, new: str, key: str, reason: str
) -> None:
    assert old in WHOLE[file]
    folder = laid(tmp_path / "a", {**WHOLE, file: WHOLE[file].replace(old, new)})
    assert any(
        fault.file == file and fault.key == key and reason in fault.reason
        for fault in faults(folder)
    )


def test_a_list_in_a_paper_is_named_as_lists_are(tmp_path: Path) -> None:
    table = '[[blocks]]\nblock = "table"\ncolumns = [{header="a", text="{row}", width_mm=20}]\n'
    repeat = '[[blocks]]\nblock = "repeat"\nover = "Members!"\nblocks = []\n'
    folder = laid(tmp_path / "a", {**WHOLE, "papers/note.toml": PAPER + table + repeat})
    assert [(fault.key, fault.reason) for fault in faults(folder)] == [
        ("blocks[1].over", "要写明表的每一行是哪个列表的一项"),
        ("blocks[2].over", "“Members!”不是列表的名称"),
    ]


def test_it_is_never_offered_as_a_pack_for_cases(tmp_path: Path) -> None:
    laid(tmp_path / "a")
    assert find_packs(tmp_path) == {}
    assert Stock(tmp_path, tmp_path / "own").versions == {}
    assert find_record_packs(tmp_path) == {"pool-9": tmp_path / "a"}


def test_the_offices_own_counts_before_the_shipped_and_a_bad_one_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    monkeypatch.setattr(packs, "packs_folder", lambda: shipped)
    with pytest.raises(PackFault):
        record_pack("pool")
    laid(shipped / "a")
    laid(shipped / "b", {**WHOLE, "records.toml": RECORDS.replace("pool", "stock")})
    assert record_pack("pool", own).folder == shipped / "a"
    assert record_pack("stock", own).folder == shipped / "b"
    laid(own / "a")
    laid(own / "c", {**WHOLE, "records.toml": RECORDS.replace("1.0", "1.10").replace("l-9", "l-7")})
    assert record_pack("pool", own).folder == own / "c", "the later version of several"
    laid(own / "c", {"codes.toml": "[[codes"})
    assert record_pack("pool", own).folder == own / "a"
    (bad,) = passed_over(own)
    assert (bad.folder, bad.faults[0].file) == (own / "c", "codes.toml")
    assert record_pack("pool").folder == shipped / "a"


def test_a_date_is_a_date(tmp_path: Path) -> None:
    known = RECORDS.replace('help = "尚未公布，公布后填写"', 'value = "2026-01-01"')
    pack = load_record_pack(laid(tmp_path / "a", {**WHOLE, "records.toml": known}))
    assert pack.parameter("from") == date(2026, 1, 1)
