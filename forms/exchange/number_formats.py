"""What a spreadsheet shows of a number: the unit, the scale, the month that its format adds.

A cell 36 under the format 0"个月" is 36 to every reader, and 36个月 to the clerk.  The number is
written as the format has it, but never rounded: what the format hides stays to be seen.

Formats are those of ECMA-376 18.8.30 and 18.8.31.  This module must not know sheets or fields.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

import msgspec

# Built-in formats that Excel for China writes without a code (ECMA-376 18.8.30), as far as they
# show something other than a number or a whole date.
BUILT_IN: Mapping[int, str] = {
    **dict.fromkeys((9, 10), "0%"),
    17: "mmm-yy",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
}

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General|G/通用格式)|(?P<power>[Ee][+-])|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<digit>[0#?])|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_NEUTRAL = frozenset(" -+()（）¥￥,\u00a0")  # say nothing beside a number
_DATE_LETTERS = frozenset("ymdhsegba")

Token = tuple[str, str]  # "digit", "point", "comma", "percent", "literal", "general", "text", "?"


class Section(msgspec.Struct, frozen=True):
    """One part of a format: its tokens, and the numbers it is for where it says so."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None

    @property
    def letters(self) -> frozenset[str]:
        """The letters of a date that stand in it."""
        return frozenset(text.lower() for sort, text in self.tokens if sort == "date")

    @property
    def is_number(self) -> bool:
        """Whether it shows a number in a way that is understood here."""
        sorts = {sort for sort, _ in self.tokens}
        return not sorts & {"date", "?"} and bool(sorts & {"digit", "general"})

    @property
    def literals(self) -> str:
        """What it adds to a number."""
        return "".join(text for sort, text in self.tokens if sort in ("literal", "percent"))


class Format(msgspec.Struct, frozen=True, dict=True):
    """A number format, read once."""

    sections: tuple[Section, ...]

    @cached_property
    def matters(self) -> bool:
        """Whether a cell under it may show something else than its value."""
        first = self.sections[0]
        if first.letters:
            return bool(_precision(first.letters))
        plain = all(
            section.is_number
            and set(section.literals) <= _NEUTRAL
            and not _is_scaled(section)
            and _zeros(section) < 2
            and _shows_zero(section)
            for section in self.sections[:3]
        )
        return not plain or len(self.sections) > 2 or self._has_text_part

    @property
    def _has_text_part(self) -> bool:
        return any(
            any(sort == "text" for sort, _ in section.tokens)
            and not set(section.literals) <= _NEUTRAL
            for section in self.sections
        )

    def number(self, value: float) -> str | None:
        """Return how a number is shown, None where that is the number itself, "" for a blank.

        All its digits are written, whatever the format rounds.
        """
        exact = Decimal(format(value, ".15g"))
        section, is_negative = self._section(exact)
        if section is None:
            return None
        if exact == 0 and not section.letters and not _shows_zero(section):
            return "" if set(section.literals) <= _NEUTRAL else section.literals
        if not section.is_number:
            return None
        text = _written(section, abs(exact) if is_negative is None else exact)
        has_words = not set(section.literals) <= _NEUTRAL
        return text if has_words or _is_scaled(section) or _is_padded(text) else None

    def text(self, value: str) -> str:
        """Return how a text is shown."""
        if not self._has_text_part:
            return value
        section = next(s for s in self.sections if any(sort == "text" for sort, _ in s.tokens))
        return "".join(value if sort == "text" else text for sort, text in section.tokens)

    def date(self, day: date) -> str | None:
        """Return a date as far as it is shown (2022年6月), None where its day is."""
        match _precision(self.sections[0].letters):
            case "month":
                return f"{day.year}年{day.month}月"
            case "year":
                return f"{day.year}年"
            case "month alone":
                return f"{day.month}月"
        return None

    def _section(self, value: Decimal) -> tuple[Section | None, bool | None]:
        """The section for a number; None beside it where the section writes the sign itself."""
        parts = [s for s in self.sections[:3] if not any(sort == "text" for sort, _ in s.tokens)]
        if not parts:
            return None, False
        if any(section.condition for section in parts):
            for section in parts:
                if section.condition is None or _meets(value, section.condition):
                    return section, False
            return None, False
        if value < 0 and len(parts) > 1:
            return parts[1], None
        if value == 0 and len(parts) > 2:
            return parts[2], False
        return parts[0], False


@lru_cache(maxsize=512)
def format_of(code: str) -> Format:
    """Return a format by its code."""
    return Format(tuple(_section(part) for part in _parts(code or "General")))


def _parts(code: str) -> Iterator[str]:
    """The sections of a format: what stands between semicolons that are not quoted."""
    start = 0
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            yield code[start : match.start()]
            start = match.end()
    yield code[start:]


def _section(code: str) -> Section:
    tokens: list[Token] = []
    condition = None
    for match in _TOKEN.finditer(code):
        if match["bracket"] is not None:
            inside = match["bracket"]
            if found := _CONDITION.fullmatch(inside.strip()):
                condition = (found[1], Decimal(found[2]))
            elif inside.startswith("$"):
                tokens.append(("literal", inside[1:].partition("-")[0]))
            elif inside.lower() in ("h", "hh", "m", "mm", "s", "ss"):
                tokens.append(("date", inside[0]))
        elif match["quoted"] is not None or match["escaped"] is not None:
            tokens.append(("literal", match["quoted"] or match["escaped"] or ""))
        elif match["general"]:
            tokens.append(("general", ""))
        elif match["digit"]:
            tokens.append(("digit", match["digit"]))
        elif match["power"]:
            tokens.append(("?", match["power"]))
        elif match["noon"]:
            tokens.append(("date", "h"))
        elif other := match["other"]:
            tokens.append(_other(other))
    return Section(tuple(tokens), condition)


def _other(character: str) -> Token:
    sorts = {".": "point", ",": "comma", "%": "percent", "@": "text", "/": "literal"}
    if sort := sorts.get(character):
        return sort, character
    return ("date" if character.lower() in _DATE_LETTERS else "literal"), character


def _precision(letters: frozenset[str]) -> str:
    """What of a date is shown where it is not the whole: "month", "year", "month alone"."""
    has_year, is_time = bool(letters & {"y", "e"}), bool(letters & {"h", "s"})
    if "d" in letters or (is_time and not has_year):
        return ""
    if has_year:
        return "month" if "m" in letters else "year"
    return "month alone" if "m" in letters else ""


def _meets(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    return {
        "<": value < bound,
        ">": value > bound,
        "=": value == bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "<>": value != bound,
    }[sign]


def _places(section: Section) -> list[int]:
    return [place for place, (sort, _) in enumerate(section.tokens) if sort == "digit"]


def _commas_behind(section: Section) -> int:
    """How many commas stand right behind the last digit: each divides by a thousand."""
    places = _places(section)
    behind = section.tokens[places[-1] + 1 :] if places else ()
    count = 0
    for sort, _ in behind:
        if sort != "comma":
            break
        count += 1
    return count


def _drawn_point(section: Section) -> int | None:
    """The place of a point that is only drawn between digits (0!.0,"万元"), or None."""
    places = _places(section)
    for place, token in enumerate(section.tokens):
        if token == ("literal", ".") and places and places[0] < place < places[-1]:
            return place
    return None


def _is_scaled(section: Section) -> bool:
    return bool(_commas_behind(section)) or _drawn_point(section) is not None


def _zeros(section: Section) -> int:
    """How many digits are shown at least before the point."""
    count = 0
    for sort, text in section.tokens:
        if sort == "point" or (sort, text) == ("literal", "."):
            break
        count += (sort, text) == ("digit", "0")
    return count


def _shows_zero(section: Section) -> bool:
    """Whether a zero is shown as one: # and ? leave its place empty."""
    return any(token == ("digit", "0") or token[0] == "general" for token in section.tokens)


def _is_padded(text: str) -> bool:
    return len(text) > 1 and text[0] == "0" and text[1].isdigit()


def _written(section: Section, value: Decimal) -> str:
    """Return a number between what the section writes around it."""
    tokens = section.tokens
    value = value * Decimal(100) ** sum(sort == "percent" for sort, _ in tokens)
    value /= Decimal(1000) ** _commas_behind(section)
    places = _places(section)
    point = _drawn_point(section)
    if point is not None:
        value /= Decimal(10) ** sum(place > point for place in places)
    else:
        point = next((place for place, (sort, _) in enumerate(tokens) if sort == "point"), None)
    keeps_zeros = point is not None and ("percent", "%") not in tokens
    decimals = sum(p > (point or 0) and tokens[p][1] == "0" for p in places) if keeps_zeros else 0
    first = next(place for place, (sort, _) in enumerate(tokens) if sort in ("digit", "general"))
    last = places[-1] if places else first
    between = [p for p in range(first, last) if tokens[p][0] == "literal" and p != point]
    before = "".join(text for sort, text in tokens[:first] if sort in ("literal", "percent"))
    behind = "".join(text for sort, text in tokens[last + 1 :] if sort in ("literal", "percent"))
    sign = "-" if value < 0 else ""
    value = abs(value)
    if between and value == value.to_integral_value():
        return f"{sign}{before}{_filled(tokens[first : last + 1], int(value))}{behind}"
    text = f"{value:f}"
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0").ljust(decimals, "0")
    figures = whole.rjust(_zeros(section), "0") + ("." + rest if rest else "")
    return f"{sign}{before}{figures}{behind}"


def _filled(tokens: tuple[Token, ...], value: int) -> str:
    """Return the digits of a whole number among what stands between them (2022年03月)."""
    digits = list(str(value))
    out: list[str] = []
    left = sum(sort == "digit" for sort, _ in tokens)
    for sort, text in reversed(tokens):
        if sort == "digit":
            left -= 1
            taken = "".join(digits) if left == 0 else (digits[-1] if digits else "0")
            digits = digits[:-1] if left else []
            out.append(taken or "0")
        elif sort == "literal":
            out.append(text)
    return "".join(reversed(out))
