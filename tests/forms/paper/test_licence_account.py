"""What papers print of a licence's life: the sheet for its recordal, the letter that asks."""

from datetime import date
from decimal import Decimal as D

from msgspec.structs import replace

from forms.facts.licence_life import (
    Life,
    Notice,
    Proof,
    Receipt,
    Recordal,
    RoyaltyReport,
    RunningTerms,
)
from forms.facts.record import Case, EntryRunning, Licence, Party, Patent, Royalty
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.compose import compose
from forms.paper.document_words import words
from forms.paper.made_for import is_for

PACK = load(packs_folder() / "cnipa-2024")
TODAY = date(2026, 11, 29)
PROVED = Proof(name="回单.pdf", sha256="0" * 64)
CASE = Case(
    patent=Patent(number="ZL202110345678.3", title="桥梁裂缝检测方法"),
    owners=(Party(name="示例大学"), Party(name="示例公司")),
    offer_end=date(2030, 12, 31),
    royalty=Royalty(
        way="entry_running",
        entry_running=EntryRunning(entry_fee=D(100000), rate_percent=D(3), base="net_sales"),
    ),
)
LICENCE = Licence(
    licensee=Party(name="襄阳示例公司"),
    agreed="as_offered",
    life=Life(
        notice=Notice(day=date(2026, 3, 9), proof=PROVED),
        running=RunningTerms(cycle="quarter", days=15),
        receipts=(
            Receipt(day=date(2026, 3, 16), amount=D(100000), proof=PROVED),
            Receipt(day=date(2026, 7, 20), amount=D(20000)),
        ),
        reports=(
            RoyaltyReport(period="2026-Q1", base=D(0)),
            RoyaltyReport(period="2026-Q2", base=D(1280000)),
        ),
        recordal=Recordal(by="licensor", agent=False),
    ),
)


def said(code: str, licence: Licence, today: date | None = TODAY, pack: Pack = PACK) -> list[str]:
    document = compose(pack.papers[code], CASE, pack, licence=licence, today=today)
    return words(document).split("\n")


def test_the_sheet_lists_the_seven_papers_to_the_letter_with_one_tick_each() -> None:
    """专利审查指南 第五部分第十一章 7."""
    lines = said("recordal", LICENCE, date(2026, 4, 1))
    start = lines.index("序号材料名称已备待补不适用页数、日期或说明")
    papers = lines[start + 1 : start + 8]
    assert [line[: line.index("☑" if "☑□□" in line else "□")] for line in papers] == [
        "1请求人签章的专利实施许可合同备案申请表",
        "2被许可人以书面方式向专利权人发出的通知",
        "3被许可人向专利权人支付许可使用费的凭证（或专利权人收到许可使用费的凭证）",
        "4请求人身份证明",
        "5委托代理的，注明委托权限的委托书",
        "6经办人身份证明",
        "7其他需要提供的材料",
    ]
    assert all(line.count("☑") == 1 for line in papers)
    text = "".join(lines)
    assert "生效2026年3月16日" in text
    assert "至2026年6月16日" in text
    assert "逾期" not in text


def test_a_late_sheet_wants_the_explanation_sealed_by_both() -> None:
    text = "".join(said("recordal", LICENCE))
    assert "8逾期备案的说明（双方签章）" in text


def test_the_letter_asks_for_what_is_owed_and_only_for_it() -> None:
    both = "".join(said("reminder", LICENCE))
    assert "关于催报提成报表和催付许可使用费的函" in both
    assert "提成费为净销售额的3%，提成报表和款项应于每季度终了后15日内送达" in both
    assert "2026年二季度2026-07-15已收1,280,000.0020,000.0018,400.00137" in both
    assert "2026年三季度2026-10-15未收—0.00待报表核定45" in both
    assert "一、补报2026年三季度的提成报表" in both
    assert "二、付清未付的许可使用费18,400.00元。" in both
    third = RoyaltyReport(period="2026-Q3", base=D(0))
    life = replace(LICENCE.life, reports=(*LICENCE.life.reports, third))
    money = "".join(said("reminder", replace(LICENCE, life=life)))
    assert "关于催付许可使用费的函" in money
    assert "补报" not in money


def test_a_letter_is_none_of_a_licence_without_a_day_that_it_is_late_on() -> None:
    assert not is_for(PACK.papers["reminder"], CASE, PACK, licence=LICENCE)
    assert is_for(PACK.papers["recordal"], CASE, PACK, licence=LICENCE)
