"""What could not be read goes where it was answered, and stays with the party it was said of."""

import msgspec

from forms.exchange.import_plan import plan
from forms.exchange.sheets import Sheet
from forms.facts.left_unread import left_unread
from forms.facts.paths import with_value
from forms.facts.record import Case, Factor, Party
from forms.ground.locate import packs_folder
from forms.pack.load import load
from tests.forms.kept import Kept

PACK = load(packs_folder() / "hubei-2022")
FIRST, SECOND = Party(name="示例大学", kind="unit"), Party(name="江汉公司", kind="unit")
HEAD = ["专利号", "专利名称", "专利权人", "帐号"]
NUMBER = "ZL202110345678.3"


def imported(accounts: object, owners: str = "示例大学；江汉公司", before: object = None) -> object:
    sheet = Sheet("清单.xlsx", "", [HEAD, [NUMBER, "一种装置", owners, accounts]])  # type: ignore[list-item]
    (row,) = plan([sheet], PACK, [before] if before else []).rows  # type: ignore[list-item]
    return row


def kept(row: object) -> Kept:
    return Kept(1, row.case, row.imported)  # type: ignore[attr-defined]


def test_an_account_that_was_cut_stays_with_its_owner_and_the_other_is_read() -> None:
    case = imported("4200000000000000001；6.22202E+18").case  # type: ignore[attr-defined]
    assert [owner.bank.account for owner in case.owners] == ["4200000000000000001", ""]
    assert case.unread == {"owners.1.bank.account": "6.22202E+18"}


def test_a_number_cell_of_one_owner_is_looked_at_as_a_number() -> None:
    case = imported(6222021234567890.0, "示例大学").case  # type: ignore[attr-defined]
    assert list(case.unread) == ["owners.0.bank.account"]


def test_accounts_that_do_not_fit_the_owners_stay_whole() -> None:
    case = imported("1；2；3").case  # type: ignore[attr-defined]
    assert case.unread == {"owners.bank.account": "1；2；3"}


def test_the_workbook_mends_it_and_the_same_again_changes_nothing() -> None:
    first = imported("4200000000000000001；6.22202E+18")
    again = imported("4200000000000000001；6.22202E+18", before=kept(first))
    assert again.action == "unchanged"  # type: ignore[attr-defined]
    mended = imported("4200000000000000001；6222021234567890123", before=kept(first))
    assert mended.case.unread == {}  # type: ignore[attr-defined]
    (change,) = mended.changes  # type: ignore[attr-defined]
    assert change[1:] == (
        "4200000000000000001；6.22202E+18",
        "4200000000000000001；6222021234567890123",
    )


def put(case: Case, path: str, value: object) -> Case:
    after = with_value(case, path, value)
    return msgspec.structs.replace(after, unread=left_unread(path, case, after))


def test_what_was_said_of_all_goes_once_it_is_said_of_each() -> None:
    case = Case(owners=(FIRST, SECOND), unread={"owners.bank.account": "1；2；3"})
    case = put(case, "owners.0.bank.account", "42000001")
    assert case.unread == {"owners.bank.account": "1；2；3"}
    assert put(case, "owners.1.bank.account", "42000002").unread == {}


def test_it_goes_with_its_party_up_and_down_and_away() -> None:
    unread = {"owners.1.bank.account": "6.22E+18", "region": "#"}
    case = Case(owners=(FIRST, SECOND), unread=unread)
    there = {"owners.0.bank.account": "6.22E+18", "region": "#"}
    assert put(case, "owners", (SECOND, FIRST)).unread == there
    assert put(case, "owners", (FIRST,)).unread == {"region": "#"}
    filled = msgspec.structs.replace(SECOND, address="乙路")
    assert put(case, "owners", (filled, FIRST)).unread == there
    assert put(case, "region", "全省").unread == {"owners.1.bank.account": "6.22E+18"}


def test_a_factor_that_could_not_be_read_goes_with_it_or_away() -> None:
    one, two = Factor(name="许可年限"), Factor(name="技术成熟度")
    case = with_value(Case(), "statement.factors", (one, two))
    case = msgspec.structs.replace(case, unread={"statement.factors.1.value": "六成"})
    moved = with_value(case, "statement.factors", (two,))
    assert left_unread("statement.factors", case, moved) == {"statement.factors.0.value": "六成"}
    assert left_unread("statement.factors", case, with_value(case, "statement.factors", ())) == {}
