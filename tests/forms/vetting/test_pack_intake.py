"""A bureau's .pack.zip is taken in; anything else is refused and leaves nothing behind."""

import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest

from forms.ground.files import CannotRead
from forms.ground.locate import packs_folder
from forms.pack.load import find_packs, load
from forms.vetting.pack_intake import MAX_FILES, Offered, PackRefused, Taken, look_at, take_in, told
from forms.vetting.pack_stock import Stock
from tests.pack_files import ADDRESS, HUBEI, files_of, laid, zipped

TODAY = date(2022, 9, 1)


def look(file: Path, packs: Path, shipped: Path | None = None) -> Offered:
    return look_at(file, shipped or packs_folder(), packs, today=TODAY)


def take(file: Path, packs: Path, shipped: Path | None = None) -> Taken:
    return take_in(look(file, packs, shipped), shipped or packs_folder(), packs)


def _files(version: str = "1.1") -> dict[str, bytes]:
    return files_of(version=version)


def counting(packs: Path) -> dict[str, Path]:
    return dict(Stock(packs_folder(), packs).counting)


@pytest.mark.parametrize("inside", ["", "hubei-2022/"])
def test_an_issued_pack_is_taken_in_and_used(tmp_path: Path, inside: str) -> None:
    packs = tmp_path / "packs"
    file = zipped(tmp_path / "湖北.pack.zip", _files(), inside=inside)
    taken = take(file, packs)
    assert (taken.code, taken.version, taken.is_known) == ("hubei-2022", "1.1", False)
    assert load(taken.folder).identity.version == "1.1"
    assert counting(packs)["hubei-2022"] == taken.folder
    again = take(file, packs)
    assert again.is_known
    assert [path.name for path in packs.iterdir()] == ["hubei-2022-1.1"]


def test_the_newest_version_counts_and_the_older_stay(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    for version in ("1.10", "1.9"):
        take(zipped(tmp_path / f"{version}.pack.zip", _files(version)), packs)
    assert counting(packs)["hubei-2022"].name == "hubei-2022-1.10"
    assert len(list(packs.iterdir())) == 2
    assert counting(tmp_path / "none")["hubei-2022"] == HUBEI


def test_what_is_older_than_the_shipped_is_kept_but_not_used(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    older = take(zipped(tmp_path / "旧.pack.zip", _files("0.9")), packs)
    assert older.in_use == "1.0"
    assert "仍用 1.0 版" in told(older)
    assert counting(packs)["hubei-2022"] == HUBEI
    newer = take(zipped(tmp_path / "新.pack.zip", _files("1.1")), packs)
    assert (newer.in_use, told(newer)) == ("1.1", f"已接收“{newer.name}”1.1 版。")
    assert counting(packs)["hubei-2022"] == newer.folder


def test_the_shipped_version_is_known_and_not_replaced(tmp_path: Path) -> None:
    shipped, packs = tmp_path / "shipped", tmp_path / "packs"
    ours = _files("1.0")
    laid(shipped / "湖北", ours)
    again = take(zipped(tmp_path / "同.pack.zip", ours), packs, shipped)
    assert (again.is_known, again.folder) == (True, shipped / "湖北")
    assert "已有" in told(again)
    changed = ours | {"pack.toml": ours["pack.toml"] + b"\n# another\n"}
    with pytest.raises(PackRefused, match="内容与此份不同"):
        take(zipped(tmp_path / "改.pack.zip", changed), packs, shipped)


def test_the_words_of_an_edition_beside_a_pack_are_left_aside(tmp_path: Path) -> None:
    files = _files() | {"edition.toml": b"[office]\n"}
    taken = take(zipped(tmp_path / "a.pack.zip", files), tmp_path / "packs")
    assert not (taken.folder / "edition.toml").exists()


def test_another_content_under_the_same_version_is_refused(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    take(zipped(tmp_path / "a.pack.zip", _files()), packs)
    other = _files() | {"notes.md": b"# other\n"}
    with pytest.raises(PackRefused, match="内容与此份不同"):
        take(zipped(tmp_path / "b.pack.zip", other), packs)


def test_a_pack_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    files = _files() | {"stray.toml": b"x = 1\n", "wording.toml": b"broken ["}
    with pytest.raises(PackRefused, match="处错误") as refused:
        take(zipped(tmp_path / "a.pack.zip", files), packs)
    assert refused.value.faults
    assert not packs.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../evil.toml",
        "/etc/evil.toml",
        "C:/evil.toml",
        "papers/../../evil.toml",
        "a/b/c/d.toml",
        "CON.toml",
        "papers\\..\\..\\evil.toml",
        "run.exe",
        "x.py",
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    packs = tmp_path / "packs"
    with pytest.raises(PackRefused, match="表单包应有的"):
        take(zipped(tmp_path / "a.pack.zip", _files() | {name: b"x"}), packs)
    assert not packs.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a.pack.zip"]


def test_links_bombs_and_doubles_are_refused(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    link = zipfile.ZipInfo("pack.toml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.pack.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    zipped(tmp_path / "bomb.pack.zip", {"pack.toml": b"0" * 61_000_000})
    zipped(tmp_path / "many.pack.zip", {f"{n}.toml": b"" for n in range(MAX_FILES + 1)})
    zipped(tmp_path / "double.pack.zip", {"pack.toml": b"", "PACK.toml": b""})
    for name in ("link", "bomb", "many", "double"):
        with pytest.raises(PackRefused):
            take(tmp_path / f"{name}.pack.zip", packs)
    assert not packs.exists()


def test_what_is_no_pack_is_told(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    (tmp_path / "cut.pack.zip").write_bytes(zipped(tmp_path / "a.zip", _files()).read_bytes()[:900])
    (tmp_path / "large.pack.zip").write_bytes(bytes(20_000_001))
    zipped(tmp_path / "other.pack.zip", {"readme.txt": b""})
    zipped(tmp_path / "two.pack.zip", {"a/x.txt": b"", "b/pack.toml": b""})
    locked = bytearray((tmp_path / "a.zip").read_bytes())
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    (tmp_path / "locked.pack.zip").write_bytes(bytes(locked))
    said = {
        "cut": "未下载完整",
        "other": "没有 pack.toml",
        "two": "没有 pack.toml",
        "locked": "有密码",
    }
    for name, words in said.items():
        with pytest.raises(PackRefused, match=words):
            take(tmp_path / f"{name}.pack.zip", packs)
    with pytest.raises(CannotRead, match="过大，超过 19 MB"):
        take(tmp_path / "large.pack.zip", packs)


def test_a_folder_that_is_no_pack_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "packs" / "odd").mkdir(parents=True)
    (tmp_path / "packs" / "odd" / "pack.toml").write_text("identity = 3", encoding="utf-8")
    assert counting(tmp_path / "packs") == find_packs(packs_folder())


def test_looking_takes_nothing(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    offer = look(zipped(tmp_path / "1.1.pack.zip", _files("1.1")), packs)
    assert offer.needs_consent
    assert (offer.in_use, offer.pack.identity.version) == ("1.0", "1.1")
    assert list(packs.iterdir()) == []
    assert counting(packs) == find_packs(packs_folder())


def test_what_a_stranger_changed_is_shown_first(tmp_path: Path) -> None:
    changes = ((ADDRESS, "hubei@stranger.example"), ("2023-12-31", "2033-12-31"))
    file = zipped(tmp_path / "a.pack.zip", files_of(HUBEI, *changes, version="1.1"))
    offer = look(file, tmp_path / "packs")
    grave = {one.what: (one.before, one.after) for one in offer.changes if one.is_grave}
    assert grave == {
        "收件邮箱": (ADDRESS, "hubei@stranger.example"),
        "施行到": ("2023-12-31", "2033-12-31"),
    }
    assert [one.is_grave for one in offer.changes] == [True, True, False]


def test_a_version_out_of_the_future_is_told_and_blocks_nothing(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    offer = look(zipped(tmp_path / "x.pack.zip", _files("2099.1")), packs)
    assert any("2099 年" in said for said in offer.ahead)
    take_in(offer, packs_folder(), packs)
    real = take(zipped(tmp_path / "1.1.pack.zip", _files("1.1")), packs)
    assert real.in_use == "2099.1"  # it is newer by its number, until a clerk puts 1.1 back
    assert "仍用 2099.1 版" in told(real)
    Stock(packs_folder(), packs).use("hubei-2022", "1.1")
    assert counting(packs)["hubei-2022"] == real.folder
    next_one = take(zipped(tmp_path / "1.2.pack.zip", _files("1.2")), packs)
    assert next_one.in_use == "1.2"


def test_packs_whose_folder_names_would_meet_are_both_kept(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    one = files_of(HUBEI, ('code = "hubei-2022"', 'code = "a-b"'), version="1")
    two = files_of(HUBEI, ('code = "hubei-2022"', 'code = "a"'), version="b-1")
    first = take(zipped(tmp_path / "1.pack.zip", one), packs)
    second = take(zipped(tmp_path / "2.pack.zip", two), packs)
    for version in ("1.0A", "1.0a"):
        take(zipped(tmp_path / "3.pack.zip", _files(version)), packs)
    names = [path.name.lower() for path in packs.iterdir()]
    assert len(set(names)) == 4
    found = counting(packs)
    assert (found["a-b"], found["a"]) == (first.folder, second.folder)
