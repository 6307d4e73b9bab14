"""Which papers an authority wants for the recordal of a licence (备案): a pack's recordal.toml.

A procedure has its papers in order, in the authority's words.  `met_by` says what of the record
makes a paper ready or unneeded (`forms.facts.recordal`).
"""

import re
from collections import Counter
from collections.abc import Iterator

from forms.facts.licence_life import EffectBy
from forms.facts.recordal import MetBy
from forms.pack.language import Node

MOST_PROCEDURES = 10
MOST_ITEMS = 40
MOST_CHARACTERS = 300
_CODE = re.compile("[a-z][a-z0-9_]{0,23}")


class RecordalPaper(Node, frozen=True, kw_only=True):
    """A paper for the recordal.

    `made_as` is the pack's paper that helps to fill it in, `unneeded` what is said where it is
    not needed: 未委托代理.
    """

    code: str
    words: str
    met_by: MetBy = ""
    made_as: str = ""
    unneeded: str = ""


class RecordalProcedure(Node, frozen=True, kw_only=True):
    """A procedure: of open or of agreed licences, with its papers.

    `where` says where they are handed in.
    """

    effect_by: EffectBy
    title: str
    basis: str
    where: str = ""
    papers: tuple[RecordalPaper, ...]


class RecordalPapers(Node, frozen=True, kw_only=True):
    """What recordal.toml holds: the procedures, the basis of the three months, and what is asked
    beside where they are over."""

    basis: str
    procedures: tuple[RecordalProcedure, ...]
    late: RecordalPaper | None = None

    def procedure(self, effect_by: EffectBy) -> RecordalProcedure | None:
        """The procedure of a kind of licence; None where there is none."""
        return next((one for one in self.procedures if one.effect_by == effect_by), None)


def recordal_faults(papers: RecordalPapers) -> Iterator[tuple[str, str]]:
    """Yield key and reason (Chinese) of all for which a pack is refused."""
    if len(papers.procedures) > MOST_PROCEDURES:
        yield "procedures", f"过多（超过 {MOST_PROCEDURES} 种）"
    yield from _text("basis", papers.basis)
    if papers.late is not None:
        yield from _text("late.words", papers.late.words)
    for kind, count in Counter(one.effect_by for one in papers.procedures).items():
        if count > 1:
            yield "procedures", f"“{kind}”出现了 {count} 次"
    for place, one in enumerate(papers.procedures[:MOST_PROCEDURES]):
        key = f"procedures[{place}]"
        yield from _text(f"{key}.title", one.title)
        yield from _text(f"{key}.basis", one.basis)
        if len(one.papers) > MOST_ITEMS:
            yield f"{key}.papers", f"过多（超过 {MOST_ITEMS} 项）"
        beside = (papers.late,) if papers.late else ()
        codes = Counter(paper.code for paper in (*one.papers, *beside))
        for inner, paper in enumerate(one.papers[:MOST_ITEMS]):
            if not _CODE.fullmatch(paper.code):
                yield f"{key}.papers[{inner}].code", "应由小写字母、数字和下划线组成"
            if codes[paper.code] > 1:
                yield f"{key}.papers[{inner}].code", f"“{paper.code}”重复"
            yield from _text(f"{key}.papers[{inner}].words", paper.words)
            if len(paper.unneeded) > MOST_CHARACTERS:
                yield f"{key}.papers[{inner}].unneeded", f"过长（超过 {MOST_CHARACTERS} 字）"


def _text(key: str, text: str) -> Iterator[tuple[str, str]]:
    if not text.strip():
        yield key, "不能空着"
    elif len(text) > MOST_CHARACTERS:
        yield key, f"过长（超过 {MOST_CHARACTERS} 字）"
