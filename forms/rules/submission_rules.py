"""Rules on handing in: the sealed papers, and a procedure that is over.

They are asked only where a package is made; a case that is merely checked needs no seals.
"""

from collections.abc import Iterator

from forms.ground.problems import Finding, Scope
from forms.rules.base import Params, Subject, day, rule, rules_of

SUBMISSION: tuple[Scope, ...] = ("submission",)


def _path(paper: str) -> str:
    return f"papers.{paper}"


@rule(
    "seal.missing",
    "附件3 附件4 附件5: 盖章、签章处",
    scopes=SUBMISSION,
    params={"papers": list},
)
def missing(subject: Subject, params: Params) -> Iterator[Finding]:
    """A paper that has no sealed scan yet."""
    if subject.seals is None:
        return
    for paper in params["papers"]:
        if paper not in subject.seals and paper not in subject.stale:
            yield Finding(_path(paper))


@rule("seal.stale", "附件4 附件5: 签章处", scopes=SUBMISSION)
def stale(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A paper whose words have changed since it was printed for its seal."""
    for paper in sorted(subject.stale):
        yield Finding(_path(paper))


@rule("pack.over", "专利开放许可试点工作方案 二", scopes=SUBMISSION, shows=("day",))
def over(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The procedure the pack is for has ended."""
    until = subject.in_force_until
    if until is not None and subject.today > until:
        yield Finding("", {"day": day(until)})


RULES = rules_of(globals())
