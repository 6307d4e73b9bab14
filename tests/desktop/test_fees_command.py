"""At the command line: annual fees and duties, from the workbook to the calendar."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import openpyxl

from db.store import open_store
from forms.office.stored import DutyNote
from tests.desktop.clerk import GOOD, Clerk

TODAY = "2026-11-30"
DUE: Mapping[str, str] = {
    **GOOD,
    "专利号": "ZL202110345678.3",
    "申请日": "2021-03-30",
    "授权公告日": "2024-05-07",
    "年费已交至": "2027-03-30",
    "费减比例": "85%",
}
LATE = {
    **DUE,
    "专利号": "ZL201811203345.1",
    "申请日": "2018-10-16",
    "授权公告日": "2021-01-05",
    "年费已交至": "2026-10-16",
}


def test_what_is_owed_and_what_a_patent_costs_to_its_end(clerk: Clerk) -> None:
    clerk.imports(DUE, LATE)
    owed = clerk.types("fees", "--json", today=TODAY).json["patents"]
    assert [[(a["year"], a["state"]) for a in one["annuities"]] for one in owed] == [
        [(7, "due")],
        [(9, "grace"), (10, "due")],
    ]
    (whole,) = clerk.types("fees", DUE["专利号"], "--all-years", "--json", today=TODAY).json[
        "patents"
    ]
    assert (whole["patent_number"], whole["total_full"], whole["total_payable"]) == (
        *(DUE["专利号"], "79600.00"),
        "56140.00",
    )
    assert [one["year"] for one in whole["annuities"]] == list(range(4, 21))
    assert whole["annuities"][0]["state"] == "paid"
    assert whole["annuities"][-1]["state"] == "ahead"
    shown = clerk.types("fees", today=TODAY)
    assert "宽限期" in shown.out
    assert "2027 年的放假安排尚未收入程序" in shown.err


def test_the_payment_list_is_written_once(clerk: Clerk) -> None:
    clerk.imports(DUE, LATE)
    out = clerk.folder / "清单.xlsx"
    words = ("fees", "--payment-list", out, "--until", "2027-06-30")
    made = clerk.types(*words, "--json", today=TODAY)
    assert (made.code, made.json["rows"], made.json["total"]) == (0, 3, "700.00")
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert [sheet.cell(line, 6).value for line in (2, 3, 4)] == [
        *("发明专利第9年年费", "发明专利年费滞纳金", "发明专利第7年年费"),
    ]
    assert clerk.types(*words, today=TODAY).code == 2
    assert clerk.types(*words, "--force", today=TODAY).code == 0


def test_a_record_of_payments_moves_what_is_paid_to(clerk: Clerk) -> None:
    clerk.imports(DUE, LATE)
    paid = clerk.fills(
        {"专利号": LATE["专利号"], "费用类别": "发明专利第9年年费"}
        | {"应缴金额": "300", "缴费日期": "2026-11-28"},
        name="已缴.xlsx",
    )
    tried = clerk.types("fees", "--import", paid, "--dry-run", "--json", today=TODAY)
    change = {"patent_number": LATE["专利号"], "before": "2026-10-16", "after": "2027-10-16"}
    assert tried.json["changes"] == [change]
    assert clerk.types("fees", "--import", paid, "--json", today=TODAY).json["changes"] == [change]
    assert clerk.types("fees", "--import", paid, "--json", today=TODAY).json["changes"] == []
    (fees,) = clerk.types("fees", LATE["专利号"], "--json", today=TODAY).json["patents"]
    assert [(one["year"], one["state"]) for one in fees["annuities"]] == [(10, "due")]


def test_duties_are_listed_and_go_into_a_calendar(clerk: Clerk) -> None:
    clerk.imports(DUE, LATE)
    found = clerk.types("duties", "--until", "2027-06-30", "--json", today=TODAY).json["duties"]
    assert [(one["date"], one["kind"], one["amount"]) for one in found] == [
        ("2026-10-16", "annual_fee", "400.00"),
        ("2026-12-16", "grace_step", "400.00"),
        ("2027-03-30", "annual_fee", "300.00"),
        ("2027-04-16", "lapse", "800.00"),
    ]
    assert set(found[0]) >= {"date", "kind", "patent_number", "what", "basis", "amount", "done"}
    assert "已过 45 天" in clerk.types("duties", today=TODAY).out
    out = clerk.folder / "日程.ics"
    assert clerk.types("duties", "--ics", out, today=TODAY).code == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert clerk.types("duties", "--ics", out, today=TODAY).code == 2


def test_a_record_saved_unchanged_keeps_every_duty(clerk: Clerk) -> None:
    clerk.imports(DUE, LATE)
    before = clerk.types("duties", "--json", today=TODAY).json
    clerk.imports(DUE, LATE)
    assert clerk.types("duties", "--json", today=TODAY).json == before


def test_what_the_office_says_of_a_duty_counts_here_too(clerk: Clerk) -> None:
    clerk.imports(DUE, LATE)
    number, paid = LATE["专利号"], date(2026, 11, 28)
    with open_store(clerk.db, now=lambda: datetime.now(UTC)) as store:
        store.duties.put(
            [
                DutyNote(key=f"annual_fee:{number}:9", state="done", day=paid),
                DutyNote(key=f"annual_fee:{DUE['专利号']}:7", state="excluded", day=paid),
            ]
        )
    clerk.imports(DUE, LATE)
    found = clerk.types("duties", "--until", "2027-06-30", "--json", today=TODAY).json["duties"]
    assert [(one["kind"], one["done"]) for one in found] == [
        *(("annual_fee", True), ("grace_step", True), ("lapse", True)),
    ]
    assert "未办理 0 项" in clerk.types("duties", "--until", "2027-06-30", today=TODAY).out
