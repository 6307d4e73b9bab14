"""What a pack may call itself, and how its versions are compared."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.pack.load import PackFault, load
from forms.pack.pack_identity import (
    LONGEST_VERSION,
    ahead_of_time,
    identity_faults,
    is_version,
    version_key,
)
from forms.pack.types import Identity
from forms.vetting.pack_lint import lint
from tests.pack_files import HUBEI, files_of, laid

GOOD = Identity(code="hubei-2022", version="1.0", name="名称", authority="机关")
numbers = st.lists(st.integers(0, 99_999_999), min_size=1, max_size=4)


def _keys(**changed: str) -> list[str]:
    return [key for key, _ in identity_faults(msgspec.structs.replace(GOOD, **changed))]


@pytest.mark.parametrize("version", ["1.0", "0.3", "2026.1", "20260901", "V1.0", "1.0-rc.1", "7"])
def test_versions_as_people_write_them_are_taken(version: str) -> None:
    assert is_version(version)
    assert _keys(version=version) == []


@pytest.mark.parametrize(
    "version",
    [
        "",
        " ",
        "1.0\n",
        "1..0",
        ".1",
        "-1",
        "1 0",
        "一",
        "1.0\u202e",
        "٣",
        "../1",
        "1/0",
        "9" * 9,
        "1." * 12 + "1",
        "9" * 5000,
        "CON:",
    ],
)
def test_odd_and_endless_versions_are_refused(version: str) -> None:
    assert not is_version(version)
    assert _keys(version=version) == ["identity.version"]


def test_codes_and_names_are_bounded() -> None:
    for code in ("", "A", "a" * 33, "a/b", "湖北", "a\u0301"):
        assert _keys(code=code) == ["identity.code"]
    assert _keys(name="甲" * 101, authority=" ", notice="乙" * 501) == [
        "identity.name",
        "identity.authority",
        "identity.notice",
    ]
    assert _keys(name="两\n行") == ["identity.name"]


@given(numbers, numbers)
def test_versions_are_compared_by_their_numbers(one: list[int], other: list[int]) -> None:
    texts = [".".join(map(str, them)) for them in (one, other)]
    assert (version_key(texts[0]) < version_key(texts[1])) == (one < other)


@given(st.text(max_size=40), st.integers(0, 20_000))
def test_any_text_can_be_compared(text: str, digits: int) -> None:
    assert version_key(text) == version_key(text)
    assert version_key("9" * digits + text) >= version_key("")
    assert version_key("1.10") > version_key("1.9") == version_key("1.09")


def test_a_long_version_is_refused_by_linter_and_loader(tmp_path: Path) -> None:
    folder = laid(tmp_path / "pack", files_of(version="9" * 5000))
    assert [fault.key for fault in lint(folder)] == ["identity.version"]
    with pytest.raises(PackFault) as refused:
        load(folder)
    assert len(str(refused.value)) < 500
    assert str(LONGEST_VERSION) in str(refused.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("pack.toml", "湖北省知识产权局", "湖北省知识\u202e产权局", "identity.authority"),
        ("pack.toml", 'name = "', 'name = "\u200b', "identity.name"),
        ("pack.toml", "dingwei@", "dingwei\u2066@", "submission.address"),
        ("wording.toml", "未填写，请照", "未\u200d填写，请照", "number.blank"),
        ("papers/consent.toml", 'title = "同意', 'title = "同\u00ad意', "title"),
    ],
)
def test_characters_nobody_sees_are_refused_wherever_they_stand(
    tmp_path: Path, file: str, old: str, new: str, key: str
) -> None:
    folder = laid(tmp_path / "pack", files_of(HUBEI, (old, new), file=file))
    faults = [fault for fault in lint(folder) if fault.file == file]
    assert any("不可见字符" in fault.reason and "‹U+" in fault.reason for fault in faults)
    assert any(key in fault.key for fault in faults)
    with pytest.raises(PackFault):
        load(folder)


def test_what_lies_in_the_future_is_said() -> None:
    today = date(2026, 11, 29)
    for version in ("2099.1", "v2027", "2030-1"):
        said = ahead_of_time(msgspec.structs.replace(GOOD, version=version), today)
        assert len(said) == 1
        assert version in said[0]
    later = msgspec.structs.replace(GOOD, in_force_from=date(2027, 1, 1))
    assert ahead_of_time(later, today) == ("2027-01-01 起施行，晚于今天",)
    for version in ("1.0", "2026.4", "20"):
        assert ahead_of_time(msgspec.structs.replace(GOOD, version=version), today) == ()
