"""What a slot says for a case: formatted, hidden where a way is not chosen, as typed if unread."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from forms.facts.paths import UnknownPath
from forms.facts.record import (
    Bank,
    Case,
    Duration,
    Extra,
    Instalments,
    Licence,
    LumpSum,
    Office,
    OwnUse,
    Party,
    Patent,
    Royalty,
)
from forms.pack.language import When
from forms.pack.slots import Slot, parse
from forms.pack.types import Pack
from forms.paper.printed_values import View

replace = msgspec.structs.replace


def said(text: str, pack: Pack, case: Case | None = None, licence: Licence | None = None) -> str:
    view = View(
        case=case or Case(), pack=pack, licence=licence, office=Office(name="示例大学"), row=7
    )
    return say(text, view)


def say(text: str, view: View) -> str:
    (slot,) = parse(text)
    assert isinstance(slot, Slot)
    return view.answer(slot)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{patent.number}", "ZL202110345678.3"),
        ("{patent.grant_date}", "2023年5月16日"),
        ("{offer_end:year}", "2030"),
        ("{offer_end:month}", "12"),
        ("{offer_end:day}", "31"),
        ("{royalty.entry_running.entry_fee:money}", "100,000.00"),
        ("{royalty.entry_running.entry_fee}", "100000"),
        ("{royalty.entry_running.entry_fee:capitals}", "（人民币壹拾万元整）"),
        ("{royalty.entry_running.rate_percent}", "3"),
        ("{single_term}", "1年"),
        ("{patent.inventors}", "张喆、李鋐、王示例"),
        ("{patent.inventors:from=1}", "李鋐；王示例"),
        ("{owners:names}", "示例大学；江汉示例智能装备有限公司"),
        ("{owners:names,number_from=2}", "1. 示例大学；2. 江汉示例智能装备有限公司"),
        ("{owners:names,number_from=3}", "示例大学；江汉示例智能装备有限公司"),
        ("{owners.1.name}", "江汉示例智能装备有限公司"),
        ("{owners.5.name}", ""),
        ("{derived.kind}", "发明"),
        ("{derived.term_text}", "2021年3月31日至2041年3月30日"),
        (
            "{patent.number+patent.title:join=，}",
            "ZL202110345678.3，基于多传感器融合的桥梁裂缝检测方法及系统",
        ),
        ("{patent.legal_status|patent.title}", "有效"),
        ("{other_terms+patent.transferred_on|region:all,join=至}", "武汉市"),
        ("{region+patent.transferred_on:join=至}", "武汉市"),
        ("{own_use.way}", "已自行实施"),
        ("{own_use.way:place=none/used}", "2"),
        ("{own_use.way:place=none}", ""),
        ("{region:without=市}", "武汉"),
        ("{office.name}", "示例大学"),
        ("{row}", "7"),
        ("{'免费使用':blank}", "免费使用"),
        ("{:blank}", ""),
        ("{patent.evaluation_report}", ""),
    ],
)
def test_an_answer_is_printed_as_the_slot_asks(
    pack: Pack, case: Case, text: str, words: str
) -> None:
    assert said(text, pack, case) == words


def test_yes_and_no_are_said_in_the_packs_words(pack: Pack) -> None:
    case = Case(patent=Patent(evaluation_report=True))
    assert said("{patent.evaluation_report}", pack, case) == "有"
    other = Case(extra={"asked": Extra(flag=False)})
    assert said("{extra.asked}", pack, other) == "无"


def test_answers_of_a_way_not_chosen_are_kept_but_not_printed(pack: Pack) -> None:
    royalty = Royalty(way="free", lump_sum=LumpSum(days=30, amount=Decimal(5)))
    case = Case(royalty=royalty, own_use=OwnUse(way="none", period="2023年"))
    assert said("{royalty.lump_sum.days}", pack, case) == ""
    assert said("{own_use.period}", pack, case) == ""
    chosen = replace(case, royalty=replace(royalty, way="lump_sum"))
    assert said("{royalty.lump_sum.days}", pack, chosen) == "30"


def test_totals_of_instalments_are_printed_only_where_instalments_are_chosen(pack: Pack) -> None:
    instalments = Instalments(first_amount=Decimal(60000), each_amount=Decimal(20000), batches=7)
    case = Case(royalty=Royalty(way="instalments", instalments=instalments))
    assert said("{derived.instalment_times}", pack, case) == "8"
    assert said("{derived.instalment_total:money}", pack, case) == "200,000.00"
    other = replace(case, royalty=replace(case.royalty, way="free"))
    assert said("{derived.instalment_times}", pack, other) == ""


def test_what_could_not_be_read_is_printed_as_it_was_typed(pack: Pack) -> None:
    case = Case(unread={"offer_end": "2030年2月30日", "owners.0.phone": "多个电话"})
    assert said("{offer_end:year}", pack, case) == "2030年2月30日"
    assert said("{offer_end:month}", pack, case) == ""
    (view,) = View(case=case, pack=pack).each("owners")
    assert say("{item.phone}", view) == "多个电话"
    licence = Licence(unread={"copies": "三四份"})
    assert said("{licence.copies:numeral}", pack, Case(), licence) == "三四份"
    assert said("{licence.copies:numeral}", pack, Case()) == ""


def test_the_contract_has_the_offers_royalty_unless_another_was_agreed(
    pack: Pack, case: Case, licence: Licence
) -> None:
    offered = replace(licence, agreed="as_offered")
    assert said("{agreed.entry_running.entry_fee:money}", pack, case, offered) == "100,000.00"
    assert said("{agreed.instalments.batches}", pack, case, licence) == "7"
    assert said("{derived.licence_instalment_times}", pack, case, licence) == "8"
    assert said("{derived.licence_instalment_times}", pack, case, offered) == ""
    open_yet = replace(licence, agreed=None)
    assert said("{agreed.entry_running.entry_fee:money}", pack, case, open_yet) == ""
    assert said("{agreed.entry_running.entry_fee:money}", pack, case) == ""


def test_the_licences_bank_comes_before_the_first_owners(
    pack: Pack, case: Case, licence: Licence
) -> None:
    assert said("{bank.name}", pack, case, licence) == "示例银行武汉分行"
    own = replace(licence, bank=Bank(account="42"))
    assert said("{bank.name}", pack, case, own) == ""
    assert said("{bank.account}", pack, case, own) == "42"
    assert said("{bank.account}", pack, Case()) == ""


def test_only_what_the_chosen_answer_needs_is_printed(pack: Pack, licence: Licence) -> None:
    court = replace(licence, dispute="court")
    assert said("{licence.arbitration_commission}", pack, Case(), licence) == "武汉仲裁委员会"
    assert said("{licence.arbitration_commission}", pack, Case(), court) == ""


def test_an_amount_no_capitals_can_write_has_none(pack: Pack) -> None:
    royalty = Royalty(way="lump_sum", lump_sum=LumpSum(amount=Decimal("-5")))
    case = Case(royalty=royalty)
    assert said("{royalty.lump_sum.amount:capitals}", pack, case) == ""
    assert said("{licence.copies:numeral}", pack, case, Licence(copies=-1)) == "-1"
    assert said("{licence.copies:numeral}", pack, case, Licence(copies=5)) == "伍"


def test_each_owner_signs_or_the_one_who_represents_all(pack: Pack, case: Case) -> None:
    def signers(filled: Case) -> list[str]:
        return [say("{item.name}", view) for view in View(case=filled, pack=pack).each("signers")]

    assert signers(case) == ["示例大学", "江汉示例智能装备有限公司"]
    one = replace(case, signing="representative", signing_representative="江汉示例智能装备有限公司")
    assert signers(one) == ["江汉示例智能装备有限公司"]
    stranger = replace(one, signing_representative="王示例")
    assert signers(stranger) == ["王示例"]
    (view,) = View(case=stranger, pack=pack).each("signers")
    assert say("{item.phone}", view) == ""
    assert signers(replace(one, signing_representative="")) == signers(case)
    assert signers(Case()) == [""]


def test_the_offers_contact_is_the_first_owners_alone(pack: Pack, case: Case) -> None:
    first, second = View(case=case, pack=pack).each("owners")
    assert say("{item.contact|offer_contact.name}", first) == "张喆"
    assert say("{item.contact|offer_contact.name}", second) == ""


def test_the_licensee_is_an_item_too(pack: Pack, case: Case, licence: Licence) -> None:
    (view,) = View(case=case, pack=pack, licence=licence).each("licensee")
    assert say("{item.name}", view) == "襄阳示例轨道装备股份有限公司"


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        (None, True),
        (When(path="own_use.way", is_="used"), True),
        (When(path="own_use.way", is_="none"), False),
        (When(path="own_use.way", in_=("none", "used")), True),
        (When(path="patent.pledge", in_=("", "none")), True),
        (When(path="patent.pledge", filled=True), False),
        (When(path="region", filled=True), True),
        (When(path="patent.evaluation_report", is_="true"), True),
        (When(path="single_term", is_="?"), True),
    ],
)
def test_conditions(pack: Pack, when: When | None, holds: bool) -> None:
    case = Case(
        own_use=OwnUse(way="used"),
        region="全省",
        patent=Patent(evaluation_report=True),
        unread={"single_term": "很久"},
    )
    assert View(case=case, pack=pack).holds(when) is holds


def test_inside_an_option_not_chosen_nothing_is_said(pack: Pack, case: Case) -> None:
    shut = View(case=case, pack=pack).shut()
    assert say("{patent.number}", shut) == ""
    assert say("{'免费使用':blank}", shut) == ""
    assert shut.unread("patent.number") == ""


@pytest.mark.parametrize("path", ["patent.colour", "derived.mood", "licence.mood", "row.seven"])
def test_an_unknown_path_is_not_guessed(pack: Pack, path: str) -> None:
    with pytest.raises(UnknownPath):
        View(case=Case(), pack=pack).value(path)


def test_other_printed_values(pack: Pack) -> None:
    case = Case(
        owners=(Party(), Party(name="甲")),
        single_term=Duration(count=18, unit="month"),
        patent=Patent(fee_paid_to=date(2025, 3, 1)),
        extra={"rate": Extra(amount=Decimal("2.50")), "note": Extra(text="见附件")},
    )
    assert said("{owners:names}", pack, case) == "甲"
    assert said("{single_term}", pack, case) == "18个月"
    assert said("{extra.rate}", pack, case) == "2.5"
    assert said("{extra.note}", pack, case) == "见附件"
    assert said("{extra.none}", pack, case) == ""
