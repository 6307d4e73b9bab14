"""The sentences of a check, read aloud as an office says them: what is wrong, then what to do."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from forms.check.case_check import check
from forms.facts.paths import with_value
from forms.facts.record import (
    Case,
    Contact,
    EntryRunning,
    Instalments,
    Licence,
    LumpSum,
    OwnUse,
    Patent,
    Royalty,
)
from forms.pack.load import load
from forms.rules.base import round_money

HUBEI = load(Path(__file__).parents[3] / "resources" / "packs" / "hubei-2022")
TODAY = date(2024, 6, 3)
PATENT = Patent(number="ZL202110345678.3", title="散热装置", filing_date=date(2021, 3, 31))


@dataclass(frozen=True)
class Said:
    """One fact of a case, and what a clerk is told of it."""

    field: str
    value: object
    sentence: str


def told(case: Case, field: str, licence: Licence | None = None) -> list[str]:
    licences = [licence] if licence else []
    problems = check(case, HUBEI, TODAY, licences=licences)
    return [p.message.partition("：")[2] for p in problems if p.field == field]


CASE = Case(pack="hubei-2022", patent=PATENT)
SAYINGS = (
    Said(
        "patent.grant_date",
        date(2025, 1, 2),
        "2025年1月2日晚于今天，授权公告后才能开放许可，请核对日期。",
    ),
    Said("patent.legal_status", "失效", "法律状态为“失效”，只有有效专利才能开放许可，请核对。"),
    Said("patent.title", "Cooler", "“Cooler”中没有汉字，外文名称请填中文译名。"),
    Said(
        "contact.phone",
        "12",
        "电话号码“12”格式有误，请填手机号码，或带区号的座机号码，例如 027-87000000。",
    ),
    Said("offer_end", date(2024, 6, 2), "2024年6月2日早于今天，请改为今天或以后的日期。"),
)


@pytest.mark.parametrize("said", SAYINGS, ids=lambda said: said.field)
def test_a_fact_is_answered_in_the_words_of_an_office(said: Said) -> None:
    assert said.sentence in told(with_value(CASE, said.field, said.value), said.field)


@pytest.mark.parametrize(
    ("royalty", "field", "sentence"),
    [
        (
            Royalty(way="lump_sum", lump_sum=LumpSum(amount=Decimal(100000))),
            "royalty.lump_sum.days",
            "已选“一次总付”，请填写付款期限。",
        ),
        (
            Royalty(way="lump_sum", lump_sum=LumpSum(days=0, amount=Decimal(100000))),
            "royalty.lump_sum.days",
            "应为 1 以上的整数，现为 0，请改正。",
        ),
        (
            Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal("25500000"))),
            "royalty.lump_sum.amount",
            "固定费用共 2550 万元，超过一般上限 2000 万元，请核对金额，并备好计算依据。",
        ),
        (
            Royalty(way="instalments", instalments=Instalments(first_days=30)),
            "royalty.instalments.cycle",
            "已选“分期支付”，请填写会计周期。",
        ),
        (
            Royalty(way="entry_running", entry_running=EntryRunning(rate_percent=Decimal("0.03"))),
            "royalty.entry_running.rate_percent",
            "比例 0.03% 过低，请核对是否应为 3%（百分之三填 3 或 3%）；确为 0.03% 的，无须修改。",
        ),
    ],
)
def test_the_royalty_is_told_by_the_way_that_was_chosen(
    royalty: Royalty, field: str, sentence: str
) -> None:
    assert sentence in told(msgspec.structs.replace(CASE, royalty=royalty), field)


def test_an_answer_whose_blanks_are_empty_is_named_with_them() -> None:
    case = msgspec.structs.replace(CASE, own_use=OwnUse(way="used", period="2022年起"))
    assert told(case, "own_use.scope") == ["已选“已自行实施”，请填写范围。"]
    assert told(case, "own_use.period") == []


def test_a_choice_of_the_contract_is_named_beside_its_blank() -> None:
    arbitrated = Licence(dispute="arbitration", improvements_to="both", improvements_other="各半")
    field = "licence.0.arbitration_commission"
    assert told(CASE, field, arbitrated) == ["已选“提交仲裁委员会仲裁”，请填写仲裁委员会。"]
    assert told(CASE, "licence.0.improvements_other", arbitrated) == [
        "已选“许可人和被许可人共同所有”，此处内容不会打印，请清空，或改选。"
    ]


def test_a_contact_whose_postcode_lacks_a_figure_hears_what_it_should_have() -> None:
    case = msgspec.structs.replace(CASE, contact=Contact(postcode="43007"))
    assert told(case, "contact.postcode") == ["应为 6 位数字，现为“43007”，请核对。"]


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("20000000", "2000 万元"),
        ("20500000", "2050 万元"),
        ("20001200", "2000.12 万元"),
        ("20000001", "20,000,001.00 元"),
        ("20000000.5", "20,000,000.50 元"),
    ],
)
def test_a_large_amount_is_written_as_offices_write_it(amount: str, text: str) -> None:
    assert round_money(Decimal(amount)) == text


@pytest.mark.parametrize(
    "phrase",
    [
        "还没有",
        "不像",
        "写的是",
        "写有",
        "好像",
        "多半",
        "不能读作",
        "应当是不小于",
        "不用改",
        "的话，",
    ],
)
def test_no_sentence_falls_back_into_talk(phrase: str) -> None:
    assert [key for key, template in HUBEI.wording.items() if phrase in template] == []


@pytest.mark.parametrize("key", HUBEI.wording)
def test_sentences_are_set_in_full_width_marks(key: str) -> None:
    assert not set(",;:!?()") & set(HUBEI.wording[key])
