"""The shelf: which of the packs at hand a case is judged by."""

from pathlib import Path
from shutil import copytree

import msgspec
import pytest

from forms.ground.locate import packs_folder
from forms.pack import pack_shelf as shelf_module
from forms.pack.load import load
from forms.pack.pack_shelf import Shelf
from forms.pack.types import Pack

HUBEI = load(packs_folder() / "hubei-2022")
QINGLAN = Path(__file__).parents[2] / "packs" / "qinglan-2026"


def test_a_case_has_its_own_pack_and_one_of_none_the_one_in_use() -> None:
    shelf = Shelf(HUBEI, {"hubei-2022": HUBEI.folder, "qinglan-2026": QINGLAN})
    assert shelf.of("hubei-2022") is HUBEI
    assert shelf.of("") is HUBEI
    found = shelf.of("qinglan-2026")
    assert found is not None
    assert found.identity.code == "qinglan-2026"
    assert shelf.of("gone-2020") is None


def test_a_pack_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Path] = []

    def counted(folder: Path) -> Pack:
        loaded.append(folder)
        return load(folder)

    monkeypatch.setattr(shelf_module, "load", counted)
    shelf = Shelf(HUBEI, {"qinglan-2026": QINGLAN})
    assert shelf.of("qinglan-2026") is shelf.of("qinglan-2026")
    assert loaded == [QINGLAN]


def test_a_damaged_pack_or_another_in_its_place_counts_as_missing(tmp_path: Path) -> None:
    damaged = copytree(QINGLAN, tmp_path / "坏的")
    (damaged / "rules.toml").write_text("=", encoding="utf-8")
    assert Shelf(HUBEI, {"qinglan-2026": damaged}).of("qinglan-2026") is None
    assert Shelf(HUBEI, {"other": QINGLAN}).of("other") is None


def test_a_former_version_is_found_and_where_it_is_gone_the_newest_stands_in(
    tmp_path: Path,
) -> None:
    older = copytree(QINGLAN, tmp_path / "旧版")
    text = (older / "pack.toml").read_text(encoding="utf-8")
    (older / "pack.toml").write_text(text.replace('"0.3"', '"0.2"', 1), encoding="utf-8")

    asked: list[str] = []

    def former(_code: str, version: str) -> Path | None:
        asked.append(version)
        return older if version == "0.2" else None

    shelf = Shelf(HUBEI, {"qinglan-2026": QINGLAN}, former)
    wanted = {"0.3": "0.3", "0.2": "0.2", "0.1": "0.3"}
    for version, stands_in in [*wanted.items(), *wanted.items()]:
        found = shelf.in_version("qinglan-2026", version)
        assert found is not None
        assert found.identity.version == stands_in
    assert asked == ["0.2", "0.1"]  # each is looked for once
    assert Shelf(HUBEI).in_version("qinglan-2026", "0.3") is None


def test_a_pack_is_as_it_is_issued_here() -> None:
    def issued(pack: Pack) -> Pack:
        theirs = msgspec.structs.replace(pack.submission, address="a@b.example")
        ours: Pack = msgspec.structs.replace(pack, submission=theirs)
        return ours

    found = Shelf(HUBEI, {"qinglan-2026": QINGLAN}, issued=issued).of("qinglan-2026")
    assert found is not None
    assert found.submission.address == "a@b.example"
