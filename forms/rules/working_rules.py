"""Rules on ③ own working and ④ licences to others: one choice, its blanks, none beside it."""

import re
from collections.abc import Iterator

from forms.facts.record import Case
from forms.ground.late_pattern import late_pattern
from forms.ground.problems import Finding
from forms.rules.base import Params, Subject, blanks, first_filled, rule, rules_of, words_in

OWN = "own_use.way"
OTHERS = "other_licences.way"
NEGATED = late_pattern(r"[非不无未][^，。；;,、\s]{0,6}$")
_ENDED = late_pattern(r"[^，。；;,、\s]{0,8}?(?:已?(?:解除|注销|结束|届满|终止))")


def _own_answers(case: Case) -> tuple[tuple[str, object], ...]:
    use = case.own_use
    return (
        ("own_use.period", use.period),
        ("own_use.scope", use.scope),
        ("own_use.manner", use.manner),
    )


def _others_answers(case: Case) -> tuple[tuple[str, object], ...]:
    others = case.other_licences
    return (("other_licences.period", others.period), ("other_licences.scope", others.scope))


_OWN_FIELDS = ("own_use.period", "own_use.scope", "own_use.manner")
_OTHERS_FIELDS = ("other_licences.period", "other_licences.scope")


@rule("own_use.way_blank", "信息表 注意事项 四", OWN)
def own_way(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Neither of the two answers of ③."""
    if subject.case.own_use.way is None:
        yield Finding(OWN)


@rule("own_use.blank", "信息表 ③", *_OWN_FIELDS, shows=("chosen",))
def own_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Worked, without time, range or manner."""
    if subject.case.own_use.way == "used":
        yield from blanks(_own_answers(subject.case), {"chosen": subject.label(OWN, "used")})


@rule("own_use.unchosen", "信息表 注意事项 四", OWN, shows=("chosen", "other"))
def own_unchosen(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Not worked, and yet time, range or manner filled."""
    if subject.case.own_use.way == "none" and first_filled(_own_answers(subject.case)):
        yield Finding(
            OWN, {"chosen": subject.label(OWN, "none"), "other": subject.label(OWN, "used")}
        )


@rule("other_licences.way_blank", "信息表 注意事项 四", OTHERS)
def others_way(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Neither of the two answers of ④."""
    if subject.case.other_licences.way is None:
        yield Finding(OTHERS)


@rule("other_licences.blank", "信息表 ④", *_OTHERS_FIELDS, shows=("chosen",))
def others_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Licensed to others, without time or range."""
    if subject.case.other_licences.way == "granted":
        chosen = {"chosen": subject.label(OTHERS, "granted")}
        yield from blanks(_others_answers(subject.case), chosen)


@rule("other_licences.unchosen", "信息表 注意事项 四", OTHERS, shows=("chosen", "other"))
def others_unchosen(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Not licensed to others, and yet time, range or kind filled."""
    kind = ("other_licences.kind", subject.case.other_licences.kind)
    filled = first_filled((*_others_answers(subject.case), kind))
    if subject.case.other_licences.way == "none" and filled:
        yield Finding(
            OTHERS,
            {"chosen": subject.label(OTHERS, "none"), "other": subject.label(OTHERS, "granted")},
        )


@rule(
    "other_licences.exclusive",
    "信息表 ② 承诺 1; 专利法 第五十一条第三款; 专利法实施细则 第八十六条(一)",
    "other_licences.kind",
    *_OTHERS_FIELDS,
    shows={"kind": ("kind",), "words": ("words",)},
    params={"words": list},
)
def exclusive(subject: Subject, params: Params) -> Iterator[Finding]:
    """An exclusive or sole licence is in force, by its kind or by the words of the answer.

    A list may give the kind alone; a form that asks for no more has no answer that nobody is
    licensed.
    """
    others = subject.case.other_licences
    if others.way == "none" and subject.field(OTHERS) is not None:
        return
    if others.kind in ("exclusive", "sole"):
        kind = subject.label("other_licences.kind", others.kind)
        yield Finding("other_licences.kind", {"kind": kind}, "kind")
        return
    for path, text in _others_answers(subject.case) if others.way == "granted" else ():
        if found := affirmed(str(text), params["words"]):
            yield Finding(path, {"words": found}, "words")
            return


@rule(
    "other_licences.granted_since",
    "信息表 ④",
    OTHERS,
    shows=("chosen", "other"),
    scopes=("contract",),
)
def granted_since(subject: Subject, _params: Params) -> Iterator[Finding]:
    """④ says that nobody has a licence, and one is registered."""
    if subject.case.other_licences.way == "none":
        words = {
            "chosen": subject.label(OTHERS, "none"),
            "other": subject.label(OTHERS, "granted"),
        }
        yield Finding(OTHERS, dict(words))


def affirmed(text: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words in a text that nothing near them denies.

    That is 非, 不, 无 or 未 shortly before them, or 解除, 注销 and the like behind.
    """
    return tuple(
        word
        for word in words_in(text, words)
        if any(
            not NEGATED.search(text, 0, place.start()) and not _ENDED.match(text, place.end())
            for place in re.finditer(re.escape(word), text)
        )
    )


RULES = rules_of(globals())
