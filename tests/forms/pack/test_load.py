"""A pack is read, or refused with everything that is wrong with its files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.ground.locate import packs_folder
from forms.pack import pack_files as loading
from forms.pack.load import Fault, PackFault, find_packs, flat, load

HUBEI = packs_folder() / "hubei-2022"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack to spoil."""
    return Path(shutil.copytree(HUBEI, tmp_path / "pack"))


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(PackFault) as caught:
        load(folder)
    assert folder.name in str(caught.value)
    return caught.value.faults


def test_hubeis_pack_says_who_issued_it_and_that_it_is_history() -> None:
    pack = load(HUBEI)
    assert pack.identity.code == "hubei-2022"
    assert pack.identity.authority == "湖北省知识产权局"
    assert pack.identity.in_force_until == date(2023, 12, 31)
    assert "试点已结束，请先与主管部门确认" in pack.submission.over_notice
    assert pack.submission.address == "dingwei@hbipo.gov.cn"
    assert {(d.office_kind, d.day) for d in pack.submission.deadlines} >= {
        ("city", date(2022, 8, 31)),
        ("university", date(2022, 9, 20)),
    }
    assert set(pack.papers) == {"info", "consent", "contract", "summary"}


def test_known_faults_of_the_form_are_explained_beside_the_field() -> None:
    pack = load(HUBEI)
    notes = {field.path: field.note for field in pack.fields}
    assert "第⑤栏没有备选项" in notes["offer_end"]
    assert "含义不同" in notes["single_term"]
    assert "“实现”应为“事先”" in notes["licence.agreed"]
    assert "六项承诺中的五项" in notes["licence.manner"]


def test_places_in_a_list_are_one_field() -> None:
    pack = load(HUBEI)
    assert pack.field("owners.1.name") is pack.field("owners.name") is not None


def test_a_pack_is_the_same_one_until_its_files_say_otherwise(folder: Path) -> None:
    first = load(folder)
    assert load(folder) is first
    main = folder / "pack.toml"
    said = main.read_text("utf-8")
    main.write_text(said.replace("湖北省知识产权局", "青岚省知识产权局"), "utf-8")
    assert load(folder).identity.authority == "青岚省知识产权局"
    (folder / "papers" / "summary.toml").unlink()
    assert "summary" not in load(folder).papers
    main.write_text(said + "x = 1\n", "utf-8")
    assert faults(folder) == faults(folder) != []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    [fault] = faults(tmp_path / "无")
    assert "找不到文件夹" in str(fault)


@pytest.mark.parametrize("name", ["pack.toml", "rules.toml", "wording.toml"])
def test_a_missing_file_is_a_fault(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert faults(folder) == [Fault(name, "", "缺少这个文件")]


def test_a_pack_without_papers(folder: Path) -> None:
    shutil.rmtree(folder / "papers")
    assert faults(folder) == [Fault("papers", "", "没有任何文书（*.toml）")]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"a = ", "TOML 写法有误"),
        (b"a = 1\na = 2", "TOML 写法有误"),
        ("a = '湖'".encode("gbk"), "不是 UTF-8"),
        (b"a = " + b"[" * 100_000, "TOML 写法有误"),
        (b"a = " + b"1" * 10_000, "TOML 写法有误"),
        (b"#" * 2_000_001, "文件过大"),
        (b"", "缺少这个键"),
    ],
)
def test_a_file_that_is_no_good(folder: Path, content: bytes, word: str) -> None:
    (folder / "pack.toml").write_bytes(content)
    assert all(fault.file == "pack.toml" and word in fault.reason for fault in faults(folder))


def test_faults_of_all_files_are_told_together(folder: Path) -> None:
    (folder / "wording.toml").write_text('[a]\nb = 1\n"c.d" = "x"\n', encoding="utf-8")
    (folder / "rules.toml").write_text("[[rules]]\nrule = 1\n", encoding="utf-8")
    (folder / "papers" / "info.toml").write_text("x = 1", encoding="utf-8")
    found = {(fault.file, fault.key) for fault in faults(folder)}
    assert found == {
        ("wording.toml", "a.b"),
        ("rules.toml", "rules[0].rule"),
        ("rules.toml", "rules[0].severity"),
        ("rules.toml", "rules[0].basis"),
        ("papers/info.toml", "x"),
        ("papers/info.toml", "code"),
        ("papers/info.toml", "title"),
    }


def test_thousands_of_faults_are_counted_not_listed(folder: Path) -> None:
    lines = "\n".join(f"x{n} = 1" for n in range(loading.MAX_FAULTS + 7))
    (folder / "wording.toml").write_text(lines, encoding="utf-8")
    found = faults(folder)
    assert len(found) == loading.MAX_FAULTS + 1
    assert "还有 7 处" in found[-1].reason


def test_two_papers_of_one_code(folder: Path) -> None:
    shutil.copy(folder / "papers" / "info.toml", folder / "papers" / "zweitens.toml")
    [fault] = faults(folder)
    assert (fault.file, fault.key) == ("papers/zweitens.toml", "code")


def test_too_many_papers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_PAPERS", 2)
    assert "文书过多" in str(faults(folder)[0])


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "外面.toml"
    shutil.move(folder / "wording.toml", outside)
    try:
        (folder / "wording.toml").symlink_to(outside)
    except OSError:  # Windows without the right to make links
        pytest.skip("no links here")
    assert faults(folder) == [Fault("wording.toml", "", "指向表单包文件夹以外")]


def test_a_file_that_can_not_be_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "没有权限")

    monkeypatch.setattr(Path, "read_text", refuse)
    assert all("无法读取" in fault.reason for fault in faults(folder))


def test_nested_wording_is_as_good_as_dotted() -> None:
    assert flat({"a": {"b": "x", "c": {"d": "y"}}, "e.f": "z"}) == {
        "a.b": "x",
        "a.c.d": "y",
        "e.f": "z",
    }


def test_packs_are_found_by_their_code(tmp_path: Path) -> None:
    def put(name: str, text: str) -> None:
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.toml").write_text(text, encoding="utf-8")

    put("b", '[identity]\ncode = "zhejiang"')
    put("c", '[identity]\ncode = "zhejiang"')
    put("kaputt", "x = ")
    put("ohne", "identity = 1")
    put("zahl", "[identity]\ncode = 1")
    (tmp_path / "leer").mkdir()
    (tmp_path / "datei").touch()
    assert find_packs(tmp_path) == {
        name: tmp_path / folder
        for name, folder in [
            ("kaputt", "kaputt"),
            ("ohne", "ohne"),
            ("zahl", "zahl"),
            ("zhejiang", "b"),
        ]
    }
    assert find_packs(tmp_path / "nirgends") == {}
    assert find_packs(packs_folder())["hubei-2022"] == HUBEI


@pytest.mark.parametrize(
    "text",
    [
        '[identity]\ncode = "a"\nx = [\n[1],\n]\n[b]\n',
        '[identity]\nx = """\n[q]\n"""\ncode = "a"\n[b]\n',
        'x = """\n[identity]\ncode = "b"\n[q]\n"""\n[identity]\ncode = "a"\n',
        "x = '''\n[identity]\n'''\n[identity]\ncode = 'a'\n[b]\n",
        '[b]\ny = """\n[identity]\ncode = "b"\n"""\n[identity]\ncode = "a"\n',
        '[identity]\n# [b]\ncode = "a"',
        '[identity.b]\ny = 1\n[identity]\ncode = "a"\n',
    ],
)
def test_a_code_is_found_where_brackets_begin_no_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "pack.toml").write_text(text, encoding="utf-8")
    assert list(find_packs(tmp_path)) == ["a"]


spoil: Callable[[bytes, int, bytes], bytes] = lambda old, at, new: old[:at] + new + old[at + 3 :]  # noqa: E731


@given(
    st.sampled_from(["pack.toml", "rules.toml", "wording.toml", "papers/info.toml"]),
    st.floats(0, 1),
    st.binary(max_size=6) | st.sampled_from([b"[[", b"''", b"=", b"\n", b"{}", b"1979-01-01"]),
)
def test_any_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, where: float, piece: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any") / "pack"
    shutil.copytree(HUBEI, folder, ignore=shutil.ignore_patterns("*.xlsx", "*.json"))
    old = (folder / name).read_bytes()
    (folder / name).write_bytes(spoil(old, int(where * len(old)), piece))
    try:
        load(folder)
    except PackFault as refused:
        assert refused.faults and all(fault.reason for fault in refused.faults)
