"""Rows known by a pattern are noted as if every element had been looked at."""

from xml.parsers import expat

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms.exchange import sheet_scan
from forms.exchange.number_formats import Format, format_of
from forms.exchange.plain_rows import plain_lengths, plain_rows
from forms.exchange.sheet_scan import Noted, Texts, scanned, text_lengths
from forms.exchange.sheets import UnreadableFile

STYLES: dict[str, Format] = {"3": format_of("0%"), "12": format_of('0"个月"')}
LENGTHS = [3, 0, 20_000_000]
ROWS = (
    '<row r="{r}">{cells}</row>',
    '<row r="{r}" spans="1:9" ht="15" customHeight="1">{cells}</row>',
    '<row r="{r}" hidden="1">{cells}</row>',
    '<row r="{r}" hidden="0" x14ac:dyDescent="0.2">{cells}</row>',
    '<row r="{r}" x="hidden">{cells}</row>',
    '<row r="{r}"/>',
    "<row>{cells}</row>",
    '<row r="0{r}">{cells}</row>',
    '<row r="{r}0000">{cells}</row>',
    "<x:row>{cells}</x:row>",
    '<row r="{r}" ht="15" s="1" ht="15">{cells}</row>',
    '<row r="{r}" ht="]]>">{cells}</row>',
    '<row r="{r}" ht="&lt;">{cells}</row>',
    '<row r="{r}" ht="<">{cells}</row>',
    '<row r="{r}" ht="\x02">{cells}</row>',
    '\x0b<row r="{r}">{cells}</row>',
)
PLAIN_CELLS = (
    '<c r="{c}{r}"/>',
    '<c r="{c}{r}" s="3"><v>0.5</v></c>',
    '<c r="{c}{r}" s="12" t="n"><v>36</v></c>',
    '<c r="{c}{r}" s="3" t="b"><v>1</v></c>',
    '<c r="{c}{r}" s="1"><v>0</v></c>',
    '<c r="{c}{r}" s="12"/>',
    '<c r="{c}{r}" t="s"><v>0</v></c>',
    '<c r="{c}{r}" s="3" t="s"><v>1</v></c>',
    '<c r="{c}{r}" t="s"></c>',
    '<c r="{c}{r}" t="str"><v>甲</v></c>',
    '<c r="{c}{r}" t="inlineStr"><is><t>甲&#20057;&amp;</t></is></c>',
    '<c r="{c}{r}" t="inlineStr"><is><t>&#65288;1&#65289;&quot;\U00020bb7</t></is></c>',
)
OTHER_CELLS = (
    '<c r="{c}{r}" t="s"><v>2</v></c>',  # a long one: a few are too many
    '<c r="{c}{r}" t="s"><v>3</v></c>',  # there is none
    '<c r="{c}{r}" t="s"><v>-1</v></c>',
    '<c r="{c}{r}" t="s"><v></v></c>',
    '<c r="{c}{r}" s="03"><v>5</v></c>',
    '<c r="{c}{r}" t="e"><v>#N/A</v></c>',
    '<c r="{c}{r}"><f>A1</f><v>0</v></c>',
    '<c r="{c}{r}"><f>A1</f></c>',
    '<c r="{c}{r}" s="3"><f t="array" ref="A1:B9">A1</f><v>0</v></c>',
    '<c t="s" r="{c}{r}"><v>0</v></c>',
    '<c r="{c}7" s="3"><v>1</v></c>',
    '<c r="{c}70000"><v>1</v></c>',
    "<c><v>1</v></c>",
    '<c r="{c}{r}" t="inlineStr"><is><r><t>甲</t></r></is></c>',
    '<c r="{c}{r}"><!-- <v>1</v> --></c>',
    '<c r="{c}{r}" s="3"><![CDATA[<v>]]></c>',
    '<c r="{c}{r}" r="A1"/>',
    "</row>",
    " ",
)
BROKEN_CELLS = (  # what only the parser knows
    '<c r="{c}{r}"><v>&nothing;</v></c>',
    '<c r="{c}{r}"><v>&#0;</v></c>',
    '<c r="{c}{r}"><v>\x01</v></c>',
    '<c r="{c}{r}"><v>]]></v></c>',
    '<c r="{c}{r}"><v>\uffff</v></c>',
    '<c r="{c}{r}"><v>&#55296;</v></c>',
    '<c r="{c}{r}"><v>&#65535;</v></c>',
    '<c r="{c}{r}"><v>&#20;</v></c>',
    '<c r="{c}{r}" t="s"><v>0</v></c></sheetData>',
)
BEGINS = (
    "",
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    "<?xml version='1.0' encoding='utf-8'?>",
    '<?xml version="1.0" encoding="ISO-8859-1"?>',
    "\ufeff",
    "<!DOCTYPE worksheet>",
)
HEADS = (
    "",
    '<cols><col min="2" max="3" hidden="1"/></cols>',
    "<!-- <sheetData> -->",
    '<row r="5"><c r="B5"><v>1</v></c></row>',
)
TAILS = (
    "",
    '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>',
    "<row><c><v>1</v></c></row>",
    "<sheetData><row r='3'><c r='A3' s='3'><v>1</v></c></row></sheetData>",
)


@st.composite
def _sheets(draw: st.DrawFn, cells: tuple[str, ...], rows: tuple[str, ...] = ROWS[:4]) -> bytes:
    lines = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        texts = draw(st.lists(st.sampled_from(cells), max_size=4))
        columns = draw(st.permutations(["A", "B", "Z", "AA", "BZ", "CA", "ZZZ"][: 4 + number]))
        filled = "".join(
            text.format(c=column, r=number) for text, column in zip(texts, columns, strict=False)
        )
        lines.append(draw(st.sampled_from(rows)).format(r=number, cells=filled))
    begin, head, tail = (draw(st.sampled_from(some)) for some in (BEGINS, HEADS, TAILS))
    between = draw(st.sampled_from(["", "\n"]))
    data = between.join(lines)
    sheet = f"{begin}<worksheet>{head}<sheetData>{data}</sheetData>{tail}</worksheet>"
    return sheet.encode()


def _outcome(part: bytes) -> tuple[Noted | str, int]:
    texts = Texts("甲.xlsx", LENGTHS)
    try:
        return scanned(part, "“甲.xlsx”工作表“一”", STYLES, texts), texts.characters
    except UnreadableFile as fault:
        return str(fault), 0
    except (ValueError, expat.ExpatError) as fault:
        return fault.__class__.__name__, 0  # all of these are told alike


@example(
    b'<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>\n<row r="2"></row>'
    b"</sheetData></worksheet>"
)
@given(part=_sheets(PLAIN_CELLS) | _sheets((*PLAIN_CELLS, *OTHER_CELLS, *BROKEN_CELLS), ROWS))
def test_the_pattern_notes_what_a_look_at_every_element_notes(part: bytes) -> None:
    """Hostile or not: the same is noted, or the same is said."""
    by_pattern = _outcome(part)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_scan, "plain_rows", lambda *_: None)
        assert _outcome(part) == by_pattern


@pytest.mark.parametrize("cell", PLAIN_CELLS)
@pytest.mark.parametrize("row", ROWS[:4])
def test_what_programs_write_is_plain(cell: str, row: str) -> None:
    """Else nothing would be spared."""
    data = row.format(r=2, cells=cell.format(c="B", r=2))
    sheet = f"<worksheet><sheetData>{data}</sheetData></worksheet>".encode()
    plain = plain_rows(sheet, STYLES)
    assert plain and plain.are_xml


@pytest.mark.parametrize("cell", OTHER_CELLS[2:])
def test_what_is_to_be_looked_at_is_not_plain(cell: str) -> None:
    """Whatever else stands in the sheet."""
    data = f'<row r="2"><c r="A2"/>{cell.format(c="B", r=2)}</row>'
    sheet = f"<worksheet><sheetData>{data}</sheetData></worksheet>".encode()
    assert plain_rows(sheet, STYLES) is None


@pytest.mark.parametrize("cell", BROKEN_CELLS)
def test_what_is_no_xml_is_refused_among_plain_rows(cell: str) -> None:
    """What the pattern knows, the parser goes through, or has nothing to refuse in."""
    data = f'<row r="2"><c r="A2"/>{cell.format(c="B", r=2)}</row>'
    sheet = f"<worksheet><sheetData>{data}</sheetData></worksheet>".encode()
    assert _outcome(sheet) == ("ExpatError", 0)


SHARED = (
    "<si><t>甲乙</t></si>",
    '<si><t xml:space="preserve"> a&amp;&#20057;</t></si>',
    "<si><t></t></si>",
    "<si/>",
    "<si><t/></si>",
    "<si><r><t>甲</t></r><r><t>乙</t></r></si>",
    "<si><t>甲</t><phoneticPr fontId='1'/></si>",
    "<si><t>a\r\nb</t></si>",
    "<si><t>&nothing;</t></si>",
    "<x:si><t>甲</t></x:si>",
    "<!-- <si><t>甲</t></si> -->",
    "\n",
    "</sst>",
)


@given(texts=st.lists(st.sampled_from(SHARED), max_size=5), begin=st.sampled_from(BEGINS))
def test_shared_texts_are_as_long_by_the_pattern(texts: list[str], begin: str) -> None:
    """The pattern and the look at every element count the same characters."""
    part = f'{begin}<sst count="5">{"".join(texts)}</sst>'.encode()

    def lengths() -> list[int] | str:
        try:
            return text_lengths(part, "甲.xlsx")
        except (ValueError, expat.ExpatError) as fault:
            return fault.__class__.__name__

    by_pattern = lengths()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_scan, "plain_lengths", lambda _: None)
        assert lengths() == by_pattern


def test_plain_shared_texts_are_known() -> None:
    """A character written by its number is one."""
    part = f"<sst>{''.join(SHARED[:3])}</sst>".encode()
    assert plain_lengths(part) == [2, 4, 0]
