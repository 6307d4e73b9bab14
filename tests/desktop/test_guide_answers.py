"""A new clerk looks into the guide for what an office asks, and finds it under its heading."""

import re

import pytest

from desktop.pages.help.guide import guide_file
from forms.office.stored import SCAN_LIMIT_MB

GUIDE = guide_file().read_text(encoding="utf-8")
CHAPTERS = {
    part.partition("\n")[0].strip(): part.partition("\n")[2] for part in GUIDE.split("\n## ")[1:]
}
PRINTING, AFTER = "打印、盖章、扫描", "办哪一种"
ALIKE, FOREIGN = "容易混淆的几项", "外国和港澳台专利权人"


@pytest.mark.parametrize(
    ("question", "chapter", "answer"),
    [
        ("试点还在办吗", AFTER, "已于 2023 年底"),
        ("现在向谁提出", AFTER, "国家知识产权局提交**专利开放许可声明**"),
        ("声明怎样提交", AFTER, "原则上以电子形式提交"),
        ("使用费有没有上限", AFTER, "固定费用一般不高于 2000 万元"),
        ("许可合同多久备案", AFTER, "3 个月内向国家知识产权局备案"),
        ("打印比例选什么", PRINTING, "选“实际大小”（100%）"),
        ("可不可以双面打印", PRINTING, "双面打印，选“长边翻转”"),
        ("汇总表的章盖在哪里", PRINTING, "表头“单位名称（盖章）”处"),
        ("信息表的章盖在哪里", PRINTING, "第⑨栏，一位一处"),
        ("声明的章盖在哪里", PRINTING, "“全体专利权人”之后"),
        ("合同的章盖在哪里", PRINTING, "末页各方的“（盖章）”处"),
        ("要不要骑缝章", PRINTING, "各页错开叠放"),
        ("个人怎样签章", PRINTING, "个人（自然人）签字"),
        ("扫描用彩色吗", PRINTING, "**彩色**扫描"),
        ("扫描分辨率多少", PRINTING, "200 至 300 dpi"),
        ("几份文书能不能合成一个文件", PRINTING, "**一份文书一个 PDF**"),
        ("扫描件最大多少", PRINTING, f"不超过 {SCAN_LIMIT_MB} MB"),
        ("批次包不包括第一次", ALIKE, "不含第一批次"),
        ("总共支付几次", ALIKE, "等于批次加 1"),
        ("届满日和单次许可期限有什么不同", ALIKE, "每次许可的时长"),
        ("外文名称怎样填", FOREIGN, "外文名称请填中文译名"),
        ("外国人没有身份证号", FOREIGN, "护照"),
        ("外国企业要不要代理", FOREIGN, "应当委托依法设立的专利代理机构"),
    ],
)
def test_a_question_is_answered_under_its_heading(question: str, chapter: str, answer: str) -> None:
    assert answer in CHAPTERS[chapter], question


def test_the_sums_of_the_guides_example_agree() -> None:
    first, batches, each = 60000, 7, 20000
    assert f"第一批次 {first} 元、分 {batches} 批次、每次 {each} 元" in CHAPTERS[ALIKE]
    assert f"总共支付 {batches + 1} 次，共计 {first + batches * each} 元" in CHAPTERS[ALIKE]


def test_the_pilots_end_is_told_before_the_first_task() -> None:
    assert AFTER in GUIDE.partition("\n## ")[0]


def test_what_is_told_of_today_names_its_basis() -> None:
    basis = CHAPTERS[AFTER]
    assert "专利法第五十条、第五十一条" in basis and "专利审查指南第五部分第十一章" in basis
    assert not re.search(r"表格?\s*\d{5,}", basis)  # no form's number is known for certain
