"""At the command line of a bureau: issue after issue, with one taken down."""

from collections.abc import Sequence

import msgspec

from db.store import open_store
from desktop.command_line.session import now
from forms.bureau.records import PACKAGE_CASES, PackageCase
from forms.facts.record import Case
from tests.desktop.clerk import Clerk
from tests.forms.bureau.made_cases import UNITS, case_of, number_of

TODAY = "2026-12-01"


def passed(clerk: Clerk, cases: Sequence[Case]) -> None:
    records = [PackageCase(office=UNITS[0], case=case, state="passed") for case in cases]
    with open_store(clerk.db, now=now) as store:
        store.records.of(PACKAGE_CASES).add_all(records)


def test_a_bureau_publishes_takes_one_down_and_publishes_again(clerk: Clerk) -> None:
    case = case_of(0)
    private = msgspec.structs.replace(case.contact, email="chen@qq.com")
    passed(clerk, [msgspec.structs.replace(case, contact=private), case_of(1), case_of(2)])
    out = clerk.folder / "公布"
    made = clerk.types("publish", "--out", out, "--register", "--json", today=TODAY)
    assert made.code == 0, made.err
    told = made.json
    assert (told["issue"], told["day"], told["count"]) == (1, TODAY, 3)
    assert [(one["kind"], one["decided"]) for one in told["concerns"]] == [("personal_mail", False)]
    assert "chen@qq.com" not in (out / "data.json").read_text(encoding="utf-8")
    assert "尚未决定，按不公布处理" in made.err

    gone = number_of(2, "3")
    refused = clerk.types("publish", "--take-down", gone, today=TODAY)
    assert refused.code != 0
    assert "--reason" in refused.err
    options = ("--take-down", gone, "--reason", "专利权转移", "--personal", "personal_mail=whole")
    made = clerk.types("publish", *options, "--json", today="2027-03-01")
    assert made.json["changes"] == [
        {
            "what": "changed",
            "number": number_of(0),
            "title": "一种水稻病虫害识别方法",
            "fields": ["电子邮件"],
            "reason": "",
        },
        {
            "what": "removed",
            "number": gone,
            "title": "一种水稻病虫害识别系统",
            "fields": [],
            "reason": "已撤下：专利权转移",
        },
    ]
    made = clerk.types("publish", "--out", out, "--force", "--register", today="2027-03-01")
    assert made.code == 0, made.err
    assert "第 2 期已登记为已公布，共 2 件" in made.out
    page = (out / "issues.html").read_text(encoding="utf-8")
    assert "第 1 期" in page
    assert "第 2 期" in page
    everything = [path for path in out.rglob("*") if path.suffix in (".html", ".json", ".js")]
    kept = [path.name for path in everything if gone in path.read_text(encoding="utf-8")]
    assert kept == ["data.json", "issues.html"] or kept == ["issues.html", "data.json"]


def test_what_was_made_is_registered_whatever_came_in_since(clerk: Clerk) -> None:
    passed(clerk, [case_of(0)])
    early = clerk.types("publish", "--register", today=TODAY)
    assert early.code != 0
    assert "第 1 期的公布文件还没有生成" in early.err
    assert clerk.types("publish", "--out", clerk.folder / "公布", today=TODAY).code == 0
    passed(clerk, [case_of(1)])
    done = clerk.types("publish", "--register", today=TODAY)
    assert "第 1 期已登记为已公布，共 1 件" in done.out
    told = clerk.types("publish", "--json", today=TODAY).json
    assert [(one["what"], one["number"]) for one in told["changes"]] == [
        ("added", number_of(1, "2"))
    ]
    clerk.types("publish", "--out", clerk.folder / "第 2 期", today=TODAY)
    clerk.types("publish", "--hide", "region", today=TODAY)
    assert "还没有生成" in clerk.types("publish", "--register", today=TODAY).err


def test_what_may_not_be_changed_is_refused(clerk: Clerk) -> None:
    passed(clerk, [case_of(0)])
    assert "始终不公布" in clerk.types("publish", "--show", "bank", today=TODAY).err
    assert "始终公布" in clerk.types("publish", "--hide", "专利权人", today=TODAY).err
    assert "可以更改的有" in clerk.types("publish", "--hide", "没有", today=TODAY).err
    shown = clerk.types("publish", "--show", "address", "--json", today=TODAY)
    assert "contact_address" in shown.json["fields"]
    assert "contact_address" in clerk.types("publish", "--json", today=TODAY).json["fields"]
