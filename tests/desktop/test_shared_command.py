"""Every command works on a shared database as on a file: `--db postgresql://…`."""

import json
from pathlib import Path

import pytest

from tests.desktop.clerk import FAULTY, GOOD, SECOND, Clerk
from tests.postgres_server import PASSWORD, PASSWORD_TYPED, Server


@pytest.fixture
def shared(clerk: Clerk, server: Server) -> Clerk:
    clerk.db = server.url  # type: ignore[assignment]
    return clerk


def told(clerk: Clerk, folder: Path) -> list[object]:
    """What a morning's commands say."""
    sheet = clerk.fills(GOOD, SECOND, FAULTY)
    said = [clerk.types("import", sheet, "--json").json]
    for words in (["list"], ["check"], ["show", GOOD["专利号"]], ["stats"]):
        said.append(clerk.types(*words, "--json").json)
    assert clerk.types("export", "--out", folder).code in (0, 1)
    said.append(sorted(file.name for file in folder.rglob("*.pdf")))
    return said


def test_a_mornings_work_is_the_same_on_both(
    clerk: Clerk, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    of_file = told(clerk, tmp_path / "a")
    clerk.db = server.url  # type: ignore[assignment]
    of_server = told(clerk, tmp_path / "b")
    assert json.dumps(of_server).replace("/b/", "/a/") == json.dumps(of_file)


def test_backups_are_left_to_the_server_and_no_password_is_told(shared: Clerk) -> None:
    shared.imports(GOOD)
    for words in (["backup"], ["backup", "x.db"], ["restore", "--list"]):
        answer = shared.types(*words)
        assert answer.code == 2
        assert "pg_dump" in answer.err and "pg_restore" in answer.err
    examined = shared.types("verify")
    assert examined.code == 0 and "全部完好" in examined.out
    for said in (answer.err, examined.out, examined.err):
        assert PASSWORD not in said and PASSWORD_TYPED not in said


def test_a_server_that_is_away_is_told(clerk: Clerk, tmp_path: Path) -> None:
    clerk.db = f"postgresql://clerk:geheim@/x?host={tmp_path}"  # type: ignore[assignment]
    answer = clerk.types("list")
    assert answer.code == 2
    assert "连不上共享数据库" in answer.err and "geheim" not in answer.err


@pytest.mark.parametrize("address", ["mysql://u@h/x", "postgresql:/u@h/x", "https://h/x"])
def test_an_address_of_another_kind_makes_no_file_of_its_name(
    clerk: Clerk, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clerk.folder)
    clerk.db = address  # type: ignore[assignment]
    told = clerk.types("list")
    assert told.code == 2
    assert "应为 postgresql://" in told.err
    assert list(clerk.folder.iterdir()) == []
