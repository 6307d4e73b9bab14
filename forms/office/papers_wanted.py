"""Which papers a clerk wants in which formats, and what of it a pack does not offer."""

from collections.abc import Mapping, Sequence

import msgspec

from forms.office.store import CannotDo
from forms.pack.language import Paper
from forms.pack.types import Pack

Wanted = Sequence[tuple[Paper, tuple[str, ...]]]
"""Papers, each with the formats it is wanted in."""


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that was not made, and why."""

    case: str | None
    paper: str
    reason: str


def by_format(pack: Pack) -> Mapping[str, tuple[Paper, ...]]:
    """What can be exported of cases: format -> papers, PDF first.

    Contracts come along where a format is one to work on (Word), since few papers have it.
    """
    found: dict[str, list[Paper]] = {"pdf": []}
    for paper in pack.papers.values():
        for format in paper.formats:
            if format != "pdf" or paper.scope != "licence":
                found.setdefault(format, []).append(paper)
    return {format: tuple(papers) for format, papers in found.items() if papers}


def wanted(
    pack: Pack, codes: Sequence[str], formats: Sequence[str]
) -> list[tuple[Paper, tuple[str, ...]]]:
    """The papers to export with their formats, as the clerk asked for them.

    Without codes all papers of the offer are meant, without formats PDF.  Of several papers each
    comes in those of the formats it has; see `not_offered` for those that come in none.  Raises
    CannotDo for a paper the pack does not have, or where nothing at all is left.
    """
    for code in codes:
        if code not in pack.papers:
            known = "、".join(f"{code}（{paper.title}）" for code, paper in pack.papers.items())
            raise CannotDo(f"没有名为 {code} 的文书。可用的有：{known}。")
    papers = _meant(pack, codes)
    asked = tuple(dict.fromkeys(formats)) or ("pdf",)
    result = [(paper, tuple(f for f in asked if f in paper.formats)) for paper in papers]
    if not any(fits for _, fits in result):
        raise CannotDo(f"《{papers[0].title}》{_no_such_format(papers[0], asked[0])}")
    return [(paper, fits) for paper, fits in result if fits]


def not_offered(pack: Pack, codes: Sequence[str], formats: Sequence[str]) -> tuple[LeftOut, ...]:
    """What a clerk asked for that `wanted` leaves out.

    A paper named that comes in none of the formats, and a format that no paper comes in.
    """
    papers = _meant(pack, codes)
    asked = tuple(dict.fromkeys(formats)) or ("pdf",)
    named = [paper for paper in papers if codes and not set(asked) & set(paper.formats)]
    left = [
        LeftOut(case=None, paper=paper.title, reason=_no_such_format(paper, asked[0]))
        for paper in named
    ]
    others = [paper for paper in papers if paper not in named]
    for format in asked:
        if others and not any(format in paper.formats for paper in papers):
            titles = "、".join(paper.title for paper in others)
            left.append(LeftOut(case=None, paper=titles, reason=f"不提供 {format} 格式。"))
    return tuple(left)


def _meant(pack: Pack, codes: Sequence[str]) -> list[Paper]:
    return [pack.papers[code] for code in dict.fromkeys(codes)] or [
        paper for paper in pack.papers.values() if paper.scope != "licence"
    ]


def _no_such_format(paper: Paper, format: str) -> str:
    return f"不提供 {format} 格式，可选：{'、'.join(paper.formats)}。"
