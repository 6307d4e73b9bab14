"""Every command: what it prints, what it refuses, with what exit code."""

import io
import json
import zipfile
from pathlib import Path
from shutil import copytree
from typing import Any

import jsonschema
import msgspec
import openpyxl
import pikepdf
import pytest
from PIL import Image

from db.store import open_store
from desktop.command_line.session import now
from forms.facts.record import Case
from forms.ground.locate import packs_folder
from tests.desktop.clerk import FAULTY, GOOD, SECOND, Clerk
from tests.scans import one_page

NUMBER = GOOD["专利号"]
QINGLAN = Path("tests/packs/qinglan-2026")


# --- what there is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    [
        "ZL201810024046.5",
        "zl 2018 1 0024046.5",
        "2018100240465",
        "201810024046",
        "ＺＬ２０１８１００２４０４６．５",
        "专利号：CN201810024046.5",
    ],
)
def test_a_number_is_found_however_it_is_written(clerk: Clerk, spelling: str) -> None:
    clerk.imports(GOOD, SECOND)
    found = clerk.types("list", spelling, "--json")
    assert found.code == 0
    assert [case["patent_number"] for case in found.json["cases"]] == [NUMBER]


def test_numbers_may_stand_on_both_sides_of_an_option(clerk: Clerk) -> None:
    clerk.imports(GOOD, SECOND)
    found = clerk.types("check", NUMBER, "--json", SECOND["专利号"])
    assert found.json["counts"]["cases"] == 2


def test_a_number_no_case_has_is_named(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    for command in ("list", "check", "show", "export", "submit"):
        more = ["--out", clerk.folder / "x"] if command in ("export", "submit") else []
        refused = clerk.types(command, "ZL202110345678.3", *more)
        assert refused.code == 2
        assert "ZL202110345678.3" in refused.err
        assert refused.out == ""


def test_check_names_every_case_even_one_without_a_number(clerk: Clerk) -> None:
    unread = {**GOOD, "专利号": "CN113483051B", "发明创造名称": "阻尼器"}
    nameless = {**GOOD, "专利号": "", "发明创造名称": "无号"}
    clerk.imports(GOOD, unread, nameless)
    checked = clerk.types("check", "--json")
    assert checked.code == 1
    assert checked.err == ""
    assert [case["patent_number"] for case in checked.json["cases"]] == [
        NUMBER,
        "CN113483051B",
        None,
    ]
    problem = checked.json["cases"][1]["problems"][0]
    assert set(problem) == {"rule", "field", "severity", "basis", "message"}
    severities = [
        problem["severity"] for case in checked.json["cases"] for problem in case["problems"]
    ]
    assert checked.json["counts"] == {
        "cases": 3,
        **{one: severities.count(one) for one in ("error", "pending", "advice")},
    }


def test_check_tells_a_clerk_in_words(clerk: Clerk) -> None:
    clerk.imports(GOOD, FAULTY)
    checked = clerk.types("check")
    assert checked.code == 1
    assert "ZL201710601862.3" in checked.out
    assert "错误  第⑤栏" in checked.out
    assert NUMBER not in checked.out
    assert "已检查 2 件：错误 1 处" in checked.out


def test_duplicates_are_named_inside_a_choice_and_against_the_store(clerk: Clerk) -> None:
    clerk.imports(GOOD, GOOD)
    checked = clerk.types("check", "--json").json
    rules = [{p["rule"] for p in case["problems"]} for case in checked["cases"]]
    assert len(rules) == 2
    assert rules[0] == rules[1] != set()
    assert clerk.types("signed", "add", NUMBER, "--paper", "info", clerk.scans()).code == 2


def test_show_tells_everything_of_a_case(clerk: Clerk, sample_licence: Path) -> None:
    clerk.imports(FAULTY)
    clerk.types("license", "add", FAULTY["专利号"], sample_licence)
    shown = clerk.types("show", FAULTY["专利号"])
    assert "2030年2月30日" in shown.out
    assert "已许可：襄阳示例轨道装备股份有限公司" in shown.out
    case = clerk.types("show", FAULTY["专利号"], "--json").json["cases"][0]
    assert msgspec.convert(case["case"], Case).patent.number == FAULTY["专利号"]
    assert case["state"] == "faulty"
    assert case["licences"][0]["licensee"]["name"] == "襄阳示例轨道装备股份有限公司"


# --- import ------------------------------------------------------------------------------


def test_a_dry_run_says_row_by_row_and_writes_nothing(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    other = clerk.fills({**GOOD, "收件人": "李四"}, SECOND, {"收件人": "王五"})
    dry = clerk.types("import", "--dry-run", other, "--json").json
    assert dry["dry_run"] is True
    assert [row["action"] for row in dry["rows"]] == ["changed", "new", "refused"]
    assert dry["rows"][0]["changes"] == [{"field": "contact.name", "old": "张喆", "new": "李四"}]
    said = clerk.types("import", "--dry-run", other)
    assert "张喆 → 李四" in said.out
    assert "不能导入" in said.out
    assert len(clerk.types("list", "--json").json["cases"]) == 1


def test_columns_nobody_knows_are_named(clerk: Clerk) -> None:
    said = clerk.types("import", clerk.fills({**GOOD, "内部编号": "7"}))
    assert said.code == 0
    assert "内部编号" in said.err


def test_one_file_that_can_not_be_read_stops_the_import_of_all(clerk: Clerk) -> None:
    good = clerk.fills(GOOD)
    broken = clerk.folder / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    refused = clerk.types("import", good, broken, clerk.folder / "没有.csv")
    assert refused.code == 2
    assert "坏.xlsx" in refused.err
    assert "没有.csv" in refused.err
    assert clerk.types("list", "--json").json["cases"] == []


def test_a_file_without_patents_stops_the_import_of_all(clerk: Clerk) -> None:
    good = clerk.fills(GOOD)
    other = clerk.folder / "别的.csv"
    other.write_text("姓名,年龄\n甲,7\n", encoding="utf-8")
    for files in ((good, other), (other,)):
        refused = clerk.types("import", *files)
        assert refused.code == 2
        assert "别的.csv" in refused.err
    assert clerk.types("list", "--json").json["cases"] == []


# --- export ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--paper", "letter"], "没有名为 letter 的文书"),
        (["--paper", "info", "--format", "docx"], "不提供 docx 格式"),
        (["--format", "odt"], "不提供 odt 格式"),
        (["--paper", "contract", "--format", "xlsx"], "不提供 xlsx 格式"),
    ],
)
def test_papers_and_formats_that_do_not_exist_are_refused(
    clerk: Clerk, words: list[str], said: str
) -> None:
    clerk.imports(GOOD)
    refused = clerk.types("export", "--out", clerk.folder / "x", *words)
    assert refused.code == 2
    assert said in refused.err


def test_of_several_papers_and_formats_each_comes_in_what_it_has(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    words = ["--paper", "summary", "--paper", "info", "--format", "pdf", "--format", "xlsx"]
    made = clerk.types("export", "--out", clerk.folder / "x", "--json", *words)
    assert made.code == 0
    found = {(one["paper"], one["format"]) for one in made.json["made"]}
    assert found == {("summary", "pdf"), ("summary", "xlsx"), ("info", "pdf")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--paper", "summary", "--paper", "info", "--format", "xlsx"], "信息表》：不提供 xlsx"),
        (["--paper", "summary", "--format", "xlsx", "--format", "odt"], "汇总表》：不提供 odt"),
    ],
)
def test_what_there_is_none_of_is_told_and_the_rest_is_made(
    clerk: Clerk, words: list[str], said: str
) -> None:
    clerk.imports(GOOD)
    made = clerk.types("export", "--out", clerk.folder / "x", *words)
    assert made.code == 1
    assert said in made.err
    assert [path.suffix for path in (clerk.folder / "x").iterdir()] == [".xlsx"]


def test_only_the_summary_comes_as_a_spreadsheet(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    made = clerk.types("export", "--format", "xlsx", "--out", clerk.folder / "x", "--json").json
    assert [(one["paper"], one["format"]) for one in made["made"]] == [("summary", "xlsx")]


def test_nothing_to_export(clerk: Clerk) -> None:
    assert clerk.types("export", "--out", clerk.folder / "x").code == 2


def test_a_place_that_can_not_be_written_is_explained(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    (clerk.folder / "文件").write_bytes(b"")
    for command in ("export", "submit"):
        refused = clerk.types(command, "--out", clerk.folder / "文件")
        assert refused.code == 2
        assert "未能写入" in refused.err
    assert clerk.types("show", NUMBER, "--json").json["cases"][0]["papers"]["info"] == "unmade"


# --- sealed scans ------------------------------------------------------------------------


def _locked() -> bytes:
    """A scan that asks for a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(one_page())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    return out.getvalue()


def test_what_travels_along_has_to_open_too(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    measures = clerk.scans("措施.pdf", one_page()[:150])
    refused = clerk.types("submit", "--out", clerk.folder / "报送", "--attach", measures)
    assert refused.code == 2
    assert "“措施.pdf”无法打开" in refused.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空文件"),
        (b"\xff\xd8\xff\xe0 jpeg", "已损坏"),
        (b"PK\x03\x04 zip", "不是 PDF"),
        (b"%TSD-Header-###% locked", "加密软件"),
        (b"%PDF-" + bytes(51 << 20), "50 MB"),
        (one_page()[:150], "无法打开"),
        (one_page().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0"), "无法打开"),
        ("<html>%PDF-1.4 登录超时</html>".encode(), "无法打开"),
        (_locked(), "无法打开"),
    ],
    ids=["empty", "jpeg", "zip", "locked", "huge", "cut", "no page", "web page", "password"],
)
def test_a_scan_must_be_a_pdf_or_a_picture(clerk: Clerk, content: bytes, said: str) -> None:
    clerk.imports(GOOD)
    scan = clerk.scans(content=content)
    refused = clerk.types("signed", "add", NUMBER, "--paper", "info", scan)
    assert refused.code == 2
    assert said in refused.err


@pytest.mark.parametrize(
    ("number", "paper", "said"),
    [
        (NUMBER, [], "请用 --paper"),
        (NUMBER, ["--paper", "contract"], "请用 --paper"),
        ("summary", ["--paper", "info"], "请用 --paper"),
        (NUMBER, ["--paper", "info"], "请先用 export --paper info 导出"),
        ("summary", [], "请先用 export --paper summary 导出"),
    ],
)
def test_a_scan_belongs_to_a_paper_that_was_printed(
    clerk: Clerk, number: str, paper: list[str], said: str
) -> None:
    clerk.imports(GOOD)
    refused = clerk.types("signed", "add", number, *paper, clerk.scans())
    assert refused.code == 2
    assert said in refused.err


def test_a_photograph_of_the_sealed_paper_is_kept_as_a_pdf_and_told_what_to_look_at(
    clerk: Clerk,
) -> None:
    clerk.imports(GOOD)
    clerk.types("export", "--paper", "info", "--out", clerk.folder / "待签")
    photo = clerk.folder / "照片.jpg"
    Image.new("RGB", (800, 600), "white").save(photo)
    done = clerk.types("signed", "add", NUMBER, "--paper", "info", photo)
    assert done.code == 0
    assert "未写明分辨率" in done.err and "只有" in done.err
    clerk.types("submit", "--out", clerk.folder / "报送")
    [kept] = (clerk.folder / "报送").rglob("*信息表*.pdf")
    assert kept.read_bytes().startswith(b"%PDF-")
    (clerk.folder / "照片.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0")
    refused = clerk.types("signed", "add", NUMBER, "--paper", "info", clerk.folder / "照片.heic")
    assert refused.code == 2 and "另存为 JPEG" in refused.err


def test_a_scan_that_is_not_there(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    refused = clerk.types("signed", "add", NUMBER, "--paper", "info", clerk.folder / "无.pdf")
    assert refused.code == 2
    assert "无.pdf" in refused.err
    missing = clerk.types(
        "submit", "--out", clerk.folder / "x", "--attach", clerk.folder / "无.pdf"
    )
    assert missing.code == 2


# --- records -----------------------------------------------------------------------------


def test_the_office_is_set_piece_by_piece(clerk: Clerk) -> None:
    assert clerk.types("office", "set").code == 2
    clerk.types("office", "set", "--name", " 示例\n大学 ", "--kind", "city")
    clerk.types("office", "set", "--contact", "张喆", "--email", "a@example.cn")
    office = clerk.types("office", "show", "--json").json["office"]
    assert (office["name"], office["contact"], office["kind"]) == ("示例大学", "张喆", "city")
    assert "（未填）" in clerk.types("office", "show").out
    clerk.types("office", "set", "--bank-account", "4200 0001", "--identity-number", "12420")
    office = clerk.types("office", "show", "--json").json["office"]
    assert (office["bank"]["account"], office["identity_number"]) == ("4200 0001", "12420")


def test_an_import_fills_the_address_book(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    with open_store(clerk.db, now=now) as store:
        assert [one.party.name for one in store.parties.listed()] == [GOOD["专利权人"]]


def test_the_history_names_the_offices_contact(clerk: Clerk) -> None:
    clerk.types("office", "set", "--contact", "张喆")
    clerk.imports(GOOD)
    assert "张喆" in clerk.types("history", GOOD["专利号"]).out


def test_what_has_no_column_is_told(clerk: Clerk) -> None:
    few = {name: GOOD[name] for name in ("专利号", "发明创造名称")}
    told = clerk.types("import", clerk.fills(few)).err
    assert "清单中没有对应的列：" in told
    assert "专利权人" in told


def test_a_case_goes_to_the_bin_and_comes_back(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    assert clerk.types("undelete", NUMBER).code == 2
    assert clerk.types("delete", "2018100240465").code == 0
    assert clerk.types("show", NUMBER).code == 2
    assert clerk.types("undelete", "201810024046.5").code == 0
    assert clerk.types("show", NUMBER).code == 0


def test_an_unread_number_comes_back_as_it_was_typed(clerk: Clerk) -> None:
    clerk.imports({**GOOD, "专利号": "CN113483051B"})
    assert clerk.types("delete", "CN113483051B").code == 0
    assert clerk.types("undelete", "CN113483051B").code == 0


def test_an_earlier_version_is_brought_back(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.imports({**GOOD, "收件人": "李四"})
    assert [v["version"] for v in clerk.types("history", NUMBER, "--json").json["versions"]] == [
        2,
        1,
    ]
    assert "导入 专利.xlsx 第 2 行" in clerk.types("history", NUMBER).out
    assert clerk.types("revert", NUMBER, "1").code == 0
    case = clerk.types("show", NUMBER, "--json").json["cases"][0]["case"]
    assert case["contact"]["name"] == "张喆"
    assert clerk.types("revert", NUMBER, "9").code == 2
    assert "不是整数" in clerk.types("revert", NUMBER, "一").err


def test_data_are_backed_up_and_restored(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    kept = clerk.folder / "备份.db"
    assert "案卷 1 件" in clerk.types("backup", kept).out
    clerk.types("delete", NUMBER)
    done = clerk.types("restore", kept)
    assert done.code == 0
    assert "另存在" in done.out
    assert clerk.types("show", NUMBER).code == 0
    broken = clerk.folder / "坏.db"
    broken.write_bytes(b"no database at all")
    refused = clerk.types("restore", broken)
    assert refused.code == 2
    assert "坏.db" in refused.err


def test_a_backup_brought_to_a_new_machine(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    kept = clerk.folder / "备份.db"
    clerk.types("backup", kept)
    clerk.db = clerk.folder / "新" / "案卷.db"
    assert "另存在" not in clerk.types("restore", kept).out
    assert clerk.types("show", NUMBER).code == 0


# --- packs and schemas -------------------------------------------------------------------


def test_a_pack_that_came_by_mail_is_taken_in(clerk: Clerk) -> None:
    issued = clerk.folder / "青岚.pack.zip"
    with zipfile.ZipFile(issued, "w") as archive:
        for file in (file for file in QINGLAN.rglob("*") if file.is_file()):
            archive.write(file, file.relative_to(QINGLAN))
    assert "已接收“青岚省" in clerk.types("pack", "take", issued, "--yes").out
    assert "qinglan-2026" in clerk.types("pack", "list").out
    again = clerk.types("pack", "take", issued, "--json")
    assert (again.code, again.json["is_known"], again.json["in_use"]) == (0, True, "0.3")


def test_the_pack_chosen_in_the_window_is_the_one_of_the_command_line(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = clerk.folder / "packs"
    copytree(packs_folder(), both)
    copytree(QINGLAN, both / "qinglan-2026")
    monkeypatch.setattr("forms.ground.locate.packs_folder", lambda: both)
    clerk.types("import", clerk.fills(GOOD), "--pack", "hubei-2022")
    template = clerk.folder / "模板.xlsx"
    assert clerk.types("template", "--out", template).code == 0
    assert "权利人" not in _heads(template)
    with open_store(clerk.db, now=now) as store:
        store.settings.put("pack", "qinglan-2026")
    template.unlink()
    assert clerk.types("template", "--out", template).code == 0
    assert "权利人" in _heads(template)
    clerk.db.write_bytes(b"no database")
    template.unlink()
    unsure = clerk.types("template", "--out", template)  # nobody says which of two any more
    assert unsure.code == 2
    assert "hubei-2022、qinglan-2026" in unsure.err and "--pack" in unsure.err


def _heads(template: Path) -> list[str]:
    sheet = openpyxl.load_workbook(template).worksheets[0]
    return [str(cell.value) for cell in sheet[1]]


def test_a_pack_with_a_fault_is_not_taken_in(clerk: Clerk) -> None:
    issued = clerk.folder / "坏.pack.zip"
    with zipfile.ZipFile(issued, "w") as archive:
        archive.writestr("pack.toml", "x = 1")
    refused = clerk.types("pack", "take", issued)
    assert refused.code == 1
    assert "pack.toml" in refused.out
    assert "未接收" in refused.err
    assert clerk.types("pack", "take", clerk.folder / "无.pack.zip").code == 2


def test_packs_are_listed(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "hubei-2022" in clerk.types("pack", "list").out
    assert "试点已结束" in clerk.types("pack", "list", today="2025-01-01").out
    broken = clerk.folder / "packs" / "broken"
    broken.mkdir(parents=True)
    (broken / "pack.toml").write_text("x = 1", encoding="utf-8")
    monkeypatch.setattr("forms.ground.locate.packs_folder", lambda: broken.parent)
    assert "不能使用" in clerk.types("pack", "list").out
    assert clerk.types("pack", "list", "--json").json["packs"][0]["faults"]


def test_a_pack_is_checked(clerk: Clerk) -> None:
    good = clerk.types("pack", "check", packs_folder() / "hubei-2022")
    assert good.code == 0
    assert "没有问题" in good.out
    folder = clerk.folder / "包"
    assert clerk.types("pack", "check", folder).code == 2
    folder.mkdir()
    faulty = clerk.types("pack", "check", folder, "--json")
    assert faulty.code == 1
    assert faulty.json["faults"][0]["file"] == "pack.toml"
    assert "pack.toml" in clerk.types("pack", "check", folder).out


def test_a_pack_that_is_not_there(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = clerk.types("list", "--pack", "hunan")
    assert refused.code == 2
    assert "hubei-2022" in refused.err
    monkeypatch.setattr("forms.ground.locate.packs_folder", lambda: clerk.folder / "none")
    assert "找不到表单包" in clerk.types("list").err
    (clerk.folder / "空").mkdir()
    assert "pack.toml" in clerk.types("list", "--pack", clerk.folder / "空").err


@pytest.mark.parametrize("record", [[], ["case"], ["licence"], ["office"]])
def test_schemas_are_published(clerk: Clerk, record: list[str]) -> None:
    schema: dict[str, Any] = clerk.types("schema", *record).json
    jsonschema.Draft202012Validator.check_schema(schema)


def test_a_case_agrees_with_its_schema(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    schema = clerk.types("schema").json
    case = clerk.types("show", NUMBER, "--json").json["cases"][0]["case"]
    jsonschema.validate(case, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**case, "colour": "red"}, schema)


def test_cases_of_another_pack_are_not_mixed_in(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    other = QINGLAN
    listed = clerk.types("list", "--pack", other)
    assert "另有 1 件案卷属于表单包 hubei-2022" in listed.err
    assert clerk.types("show", NUMBER, "--pack", other).code == 2
    assert clerk.types("list", "--pack", other, "--bin").code == 0


def test_cases_of_two_packs_are_each_judged_by_their_own(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    clerk.types("import", QINGLAN / "sample.csv", "--pack", QINGLAN)
    other = "ZL202110345678.3"

    def states(*words: object) -> dict[str, str]:
        listed = clerk.types("list", "--json", *words).json["cases"]
        return {one["patent_number"]: one["state"] for one in listed}

    missing = clerk.types("check")  # as it is while nobody has taken the pack in
    assert missing.code == 1
    assert clerk.types("check", "--json").json["packless"] == [2]
    assert "1 件案卷的表单包（qinglan-2026）不在本机" in missing.err
    assert "缺表单包" in clerk.types("list").out
    assert states() == {NUMBER: "ready", other: "packless"}
    assert clerk.types("signed", "add", other, clerk.scans(), "--paper", "register").code == 2

    copytree(QINGLAN, clerk.db.parent / "packs" / "qinglan-2026-0.3")
    judged = clerk.types("check")
    assert judged.code == 0
    assert judged.err == ""
    assert states() == {NUMBER: "ready", other: "ready"}
    assert states("--pack", "qinglan-2026") == {other: "ready"}
    assert "表单包" in clerk.types("list").out.splitlines()[0]
    shown = clerk.types("show", other).out
    assert "成熟度" in shown and "青岚省专利开放许可登记表" in shown
    export = ("export", other, "--pack", "qinglan-2026", "--out", clerk.folder / "文书")
    assert clerk.types(*export).code == 0
    assert clerk.types("signed", "add", other, clerk.scans(), "--paper", "register").code == 0
    clerk.types("delete", other)
    assert "一种示例装置" in clerk.types("list", "--bin").out


# --- demo --------------------------------------------------------------------------------


def test_the_demonstration_does_the_whole_job(clerk: Clerk) -> None:
    out = clerk.folder / "演示"
    done = clerk.types("demo", "--out", out, today="2026-01-05")
    assert done.code == 0
    assert "已生成，尚未发出" in done.out
    assert "2030年2月30日" in done.out
    assert "试点已结束" in done.err
    assert not clerk.db.exists()
    names = clerk.names("演示")
    for end in ("信息表.pdf", "声明.pdf", "manifest.json", ".zip", ".eml", ".docx", ".xlsx"):
        assert any(name.endswith(end) for name in names), end
    again = clerk.types("demo", "--out", out, "--json", today="2026-01-05")
    assert again.code == 0
    assert json.loads(again.out)["database"].endswith("演示数据 (2).db")


def test_a_pack_without_a_sample_shows_nothing(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desktop.command_line.session.load",
        lambda folder: msgspec.structs.replace(_pack(folder), sample=""),
    )
    refused = clerk.types("demo", "--out", clerk.folder / "演示")
    assert refused.code == 2
    assert "没有示例清单" in refused.err


def _pack(folder: Path) -> Any:
    from forms.pack.load import load

    return load(folder)
