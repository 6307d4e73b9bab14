"""The pilot's sample made declarations at the command line, and what came of one put down."""

from pathlib import Path

import pytest

from forms.ground.locate import packs_folder
from tests.desktop.clerk import Clerk

TODAY = "2026-11-24"
SAMPLE = packs_folder() / "hubei-2022" / "sample.xlsx"
FIRST = "ZL202110345678.3"

REFUSED = {
    # by the pilot's own errors, that its clerk has to mend first
    4: ("number.duplicate", "汇总表"),  # 一件专利两行
    16: ("number.check", "专利申请号标准"),
    17: ("offer_end.beyond_term", "专利法 第四十二条"),
    18: ("unread.value", "第八十五条第三款"),  # 没有 2 月 30 日
    22: ("title.blank", "信息表 第①栏"),
    23: ("number.duplicate", "汇总表"),
    24: ("number.shape", "专利申请号标准"),  # 公开号
    # by the chapter
    20: ("pledge.pledged", "第十一章 3.1(4)"),
    21: ("other_licences.exclusive", "第十一章 3.1(1)"),
}
"""By the row of the sample workbook: the first reason and its basis, as the chapter has it."""


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, capsys)


def test_the_pilots_sample_is_converted_and_each_refusal_is_by_the_chapter(clerk: Clerk) -> None:
    clerk.types("import", SAMPLE, "--pack", "hubei-2022", today=TODAY)
    marks = [f"案卷{place}" for place in range(1, 24)]
    before = clerk.types("show", *marks[:1], "--json", today=TODAY).json
    answer = clerk.types("convert", *marks, "--to", "cnipa-2024", "--json", today=TODAY)
    assert (answer.code, set(answer.json)) == (1, {"converted", "refused"})
    refused = [one["reasons"][0] for one in answer.json["refused"]]
    expected = [REFUSED[row] for row in sorted(REFUSED)]
    assert [(one["rule"]) for one in refused] == [rule for rule, _ in expected]
    assert all(basis in one["basis"] for one, (_, basis) in zip(refused, expected, strict=True))
    assert all(set(one) == {"rule", "message", "basis"} for one in refused)
    converted = answer.json["converted"]
    assert len(converted) + len(refused) == 23
    assert set(converted[0]) == {"patent_number", "carried", "wanted"}
    assert converted[0]["patent_number"] == FIRST
    assert {"royalty.entry_running.entry_fee", "contact.phone"} <= set(converted[0]["carried"])
    assert not {"single_term", "region", "own_use.way"} & set(converted[0]["carried"])
    assert all(set(one) == {"field", "message"} for one in converted[2]["wanted"])
    assert clerk.types("show", *marks[:1], "--json", today=TODAY).json == before
    assert clerk.types("verify", today=TODAY).code == 0


def test_a_patent_is_found_with_both_its_cases(clerk: Clerk) -> None:
    clerk.types("import", SAMPLE, "--pack", "hubei-2022", today=TODAY)
    done = clerk.types("convert", FIRST, "--to", "cnipa-2024", today=TODAY)
    assert done.code == 0
    assert "已转为案卷24" in done.out
    (patent,) = clerk.types("ledger", FIRST, "--json", today=TODAY).json["patents"]
    packs = [(one["case_id"], one["pack"]) for one in patent["cases"]]
    assert packs == [(1, "hubei-2022"), (24, "cnipa-2024")]
    again = clerk.types("convert", FIRST, "--to", "cnipa-2024", today=TODAY)
    assert again.code == 1
    assert "一件专利一份声明，请在该案卷中继续填写" in again.out


def test_what_came_of_a_declaration_is_put_down(clerk: Clerk) -> None:
    clerk.types("import", SAMPLE, "--pack", "hubei-2022", today=TODAY)
    clerk.types("convert", FIRST, "--to", "cnipa-2024", today=TODAY)

    def filed(*words: str, on: str = "2026-09-01") -> dict[str, object]:
        answer = clerk.types("filed", FIRST, "--on", on, *words, "--json", today=TODAY)
        assert answer.code == 0, answer.err
        return dict(answer.json)

    first = filed()
    assert (first["patent_number"], first["case_id"]) == (FIRST, 24)
    assert filed() == first
    published = filed("--published", "2026-10-12", "--declaration-number", "X-1")
    assert published["declaration"]["number"] == "X-1"
    assert filed("--withdrawn", "2026-11-20")["state"] == "withdrawn"
    assert filed(on="2026-11-23")["earlier"] == 1
    wrong = clerk.types("filed", FIRST, "--on", "2026-12-01", today=TODAY)
    assert wrong.code == 2
    assert "晚于今天" in wrong.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("convert", FIRST, "--to", "nowhere"), "没有代号为 nowhere 的表单包"),
        (("convert", FIRST, "--to", "hubei-2022"), "没有写明怎样由其他案卷转换"),
        (("convert", "ZL202110345678.4", "--to", "cnipa-2024"), "没有专利号或案卷号为"),
        (("filed", FIRST, "--on", "2026-09-01"), "试点案卷请先用 convert"),
        (("filed", FIRST, "--on", "昨天"), "日期格式有误"),
        (
            (
                "filed",
                FIRST,
                "--on",
                "2026-09-01",
                "--published",
                "2026-09-02",
                "--refused",
                "理由",
            ),
            "不能与",
        ),
    ],
)
def test_what_can_not_be_is_said_in_one_line(
    clerk: Clerk, words: tuple[str, ...], said: str
) -> None:
    clerk.types("import", SAMPLE, "--pack", "hubei-2022", today=TODAY)
    answer = clerk.types(*words, today=TODAY)
    assert answer.code == 2
    assert said in answer.err


def test_what_a_list_says_was_filed_is_kept_as_it_was_declared(clerk: Clerk) -> None:
    row = {
        "专利号": FIRST,
        "发明创造名称": "一种水冷散热装置",
        "专利权人": "示例大学",
        "许可使用费方式": "免费",
        "许可期限届满日": "2030-12-31",
        "声明提交日": "2026-09-01",
    }
    clerk.types("import", clerk.fills(row), "--pack", "cnipa-2024", today=TODAY)
    dearer = clerk.fills({**row, "许可使用费方式": "其他", "其他标准": "每台100元"})
    clerk.types("import", dearer, "--pack", "cnipa-2024", today=TODAY)
    (shown,) = clerk.types("show", FIRST, "--json", today=TODAY).json["cases"]
    assert shown["case"]["declaration"]["royalty"]["way"] == "free"
    assert "declaration.fixed" in {one["rule"] for one in shown["problems"]}
