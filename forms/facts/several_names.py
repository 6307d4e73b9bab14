"""Several names in one cell, told apart as people write them, and whether each is a unit.

This module must not know fields, packs or workbooks.
"""

import re
from functools import lru_cache

from forms.facts.record import Party, PartyKind
from forms.ground.cleaning import clean_line, clean_lines
from forms.ground.late_pattern import late_pattern

_CHINESE = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = late_pattern(r"[;；|｜\n]|\s/\s")
_EACH = late_pattern(r"[;；|｜]\s*\n|[;；|｜\n]|\s/\s")
_NUMBERING = late_pattern(r"(?:^|(?<=[\s;；,，、]))[(（]?\d{1,2}(?:[)）]|[.．、](?!\d))\s*")
_CIRCLED = late_pattern("[\u2160-\u216b\u2460-\u249b\u2776-\u277f\u3220-\u3229]\\s*[.．、]?\\s*")
_GLUED = late_pattern(  # a number before a name, wherever it stands
    rf"(?:[(（]\s*(\d{{1,2}})\s*[)）]|(?<!\d)(\d{{1,2}})\s*[.．、](?!\d))\s*(?=[{_CHINESE}A-Za-z])"
)
_NUMBERED = late_pattern(
    r"[(（]?([一二三四五六七八九十])[)）]?\s*[、.．]\s*|[(（]([一二三四五六七八九十])[)）]\s*"
)
_IN_ORDER = "一二三四五六七八九十"
_LABEL = late_pattern(  # whose name follows
    r"^\s*((?:(?:第[一二三四五六七八九十\d]{1,2})?(?:共同|现|当前)?"
    r"(?:专利权人|权利人|申请人|共有人|完成单位|单位|个人|许可人|许可方)(?:名称|姓名)?"
    r"[一二三四五六七八九十\d]{0,2})|[甲乙丙丁]方?)\s*[:：]\s*(?=.)"
)
_REMARK = late_pattern(
    r"\s*(?:[:：]\s*)?(?:[(（\[【]\s*(?:第[一二三四五六七八九十\d]{1,2}(?:专利权人|权利人|申请人|完成单位|位)?"
    r"|[^()（）\[\]【】\d%％]{0,8}\s*\d{1,3}(?:\.\d+)?\s*[%％]|[一二三四五六七八九十\d]{1,2}"
    r"|共有|主|牵头|牵头单位|排名第?[一二三四五六七八九十\d]{1,2})\s*[)）\]】]"
    r"|(?:占|占比|份额)?\s*\d{1,3}(?:\.\d+)?\s*[%％])$"
)
_REMARK_MOST = 60  # characters: no share or rank is longer, and a cell of blanks is soon looked at
_SHORT = 40  # characters: what is longer is hardly met again
_LOOSE_MARKS = late_pattern("[。&＆+＋]")
_COMMAS = late_pattern(r"[,，、]")
_ANY_MARK = late_pattern("[,，、。&＆+＋]")  # most names have none, and are not looked at further
_ANY_NUMBER = late_pattern("[\\d一\u2160-\u216b\u2460-\u249b\u2776-\u277f\u3220-\u3229]")
_REMARK_ENDS = tuple(")）]】%％")
_ANY_REMARK = late_pattern("[)）\\]】%％:：]")
_SUFFIX = late_pattern(
    r"(?:Co|Ltd|Inc|Corp|LLC|GmbH|AG|S\.?A|Limited|L\.?P)\.?(?:\s*,?\s*Ltd\.?)?", re.I
)
_CHARACTER = late_pattern(f"[{_CHINESE}]")
_NAME = late_pattern(f"[{_CHINESE}]{{2,4}}")
_DOTTED = late_pattern(rf"[{_CHINESE}]+(?:[·•‧・][{_CHINESE}]+)+")
_LONG_SURNAMES = late_pattern(  # 欧阳知行 is no bank
    "欧阳|上官|司马|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|司徒|司空|令狐|宇文|长孙|端木|轩辕|独孤|南宫|"
    "西门|申屠|淳于|单于|呼延"
)
_UNIT_END = late_pattern(
    "(?:大学|学院|学校|中学|小学|公司|集团|研究院|研究所|院|所|厂|局|中心|协会|学会|委员会|医院|合作社|"
    r"事务所|银行|企业|工作室|基金会|联盟|部|处|站|馆|店|行)(?:[(（][^()（）]*[)）])?$"
)
_SURE_UNIT_END = late_pattern(  # of no given name
    "(?:大学|学院|学校|公司|医院|银行|研究院|研究所)$"
)
_LATIN_UNIT = late_pattern(r"\b(?:Ltd|Inc|Corp|Co|LLC|GmbH|AG|University|Institute)\b\.?", re.I)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a cell, in order, without numbering, shares or ranks.

    Semicolons, line ends, | and a slash between spaces part names always, and so do numbers in
    order (1.…2.…, ①…②…).  A comma or 、 parts them only where every piece can be a name by itself,
    so that "Foo Co., Ltd." stays whole; 。, & and + only between units.  Blank pieces are dropped.
    """
    pieces = _MARKS.split(_without_numbers(clean_lines(text)))
    read = (_known_in(one) if len(one) <= _SHORT else _names_in(one) for one in pieces)
    return tuple(name for names in read for name in names)


@lru_cache(maxsize=8192)  # the same people and units stand in row after row
def _known_in(piece: str) -> tuple[str, ...]:
    return _names_in(piece)


def _names_in(piece: str) -> tuple[str, ...]:
    names = _parted(clean_line(piece).strip(" ,，、"))
    return tuple(name for name in (_without_remark(name).strip() for name in names) if name)


def remarks_in(text: str) -> tuple[str, ...]:
    """Return what stands beside the names in a cell and is no part of them: 60%, （第一）, 甲：."""
    if not _ANY_REMARK.search(text):
        return ()
    names = [name for piece in _MARKS.split(text) for name in _parted(piece)]
    found = [match for name in names for match in (_LABEL.match(name), _remark_behind(name))]
    return tuple(match[0].strip(" ：:") for match in found if match)


def _remark_behind(name: str) -> re.Match[str] | None:
    if not name.endswith(_REMARK_ENDS):
        return None
    return _REMARK.search(name, max(0, len(name) - _REMARK_MOST))


def _without_remark(name: str) -> str:
    while match := _remark_behind(name):
        name = name[: match.start()]
    while match := _LABEL.match(name):
        name = name[match.end() :]
    return name


def _without_numbers(text: str) -> str:
    """Return a text with a semicolon for every number before a name."""
    if not _ANY_NUMBER.search(text):
        return text
    counted = list(_NUMBERED.finditer(text))
    signs = "".join(match[1] or match[2] for match in counted)
    is_first = len(counted) > 1 and not text[: counted[0].start()].strip()
    if is_first and signs == _IN_ORDER[: len(signs)]:
        return _NUMBERED.sub(";", text)  # 一、…二、…
    marked = _NUMBERING.sub(";", _CIRCLED.sub(";", text))
    found = list(_GLUED.finditer(text))
    numbers = [int(match[1] or match[2]) for match in found]
    if len(found) > 1 and not text[: found[0].start()].strip() and numbers[0] == 1:
        in_order = numbers == list(range(1, len(numbers) + 1))
        return _GLUED.sub(";", text) if in_order else marked
    return marked


def _parted(text: str) -> list[str]:
    """The names in a text without sure marks between them."""
    if not _ANY_MARK.search(text):
        return [text]
    parts = [part for part in map(clean_line, _COMMAS.split(text)) if part]
    whole: list[str] = []
    for part in parts:
        if whole and _SUFFIX.fullmatch(part):  # Foo Co., Ltd.
            whole[-1] = f"{whole[-1]}, {part}"
        else:
            whole.append(part)
    has_unit = any(_CHARACTER.search(part) and guess_kind(part) == "unit" for part in whole)
    if len(whole) > 1 and all(_is_name(part, beside_unit=has_unit) for part in whole):
        return [name for part in whole for name in _between_units(part)]
    return _between_units(text)


def _is_name(part: str, *, beside_unit: bool) -> bool:
    is_chinese = len(_CHARACTER.findall(part)) >= 2
    return is_chinese or beside_unit or _LATIN_UNIT.search(part) is not None


def _between_units(text: str) -> list[str]:
    """Names parted by 。, & or +, where each of them is surely a unit's."""
    parts = [part for part in map(clean_line, _LOOSE_MARKS.split(text)) if part]
    sure = len(parts) > 1 and all(
        _CHARACTER.search(part) and guess_kind(_without_remark(part)) == "unit" for part in parts
    )
    return parts if sure else [text]


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
    return _known_party(name) if len(name) <= _SHORT else Party(name=name, kind=guess_kind(name))


@lru_cache(maxsize=4096)
def _known_party(name: str) -> Party:
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
