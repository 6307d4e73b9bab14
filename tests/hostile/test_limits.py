"""Each limit by itself, lowered so that a small file meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.exchange import delimited, sheet_scan, xlsx_zip
from forms.exchange.sheets import UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.pack import pack_files as loading
from forms.pack.load import PackFault, load
from tests.hostile import makers

SHARED = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>0123456789</t></si><si><t>%s</t></si></sst>" % "一种装置".encode()
)
BODY = '<row><c t="s"><v>1</v></c><c t="s"><v> 0 </v></c><c t="s"><v>x</v></c></row>'


def read(tmp_path: Path, data: bytes, name: str = "a.xlsx") -> list[list[object]]:
    path = tmp_path / name
    path.write_bytes(data)
    return [list(row) for row in read_file(path)[0].rows]


def shared(body: str = BODY) -> bytes:
    return makers.with_parts({makers.SHEET: makers.sheet_xml(body), makers.TEXTS: SHARED})


def test_shared_texts_are_read_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = '<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>'
    monkeypatch.setattr(sheet_scan, "MAX_SHARED_CHARACTERS", 14)
    assert read(tmp_path, shared(body))[1] == ["一种装置", "0123456789"]
    monkeypatch.setattr(sheet_scan, "MAX_SHARED_CHARACTERS", 13)
    with pytest.raises(UnreadableFile, match="过大"):
        read(tmp_path, shared(body))


@pytest.mark.parametrize("place", ["x", "99", "-1", "9" * 30, " 0", "+1", "１"])
def test_a_reference_to_no_shared_text_is_a_broken_file(tmp_path: Path, place: str) -> None:
    """The reader would show the first text instead, and no count of texts would hold."""
    with pytest.raises(UnreadableFile, match="已损坏"):
        read(tmp_path, shared(f'<row><c t="s"><v>{place}</v></c></row>'))


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>", "<is><t></t></is>", "<f>1</f><v></v>"])
def test_a_reference_left_blank_shows_no_text(tmp_path: Path, value: str) -> None:
    try:
        rows = read(tmp_path, shared(f'<row><c t="s">{value}</c></row>'))
    except UnreadableFile:
        return
    assert "0123456789" not in str(rows)


@pytest.mark.parametrize("limit", [1, 5])
def test_elements_are_counted_in_texts_and_in_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(sheet_scan, "MAX_ELEMENTS", limit)
    with pytest.raises(UnreadableFile, match="过大"):
        read(tmp_path, shared())


def test_styles_and_lists_without_end_are_a_broken_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_zip, "MAX_SMALL_PART_BYTES", 100)
    with pytest.raises(UnreadableFile, match="已损坏"):
        read(tmp_path, shared())


def test_a_row_without_end_is_stopped_on_its_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "_MAX_SEPARATORS", 8)
    row = '"甲\n",' * 4
    assert len(read(tmp_path, f"{row}\n{row}\n".encode(), "a.csv")) == 2
    with pytest.raises(UnreadableFile, match="第 1 行无法读取：一行有几万格"):
        read(tmp_path, f"{row * 3}\n".encode(), "a.csv")


@pytest.mark.parametrize(
    ("function", "file"), [("pack_files.shape_faults", "pack.toml"), ("load.flat", "wording.toml")]
)
def test_a_pack_nested_beyond_the_stack_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, function: str, file: str
) -> None:
    def overflow(*_: object) -> None:
        raise RecursionError

    qinglan = Path(__file__).parents[1] / "packs" / "qinglan-2026"
    with monkeypatch.context() as deep:
        deep.setattr(f"forms.pack.{function}", overflow)
        loading._shaped.cache_clear()
        with pytest.raises(PackFault) as caught:
            load(qinglan)
    assert any(fault.file == file and "层次过深" in fault.reason for fault in caught.value.faults)
    assert load(qinglan), "what was too deep once is looked at again"
