"""What a clerk gets wrong in passing: a file that is there, a licence twice, a telephone number."""

import json
import shutil
from pathlib import Path

import pytest

from forms.ground.locate import packs_folder
from tests.desktop.clerk import GOOD, Clerk

NUMBER = GOOD["专利号"]


def test_a_filled_template_is_not_overwritten(clerk: Clerk) -> None:
    path = clerk.fills(GOOD, name="模板.xlsx")
    before = path.read_bytes()
    refused = clerk.types("template", "--out", path)
    assert refused.code == 2
    assert "--force" in refused.err
    assert path.read_bytes() == before
    assert clerk.types("template", "--out", path, "--force").code == 0
    assert path.read_bytes() != before


def test_a_backup_goes_over_a_backup_and_nothing_else(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    backup = clerk.folder / "备份.db"
    assert clerk.types("backup", backup).code == 0
    assert clerk.types("backup", backup).code == 0
    letter = clerk.folder / "信.docx"
    letter.write_bytes(b"my letter")
    refused = clerk.types("backup", letter)
    assert refused.code == 2
    assert "未覆盖" in refused.err
    assert letter.read_bytes() == b"my letter"
    assert "是文件夹" in clerk.types("backup", clerk.folder).err


def test_data_begun_by_a_slip_of_the_pen_are_named(clerk: Clerk) -> None:
    assert f"{clerk.db} 原不存在，已新建" in clerk.types("list").err
    assert clerk.types("list").err == ""


def test_the_version_is_told(clerk: Clerk) -> None:
    told = clerk.types("--version")
    assert told.code == 0
    assert told.out.startswith("开放许可通 ")


def test_licences_are_listed_and_a_wrong_one_goes(clerk: Clerk, sample_licence: Path) -> None:
    clerk.imports(GOOD)
    assert "共登记 0 份" in clerk.types("license", "list", NUMBER).out
    clerk.types("license", "add", NUMBER, sample_licence)
    again = clerk.types("license", "add", NUMBER, sample_licence, "--json").json
    assert (again["was_known"], again["place"]) == (True, 1)
    assert "襄阳示例轨道装备股份有限公司" in clerk.types("license", "list", NUMBER).out
    assert "④" in clerk.types("check", NUMBER).out

    assert clerk.types("license", "remove", NUMBER, "2").code == 2
    assert "已移除" in clerk.types("license", "remove", NUMBER, "1").out
    assert clerk.types("license", "list", NUMBER, "--json").json["licences"] == []


def test_a_licence_to_nobody_is_refused(clerk: Clerk, tmp_path: Path) -> None:
    clerk.imports(GOOD)
    nobody = tmp_path / "许可.json"
    nobody.write_text(json.dumps({"licensee": {"phone": "027-68880001"}}), encoding="utf-8")
    refused = clerk.types("license", "add", NUMBER, nobody)
    assert refused.code == 2
    assert "未填写被许可人" in refused.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--kind", "special_plan", "专项计划承担单位"),
        ("--phone", "12", "格式有误"),
        ("--email", "x#y", "格式有误"),
    ],
)
def test_the_office_is_told_back(clerk: Clerk, option: str, value: str, said: str) -> None:
    told = clerk.types("office", "set", option, value)
    assert told.code == 0
    assert said in told.out + told.err


def test_a_patent_without_title_has_no_gap_in_its_files_name(clerk: Clerk) -> None:
    clerk.imports({**GOOD, "发明创造名称": ""})
    clerk.types("export", "--paper", "info", "--out", clerk.folder / "文书")
    (name,) = clerk.names("文书")
    assert "__" not in name


def test_a_pack_taken_in_with_the_data_is_there_for_commands_too(clerk: Clerk) -> None:
    taken = clerk.db.parent / "packs" / "hubei-2022-9.0"
    shutil.copytree(packs_folder() / "hubei-2022", taken)
    told = (taken / "pack.toml").read_text(encoding="utf-8")
    newer = told.replace('version = "1.0"', 'version = "9.0"', 1)
    assert newer != told
    (taken / "pack.toml").write_text(newer, encoding="utf-8")
    listed = clerk.types("pack", "list")
    assert "9.0" in listed.out


def test_a_contract_that_came_back_is_compared_on_the_command_line(
    clerk: Clerk, sample_licence: Path
) -> None:
    clerk.imports(GOOD)
    clerk.types("license", "add", NUMBER, sample_licence)
    out = clerk.folder / "合同"
    clerk.types("export", NUMBER, "--paper", "contract", "--format", "docx", "--out", out)
    (file,) = out.glob("*.docx")
    same = clerk.types("license", "compare", NUMBER, "1", file)
    assert (same.code, "与登记的内容一致" in same.out) == (0, True)
    clerk.types("license", "add", NUMBER, _other(clerk, sample_licence))
    differs = clerk.types("license", "compare", NUMBER, "2", file)
    assert differs.code == 1 and "不一致" in differs.out
    assert clerk.types("license", "compare", NUMBER, "3", file).code == 2


def _other(clerk: Clerk, sample: Path) -> Path:
    data = json.loads(sample.read_text(encoding="utf-8"))
    data["licensee"]["name"] = "宜昌示例机械有限公司"
    file = clerk.folder / "另一份.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file
