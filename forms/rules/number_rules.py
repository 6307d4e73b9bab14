"""Rules on the patent number: that it is one, that its check character and kind agree."""

from collections.abc import Iterator

from forms.facts.kinds import KIND_WORDS
from forms.facts.patent_number import numbers_in
from forms.ground.problems import Finding
from forms.rules.base import NUMBER as PATH
from forms.rules.base import Params, Subject, rule, rules_of


@rule("number.blank", "专利法实施细则 第八十五条(一)", PATH)
def blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No number at all."""
    if not subject.case.patent.number:
        yield Finding(PATH)


_SHAPE = {
    "shape": ("text",),
    "publication": ("text",),
    "international": ("text",),
    "lost_digits": ("text",),
    "kind": ("text",),
    "year": ("text",),
    "future": ("text", "year"),
}


@rule("number.shape", "ZC 0006-2003 5.1", PATH, shows=_SHAPE, on_unread=True)
def shape(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A text that is no patent number, or one of a year still to come."""
    if subject.not_a_number is not None:
        fault = subject.not_a_number
        yield Finding(PATH, {"text": fault.text}, fault.reason)
    elif subject.number is not None and subject.number.year > subject.today.year:
        number = subject.number
        yield Finding(PATH, {"text": number.text, "year": number.year}, "future")


_CHECK = {
    "wrong": ("number", "check", "expected", "corrected"),
    "missing": ("number", "expected", "corrected"),
}


@rule("number.check", "ZC 0006-2003, 校验位按惯例加权模 11 计算", PATH, shows=_CHECK)
def check(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A check character that is wrong or missing; numbers of 1985 to 1988 may lack it."""
    number = subject.number
    if number is None or number.check_is_right:
        return
    shown: dict[str, str | int | tuple[str, ...]] = {
        "number": number.text,
        "expected": number.expected_check,
        "corrected": number.corrected,
    }
    if number.check is not None:
        yield Finding(PATH, {**shown, "check": number.check}, "wrong")
    elif not number.may_lack_check:
        yield Finding(PATH, shown, "missing")


@rule("number.old_form", "专利法 第四十二条; ZC 0006-2003 (2003-10-01 起)", PATH, shows=("number",))
def old_form(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An eight-digit number (filed by 2003-09-30) without a filing date to count its term from."""
    if subject.number is not None and subject.number.is_old_form and subject.protection is None:
        yield Finding(PATH, {"number": subject.number.text})


@rule(
    "number.duplicate",
    "附件3 汇总表: 一件专利一行",
    PATH,
    shows=("number",),
    between_cases=True,
)
def duplicate(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A number that more than one case carries, in the batch or in the store."""
    text = subject.case.patent.number
    if text and subject.numbers.get(text, 0) > 1:
        yield Finding(PATH, {"number": text})


@rule(
    "number.several",
    "审查指南 第五部分第一章 5.3; 第十一章 3.3(1)",
    PATH,
    "patent.title",
    shows=("numbers",),
    on_unread=True,
)
def several(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Two numbers where the number is asked for, or another patent's in the title."""
    case = subject.case
    here = {found.digits: found.text for found in numbers_in(case.unread.get(PATH, ""))}
    if len(here) > 1:
        yield Finding(PATH, {"numbers": tuple(here.values())})
    if others := others_in(subject, case.patent.title):
        yield Finding("patent.title", {"numbers": others})


def others_in(subject: Subject, text: str) -> tuple[str, ...]:
    """Return the numbers of other patents that a text names; those of the case aside."""
    case = subject.case
    known = f"{case.patent.number or ''} {case.unread.get(PATH, '')}"
    own = {found.digits for found in numbers_in(known)}
    found = (one for one in numbers_in(text, marked=True) if one.digits not in own)
    return tuple(dict.fromkeys(one.text for one in found))


@rule("kind.differs", "ZC 0006-2003 5.1", "patent.kind_stated", shows=("stated", "kind", "digit"))
def kind_differs(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The kind a source states is not the one the number says (1 8, 2 9, 3)."""
    number, stated = subject.number, subject.case.patent.kind_stated
    if number is not None and stated is not None and stated != number.kind:
        yield Finding(
            "patent.kind_stated",
            {
                "stated": KIND_WORDS[stated],
                "kind": KIND_WORDS[number.kind],
                "digit": number.kind_digit,
            },
        )


RULES = rules_of(globals())
