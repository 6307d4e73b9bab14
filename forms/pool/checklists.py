"""The checklists of a pool: what the guide and the antitrust texts ask, and the answers kept.

Sources: 专利池建设运行工作指引 第七条、第十五条; 禁止滥用知识产权排除、限制竞争行为规定 第十七条
and 关于知识产权领域的反垄断指南 第二十六条, as 浅析盘活存量专利的路径 quotes them; 专利池运营规范
(draft).  The items are data (resources/pools/checklists.toml).
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

import msgspec
import tomli

from forms.ground.locate import resources
from forms.pool.records import Answer, Pool

Expected = Literal["yes", "no", ""]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item to be answered: the reply that is no trouble ("" for any), the warning of another."""

    code: str
    words: str
    expects: Expected = ""
    warns: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Items of one provision."""

    title: str
    basis: str
    items: tuple[Item, ...]


class Checklist(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist: what it is on, and on whose words."""

    code: str
    title: str
    basis: str
    words: str = ""
    parts: tuple[Part, ...]

    def items(self) -> Iterator[tuple[Part, Item]]:
        """Yield the items in order, each with its part."""
        return ((part, item) for part in self.parts for item in part.items)


class _File(msgspec.Struct):
    lists: tuple[Checklist, ...]


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """How far a checklist is answered, and what of it is to be thought over."""

    checklist: Checklist
    total: int
    answered: int
    at_risk: tuple[tuple[Part, Item], ...]


@cache
def checklists() -> tuple[Checklist, ...]:
    """Return the checklists there are, in order."""
    file = resources() / "pools" / "checklists.toml"
    return msgspec.convert(tomli.loads(file.read_text(encoding="utf-8")), _File).lists


def basis_of(checklist: Checklist, part: Part) -> str:
    """Return the basis of a part whole: its own text, or the checklist's with its provision."""
    if part.basis.startswith("第") or part.basis[:1].isdigit():
        return f"{checklist.basis.partition(' ')[0]} {part.basis}"
    return part.basis


def answers_of(pool: Pool) -> Mapping[str, Answer]:
    """Return a pool's answers by their items."""
    return {one.item: one for one in pool.answers}


def answered(pool: Pool, checklist: Checklist) -> Answered:
    """Return how far a pool has answered a checklist; an open reply counts as none."""
    given = answers_of(pool)
    replies = {code: one.reply for code, one in given.items() if one.reply in ("yes", "no")}
    items = tuple(checklist.items())
    risky = tuple(
        (part, item)
        for part, item in items
        if item.expects and replies.get(item.code, item.expects) != item.expects
    )
    count = sum(item.code in replies for _, item in items)
    return Answered(checklist=checklist, total=len(items), answered=count, at_risk=risky)


def with_answer(pool: Pool, answer: Answer) -> Pool:
    """Return a pool with an answer beside the others, or in place of the one to its item."""
    others = tuple(one for one in pool.answers if one.item != answer.item)
    return msgspec.structs.replace(pool, answers=(*others, answer))
