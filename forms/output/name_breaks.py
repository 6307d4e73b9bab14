"""Where the name of a unit or a person breaks that is too wide for its place.

After a point (努尔买买提·阿不都热依木), before the company's form, where the script changes, after
公司, 大学, 院, 所, 局, 州, 系, at brackets and the ends of Latin words, inside a word only where
nothing else helps.  It knows letters and widths, not fonts.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from forms.ground.late_pattern import late_pattern
from forms.output import line_breaks

_POINTS = "·•‧・"
# Company forms, before which a name is broken (with their （集团）) and never inside them.
_FORM = late_pattern(r"(?:（集团）|\(集团\))?(股份有限公司|有限责任公司|有限公司)")
# What ends the name of a unit or of a place, unless the character after it makes another word.
_UNIT_ENDS = late_pattern(
    r"(?:公司|大学(?![生城堂])|院(?![士校长务内区系])|所(?![属有需以得])|局(?![部域面限])"
    r"|州(?![市区县府级立际])|系(?![统列数谱泊]))"
)
_WORD_ENDS = late_pattern(
    r"(?:中心(?![小校区])|集团|实验室|委员会|协会|学会|合作社|学校|医院|基地|省|市(?![场政民区])"
    r"|县(?![域级城])|自治区|新区|开发区|厂(?![区房商家长])|厅(?![长局])|）|\))"
)
_BRACKETS = late_pattern(r"（[^（）]{2,10}）|\([^()]{2,10}\)")
_SCRIPTS = late_pattern(r"[\u3400-\u9fff]\s(?=[A-Za-z])|[A-Za-z.]\s(?=[\u3400-\u9fff])")

# What a break costs; a line more costs less than a break inside a word.
_AT_POINT, _AT_FORM, _AT_SCRIPT, _AT_UNIT, _AT_WORD = 0, 1, 1, 2, 3
_INSIDE, _IN_BRACKETS, _IN_PERSON, _IN_FORM = 12, 18, 24, 24
_LINE, _UNEVEN, _SHORT, _SHORT_EM = 5.0, 6.0, 4.0, 2.5
_LONGEST = 160  # characters; what is longer is no name and breaks as it comes

_NEVER = float("inf")


class Place(NamedTuple):
    """Where a name stands, in points: the room of a line and what stands on its ends.

    `hang` is how far lines after the first are indented, `before` and `after` the widths of what
    stands before the name on its first line and after it on its last.
    """

    room: float
    em: float
    hang: float = 0
    before: float = 0
    after: float = 0


@lru_cache(maxsize=512)
def costs(name: str) -> tuple[float, ...]:
    """Return what a break before each character of a name costs."""
    found = [_NEVER, *(_cost(name[at - 1], name[at]) for at in range(1, len(name)))]
    for at, hold in line_breaks.held_together(name).items():
        if hold == line_breaks.LOOSE and 0 < at < len(name):
            found[at] = max(found[at], _IN_FORM)
    for pattern, cost in ((_WORD_ENDS, _AT_WORD), (_UNIT_ENDS, _AT_UNIT)):
        for match in pattern.finditer(name):
            at = match.end()
            if at < len(name) and found[at] < _NEVER:
                found[at] = cost
    for match in _SCRIPTS.finditer(name):
        found[match.end()] = min(found[match.end()], _AT_SCRIPT)
    for match in _BRACKETS.finditer(name):
        for at in range(match.start() + 2, match.end() - 1):
            found[at] = max(found[at], _IN_BRACKETS)
    for match in line_breaks.PERSON.finditer(name):
        for at in range(match.start() + 1, match.end()):
            if found[at] < _NEVER:
                found[at] = _AT_POINT if name[at - 1] in _POINTS else _IN_PERSON
    for match in _FORM.finditer(name):
        if match.start() and match.end() == len(name):
            found[match.start()] = min(found[match.start()], _AT_FORM)
        for at in range(match.start() + 1, match.end()):
            found[at] = max(found[at], _AT_WORD if at == match.start(1) else _IN_FORM)
    return tuple(found)


def _cost(before: str, after: str) -> float:
    hold = line_breaks.between(before, after)
    if hold >= line_breaks.FORBIDDEN:
        return _NEVER
    if before in _POINTS:
        return _AT_POINT
    if hold >= line_breaks.LOOSE:
        return _IN_FORM
    return _INSIDE if line_breaks.is_han(before) and line_breaks.is_han(after) else _AT_WORD


def ends_of_lines(
    name: str, widths: Sequence[float], spaces: Sequence[float], place: Place
) -> tuple[int, ...]:
    """Return where the lines of a name end, counted in characters; none if it can not stand.

    `widths` are the characters', `spaces` those before each, in points.  Of all ways that fit the
    best is taken: few lines, broken where it reads well, of like length.
    """
    count = len(name)
    if not 0 < count <= _LONGEST or len(widths) != count:
        return ()
    ink = [0.0]
    for width, space in zip(widths, spaces, strict=True):
        ink.append(ink[-1] + width + space)
    asked = costs(name)
    best: list[tuple[float, int]] = [(0.0, 0), *[(_NEVER, 0)] * count]
    for end in range(1, count + 1):
        last = end == count
        if not last and asked[end] == _NEVER:
            continue
        for start in range(end - 1, -1, -1):
            if best[start][0] == _NEVER:
                continue
            wide = ink[end] - ink[start] - (spaces[start] if start else 0)
            wide += 0 if start else place.before
            wide += place.after if last else 0
            if name[end - 1].isspace():
                wide -= widths[end - 1]
            if wide > place.room - (place.hang if start else 0) + 0.01:
                break
            cost = best[start][0] + _LINE + _UNEVEN * (wide / place.room) ** 2
            cost += 0 if last else asked[end]
            if not last and asked[end] == _IN_PERSON and _AT_POINT in asked[start + 1 : end]:
                cost += _IN_PERSON  # the line might have ended after a point
            cost += _SHORT if wide < _SHORT_EM * place.em else 0
            best[end] = min(best[end], (cost, start))
    if best[count][0] == _NEVER:
        return ()
    ends = [count]
    while best[ends[-1]][1]:
        ends.append(best[ends[-1]][1])
    return tuple(reversed(ends))
