"""compose: a paper and a case become what stands on the paper."""

from __future__ import annotations

import tomllib

import msgspec
import pytest

from forms.facts.record import Case, Licence, Office, Royalty
from forms.pack.language import Paper
from forms.pack.types import Pack
from forms.paper import document as doc
from forms.paper.compose import compose, compose_summary
from forms.paper.document import Blank, Break, Gap, Run, Spread, Tick, text_of
from forms.paper.document_words import lines_of, words

replace = msgspec.structs.replace


def paper(text: str) -> Paper:
    return msgspec.convert(tomllib.loads('code = "x"\ntitle = "表"\n' + text), Paper)


def inlines(text: str, pack: Pack, case: Case) -> doc.Inlines:
    made = compose(paper(f'[[blocks]]\nblock = "paragraph"\ntext = "{text}"'), case, pack)
    (block,) = made.blocks
    assert isinstance(block, doc.Paragraph)
    return block.inlines


def test_text_becomes_words_answers_blanks_and_ticks(pack: Pack, case: Case) -> None:
    assert inlines("专利号：{patent.number}", pack, case) == (
        Run(text="专利号："),
        Run(text="ZL202110345678.3", role="kai", path="patent.number"),
    )
    assert inlines("{region:plain}", pack, case) == (
        Run(text="武汉市", role="fangsong", path="region"),
    )
    assert inlines("{region:blank=6}", pack, case) == (
        Blank(answer="武汉市", min_em=6, path="region"),
    )
    assert inlines("{own_use.way=used}已", pack, case) == (
        Tick(checked=True, path="own_use.way", value="used"),
        Run(text="已"),
    )
    assert inlines("{:blank=2}", pack, case) == (Blank(min_em=2),)


def test_spaces_and_line_ends_are_kept_on_purpose(pack: Pack, case: Case) -> None:
    assert inlines(r"甲\u3000乙\n\u2002丙", pack, case) == (
        Run(text="甲"),
        Gap(em=1),
        Run(text="乙"),
        Break(),
        Gap(em=0.5),
        Run(text="丙"),
    )


def test_an_amount_in_capitals_is_ruled_or_not_there_at_all(pack: Pack, case: Case) -> None:
    text = "元{royalty.entry_running.entry_fee:capitals}，"
    assert inlines(text, pack, case)[1] == Blank(
        answer="（人民币壹拾万元整）", min_em=0, path="royalty.entry_running.entry_fee"
    )
    assert inlines(text, pack, Case()) == (Run(text="元"), Run(text="，"))


def test_an_empty_answer_leaves_its_blank_or_nothing(pack: Pack) -> None:
    assert inlines("{region:blank}{region}", pack, Case()) == (Blank(path="region"),)


CHOICE = """
[[blocks]]
block = "choice"
path = "royalty.way"
options = [
  { value = "free", text = "免费{patent.number}" },
  { value = "other", text = "其他{royalty.other.text:blank}{patent.number}" },
  { value = "lump_sum", text = "见附件", when = { path = "region", filled = true } },
]
"""


def test_only_the_chosen_option_is_ticked_and_filled(pack: Pack, case: Case) -> None:
    chosen = replace(case, royalty=Royalty(way="free"), region="")
    made = compose(paper(CHOICE), chosen, pack)
    assert [text_of(p.inlines) for p in made.blocks if isinstance(p, doc.Paragraph)] == [
        "☑免费ZL202110345678.3",
        "□其他",
    ]


def test_a_short_list_of_options_is_one_group(pack: Pack) -> None:
    made = compose(paper(CHOICE + CHOICE), Case(), pack)
    assert [p.group for p in made.blocks if isinstance(p, doc.Paragraph)] == [1, 1, 2, 2]
    loose = compose(paper(CHOICE + "whole = false"), Case(), pack)
    assert {p.group for p in loose.blocks if isinstance(p, doc.Paragraph)} == {0}


def test_a_condition_leaves_a_block_out(pack: Pack, case: Case) -> None:
    text = """
[[blocks]]
block = "paragraph"
text = "自行实施"
when = { path = "own_use.way", is = "used" }
[[blocks]]
block = "page_break"
"""
    assert len(compose(paper(text), case, pack).blocks) == 2
    assert compose(paper(text), Case(), pack).blocks == (doc.PageBreak(),)


def test_a_cell_may_have_its_condition_too(pack: Pack, case: Case) -> None:
    text = """
[[blocks]]
block = "grid"
[[blocks.rows]]
[[blocks.rows.body]]
block = "cells"
cells = [{ text = "专利号", spread_em = 6 }, { text = "{region}" }]
when = { path = "region", filled = true }
[[blocks.rows.body]]
block = "choice"
path = "own_use.way"
options = [{ value = "none", text = "未" }]
"""
    (grid,) = compose(paper(text), case, pack).blocks
    assert isinstance(grid, doc.Grid)
    cells = grid.rows[0].body[0]
    assert isinstance(cells, doc.Cells)
    assert cells.cells[0].paragraph.inlines == (Spread(text="专利号", em=6),)
    (empty,) = compose(paper(text), Case(), pack).blocks
    assert isinstance(empty, doc.Grid)
    assert len(empty.rows[0].body) == 1


def lines(document: doc.Document) -> list[str]:
    return [line for line in words(document).splitlines() if line]


def test_a_free_offer_stands_under_other_standards_in_the_contract(
    pack: Pack, case: Case, licence: Licence
) -> None:
    free = replace(case, royalty=Royalty(way="free"))
    offered = replace(licence, agreed="as_offered")
    found = lines(compose(pack.papers["contract"], free, pack, licence=offered))
    assert "☑一致□对专利权人实现声明的使用费标准等许可条件进行了协商修改，具体为：" in found
    assert "☑其他许可使用费标准：免费使用。" in found
    assert sum(line.startswith("□采用") for line in found) == 3


def test_the_contract_as_offered_names_its_price(pack: Pack, case: Case, licence: Licence) -> None:
    offered = replace(licence, agreed="as_offered")
    found = lines(compose(pack.papers["contract"], case, pack, licence=offered))
    assert any(
        line.startswith("☑采用入门费") and "100,000.00元（人民币壹拾万元整）" in line
        for line in found
    )


def test_the_contract_has_a_block_and_a_signature_for_every_owner(
    pack: Pack, case: Case, licence: Licence
) -> None:
    found = lines(compose(pack.papers["contract"], case, pack, licence=licence))
    assert found.count("许可人：示例大学") == 1
    assert found.count("许可人：江汉示例智能装备有限公司") == 1
    assert found.count("许可人：示例大学（盖章）") == 1
    assert found.count("许可人：江汉示例智能装备有限公司（盖章）") == 1
    assert found.count("被许可人：襄阳示例轨道装备股份有限公司（盖章）") == 1
    assert "1.提交武汉仲裁委员会仲裁；" in found
    assert any("确定按以下第1种方式处理：" in line for line in found)


def test_every_owner_consents_though_one_seals_the_table(pack: Pack, case: Case) -> None:
    one = replace(case, signing="representative", signing_representative="示例大学")
    table = lines(compose(pack.papers["info"], one, pack))
    consent = lines(compose(pack.papers["consent"], one, pack))
    assert table.count("江汉示例智能装备有限公司") == 0
    assert "江汉示例智能装备有限公司签章" in consent


def test_the_summary_numbers_its_rows(pack: Pack, case: Case) -> None:
    office = Office(name="示例大学", contact="张喆", phone="027")
    made = compose_summary(pack.papers["summary"], [case, Case()], pack, office=office)
    rows = [line.split("\t") for line in lines_of(made) if "\t" in line]
    assert [row[0] for row in rows] == ["序号", "1", "2"]
    assert rows[1][8] == "张喆"
    assert made.number == ""


def test_the_words_do_not_change_with_the_draft_mark(pack: Pack, case: Case) -> None:
    papers = pack.papers["info"]
    assert words(compose(papers, case, pack)) == words(compose(papers, case, pack, draft=True))
    other = replace(case, region="宜昌市", other_terms="改了")
    assert words(compose(papers, other, pack)) != words(compose(papers, case, pack))


def test_an_unread_number_is_on_the_paper_and_in_its_name(pack: Pack) -> None:
    made = compose(pack.papers["consent"], Case(unread={"patent.number": "CN1"}), pack)
    assert made.number == "CN1"
    assert "CN1" in words(made)


@pytest.mark.parametrize("code", ["info", "consent", "contract"])
def test_a_document_is_the_same_each_time(
    pack: Pack, case: Case, licence: Licence, code: str
) -> None:
    first, second = (compose(pack.papers[code], case, pack, licence=licence) for _ in range(2))
    assert first == second
