"""What a check finds: a Finding is a rule's word, a Problem is the pack's.

A rule returns `Finding(field, params, variant)`.  The check adds the rule's id, severity and
basis from the pack's binding.  Sentences are made in `forms.check.wording`, never here.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

Severity = Literal["error", "pending", "advice"]  # 错误, 待补, 提示
Scope = Literal["offer", "contract", "submission"]

SEVERITY_ORDER: Mapping[Severity, int] = {"error": 0, "pending": 1, "advice": 2}
SEVERITY_WORDS: Mapping[Severity, str] = {"error": "错误", "pending": "待补", "advice": "提示"}

ParamValue = str | int | tuple[str, ...]


class Finding(msgspec.Struct, frozen=True):
    """One fault a rule has found in one field.

    `field` is a field path ("royalty.lump_sum.amount"); `variant` chooses among the
    sentences of one rule ("" where there is but one); `params` fill the sentence, already
    formatted as a clerk reads them (dates 2030年2月28日, amounts 10,000.00).
    """

    field: str
    params: dict[str, ParamValue] = {}
    variant: str = ""


class Problem(msgspec.Struct, frozen=True):
    """A finding with what the pack says of it."""

    rule: str
    field: str
    severity: Severity
    basis: str
    message: str
    scope: Scope = "offer"
    variant: str = ""
    params: dict[str, ParamValue] = {}


def has_errors(problems: "tuple[Problem, ...] | list[Problem]", scope: Scope | None = None) -> bool:
    """Whether an error (错误) stands among the problems, of one scope or of all."""
    return any(p.severity == "error" and scope in (None, p.scope) for p in problems)
