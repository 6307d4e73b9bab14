"""A package with a password: closed to all but who has it, the password nowhere."""

from __future__ import annotations

import getpass
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import pyzipper

from forms.exchange.locked_zip import BadPassword, check_password
from tests.desktop.clerk import GOOD, Answer, Clerk

PASSWORD = "Kaifang-2022!xuke"


@pytest.fixture
def locked(clerk: Clerk) -> dict[str, Any]:
    clerk.imports(GOOD)
    file = clerk.folder / "密码.txt"
    file.write_text(PASSWORD + "\r\n第二行不算\n", encoding="utf-8-sig")
    answer = submit(clerk, "--password-file", file, "--json")
    assert answer.code == 0
    made: dict[str, Any] = answer.json
    assert made["locked"] is True
    return made


def submit(clerk: Clerk, *words: object) -> Answer:
    return clerk.types("submit", "--out", clerk.folder / "报送", *words)


def bytes_in(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def test_the_zip_opens_with_the_password_only(locked: dict[str, Any]) -> None:
    files = bytes_in(locked["folder"])
    with pyzipper.AESZipFile(locked["zip"]) as archive:
        assert set(archive.namelist()) == set(files)
        for info in archive.infolist():
            assert info.wz_aes_strength == 3  # AES-256
        with pytest.raises(RuntimeError):
            archive.read("manifest.json")
        archive.setpassword(b"wrong")
        with pytest.raises(RuntimeError):
            archive.read("manifest.json")
        archive.setpassword(PASSWORD.encode())
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.testzip() is None
    raw = Path(locked["zip"]).read_bytes()
    assert b"%PDF" not in raw and b"openlicense-package" not in raw


@pytest.mark.skipif(not shutil.which("7z"), reason="7-Zip is not here")
def test_7zip_opens_it(locked: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "解开"
    words = ["7z", "x", "-y", f"-o{out}", locked["zip"]]
    good = subprocess.run([*words, f"-p{PASSWORD}"], capture_output=True, check=False)
    assert good.returncode == 0, good.stdout
    assert bytes_in(str(out)) == bytes_in(locked["folder"])
    listed = subprocess.run(["7z", "l", "-slt", locked["zip"]], capture_output=True, check=True)
    assert b"AES-256" in listed.stdout
    shutil.rmtree(out)
    bad = subprocess.run([*words, "-pwrong"], capture_output=True, check=False)
    assert bad.returncode != 0


def test_the_mail_carries_the_locked_zip_alone(locked: dict[str, Any]) -> None:
    [mail] = locked["mails"]
    message = message_from_bytes(Path(mail).read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    [attached] = message.iter_attachments()
    assert attached.get_filename() == Path(locked["zip"]).name
    assert attached.get_content() == Path(locked["zip"]).read_bytes()
    body = message.get_body()
    assert body is not None and "密码另行告知" in body.get_content()


def test_the_password_is_written_nowhere(locked: dict[str, Any], clerk: Clerk) -> None:
    secret = PASSWORD.encode()
    for path in clerk.folder.rglob("*"):
        if path.is_file() and path.name != "密码.txt":
            assert secret not in path.read_bytes(), path.name
    assert PASSWORD not in str(locked)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "第一行为空"),
        ("\n密码", "第一行为空"),
        ("short", "8 至 99"),
        ("x" * 100, "8 至 99"),
        ("密码密码密码密码", "只能用英文字母"),
        ("tab\there\x07", "只能用英文字母"),
        ("        ", "只含空格"),
        ("aaaaaaaaaa", "不同的字符不到 4 个"),
        ("Aa Aa Aa Aa", "不同的字符不到 4 个"),
        ("20220901", "纯数字不足 12 位"),
        ("027870000", "纯数字不足 12 位"),
        ("12345678901234", "连续的字符"),
        ("Zyxwvutsr", "连续的字符"),
        ("asdfghjkl", "连续的字符"),
        ("1qaz2wsx", "连续的字符"),
        ("Password2022!", "常见密码"),
    ],
)
def test_a_password_that_would_not_open_elsewhere_is_refused(
    clerk: Clerk, content: str, said: str
) -> None:
    clerk.imports(GOOD)
    file = clerk.folder / "密码.txt"
    file.write_text(content, encoding="utf-8")
    answer = submit(clerk, "--password-file", file)
    assert answer.code == 2
    [line] = answer.err.splitlines()
    assert said in line
    assert not (clerk.folder / "报送").exists()


@pytest.mark.parametrize(
    "password", [PASSWORD, "kaifang-2022", "correct horse", "739105824617", "Zscq@0701x"]
)
def test_a_password_that_has_to_be_guessed_is_taken(password: str) -> None:
    assert check_password(password) == password


def test_it_is_typed_twice_on_a_terminal_and_not_shown(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.imports(GOOD)
    assert "--password-file" in submit(clerk, "--encrypt").err  # no terminal here
    typed = iter([PASSWORD, "other-password", PASSWORD, PASSWORD])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(typed))
    assert "不一致" in submit(clerk, "--encrypt").err
    assert not (clerk.folder / "报送").exists()
    answer = submit(clerk, "--encrypt")
    assert answer.code == 0 and "已加密" in answer.out
    assert "未加密，供本单位留底" in answer.out  # of the folder beside it


def test_it_is_one_way_or_the_other_and_never_an_argument(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    assert submit(clerk, "--encrypt", "--password-file", "x").code == 2
    assert submit(clerk, f"--password={PASSWORD}").code == 2
    assert submit(clerk, "--encrypt", PASSWORD).code == 2


def test_without_a_password_the_zip_is_open(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    made = submit(clerk, "--json").json
    assert made["locked"] is False
    with zipfile.ZipFile(made["zip"]) as archive:
        assert archive.testzip() is None


def test_the_bounds_of_a_password() -> None:
    assert check_password("kfxq" * 2) and check_password("kfxq" * 24 + "-22")
    with pytest.raises(BadPassword):
        check_password("x" * 7)
