"""What a case must say, found by asking the pack's own rules, so that it is written once.

A field is needed where the rules find fault with its being blank: always, or only beside an
answer (入门费 where 许可使用费方式 is 入门费加提成).  This module must not know workbooks.
"""

from collections.abc import Mapping
from datetime import date

import msgspec

from forms.check.case_check import checker_of
from forms.facts.paths import value_at, with_value
from forms.facts.record import Case
from forms.ground.problems import Severity
from forms.pack.types import Choice, Field, Pack


class Need(msgspec.Struct, frozen=True):
    """How badly a field is needed, and beside which answers of other fields; none for always."""

    severity: Severity
    beside: tuple[tuple[Field, Choice], ...] = ()


def needs(pack: Pack) -> Mapping[str, Need]:
    """Return path -> need for the fields of a case that the rules want filled.

    What was found of the pack asked for last is kept.
    """
    known, found = _LAST.get("needs", (None, {}))
    if known is not pack:
        found = _needs(pack)
        _LAST["needs"] = (pack, found)
    return found


_LAST: dict[str, tuple[Pack, Mapping[str, Need]]] = {}


def _needs(pack: Pack) -> Mapping[str, Need]:
    blank = Case(pack=pack.identity.code)
    found = {path: Need(severity) for path, severity in _missed(blank, pack).items()}
    for field in pack.fields:
        if field.kind != "choice" or field.path.startswith(("licence.", "owners.")):
            continue
        for choice in field.choices:
            chosen = with_value(blank, field.path, choice.value)
            for path, severity in _missed(chosen, pack).items():
                known = found.get(path, Need(severity))
                if path not in found or known.beside:
                    beside = (*known.beside, (field, choice))
                    found[path] = Need(known.severity, beside)
    return found


def _missed(case: Case, pack: Pack) -> dict[str, Severity]:
    """Return the blank fields that a check of the case finds fault with, most severe first."""
    day = pack.identity.in_force_from or date(2000, 1, 1)
    missed: dict[str, Severity] = {}
    for problem in checker_of(pack).check(case, day):
        is_asked = pack.field(problem.field) is not None  # a fault of a paper is not
        if (
            is_asked
            and problem.severity != "advice"
            and value_at(case, problem.field) in ("", None, ())
        ):
            missed.setdefault(problem.field, problem.severity)
    return missed
