"""Form packs from a stranger: data that is never executed, in bounded time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.pack.load import PackFault, load
from forms.pack.pack_files import MAX_BLOCKS
from forms.vetting.pack_lint import lint
from tests.desktop.clerk import GOOD, Clerk

GOOD_PACK = Path(__file__).resolve().parents[1] / "packs" / "qinglan-2026"
PAPER = "papers/promise.toml"

Change = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD_PACK, tmp_path / "pack"))


def put(file: str, content: str | bytes) -> Change:
    def change(folder: Path) -> None:
        (folder / file).write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def added(file: str, more: str) -> Change:
    def change(folder: Path) -> None:
        (folder / file).write_bytes((folder / file).read_bytes() + more.encode())

    return change


def replaced(file: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def linked(file: str, target: str) -> Change:
    def change(folder: Path) -> None:
        (folder / file).unlink(missing_ok=True)
        try:
            (folder / file).symlink_to(target)
        except OSError:
            pytest.skip("this system lets us make no link")

    return change


def many_papers(folder: Path) -> None:
    for i in range(60):
        (folder / "papers" / f"p{i}.toml").write_text("a = 1", encoding="utf-8")


REFUSED: dict[str, tuple[Change, str, str]] = {
    "类型不对": (put("rules.toml", "rules = 3"), "rules.toml", "应为列表"),
    "数字代号": (replaced("pack.toml", 'code = "', 'code = 5 #"'), "pack.toml", "identity.code"),
    "深": (put("rules.toml", "a = " + "[" * 100_000), "rules.toml", "层次过深"),
    "点": (put("rules.toml", ".".join("a" * 100_000) + " = 1"), "rules.toml", "点过多"),
    "大": (put("wording.toml", "#" * 600_000), "wording.toml", "文件过大"),
    "长数": (put("rules.toml", "a = " + "9" * 100_000), "rules.toml", "数字过长"),
    "不是文字": (put("rules.toml", b"\xff\xfe\x00"), "rules.toml", "UTF-8"),
    "空字节": (put("rules.toml", "a = 1\0"), "rules.toml", "TOML 写法有误"),
    "很多块": (
        added(PAPER, '[[blocks]]\nblock = "paragraph"\ntext = "x"\n' * (MAX_BLOCKS + 1)),
        PAPER,
        "blocks",
    ),
    "很多文书": (many_papers, "papers", "文书过多"),
    "指到外面": (linked("rules.toml", "/etc/hostname"), "rules.toml", "文件夹以外"),
    "指到自己": (linked("rules.toml", "rules.toml"), "rules.toml", "缺少这个文件"),
    "不是标签": (
        put(PAPER, 'code = "promise"\ntitle = "x"\nblocks = [{block = {a = 1}}]'),
        PAPER,
        "blocks[0].block",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_pack_of_the_wrong_shape_is_refused_by_file_and_key(folder: Path, name: str) -> None:
    change, file, word = REFUSED[name]
    change(folder)
    with pytest.raises(PackFault) as caught:
        load(folder)
    assert any(file in fault.file and word in str(fault) for fault in caught.value.faults)
    assert len(str(caught.value)) < 20_000
    assert lint(folder)


LINTED: dict[str, tuple[Change, str]] = {
    "取属性": (replaced("pack.toml", "{number}", "{number.__class__.__mro__}"), "paper_name"),
    "取下标": (replaced("pack.toml", "{number}", "{number[0]}"), "paper_name"),
    "占位": (replaced("pack.toml", "{number}", "{number:>999999999}"), "paper_name"),
    "提示语": (
        put("wording.toml", '"number.blank" = "{place.__init__.__globals__} {0}"'),
        "wording.toml",
    ),
    "绝对路径": (replaced("pack.toml", '"sample.csv"', '"/etc/passwd"'), "sample"),
    "上级": (replaced("pack.toml", '"sample.csv"', '"../sample.csv"'), "sample"),
    "盘符": (replaced("pack.toml", '"sample.csv"', '"C:sample.csv"'), "sample"),
    "示例在外面": (linked("sample.csv", "/etc/hostname"), "sample"),
}


@pytest.mark.parametrize("name", LINTED)
def test_patterns_and_paths_reach_nothing_and_are_named(folder: Path, name: str) -> None:
    change, word = LINTED[name]
    change(folder)
    assert any(word in str(fault) for fault in lint(folder))


PLACES = ("{page.__class__}", "{page:>999999999}", "{0}", "{page!r}", "{pages", "{page[0]}")


@pytest.mark.parametrize("pattern", PLACES)
def test_page_numbers_are_filled_and_never_formatted(
    clerk: Clerk, folder: Path, pattern: str
) -> None:
    paper = folder / "papers" / "roll.toml"
    text = paper.read_text(encoding="utf-8")
    assert "[page]" in text
    paper.write_text(text.replace("[page]", f'[page]\nnumber = "{pattern}"', 1), encoding="utf-8")
    assert any("roll.toml：page.number" in str(fault) for fault in lint(folder))
    clerk.types("import", clerk.fills(GOOD), "--pack", folder)
    made = clerk.types(
        "export", "--pack", folder, "--paper", "roll", "--out", clerk.folder / "文书"
    )
    assert made.code == 0


def test_a_pack_that_is_refused_says_so_in_one_line(clerk: Clerk, folder: Path) -> None:
    (folder / "rules.toml").write_text("a = {", encoding="utf-8")
    clerk.types("list")
    answer = clerk.types("list", "--pack", folder)
    assert answer.code == 2
    [line] = answer.err.splitlines()
    assert "表单包" in line and "rules.toml" in line


def test_what_pack_check_shows_can_not_drive_the_terminal(clerk: Clerk, folder: Path) -> None:
    (folder / "rules.toml").write_text('"\\u001b[2J\\u202e" = 1', encoding="utf-8")
    answer = clerk.types("pack", "check", folder)
    assert answer.code == 1
    assert "\x1b" not in answer.out and "\u202e" not in answer.out
