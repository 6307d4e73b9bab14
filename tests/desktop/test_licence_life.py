"""A licence from its notice to its end at the command line, and what is refused in words."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest

from db.store import open_store
from desktop.command_line.session import now
from forms.facts.paths import with_values
from tests.desktop.clerk import GOOD, Answer, Clerk
from tests.scans import one_page

NUMBER = "ZL202110239918.1"
OTHER = "ZL201910055850.4"
FIRM = "武汉示例电力巡检有限公司"
DECLARED = {
    "专利号": NUMBER,
    "发明创造名称": "面向电网巡检的无人机自主避障方法",
    "申请日": "2021-03-04",
    "授权公告日": "2023-05-16",
    "专利权人": "示例大学",
    "许可期限届满日": "2027-12-31",
    "联系人": "张三",
    "联系电话": "027-87000000",
    "法律状态": "有效",
}
INSTALMENTS = {
    **DECLARED,
    "许可使用费方式": "分期支付",
    "首期金额": "60000",
    "付款期限(日)": "1",
    "分期周期": "季度",
    "每期付款期限(日)": "15",
    "分期批次": "4",
    "每期金额": "30000",
}
RUNNING = {
    **DECLARED,
    "许可使用费方式": "入门费附加提成",
    "入门费": "100000",
    "提成比例": "3%",
    "提成基数": "净销售额",
}
FREE = {**DECLARED, "许可使用费方式": "免费"}


class Desk:
    """A clerk with one declared patent."""

    def __init__(self, clerk: Clerk, row: dict[str, str]) -> None:
        self.clerk = clerk
        book = clerk.fills(row)
        assert clerk.types("import", book, "--pack", "cnipa-2024").code == 0
        self.scan = clerk.folder / "扫描.pdf"
        self.scan.write_bytes(one_page())

    def does(self, what: str, *words: object, on: str) -> Answer:
        """Type a command on the first licence."""
        return self.clerk.types("licence", what, NUMBER, *words, today=on)

    def noted(self, on: str, *more: object) -> Answer:
        return self.does("notice", "--licensee", FIRM, "--on", on, *more, on=on)

    def paid(self, on: str, yuan: str, *more: object) -> Answer:
        return self.does("receipt", 1, "--on", on, "--amount", yuan, *more, on=on)

    def owed(self, on: str) -> Any:
        return self.does("schedule", 1, "--json", on=on).json


def test_an_open_licence_by_instalments_from_notice_to_end(clerk: Clerk) -> None:
    desk = Desk(clerk, INSTALMENTS)
    assert "许可未生效" in desk.noted("2026-08-18", "--how", "邮寄", "--file", desk.scan).err
    assert desk.owed("2026-08-20")["effect"] is None
    desk.paid(
        "2026-08-27", "6万元", "--for", "首批", "--voucher", "0420016518", "--file", desk.scan
    )
    desk.paid("2026-09-29", "30000", "--for", "第2批")
    owed = desk.owed("2026-11-24")
    assert owed["patent_number"] == NUMBER
    assert (owed["licence"], owed["effect"], owed["effect_by"]) == (1, "2026-08-27", "open")
    assert (owed["total"], owed["received"], owed["overdue"]) == ("180000.00", "90000.00", "0.00")
    assert [(row["due"], row["what"], row["amount"], row["state"]) for row in owed["rows"]] == [
        ("2026-08-27", "首批", "60000.00", "paid"),
        ("2026-09-30", "第2批", "30000.00", "paid"),
        ("2026-12-31", "第3批", "30000.00", "ahead"),
        ("2027-03-31", "第4批", "30000.00", "ahead"),
        ("2027-06-30", "第5批", "30000.00", "ahead"),
    ]

    listed = desk.does("record", 1, "--json", on="2026-11-24").json
    assert (listed["state"], listed["last_day"]) == ("open", "2026-11-27")
    states = {one["code"]: one["state"] for one in listed["papers"]}
    assert len(states) == 7
    assert (states["notice"], states["payment"], states["identity"]) == (
        "ready",
        "ready",
        "pending",
    )
    for code in ("application", "identity", "clerk"):
        desk.does("record", 1, "--paper", code, "--file", desk.scan, "--no-agent", on="2026-11-24")
    out = clerk.folder / "备案"
    done = desk.does("record", 1, "--submitted", "2026-11-24", "--out", out, on="2026-11-24")
    assert done.code == 0
    (folder,) = (path for path in out.iterdir() if path.is_dir())
    names = sorted(path.name for path in folder.iterdir())
    assert [name[:2] for name in names] == ["00", "01", "02", "03", "04", "06"]
    (packed,) = out.glob("*.zip")
    with zipfile.ZipFile(packed) as archive:
        assert sorted(archive.namelist()) == names

    told = desk.does(
        "record", 1, "--recorded", "2026-12-05", "--record-number", "X1", on="2026-12-24"
    )
    assert "开放许可备案日已填入" in told.out
    fees = clerk.types("fees", NUMBER, "--json", today="2026-12-24").json
    assert fees["patents"][0]["annuities"][0]["reduction_percent"] == 15

    ended = desk.does("end", 1, "--on", "2026-12-20", "--reason", "双方解除", on="2026-12-24")
    assert "备案注销" in ended.err
    history = clerk.types("history", NUMBER, "--licence", 1).out
    for words in ("登记书面通知", "登记到账", "登记备案", "登记终止"):
        assert words in history


def test_a_running_royalty_is_reported_asked_for_and_paid(clerk: Clerk) -> None:
    desk = Desk(clerk, RUNNING)
    clerk.types("office", "set", "--name", "示例大学技术转移中心", "--contact", "张喆")
    desk.noted("2026-03-09")
    desk.paid("2026-03-16", "100000", "--for", "入门费")
    desk.does("terms", 1, "--cycle", "quarter", "--days", 15, on="2026-03-16")
    for period, base in (("2026-Q1", "0"), ("2026-Q2", "1280000")):
        said = desk.does(
            *("report", 1, "--period", period, "--base", base, "--on", "2026-07-10"),
            on="2026-07-10",
        )
        assert said.code == 0
    desk.paid("2026-07-20", "20000")
    owed = desk.owed("2026-11-29")
    assert owed["overdue"] == "18400.00"
    assert [row["state"] for row in owed["rows"][:4]] == ["paid", "paid", "overdue", "unreported"]
    assert owed["rows"][3]["amount"] is None
    refused = desk.does(
        *("report", 1, "--period", "2026-07", "--base", "1", "--on", "2026-07-10"), on="2026-07-10"
    )
    assert "没有“2026-07”这一期" in refused.err

    written = desk.does("letter", 1, "--out", clerk.folder / "函", "--json", on="2026-11-29").json
    with pikepdf.open(written["path"]) as pdf:
        assert len(pdf.pages) == 1
    desk.paid("2026-11-30", "18400")
    desk.does(
        "report", 1, "--period", "2026-Q3", "--base", "0", "--on", "2026-11-30", on="2026-11-30"
    )
    assert "不必催" in desk.does("letter", 1, "--out", clerk.folder / "函", on="2026-11-30").err

    book = clerk.folder / "账.xlsx"
    desk.does("schedule", 1, "--out", book, on="2026-11-30")
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == [100000, 20000, 18400]
    page = clerk.folder / "账.pdf"
    desk.does("schedule", 1, "--out", page, on="2026-11-30")
    assert page.read_bytes().startswith(b"%PDF-")


def test_a_free_licence_asks_how_its_payment_is_proved_and_is_late(clerk: Clerk) -> None:
    desk = Desk(clerk, FREE)
    desk.noted("2026-03-09")
    assert desk.owed("2026-03-10")["total"] == "0.00"
    listed = desk.does("record", 1, on="2026-06-10")
    assert "怎样证明付款" in listed.err
    papers = desk.does("record", 1, "--json", on="2026-06-10").json["papers"]
    assert [one["code"] for one in papers][-1] == "late"
    said = ("--paper", "payment", "--state", "ready", "--note", "双方确认免费的书面说明")
    papers = desk.does("record", 1, *said, "--json", on="2026-06-10").json["papers"]
    assert (papers[2]["state"], papers[2]["said"]) == ("ready", "双方确认免费的书面说明")


def test_a_pilot_licence_is_one_by_contract_with_papers_of_its_own(
    clerk: Clerk, sample_licence: Path
) -> None:
    clerk.imports(GOOD)
    file = clerk.folder / "许可.json"
    signed = json.loads(sample_licence.read_text(encoding="utf-8")) | {"signed_on": "2022-08-01"}
    file.write_text(json.dumps(signed), encoding="utf-8")
    clerk.types("licence", "add", GOOD["专利号"], file)
    owed = clerk.types("licence", "schedule", GOOD["专利号"], 1, "--json").json
    assert (owed["effect"], owed["effect_by"], owed["total"]) == (
        "2022-08-01",
        "agreed",
        "200000.00",
    )
    assert owed["rows"][0] | {"penalty": None} == {
        **{"due": "2022-08-31", "what": "首批", "amount": "60000.00", "received": "0.00"},
        **{"state": "overdue", "days_late": 1, "penalty": None},
    }
    assert owed["rows"][0]["penalty"] == "30.00"  # 万分之五 of 60,000 for a day
    papers = clerk.types("licence", "record", GOOD["专利号"], 1, "--json").json["papers"]
    assert [one["paper"] for one in papers] == ["已签署合同", "营业执照复印件", "银行收款回执单"]


def test_one_licensee_takes_many_patents_in_one_go_or_none(clerk: Clerk) -> None:
    desk = Desk(clerk, FREE)
    clerk.types("import", clerk.fills({**FREE, "专利号": OTHER}), "--pack", "cnipa-2024")
    unknown = desk.noted("2026-03-09", "--also", OTHER, "ZL202110345678.3")
    assert unknown.code == 2
    with open_store(clerk.db, now=now) as store:
        assert not store.licences.granted(store.register.ids())
    done = desk.noted("2026-03-09", "--also", OTHER, "--json").json
    assert [one["patent_number"] for one in done["licences"]] == [NUMBER, OTHER]


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("6万美元", "不是人民币"),
        ("$5000", "不是人民币"),
        ("-5", "不能小于零"),
        ("0", "不能是零"),
        ("0.005", "最小到分"),
        ("许多", "不是金额"),
    ],
)
def test_what_is_no_payment_is_told(clerk: Clerk, yuan: str, words: str) -> None:
    desk = Desk(clerk, INSTALMENTS)
    desk.noted("2026-08-18")
    refused = desk.paid("2026-08-27", yuan)
    assert refused.code == 2
    assert words in refused.err


def test_what_can_not_be_is_refused_and_what_is_odd_is_told(clerk: Clerk) -> None:
    desk = Desk(clerk, INSTALMENTS)
    desk.noted("2026-08-18")
    assert "不能登记备案" in desk.does("record", 1, "--recorded", "2026-08-20", on="2026-09-01").err
    assert (
        "晚于今天"
        in desk.does(*("receipt", 1, "--on", "2026-09-02", "--amount", "1"), on="2026-09-01").err
    )
    assert "比应付多 20,000.00 元" in desk.paid("2026-08-27", "200000", "--voucher", "7").err
    assert "已登记过" in desk.paid("2026-08-27", "200000", "--voucher", "7").err
    early = desk.does("record", 1, "--recorded", "2026-08-26", on="2026-09-01")
    assert "早于合同生效日 2026-08-27" in early.err
    assert "早于合同生效日" in desk.does("end", 1, "--on", "2026-08-01", on="2026-09-01").err
    assert "没有“x”这一项" in desk.does("record", 1, "--paper", "x", on="2026-09-01").err
    assert "二者选一" in clerk.types("licence", "notice", NUMBER, "--on", "2026-08-18").err


def test_a_withdrawn_declaration_takes_no_notice_and_leaves_its_licences(clerk: Clerk) -> None:
    desk = Desk(clerk, FREE)
    desk.noted("2026-03-09")
    with open_store(clerk.db, now=now) as store:
        stored = store.cases.listed()[0]
        days = {
            "declaration.published_on": date(2026, 1, 5),
            "declaration.withdrawn_on": date(2026, 5, 1),
        }
        store.cases.save(with_values(stored.case, days), case_id=stored.id)
    told = desk.does("schedule", 1, on="2026-06-01").err
    assert "此前给予的开放许可继续有效" in told
    late = desk.does("notice", "--licensee", "乙公司", "--on", "2026-05-02", on="2026-06-01")
    assert "已于 2026-05-01 公告撤回" in late.err
    before = desk.does("notice", "--licensee", "乙公司", "--on", "2026-01-02", on="2026-06-01")
    assert "早于公告" in before.err


def test_a_change_of_what_is_recorded_is_put_down_once(clerk: Clerk) -> None:
    desk = Desk(clerk, FREE)
    desk.noted("2026-09-01")
    change = (
        "--changed",
        "2027-03-01",
        "--item",
        "licensee",
        "--before",
        FIRM,
        "--after",
        "乙公司",
    )
    early = desk.does("record", 1, *change, on="2027-03-02")
    assert early.code == 2 and "还没有登记备案日" in early.err
    desk.does("record", 1, "--recorded", "2026-10-08", on="2026-10-09")
    for _ in range(2):
        told = desk.does("record", 1, *change, on="2027-03-02")
    assert told.out.count(f"备案变更 2027-03-01：被许可人 {FIRM} → 乙公司") == 1
    half = desk.does("record", 1, "--changed", "2027-03-01", on="2027-03-02")
    assert "变更项和变更后的内容" in half.err
    before = desk.does("record", 1, *("--changed", "2026-10-01"), *change[2:], on="2027-03-02")
    assert "早于备案日" in before.err
