"""What is wrong with a paper: every fault's place and the reason (Chinese), none by exception.

It knows the record's fields and the language; the pack's own fields come in as arguments.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin

import msgspec

from forms.facts.derived import DERIVED, DERIVED_OF_LICENCE
from forms.facts.record import Bank, Case, Contact, Licence, Office, Party, Royalty
from forms.pack import language as lang
from forms.pack.field_faults import repeated
from forms.pack.phrases import Phrase
from forms.pack.slots import Slot, SlotFault, parse
from forms.paper.compose import DEFAULT_TYPES
from forms.paper.licence_account import Account
from forms.paper.printed_values import LICENSEES, OF_A_PART, OF_PACK

# Keys that hold no slots but the writers' own place-holders.
_PLACES: Mapping[str, frozenset[str]] = {
    "number": frozenset({"page", "pages"}),
    "more": frozenset({"sheet"}),
    "see": frozenset({"sheet"}),
    "seals_see": frozenset({"sheet"}),
    "right": frozenset({"sheet"}),
}
_TEXT_KEYS = frozenset(
    {"text", "name", "foot", "head", "header", "cell_heading", "left", "center", "right"}
    | {"paragraphs", "sums"}
)
_ROOTS: Mapping[str, Any] = {
    "": Case,
    "licence": Licence,
    "office": Office,
    "agreed": Royalty,
    "bank": Bank,
    "offer_contact": Contact,
    "item": Party,
    "account": Account,
}
_ROWS = tuple(name for name in get_args(lang.Rows) if name != "cases")
_NOT_FACTS = frozenset({"version", "unread", "extra", "pack"})

Fault = tuple[str, str]

_WRONG_TABLE = {
    "batch": "表（table）只能用在多件共用的文书上；许可文书里的表要写明 over",
    "licence": "写明 over 的表（table）只能用在许可文书（licence）上",
}


def faults(
    paper: lang.Paper,
    known_paths: Collection[str],
    choices: Mapping[str, Collection[str]] | None = None,
) -> list[Fault]:
    """Return each fault as (key in the file, reason).

    `known_paths` are the pack's own paths ("extra.NAME", "phrase.NAME") beside the record's;
    `choices` gives the values of those that are choices.
    """
    return list(PaperLinter(paper, _known(known_paths, choices)).faults())


def _known(
    known_paths: Collection[str], choices: Mapping[str, Collection[str]] | None
) -> Mapping[str, tuple[str, ...] | None]:
    known = {**_record_paths(), **dict.fromkeys(known_paths, None)}
    for path, values in (choices or {}).items():
        if not known.get(path):
            known[path] = tuple(values)
    return known


def phrase_faults(
    phrases: Sequence[Phrase],
    known_paths: Collection[str],
    choices: Mapping[str, Collection[str]] | None = None,
) -> Iterator[Fault]:
    """Yield each fault of a pack's phrases; the other arguments are those of `faults`."""
    linter = PaperLinter(lang.Paper(code="", title=""), _known(known_paths, choices))
    yield from repeated("phrases", "短语", [phrase.name for phrase in phrases])
    for place, phrase in enumerate(phrases):
        if not re.fullmatch("[a-z][a-z0-9_]*", phrase.name):
            yield f"phrases[{place}].name", "只能用小写字母、数字和下划线"
        yield from linter.of_phrase(phrase, f"phrases[{place}]")


def _phrase_slots(text: str, key: str) -> Iterator[Fault]:
    try:
        slots = [piece for piece in parse(text) if isinstance(piece, Slot)]
    except SlotFault:
        return
    for slot in slots:
        if slot.tick is not None or "blank" in slot.options or not slot.paths:
            yield key, f"{slot.source}：短语里只能写答案，不能写方框和空格"
        if any(path.startswith("phrase.") for path in slot.paths):
            yield key, f"{slot.source}：短语里不能再用短语"


@cache
def _record_paths() -> Mapping[str, tuple[str, ...] | None]:
    found: dict[str, tuple[str, ...] | None] = dict.fromkeys(("row", *LICENSEES))
    for root, type_ in _ROOTS.items():
        found.update(members(type_, f"{root}." if root else ""))
    for name in (*DERIVED, *DERIVED_OF_LICENCE, *OF_PACK):
        found[f"derived.{name}"] = None
    return found


def members(type_: Any, prefix: str) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """Yield each path of a record's type, with its values where it is a choice."""
    for field in msgspec.structs.fields(type_):
        if field.name in _NOT_FACTS:
            continue
        path = prefix + field.name
        plain = _plain(field.type)
        if isinstance(plain, type) and issubclass(plain, msgspec.Struct):
            yield path, None
            yield from members(plain, f"{path}.")
        elif get_origin(plain) is tuple:
            inner = get_args(plain)[0]
            yield path, None
            yield f"{path}.0", None
            if issubclass(inner, msgspec.Struct):
                yield from members(inner, f"{path}.0.")
        else:
            yield path, get_args(plain) if get_origin(plain) is Literal else None


def _plain(type_: Any) -> Any:
    """A type without its None."""
    if get_origin(type_) is Literal or type_ in (str, int, bool, date, Decimal):
        return type_
    some = [part for part in get_args(type_) if part is not type(None)]
    return some[0] if type(None) in get_args(type_) else type_


class PaperLinter:
    """What is wrong with one paper; `known` are the paths it may read, with values of choices."""

    def __init__(self, paper: lang.Paper, known: Mapping[str, tuple[str, ...] | None]) -> None:
        self.paper = paper
        self.known = known
        self.types = {*DEFAULT_TYPES, *paper.types}

    def faults(self) -> Iterator[Fault]:
        """Every fault, in the order of the file."""
        yield from self._node(self.paper, "", over="")
        yield from self._whole()

    def of_phrase(self, phrase: Phrase, key: str) -> Iterator[Fault]:
        """Every fault of a phrase: its conditions, and its slots, which only give answers."""
        for place, way in enumerate(phrase.ways):
            at = f"{key}.ways[{place}]"
            if way.when:
                yield from self._when(way.when, f"{at}.when", over="")
            yield from self._slots(way.text, f"{at}.text", over="")
            yield from _phrase_slots(way.text, f"{at}.text")

    def _whole(self) -> Iterator[Fault]:
        tables = [block for block in self.paper.blocks if isinstance(block, lang.Table)]
        if self.paper.scope == "batch" and not tables:
            yield "blocks", "多件共用的文书要有一张表（table）"
        for scope, is_of_cases in (("batch", True), ("licence", False)):
            if self.paper.scope != scope and any(
                (one.over == "cases") == is_of_cases for one in tables
            ):
                yield "blocks", _WRONG_TABLE[scope]
        yield from self._formats(tables)
        if (self.paper.when is None) != (not self.paper.only.strip()):
            yield "only", "有条件（when）的文书，要用 only 写明只为哪些案卷制作；没有条件的不写"

    def _formats(self, tables: Sequence[lang.Table]) -> Iterator[Fault]:
        if "xlsx" in self.paper.formats and not tables:
            yield "formats", "有表（table）的文书才能出 xlsx"
        for format_ in self.paper.formats:
            if format_ not in ("pdf", "docx", "xlsx"):
                yield "formats", f"没有 {format_} 这种格式，可选：pdf、docx、xlsx"
        grids = [block for block in self.paper.blocks if isinstance(block, lang.Grid)]
        if grids and self.paper.continuation is None:
            yield "continuation", "用了表格（grid）的文书要写明附页（continuation）的样子"
        if not self.paper.blocks:
            yield "blocks", "文书里至少要有一块内容"

    def _node(self, node: Any, key: str, *, over: str) -> Iterator[Fault]:
        if isinstance(node, tuple):
            for index, part in enumerate(node):
                yield from self._node(part, f"{key}[{index}]", over=over)
        elif isinstance(node, dict):
            for name, part in node.items():
                yield from self._node(part, f"{key}.{name}", over=over)
        elif isinstance(node, lang.Node):
            inside = self._inside(node, over)
            yield from self._own(node, key, over=inside)
            for name in node.__struct_fields__:
                part = getattr(node, name)
                place = f"{key}.{name}" if key else name
                yield from self._text(node, name, part, place, over=inside)
                yield from self._node(part, place, over=inside)

    def _inside(self, node: lang.Node, over: str) -> str:
        """What {item.…} is inside a node."""
        if isinstance(node, lang.Repeat | lang.Signatures | lang.Table) and node.over != "cases":
            return node.over
        return over

    def _own(self, node: lang.Node, key: str, *, over: str) -> Iterator[Fault]:
        for name in ("type", "head_type", "header_type", "label_type", "foot_type"):
            wanted = getattr(node, name, None)
            if name == "foot_type" and not wanted:
                continue
            if wanted is not None and wanted not in self.types:
                yield f"{key}.{name}", f"没有名为 {wanted} 的字样（types）"
        for name in node.__struct_fields__:
            value = getattr(node, name)
            sizes = value if isinstance(value, tuple) else (value,)
            if name.endswith(("_mm", "_pt", "_em")) and min(sizes, default=0) < 0:
                yield f"{key}.{name}", "尺寸不能小于 0"
        if isinstance(node, lang.When):
            yield from self._when(node, key, over=over)
        elif isinstance(node, lang.Choice):
            yield from self._path(node.path, key + ".path", over=over)
            for place, option in enumerate(node.options):
                yield from self._value(node.path, option.value, f"{key}.options[{place}].value")
        elif isinstance(node, lang.Grid):
            yield from self._grid(node, key)
        elif isinstance(node, lang.Table):
            for name, texts in (("sums", node.sums), ("page_sums", node.page_sums)):
                if len(texts) not in (0, len(node.columns)):
                    yield f"{key}.{name}", f"应当每列一项，共 {len(node.columns)} 项"
        elif isinstance(node, lang.Title) and node.notice not in node.text:
            yield f"{key}.notice", f"标题里没有“{node.notice}”"

    def _grid(self, grid: lang.Grid, key: str) -> Iterator[Fault]:
        if sum(row.rest for row in grid.rows) > 1:
            yield f"{key}.rows", "只能有一行占用余下的高度（rest）"
        width = self.paper.page.width_mm - self.paper.page.left_mm - self.paper.page.right_mm
        for place, row in enumerate(grid.rows):
            if len({part.ruled for part in row.body if isinstance(part, lang.Cells)}) > 1:
                yield f"{key}.rows[{place}]", "一行里的 cells 要么都有线，要么都没有（ruled）"
            for part in row.body:
                if not isinstance(part, lang.Cells):
                    continue
                room = width - (grid.label_mm if row.label or row.mark else 0)
                if sum(cell.width_mm for cell in part.cells) > room + 0.01:
                    yield f"{key}.rows[{place}]", f"各格合计的宽度超过 {room:g} mm"

    def _when(self, when: lang.When, key: str, *, over: str) -> Iterator[Fault]:
        given = [one is not None for one in (when.is_, when.not_, when.in_, when.filled)]
        if sum(given) != 1:
            yield key, "条件要写 is、not、in、filled 之中的一项，不多不少"
        yield from self._path(when.path, f"{key}.path", over=over)
        wanted = [one for one in (when.is_, when.not_) if one is not None] or list(when.in_ or ())
        for value in wanted:
            if value not in ("", "?"):
                yield from self._value(when.path, value, key)

    def _text(
        self, node: lang.Node, name: str, value: Any, key: str, *, over: str
    ) -> Iterator[Fault]:
        if isinstance(node, lang.Page | lang.Continuation) and name in _PLACES:
            yield from _place_holders(value, _PLACES[name], key)
            return
        texts = value if isinstance(value, tuple) else (value,)
        if name not in _TEXT_KEYS or isinstance(node, lang.Type | lang.Paper):
            return
        for text in texts:
            if isinstance(text, str):
                yield from self._slots(text, key, over=over)

    def _slots(self, text: str, key: str, *, over: str) -> Iterator[Fault]:
        try:
            pieces = parse(text)
        except SlotFault as fault:
            yield key, str(fault)
            return
        for slot in pieces:
            if not isinstance(slot, Slot):
                continue
            for path in slot.paths:
                yield from self._path(path, key, over=over)
            if slot.tick is not None:
                yield from self._value(slot.paths[0], slot.tick, key)
            for value in slot.options.get("place", "").split("/"):
                if value:
                    yield from self._value(slot.paths[0], value, key)

    def _path(self, path: str, key: str, *, over: str) -> Iterator[Fault]:
        root, _, rest = path.partition(".")
        if root == "item" and over in _ROWS:
            if f"account.{over}.0.{rest}" not in self.known:
                yield key, f'{path}：over = "{over}" 的 item 没有这一项'
            return
        if root == "item" and over in ("", "once"):
            yield key, f"{path}：item 只能用在 repeat 和 signatures 里面"
        elif root == "item" and (over == "statement") != (rest in OF_A_PART):
            yield key, f'{path}：over = "{over}" 的 item 没有这一项'
        elif root == "item" and over == "statement":
            return
        elif first_place(path) not in self.known and path not in self.known:
            yield key, f"没有名为 {path} 的事项"

    def _value(self, path: str, value: str, key: str) -> Iterator[Fault]:
        values = self.known.get(first_place(path))
        if values and value not in values:
            yield key, f"{path} 不会是 {value}，只能是 {'、'.join(values)}"


def first_place(path: str) -> str:
    """A path with every place in a list as 0, since all places are alike."""
    return ".".join("0" if name.isdecimal() else name for name in path.split("."))


def _place_holders(text: str, allowed: frozenset[str], key: str) -> Iterator[Fault]:
    used, rest = re.findall(r"\{([^{}]*)\}", text), re.sub(r"\{[^{}]*\}", "", text)
    if not allowed.issuperset(used) or re.search(r"[{}]", rest):
        names = "、".join(f"{{{name}}}" for name in sorted(allowed))
        yield key, f"这里只能写 {names}"


def paths_of_records() -> Mapping[str, tuple[str, ...] | None]:
    """Return each path that a paper may read of the records, with its values if it is a choice."""
    return _record_paths()


def words_faults(
    node: lang.Node | str, key: str, known: Mapping[str, tuple[str, ...] | None]
) -> Iterator[Fault]:
    """Yield the faults of slots and conditions that stand on no paper; `known` is all they read."""
    linter = PaperLinter(lang.Paper(code="", title=""), known)
    if isinstance(node, str):
        yield from linter._slots(node, key, over="owners")
    else:
        yield from linter._node(node, key, over="owners")
