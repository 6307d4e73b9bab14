"""The sheets of a paper: their measures, the words every page carries, the types of its text.

With the smallest nodes of the language, which `forms.pack.language` stands on: conditions, what
every block has, ways of setting text.
"""

from typing import Literal

import msgspec

from forms.ground.voices import Role

Align = Literal["justify", "left", "center", "right"]


class Node(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A piece of a paper; an unknown key is a fault."""


class When(Node, rename={"is_": "is", "not_": "not", "in_": "in"}, frozen=True, kw_only=True):
    """A condition on one fact: exactly one of `is`, `not`, `in`, `filled`.

    "" stands for no answer.
    """

    path: str
    is_: str | None = None
    not_: str | None = None
    in_: tuple[str, ...] | None = None
    filled: bool | None = None


class Block(Node, frozen=True, kw_only=True):
    """A block of a paper; printed only where its `when` holds."""

    when: When | None = None


class Type(Node, frozen=True, kw_only=True, cache_hash=True):
    """A way of setting text, named in the paper's `types`.

    Points.  `tight_pt` is the leading where a grid is crowded; 0 means as `leading_pt`,
    and an answer's 0 means as the text's.
    """

    role: Role = "fangsong"
    size_pt: float = 12
    leading_pt: float = 18
    tight_pt: float = 0
    answer_role: Role = "kai"
    answer_pt: float = 0


class Spoken(Node, frozen=True, kw_only=True):
    """What is heard, by those who have a PDF read out, where no words are printed."""

    checked: str = "已选"
    unchecked: str = "未选"
    blank: str = "未填写"
    seal: str = "签章处"


class Page(Node, frozen=True, kw_only=True):
    """The sheet and the words every page carries.

    The text area begins at `first_top_mm` on the first page, at `top_mm` on the others.
    `number` holds {page} and {pages}; its baseline is `number_mm` above the lower edge.
    `mark` is boxed at the right of every page, `mark_mm` from its upper edge.
    `code` says whether a small code stands in the foot margin, by which a scan files itself
    (页脚识别码): never, where the office asks for it, always.  A draft has none.
    """

    width_mm: float = 210
    height_mm: float = 297
    left_mm: float = 28
    right_mm: float = 26
    top_mm: float = 33
    bottom_mm: float = 26
    first_top_mm: float = 0
    number: str = "第{page}页　共{pages}页"
    number_pt: float = 10.5
    number_mm: float = 14
    mark: str = ""
    mark_pt: float = 11
    mark_mm: float = 13.5
    draft: str = "草稿"
    spoken: Spoken = Spoken()
    code: Literal["never", "asked", "always"] = "never"


class RunningHead(Node, frozen=True, kw_only=True):
    """A line over a rule on every page after the first; `at_mm` is its baseline from the top."""

    left: str = ""
    right: str = ""
    type: str = "text"
    at_mm: float = 22
    rule_mm: float = 24


class Continuation(Node, frozen=True, kw_only=True):
    """The sheets that take what a grid can not hold.

    `more`, `see`, `seals_see` and `right` hold {sheet}, the sheet's number; `resumed` follows
    a heading taken up again.
    """

    title: str
    left: str = ""
    right: str = "附页 {sheet}"
    more: str = "（下接附页 {sheet}）"
    see: str = "（见附页 {sheet}）"
    seals_see: str = "（全体专利权人签章见附页 {sheet}）"
    resumed: str = "（续）"
    title_pt: float = 18
    title_mm: float = 23
    head_pt: float = 11
    head_mm: float = 31.5
    top_mm: float = 34
    bottom_mm: float = 20
    box_head_pt: float = 24
    size_pt: float = 12
    leading_pt: float = 20
