"""Files are written whole or not at all, under names every system takes."""

import errno
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.ground import files

# --- names -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ZL202110345678.3 信息表", "ZL202110345678.3 信息表"),
        ("一种A/B测试方法: <快速>?", "一种A_B测试方法_ _快速__"),
        ("甲\n乙\t丙\u3000丁", "甲 乙 丙 丁"),
        ("报表\u202egpj.exe", "报表gpj.exe"),
        ("零\u200b宽\ufeff\u2060字", "零宽字"),
        ("空\u3164白\ufe0f", "空白"),
        ("=SUM(A1)", "SUM(A1)"),
        ("..~.@+-隐藏", "隐藏"),
        ("名称. . ", "名称"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Com¹", "_Com¹"),
        ("LPT9 .表", "_LPT9 .表"),
        ("CONTRACT", "CONTRACT"),
        ("e\u0301", "é"),
        ("", "未命名"),
        ("...", "未命名"),
        ("\x00\x1f", "未命名"),
        ("\ud800", "未命名"),
        ("𠮷野", "𠮷野"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(text: str, name: str) -> None:
    assert files.safe_name(text) == name


def test_a_long_name_is_cut_by_windows_units_and_by_bytes() -> None:
    assert files.safe_name("甲" * 200) == "甲" * 66  # 200 bytes hold 66 characters
    assert files.safe_name("a" * 200) == "a" * 80
    assert files.safe_name("𠮷" * 60, limit=9) == "𠮷" * 4
    assert files.safe_name("abcdefg x", limit=8) == "abcdefg"


def test_cutting_parts_no_character_from_its_marks() -> None:
    assert files.safe_name("abcdefgq\u0323\u0301", limit=9) == "abcdefg"


def test_a_reserved_name_stays_within_the_limit() -> None:
    assert files.safe_name("CON.1234567", limit=8) == "_CON.123"


@given(st.text(), st.integers(8, 100))
def test_every_safe_name_is_safe(text: str, limit: int) -> None:
    name = files.safe_name(text, limit)
    assert name
    assert len(name.encode("utf-16-le")) // 2 <= limit
    assert len(name.encode()) <= files.NAME_BYTES
    assert not set(name) & set('<>:"/\\|?*\r\n\t')
    assert name[0] not in "=+-@~. "
    assert name[-1] not in ". "
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in name)
    assert name.partition(".")[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1"}
    assert files.safe_name(name, limit) == name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("工作措施.pdf", "工作措施.pdf"),
        ("a:b.PDF", "a_b.PDF"),
        ("没有扩展名", "没有扩展名"),
        ("点在末尾.", "点在末尾"),
        (".pdf", "未命名.pdf"),
        ("报告.p\u202edf", "报告.pdf"),
    ],
)
def test_a_file_keeps_its_extension(name: str, safe: str) -> None:
    assert files.safe_file_name(name) == safe


def test_namesakes_are_told_apart_whatever_their_case_or_width() -> None:
    names = ["表.pdf", "表.pdf", "A.pdf", "ａ.pdf", "表 (2).pdf", "目录", "目录"]
    assert files.unique_names(names) == [
        "表.pdf",
        "表 (3).pdf",
        "A.pdf",
        "ａ (2).pdf",
        "表 (2).pdf",
        "目录",
        "目录 (2)",
    ]


@given(st.lists(st.sampled_from(["a.pdf", "A.pdf", "a (2).pdf", "ａ.pdf", "b", "ß", "SS"])))
def test_unique_names_are_unique(names: list[str]) -> None:
    unique = files.unique_names(names)
    assert len({files.name_key(name) for name in unique}) == len(names)


# --- single files ------------------------------------------------------------------------


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_its_folder(tmp_path: Path) -> None:
    target = tmp_path / "新" / "表.pdf"
    files.write_atomically(target, b"one")
    files.write_atomically(target, b"two")
    assert files.read_bytes(target, most=9) == b"two"
    assert names_in(target.parent) == ["表.pdf"]


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (OSError(errno.ENOSPC, "full"), "磁盘空间已满"),
        (PermissionError(errno.EACCES, "locked"), "Excel"),
        (OSError(errno.EBUSY, "busy"), "Excel"),
        (OSError(errno.EROFS, "read-only"), "只读"),
        (OSError("anything"), "文件操作未完成"),
    ],
)
def test_a_failure_is_explained_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, word: str
) -> None:
    target = tmp_path / "表.pdf"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(files.CannotWrite, match=word) as caught:
        files.write_atomically(target, b"new")
    assert "表.pdf" in str(caught.value)
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["表.pdf"]


def test_an_interrupted_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_atomically(tmp_path / "表.pdf", b"new")
    assert names_in(tmp_path) == []


def test_a_name_no_system_takes_is_explained(tmp_path: Path) -> None:
    with pytest.raises(files.CannotWrite, match="不允许的字符"):
        files.write_atomically(tmp_path / "a\0b", b"")
    with pytest.raises(files.CannotRead, match="不允许的字符"):
        files.read_bytes(tmp_path / "a\0b", most=9)
    with (
        pytest.raises(files.CannotWrite, match="不允许的字符"),
        files.workshop(tmp_path / "a\0b"),
    ):
        pass


def test_a_file_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(files.CannotRead, match="找不到"):
        files.read_bytes(tmp_path / "没有.pdf", most=9)
    with pytest.raises(files.CannotRead, match="文件夹"):
        files.read_bytes(tmp_path, most=9)


@pytest.mark.parametrize("is_file", [True, False])
def test_windows_refuses_folders_and_locked_files_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_file: bool
) -> None:
    def refuse(self: Path, *_: object) -> bytes:
        raise PermissionError(errno.EACCES, "refused")

    path = tmp_path / "表.xlsx"
    if is_file:
        path.write_bytes(b"")
    else:
        path.mkdir()
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(files.CannotRead, match="占用" if is_file else "文件夹"):
        files.read_bytes(path, most=9)


def test_a_size_is_looked_at_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, fits = tmp_path / "大.pdf", tmp_path / "小.pdf"
    with large.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte, of which the disk holds nothing
    fits.write_bytes(b"123456789")
    assert files.read_bytes(fits, most=9) == b"123456789"
    with pytest.raises(files.TooLarge, match="过大，超过 0 KB"):
        files.read_bytes(fits, most=8)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    with pytest.raises(files.TooLarge, match=r"大\.pdf”过大，超过 50 MB"):
        files.read_bytes(large, most=50 << 20)


@pytest.mark.skipif(os.name == "nt", reason="no pipes and devices among the files")
def test_a_pipe_and_a_device_are_no_files(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.pdf"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(files.CannotRead, match="设备或管道"):
            files.read_bytes(path, most=9)


def test_folders_are_not_synced_where_the_system_can_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    monkeypatch.setattr(files.os, "name", "nt")
    files.sync_folder(tmp_path)
    assert synced == []


@pytest.mark.parametrize(("code", "harmless"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_a_network_folder_that_refuses_to_sync_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, harmless: bool
) -> None:
    def refuse(_: int) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr(os, "fsync", refuse)
    if harmless:
        files.sync_folder(tmp_path)
    else:
        with pytest.raises(OSError, match="refused"):
            files.sync_folder(tmp_path)


# --- several together --------------------------------------------------------------------


def test_what_was_made_is_put_in_its_place_at_the_end(tmp_path: Path) -> None:
    out = tmp_path / "出"
    with files.workshop(out) as bench:
        (bench / "包").mkdir()
        (bench / "包" / "表.pdf").write_bytes(b"1")
        (bench / "包.zip").write_bytes(b"2")
        assert names_in(out) == [bench.name]
        files.publish([(bench / "包", out / "包"), (bench / "包.zip", out / "包.zip")])
    assert names_in(out) == ["包", "包.zip"]


def test_a_failed_piece_of_work_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), files.workshop(tmp_path) as bench:
        (bench / "包.zip").write_bytes(b"2")
        raise KeyboardInterrupt
    assert names_in(tmp_path) == []


def test_all_is_published_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "包.zip").write_bytes(b"the clerk's")
    with (
        pytest.raises(files.CannotWrite, match=r"包\.zip.*同名"),
        files.workshop(tmp_path) as bench,
    ):
        (bench / "包").mkdir()
        (bench / "包.zip").write_bytes(b"2")
        files.publish([(bench / "包", tmp_path / "包"), (bench / "包.zip", tmp_path / "包.zip")])
    assert names_in(tmp_path) == ["包.zip"]
    assert (tmp_path / "包.zip").read_bytes() == b"the clerk's"


def test_an_interrupt_while_publishing_takes_everything_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "包.zip":
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt), files.workshop(tmp_path) as bench:
        (bench / "包").mkdir()
        (bench / "包.zip").write_bytes(b"2")
        files.publish([(bench / "包", tmp_path / "包"), (bench / "包.zip", tmp_path / "包.zip")])
    assert names_in(tmp_path) == []


def test_a_first_place_that_is_taken_is_named(tmp_path: Path) -> None:
    (tmp_path / "包").mkdir()
    with pytest.raises(files.CannotWrite, match="包"):
        files.publish([(tmp_path / "x", tmp_path / "包")])


def test_a_later_export_replaces_the_earlier_one_whole(tmp_path: Path) -> None:
    (tmp_path / "表.pdf").write_bytes(b"old")
    with files.workshop(tmp_path) as bench:
        (bench / "new").write_bytes(b"new")
        (bench / "aside").mkdir()
        files.publish([(bench / "new", tmp_path / "表.pdf")], aside=bench / "aside")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"表.pdf": b"new"}


def test_a_locked_file_brings_the_earlier_ones_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "乙.pdf":
            raise PermissionError(errno.EACCES, "open in a viewer")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    for name in ("甲.pdf", "乙.pdf"):
        (tmp_path / name).write_bytes(b"old")
    with (
        pytest.raises(files.CannotWrite, match=r"乙.pdf.*打开"),
        files.workshop(tmp_path) as bench,
    ):
        (bench / "aside").mkdir()
        made = []
        for place, name in enumerate(("甲.pdf", "乙.pdf")):
            (bench / str(place)).write_bytes(b"new")
            made.append((bench / str(place), tmp_path / name))
        files.publish(made, aside=bench / "aside")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "甲.pdf": b"old",
        "乙.pdf": b"old",
    }
