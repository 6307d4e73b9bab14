"""What a pool and its members send each other: written, sent back changed, spoiled on the way."""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from db.store import Store, open_store
from forms.exchange.pool_parcel import Sent
from forms.exchange.sheets import UnreadableFile
from forms.facts.record import Office, Party
from forms.office import pools
from forms.office.pool_book_taken import take
from forms.office.pool_package import ENCLOSED, keep_enclosed, look_at_package, write_for_member
from forms.office.pools import PoolView, create, view
from forms.pool.records import Member, Pool, PoolPatent

DAY = date(2026, 11, 24)
SOIL = "ZL202010378597.9"
OFFICE = Office(name="示例大学知识产权中心", contact="张喆", phone="027-68880001")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", now=lambda: datetime(2026, 11, 24, tzinfo=UTC)) as opened:
        yield opened


@pytest.fixture
def pool(store: Store) -> PoolView:
    kept = create(store, Pool(name="智慧农业专利池"))
    for name, number in (("荆楚示例理工大学", SOIL), ("某某公司", "ZL202121450887.6")):
        party = Party(name=name, kind="unit", email="a@example.edu.cn")
        member = pools.add_member(store, kept.id, Member(party=party, joined_on=DAY))
        one = PoolPatent(number=number, title="测量方法", member_id=member.id, entered_on=DAY)
        pools.add_patents(store, kept.id, [one])
    return view(store, kept.id)


@pytest.fixture
def sent(pool: PoolView, tmp_path: Path) -> Sent:
    return write_for_member(pool, pool.members[0].id, tmp_path / "out", DAY, OFFICE)


def _book(sent: Sent) -> Path:
    return next(file for file in sent.folder.iterdir() if file.suffix == ".xlsx")


def test_a_member_gets_its_own_patents_and_nobody_elses(sent: Sent) -> None:
    book = openpyxl.load_workbook(_book(sent))
    numbers = [row[0].value for row in book["专利"].iter_rows(min_row=2)]
    assert numbers == [SOIL]
    assert [row[0].value for row in book["成员"].iter_rows(min_row=2)] == ["荆楚示例理工大学"]
    manifest = json.loads((sent.folder / "manifest.json").read_text("utf-8"))
    assert (manifest["format"], manifest["pool"]) == ("openlicense-pool", "智慧农业专利池")
    assert [one for one in sent.names if one.endswith(".eml")]


@pytest.mark.parametrize("way", ["folder", "zip", "mail"])
def test_what_was_sent_changes_nothing_when_it_comes_back(
    sent: Sent, pool: PoolView, way: str
) -> None:
    mail = next(file for file in sent.folder.iterdir() if file.suffix == ".eml")
    place = {"folder": sent.folder, "zip": sent.zip, "mail": mail}[way]
    received, found = look_at_package(pool, [place])
    assert (received.pool, received.sender) == ("智慧农业专利池", OFFICE.name)
    assert found.changes == ()
    assert found.notes == ()


def test_a_changed_workbook_comes_back_with_a_certificate(
    sent: Sent, pool: PoolView, store: Store, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(_book(sent))
    book["入池申请"].append([None, "荆楚示例理工大学", "ZL202110671251.2", "冷鲜小龙虾脱壳装置"])
    book["成员"]["F2"] = "027-1"
    file = tmp_path / "回复.zip"
    changed = tmp_path / "改.xlsx"
    book.save(changed)
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(changed, "入池专利.xlsx")
        archive.writestr("专利证书.pdf", b"%PDF-1.4 invented")
        archive.writestr("../../逃出去.xlsx", changed.read_bytes())
    received, found = look_at_package(pool, [file])
    assert found.counted() == {"成员": (0, 1), "入池申请": (1, 0)}
    assert [one.name for one in received.enclosed] == ["专利证书.pdf"]
    take(store, pool.pool.id, found)
    assert keep_enclosed(store, view(store, pool.pool.id), received) == 1
    (kept,) = store.records.files_of([pool.pool.id])[pool.pool.id]
    assert (kept.role, kept.name) == (ENCLOSED, "专利证书.pdf")


def test_a_file_that_is_not_as_its_manifest_says_is_not_used(sent: Sent, pool: PoolView) -> None:
    book = openpyxl.load_workbook(_book(sent))
    book["成员"]["F2"] = "027-9"
    book.save(_book(sent))
    with pytest.raises(UnreadableFile, match="校验值不符"):
        look_at_package(pool, [sent.folder])


def test_the_package_of_another_pool_is_told(sent: Sent, store: Store) -> None:
    other = create(store, Pool(name="桥梁检测专利池"))
    _, found = look_at_package(view(store, other.id), [sent.zip])
    assert "不是“桥梁检测专利池”的" in found.notes[0]


def test_what_is_no_package_is_refused(pool: PoolView, tmp_path: Path) -> None:
    bad = tmp_path / "坏.zip"
    bad.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(UnreadableFile, match="没有可以读取的工作簿"):
        look_at_package(pool, [bad])
