"""A sound case, a sound contract, and a way to ask one rule about a changed one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from forms.check.case_check import Checker
from forms.check.wording import Wording, message_key, slots
from forms.facts.paths import with_value
from forms.facts.record import (
    Bank,
    Case,
    Contact,
    Duration,
    Licence,
    LumpSum,
    OtherLicences,
    OwnUse,
    Party,
    Patent,
    Royalty,
)
from forms.pack.load import load
from forms.pack.types import Pack
from forms.rules import EVERYWHERE, REGISTRY, Subject

TODAY = date(2024, 6, 3)
HUBEI = Path(__file__).parents[3] / "resources" / "packs" / "hubei-2022"

Ask = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="session")
def hubei() -> Pack:
    return load(HUBEI)


@pytest.fixture(scope="session")
def checker(hubei: Pack) -> Checker:
    return Checker(hubei)


@pytest.fixture
def sound() -> Case:
    return Case(
        pack="hubei-2022",
        patent=Patent(
            number="ZL202110345678.3",
            title="一种水冷散热装置",
            filing_date=date(2021, 3, 31),
            grant_date=date(2022, 3, 8),
            inventors=("张三",),
            legal_status="有效",
            fee_paid_to=date(2025, 3, 31),
        ),
        owners=(
            Party(
                name="武汉示例大学",
                kind="unit",
                identity_number="91420600MA4E2AMP0C",
                address="武汉市示例路1号",
                representative="李四",
            ),
        ),
        own_use=OwnUse(way="none"),
        other_licences=OtherLicences(way="none"),
        offer_end=date(2030, 12, 31),
        single_term=Duration(count=3),
        region="全省",
        royalty=Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(100000))),
        contact=Contact(
            name="王五",
            address="武汉市示例路1号",
            postcode="430070",
            phone="027-87000000",
            email="wang@example.com.cn",
        ),
    )


@pytest.fixture
def contract() -> Licence:
    return Licence(
        licensee=Party(
            name="襄阳示例股份有限公司",
            kind="unit",
            identity_number="91420600MA4E2AMP0C",
            address="襄阳市示例大道6号",
            representative="孙示例",
            contact="周晓",
            phone="0710-3000001",
        ),
        agreed="as_offered",
        manner="制造、使用、销售",
        scope="湖北省",
        starts_on=date(2024, 7, 1),
        ends_on=date(2027, 6, 30),
        bank=Bank(name="示例银行", address="武汉市示例路90号", account="4200000000000000001"),
        penalty="每逾期一日，按未付金额的万分之五",
        infringement_duty="承担由此产生的全部法律责任。",
        improvements_to="licensee",
        dispute="court",
        copies=5,
    )


def changed(record: Any, changes: Mapping[str, Any]) -> Any:
    """A copy of a record with the values put at the paths, in order."""
    for path, value in changes.items():
        record = with_value(record, path, value)
    return record


@pytest.fixture
def ask(sound: Case, contract: Licence, hubei: Pack) -> Ask:
    """Ask one rule about the sound case with some changes: what fields, in which variant.

    Changes under "licence." change the contract, which is then what the rule is asked about.
    """
    wording = Wording(hubei)
    bindings = {binding.rule: binding for binding in hubei.rules}

    def ask_rule(
        rule_id: str,
        changes: Mapping[str, Any] | None = None,
        *,
        today: date = TODAY,
        of_contract: bool = False,
        params: Mapping[str, Any] | None = None,
        **known: Any,
    ) -> list[tuple[str, str]]:
        changes = changes or {}
        case = changed(sound, {k: v for k, v in changes.items() if not k.startswith("licence.")})
        mine = {k.removeprefix("licence."): v for k, v in changes.items() if k.startswith("lic")}
        rule = REGISTRY[rule_id]
        subject = Subject(case, today, field=wording.field, **known)
        if mine or of_contract or rule_id.startswith("contract."):
            subject = subject.of_licence(changed(contract, mine), 0)
        blank = {name: kind() for name, kind in rule.params.items()}
        given = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in (blank | (params or bindings[rule_id].params)).items()
        }
        findings = list(rule.find(subject, given))
        for finding in findings:
            assert slots(hubei.wording[message_key(rule_id, finding.variant)]) <= {
                *finding.params,
                *EVERYWHERE,
            }
            assert set(finding.params) == rule.variants[finding.variant]
            assert "{" not in wording.sentence(finding, rule_id)
        return [(finding.field, finding.variant) for finding in findings]

    return ask_rule
