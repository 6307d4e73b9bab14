"""The upload folders of 网上填报: what goes in, under which names, and what is told as missing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import openpyxl
import pytest
from PIL import Image

from db.store import Store, open_store
from forms.facts.paths import with_value
from forms.facts.record import Case, Party
from forms.ground.files import CannotWrite
from forms.ground.pdf_pages import page_count
from forms.office.case_standing import check_cases
from forms.office.online_folders import FoldersMade, make_folders
from forms.office.online_uploads import Upload, taken, uploads_of
from forms.office.online_view import stated_names, uploads_of_cases
from forms.office.paper_export import export
from forms.office.papers_wanted import wanted
from forms.office.sealed_scans import keep_sealed
from forms.office.store import CannotDo
from forms.pack.load import load
from forms.pack.pack_shelf import Shelf
from forms.pack.types import Pack
from tests.forms.filled import DAY, FULL
from tests.pack_files import HUBEI, files_of, laid
from tests.scans import one_page

CONSENT = """
[[attachments]]
id = "consent"
label = "同意开放许可（试点）的声明"
paper = "consent"
file_name = "{digits}-consent"

[[attachments]]
id = "table"
label = "信息表"
paper = "info"
sealed = false
when_any = [{ path = "owners.1.name", filled = true }]
not_needed = "只有一个权利人"
file_name = "table-{digits}"
"""
TWO = with_value(FULL, "owners.1", Party(name="湖北示例科技有限公司", kind="unit"))


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The pilot's pack with two of its papers to be uploaded: data, no code."""
    files = files_of(HUBEI)
    files["online.toml"] += CONSENT.encode()
    return load(laid(tmp_path_factory.mktemp("packs") / "hubei-2022", files))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2022, 9, 1, tzinfo=UTC)) as opened:
        yield opened


def made(store: Store, pack: Pack, out: Path) -> FoldersMade:
    return make_folders(store, Shelf(pack), DAY, store.cases.listed(), out)


def uploads(store: Store, pack: Pack) -> dict[str, Upload]:
    (checked,) = check_cases(store, pack, DAY, store.cases.listed())
    return {one.id: one for one in uploads_of_cases(store, [checked])[checked.stored.id]}


def test_what_is_not_sealed_goes_in_under_a_name_that_says_so(
    store: Store, pack: Pack, tmp_path: Path
) -> None:
    store.cases.save(TWO)
    report = made(store, pack, tmp_path / "out")
    (one,) = report.folders
    assert one.folder == tmp_path / "out" / "2021103456783"
    assert sorted(path.name for path in one.folder.iterdir()) == [
        "2021103456783-consent-unsealed.pdf",
        "missing.txt",
        "table-2021103456783.pdf",
    ]
    said = (one.folder / "missing.txt").read_text(encoding="utf-8-sig")
    assert "请勿上传" in said
    assert "同意开放许可（试点）的声明：尚未打印签章" in said
    assert "营业执照：待放入文件（单位的营业执照或者法人证书）" in said
    assert "开户行：未填开户银行" in said
    assert all(str(name).isascii() for name in one.files)
    assert uploads(store, pack)["consent"].state == "unsealed"  # it counts as printed


def test_a_sealed_scan_and_a_file_from_elsewhere_take_their_places(
    store: Store, pack: Pack, tmp_path: Path
) -> None:
    stored = store.cases.save(FULL)
    consent = wanted(pack, ["consent"], [])
    export(store, pack, DAY, [stored], tmp_path, consent)
    keep_sealed(store, pack, stored, pack.papers["consent"], one_page("sealed"))
    store.web.keep_file(stored.id, "business_licence", "执照.pdf", one_page("licence"))
    found = uploads(store, pack)
    assert found["consent"].files == ("2021103456783-consent.pdf",)
    assert found["business_licence"].files == ("2021103456783-business-licence.pdf",)
    assert (found["table"].state, found["table"].help) == ("not_needed", "只有一个权利人")
    assert not found["identity_card"].required
    (one,) = made(store, pack, tmp_path / "out").folders
    assert (one.folder / "2021103456783-consent.pdf").read_bytes() == one_page("sealed")
    assert "2021103456783-business-licence.pdf" in one.files


def test_making_again_replaces_what_is_ours(store: Store, pack: Pack, tmp_path: Path) -> None:
    stored = store.cases.save(FULL)
    out = tmp_path / "out"
    made(store, pack, out)
    export(store, pack, DAY, [stored], tmp_path, wanted(pack, ["consent"], []))
    keep_sealed(store, pack, stored, pack.papers["consent"], one_page("sealed"))
    again = made(store, pack, out)
    assert again.kept == ()
    assert sorted(path.name for path in out.iterdir()) == ["2021103456783", "list.pdf", "list.xlsx"]
    names = sorted(path.name for path in (out / "2021103456783").iterdir())
    assert names == ["2021103456783-consent.pdf", "missing.txt"]  # the unsealed one is gone


def test_what_is_not_ours_stays(store: Store, pack: Pack, tmp_path: Path) -> None:
    store.cases.save(FULL)
    out = tmp_path / "out"
    made(store, pack, out)
    (out / "2021103456783" / "我的.txt").write_text("笔记", encoding="utf-8")
    (out / "list.pdf").write_bytes(b"mine")
    again = made(store, pack, out)
    assert again.folders[0].folder == out / "2021103456783-2"
    assert {path.name for path in again.kept} == {"2021103456783", "list.pdf"}
    assert (out / "list.pdf").read_bytes() == b"mine"
    assert (out / "2021103456783" / "我的.txt").exists()


def test_on_a_failure_all_is_as_it_was(
    store: Store, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.cases.save(FULL)
    out = tmp_path / "out"
    made(store, pack, out)
    before = sorted((path.name, path.stat().st_size) for path in out.rglob("*"))
    exports = len(store.papers.exports(None))

    def full(*_: object, **__: object) -> None:
        raise CannotWrite("磁盘空间已满")

    monkeypatch.setattr("forms.office.online_folders.publish", full)
    with pytest.raises(CannotWrite):
        made(store, pack, out)
    assert sorted((path.name, path.stat().st_size) for path in out.rglob("*")) == before
    assert len(store.papers.exports(None)) == exports


def test_a_case_with_errors_has_drafts(store: Store, pack: Pack, tmp_path: Path) -> None:
    store.cases.save(with_value(FULL, "offer_end", date(2022, 1, 1)))
    (one,) = made(store, pack, tmp_path / "out").folders
    assert "2021103456783-consent-draft.pdf" in one.files
    assert one.missing[0] == "案卷有 1 处错误，文书是草稿，改正后重新生成"


def test_two_cases_of_one_number_have_folders_of_their_own(
    store: Store, pack: Pack, tmp_path: Path
) -> None:
    store.cases.save(FULL)
    store.cases.save(FULL)
    store.cases.save(with_value(FULL, "patent.number", None))
    names = [one.folder.name for one in made(store, pack, tmp_path / "out").folders]
    assert names == ["2021103456783", "2021103456783-2", "case3"]


def test_the_list_is_a_paper_and_a_workbook(store: Store, pack: Pack, tmp_path: Path) -> None:
    terms = "=HYPERLINK(1)" + "许可人可提供技术指导。" * 40
    royalty = msgspec.structs.replace(FULL.royalty, way="other")
    case = with_value(msgspec.structs.replace(FULL, royalty=royalty), "royalty.other.text", terms)
    store.cases.save(case)
    report = made(store, pack, tmp_path / "out")
    pdf, xlsx = report.lists
    assert page_count(pdf.read_bytes()) == 1
    sheet = openpyxl.load_workbook(xlsx).worksheets[0]
    cells = [[str(cell.value) for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert ["ZL202110345678.3", "开放许可专利价格", terms, "未复制"] in cells
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_case_of_no_web_form_is_told(store: Store, pack: Pack, tmp_path: Path) -> None:
    files = files_of(HUBEI)
    del files["online.toml"]
    step = '[[steps]]\nid = "online"'
    bare = files["pack.toml"].decode()
    if step in bare:
        at = bare.index(step)
        files["pack.toml"] = (bare[:at] + bare[bare.index("[[", at + 5) :]).encode()
    without = load(laid(tmp_path / "bare", files))
    store.cases.save(FULL)
    with pytest.raises(CannotDo, match="没有网上填报"):
        made(store, without, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_only_files_of_the_kinds_asked_are_taken(pack: Pack, tmp_path: Path) -> None:
    assert pack.online is not None
    licence = pack.online.attachment("business_licence")
    assert licence is not None
    picture = tmp_path / "执照.JPEG"
    Image.new("RGB", (60, 80), "white").save(picture, "JPEG")
    assert taken(picture, licence).name == "执照.jpg"
    as_pdf = taken(picture, msgspec.structs.replace(licence, types=("pdf",)))
    assert (as_pdf.name, page_count(as_pdf.content)) == ("执照.pdf", 1)
    with pytest.raises(CannotDo, match="可用：PNG"):
        taken(picture, msgspec.structs.replace(licence, types=("png",)))
    (tmp_path / "坏.pdf").write_bytes(b"MZ" + b"x" * 100)
    with pytest.raises(CannotDo, match="不是 PDF"):
        taken(tmp_path / "坏.pdf", licence)
    (tmp_path / "大.pdf").write_bytes(one_page() + b"x" * (2 << 20))
    with pytest.raises(CannotDo, match="超过“营业执照”的 1 MB"):
        taken(tmp_path / "大.pdf", msgspec.structs.replace(licence, max_mb=1))


def test_a_stricter_limit_is_told_of_what_is_kept(store: Store, pack: Pack) -> None:
    stored = store.cases.save(FULL)
    store.web.keep_file(stored.id, "business_licence", "a.pdf", one_page() + b"x" * (11 << 20))
    assert uploads(store, pack)["business_licence"].state == "too_large"


def test_names_stated_come_from_the_list_that_was_imported(store: Store) -> None:
    case = Case(owners=(Party(name="甲大学"),))
    stored = store.cases.save(case, imported={"owners": "甲大学；乙公司"})
    assert stated_names(stored, ())[0].names == ("甲大学", "乙公司")
    assert uploads_of(case, load(HUBEI))[0].state == "wanting"
