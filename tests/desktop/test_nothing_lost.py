"""Papers go out whole: nothing of the clerk's is overwritten, nothing that is wanting is hidden."""

import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.desktop.clerk import FAULTY, GOOD, SECOND, Clerk

NUMBER = GOOD["专利号"]


def test_a_file_of_the_clerks_under_a_papers_name_stays(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    words = ("export", "--paper", "info", "--out", clerk.folder / "文书")
    clerk.types(*words)
    (name,) = clerk.names("文书")
    mine = clerk.folder / "文书" / name
    mine.write_bytes(b"%PDF-1.4 my own scan")

    again = clerk.types(*words)
    assert mine.read_bytes() == b"%PDF-1.4 my own scan"
    assert f"“{name}”不是本程序生成" in again.err
    assert clerk.names("文书") == sorted([name, name.replace(".pdf", " (2).pdf")])
    assert clerk.types(*words, "--json").json["kept"] == [str(mine)]
    assert len(clerk.names("文书")) == 2


def test_an_earlier_export_is_replaced(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    words = ("export", "--paper", "info", "--out", clerk.folder / "文书")
    clerk.types(*words)
    clerk.imports({**GOOD, "邮编": "430071"})
    assert clerk.types(*words).err == ""
    assert len(clerk.names("文书")) == 1


def test_a_folder_under_a_papers_name_stays(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    words = ("export", "--paper", "info", "--out", clerk.folder / "文书")
    clerk.types(*words)
    (name,) = clerk.names("文书")
    (clerk.folder / "文书" / name).unlink()
    (clerk.folder / "文书" / name).mkdir()
    assert clerk.types(*words).code == 0
    assert clerk.names("文书") == [name.replace(".pdf", " (2).pdf")]


def test_one_faulty_case_need_not_keep_the_summary_from_its_seal(clerk: Clerk) -> None:
    clerk.imports(GOOD, FAULTY)
    words = ("export", "--out", clerk.folder / "文书")
    drafts = clerk.types(*words, "--paper", "summary")
    assert FAULTY["专利号"] in drafts.err
    assert "汇总表》因列有以上案卷也是草稿" in drafts.err
    assert "--skip-faulty" in drafts.err

    rest = clerk.types(*words, "--skip-faulty")
    assert rest.code == 1
    assert f"略过 1 件有错误的案卷：{FAULTY['专利号']}" in rest.err
    assert not any("草稿" in line for line in rest.out.splitlines()[:-1])
    assert clerk.types("signed", "add", "summary", clerk.scans()).code == 0
    none = clerk.types("export", FAULTY["专利号"], "--skip-faulty", "--out", clerk.folder / "无")
    assert none.code == 2


def test_a_draft_contract_is_told_and_no_draft_is_told_where_none_was_made(
    clerk: Clerk, sample_licence: Path
) -> None:
    clerk.imports(GOOD, FAULTY)
    words = ("export", "--paper", "contract", "--out", clerk.folder / "合同")
    assert "草稿" not in clerk.types(*words).err
    clerk.types("license", "add", NUMBER, sample_licence)
    assert f"草稿：{NUMBER}（合同） 有错误" in clerk.types(*words, NUMBER).err


def test_what_the_contents_want_is_told_wherever_the_package_is(clerk: Clerk) -> None:
    clerk.imports({**GOOD, "单次许可期限": ""}, SECOND)
    made = clerk.types("submit", "--out", clerk.folder / "报送")
    assert made.code == 0
    assert f"待补：{NUMBER}：汇总表 单次许可期限：未填写" in made.err
    assert "单位名称未填写" in made.err

    answer = clerk.types("submit", "--out", clerk.folder / "再报送", "--json").json
    assert [line["patent_number"] for line in answer["wanting"]] == [NUMBER]
    manifest = json.loads((Path(answer["folder"]) / "manifest.json").read_text(encoding="utf-8"))
    assert "单次许可期限" in manifest["wanting"][0]["reasons"][0]
    mail = message_from_bytes(Path(answer["mails"][0]).read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body()
    assert body is not None
    assert "以下内容尚未填齐" in body.get_content()


def test_a_seal_of_other_words_is_called_so(clerk: Clerk) -> None:
    clerk.imports(GOOD, SECOND)
    clerk.types("export", "--out", clerk.folder / "文书")
    clerk.types("signed", "add", "summary", clerk.scans())
    clerk.types("signed", "add", NUMBER, "--paper", "info", clerk.scans())
    clerk.imports({**GOOD, "邮编": "430071", "开放范围": "武汉市"})
    made = clerk.types("submit", "--out", clerk.folder / "报送")
    assert "汇总表（签章后内容有改动，须重新打印、签章）" in made.err
    assert "信息表（签章后内容有改动，须重新打印、签章）" in made.err
    answer = clerk.types("submit", "--out", clerk.folder / "再报送", "--json").json
    assert [line["patent_number"] for line in answer["stale_seals"]] == [None, NUMBER]


def test_a_contracts_errors_hold_no_submission_up(clerk: Clerk, tmp_path: Path) -> None:
    clerk.imports(GOOD)
    file = tmp_path / "许可.json"
    file.write_text(json.dumps({"licensee": {"name": "襄阳示例公司"}}), encoding="utf-8")
    assert clerk.types("license", "add", NUMBER, file).code == 0
    assert clerk.types("check").code == 1
    assert clerk.types("submit", "--out", clerk.folder / "报送").code == 0
