"""A bureau's edition: its folder is checked, laid in as data, and read at the first start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.command_line.cli import main
from desktop.installed import bureau_edition as read
from forms.ground.locate import packs_folder
from forms.pack.load import find_packs, load
from installer import edition
from tools.develop.console import ROOT, Trouble

INVENTED = ROOT / "tests" / "packs" / "qinglan-2026"
WORDS = """\
[office]
region = "青岚省"
kind = "city"
email = "register@qinglan.example"

[submission]
address = "licence@qinglan.example"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bureau's folder: its pack and its words."""
    made = tmp_path / "青岚"
    shutil.copytree(INVENTED, made)
    (made / read.FILE).write_text(WORDS, encoding="utf-8")
    return made


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    """The resources of a program."""
    made = tmp_path / "resources"
    shutil.copytree(packs_folder(), made / "packs")
    return made


def test_the_pack_and_the_words_are_laid_in(folder: Path, resources: Path) -> None:
    ours = edition.wanted(folder, "青岚省知识产权局")
    assert ours is not None
    edition.put_in(ours, resources)
    assert set(find_packs(resources / "packs")) == {*find_packs(packs_folder()), "qinglan-2026"}
    found = read.edition_in(resources)
    assert found is not None
    assert (found.name, found.pack) == ("青岚省知识产权局", "qinglan-2026")
    assert found.offered().region == "青岚省"
    assert found.offered().kind == "city"
    assert found.submission.address == "licence@qinglan.example"
    assert not (resources / "packs" / "qinglan-2026" / read.FILE).exists()


def test_a_newer_pack_of_the_same_code_takes_the_place_of_the_shipped(
    tmp_path: Path, resources: Path
) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(packs_folder() / "hubei-2022", newer)
    text = (newer / "pack.toml").read_text(encoding="utf-8")
    changed = text.replace('version = "1.0"', 'version = "9.9"')
    (newer / "pack.toml").write_text(changed, encoding="utf-8")
    ours = edition.wanted(newer, "湖北")
    assert ours is not None
    edition.put_in(ours, resources)
    found = find_packs(resources / "packs")
    assert set(found) == set(find_packs(packs_folder()))
    assert 'version = "9.9"' in (found["hubei-2022"] / "pack.toml").read_text(encoding="utf-8")


def test_a_pack_with_a_fault_makes_no_edition(folder: Path) -> None:
    (folder / "rules.toml").write_text("nonsense = 1\n", encoding="utf-8")
    with pytest.raises(Trouble, match=r"rules\.toml"):
        edition.wanted(folder, "青岚")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ('name = "别的"\n', "command line"),
        ('[office]\nfax = "1"\n', "fax"),
        ('[submission]\naddress = "nowhere"\n', "nowhere"),
        ('[office]\nkind = "village"\n', "village"),
        ("[office\n", "edition.toml"),
    ],
)
def test_wrong_words_make_no_edition(folder: Path, words: str, named: str) -> None:
    (folder / read.FILE).write_text(words, encoding="utf-8")
    with pytest.raises(Trouble, match=named):
        edition.wanted(folder, "青岚")


@pytest.mark.parametrize(("pack", "name"), [(INVENTED, ""), (None, "青岚"), (INVENTED, " ")])
def test_an_edition_is_a_pack_and_a_name(pack: Path | None, name: str) -> None:
    with pytest.raises(Trouble, match="both"):
        edition.wanted(pack, name)
    assert edition.wanted(None, "") is None


def test_a_program_is_nobodys_edition_without_the_file(resources: Path) -> None:
    assert read.edition_in(resources) is None
    (resources / read.FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(read.EditionFault):
        read.edition_in(resources)


def test_the_command_line_takes_the_editions_pack_first(
    folder: Path,
    resources: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ours = edition.wanted(folder, "青岚省知识产权局")
    assert ours is not None
    edition.put_in(ours, resources)
    monkeypatch.setattr("desktop.installed.bureau_edition.resources", lambda: resources)
    monkeypatch.setattr("forms.ground.locate.packs_folder", lambda: resources / "packs")
    read.edition_here.cache_clear()
    try:
        assert main(["--version"]) == 0
        assert main(["template", "--out", str(folder.parent / "模板.xlsx")]) == 0
        bureaus, other = (
            load(resources / "packs" / code) for code in ("qinglan-2026", "hubei-2022")
        )
        assert read.as_issued(bureaus).submission.address == "licence@qinglan.example"
        assert read.as_issued(other) is other
    finally:
        read.edition_here.cache_clear()
    said = capsys.readouterr().out
    assert "（青岚省知识产权局）" in said
    assert "qinglan-2026 0.3" in said
