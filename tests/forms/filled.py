"""A day and a case with nothing wrong, that the rules can find."""

from datetime import date
from decimal import Decimal

from forms.facts.record import (
    Case,
    Contact,
    Duration,
    Instalments,
    OtherLicences,
    OwnUse,
    Party,
    Patent,
    Royalty,
)

DAY = date(2022, 9, 1)
FULL = Case(
    pack="hubei-2022",
    patent=Patent(
        number="ZL202110345678.3",
        title="一种水冷散热装置",
        filing_date=date(2021, 3, 30),
        grant_date=date(2022, 3, 8),
        legal_status="有效",
    ),
    owners=(Party(name="武汉示例大学", kind="unit"),),
    own_use=OwnUse(way="none"),
    other_licences=OtherLicences(way="none"),
    offer_end=date(2030, 12, 31),
    single_term=Duration(count=3),
    region="全省",
    royalty=Royalty(
        way="instalments",
        instalments=Instalments(
            first_days=30,
            first_amount=Decimal(60000),
            cycle="quarter",
            each_days=15,
            batches=4,
            each_amount=Decimal(30000),
        ),
    ),
    other_terms="许可人可提供技术指导。",
    contact=Contact(
        name="陈思远",
        address="湖北省武汉市示例路1号",
        postcode="430070",
        phone="027-87000000",
        email="chen@example.com.cn",
    ),
)
