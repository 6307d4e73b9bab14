"""A bureau takes packages in: sound ones, spoiled ones, the same again, a further edition."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.store import Store, open_store
from forms.bureau import intake
from forms.bureau.duplicates import compared
from forms.bureau.intake import TakenIn, take_in
from forms.bureau.originals import file_content, lacking, originals_folder
from forms.bureau.package_care import name_office
from forms.bureau.records import PACKAGE_CASES, PACKAGES, Package
from forms.exchange.locked_zip import locked_zip
from forms.exchange.mail import Attachment, Letter, write_mails
from forms.exchange.package_cases import content_sha256
from forms.facts.record import Case
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack
from tests.forms.exchange.compound import outlook_file
from tools.province.make import office_name, sound_files
from tools.province.spoiling import WAYS, Files, manifest_of, with_manifest, write, zipped

NOW = datetime(2022, 9, 5, 9, 0, tzinfo=UTC)


@cache
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return sound_files(tmp_path_factory.mktemp("单位"), 3)


class Bureau:
    """A bureau's store, and what arrives at it."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store
        self.originals = originals_folder(folder / "数据")

    def takes(self, *paths: Path, passwords: tuple[str, ...] = ()) -> list[TakenIn]:
        return take_in(
            self.store, paths, self.originals, [pack()], now=lambda: NOW, passwords=passwords
        )

    def arrives(self, name: str, content: bytes) -> Path:
        (path,) = write(self.folder / "收到", {name: content})
        return path


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with open_store(tmp_path / "数据" / "省局.db", now=lambda: NOW) as store:
        yield Bureau(tmp_path, store)


def test_a_sound_package_is_taken_in_with_its_cases_and_nothing_is_typed(
    bureau: Bureau, sound: Files
) -> None:
    (taken,) = bureau.takes(bureau.arrives("报送.zip", zipped(sound)))
    assert (taken.package.verdict, taken.new) == ("new", 3)
    assert {fault.code for fault in taken.package.faults} == {"seal"}  # the summary's
    assert taken.package.office == office_name(0)
    assert taken.package_id is not None
    kept = bureau.store.records.of(PACKAGE_CASES).listed(parent=taken.package_id)
    said = manifest_of(sound)["cases"]
    assert [one.record.number for one in kept] == [one["patent_number"] for one in said]
    assert [one.record.content_sha256 for one in kept] == [one["content_sha256"] for one in said]
    assert all(one.record.state == "waiting" and one.record.papers for one in kept)
    file = taken.package.files[-1]
    assert file_content(bureau.originals, taken.package, file) == sound[file.name]


@pytest.mark.parametrize("way", WAYS)
def test_a_spoiled_package_is_told_and_stops_none(bureau: Bureau, sound: Files, way: str) -> None:
    spoiled = write(bureau.folder / "收到", WAYS[way].arrives(sound, "a"))
    other = with_manifest(sound, manifest_of(sound) | {"office": "示例大学"})
    first, second = bureau.takes(*spoiled, bureau.arrives("b.zip", zipped(other)))
    codes = {fault.code for fault in first.package.faults}
    assert first.package.verdict == WAYS[way].verdict, first.package.faults
    assert WAYS[way].code is None or WAYS[way].code in codes, first.package.faults
    assert second.package.verdict in ("new", "faulty") and second.package.office == "示例大学"
    assert not list(bureau.folder.rglob("*逃*"))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "\\u0030001-01-01"])
def test_a_day_of_no_year_that_can_be_meant_is_told_and_the_other_cases_are_taken(
    bureau: Bureau, sound: Files, day: str
) -> None:
    said = manifest_of(sound)
    said["cases"][0]["case"]["patent"]["filing_date"] = day
    content = with_manifest(sound, said)["manifest.json"].replace(b"\\\\u", b"\\u")
    (taken,) = bureau.takes(bureau.arrives("报送.zip", zipped(sound | {"manifest.json": content})))
    assert taken.new == 2
    (fault,) = [one for one in taken.package.faults if one.code == "case"]
    assert "patent.filing_date 的年份有误，应在1900年至2199年之间" in fault.message
    whole = with_manifest(sound, manifest_of(sound) | {"made_on": "9999-12-31"})
    (other,) = bureau.takes(bureau.arrives("又.zip", zipped(whole)))
    (fault,) = [one for one in other.package.faults if one.code == "manifest"]
    assert "made_on 的年份有误" in fault.message


def test_the_same_package_is_not_kept_twice_whatever_it_comes_in(
    bureau: Bureau, sound: Files
) -> None:
    bureau.takes(bureau.arrives("报送.zip", zipped(sound)))
    folder = bureau.folder / "收到" / "另一次" / "报送"
    write(folder, sound)
    for again in (bureau.folder / "收到" / "报送.zip", folder, folder.parent):
        (taken,) = bureau.takes(again)
        assert (taken.package.verdict, taken.again, taken.new) == ("again", 3, 0)
        assert "未重复登记" in taken.package.faults[0].message
    assert bureau.store.records.of(PACKAGES).count() == 1
    assert bureau.store.records.of(PACKAGE_CASES).count() == 3


def test_a_mail_a_locked_zip_and_a_zip_in_a_mail_are_opened(bureau: Bureau, sound: Files) -> None:
    letter = Letter(to="a@example.cn", subject="报送", text="见附件。", day=NOW.date())
    parts = write_mails(letter, [Attachment(*one) for one in sound.items()], 600_000)
    assert len(parts) > 1
    folder = bureau.folder / "收到"
    mails = write(folder, {f"{one.part}.eml": one.content for one in parts})
    (taken,) = bureau.takes(*reversed(mails))
    assert (taken.package.verdict, taken.package.channel, taken.new) == ("new", "mail", 3)
    file = taken.package.files[0]
    assert file_content(bureau.originals, taken.package, file) == sound[file.name]
    locked = locked_zip(sound.items(), "Wuhan-2022-lake!", NOW.date())
    inside = write_mails(letter, [Attachment("包.zip", locked)], 1 << 30)[0].content
    path = bureau.arrives("函.eml", inside)
    (closed,) = bureau.takes(path)
    assert closed.package.verdict == "unreadable" and closed.wants_password
    (wrong,) = bureau.takes(path, passwords=("wrong",))
    assert "密码不对" in wrong.package.faults[0].message
    (again,) = bureau.takes(path, passwords=("wrong", "Wuhan-2022-lake!"))
    assert again.package.verdict == "again"


@pytest.mark.parametrize(
    "said, taken",
    [
        ("ip@example.edu.cn", "ip@example.edu.cn"),
        ("ip@example.edu.cn, x@example.cn", ""),
        ("ip@example.edu.cn\r\nBcc: x@example.cn", ""),
    ],
)
def test_answers_go_to_the_one_address_of_a_package_or_to_none(
    bureau: Bureau, sound: Files, said: str, taken: str
) -> None:
    manifest = manifest_of(sound)
    manifest["sender"]["email"] = said
    files = with_manifest(sound, manifest)
    (one,) = bureau.takes(bureau.arrives("报送.zip", zipped(files)))
    assert one.package.sender.email == taken


def test_a_mail_of_which_a_part_is_missing_names_the_part(bureau: Bureau, sound: Files) -> None:
    letter = Letter(to="a@example.cn", subject="报送", text="见附件。", day=NOW.date())
    parts = write_mails(letter, [Attachment(*one) for one in sound.items()], 600_000)
    mails = write(bureau.folder / "收到", {f"{one.part}.eml": one.content for one in parts})
    (taken,) = bureau.takes(mails[-1])
    assert taken.package.verdict in ("faulty", "new")
    assert "第 1 封没有收到" in " ".join(fault.message for fault in taken.package.faults)


def _changed(files: Files, **values: object) -> Files:
    said = manifest_of(files)
    case = said["cases"][0]["case"] | values
    decoded = msgspec.json.decode(msgspec.json.encode(case), type=Case)
    said["cases"][0] |= {"case": case, "content_sha256": content_sha256(decoded)}
    return with_manifest(files, said)


def test_a_further_edition_is_told_with_what_differs_and_unchanged_cases_are_kept_once(
    bureau: Bureau, sound: Files
) -> None:
    bureau.takes(bureau.arrives("一.zip", zipped(sound)))
    second = _changed(sound, offer_end="2029-12-31")
    (taken,) = bureau.takes(bureau.arrives("二.zip", zipped(second)))
    assert (taken.package.verdict, taken.package.batch) == ("changed", 2)
    assert (taken.new, taken.again, taken.conflict) == (0, 2, 1)
    (kept,) = bureau.store.records.of(PACKAGE_CASES).listed(parent=taken.package_id)
    (duplicate,) = kept.record.duplicates
    assert duplicate.kind == "after_sealing"  # the seal is that of the former words
    assert (duplicate.batch, duplicate.place) == (1, 1)
    assert len(duplicate.differs) == 1 and "届满" in duplicate.differs[0]
    stale = [fault for fault in taken.package.faults if fault.code == "stale"]
    assert len(stale) == 1 and "签章的扫描件所印内容与报送的数据不一致" in stale[0].message
    former = bureau.store.records.of(PACKAGE_CASES).get(duplicate.case_id).record
    assert [one.case_id for one in former.duplicates] == [kept.id]


def test_what_is_decided_while_a_package_is_taken_in_stays(
    bureau: Bureau, sound: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.takes(bureau.arrives("一.zip", zipped(sound)))
    shelf = bureau.store.records.of(PACKAGE_CASES)

    def decided_since(*facts: Any) -> Any:
        found = compared(*facts)
        for kept in shelf.listed():
            shelf.save(kept.id, msgspec.structs.replace(kept.record, state="passed"))
        return found

    monkeypatch.setattr(intake, "compared", decided_since)
    bureau.takes(bureau.arrives("二.zip", zipped(_changed(sound, offer_end="2029-12-31"))))
    former = shelf.listed()[:3]
    assert {one.record.state for one in former} == {"passed"}
    assert sum(len(one.record.duplicates) for one in former) == 1


def test_a_unit_that_was_named_stays_when_its_package_comes_again(
    bureau: Bureau, sound: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = bureau.arrives("报送.zip", zipped(sound))
    (taken,) = bureau.takes(file)
    assert taken.package_id is not None
    package_id, shelf = taken.package_id, bureau.store.records.of(PACKAGES)
    same = intake._Desk._same

    def named_since(desk: Any, package: Any) -> Any:
        before = same(desk, package)
        name_office(bureau.store, package_id, "示例大学")
        return before

    monkeypatch.setattr(intake._Desk, "_same", named_since)
    bureau.takes(file)
    kept = shelf.get(package_id).record
    assert (kept.office, len(kept.came_again)) == ("示例大学", 1)


def test_a_patent_of_two_offices_is_told_on_both_sides(bureau: Bureau, sound: Files) -> None:
    bureau.takes(bureau.arrives("一.zip", zipped(sound)))
    other = with_manifest(sound, manifest_of(sound) | {"office": "示例大学"})
    (taken,) = bureau.takes(bureau.arrives("二.zip", zipped(other)))
    assert (taken.package.verdict, taken.new, taken.conflict) == ("new", 0, 3)
    message = next(f.message for f in taken.package.faults if f.code == "conflict")
    assert f"另有{office_name(0)}第 1 批第 1 件报送" in message
    kept = bureau.store.records.of(PACKAGE_CASES).listed()
    assert {one.record.duplicates[0].kind for one in kept} == {"other_office"}
    assert {one.record.duplicates[0].office for one in kept} == {"示例大学", office_name(0)}


def test_a_strangers_folder_is_read_by_its_table_and_its_names(
    bureau: Bureau, sound: Files
) -> None:
    files = {name: one for name, one in sound.items() if name != "manifest.json"}
    folder = bureau.folder / "收到" / "水环境研究院"
    write(folder, files)
    (taken,) = bureau.takes(folder.parent)
    assert taken.package.office == office_name(0)  # of the summary's head
    assert taken.package.sender.phone == "027-68880001"
    kept = bureau.store.records.of(PACKAGE_CASES).listed()
    assert len(kept) == 3 and all(len(one.record.papers) == 2 for one in kept)
    assert {paper.paper for one in kept for paper in one.record.papers} == {"info", "consent"}
    assert any("从汇总表识别 3 件" in fault.message for fault in taken.package.faults)


def test_a_package_of_the_first_version_is_completed_by_its_summary(
    bureau: Bureau, sound: Files
) -> None:
    (taken,) = bureau.takes(*write(bureau.folder / "收到", WAYS["清单为旧版"].arrives(sound, "a")))
    assert (taken.package.manifest_version, taken.package.sender.phone) == (1, "027-68880001")
    kept = bureau.store.records.of(PACKAGE_CASES).listed()
    said = [one["case"] for one in manifest_of(sound)["cases"]]
    assert [one.record.case.region for one in kept] == [case["region"] for case in said]
    assert [one.record.case.contact.phone for one in kept] == [
        case["contact"]["phone"] for case in said
    ]


class _OfChineseWindows(zipfile.ZipInfo):
    """A name as old programs on Chinese Windows write it, in GBK and without a word on it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits


def test_a_zip_of_chinese_windows_with_a_folder_in_it_is_read(bureau: Bureau, sound: Files) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in sound.items():
            archive.writestr(_OfChineseWindows(f"示例大学\\第1批\\{name}"), content)
    (taken,) = bureau.takes(bureau.arrives("报送.zip", made.getvalue()))
    assert (taken.package.verdict, taken.new) == ("new", 3)
    assert {fault.code for fault in taken.package.faults} == {"seal"}
    file = taken.package.files[0]
    assert file_content(bureau.originals, taken.package, file) == sound[file.name]


def test_a_mail_of_outlook_with_two_packages_is_two(bureau: Bureau, sound: Files) -> None:
    other = with_manifest(sound, manifest_of(sound) | {"office": "示例大学"})
    files = {"甲.zip": zipped(sound), "乙.zip": zipped(other)}
    streams = {"__properties_version1.0": b""}
    for place, (name, content) in enumerate(files.items()):
        folder = f"__attach_version1.0_#0000000{place}"
        streams[f"{folder}/__substg1.0_3707001E"] = name.encode("gb18030")
        streams[f"{folder}/__substg1.0_37010102"] = content
    taken = bureau.takes(bureau.arrives("函.msg", outlook_file(streams)))
    assert [one.package.source for one in taken] == ["函.msg › 甲.zip", "函.msg › 乙.zip"]
    assert [(one.new, one.conflict) for one in taken] == [(3, 0), (0, 3)]


def test_a_stop_leaves_what_is_done_and_nothing_half_done(bureau: Bureau, sound: Files) -> None:
    bureau.arrives("一.zip", zipped(sound))
    other = with_manifest(sound, manifest_of(sound) | {"office": "示例大学"})
    bureau.arrives("二.zip", zipped(other))

    def stop(done: int, _total: int, _name: str) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(
            *(bureau.store, [bureau.folder / "收到"], bureau.originals, [pack()]),
            now=lambda: NOW,
            progress=stop,
        )
    assert bureau.store.records.of(PACKAGES).count() == 1
    assert [one.package.verdict for one in bureau.takes(bureau.folder / "收到")] == ["again", "new"]
    assert not [path for path in bureau.originals.iterdir() if path.name.startswith(".~")]


def test_an_original_that_nobody_can_look_at_is_lacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "甲").touch()
    package = Package(source="甲.zip", original="ab/甲")
    assert lacking(tmp_path, [package]) == []

    def refused(_: Path, **__: object) -> bool:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "exists", refused)
    assert lacking(tmp_path, [package]) == ["甲.zip"]
