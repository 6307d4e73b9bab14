"""online: what a web form asks of a case, and the folders of what is uploaded."""

from tests.desktop.clerk import GOOD, SECOND, Clerk

NUMBER, OTHER = GOOD["专利号"], SECOND["专利号"]


def test_one_case_is_told_field_by_field(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    told = clerk.types("online", NUMBER, "--json").json
    assert told["patent_number"] == NUMBER
    assert told["fields"][:2] == [
        {"label": "专利号", "value": NUMBER, "copied": False},
        {"label": "专利名称", "value": GOOD["发明创造名称"], "copied": False},
    ]
    assert told["attachments"][0] == {"label": "营业执照", "required": True, "files": []}
    shown = clerk.types("online", NUMBER)
    assert "http://zh.hbipdc.com/" in shown.out
    assert "开户行：未填开户银行" in shown.err


def test_several_cases_get_their_folders(clerk: Clerk) -> None:
    clerk.imports(GOOD, SECOND)
    refused = clerk.types("online", NUMBER, OTHER)
    assert refused.code != 0
    assert "请用 --out 指明" in refused.err
    out = clerk.folder / "上传"
    answer = clerk.types("online", NUMBER, OTHER, "--out", out, "--json")
    assert answer.code == 1  # something is missing
    assert [one["patent_number"] for one in answer.json["folders"]] == [NUMBER, OTHER]
    assert sorted(path.name for path in out.iterdir()) == [
        *("2018100240465", "2019100558504", "list.pdf", "list.xlsx")
    ]
    assert answer.json["sent"] is False
    assert f"待补：{NUMBER}：营业执照：待放入文件" in answer.err


def test_of_two_procedures_the_one_in_force_is_meant(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    statutory = {**GOOD, "许可使用费方式": "免费"}
    book = clerk.fills(statutory, name="法定.xlsx")
    today = "2026-11-24"
    assert clerk.types("import", book, "--pack", "cnipa-2024", today=today).code == 0
    told = clerk.types("online", NUMBER, "--json", today=today).json
    assert told["fields"][2]["label"] == "专利许可使用费支付方式"
    pilot = clerk.types("online", NUMBER, "--pack", "hubei-2022", "--json", today=today).json
    assert pilot["fields"][1]["label"] == "专利名称"


def test_an_unknown_number_is_told(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    assert "没有专利号或案卷号为" in clerk.types("online", "ZL202110345678.3").err
