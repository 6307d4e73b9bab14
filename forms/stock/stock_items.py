"""What a round asks of each patent: items with their answers, read from a pack's stock.toml.

The six items asked since 2024 are known by their words; their codes, and what each star means,
are not: a pack brings its own, and `note` says so on screen and in the sheet.  What is typed or
comes in a cell is read here, and written again.

Source: the six items as two universities name them (专利评价; 盘活行动), facts 4.2.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from forms.ground.cleaning import clean_line, clean_lines, fold, is_error_value, narrow, visible
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.locate import packs_folder
from forms.stock.pack_data import SHIPPED, read_shaped
from forms.stock.records import Answer, StockPatent, Values, values_of

STOCK_FILE = "stock.toml"

ItemKind = Literal["choice", "choices", "stars", "text"]

MOST_STARS = 5
_STAR_WORDS = "一二三四五"
_STARS = re.compile(r"([1-5])(?:\.0)?(?:颗?星级?)?")
_DRAWN = re.compile(r"(★{1,5})(☆{0,4})")
_BETWEEN = re.compile(r"[、,;|/+\n]|\s+")
_NOTHING = frozenset(map(fold, ("未填", "待填")))
_STROKES = frozenset("-—_/ ")


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a pack's file."""


class StockChoice(Shape, frozen=True):
    """An answer that may be chosen: its code, its words, other words that are read as it.

    One that stands `alone` goes with no other.
    """

    code: str
    label: str
    reads: tuple[str, ...] = ()
    means: str = ""
    alone: bool = False


class Item(Shape, frozen=True):
    """A thing that is asked: its code, words, heading in sheets, answers.

    `reads` are other headings that are read as it.  Where `when` names an item and a code it is
    asked only of patents so answered, and counts as a part of that item.  One that is not `asked`
    may be filled in and is never missed.  `most` is the most characters a text may have.
    """

    code: str
    label: str
    header: str
    kind: ItemKind
    short: str = ""
    reads: tuple[str, ...] = ()
    choices: tuple[StockChoice, ...] = ()
    when: tuple[str, str] | None = None
    asked: bool = True
    most: int = 200
    help: str = ""
    example: str = ""
    is_sent: bool = True

    def choice(self, code: str) -> StockChoice | None:
        """The answer of a code; None for one that this pack does not have."""
        return next((one for one in self.choices if one.code == code), None)


class StockForm(Shape, frozen=True):
    """What a pack asks of stock patents: `note` says how sure its codes are."""

    code: str
    version: str
    title: str
    note: str
    items: tuple[Item, ...]
    guide: tuple[str, ...] = ()

    def item(self, code: str) -> Item:
        """The item of a code.  Raises KeyError."""
        return self.by_code[code]

    @property
    def by_code(self) -> Mapping[str, Item]:
        """The items by their codes."""
        return _by_code(self)

    @property
    def main(self) -> tuple[Item, ...]:
        """The items that are counted: asked, and no part of another."""
        return tuple(one for one in self.items if one.asked and one.when is None)

    def parts(self, item: Item) -> tuple[Item, ...]:
        """The items that are asked along with an answer of this one."""
        return tuple(one for one in self.items if one.when and one.when[0] == item.code)


class StockFormFault(ForTheClerk):
    """A pack's stock.toml can not be used; the sentence says what is wrong."""


class NoAnswer(ForTheClerk):
    """A text is none of an item's answers; the sentence says what is."""


@lru_cache(maxsize=8)
def _by_code(form: StockForm) -> Mapping[str, Item]:
    return {one.code: one for one in form.items}


@lru_cache(maxsize=4)
def load_form(folder: Path | None = None) -> StockForm:
    """Return what a pack's folder asks; that which ships where none is named.

    `folder` is that of a record pack.  Raises StockFormFault.
    """
    file = (folder or packs_folder() / SHIPPED) / STOCK_FILE
    return read_shaped(file, StockForm, _faults, StockFormFault)


def _faults(form: StockForm) -> Iterator[str]:
    seen: dict[str, Item] = {}
    headings: dict[str, str] = {}
    for item in form.items:
        if item.code in seen:
            yield f"项目 {item.code} 写了两次"
        needs = item.kind in ("choice", "choices")
        if needs != bool(item.choices):
            yield f"项目 {item.code} 的可选项与种类不符"
        if len({one.code for one in item.choices}) < len(item.choices):
            yield f"项目 {item.code} 有两个相同的代码"
        if item.when and (item.when[0] not in seen or not seen[item.when[0]].choice(item.when[1])):
            yield f"项目 {item.code} 的 when 应指向前面的项目和它的代码"
        for heading in (item.header, *item.reads):
            if headings.setdefault(fold(heading), item.code) != item.code:
                yield f"列名“{heading}”属于两个项目"
        seen[item.code] = item


# --- reading and writing an answer ------------------------------------------------------------


def read_answer(item: Item, text: str) -> Values:
    """Return what a text answers, () for nothing.  Raises NoAnswer."""
    bare = narrow(text)
    if not bare or fold(bare) in _NOTHING or set(bare) <= _STROKES:
        return ()
    if is_error_value(text):
        raise NoAnswer(f"“{visible(bare)}”是表格公式的错误值，不是答案")
    match item.kind:
        case "stars":
            return (str(_stars(item, bare)),)
        case "choice":
            return (_one_choice(item, bare).code,)
        case "choices":
            return _several(item, text)
    return (_text(item, text),)


def _stars(item: Item, bare: str) -> int:
    if drawn := _DRAWN.fullmatch(bare.replace(" ", "")):
        return len(drawn[1])
    for place, word in enumerate(_STAR_WORDS, 1):
        if bare in (word, f"{word}星", f"{word}星级", f"{word}颗星"):
            return place
    if found := _STARS.fullmatch(bare.replace(" ", "")):
        return int(found[1])
    raise NoAnswer(f"“{visible(bare)}”不是星级，请填一星至五星")


def _one_choice(item: Item, bare: str) -> StockChoice:
    found = _choices(item).get(fold(bare))
    if found is None:
        labels = "、".join(one.label for one in item.choices)
        raise NoAnswer(f"“{visible(bare)}”不在可选项中，可填：{labels}")
    return found


def _several(item: Item, text: str) -> Values:
    whole = _choices(item).get(fold(text))
    parts = [text] if whole else [one for one in _BETWEEN.split(clean_lines(text)) if one.strip()]
    split = [part for one in parts for part in _BETWEEN.split(narrow(one)) if part]
    found = [_one_choice(item, narrow(one)) for one in ([text] if whole else split)]
    alone = next((one for one in found if one.alone), None)
    if alone is not None and len(set(found)) > 1:
        raise NoAnswer(f"“{alone.label}”不能与其他选项同时选择")
    codes = {one.code for one in found}
    return tuple(one.code for one in item.choices if one.code in codes)


def _text(item: Item, text: str) -> str:
    clean = clean_line(text)
    if len(clean) > item.most:
        raise NoAnswer(f"共 {len(clean)} 字，最多 {item.most} 字")
    return clean


@lru_cache(maxsize=64)
def _choices(item: Item) -> Mapping[str, StockChoice]:
    known: dict[str, StockChoice] = {}
    for one in item.choices:
        for word in (one.label, one.code, *one.reads):
            if folded := fold(word):
                known.setdefault(folded, one)
    return known


def shown(item: Item, values: Values) -> str:
    """Return an answer in words: 三星; 许可、转让; a code that the pack has not as it is."""
    if item.kind == "stars" and values:
        return f"{_STAR_WORDS[int(values[0]) - 1]}星"
    if item.kind in ("choice", "choices"):
        return "、".join(one.label if (one := item.choice(code)) else code for code in values)
    return "、".join(values)


def shown_answer(item: Item, answer: Answer | None) -> str:
    """Return what stands for an answer: what was typed, where that could not be read."""
    if answer is None:
        return ""
    return answer.unread or shown(item, answer.values)


# --- what is missing --------------------------------------------------------------------------


def is_asked(item: Item, answers: Mapping[str, Answer]) -> bool:
    """Whether an item is asked of a patent so answered."""
    if item.when is None:
        return item.asked
    return item.asked and item.when[1] in values_of(answers, item.when[0])


def lacking(form: StockForm, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """Return the items that are asked of a patent and have no answer that can be read."""
    return tuple(
        one for one in form.items if is_asked(one, answers) and not values_of(answers, one.code)
    )


def lacking_main(form: StockForm, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """Return the counted items that are not wholly answered: a part stands for its item."""
    codes = {one.when[0] if one.when else one.code for one in lacking(form, answers)}
    return tuple(one for one in form.main if one.code in codes)


def is_complete(form: StockForm, patent: StockPatent) -> bool:
    """Whether all that is asked of a patent is answered."""
    return not lacking(form, patent.answers)
