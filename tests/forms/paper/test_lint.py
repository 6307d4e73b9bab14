"""The paper's linter: each fault with its key and reason, and none in what we ship."""

from __future__ import annotations

import tomllib

import msgspec
import pytest

from forms.pack.language import Paper
from forms.pack.phrases import Phrase, Wording
from forms.pack.types import Pack
from forms.vetting.paper_lint import faults, phrase_faults


def found(text: str, *extras: str, head: str = "") -> list[tuple[str, str]]:
    source = f'code = "x"\ntitle = "表"\n{head}\n{text}'
    return faults(msgspec.convert(tomllib.loads(source), Paper), extras)


def paragraph(text: str) -> str:
    return f'[[blocks]]\nblock = "paragraph"\ntext = "{text}"\n'


@pytest.mark.parametrize("code", ["info", "consent", "contract", "summary"])
def test_our_own_papers_are_without_fault(pack: Pack, code: str) -> None:
    assert faults(pack.papers[code], []) == []


@pytest.mark.parametrize(
    "text",
    [
        "{patent.title}",
        "{owners.3.name}",
        "{licence.licensee.bank.name}",
        "{derived.term_text}",
        "{agreed.lump_sum.amount}",
        "{bank.account}",
        "{office.name}",
        "{own_use.way=used}",
        "{patent.inventors}",
        "{single_term}",
        "{licence.dispute:place=arbitration/court}",
        "{extra.note}",
    ],
)
def test_what_may_stand_in_a_slot(text: str) -> None:
    assert found(paragraph(text), "extra.note") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{patent.colour}", "没有名为 patent.colour 的事项"),
        ("{derived.mood}", "没有名为 derived.mood 的事项"),
        ("{extra.other}", "没有名为 extra.other 的事项"),
        ("{item.name}", "只能用在 repeat"),
        ("{own_use.way=maybe}", "不会是 maybe"),
        ("{licence.dispute:place=duel}", "不会是 duel"),
        ("{patent.title:bold}", "没有名为“bold”的选项"),
        ("{patent.title", "不成对的 {"),
        ("{unread}", "没有名为 unread"),
    ],
)
def test_a_bad_slot_is_told_with_its_key(text: str, reason: str) -> None:
    ((key, why),) = found(paragraph(text), "extra.note")
    assert key == "blocks[0].text"
    assert reason in why


def test_a_choice_of_the_packs_own_is_checked_by_its_values() -> None:
    source = 'code = "x"\ntitle = "表"\n' + paragraph("{extra.colour=red}{extra.colour=blue}")
    paper = msgspec.convert(tomllib.loads(source), Paper)
    ((_, why),) = faults(paper, ["extra.colour"], {"extra.colour": ("red", "green")})
    assert "不会是 blue" in why


def test_the_records_own_choices_are_not_widened_by_the_pack() -> None:
    source = 'code = "x"\ntitle = "表"\n' + paragraph("{own_use.way=often}")
    paper = msgspec.convert(tomllib.loads(source), Paper)
    assert len(faults(paper, [], {"own_use.way": ("often",)})) == 1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[[blocks]]\nblock = "paragraph"\ntext = "甲"\ntype = "huge"', "blocks[0].type"),
        ('[[blocks]]\nblock = "paragraph"\ntext = "甲"\nindent_em = -1', "blocks[0].indent_em"),
        (
            '[[blocks]]\nblock = "paragraph"\ntext = "甲"\nwhen = { path = "region" }',
            "blocks[0].when",
        ),
        (
            '[[blocks]]\nblock = "paragraph"\ntext = "甲"\nwhen = { path = "nowhere", is = "x" }',
            "blocks[0].when.path",
        ),
        (
            '[[blocks]]\nblock = "paragraph"\ntext = "甲"\n'
            'when = { path = "own_use.way", in = ["", "?", "often"] }',
            "blocks[0].when",
        ),
        (
            '[[blocks]]\nblock = "choice"\npath = "nowhere"\noptions = []',
            "blocks[0].path",
        ),
        (
            '[[blocks]]\nblock = "choice"\npath = "own_use.way"\n'
            'options = [{ value = "often", text = "常" }]',
            "blocks[0].options[0].value",
        ),
        (
            '[[blocks]]\nblock = "repeat"\nover = "owners"\n'
            'blocks = [{ block = "paragraph", text = "{item.colour}" }]',
            "blocks[0].blocks[0].text",
        ),
        ('[[blocks]]\nblock = "table"\ncolumns = []', "blocks"),
        ("", "blocks"),
        ('[page]\nnumber = "{nr}"\n' + paragraph("甲"), "page.number"),
        ('[page]\nnumber = "{page.x}"\n' + paragraph("甲"), "page.number"),
        (
            '[continuation]\ntitle = "附页"\nmore = "{page}"\n' + paragraph("甲"),
            "continuation.more",
        ),
        ('[[blocks]]\nblock = "grid"\nrows = []', "continuation"),
        ("[types.small]\nsize_pt = -8\n" + paragraph("甲"), "types.small.size_pt"),
        ('[[blocks]]\nblock = "title"\ntext = "甲"\nrules_pt = [1, -1]', "blocks[0].rules_pt"),
        (
            '[[blocks]]\nblock = "signatures"\nover = "once"\nname = "{item.name}"',
            "blocks[0].name",
        ),
        (
            '[[blocks]]\nblock = "signatures"\nfoot_type = "huge"',
            "blocks[0].foot_type",
        ),
        (
            '[[blocks]]\nblock = "repeat"\nover = "statement"\n'
            'blocks = [{ block = "paragraph", text = "{item.heading}{item.name}" }]',
            "blocks[0].blocks[0].text",
        ),
        (
            '[[blocks]]\nblock = "repeat"\nover = "owners"\n'
            'blocks = [{ block = "paragraph", text = "{item.heading}" }]',
            "blocks[0].blocks[0].text",
        ),
        (
            '[[blocks]]\nblock = "paragraph"\ntext = "甲"\n'
            'when = { path = "region", is = "甲", not = "乙" }',
            "blocks[0].when",
        ),
    ],
)
def test_other_faults_are_told_with_their_keys(text: str, key: str) -> None:
    assert [place for place, _ in found(text)] == [key]


def test_a_paper_not_made_of_every_case_says_of_which() -> None:
    only = 'when = { path = "derived.is_shared", is = "true" }'
    assert [key for key, _ in found(paragraph("甲"), head=only)] == ["only"]
    assert found(paragraph("甲"), head=only + '\nonly = "共有的专利"') == []
    assert [key for key, _ in found(paragraph("甲"), head='only = "共有的专利"')] == ["only"]


def phrases(*texts: str) -> list[tuple[str, str]]:
    made = [Phrase(name="fee", ways=(Wording(text=text),)) for text in texts]
    return list(phrase_faults(made, ["extra.note", "phrase.fee"]))


def test_a_phrase_gives_answers_and_nothing_else() -> None:
    assert phrases("按{extra.note}的{royalty.running.rate_percent}%") == []
    for wrong in ("{patent.colour}", "{patent.title", "{patent.title:blank}", "{phrase.fee}"):
        assert [key for key, _ in phrases(wrong)] == ["phrases[0].ways[0].text"]
    assert [key for key, _ in phrases("{signing=agency}")] == ["phrases[0].ways[0].text"]
    assert [key for key, _ in phrases("甲", "乙")] == ["phrases"]


def test_cells_of_a_row_all_have_rules_or_none() -> None:
    cells = '{ block = "cells", cells = [{ text = "甲" }]'
    rows = f"rows = [{{ body = [{cells} }}, {cells}, ruled = false }}] }}]"
    text = f'[continuation]\ntitle = "附页"\n[[blocks]]\nblock = "grid"\n{rows}'
    assert [key for key, _ in found(text)] == ["blocks[0].rows[0]"]


def test_formats_are_those_we_write() -> None:
    told = found(paragraph("甲"), head='formats = ["pdf", "xlsx", "odt"]')
    assert [key for key, _ in told] == ["formats", "formats"]


def test_a_batch_paper_needs_its_table() -> None:
    assert [key for key, _ in found(paragraph("甲"), head='scope = "batch"')] == ["blocks"]


GRID = """
[continuation]
title = "附页"
[[blocks]]
block = "grid"
rows = [
  { rest = true, label = "甲", body = [{ block = "cells", cells = [{ width_mm = 140 }] }] },
  { rest = true, body = [{ block = "cells", cells = [{ width_mm = 140 }] }] },
]
"""


def test_a_grid_must_fit_its_page() -> None:
    assert [key for key, _ in found(GRID)] == ["blocks[0].rows", "blocks[0].rows[0]"]
