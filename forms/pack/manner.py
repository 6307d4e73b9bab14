"""The manner (体例) in which an office wants papers, as a pack says it."""

from forms.ground.voices import Role
from forms.pack.language import Node


class Manner(Node, frozen=True, kw_only=True):
    """How an office wants papers to look that are handed to it (体例); `papers` are their codes.

    Least margins in mm (top, right, bottom, left), the least size of an answer in points, the
    voices it may have, the least and most white between lines in mm.  The defaults are those of
    专利审查指南2023 第五部分第一章 4.3 and 5.2.
    """

    papers: tuple[str, ...]
    basis: str
    margins_mm: tuple[float, float, float, float] = (25, 15, 15, 25)
    answer_pt: float = 12
    answer_roles: tuple[Role, ...] = ("song", "fangsong", "kai")
    gap_mm: tuple[float, float] = (2.5, 3.5)
