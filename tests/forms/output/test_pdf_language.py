"""Papers no authority has issued: every block in places Hubei's papers do not put it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from forms.facts.record import Case, Licence, OtherStandard, Party, Royalty
from forms.ground.fonts import shipped_fonts
from forms.ground.locate import packs_folder
from forms.output.page_sheet import Area, Put, Sheet, Stroke
from forms.output.pdf import TooTall, pages_of, render
from forms.pack.language import Paper
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.compose import compose, compose_summary
from forms.paper.document import Document
from forms.paper.document_words import lines_of
from forms.vetting.paper_lint import faults

DATA = Path(__file__).parents[2] / "data" / "papers"
replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture(scope="module")
def case() -> Case:
    return msgspec.json.decode((DATA / "case.json").read_bytes(), type=Case)


def paper(text: str) -> Paper:
    made = msgspec.convert(tomllib.loads('code = "x"\ntitle = "申请表"\n' + text), Paper)
    assert faults(made, []) == []
    return made


def printed(document: Document) -> str:
    with pypdfium2.PdfDocument(render(document)) as pdf:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


def sheets(document: Document) -> list[Sheet]:
    return pages_of(document, shipped_fonts())


def lines_on(sheet: Sheet) -> list[str]:
    return [op.line.text for op in sheet.ops if isinstance(op, Put)]


def whole(document: Document) -> bool:
    """Whether each of the document's lines is on its pages, character by character."""
    found = printed(document)
    return all(in_order("".join(line.split()), found) for line in lines_of(document))


def in_order(wanted: str, found: str) -> bool:
    """Whether the characters wanted stand in the found ones in this order."""
    rest = iter(found)
    return all(character in rest for character in wanted)


FLOWING = """
[[blocks]]
block = "label"
text = "表一"
[[blocks]]
block = "title"
text = "申请表"
size_pt = 20
before_pt = 10
after_pt = 10
[[blocks]]
block = "paragraph"
text = "申请人{owners:names}请求登记。"
before_pt = 8
align = "left"
[[blocks]]
block = "page_break"
[[blocks]]
block = "paragraph"
text = "第二页"
align = "right"
"""


def test_a_title_and_label_may_flow_and_a_page_may_be_broken(pack: Pack, case: Case) -> None:
    made = compose(paper(FLOWING), case, pack)
    first, second = sheets(made)
    assert lines_on(first)[:2] == ["表一", "申请表"]
    assert lines_on(second)[0] == "第二页"
    assert whole(made)


GRID = """
[page]
width_mm = 297
height_mm = 210
[continuation]
title = "附加页"
left = "{patent.number}"
[[blocks]]
block = "paragraph"
text = "以下由申请人填写。"
[[blocks]]
block = "grid"
[[blocks.rows]]
label = "名称"
heading = "名称"
continues = true
body = [{ block = "paragraph", text = "{patent.title}", align = "justify" }]
[[blocks.rows]]
mark = "一"
heading = "一"
[[blocks.rows.body]]
block = "cells"
continues = true
cells = [{ text = "范围", width_mm = 30 }, { text = "{region}", align = "left" }]
[[blocks.rows.body]]
block = "paragraph"
text = "声明：{own_use.way=none}未自行实施。"
[[blocks.rows]]
body = [{ block = "paragraph", text = "没有名目的一栏" }]
[[blocks]]
block = "paragraph"
text = "表后还有一句。"
"""


def test_a_grid_without_an_open_row_takes_what_it_needs(pack: Pack, case: Case) -> None:
    made = compose(paper(GRID), case, pack)
    (sheet,) = sheets(made)
    assert "表后还有一句。" in lines_on(sheet)
    frame = [op.y1 for op in sheet.ops if isinstance(op, Stroke) and op.width == 1.3]
    assert max(frame) < sheet.height / 2
    assert whole(made)


def test_such_a_grid_continues_too(pack: Pack, case: Case) -> None:
    long = replace(
        case,
        patent=replace(case.patent, title="很长的名称" * 300),
        region="、".join(f"第{place}个县" for place in range(200)),
    )
    made = compose(paper(GRID), long, pack)
    pages = sheets(made)
    assert len(pages) > 2
    assert whole(made)
    assert any("名称（续）" in line for line in lines_on(pages[-1]) + lines_on(pages[-2]))


def test_a_grid_that_would_be_cut_begins_a_page_of_its_own(pack: Pack, case: Case) -> None:
    before = "[[blocks]]\nblock = 'paragraph'\ntext = '前言。'\n" * 19
    head, grid = GRID.split("[[blocks]]", 1)
    made = compose(paper(head + before + "[[blocks]]" + grid), case, pack)
    first, second = sheets(made)
    assert not any(isinstance(op, Stroke) for op in first.ops)
    assert any(isinstance(op, Stroke) for op in second.ops)


def test_a_grid_may_be_of_seals_alone(pack: Pack, case: Case) -> None:
    text = """
[continuation]
title = "附页"
[[blocks]]
block = "grid"
[[blocks.rows]]
body = [{ block = "signatures", heading = "签章：" }]
"""
    made = compose(paper(text), case, pack)
    (sheet,) = sheets(made)
    assert sum(isinstance(op, Area) for op in sheet.ops) == 2


def test_a_form_that_can_not_stand_on_its_page_is_refused(pack: Pack) -> None:
    rows = "[[blocks.rows]]\nmin_pt = 90\nbody = []\n" * 12
    text = '[continuation]\ntitle = "附页"\n[[blocks]]\nblock = "grid"\n' + rows
    with pytest.raises(TooTall):
        render(compose(paper(text), Case(), pack))


SIGNED = """
[running_head]
left = "{patent.number}"
[[blocks]]
block = "signatures"
over = "licensee"
layout = "columns"
columns = 1
column_mm = 120
[[blocks]]
block = "signatures"
layout = "lines"
lines = [{ text = "{item.name}" }]
[[blocks]]
block = "notes"
title = "须知"
paragraphs = ["一、如实填写。", "二、逾期不候。"]
[[blocks]]
block = "paragraph"
text = "须知之后。"
"""


def test_signatures_may_stand_anywhere(pack: Pack, case: Case) -> None:
    named = Licence(licensee=Party(name="Example Transport Equipment (Xiangyang) Co., Ltd."))
    made = compose(paper(SIGNED), case, pack, licence=named)
    assert sum(isinstance(op, Area) for sheet in sheets(made) for op in sheet.ops) == 3
    assert whole(made)


def test_long_notes_go_over_pages(pack: Pack) -> None:
    many = ", ".join(f'"第{place}条，请如实填写各栏内容并逐页签字。"' for place in range(60))
    text = f'[[blocks]]\nblock = "notes"\ntitle = "须知"\nparagraphs = [{many}]'
    made = compose(paper(text), Case(), pack)
    assert len(sheets(made)) > 2
    assert whole(made)


TABLE = """
scope = "batch"
formats = ["pdf", "xlsx"]
[[blocks]]
block = "paragraph"
text = "一批专利如下。"
[[blocks]]
block = "table"
columns = [
  { header = "号", width_mm = 40, text = "{patent.number}" },
  { header = "其他", width_mm = 60, text = "{royalty.other.text}", align = "left" },
]
"""


def test_a_table_may_stand_below_text_without_head_or_seal(pack: Pack, case: Case) -> None:
    odd = replace(case, royalty=Royalty(way="other", other=OtherStandard(text="按年计" * 500)))
    made = compose_summary(paper(TABLE), [case, odd, case], pack)
    pages = sheets(made)
    assert len(pages) > 1
    assert not any(isinstance(op, Area) for sheet in pages for op in sheet.ops)
    assert all("其他" in lines_on(sheet) for sheet in pages)
    assert whole(made)


CONTRACT = """
[[blocks]]
block = "repeat"
over = "licensee"
[[blocks.blocks]]
block = "party"
lines = [[
  { label = "甲方", text = "{item.name:blank=fill}" },
  { label = "电话", text = "{item.phone:blank=fill}" },
]]
[[blocks.blocks]]
block = "party"
lines = []
[[blocks]]
block = "choice"
path = "own_use.way"
options = [
  { value = "used", text = "{own_use.manner:blank=fill}" },
  { value = "none", text = "无" },
]
"""


def test_a_block_longer_than_a_page_gives_way(pack: Pack, case: Case) -> None:
    endless = Licence(licensee=Party(name="名" * 3000, phone="0710-3000001"))
    used = replace(case, own_use=replace(case.own_use, manner="自行检测、" * 500))
    made = compose(paper(CONTRACT), used, pack, licence=endless)
    assert len(sheets(made)) > 4
    assert printed(made).count("名") >= 3000
    assert whole(made)


def test_a_row_of_several_paragraphs_is_cut_between_them(pack: Pack) -> None:
    one = '{ block = "paragraph", type = "text", text = "只有一行的约定。" }'
    rows = "[[blocks.rows]]\nrest = true\ncontinues = true\nheading = '约定'\n"
    text = '[continuation]\ntitle = "附页"\n[[blocks]]\nblock = "grid"\n' + rows
    made = compose(paper(text + f"body = [{', '.join([one] * 90)}]"), Case(), pack)
    assert len(sheets(made)) > 1
    assert printed(made).count("只有一行的约定。") == 90
