"""The package of a submission: one folder, one zip, one manifest, all agreeing."""

import json
import zipfile
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest

from forms.exchange import package
from forms.exchange.mail import Letter
from forms.exchange.package_cases import carried, content_sha256
from forms.exchange.package_manifest import CaseSaid, Manifest
from forms.facts.paths import value_at
from forms.facts.record import OF_THE_OFFICE, Bank, Extra, Office, OtherStandard, Party
from forms.ground import files
from forms.ground.locate import resources
from forms.ground.name_patterns import fill, unknown_slots
from forms.office.paper_making import composed, sealed_papers
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.document_words import words_sha256
from tests.forms.filled import FULL
from tools.develop.bench.patents import patents

CASE = package.CaseLine(patent_number="ZL202110345678.3", title="一种装置", owners=("示例大学",))
DATA = CaseSaid(
    patent_number=CASE.patent_number,
    title=CASE.title,
    owners=CASE.owners,
    case=FULL,
    content_sha256=content_sha256(FULL),
    files=("ZL202110345678.3 信息表.pdf",),
)
PAPERS = (
    package.File(name="汇总表.pdf", content=b"%PDF summary", paper="summary", sealed=False),
    package.File(
        name="ZL202110345678.3 信息表.pdf",
        content=b"%PDF info",
        paper="info",
        patent_number="ZL202110345678.3",
        sealed=True,
    ),
)
CONTENT = package.Content(
    pack_code="hubei-2022",
    pack_version="1",
    office="示例大学",
    day=date(2022, 9, 1),
    files=PAPERS,
    cases=(CASE,),
    data=(DATA,),
    missing_seals=(msgspec.structs.replace(CASE, papers=("汇总表",)),),
    left_out=(
        package.CaseLine(patent_number=None, title="另一种装置", reasons=("第①栏 专利号未填。",)),
    ),
)
LETTER = Letter(to="a@example.cn", subject="材料", text="见附件。", day=date(2022, 9, 1))
MIB = 1024 * 1024


def write(out: Path, name: str = "示例大学 报送包", limit: int = 20 * MIB) -> package.Written:
    return package.write_package(out, name, CONTENT, LETTER, limit)


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_folder_zip_and_mail_hold_the_same_files(tmp_path: Path) -> None:
    made = write(tmp_path)
    in_folder = bytes_in(made.folder)
    with zipfile.ZipFile(made.zip) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == in_folder
    (mail,) = made.mails
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    attached = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    assert attached == in_folder
    assert set(in_folder) == set(made.names)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "示例大学 报送包",
        "示例大学 报送包.eml",
        "示例大学 报送包.zip",
    ]


def test_the_manifest_names_files_cases_missing_seals_and_what_was_left_out(
    tmp_path: Path,
) -> None:
    made = write(tmp_path)
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    case = {"patent_number": "ZL202110345678.3", "title": "一种装置", "owners": ["示例大学"]}
    assert manifest["format"] == "openlicense-package"
    assert manifest["pack"] == {"code": "hubei-2022", "version": "1"}
    assert manifest["made_on"] == "2022-09-01"
    assert msgspec.json.decode(json.dumps(manifest["cases"]), type=list[CaseSaid]) == [DATA]
    assert manifest["missing_seals"] == [{**case, "papers": ["汇总表"]}]
    assert manifest["left_out"] == [
        {
            "patent_number": None,
            "title": "另一种装置",
            "owners": [],
            "reasons": ["第①栏 专利号未填。"],
        }
    ]
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]} == {
        name: package.sha256(content)
        for name, content in bytes_in(made.folder).items()
        if name != "manifest.json"
    }
    assert [entry["sealed"] for entry in manifest["files"]] == [False, True]


def test_the_same_submission_is_the_same_to_the_byte(tmp_path: Path) -> None:
    one, two = write(tmp_path / "一"), write(tmp_path / "二")
    assert one.zip.read_bytes() == two.zip.read_bytes()
    assert one.mails[0].read_bytes() == two.mails[0].read_bytes()


@pytest.mark.parametrize("left", ["包", "包.zip", "包.eml", "包.ZIP"])
def test_an_earlier_package_is_never_touched(tmp_path: Path, left: str) -> None:
    (tmp_path / left).write_bytes(b"earlier")
    made = write(tmp_path, "包")
    assert made.folder.name == "包 (2)"
    assert made.zip.name == "包 (2).zip"
    assert (tmp_path / left).read_bytes() == b"earlier"
    assert write(tmp_path, "包").folder.name == "包 (3)"


def test_a_large_submission_is_split_into_several_drafts(tmp_path: Path) -> None:
    made = write(tmp_path, "包", limit=2000)
    assert [mail.name for mail in made.mails] == ["包 第1封共2封.eml", "包 第2封共2封.eml"]
    assert made.too_large == ("manifest.json",)


def test_an_interrupted_submission_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(made: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(package, "publish", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_can_not_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(files.CannotWrite, match="文件"):
        write(tmp_path / "文件")


def test_a_file_may_not_pass_for_the_manifest(tmp_path: Path) -> None:
    false = package.File(name="MANIFEST.json", content=b"{}")
    content = msgspec.structs.replace(CONTENT, files=(false,))
    made = package.write_package(tmp_path, "包", content, LETTER, MIB)
    assert made.names == ("MANIFEST (2).json", "manifest.json")


def test_a_pattern_is_filled_and_never_executed() -> None:
    values = {"number": "ZL1", "title": "{owner}"}
    assert fill("{number} {title} {owner}{number.__class__}", values) == "ZL1 {owner} "
    assert list(unknown_slots("{number} {nr} {}")) == ["nr", ""]


def test_the_manifest_is_what_its_schema_says(tmp_path: Path) -> None:
    said = (write(tmp_path).folder / "manifest.json").read_bytes()
    assert msgspec.json.decode(said, type=Manifest, strict=True).cases[0].case == FULL


def _pack(code: str) -> Pack:
    return load(resources() / "packs" / code)


def test_a_package_carries_what_its_papers_print_and_nothing_the_office_keeps() -> None:
    private = msgspec.structs.replace(
        FULL,
        owners=(
            Party(
                name="武汉示例大学",
                kind="unit",
                identity_number="私密",
                phone="私密",
                email="私密",
                representative="私密",
                bank=Bank(name="私密", account="私密"),
            ),
        ),
        patent=msgspec.structs.replace(
            FULL.patent, inventors=("私密",), fee_reduction="85", pledgee="私密"
        ),
        royalty=msgspec.structs.replace(FULL.royalty, other=OtherStandard(text="私密")),
        department="私密",
        notes="私密",
        converted_from="私密",
        extra={"secret": Extra(text="私密")},
        unread={"notes": "私密", "offer_end": "2030年2月30日", "owners.0.phone": "私密"},
    )
    said = carried(private, _pack("hubei-2022"))
    assert "私密" not in msgspec.json.encode(said).decode()
    assert said == msgspec.structs.replace(FULL, unread={"offer_end": "2030年2月30日"})
    assert all(not value_at(said, path) for path in OF_THE_OFFICE)


@pytest.mark.parametrize("code", ["hubei-2022", "cnipa-2022", "cnipa-2024"])
def test_what_a_case_carries_prints_the_same_papers(code: str) -> None:
    pack, office = _pack(code), Office()
    for one in (FULL, *patents(40)):
        case = msgspec.structs.replace(one, pack=code)
        said = carried(case, pack)
        assert carried(said, pack) == said
        for paper in sealed_papers(pack, case):
            printed = composed(pack, paper, said, office)
            assert words_sha256(printed) == words_sha256(composed(pack, paper, case, office))
