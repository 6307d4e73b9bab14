"""A clerk takes in what companies look for, and tells them of patents, from the command line."""

from pathlib import Path

from forms.ground.locate import packs_folder
from forms.output.plain_book import SheetOfRows, write_plain_book
from tests.desktop.clerk import Clerk

TODAY = "2026-11-30"
SAMPLE = packs_folder() / "cnipa-2024" / "sample.xlsx"
COMPANY = "宜昌示例陶瓷有限公司"


def needs_book(folder: Path, *rows: tuple[str, str]) -> Path:
    file = folder / "需求.xlsx"
    head = ("单位名称", "需求描述")
    file.write_bytes(write_plain_book([SheetOfRows("需求", head, rows)]))
    return file


def test_from_a_workbook_of_needs_to_the_letter_and_the_answer(clerk: Clerk) -> None:
    assert clerk.types("import", SAMPLE, "--pack", "cnipa-2024").code == 0
    (title,) = (
        one["title"]
        for one in clerk.types("list", "--json").json["cases"]
        if one["patent_number"] == "ZL201810236617.1"
    )
    book = needs_book(clerk.folder, (COMPANY, f"寻求{title}氢能"), ("别的公司", "水稻育种"))
    tried = clerk.types("needs", "import", book, "--dry-run", "--json").json
    assert (tried["new"], tried["dry_run"]) == (2, True)
    assert clerk.types("needs", "list", "--json").json == {"needs": []}
    assert clerk.types("needs", "import", book).code == 0

    need, other = clerk.types("match", "--json").json["needs"]
    assert need["company"] == COMPANY
    assert need["missing"] == ["氢能"]
    best = need["matches"][0]
    assert (best["patent_number"], best["sent"]) == ("ZL201810236617.1", False)
    assert [part["part"] for part in best["parts"]] == ["words", "field", "region", "fee"]
    assert best["parts"][0]["value"] == 1.0
    assert all(part["reason"] for part in best["parts"])
    assert other["matches"] == []

    number = str(need["need_id"])
    out = clerk.folder / "推送"
    made = clerk.types("push", number, "2018102366171", "--out", out, "--json", today=TODAY).json
    assert made["patents"] == ["ZL201810236617.1"]
    assert made["files"] == ["推送函.pdf", "专利清单.xlsx", "邮件草稿.eml"]
    assert all((Path(made["folder"]) / name).is_file() for name in made["files"])
    again = clerk.types("match", number, "--json").json["needs"][0]["matches"]
    assert [one["patent_number"] for one in again if one["sent"]] == ["ZL201810236617.1"]

    words = ("needs", "answer", number, "201810236617.1", "interested", "--json")
    answered = clerk.types(*words, today=TODAY).json
    assert [(one["answer"], one["answered_on"]) for one in answered["pushes"]] == [
        ("interested", TODAY)
    ]
    refused = clerk.types("needs", "answer", number, "ZL202121057728.X", "declined")
    assert refused.code != 0
    assert "没有推送给" in refused.err

    kept = clerk.folder / "全部需求.xlsx"
    assert clerk.types("needs", "export", "--out", kept).code == 0
    assert clerk.types("needs", "import", kept, "--json").json["unchanged"] == 2


def test_nothing_to_push_and_unknown_patents_are_told_and_remembered_nowhere(
    clerk: Clerk,
) -> None:
    book = needs_book(clerk.folder, (COMPANY, "陶瓷"))
    clerk.types("needs", "import", book)
    out = clerk.folder / "推送"
    assert "没有选定" in clerk.types("push", "1", "--out", out).err
    assert "ZL202121057728.X" in clerk.types("push", "1", "ZL202121057728.X", "--out", out).err
    assert clerk.types("needs", "list", "--json").json["needs"][0]["pushes"] == []
    assert "企业需求" in clerk.types("push", "9", "--out", out).err
