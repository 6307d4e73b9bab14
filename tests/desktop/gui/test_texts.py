"""The catalogue: every key that is used is there, and none is there for nothing."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.installed.screen_texts import UnknownText, catalogue, read, t
from desktop.installed.settings import SETTINGS
from forms.ground.locate import resources

ROOT = Path(__file__).resolve().parents[3]
FOLDER = resources() / "texts.zh_CN"
Literals = tuple[set[str], set[str], set[str]]


def _sources() -> Iterator[ast.Module]:
    for file in (*(ROOT / "desktop").rglob("*.py"), *(ROOT / "tools").glob("*.py")):
        yield ast.parse(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def literals() -> Literals:
    """Keys given to `t`, all strings, and the beginnings of strings that are put together."""
    asked: set[str] = set()
    strings: set[str] = set()
    beginnings: set[str] = set()
    for node in (node for module in _sources() for node in ast.walk(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            strings.add(node.value)
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            beginnings.add(str(node.values[0].value))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t" and node.args:
            key = node.args[0]
            if isinstance(key, ast.Constant):
                asked.add(str(key.value))
    return asked, strings, {one for one in beginnings if "." in one}


def test_every_text_that_is_asked_for_is_there(literals: Literals) -> None:
    asked, _, _ = literals
    assert sorted(asked - catalogue().keys()) == []


def _askings() -> Iterator[tuple[str, set[str]]]:
    """Each text that is asked for by its key, with the blanks that are filled then."""
    for node in (node for module in _sources() for node in ast.walk(module)):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t" and node.args):
            continue
        given = {one.arg for one in node.keywords if one.arg is not None}
        if len(given) < len(node.keywords):  # the rest comes from elsewhere
            continue
        key = node.args[0]
        for one in (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,):
            if isinstance(one, ast.Constant):
                yield str(one.value), given


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_whoever_asks_for_a_text_fills_all_its_blanks() -> None:
    texts = catalogue()
    left = [(key, _blanks(texts[key]) - given) for key, given in _askings()]
    assert [one for one in left if one[1]] == []


def test_no_text_is_there_for_nothing(literals: Literals) -> None:
    _, strings, beginnings = literals
    unused = [
        key
        for key in catalogue()
        if key not in strings and not any(key.startswith(one) for one in beginnings)
    ]
    assert unused == []


def test_every_file_of_the_catalogue_says_what_it_is_for_or_is_plain() -> None:
    assert all(file.read_text(encoding="utf-8").strip() for file in FOLDER.glob("*.toml"))


def test_every_shown_setting_has_its_words() -> None:
    for setting in SETTINGS:
        if setting.group:
            assert t(setting.label_key)
            assert t(setting.help_key)
            assert t(f"settings.groups.{setting.group}")
            for choice in setting.choices:
                assert t(f"settings.{setting.key}.{choice}")


def test_blanks_are_filled(tmp_path: Path) -> None:
    assert t("frame.of", done=3, total=7) == "3 / 7"
    with pytest.raises(KeyError):
        t("frame.of", done=3)
    with pytest.raises(UnknownText, match=r"frame\.nothing"):
        t("frame.nothing")
    (tmp_path / "room.toml").write_text('[empty]\ntitle = "空"\n', encoding="utf-8")
    assert read(tmp_path) == {"room.empty.title": "空"}


@pytest.mark.parametrize("word", ["非法", "无效", "系统错误", "确定", "提交成功"])
def test_no_text_scolds_or_hides(word: str) -> None:
    # 宣告无效 is what the law calls a patent's end (专利法 第四十五条), and scolds nobody.
    said = {key: text.replace("宣告无效", "") for key, text in catalogue().items()}
    assert [key for key, text in said.items() if word in text] == []
