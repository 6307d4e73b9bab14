"""Which version of a pack counts: the newest that works; older ones are put back and stay put."""

from pathlib import Path

import pytest

from forms.ground.locate import packs_folder
from forms.pack.load import PackFault
from forms.vetting.pack_stock import SET_ASIDE, NotThere, Stock
from tests.pack_files import HUBEI, files_of, laid


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """Packs that were taken in: 1.1 and 1.2 of ours."""
    folder = tmp_path / "packs"
    for version in ("1.1", "1.2"):
        laid(folder / f"hubei-2022-{version}", files_of(version=version))
    return folder


def stock(taken: Path) -> Stock:
    return Stock(packs_folder(), taken)


def in_use(taken: Path) -> str:
    return stock(taken).version_in_use("hubei-2022")


def test_a_pack_is_found_in_exactly_its_version(taken: Path) -> None:
    there = stock(taken)
    assert there.folder_of("hubei-2022", "1.1") == taken / "hubei-2022-1.1"
    assert there.folder_of("hubei-2022", "1.0") == HUBEI
    assert there.folder_of("hubei-2022", "0.9") is None
    assert there.folder_of("elsewhere", "1.0") is None


def test_an_older_version_is_put_back_until_a_newer_one_comes(taken: Path) -> None:
    assert in_use(taken) == "1.2"
    stock(taken).use("hubei-2022", "1.0")
    assert in_use(taken) == "1.0"
    laid(taken / "hubei-2022-1.3", files_of(version="1.3"))
    assert in_use(taken) == "1.3"
    stock(taken).use("hubei-2022", "1.2")
    assert in_use(taken) == "1.2"
    stock(taken).use("hubei-2022", "1.3")
    assert in_use(taken) == "1.3"


def test_a_version_is_taken_away(taken: Path) -> None:
    stock(taken).use("hubei-2022", "1.1")
    stock(taken).remove("hubei-2022", "1.2")
    assert not (taken / "hubei-2022-1.2").exists()
    assert (taken / SET_ASIDE).read_text(encoding="utf-8") == ""
    stock(taken).remove("hubei-2022", "1.1")
    assert in_use(taken) == "1.0"
    for code, version, words in (
        ("hubei-2022", "1.0", "随程序安装"),
        ("hubei-2022", "7", "没有 7 版"),
        ("elsewhere", "1", "没有代号为"),
    ):
        with pytest.raises(NotThere, match=words):
            stock(taken).remove(code, version)
    with pytest.raises(NotThere, match="不能使用的“nothing”"):
        stock(taken).remove_folder("nothing")


def test_one_bad_pack_stops_nothing(taken: Path) -> None:
    (taken / "hubei-2022-1.2" / "rules.toml").write_text("rules = 3", encoding="utf-8")
    laid(taken / "long", files_of(version="9" * 5000))
    laid(taken / "odd", {"pack.toml": b"\xff\xfe"})
    laid(taken / "dark", files_of(version="1.9\u202e"))
    there = stock(taken)
    assert there.version_in_use("hubei-2022") == "1.1"
    assert {one.name for one in there.unusable} == {"hubei-2022-1.2", "long", "odd", "dark"}
    assert all(one.reason for one in there.unusable)
    with pytest.raises(PackFault):
        there.use("hubei-2022", "1.2")
    there.remove_folder("long")
    assert "long" not in {one.name for one in stock(taken).unusable}


def test_what_is_set_aside_is_read_from_whatever_lies_there(taken: Path) -> None:
    for content in (b"\xff", b"x = [", b"hubei-2022 = 3", b"hubei-2022 = [1, {a = 2}]"):
        (taken / SET_ASIDE).write_bytes(content)
        assert in_use(taken) == "1.2"
    (taken / SET_ASIDE).write_text('hubei-2022 = ["1.2", "1.1", "1.0"]', encoding="utf-8")
    assert in_use(taken) == "1.2"  # all are set aside: the newest is better than none
