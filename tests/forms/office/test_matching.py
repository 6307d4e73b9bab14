"""A scan's name tells its paper, or tells nothing."""

import pytest

from forms.office.scan_names import Candidate, matched

INFO, CONSENT = "专利开放许可（试点）信息表", "同意开放许可（试点）的声明"
SUMMARY = "湖北省专利开放许可（试点）汇总表"


def _papers() -> list[Candidate[str]]:
    found = []
    for digits, title in (("202110345678", "一种桥梁"), ("202110067731", "锂电池材料")):
        for paper in (INFO, CONSENT):
            stem = f"ZL{digits}.3_{title}_{paper}"
            found.append(
                Candidate(
                    key=f"{digits}/{paper}", digits=digits, paper=paper, title=title, stem=stem
                )
            )
    whole = Candidate(key="summary", digits="", paper=SUMMARY, title="", stem=f"示例大学_{SUMMARY}")
    return [whole, *found]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (f"ZL202110345678.3_一种桥梁_{INFO}.pdf", f"202110345678/{INFO}"),
        (f"ZL202110345678.3_一种桥梁_{INFO} (2).pdf", f"202110345678/{INFO}"),
        (f"ZL202110345678.3_一种桥梁_{CONSENT}_已签章.PDF", f"202110345678/{CONSENT}"),
        ("202110345678.3信息表.pdf", f"202110345678/{INFO}"),
        ("ＺＬ２０２１１０３４５６７８．３ 声明 扫描件.pdf", f"202110345678/{CONSENT}"),
        ("锂电池材料-声明-盖章.pdf", f"202110067731/{CONSENT}"),
        ("汇总表.pdf", "summary"),
        (f"示例大学_{SUMMARY}.pdf", "summary"),
        ("202110345678.pdf", None),  # which of its papers?
        ("信息表.pdf", None),  # of which patent?
        ("扫描0001.pdf", None),
        ("", None),
        ("ZL201910000000.1 信息表.pdf", None),  # a patent nobody has
    ],
)
def test_a_name_tells_its_paper(name: str, key: str | None) -> None:
    assert matched(name, _papers()) == key


def test_two_papers_of_one_name_are_told_apart_by_hand() -> None:
    twice = [
        Candidate(key=key, digits="202110345678", paper=INFO, title="一种桥梁", stem="a")
        for key in ("one", "other")
    ]
    assert matched("a.pdf", twice) is None
    assert matched("a.pdf", []) is None
