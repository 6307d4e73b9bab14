"""The scenes of the 简要说明: filled in as it should be, with something amiss, still blank."""

from datetime import date
from decimal import Decimal

import msgspec
from PySide6.QtWidgets import QWidget

from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.statement_page import StatementPage
from desktop.program.app import Program
from desktop.screens.scene_waits import page_shown
from forms.facts.paths import with_value
from forms.facts.record import (
    Case,
    Contact,
    DataSource,
    EntryRunning,
    Factor,
    Party,
    Patent,
    Royalty,
    Statement,
)

PACK = "cnipa-2024"
_BATTERY = Case(
    pack=PACK,
    patent=Patent(
        number="ZL202110067731.8",
        title="一种锂离子电池高镍正极材料的包覆改性方法",
        filing_date=date(2021, 1, 19),
        grant_date=date(2022, 6, 14),
        legal_status="有效",
        fee_paid_to=date(2027, 1, 19),
    ),
    owners=(Party(name="示例大学", kind="unit"),),
    offer_end=date(2027, 12, 31),
    royalty=Royalty(
        way="entry_running",
        entry_running=EntryRunning(
            entry_fee=Decimal(50_000), rate_percent=Decimal(3), base="net_sales"
        ),
    ),
    contact=Contact(
        name="陈思远",
        address="武汉市洪山区示例路1号",
        postcode="430000",
        phone="027-87000000",
        email="chen@example.edu.cn",
    ),
    statement=Statement(
        method="statistics",
        base_amount=Decimal(1_660_000),
        base_years=Decimal("3.0"),
        base_note="国知办函运字〔2024〕1070号",
        licensees=6,
        licensees_reason="同类改性生产线调查，11家有意向，按六成估计",
        factors=(
            Factor(
                name="许可年限",
                value=Decimal("1.1"),
                reason="2026-12-01至2027-12-31，按声明的许可期限",
            ),
            Factor(
                name="技术成熟度",
                value=Decimal("0.60"),
                reason="完成中试，尚无批量产品，被许可人须自行放大",
            ),
            Factor(
                name="地域与规模",
                value=Decimal("0.85"),
                reason="主要面向省内中小企业，单线产能较小",
            ),
        ),
        sources=(DataSource(name="国知办函运字〔2024〕1070号", day=date(2024, 12, 13)),),
        use="本专利保护一种高镍正极材料的表面包覆改性方法，已在校内完成公斤级中试，"
        "被许可人实施本专利，主要是改造现有的烧结、包覆工序，制造、销售改性后的正极材料",
    ),
)


def statement(program: Program) -> None:
    """A statement filled in."""
    _opened(program, _BATTERY, "statement.base_amount")


def statement_wrong(program: Program) -> QWidget | None:
    """Words of advertising, a fee above the cap, a part rewritten by hand, a factor unread."""
    royalty = with_value(_BATTERY.royalty, "entry_running.entry_fee", Decimal(26_000_000))
    case = msgspec.structs.replace(_BATTERY, royalty=royalty)
    edited = "（一）声明的入门费照国内领先的同类技术确定。"
    case = with_value(case, "statement.edited.review", edited)
    page = _opened(program, case, "statement.factors.1.value")
    page.session.draft.type("statement.factors.1.value", "六成")
    page.session.note_step_left("statement")
    return None


def statement_words(program: Program) -> None:
    """The text part by part, one rewritten by hand."""
    edited = "（一）许可年限按声明的许可期限取1.1。\n（二）其余各项照中试数据取用。"
    case = with_value(_BATTERY, "statement.edited.reckoning", edited)
    _opened(program, case, "statement.edited.reckoning")


def statement_blank(program: Program) -> None:
    """Nothing of the statement is said yet."""
    blank = msgspec.structs.replace(_BATTERY, statement=Statement())
    _opened(program, blank, "statement.method")


def _opened(program: Program, case: Case, path: str) -> WizardPage:
    assert program.desk is not None
    program.desk.choose_pack(PACK)
    kept = program.desk.store.cases.save(case)
    program.desk.go("wizard", case_id=kept.id, path=path)
    page = page_shown(program, WizardPage)
    assert isinstance(page.stage.form, StatementPage)
    return page
