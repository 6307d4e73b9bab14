"""Rules on the statement (简要说明) of how a royalty was reached, handed in with a declaration."""

from collections.abc import Iterator

from forms.facts.declaration import GAP, characters
from forms.ground.problems import Finding
from forms.rules.base import Params, Subject, rule, rules_of, words_in

METHOD = "statement.method"
LICENSEES = "statement.licensees"
TEXT = "statement.text"


@rule(
    "statement.missing",
    "审查指南 第五部分第十一章 3.3: 应当一并提交对许可使用费计算依据和方式的简要说明",
    METHOD,
    TEXT,
)
def missing(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No statement on how the royalty was reached: neither written nor begun by its method."""
    statement = subject.case.statement
    if statement.method is None and not statement.text:
        yield Finding(METHOD)


@rule(
    "statement.licensees_blank",
    "专利开放许可使用费估算指引（试行）: 每种方法均须考虑预期被许可人数",
    LICENSEES,
)
def licensees_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The number of licensees is not said on which every method counts."""
    statement = subject.case.statement
    if statement.licensees is None and not statement.text:
        yield Finding(LICENSEES)


@rule(
    "statement.gaps",
    "审查指南 第五部分第十一章 3.3: 材料内容应当真实、准确、清楚",
    METHOD,
    shows=("count", "gap"),
)
def gaps(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A statement in which something is still wanting."""
    if count := _text(subject).count(GAP):
        yield Finding(METHOD, {"count": count, "gap": GAP})


def _text(subject: Subject) -> str:
    """The statement as it is printed; one that is not begun has no text."""
    statement = subject.case.statement
    is_begun = statement.method is not None or statement.text or statement.edited
    return subject.statement() if is_begun else ""


@rule("statement.licensees", "专利开放许可使用费估算指引（试行）", LICENSEES, shows=("count",))
def licensees(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Fewer licensees expected than one."""
    count = subject.case.statement.licensees
    if count is not None and count < 1:
        yield Finding(LICENSEES, {"count": count})


@rule(
    "statement.long",
    "审查指南 第五部分第十一章 3.3: 一般不超过2000字",
    TEXT,
    shows=("length", "limit"),
    params={"limit": int},
)
def long(subject: Subject, params: Params) -> Iterator[Finding]:
    """A statement that is longer than it should be as a rule."""
    length = characters(_text(subject))
    if length > params["limit"]:
        yield Finding(TEXT, {"length": length, "limit": params["limit"]})


@rule(
    "statement.advertising",
    "审查指南 第五部分第十一章 3.3: 不得出现商业性宣传用语",
    TEXT,
    shows=("words",),
    params={"words": list},
)
def advertising(subject: Subject, params: Params) -> Iterator[Finding]:
    """Words of advertising in the statement."""
    if found := words_in(_text(subject), params["words"]):
        yield Finding(TEXT, {"words": found})


RULES = rules_of(globals())
