"""Several names in one cell, told apart as people write them, and whether each is a unit.

This module must not know fields, packs or workbooks.
"""

import re

from forms.cleaning import clean_line, clean_lines
from forms.record import Party, PartyKind

_CHINESE = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = re.compile(r"[;；|｜\n]|\s/\s")
_EACH = re.compile(r"[;；|｜]\s*\n|[;；|｜\n]|\s/\s")
_NUMBERING = re.compile(r"(?:^|(?<=[\s;；,，、]))[(（]?\d{1,2}(?:[)）]|[.．、](?!\d))\s*")
_COMMAS = re.compile(r"[,，、]")
_CHARACTER = re.compile(f"[{_CHINESE}]")
_NAME = re.compile(f"[{_CHINESE}]{{2,4}}")
_DOTTED = re.compile(rf"[{_CHINESE}]+(?:[·•‧・][{_CHINESE}]+)+")
_LONG_SURNAMES = re.compile(  # 欧阳知行 is no bank
    "欧阳|上官|司马|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|司徒|司空|令狐|宇文|长孙|端木|轩辕|独孤|南宫|"
    "西门|申屠|淳于|单于|呼延"
)
_UNIT_END = re.compile(
    "(?:大学|学院|学校|中学|小学|公司|集团|研究院|研究所|院|所|厂|局|中心|协会|学会|委员会|医院|合作社|"
    r"事务所|银行|企业|工作室|基金会|联盟|部|处|站|馆|店|行)(?:[(（][^()（）]*[)）])?$"
)
_SURE_UNIT_END = re.compile("(?:大学|学院|学校|公司|医院|银行|研究院|研究所)$")  # of no given name
_LATIN_UNIT = re.compile(r"\b(?:Ltd|Inc|Corp|Co|LLC|GmbH|AG|University|Institute)\b\.?", re.I)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a cell, in order, without numbering.

    Semicolons, line ends, | and a slash between spaces part names always.  A comma or 、 parts
    them only where every piece has two Chinese characters or more, so that "Foo Co., Ltd."
    stays whole.  Blank pieces are dropped.
    """
    marked = _NUMBERING.sub(";", clean_lines(text))
    names: list[str] = []
    for piece in _MARKS.split(marked):
        parts = [clean_line(part) for part in _COMMAS.split(piece)]
        filled = [part for part in parts if part]
        whole = all(len(_CHARACTER.findall(part)) >= 2 for part in filled)
        names += filled if whole else [clean_line(piece).strip(" ,，、")]
    return tuple(name for name in names if name)


def split_people(text: str) -> tuple[str, ...]:
    """Return the names of people (发明人), who may also be parted by mere spaces."""
    names: list[str] = []
    for name in split_names(text):
        parts = name.split()
        spaced = len(parts) > 1 and all(map(_NAME.fullmatch, parts))
        names += parts if spaced else [name]
    return tuple(names)


def split_places(text: str) -> tuple[str, ...]:
    """Return the pieces of a cell that says something of each owner in turn; blanks stay."""
    return tuple(clean_line(piece) for piece in _EACH.split(clean_lines(text)))


def party_of(name: str) -> Party:
    """Return a party of that name, its kind where the name shows it safely."""
    return Party(name=name, kind=guess_kind(name))


def guess_kind(name: str) -> PartyKind | None:
    """Say whether a name is a unit's or a person's; None where it may be either."""
    if _LATIN_UNIT.search(name) or (len(name) > 2 and _SURE_UNIT_END.search(name)):
        return "unit"
    if _DOTTED.fullmatch(name) or (len(name) == 4 and _LONG_SURNAMES.match(name)):
        return "person"
    if len(name) > 3 and _UNIT_END.search(name):
        return "unit"
    return "person" if _NAME.fullmatch(name) else None
