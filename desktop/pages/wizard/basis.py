"""The basis of a problem in full: the form's own notes, and the articles that ship as text."""

import re
from collections.abc import Iterator

from desktop.installed.law_texts import articles_in
from forms.pack import language as lang
from forms.pack.language import Paper
from forms.pack.types import Pack

_SLOT = re.compile(r"\{[^{}]*\}")
_MARK = re.compile("[①②③④⑤⑥⑦⑧⑨]")
_NOTE = re.compile("注意事项\\s*([一二三四五六七八九十]+)")

Text = tuple[str, str]  # where it stands, what it says


def full_text(basis: str, pack: Pack) -> list[Text]:
    """Every place a basis names whose words are known; [] where there are none."""
    found: list[Text] = []
    for part in re.split("[；;]", basis):
        found += _of_papers(part, pack)
        found += articles_in(part)
    return list(dict.fromkeys(found))


def notes_of(paper: Paper) -> tuple[str, ...]:
    """The notes printed with a paper."""
    return tuple(
        text for block in paper.blocks if isinstance(block, lang.Notes) for text in block.paragraphs
    )


def notes_on(marks: str, pack: Pack) -> list[str]:
    """The notes of the pack's papers that speak of a box by its mark (⑤)."""
    wanted = set(_MARK.findall(marks))
    return [
        note
        for paper in pack.papers.values()
        for note in notes_of(paper)
        if wanted & set(_MARK.findall(note))
    ]


def promises(pack: Pack) -> Text | None:
    """What the owners promise: the heading and the words of the box that leaves no blank."""
    for paper in (one for one in pack.papers.values() if one.when is None):
        for block in paper.blocks:
            if isinstance(block, lang.Grid):
                for row in block.rows:
                    texts = _words(row)
                    if row.mark and texts and not any("{" in text for text in texts):
                        return row.heading, "\n".join(texts)
    return None


def _words(row: lang.Row) -> list[str]:
    texts: list[str] = []
    for part in row.body:
        match part:
            case lang.Paragraph():
                texts.append(part.text)
            case lang.Choice():
                texts += [option.text for option in part.options]
            case lang.Cells():
                texts += [cell.text for cell in part.cells]
            case _:
                pass
    return texts


def _of_papers(part: str, pack: Pack) -> Iterator[Text]:
    papers = [paper for paper in pack.papers.values() if _is_named(paper, part)]
    for paper in papers or list(pack.papers.values())[:1]:
        for number in _NOTE.findall(part):
            for note in notes_of(paper):
                if note.startswith(number + "、"):
                    yield f"《{paper.title}》注意事项", note
        if "栏" in part:
            yield from _boxes(part, paper)


def _is_named(paper: Paper, part: str) -> bool:
    return any(
        word in paper.title and word in part for word in ("信息表", "汇总表", "声明", "合同")
    )


def _boxes(part: str, paper: Paper) -> Iterator[Text]:
    marks = set(_MARK.findall(part))
    for block in paper.blocks:
        if isinstance(block, lang.Grid):
            for row in block.rows:
                if row.mark in marks:
                    yield f"《{paper.title}》{row.heading}", _sentence(row)


def _sentence(row: lang.Row) -> str:
    """What a box of the form says: its sentences with their gaps, no line that is gaps alone."""
    said = [_SLOT.sub("＿＿", text).replace("\u2005", "") for text in _words(row)]
    return "\n".join(text for text in said if re.search(r"[\u4e00-\u9fff]{2}", text))
