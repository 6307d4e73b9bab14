"""The figures of a paper as an examiner measures them, and whether they keep a manner.

What is measured is where answers stand: how large they are, in which voices, how far their lines
are apart; and the margins of the page.  Source of the manner: 专利审查指南2023 第五部分第一章 4.3
(margins) and 5.2 (宋体, 仿宋体 or 楷体; characters at least 3.5 mm high, 2.5 to 3.5 mm between
lines).  This module knows a paper and no page drawn of it.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from forms.ground.voices import Role
from forms.pack import language as lang
from forms.pack.manner import Manner
from forms.pack.slots import Slot, SlotFault, parse
from forms.paper.compose import DEFAULT_TYPES

_MM = 72 / 25.4
_SLIP = 0.005  # mm and points: what is rounded counts as kept


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """A paper's figures: sizes in points, margins (top, right, bottom, left) and gaps in mm.

    `gap_mm` is the least and the most white between two lines of a text with answers: its
    leading less its size, tight leading included.
    """

    margins_mm: tuple[float, float, float, float]
    answer_pt: float
    answer_roles: frozenset[Role]
    gap_mm: tuple[float, float]


def figures(paper: lang.Paper) -> Figures:
    """Measure a paper; one without answers has none of their figures (0)."""
    page = paper.page
    types = [_typed(paper, name) for name in _types_with_answers(paper.blocks)]
    gaps = [
        (leading - type_.size_pt) / _MM
        for type_ in types
        for leading in (type_.leading_pt, type_.tight_pt or type_.leading_pt)
    ]
    top = min(page.top_mm, page.first_top_mm or page.top_mm)
    return Figures(
        margins_mm=(top, page.right_mm, page.bottom_mm, page.left_mm),
        answer_pt=min((type_.answer_pt or type_.size_pt for type_ in types), default=0),
        answer_roles=frozenset(type_.answer_role for type_ in types),
        gap_mm=(round(min(gaps, default=0), 2), round(max(gaps, default=0), 2)),
    )


def manner_faults(paper: lang.Paper, manner: Manner) -> Iterator[tuple[str, str]]:
    """Say as (key, reason) where a paper does not keep a manner."""
    found = figures(paper)
    names = ("top_mm", "right_mm", "bottom_mm", "left_mm")
    for name, has, least in zip(names, found.margins_mm, manner.margins_mm, strict=True):
        if has < least - _SLIP:
            yield f"page.{name}", f"页边空白是 {has:g} 毫米，体例要求不少于 {least:g} 毫米"
    if found.answer_pt and found.answer_pt < manner.answer_pt - _SLIP:
        yield "types", f"答案最小 {found.answer_pt:g} 磅，体例要求不小于 {manner.answer_pt:g} 磅"
    if others := sorted(found.answer_roles - set(manner.answer_roles)):
        yield "types", f"答案用了 {'、'.join(others)}，体例只许 {'、'.join(manner.answer_roles)}"
    least, most = manner.gap_mm
    if found.answer_pt and not (
        least - _SLIP <= found.gap_mm[0] and found.gap_mm[1] <= most + _SLIP
    ):
        shown = " 至 ".join(f"{gap:g}" for gap in found.gap_mm)
        yield "types", f"行距是 {shown} 毫米，体例要求 {least:g} 至 {most:g} 毫米"


def _typed(paper: lang.Paper, name: str) -> lang.Type:
    return paper.types.get(name) or DEFAULT_TYPES.get(name) or lang.Type()


def _types_with_answers(node: Any, type_: str = "text") -> Iterator[str]:
    """The names of the types in which a block and all inside it set answers."""
    if isinstance(node, str):
        if _has_answer(node):
            yield type_
    elif isinstance(node, tuple):
        for part in node:
            yield from _types_with_answers(part, type_)
    elif isinstance(node, lang.Node) and not isinstance(node, lang.When | lang.Title | lang.Label):
        own = getattr(node, "type", type_)
        for name in node.__struct_fields__:
            part = getattr(node, name)
            if isinstance(node, lang.Table) and name == "head":
                yield from _types_with_answers(part, node.head_type)
            elif name not in ("type", "when", "path", "value"):
                yield from _types_with_answers(part, own)


def _has_answer(text: str) -> bool:
    try:
        pieces = parse(text)
    except SlotFault:
        return False
    return any(
        isinstance(piece, Slot) and piece.paths and not piece.tick and "plain" not in piece.options
        for piece in pieces
    )
