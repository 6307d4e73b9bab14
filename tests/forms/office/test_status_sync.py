"""An export against the ledger: what it changes, what must then be done, and what it never does."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.store import open_store
from forms.exchange.sheets import Sheet
from forms.exchange.status_export import StatusExport, read_status_export, synced_fields
from forms.facts.declaration import Declaration
from forms.facts.paths import value_at
from forms.facts.record import Case, Licence, Party, Patent
from forms.ground.locate import packs_folder
from forms.office.bulk_change import take_back
from forms.office.holdings import Holding, gathered
from forms.office.holdings import held as all_held
from forms.office.status_sync import StatusSync, chosen, planned, take_over
from forms.office.store import ChangedMeanwhile
from forms.office.stored import StoredCase, StoredLicence
from forms.pack.load import load
from forms.pack.reading import write

PACKS = (load(packs_folder() / "cnipa-2024"), load(packs_folder() / "hubei-2022"))
FIELDS = synced_fields(PACKS)
DAY = date(2026, 11, 30)
_THEN = datetime(2026, 1, 1, tzinfo=UTC)
NUMBER = "ZL201811203345.1"
PATENT = Patent(
    number=NUMBER,
    filing_date=date(2018, 10, 16),
    grant_date=date(2021, 1, 5),
    fee_paid_to=date(2027, 10, 16),
    legal_status="有效",
)
PUBLISHED = Declaration(filed_on=date(2025, 1, 2), published_on=date(2025, 2, 2))
OWNERS = (Party(name="武汉示例大学"), Party(name="某某（湖北）公司"))


def held(case: Case, *licences: Licence) -> list[Holding]:
    stored = StoredCase(
        id=1,
        revision=1,
        patent_id=1,
        case=case,
        imported={},
        created_at=_THEN,
        updated_at=_THEN,
    )
    granted = [
        StoredLicence(
            id=place, case_id=1, revision=1, licence=one, created_at=_THEN, updated_at=_THEN
        )
        for place, one in enumerate(licences, 1)
    ]
    return gathered([stored], {1: granted})


def export(*rows: Mapping[str, str]) -> StatusExport:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    table = [heads, *([row.get(head, "") for head in heads] for row in rows)]
    return read_status_export([Sheet(file="导出.xlsx", name="", rows=table)], PACKS)


def told(holdings: Sequence[Holding], *, day: date = DAY, **cells: str) -> StatusSync:
    return planned(holdings, export({"专利号": NUMBER, **cells}), day)


def bases(found: StatusSync) -> list[tuple[str, str]]:
    return [(one.what[:12], one.basis) for row in found.rows for one in row.to_do]


def test_a_published_declaration_is_withdrawn_when_its_right_is_lost() -> None:
    case = Case(patent=PATENT, owners=OWNERS, declaration=PUBLISHED)
    (what, basis), *_ = bases(told(held(case, Licence()), 法律状态="专利权全部无效"))
    assert what.startswith("撤回开放许可声明")
    assert basis == "专利法实施细则 第八十六条；专利审查指南 第五部分第十一章 2、4"
    withdrawn = msgspec.structs.replace(PUBLISHED, withdrawn_on=date(2026, 1, 2))
    case = msgspec.structs.replace(case, declaration=withdrawn)
    assert not bases(told(held(case), 法律状态="专利权全部无效"))


def test_a_transfer_of_a_declared_patent_calls_for_its_withdrawal() -> None:
    case = Case(patent=PATENT, owners=OWNERS, declaration=PUBLISHED)
    found = told(held(case), 专利权转移登记日="2026-11-02", 专利权人="另一公司")
    assert any("专利权已经转移" in one.what for one in found.rows[0].to_do)
    assert any(one.basis == "专利审查指南 第五部分第十一章 9" for one in found.rows[0].to_do)


def test_licensees_of_the_pilot_are_told_that_the_right_is_no_more() -> None:
    licence = Licence(licensee=Party(name="示例公司"))
    found = told(held(Case(patent=PATENT), licence), 法律状态="宣告专利权全部无效")
    assert [(one.what, one.basis) for one in found.rows[0].to_do] == [
        ("告知被许可人（示例公司）：专利权已宣告无效，视为自始即不存在", "专利法 第四十七条")
    ]
    assert not bases(told(held(Case(patent=PATENT)), 法律状态="宣告专利权全部无效"))


def test_a_lapse_of_which_little_is_known_still_says_how_it_is_asked_back() -> None:
    bare = Case(patent=Patent(number=NUMBER))
    ((what, basis),) = bases(told(held(bare), 法律状态="未缴年费专利权终止"))
    assert what.startswith("需要恢复的")
    assert "第六条" in basis


def test_owners_are_the_same_in_another_order_and_another_width() -> None:
    case = Case(patent=PATENT, owners=OWNERS)
    same = told(held(case), 专利权人="某某(湖北)公司；武汉示例大学")
    assert (same.rows, same.unchanged) == ((), 1)
    other = told(held(case), 专利权人="武汉示例大学").rows[0].differences
    assert [(one.is_conflict, one.is_taken) for one in other] == [(True, False)]
    new = told(held(Case(patent=PATENT)), 专利权人="武汉示例大学").rows[0].differences
    assert [(one.is_conflict, one.is_taken) for one in new] == [(False, True)]


_DAYS = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))
_STATUS = st.sampled_from(["", "有效", "授权", "年费滞纳期", "失效", "等恢复", "有效（质押）"])


@given(
    *(_DAYS, _DAYS, _DAYS, _DAYS, _STATUS, st.dates(date(2020, 1, 1), date(2030, 1, 1))),
    st.sampled_from([(), OWNERS[:1], OWNERS]),
)
def test_the_ledgers_own_words_change_nothing(
    filed: date | None,
    granted: date | None,
    paid_to: date | None,
    moved: date | None,
    status: str,
    day: date,
    owners: tuple[Party, ...],
) -> None:
    patent = Patent(
        number=NUMBER,
        filing_date=filed,
        grant_date=granted,
        fee_paid_to=paid_to,
        transferred_on=moved,
        legal_status=status,
    )
    case = Case(patent=patent, owners=owners)
    row = {field.columns[0]: write(field, value_at(case, field.path)) for field in FIELDS}
    found = told(held(case), day=day, **row)
    assert (found.rows, found.unknown, found.unchanged) == ((), (), 1)


def test_what_is_ticked_is_taken_over_in_one_step_and_back(tmp_path: Path) -> None:
    pilot = Case(pack="hubei-2022", patent=PATENT, owners=OWNERS)
    said = {"专利号": NUMBER, "法律状态": "失效", "专利权人": "他人"}
    with open_store(tmp_path / "案卷.db", now=lambda: _THEN) as store:
        for pack in ("hubei-2022", "cnipa-2024"):
            store.cases.save(msgspec.structs.replace(pilot, pack=pack))
        before = [one.case for one in store.cases.listed()]
        (row,) = planned(all_held(store), export(said), DAY).rows
        assert [one.path for one in row.differences if one.is_taken] == ["patent.legal_status"]

        both = chosen(row, {"patent.legal_status", "owners"}, DAY)
        done = take_over(store, [both])
        after = [one.case for one in store.cases.listed()]
        assert {case.patent.legal_status for case in after} == {"失效"}
        assert {case.owners[0].name for case in after} == {"他人"}
        assert take_back(store, done) == []
        assert [one.case for one in store.cases.listed()] == before

        owners_only = chosen(row, {"owners"}, DAY)
        take_over(store, [owners_only])
        with pytest.raises(ChangedMeanwhile, match=NUMBER):
            take_over(store, [both])
        assert store.cases.listed()[0].case.patent.legal_status == "有效"
