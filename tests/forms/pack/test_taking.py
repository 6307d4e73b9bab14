"""A bureau's .pack.zip is taken in; anything else is refused and leaves nothing behind."""

import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from forms.locate import packs_folder
from forms.pack.load import load
from forms.pack.taking import (
    MAX_FILES,
    PackRefused,
    folder_of,
    packs_there,
    take_in,
    told,
    version_key,
)

SHIPPED = packs_folder() / "hubei-2022"


def _files(version: str = "1.1") -> dict[str, bytes]:
    files = {
        path.relative_to(SHIPPED).as_posix(): path.read_bytes()
        for path in SHIPPED.rglob("*")
        if path.is_file() and path.suffix in (".toml", ".xlsx")
    }
    text = files["pack.toml"].decode().replace('version = "1.0"', f'version = "{version}"')
    return files | {"pack.toml": text.encode()}


def _zip(path: Path, files: Mapping[str, bytes], *, inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(inside + name, content)
    return path


@pytest.mark.parametrize("inside", ["", "hubei-2022/"])
def test_an_issued_pack_is_taken_in_and_used(tmp_path: Path, inside: str) -> None:
    packs = tmp_path / "packs"
    file = _zip(tmp_path / "湖北.pack.zip", _files(), inside=inside)
    taken = take_in(file, packs_folder(), packs)
    assert (taken.code, taken.version, taken.is_known) == ("hubei-2022", "1.1", False)
    assert load(taken.folder).identity.version == "1.1"
    assert packs_there(packs_folder(), packs)["hubei-2022"] == taken.folder
    again = take_in(file, packs_folder(), packs)
    assert again.is_known
    assert [path.name for path in packs.iterdir()] == ["hubei-2022-1.1"]


def test_the_newest_version_counts_and_the_older_stay(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    for version in ("1.10", "1.9"):
        take_in(_zip(tmp_path / f"{version}.pack.zip", _files(version)), packs_folder(), packs)
    assert packs_there(packs_folder(), packs)["hubei-2022"].name == "hubei-2022-1.10"
    assert len(list(packs.iterdir())) == 2
    assert packs_there(packs_folder(), tmp_path / "none")["hubei-2022"] == SHIPPED
    assert version_key("-1.10") > version_key("-1.9")


def test_what_is_older_than_the_shipped_is_kept_but_not_used(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    older = take_in(_zip(tmp_path / "旧.pack.zip", _files("0.9")), packs_folder(), packs)
    assert older.newer == "1.0"
    assert "仍用 1.0 版" in told(older)
    assert packs_there(packs_folder(), packs)["hubei-2022"] == SHIPPED
    newer = take_in(_zip(tmp_path / "新.pack.zip", _files("1.1")), packs_folder(), packs)
    assert (newer.newer, told(newer)) == ("", f"已收下“{newer.name}”1.1 版。")
    assert packs_there(packs_folder(), packs)["hubei-2022"] == newer.folder


def test_the_shipped_version_is_known_and_not_replaced(tmp_path: Path) -> None:
    shipped, packs = tmp_path / "shipped", tmp_path / "packs"
    ours = _files("1.0")
    for name, content in ours.items():
        (shipped / "湖北" / name).parent.mkdir(parents=True, exist_ok=True)
        (shipped / "湖北" / name).write_bytes(content)
    again = take_in(_zip(tmp_path / "同.pack.zip", ours), shipped, packs)
    assert (again.is_known, again.folder) == (True, shipped / "湖北")
    assert "已经有了" in told(again)
    changed = ours | {"pack.toml": ours["pack.toml"] + b"\n# another\n"}
    with pytest.raises(PackRefused, match="内容却与这一份不同"):
        take_in(_zip(tmp_path / "改.pack.zip", changed), shipped, packs)


def test_the_words_of_an_edition_beside_a_pack_are_left_aside(tmp_path: Path) -> None:
    files = _files() | {"edition.toml": b"[office]\n"}
    taken = take_in(_zip(tmp_path / "a.pack.zip", files), packs_folder(), tmp_path / "packs")
    assert not (taken.folder / "edition.toml").exists()


def test_another_content_under_the_same_version_is_refused(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    take_in(_zip(tmp_path / "a.pack.zip", _files()), packs_folder(), packs)
    other = _files() | {"notes.md": b"# other\n"}
    with pytest.raises(PackRefused, match="内容却与这一份不同"):
        take_in(_zip(tmp_path / "b.pack.zip", other), packs_folder(), packs)


def test_a_pack_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    files = _files() | {"stray.toml": b"x = 1\n", "wording.toml": b"broken ["}
    with pytest.raises(PackRefused, match="处错误") as refused:
        take_in(_zip(tmp_path / "a.pack.zip", files), packs_folder(), packs)
    assert refused.value.faults
    assert list(packs.iterdir()) == []


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
    with pytest.raises(PackRefused, match="表单包该有的"):
        take_in(_zip(tmp_path / "a.pack.zip", _files() | {name: b"x"}), packs_folder(), packs)
    assert not packs.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a.pack.zip"]


def test_links_bombs_and_doubles_are_refused(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    link = zipfile.ZipInfo("pack.toml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.pack.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    _zip(tmp_path / "bomb.pack.zip", {"pack.toml": b"0" * 61_000_000})
    _zip(tmp_path / "many.pack.zip", {f"{n}.toml": b"" for n in range(MAX_FILES + 1)})
    _zip(tmp_path / "double.pack.zip", {"pack.toml": b"", "PACK.toml": b""})
    for name in ("link", "bomb", "many", "double"):
        with pytest.raises(PackRefused):
            take_in(tmp_path / f"{name}.pack.zip", packs_folder(), packs)
    assert not packs.exists()


def test_what_is_no_pack_is_told(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    (tmp_path / "cut.pack.zip").write_bytes(_zip(tmp_path / "a.zip", _files()).read_bytes()[:900])
    (tmp_path / "large.pack.zip").write_bytes(bytes(20_000_001))
    _zip(tmp_path / "other.pack.zip", {"readme.txt": b""})
    _zip(tmp_path / "two.pack.zip", {"a/x.txt": b"", "b/pack.toml": b""})
    locked = bytearray((tmp_path / "a.zip").read_bytes())
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    (tmp_path / "locked.pack.zip").write_bytes(bytes(locked))
    said = {
        "cut": "没有下载完整",
        "large": "太大",
        "other": "没有 pack.toml",
        "two": "没有 pack.toml",
        "locked": "有密码",
    }
    for name, words in said.items():
        with pytest.raises(PackRefused, match=words):
            take_in(tmp_path / f"{name}.pack.zip", packs_folder(), packs)


def test_a_folder_that_is_no_pack_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "packs" / "odd").mkdir(parents=True)
    (tmp_path / "packs" / "odd" / "pack.toml").write_text("identity = 3", encoding="utf-8")
    assert packs_there(packs_folder(), tmp_path / "packs") == {"hubei-2022": SHIPPED}


def test_a_pack_is_found_in_exactly_its_version(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    taken = take_in(_zip(tmp_path / "1.1.pack.zip", _files("1.1")), packs_folder(), packs)
    assert folder_of("hubei-2022", "1.1", packs_folder(), packs) == taken.folder
    assert folder_of("hubei-2022", "1.0", packs_folder(), packs) == SHIPPED
    assert folder_of("hubei-2022", "0.9", packs_folder(), packs) is None
    assert folder_of("elsewhere", "1.0", packs_folder(), tmp_path / "none") is None
