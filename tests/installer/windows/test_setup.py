"""The installer's script and its values: what a bureau's odd name could break."""

import re
import shutil
from pathlib import Path

import pytest

from installer.windows import sign, stub_words
from installer.windows.setup import (
    SCRIPT,
    WORDS,
    Setup,
    definitions,
    file_name,
    four_numbers,
    quoted,
)
from tools.develop.console import Trouble


def made(tmp_path: Path, name: str = "开放许可通", version: str = "0.1.0") -> str:
    program = tmp_path / "program"
    program.mkdir(exist_ok=True)
    (program / "a.exe").write_bytes(b"x" * 3_000_000)
    setup = Setup(program, tmp_path / "setup.exe", version, name)
    return definitions(setup, setup.output, "amd64-unicode")


def test_a_name_can_break_out_of_no_quotes() -> None:
    assert quoted('甲$INSTDIR`"!') == "`甲$$INSTDIR'\"!`"
    assert "\n" not in quoted("甲\n!system rm")


def test_a_bureaus_name_with_signs_stays_readable(tmp_path: Path) -> None:
    text = made(tmp_path, "开放许可通（研究&推广/示范）")
    assert "!define NAME `开放许可通（研究&推广/示范）`" in text
    assert "!define NAME_IN_DIALOGS `开放许可通（研究&&推广/示范）`" in text
    assert "!define SHORTCUT `开放许可通（研究&推广 示范）`" in text


def test_the_size_is_stated_with_some_room(tmp_path: Path) -> None:
    assert "!define SIZE_MB `12`" in made(tmp_path)


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", "0.1.0.0"), ("2", "2.0.0.0"), ("1.2.3rc4", "1.2.3.4"), ("1.70000", "1.65535.0.0")],
)
def test_a_version_becomes_windows_four_numbers(version: str, numbers: str) -> None:
    assert four_numbers(version) == numbers


def test_a_shortcut_is_never_without_a_name() -> None:
    assert file_name(" ?? ") == "开放许可通"


def test_the_script_uses_only_words_and_values_that_exist(tmp_path: Path) -> None:
    script, words = SCRIPT.read_text(encoding="utf-8"), WORDS.read_text(encoding="utf-8")
    defined = set(re.findall(r"!define (\w+)", script + words + made(tmp_path)))
    used = {name for name in re.findall(r"\$\{([A-Z_0-9]+)\}", script + words) if "_" in name}
    nsis_own = {"BST_CHECKED", "WM_SETTEXT", "LANG_SIMPCHINESE"}
    assert used - defined - nsis_own == set()
    said = set(re.findall(r"\$\{(W_\w+)\}", script + words))
    assert set(re.findall(r"!define (W_\w+)", words)) == said


def test_a_clerk_reads_no_english(tmp_path: Path) -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    spoken = re.findall(
        r"(?:MessageBox \S+|_TEXT|_TITLE|Create\w+ \S+ \S+ \S+ \S+) \"(.*?)\"", script
    )
    assert spoken
    assert all(one.startswith("${W_") or one == "$R1" for one in spoken)


def test_nsis_own_words_are_put_into_chinese_in_their_places() -> None:
    english = "".join(f"{word}\0" for word in stub_words.WORDS).encode("utf-16-le")
    chinese = stub_words.in_chinese(b"code" + english + b"more")
    assert len(chinese) == len(b"code" + english + b"more")
    text = chinese[4:-4].decode("utf-16-le")
    assert "重新取得安装程序" in text
    assert not re.search("[A-Za-z]{4}", text)


def test_a_word_that_nsis_has_changed_fails_the_build() -> None:
    with pytest.raises(LookupError):
        stub_words.in_chinese("Installer is fine".encode("utf-16-le"))


def test_every_chinese_word_fits_in_its_place() -> None:
    for english, chinese in stub_words.WORDS.items():
        assert len(chinese) <= len(english)
        assert english.count("%d") == chinese.count("%d")


@pytest.mark.skipif(not shutil.which("makensis"), reason="NSIS is not on this machine")
def test_nsis_takes_the_script_with_an_odd_name(tmp_path: Path) -> None:
    from installer.windows import setup

    made(tmp_path)
    wanted = setup.Setup(
        tmp_path / "program", tmp_path / "甲 setup.exe", "1.2.3", '甲$乙&"丙"（示范）', "zlib"
    )
    setup.make(wanted, wanted.output)
    assert wanted.output.stat().st_size > 50_000
    assert list(tmp_path.glob("*.nsh")) == []


def test_without_a_certificate_nothing_is_signed_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv(sign.PFX, raising=False)
    sign.tell()
    assert "Not signed" in capsys.readouterr().out
    file = tmp_path / "a.exe"
    file.write_bytes(b"x")
    sign.sign(file)
    assert file.read_bytes() == b"x"


def test_a_certificate_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="not there"):
        sign.certificate({sign.PFX: str(tmp_path / "none.pfx")})
