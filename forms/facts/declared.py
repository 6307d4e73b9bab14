"""What follows from a declaration's course at the office: how far it is, what was declared.

Source: 审查指南 第五部分第十一章 3.4, 3.5, 4, 9.  This module must not know a pack or today's date.
"""

from typing import Literal

import msgspec

from forms.facts.declaration import Declaration
from forms.facts.record import Case
from forms.facts.royalty import Royalty

COURSE = "declaration."
FILED = f"{COURSE}filed_on"

Stage = Literal["filed", "published", "refused", "withdrawn"]

OVER: tuple[Stage, ...] = ("refused", "withdrawn")
"""The stages of a declaration of which nothing comes any more."""

_replace = msgspec.structs.replace


def stage_of(declaration: Declaration) -> Stage | None:
    """How far a declaration is: 已填报, 已公告, 不予公告, 已撤回; None before it is filed."""
    if declaration.withdrawn_on is not None:
        return "withdrawn"
    if declaration.refused:
        return "refused"
    if declaration.published_on is not None:
        return "published"
    return "filed" if declaration.filed_on is not None else None


def is_over(declaration: Declaration) -> bool:
    """Whether nothing comes of a declaration any more, so that another may be made."""
    return stage_of(declaration) in OVER


def binds(declaration: Declaration) -> bool:
    """Whether what was declared stands at the office: filed or published, and not over."""
    return stage_of(declaration) in ("filed", "published")


def as_filed(case: Case) -> Case:
    """Return the case with what was declared kept, once it is filed; without it while it is not.

    What was kept first stays: a fee or a term that is changed later is not what was declared.
    """
    declaration = case.declaration
    if stage_of(declaration) is None:
        if declaration.royalty is None and declaration.offer_end is None:
            return case
        blank = _replace(declaration, royalty=None, offer_end=None, owners=())
        return _replace(case, declaration=blank)
    if declaration.royalty is not None:
        return case
    kept = _replace(
        declaration,
        royalty=case.royalty,
        offer_end=case.offer_end,
        owners=tuple(owner.name for owner in case.owners),
    )
    return _replace(case, declaration=kept)


def declared_anew(case: Case) -> Case:
    """Return the case with its former declaration put to the earlier ones, to be declared again.

    Source: 审查指南 第五部分第十一章 9.
    """
    return _replace(case, declaration=Declaration(), earlier=(*case.earlier, case.declaration))


def changed_royalty(case: Case) -> str:
    """Return the path at which the royalty is no more what was declared, "" where it is.

    Answers of ways not chosen are no part of it.
    """
    declared, now = case.declaration.royalty, case.royalty
    if declared is None or _chosen(declared) == _chosen(now):
        return ""
    if declared.way != now.way or now.way is None:
        return "royalty.way"
    before, after = getattr(declared, now.way), getattr(now, now.way)
    names = (name for name in after.__struct_fields__)
    differing = (name for name in names if getattr(before, name) != getattr(after, name))
    return f"royalty.{now.way}.{next(differing)}"


def _chosen(royalty: Royalty) -> tuple[str | None, object]:
    return royalty.way, getattr(royalty, royalty.way or "", None)
