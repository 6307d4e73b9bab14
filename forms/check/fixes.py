"""Fixes that are certain: what a program may offer to put right by itself, never does unasked.

A fix is a name (its words belong to the screen), what the words show, and the values to put.
Nothing is offered where only the clerk can know.  This module must not know a screen.
"""

from collections.abc import Iterator
from functools import reduce
from typing import Any

import msgspec

from forms.facts.paths import UnknownPath, value_at
from forms.facts.record import Case, Statement
from forms.facts.ways import is_unchosen, way_of
from forms.ground.cleaning import INVISIBLE, private_codes
from forms.ground.problems import Problem
from forms.pack.reading import BLANKS
from forms.pack.types import Pack


class Fix(msgspec.Struct, frozen=True):
    """What would be put where; `text` is what the words of the button show."""

    name: str
    changes: dict[str, Any]
    text: str = ""


def fix_of(problem: Problem, case: Case, pack: Pack) -> Fix | None:
    """Return the certain fix of a problem of a case, or None."""
    params = problem.params
    if problem.rule == "number.check":
        number = str(params["corrected"])
        return Fix("number", {problem.field: number}, number)
    if problem.rule in ("royalty.times", "royalty.total"):
        shown = str(params["total" if problem.rule == "royalty.total" else "times"])
        return Fix(problem.rule.partition(".")[2], {problem.field: None}, shown)
    if problem.rule == "kind.differs":
        return Fix("kind", {problem.field: None}, str(params["kind"]))
    if problem.rule == "owners.duplicate":
        return _without_owner(problem, case)
    if problem.rule == "text.invisible":
        return _visible(problem, case)
    if problem.rule == "text.no_glyph" and problem.variant == "old_code":
        return _with_todays_codes(problem, case)
    if problem.rule == "statement.advertising":
        return _without_words(problem, case.statement)
    if problem.rule.endswith(".unchosen") and problem.scope == "offer":
        return Fix("empty", _emptied(problem.field, case, pack), str(params["other"]))
    return None


def _without_owner(problem: Problem, case: Case) -> Fix:
    place = int(problem.field.split(".")[1])
    owners = (*case.owners[:place], *case.owners[place + 1 :])
    return Fix("owner", {"owners": owners}, case.owners[place].name)


def _visible(problem: Problem, case: Case) -> Fix | None:
    try:
        text = value_at(case, problem.field)
    except UnknownPath:
        return None
    return Fix("invisible", {problem.field: INVISIBLE.sub("", text)}) if text else None


def _with_todays_codes(problem: Problem, case: Case) -> Fix | None:
    try:
        text = value_at(case, problem.field)
    except UnknownPath:
        return None
    if not isinstance(text, str):
        return None
    todays = "".join(private_codes().get(one, one) for one in text)
    letters = "".join(
        dict.fromkeys(new for old, new in zip(text, todays, strict=True) if old != new)
    )
    return Fix("old_code", {problem.field: todays}, letters) if letters else None


def _without_words(problem: Problem, statement: Statement) -> Fix | None:
    """The words taken out of all that was written for the 简要说明; none where others say them."""
    words = problem.params["words"]
    found = words if isinstance(words, tuple) else (str(words),)
    changes = {
        path: left
        for path, text in _texts_of(statement)
        if (left := reduce(lambda rest, word: rest.replace(word, ""), found, text)) != text
    }
    return Fix("words", changes, "、".join(found)) if changes else None


def _texts_of(statement: Statement) -> Iterator[tuple[str, str]]:
    for name in ("base_note", "licensees_reason", "use", "text"):
        yield f"statement.{name}", getattr(statement, name)
    for place, factor in enumerate(statement.factors):
        yield f"statement.factors.{place}.name", factor.name
        yield f"statement.factors.{place}.reason", factor.reason
    for place, source in enumerate(statement.sources):
        yield f"statement.sources.{place}.name", source.name
    for part, text in statement.edited.items():
        yield f"statement.edited.{part}", text


def _emptied(choice: str, case: Case, pack: Pack) -> dict[str, Any]:
    """Blanks for every filled field of the ways beside the one that is chosen."""
    return {
        field.path: BLANKS.get(field.kind)
        for field in pack.fields
        if (way := way_of(field.path)) is not None
        and way[0] == choice
        and is_unchosen(field.path, case)
        and (value_at(case, field.path) not in (None, "") or field.path in case.unread)
    }
