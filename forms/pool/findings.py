"""What a check of a pool finds, worded: a rule gives code and values, the file the sentence.

The words, severities and bases are data (resources/pools/rules.toml).
"""

from collections.abc import Iterable
from functools import cache

import msgspec
import tomli

from forms.ground.locate import resources
from forms.ground.problems import SEVERITY_ORDER, Severity


class Found(msgspec.Struct, frozen=True):
    """What a rule found: its code, the values its sentence names, the patent it is of (or "")."""

    code: str
    params: dict[str, str] = {}
    number: str = ""


class PoolProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in words: how severe, what, on which basis, of which patent."""

    code: str
    severity: Severity
    message: str
    basis: str
    number: str = ""


class _Worded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    severity: Severity
    words: str
    basis: str


def worded(found: Iterable[Found]) -> tuple[PoolProblem, ...]:
    """Return findings in words, errors first, else in the order found.

    Raises KeyError for a code without words, or a value that its sentence wants.
    """
    rules = _rules()
    made = [_problem(one, rules[one.code]) for one in found]
    return tuple(sorted(made, key=lambda one: SEVERITY_ORDER[one.severity]))


def codes() -> frozenset[str]:
    """Return the codes that have words."""
    return frozenset(_rules())


def _problem(one: Found, rule: _Worded) -> PoolProblem:
    return PoolProblem(
        code=one.code,
        severity=rule.severity,
        message=rule.words.format_map(one.params),
        basis=rule.basis.format_map(one.params),
        number=one.number,
    )


@cache
def _rules() -> dict[str, _Worded]:
    file = resources() / "pools" / "rules.toml"
    return msgspec.convert(tomli.loads(file.read_text(encoding="utf-8")), dict[str, _Worded])
