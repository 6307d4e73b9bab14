"""What an import tells the clerk: samples passed over, reasons whole, cases mended in place."""

import json

from forms.exchange.import_plan import SAMPLE_MARK
from tests.desktop.clerk import GOOD, SECOND, Clerk
from tests.forms.exchange.making import ods, old, row, text_cell

NUMBER = GOOD["专利号"]
MISTYPED = {**GOOD, "专利号": "ZL201810024064.5"}


def test_a_mistyped_number_mended_in_the_workbook_is_the_same_case(clerk: Clerk) -> None:
    clerk.imports(MISTYPED, SECOND)
    assert clerk.types("check").code == 1
    mended = clerk.types("import", clerk.fills(GOOD, SECOND), "--json").json
    assert mended["counts"] == {"new": 0, "changed": 1, "unchanged": 1, "refused": 0}
    assert clerk.types("check").code == 0
    listed = clerk.types("list", "--json").json["cases"]
    assert [case["patent_number"] for case in listed] == [NUMBER, SECOND["专利号"]]


def test_a_namesake_of_other_owners_is_another_case(clerk: Clerk) -> None:
    clerk.imports(MISTYPED)
    other = {**GOOD, "专利权人": "另一大学"}
    assert clerk.types("import", clerk.fills(other), "--json").json["counts"]["new"] == 1


def test_a_sound_number_of_the_same_title_is_another_case(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    twin = {**SECOND, "发明创造名称": GOOD["发明创造名称"]}
    assert clerk.types("import", clerk.fills(twin), "--json").json["counts"]["new"] == 1


def test_a_case_that_stands_in_the_file_no_more_is_named_quietly(clerk: Clerk) -> None:
    clerk.imports(GOOD, SECOND)
    again = clerk.types("import", clerk.fills(GOOD))
    assert "另有 1 件以前导入的案卷不在本次清单中" in again.out
    assert SECOND["专利号"] in again.out
    assert again.err == ""
    assert len(clerk.types("list", "--json").json["cases"]) == 2


def test_a_file_of_new_patents_alone_says_nothing_of_the_old(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    done = clerk.types("import", clerk.fills(SECOND), "--json").json
    assert done["absent"] == []


def test_the_templates_sample_is_passed_over_and_told(clerk: Clerk) -> None:
    sample = {**GOOD, "专利号": f"{SAMPLE_MARK}：ZL202110345678.3"}
    done = clerk.types("import", clerk.fills(sample, SECOND))
    assert "略过示例行 1 行（第 2 行）" in done.out
    assert SAMPLE_MARK not in done.err


def test_a_sample_written_over_with_a_real_number_is_told_loudly(clerk: Clerk) -> None:
    path = clerk.fills({**GOOD, "专利号": f"{SAMPLE_MARK}：{NUMBER}"}, SECOND)
    done = clerk.types("import", path)
    assert f"第 2 行的专利号为“示例:{NUMBER}”" in done.err
    assert "请删除“示例”" in done.err
    (sample,) = clerk.types("import", path, "--json").json["samples"]
    assert (sample["row"], sample["is_template"]) == (2, False)


def test_reasons_are_told_whole(clerk: Clerk) -> None:
    terms = "被许可人每年提供一次生产、销售数量的书面报告，" * 6
    clerk.imports(GOOD)
    dry = clerk.types("import", clerk.fills({**GOOD, "其他约定事项": terms}), "--dry-run")
    assert terms in dry.out


def test_bytes_that_were_no_text_are_told_and_no_paper_is_final_with_them(clerk: Clerk) -> None:
    lines = [",".join(GOOD), ",".join(GOOD.values()), ",".join(SECOND.values())]
    data = "\n".join(lines).encode()
    path = clerk.folder / "清单.csv"
    path.write_bytes(data.replace(SECOND["发明创造名称"].encode(), b"\xff" + "装置".encode()))
    told = clerk.types("import", path)
    assert told.code == 0
    assert "第 3 行有无法识别的字" in told.err and "“发明创造名称”一格：“�装置”" in told.err
    checked = clerk.types("check", "--json").json["cases"]
    assert [p["rule"] for p in checked[1]["problems"] if p["severity"] == "error"][:1] == [
        "unread.value"
    ]


def test_old_workbooks_are_imported_as_new_ones_are(clerk: Clerk) -> None:
    for name, data in (
        ("旧.xls", old(list(GOOD), list(GOOD.values()))),
        ("新.ods", ods(row(*map(text_cell, GOOD)) + row(*map(text_cell, GOOD.values())))),
    ):
        path = clerk.folder / name
        path.write_bytes(data)
        assert clerk.types("import", path).code == 0
    listed = clerk.types("list", "--json").json["cases"]
    assert [case["patent_number"] for case in listed] == [NUMBER]
    assert clerk.types("check").code == 0


def test_the_register_is_written_as_a_workbook_and_changes_nothing(clerk: Clerk) -> None:
    clerk.imports(GOOD, SECOND)
    out = clerk.folder / "台账.xlsx"
    made = clerk.types("register", "--out", out, SECOND["专利号"], NUMBER)
    assert (made.code, made.err) == (0, "") and "2 件" in made.out
    assert clerk.types("register", "--out", out).code == 2
    assert clerk.types("register", "--out", out, "--force", "--json").json["cases"] == 2
    counts = clerk.types("import", out, "--json").json["counts"]
    assert counts == {"new": 0, "changed": 0, "unchanged": 2, "refused": 0}


def test_radicals_are_told_by_column_with_the_letters_they_became(clerk: Clerk) -> None:
    pasted = {**GOOD, "发明创造名称": "⼀种低温烧结⻓⻔基板"}
    again = {**SECOND, "发明创造名称": "⼀种混凝⼟"}
    path = clerk.fills(pasted, again)
    done = clerk.types("import", path, "--dry-run")
    assert "“发明创造名称”一列中的部首" in done.err
    assert "U+2F00 改为“一”、U+2ED3 改为“长”、U+2ED4 改为“门”、U+2F1F 改为“土”" in done.err
    assert "（第 2、3 行），请核对" in done.err
    clerk.types("import", path)
    assert clerk.types("list", "--json").json["cases"][0]["title"] == "一种低温烧结长门基板"


def test_what_can_not_be_printed_is_told_at_import_and_by_check(clerk: Clerk) -> None:
    path = clerk.fills({**GOOD, "专利权人": "데모주식회사"}, {**SECOND, "收件人": "张\ue863"})
    done = clerk.types("import", path, "--dry-run")
    assert "第 2 行：“专利权人”一格：字体中没有“데”（U+B370）、“모”（U+BAA8）" in done.err
    assert "第 3 行：“收件人姓名”一格：字体中没有旧编码 U+E863（现在写作“䶮”）" in done.err
    clerk.types("import", path)
    checked = clerk.types("check")
    assert checked.code == 1
    assert "第①栏 专利权人（第 1 位）：字体中没有“데”（U+B370）" in checked.out
    assert "现应写作“䶮”（U+4DAE）" in checked.out
    out = clerk.folder / "文书"
    made = clerk.types("export", "--out", out)
    assert "未制作" not in made.out + made.err
    assert len(list(out.glob("*_草稿*.pdf"))) == 5  # the summary among them


def test_an_account_that_a_spreadsheet_cut_waits_for_the_contract_alone(clerk: Clerk) -> None:
    path = clerk.fills({**GOOD, "帐号": "6.22202E+18"})
    assert "“帐号”一格：“6.22202E+18”" in clerk.types("import", path, "--dry-run").err
    clerk.types("import", path)
    checked = clerk.types("check")
    assert checked.code == 0
    assert "提示  合同 第五条 帐号" in checked.out
    out = clerk.folder / "文书"
    assert "草稿" not in clerk.types("export", "--out", out).out
    licence = clerk.folder / "许可.json"
    account = {"licensee": {"name": "乙公司", "bank": {"account": "6.22202E+18"}}}
    licence.write_text(json.dumps(account), encoding="utf-8")
    added = clerk.types("license", "add", NUMBER, licence)
    assert added.out.count("末几位已丢失") == 2  # the licensor's and the licensee's
    made = clerk.types("export", "--paper", "contract", "--out", out)
    assert "草稿" in made.out + made.err


def test_what_can_not_be_read_is_told_in_one_order_however_often_it_is_imported(
    clerk: Clerk,
) -> None:
    odd = {**GOOD, "专利权人": "0", "授权公告日": "36个月", "自行实施情况": "不详甲"}
    file = clerk.fills(odd)
    first, again = (clerk.types("import", file, "--json") for _ in range(2))
    told, unread = ([row["unread"] for row in one.json["rows"]] for one in (first, again))
    assert [*told[0]] == [*unread[0]] and len(told[0]) > 1
    lines = (
        [line for line in one.err.splitlines() if "无法识别" in line] for one in (first, again)
    )
    assert next(lines) == next(lines)
