"""A pilot's case made a declaration: what becomes of everything it says, and what bars it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.check.case_check import check
from forms.check.conversion import Converted, converted, filled
from forms.facts.paths import value_at, with_value
from forms.facts.record import Case, Duration, Party
from forms.pack.load import load
from tests.forms.filled import FULL

PACKS = Path(__file__).parents[3] / "resources" / "packs"
HUBEI, CNIPA = load(PACKS / "hubei-2022"), load(PACKS / "cnipa-2024")
TODAY = date(2026, 11, 24)


def looked(case: Case) -> Converted:
    return converted(case, HUBEI, CNIPA, TODAY, check(case, HUBEI, TODAY))


def changed(changes: dict[str, Any]) -> Case:
    case = FULL
    for path, value in changes.items():
        case = with_value(case, path, value)
    return case


def test_what_goes_along_changes_is_new_and_is_dropped() -> None:
    made = looked(FULL)
    rows = {row.label: row for row in made.rows}
    assert made.reasons == ()
    assert (made.case.pack, made.case.converted_from) == ("cnipa-2024", "hubei-2022")
    assert made.case.patent == FULL.patent
    assert (made.case.royalty, made.case.contact) == (FULL.royalty, FULL.contact)
    assert (made.case.region, made.case.single_term, made.case.own_use.way) == ("", None, None)
    assert rows["实施地域"].after == ("中国境内任何单位或者个人",)
    assert (rows["实施地域"].before, rows["实施地域"].basis) == (("全省",), "指南 1")
    assert rows["支付标准"].before[0] == "分期支付，共 180,000.00 元"
    assert "请再看一遍" in rows["支付标准"].after[1]
    assert rows["单次许可期限"].becomes == "dropped"
    assert rows["简要说明"].becomes == "new"
    assert "共有人书面声明" not in rows


def test_a_pilot_of_another_authority_is_worded_where_it_asks_less() -> None:
    case = msgspec.structs.replace(
        FULL, pack="cnipa-2022", owners=(*FULL.owners, Party(name="湖北示例公司"))
    )
    own = load(PACKS / "cnipa-2022")
    made = converted(case, own, CNIPA, TODAY, check(case, own, TODAY))
    assert made.reasons == ()
    (signing,) = (row for row in made.rows if row.label == "签章方式")
    assert signing.before == ("全体专利权人签章",)


def test_a_running_royalty_wants_its_base() -> None:
    made = looked(
        changed(
            {
                "royalty.way": "entry_running",
                "royalty.entry_running.entry_fee": Decimal(1000),
                "royalty.entry_running.rate_percent": Decimal(3),
            }
        )
    )
    assert made.case.royalty.entry_running.base is None
    assert [row.becomes for row in made.rows if row.label == "提成的基数"] == ["new"]


@pytest.mark.parametrize(
    ("changes", "basis"),
    [
        ({"other_licences.way": "granted", "other_licences.kind": "exclusive"}, "3.1(1)"),
        (
            {
                "other_licences.way": "granted",
                "other_licences.period": "五年",
                "other_licences.scope": "全国（独占许可）",
            },
            "3.1(1)",
        ),
        ({"patent.hold": "suspended"}, "3.1(2)"),
        ({"patent.fee_paid_to": date(2026, 3, 30)}, "3.1(3)"),
        ({"patent.pledge": "pledged"}, "3.1(4)"),
        ({"patent.legal_status": "终止"}, "3.1(5)"),
        (
            {"patent.filing_date": date(2001, 3, 30), "patent.grant_date": date(2003, 1, 1)},
            "3.1(5)",
        ),
        ({"patent.legal_status": "全部无效"}, "3.1(6)"),
        ({"patent.number": "ZL202120943363.4", "patent.evaluation_report": False}, "3.1(7)"),
        (
            {
                "patent.number": "ZL202120943363.4",
                "patent.evaluation_report": True,
                "patent.report_conclusion": "unqualified",
            },
            "3.1(8)",
        ),
    ],
)
def test_each_bar_refuses_by_its_paragraph(changes: dict[str, Any], basis: str) -> None:
    reasons = looked(changed(changes)).reasons
    assert [one.basis for one in reasons if "3.1" in one.basis] == [
        f"专利审查指南 第五部分第十一章 {basis}"
    ]
    assert all(one.message and one.rule for one in reasons)


@pytest.mark.parametrize(
    "changes",
    [
        # The pilot refused every pledge; the chapter one without the pledgee's consent.
        {"patent.pledge": "pledged_with_consent"},
        # Partly invalid is no bar: (6) says 全部无效.
        {"patent.legal_status": "部分无效"},
        # Not known is to be confirmed, not refused.
        {"patent.number": "ZL202120943363.4"},
        # A pilot's offer may be over; what is declared has an end of its own.
        {"offer_end": date(2024, 12, 31)},
    ],
)
def test_what_the_chapter_does_not_bar_is_converted(changes: dict[str, Any]) -> None:
    assert looked(changed(changes)).reasons == ()


def test_an_error_of_the_case_refuses_it_but_for_what_is_left_behind() -> None:
    (reason,) = looked(changed({"contact.name": ""})).reasons
    assert (reason.rule, reason.basis) == ("contact.blank", "信息表 第⑧栏")
    assert looked(changed({"single_term": Duration(count=0)})).reasons == ()


def test_the_nine_bars_are_known_needless_or_asked() -> None:
    states = [bar.state for bar in looked(FULL).bars]
    assert states == [
        *("known", "asked", "asked", "asked", "known", "asked"),
        *("needless", "needless", "asked"),
    ]


_TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)
_DAY = st.dates(date(2000, 1, 1), date(2060, 1, 1))
_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "region": _TEXT,
        "other_terms": _TEXT,
        "offer_end": _DAY,
        "single_term": st.builds(Duration, count=st.integers(1, 40)),
        "own_use.way": st.sampled_from(["none", "used"]),
        "own_use.scope": _TEXT,
        "other_licences.way": st.sampled_from(["none", "granted"]),
        "other_licences.period": _TEXT,
        "other_licences.kind": st.sampled_from(["ordinary", "sole", "exclusive"]),
        "royalty.way": st.sampled_from(["free", "lump_sum", "instalments", "other"]),
        "royalty.lump_sum.amount": st.decimals(1, 10**7, places=2),
        "royalty.other.text": _TEXT,
        "contact.phone": _TEXT,
        "signing": st.sampled_from(["every_owner", "representative"]),
        "signing_representative": _TEXT,
        "extra.payment_time": _TEXT,
        "extra.unheard_of": _TEXT,
        "patent.pledge": st.sampled_from(["none", "pledged"]),
    },
)


@given(changes=_CHANGES, unread=st.dictionaries(st.sampled_from(["region", "offer_end"]), _TEXT))
def test_no_fact_is_lost_silently(changes: dict[str, Any], unread: dict[str, str]) -> None:
    case = msgspec.structs.replace(changed(changes), unread=unread)
    made = looked(case)
    named = [path for row in made.rows for path in row.paths]
    for path in filled(case):
        if path in made.dropped:
            assert any(f"{path}.".startswith(f"{one}.") for one in named), path
            assert path not in made.case.unread
        else:
            assert value_at(made.case, path) == value_at(case, path)
            assert made.case.unread.get(path) == case.unread.get(path)
    assert (made.case.patent, made.case.owners) == (case.patent, case.owners)
