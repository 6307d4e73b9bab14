"""What of a paper's words is told at loading: what blocks are repeated for, slots as written.

A case's papers know the lists named in the language; those of records that are no cases know any
list of their facts (`over_names`), and whether there is one is asked of the facts' type.
"""

import re
from collections.abc import Iterator
from typing import Any, get_args

from forms.pack import language as lang
from forms.pack.slots import SlotFault, parse

Said = Iterator[tuple[str, str]]  # key, reason

_OF_CASES = get_args(lang.Over)
_ROWS_OF_CASES = get_args(lang.Rows)
_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*")
ONCE = "once"
_TEXT_KEYS = frozenset(
    {"text", "name", "foot", "head", "header", "cell_heading", "left", "center", "right"}
    | {"paragraphs", "sums"}
)


def repeated_nodes(node: Any, key: str = "") -> Iterator[tuple[str, lang.Node]]:
    """Each node of a paper that has an `over`, with its key in the file."""
    if isinstance(node, tuple):
        for place, part in enumerate(node):
            yield from repeated_nodes(part, f"{key}[{place}]")
    elif isinstance(node, lang.Node):
        if isinstance(node, lang.Repeat | lang.Signatures | lang.Table | lang.Cells):
            yield key, node
        for name in ("blocks", "rows", "body"):
            if hasattr(node, name):
                yield from repeated_nodes(getattr(node, name), f"{key}.{name}" if key else name)


def over_faults(paper: lang.Paper) -> Said:
    """Yield each `over` of a case's paper that names none of its lists."""
    for key, node in repeated_nodes(paper):
        if isinstance(node, lang.Cells):
            if node.over:
                yield f"{key}.over", "案卷的文书里，cells 不能写 over"
            continue
        known = _ROWS_OF_CASES if isinstance(node, lang.Table) else _OF_CASES
        if node.over not in known:  # type: ignore[attr-defined]
            listed = "、".join(f"“{one}”" for one in known)
            yield f"{key}.over", f"应为 {listed} 之一，现在是 “{node.over}”"  # type: ignore[attr-defined]


def over_names(paper: lang.Paper) -> Said:
    """Yield each `over` of a record's paper that can be no name of a list."""
    for key, node in repeated_nodes(paper):
        over: str = node.over  # type: ignore[attr-defined]
        if over in ("", ONCE) and isinstance(node, lang.Cells | lang.Signatures):
            continue
        if isinstance(node, lang.Table) and over == "cases":
            yield f"{key}.over", "要写明表的每一行是哪个列表的一项"
        elif not _NAME.fullmatch(over):
            yield f"{key}.over", f"“{over}”不是列表的名称"


def slot_faults(node: Any, key: str = "") -> Said:
    """Yield each text of a paper of which a slot is not written as the language asks."""
    if isinstance(node, tuple):
        for place, part in enumerate(node):
            yield from slot_faults(part, f"{key}[{place}]")
    elif isinstance(node, lang.Node) and not isinstance(node, lang.Page | lang.Type):
        for name in node.__struct_fields__:
            value, at = getattr(node, name), f"{key}.{name}" if key else name
            if name in _TEXT_KEYS and not (isinstance(node, lang.Continuation) and name == "right"):
                yield from _unwritten(value, at)
            yield from slot_faults(value, at)


def _unwritten(value: Any, key: str) -> Said:
    for text in value if isinstance(value, tuple) else (value,):
        try:
            parse(text)
        except SlotFault as fault:
            yield key, str(fault)
