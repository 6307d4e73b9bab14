"""The clerk's day: a workbook in, faults named and mended, papers out, sealed, submitted."""

import json
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import openpyxl

from db.store import open_store
from desktop.command_line.session import now
from forms.facts.record import Licence
from tests.desktop.clerk import FAULTY, GOOD, SECOND, Clerk
from tests.scans import one_page

NUMBER = str(GOOD["专利号"])
MENDED = {**FAULTY, "许可期限届满日": "2030-12-31"}


def test_from_the_template_to_the_package(clerk: Clerk) -> None:
    template = clerk.folder / "模板.xlsx"
    assert clerk.types("template", "--out", template).code == 0
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for place, row in enumerate((GOOD, FAULTY), start=3):
        for head, value in row.items():
            sheet.cell(place, heads.index(head) + 1, value)
    book.save(template)

    dry = clerk.types("import", template, "--dry-run")
    assert "试导入，未写入" in dry.out
    assert "暂无案卷" in clerk.types("list").out

    done = clerk.types("import", template, "--json")
    assert done.code == 0
    assert done.json["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "refused": 0}
    again = clerk.types("import", template, "--json")
    assert again.json["counts"]["unchanged"] == 2

    checked = clerk.types("check", "--json")
    assert checked.code == 1
    clean, faulty = checked.json["cases"]
    assert clean == {"case_id": 1, "patent_number": NUMBER, "problems": []}
    assert [p["field"] for p in faulty["problems"]] == ["offer_end"]

    refused = clerk.types("submit", "--out", clerk.folder / "报送")
    assert refused.code == 1
    assert "ZL201710601862.3" in refused.err
    assert "没有“2030年2月30日”这一天" in refused.err
    assert not (clerk.folder / "报送").exists()

    assert clerk.types("import", clerk.fills(MENDED)).code == 0
    assert clerk.types("check").code == 0

    exported = clerk.types("export", "--out", clerk.folder / "文书", "--json")
    assert exported.code == 0
    assert [made["draft"] for made in exported.json["made"]] == [False] * 5
    assert "待签章" in clerk.types("list").out

    for paper in ("info", "consent"):
        scan = clerk.scans(f"{paper}.pdf", one_page(paper))
        assert clerk.types("signed", "add", NUMBER, "--paper", paper, scan).code == 0
    assert "可报送" in clerk.types("show", NUMBER).out

    made = clerk.types("submit", "--out", clerk.folder / "报送", "--json")
    assert made.code == 0
    assert made.json["sent"] is False
    assert [line["patent_number"] for line in made.json["missing_seals"]] == [
        None,
        "ZL201710601862.3",
    ]


def test_folder_zip_manifest_and_mail_agree(clerk: Clerk) -> None:
    clerk.imports(GOOD, SECOND)
    clerk.types("office", "set", "--name", "示例大学", "--contact", "张喆", "--phone", "027-1")
    clerk.types("export", NUMBER, "--paper", "info", "--out", clerk.folder / "文书")
    scan = clerk.scans(content=one_page("sealed by all"))
    clerk.types("signed", "add", NUMBER, "--paper", "info", scan)
    measures = clerk.folder / "工作措施.pdf"
    measures.write_bytes(one_page("measures"))

    made = clerk.types(
        "submit", "--out", clerk.folder / "报送", "--attach", measures, "--json"
    ).json
    folder = Path(made["folder"])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]} == {
        name: sha256(content).hexdigest()
        for name, content in files.items()
        if name != "manifest.json"
    }
    with zipfile.ZipFile(made["zip"]) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    message = message_from_bytes(Path(made["mails"][0]).read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "dingwei@hbipo.gov.cn"
    assert "示例大学" in message["Subject"]
    assert {part.get_filename() for part in message.iter_attachments()} == set(files)
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    assert NUMBER in text
    assert "待补" in text
    assert "ZL201910055850.4：" in text

    sealed = [entry for entry in manifest["files"] if entry["sealed"]]
    assert [entry["patent_number"] for entry in sealed] == [NUMBER]
    assert files[sealed[0]["name"]] == one_page("sealed by all")
    assert files["工作措施.pdf"] == one_page("measures")
    assert len([name for name in files if name.endswith(".xlsx")]) == 1
    assert len(files) == 1 + 2 * 2 + 2 + 1


def test_the_summary_sealed_for_one_choice_serves_no_other(clerk: Clerk) -> None:
    clerk.imports(GOOD, SECOND)
    clerk.types("export", "--paper", "summary", "--out", clerk.folder / "文书")
    assert clerk.types("signed", "add", "summary", clerk.scans()).code == 0
    both = clerk.types("submit", "--out", clerk.folder / "报送", "--json").json
    one = clerk.types("submit", NUMBER, "--out", clerk.folder / "报送", "--json").json
    summary = "湖北省专利开放许可（试点）汇总表"
    assert summary not in str([line["papers"] for line in both["missing_seals"]])
    assert one["missing_seals"][0] == {"patent_number": None, "papers": [summary]}


def test_a_paper_sealed_before_a_change_is_to_be_printed_anew(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.types("export", "--paper", "info", "--out", clerk.folder / "文书")
    assert clerk.types("signed", "add", NUMBER, "--paper", "info", clerk.scans()).err == ""
    clerk.imports({**GOOD, "联系地址": "湖北省武汉市示例路1号"})
    shown = clerk.types("show", NUMBER)
    assert "须重新打印" in shown.out
    assert "seal.stale" in clerk.types("check", "--json").out
    late = clerk.types("signed", "add", NUMBER, "--paper", "info", clerk.scans("b.pdf"))
    assert "重新导出、打印、签章" in late.err
    submitted = clerk.types("submit", "--out", clerk.folder / "报送", "--json").json
    assert submitted["missing_seals"][1]["papers"] == [
        "专利开放许可（试点）信息表",
        "同意开放许可（试点）的声明",
    ]


def test_faulty_cases_are_left_out_when_asked(clerk: Clerk) -> None:
    clerk.imports(GOOD, FAULTY)
    made = clerk.types("submit", "--skip-faulty", "--out", clerk.folder / "报送", "--json")
    assert made.code == 1
    assert made.json["cases"] == [NUMBER]
    assert made.json["left_out"][0]["patent_number"] == "ZL201710601862.3"
    assert "2030年2月30日" in made.json["left_out"][0]["reasons"][0]
    assert "ZL201710601862.3" in made.err
    assert not any("ZL201710601862.3" in name for name in clerk.names("报送"))


def test_a_character_no_font_has_stops_one_case_and_no_other(clerk: Clerk) -> None:
    clerk.imports(GOOD, {**SECOND, "发明创造名称": "一种\U0001f600装置"})
    out = clerk.folder / "文书"
    exported = clerk.types("export", "--paper", "info", "--out", out)
    assert exported.code == 0
    assert "不能签章" in exported.err
    assert sorted("草稿" in name for name in clerk.names("文书")) == [False, True]
    told = clerk.types("check").out
    assert "U+1F600" in told and "请核对原件" in told
    made = clerk.types("submit", "--skip-faulty", "--out", clerk.folder / "报送", "--json")
    assert made.json["cases"] == [NUMBER]


def test_a_summary_that_can_not_be_printed_stops_no_case(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.types("office", "set", "--name", "大学\U0001f600")
    made = clerk.types("submit", "--out", clerk.folder / "报送", "--json")
    assert made.code == 1
    assert made.json["cases"] == [NUMBER]
    assert any("汇总表未生成" in text for text in made.json["pending"])


def test_the_mail_goes_where_the_office_has_said_in_the_window(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    with open_store(clerk.db, now=now) as store:
        store.settings.put("pack.hubei-2022.address", "bangong@example.gov.cn")
    made = clerk.types("submit", "--out", clerk.folder / "报送", "--json")
    assert made.code == 0
    (draft,) = (clerk.folder / "报送").rglob("*.eml")
    letter = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert letter["To"] == "bangong@example.gov.cn"


def test_nothing_is_left_to_submit(clerk: Clerk) -> None:
    assert "暂无案卷" in clerk.types("submit", "--out", clerk.folder / "报送").err
    clerk.imports(FAULTY)
    made = clerk.types("submit", "--skip-faulty", "--out", clerk.folder / "报送")
    assert made.code == 2
    assert "没有可以报送的案卷" in made.err


def test_drafts_are_named_as_such(clerk: Clerk) -> None:
    clerk.imports(FAULTY)
    made = clerk.types("export", "--out", clerk.folder / "文书")
    assert made.code == 0
    assert "草稿" in made.err
    assert all("草稿" in name for name in clerk.names("文书"))
    late = clerk.types("signed", "add", "ZL201710601862.3", "--paper", "info", clerk.scans())
    assert late.code == 2
    assert "草稿不能签章" in late.err


def test_a_second_export_takes_the_place_of_the_first(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    for _ in range(2):
        assert clerk.types("export", "--out", clerk.folder / "文书").code == 0
        assert len(clerk.names("文书")) == 3


def test_a_second_package_touches_not_the_first(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    first = clerk.types("submit", "--out", clerk.folder / "报送", "--json").json
    before = clerk.names("报送")
    second = clerk.types("submit", "--out", clerk.folder / "报送", "--json").json
    assert first["folder"] != second["folder"]
    assert len(clerk.names("报送")) == 2 * len(before)


def test_a_contract_is_made_for_each_licence(clerk: Clerk, sample_licence: Path) -> None:
    clerk.imports(GOOD, SECOND)
    added = clerk.types("license", "add", NUMBER, sample_licence)
    assert added.code == 0
    assert "第 1 份许可" in added.out
    assert "同一份已登记" in clerk.types("licence", "add", NUMBER, sample_licence).out
    other = clerk.folder / "另一家.json"
    content = sample_licence.read_text(encoding="utf-8")
    other.write_text(content.replace("襄阳示例轨道装备", "宜昌示例轨道装备"), encoding="utf-8")
    assert "第 2 份许可" in clerk.types("licence", "add", NUMBER, other).out
    made = clerk.types(
        "export", "--paper", "contract", "--format", "docx", "--out", clerk.folder / "合同"
    )
    assert made.code == 1
    assert "尚未登记许可" in made.err
    assert len(clerk.names("合同")) == 2
    assert clerk.types("show", NUMBER).out.count("已许可：") == 2


def test_a_licence_that_can_not_be_read_is_explained(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    file = clerk.folder / "许可.json"
    file.write_text(json.dumps({"licencee": {}, "copies": "五"}), encoding="utf-8")
    refused = clerk.types("license", "add", NUMBER, file)
    assert refused.code == 2
    assert "licencee" in refused.err
    assert "copies：应为整数" in refused.err
    schema = clerk.types("schema", "licence").json
    assert set(schema["$defs"]["Licence"]["properties"]) == set(Licence.__struct_fields__)


def test_the_pilot_is_over(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    over = clerk.types("submit", "--out", clerk.folder / "报送", today="2026-01-05")
    assert over.code == 0
    assert "试点已结束，请先与主管部门确认" in over.err
    late = clerk.types("submit", "--out", clerk.folder / "报送", today="2022-10-01")
    assert "报送期限已过" in late.err
    plan = clerk.types("office", "set", "--kind", "special_plan")
    assert plan.code == 0
    assert "工作措施" in clerk.types("submit", "--out", clerk.folder / "报送").err


def test_an_invented_pack_goes_all_the_way(clerk: Clerk) -> None:
    pack = ["--pack", "tests/packs/qinglan-2026"]
    assert clerk.types("import", "tests/packs/qinglan-2026/sample.csv", *pack).code == 0
    out = clerk.folder / "文书"
    for format in ("pdf", "docx", "xlsx"):
        assert clerk.types("export", "--format", format, "--out", out, *pack).code == 0
    assert {name.rpartition(".")[2] for name in clerk.names("文书")} == {"pdf", "docx", "xlsx"}
    assert clerk.types("signed", "add", "roll", clerk.scans(), *pack).code == 0
    assert clerk.types("submit", "--out", clerk.folder / "报送", *pack).code == 0
