"""Packs at the command line: nothing is taken unseen, what was is put back, one bad one is told."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.command_line import agreement
from desktop.installed.bureau_edition import Edition, Packs
from forms.vetting.pack_signature import new_key
from tests.desktop.clerk import GOOD, SECOND, Clerk
from tests.pack_files import ADDRESS, HUBEI, files_of, laid, zipped

STRANGER = "hubei@stranger.example"
NUMBER = "ZL201810024046.5"


def mailed(clerk: Clerk, version: str = "1.1", *changes: tuple[str, str]) -> Path:
    """A pack as it comes by mail."""
    return zipped(clerk.folder / f"{version}.pack.zip", files_of(HUBEI, *changes, version=version))


class Keyboard:
    """Standard input at which somebody sits, or nobody."""

    def __init__(self, lines: Sequence[str], *, is_there: bool = True) -> None:
        self.lines = list(lines)
        self.is_there = is_there

    def isatty(self) -> bool:
        return self.is_there

    def readline(self) -> str:
        return self.lines.pop(0) if self.lines else ""


def test_a_pack_of_a_stranger_is_shown_and_not_taken(clerk: Clerk) -> None:
    file = mailed(clerk, "2099.1", (ADDRESS, STRANGER), ("湖北省知识产权局", "湖北省知识产权中心"))
    seen = clerk.types("pack", "take", file)
    assert seen.code == 1
    assert f"！收件邮箱：{ADDRESS} → {STRANGER}" in seen.out
    assert "！发布部门：湖北省知识产权局 → 湖北省知识产权中心" in seen.out
    assert "注意：版本号 2099.1 为 2099 年" in seen.out
    assert "未接收" in seen.err and "--yes" in seen.err
    as_json = clerk.types("pack", "take", file, "--json")
    assert (as_json.code, as_json.json["taken"]) == (1, False)
    assert [one["what"] for one in as_json.json["changes"] if one["is_grave"]]
    assert clerk.types("pack", "list", "--json").json["packs"][0]["version"] == "1.0"


@pytest.mark.parametrize(
    ("lines", "code"), [(["y\n"], 0), (["是\n"], 0), (["\n"], 1), (["n\n"], 1), ([], 1)]
)
def test_at_a_terminal_the_clerk_is_asked(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, lines: list[str], code: int
) -> None:
    monkeypatch.setattr(agreement.sys, "stdin", Keyboard(lines))
    answer = clerk.types("pack", "take", mailed(clerk))
    assert answer.code == code
    assert "是否接收此表单包？" in answer.err
    assert ("已接收" in answer.out) == (code == 0)


def test_a_version_that_should_not_be_is_put_back_and_taken_away(clerk: Clerk) -> None:
    clerk.types("pack", "take", mailed(clerk, "2099.1"), "--yes")
    real = clerk.types("pack", "take", mailed(clerk, "1.1"), "--yes")
    assert "仍用 2099.1 版" in real.out and "pack use hubei-2022 1.1" in real.out
    used = clerk.types("pack", "use", "hubei-2022", "1.1", "--json")
    assert used.json == {"code": "hubei-2022", "in_use": "1.1"}
    listed = clerk.types("pack", "list").out
    ours = [line for line in listed.splitlines() if line.startswith("hubei-2022")]
    assert [line.split()[-1] for line in ours] == [
        "已换下",
        "湖北省知识产权局",
        "留存",
    ]
    assert "现用 1.1 版" in clerk.types("pack", "remove", "hubei-2022", "2099.1").out
    assert "2099.1" not in clerk.types("pack", "list").out
    assert (
        clerk.types("pack", "take", mailed(clerk, "1.2"), "--yes", "--json").json["in_use"] == "1.2"
    )
    for words in (("use", "hubei-2022", "9"), ("remove", "hubei-2022", "1.0"), ("remove", "x")):
        refused = clerk.types("pack", *words)
        assert (refused.code, refused.out) == (2, "")
        assert refused.err.endswith("\n")


def test_one_bad_pack_stops_no_command(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    packs = clerk.db.parent / "packs"
    laid(packs / "endless", files_of(version="9" * 5000))
    bad = laid(packs / "hubei-2022-1.5", files_of(version="1.5"))
    (bad / "rules.toml").write_text("rules = 3", encoding="utf-8")
    for words in (
        ("list",),
        ("show", NUMBER),
        ("check",),
        ("history", NUMBER),
        ("export", "--out", clerk.folder / "文书"),
        ("template", "--out", clerk.folder / "模板.xlsx"),
        ("import", clerk.fills(GOOD, SECOND)),
    ):
        answer = clerk.types(*words)
        assert answer.code in (0, 1), answer.err
        assert "endless" in answer.err and "hubei-2022-1.5" in answer.err
    listed = clerk.types("pack", "list")
    assert listed.code == 0
    assert "endless" in listed.out and "不能使用" in listed.out
    assert clerk.types("pack", "remove", "endless").code == 0
    assert clerk.types("pack", "remove", "hubei-2022", "1.5").code == 0
    assert clerk.types("list").err == ""


# --- which pack, where none is named ----------------------------------------------------------


@pytest.fixture
def both(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packs ship; "aaa" sorts before ours."""
    return _shipped(clerk, monkeypatch, "hubei-2022", "aaa")


def _shipped(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, *codes: str) -> Path:
    packs = clerk.folder / "随附"
    for code in codes:
        files = files_of(HUBEI, ('code = "hubei-2022"', f'code = "{code}"'))
        laid(packs / code, files_of() if code == "hubei-2022" else files)
    monkeypatch.setattr("forms.ground.locate.packs_folder", lambda: packs)
    return packs


def test_scripts_that_name_no_pack_work_with_the_one_they_were_written_for(
    clerk: Clerk, both: Path
) -> None:
    assert clerk.types("import", clerk.fills(GOOD)).code == 0
    (case,) = clerk.types("show", NUMBER, "--json").json["cases"]
    assert case["pack"] == "hubei-2022"


def test_the_pack_is_that_of_the_cases_and_importing_doubles_nothing(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shipped(clerk, monkeypatch, "aaa", "bbb")
    file = clerk.fills(GOOD)
    first = clerk.types("import", file)
    assert first.code == 2
    assert "aaa、bbb" in first.err and "--pack" in first.err
    assert clerk.types("import", file, "--pack", "bbb").code == 0
    again = clerk.types("import", file, "--json")
    assert again.json["counts"]["new"] == 0
    assert clerk.types("export", "--out", clerk.folder / "文书").code in (0, 1)
    assert clerk.names("文书")


def test_cases_of_two_packs_are_looked_at_and_the_pack_is_asked_for(
    clerk: Clerk, both: Path
) -> None:
    for code, row in (("hubei-2022", GOOD), ("aaa", SECOND)):
        clerk.types("import", clerk.fills(row), "--pack", code)
    assert len(clerk.types("list", "--json").json["cases"]) == 2
    assert clerk.types("check").code in (0, 1)
    asked = clerk.types("export", "--out", clerk.folder / "文书")
    assert asked.code == 2
    assert "案卷属于 aaa、hubei-2022" in asked.err


def test_a_patent_that_another_pack_has_is_told(clerk: Clerk, both: Path) -> None:
    file = clerk.fills(GOOD)
    clerk.types("import", file, "--pack", "hubei-2022")
    told = clerk.types("import", file, "--pack", "aaa", "--dry-run")
    assert f"1 件新增专利在其他表单包中已有案卷：{NUMBER}" in told.err
    assert clerk.types("import", file, "--pack", "aaa", "--json").json["elsewhere"]


# --- a bureau that signs ---------------------------------------------------------------------


def test_a_bureau_makes_a_key_and_signs_and_its_edition_takes_the_pack_unasked(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, key = laid(clerk.folder / "包", files_of(version="1.1")), clerk.folder / "私钥.pem"
    made = clerk.types("pack", "key", key, "--json")
    public = made.json["public"]
    assert clerk.types("pack", "key", key).code == 2  # never over another
    out = clerk.folder / "湖北.pack.zip"
    signed = clerk.types("pack", "sign", folder, "--key", key, "--out", out, "--json")
    assert signed.json["public"] == public
    assert clerk.types("pack", "check", folder).code == 0
    edition = Edition(name="湖北省知识产权局", pack="hubei-2022", packs=Packs(key=public))
    monkeypatch.setattr("desktop.installed.bureau_edition.edition_here", lambda: edition)
    taken = clerk.types("pack", "take", out)
    assert taken.code == 0
    assert "签名核对无误" in taken.out and "已接收" in taken.out
    unsigned = clerk.types("pack", "take", mailed(clerk, "1.2"))
    assert unsigned.code == 1
    assert "没有签名" in unsigned.out
    clerk.types("pack", "key", clerk.folder / "别人.pem")
    other = laid(clerk.folder / "别的包", files_of(version="1.3"))
    theirs = clerk.folder / "别的.pack.zip"
    clerk.types("pack", "sign", other, "--key", clerk.folder / "别人.pem", "--out", theirs)
    wrong = clerk.types("pack", "take", theirs)
    assert wrong.code == 1
    assert "签名不符" in wrong.out


def test_what_can_not_be_signed_is_said(clerk: Clerk) -> None:
    folder = laid(clerk.folder / "包", files_of())
    key = clerk.folder / "私钥.pem"
    key.write_bytes(new_key()[0])
    no_key = clerk.types("pack", "sign", folder, "--key", folder / "papers" / "consent.toml")
    assert no_key.code == 2 and "不是签名私钥" in no_key.err
    odd_name = clerk.types("pack", "sign", folder, "--key", key, "--out", clerk.folder / "a.zip")
    assert odd_name.code == 2 and ".pack.zip" in odd_name.err
    (folder / "stray.toml").write_text("x = 1", encoding="utf-8")
    faulty = clerk.types("pack", "sign", folder, "--key", key)
    assert faulty.code == 1 and "未签名" in faulty.err
    assert not (folder / "signature.toml").exists()
    assert clerk.types("pack", "sign", clerk.folder / "无", "--key", key).code == 2


def test_a_declaration_filed_online_has_no_package(clerk: Clerk) -> None:
    clerk.types("import", clerk.fills(GOOD), "--pack", "cnipa-2024")
    refused = clerk.types("submit", "--out", clerk.folder / "报送", "--pack", "cnipa-2024")
    assert refused.code == 2
    assert "在网上填报，不用邮件报送" in refused.err
    assert not (clerk.folder / "报送").exists()
