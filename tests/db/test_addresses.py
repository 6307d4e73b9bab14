"""Addresses of shared databases and the password file: read as PostgreSQL's own tools do."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.password_file import keep_password, password_for
from db.shared_database import FaultyAddress, SharedDatabase, is_shared, shared_database

HERE = Path("openlicense.db")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://wang@10.0.0.5:5433/kfxk", "wang@10.0.0.5:5433/kfxk"),
        ("postgres://wang@db.example/kfxk", "wang@db.example:5432/kfxk"),
        ("postgresql://wang:geheim@[::1]/kfxk", "wang@::1:5432/kfxk"),
        ("postgresql://wang@/kfxk?host=/run/pg", "wang@/run/pg:5432/kfxk"),
        ("postgresql://wang@x/kfxk?schema=hubei", "wang@x:5432/kfxk?schema=hubei"),
        ("postgresql://%E7%8E%8B@x/kfxk?sslmode=verify-full&sslrootcert=/a.crt", "王@x:5432/kfxk"),
    ],
)
def test_an_address_is_read_and_written_without_its_password(text: str, shown: str) -> None:
    assert is_shared(text)
    found = shared_database(text, beside=HERE)
    assert found.shown == shown
    again = shared_database(found.address, beside=HERE)
    assert (again.shown, again.tls, again.tls_root) == (shown, found.tls, found.tls_root)
    assert "geheim" not in f"{found!r} {found.address} {found.shown}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("postgresql://wang:geheim@x:port/kfxk", "写法有误"),
        ("postgresql://wang:geheim@x", "没有写数据库名"),
        ("postgresql://wang:geheim@x/kfxk?sslmode=maybe", "sslmode"),
        ("postgresql://wang:geheim@x/kfxk?schema=a;drop", "schema"),
        ("postgresql://wang:geheim@x/kfxk?options=-c", "options"),
    ],
)
def test_a_faulty_address_is_told_without_its_password(text: str, said: str) -> None:
    with pytest.raises(FaultyAddress, match=said) as met:
        shared_database(text, beside=HERE)
    assert "geheim" not in str(met.value)


def test_files_are_no_addresses() -> None:
    assert not any(map(is_shared, ("案卷.db", "C:\\postgresql\\x.db", "", "/postgresql://x")))


# --- passwords --------------------------------------------------------------------------------


def asked(file: Path, **others: str) -> SharedDatabase:
    text = "postgresql://wang@x/kfxk"
    return shared_database(f"{text}?passfile={file}", beside=HERE)


def test_the_password_of_the_address_counts_then_the_environments_then_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pgpass"
    assert asked(file).password is None
    keep_password("x", 5432, "kfxk", "wang", "of-the-file", str(file))
    assert asked(file).password == "of-the-file"
    monkeypatch.setenv("PGPASSFILE", str(file))
    assert shared_database("postgresql://wang@x/kfxk", beside=HERE).password == "of-the-file"
    monkeypatch.setenv("PGPASSWORD", "of-the-environment")
    assert asked(file).password == "of-the-environment"
    named = shared_database("postgresql://wang:of-the-address@x/kfxk", beside=HERE)
    assert named.password == "of-the-address"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the profile's own rights")
def test_only_the_owner_reads_the_file_and_one_that_others_read_counts_for_nothing(
    tmp_path: Path,
) -> None:
    file = keep_password("x", 5432, "kfxk", "wang", "geheim", str(tmp_path / "pgpass"))
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    assert asked(file).password is None


def test_other_lines_and_remarks_stay(tmp_path: Path) -> None:
    file = tmp_path / "pgpass"
    file.write_text("# ours\n*:*:other:*:a\nx:5432:kfxk:wang:old\n", encoding="utf-8")
    file.chmod(0o600)
    keep_password("x", 5432, "kfxk", "wang", "new", str(file))
    said = file.read_text(encoding="utf-8").splitlines()
    assert said == ["x:5432:kfxk:wang:new", "# ours", "*:*:other:*:a"]
    assert password_for("y", 1, "other", "li", str(file)) == "a"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]),
                        min_size=1), min_size=4, max_size=4))  # fmt: skip
def test_any_password_comes_back(tmp_path: Path, texts: list[str]) -> None:
    host, database, user, password = ("#" + text if text[0] == "#" else text for text in texts)
    file = tmp_path / "pgpass"
    keep_password(f"h{host}", 5432, database, user, password, str(file))
    assert password_for(f"h{host}", 5432, database, user, str(file)) == password
