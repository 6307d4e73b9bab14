"""Names of files from answers: safe on every system, whole, told apart, end to end."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from forms.facts.patent_number import check_character
from tests.desktop.clerk import GOOD, Clerk
from tests.scans import one_page

RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])( *$| *\.)")

TITLES = (
    *("CON", "con.txt", "NUL .pdf", "COM1", "lpt9.", "COM¹", "AUX", "CONIN$"),
    *("=1+1", "+86", "-rf", "@a", "~$锁", ".隐藏", "  前后空格  ", "末尾点...", "末尾空格 . ."),
    *(
        'a<b>c:d"e/f\\g|h?i*j',
        "换\n行\t符",
        "零\u200b宽",
        "反\u202e转",
        "\u2066隔\u2069",
        "标签\U000e0041",
    ),
    *("很" * 300, "x" * 300, "𠮷" * 200, "e\u0301" * 200, "👨‍👩‍👧" * 60),
    *("ABC", "abc", "ＡＢＣ", "ａｂｃ", "①", "1", "ﬁ", "fi", "é", "e\u0301"),
    *("", "。", "...", "\u3000", "\u2800", "\u3164"),
)


def number_of(place: int) -> str:
    digits = f"20181{place:07d}"
    return f"ZL{digits}.{check_character(digits)}"


def all_names(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def safe(name: str) -> None:
    assert name == name.strip() and not name.endswith(".") and name[0] not in "=+-@.~ ", name
    assert not RESERVED.match(name), name
    assert not re.search('[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f]', name), name
    assert not re.search(
        "[\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\U000e0000-\U000e007f]", name
    )
    assert len(name.encode("utf-16-le")) // 2 <= 90 and len(name.encode()) <= 230, name


@pytest.fixture(params=["{number}_{title}_{paper}", "{title}_{number}_{paper}"])
def pack(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The pack that ships, whose names of files may also begin with the title."""
    import shutil

    from forms.ground.locate import packs_folder

    folder = Path(shutil.copytree(packs_folder() / "hubei-2022", tmp_path / "pack"))
    text = (folder / "pack.toml").read_text(encoding="utf-8")
    changed = text.replace(
        'paper_name = "{number}_{title}_{paper}"', f'paper_name = "{request.param}"'
    )
    assert request.param in changed
    (folder / "pack.toml").write_text(changed, encoding="utf-8")
    return folder


def test_every_title_gives_a_name_that_every_system_takes(clerk: Clerk, pack: Path) -> None:
    rows = [
        {**GOOD, "专利号": number_of(place), "发明创造名称": title or None}
        for place, title in enumerate(TITLES)
    ]
    clerk.imports(*rows)
    clerk.types(
        "office", "set", "--name", "CON. .../..\\:*?", "--contact", "张喆", "--phone", "027-1"
    )
    answer = clerk.types(
        "export", "--pack", pack, "--paper", "info", "--out", clerk.folder / "文书", "--json"
    )
    assert answer.code in (0, 1)
    made = answer.json["made"]
    assert len(made) + len(answer.json["left_out"]) == len(TITLES)
    assert len(made) >= len(TITLES) - 2  # what has no glyph can not be printed
    names = all_names(clerk.folder / "文书")
    assert sorted(names) == sorted(Path(one["path"]).name for one in made)
    packed = clerk.types(
        "submit", "--pack", pack, "--skip-faulty", "--out", clerk.folder / "报送", "--json"
    ).json
    with zipfile.ZipFile(packed["zip"]) as archive:
        names += archive.namelist()
        assert len({name.casefold() for name in archive.namelist()}) == len(archive.namelist())
    names += [Path(packed["folder"]).name, Path(packed["zip"]).name]
    for name in names:
        safe(name)


def test_papers_of_one_name_are_told_apart(clerk: Clerk, pack: Path) -> None:
    """Numbers that can not be read name files too; these differ in case and width only."""
    rows = [
        {**GOOD, "专利号": number, "发明创造名称": title}
        for number, title in (
            ("zlx1", "ABC"),
            ("ZLX1", "abc"),
            ("ＺＬＸ１", "ＡＢＣ"),
            ("zlx1", "ABC"),
        )
    ]
    clerk.imports(*rows)
    answer = clerk.types(
        "export", "--pack", pack, "--paper", "info", "--out", clerk.folder / "文书"
    )
    assert answer.code == 0
    assert len(all_names(clerk.folder / "文书")) == 4


def test_attachments_keep_a_safe_name(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    files = []
    for name in (
        "=措施.pdf",
        "-x.pdf",
        "反\u202efdp.exe",
        ".隐藏.pdf",
        "长" * 70 + ".pdf",
        "MANIFEST.json",
    ):
        path = clerk.folder / "附" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(one_page())
        files.append(path)
    done = clerk.types(
        "submit", "--out", clerk.folder / "报送", "--json", *(f"--attach={f}" for f in files)
    )
    assert done.code == 0
    for name in done.json["files"]:
        safe(name)


def test_a_folder_whose_path_leaves_no_room_is_refused_in_one_line(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    deep = clerk.folder
    for _ in range(30):
        deep = deep / ("深" * 80)
    answer = clerk.types("export", "--paper", "info", "--out", deep)
    assert answer.code in (0, 2)
    if answer.code == 2:
        [line] = answer.err.splitlines()
        assert line.endswith("。")
    odd = clerk.types("export", "--paper", "info", "--out", clerk.folder / ("夹" * 300))
    assert odd.code == 2
    [line] = odd.err.splitlines()
    assert "过长" in line


def test_unseen_characters_in_a_title_are_shown_and_warned_of(clerk: Clerk) -> None:
    clerk.imports({**GOOD, "发明创造名称": "一种\u202e置装\u200b测试"})
    checked = clerk.types("check", "--json").json["cases"][0]["problems"]
    [warning] = [one for one in checked if one["rule"] == "text.invisible"]
    assert "U+202E" in warning["message"] and "U+200B" in warning["message"]
    for words in (
        ["list"],
        ["show", GOOD["专利号"]],
        ["check"],
        ["export", "--out", clerk.folder / "文书"],
    ):
        answer = clerk.types(*words)
        assert "\u202e" not in answer.out + answer.err
