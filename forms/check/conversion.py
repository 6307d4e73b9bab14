"""A case of one pack made a case of another, as that pack says: what becomes of everything it says.

The patent's facts are the ledger's and stay as they are.  The case that is converted is only read.

This module must not know a store, a clock or a screen.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from forms.check.case_check import check
from forms.check.changes import said
from forms.check.wording import message_key
from forms.facts.declared import declared_anew
from forms.facts.ledger import PROCEDURE, is_of_ledger
from forms.facts.paths import value_at, with_value, without_places
from forms.facts.record import Case
from forms.ground.combining import differing
from forms.ground.problems import Problem
from forms.pack.conversion import Becomes, Conversion, ConversionItem, StandsBy
from forms.pack.implied_fields import field_of
from forms.pack.slots import parse
from forms.pack.types import Pack
from forms.paper.printed_values import View

BarState = Literal["stands", "known", "needless", "asked"]

_BLANK = Case()
_OWN = frozenset({"pack", "version", "converted_from"})
_REST = "声明里没有；存于原案卷"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one matter: up to two lines for each side, none where it is blank."""

    label: str
    becomes: Becomes
    basis: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    paths: tuple[str, ...] = ()


class BarRow(msgspec.Struct, frozen=True, kw_only=True):
    """One of the bars: how it stands, and by what that is known."""

    label: str
    basis: str
    state: BarState
    words: str
    path: str


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a case is not converted: the rule, in words, and on what basis."""

    rule: str
    message: str
    basis: str


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the new case still wants."""

    field: str
    message: str


class Converted(msgspec.Struct, frozen=True, kw_only=True):
    """The new case, and all that is to be known before it is made.

    `carried` are the facts of the new case that were filled in the old one, by the new pack's
    paths; `dropped` those that stay in the old one.
    """

    case: Case
    rows: tuple[Row, ...]
    bars: tuple[BarRow, ...]
    reasons: tuple[Reason, ...]
    carried: tuple[str, ...]
    dropped: tuple[str, ...]
    wanted: tuple[Wanted, ...]


def converted(
    case: Case, own: Pack, to: Pack, today: date, problems: Sequence[Problem]
) -> Converted:
    """Return a case of its own pack as one of another; `problems` are what is wrong with it.

    Raises ValueError where that pack says of no conversion from its own.
    """
    plan = to.conversion
    if plan is None or own.identity.code not in plan.packs:
        raise ValueError(own.identity.code)
    view = View(case=case, pack=_worded(own, to))
    items = [item for item in plan.items if view.holds(item.when)]
    dropped = tuple(_dropped(case, items, to))
    new = _without(case, dropped, own, to)
    found = check(new, to, today)
    bars, standing = _bars(plan, view, (*found, *problems))
    return Converted(
        case=new,
        rows=(*_rows(items, view), *_rest(case, own, items, dropped)),
        bars=bars,
        reasons=(*standing, *_errors(plan, problems, items)),
        carried=tuple(_carried(new, to)),
        dropped=dropped,
        wanted=_wanted(found),
    )


def made_anew(case: Case, to: Pack, today: date) -> Converted:
    """Return a case of its own pack to be declared again, after a declaration that is over.

    All it says stays.  Raises ValueError where the pack says of no conversion.
    """
    if to.conversion is None:
        raise ValueError(to.identity.code)
    new = declared_anew(case)
    found = check(new, to, today)
    bars, standing = _bars(to.conversion, View(case=new, pack=to), found)
    return Converted(
        case=new,
        rows=(),
        bars=bars,
        reasons=standing,
        carried=tuple(_carried(new, to)),
        dropped=(),
        wanted=_wanted(found),
    )


def _wanted(found: Iterable[Problem]) -> tuple[Wanted, ...]:
    return tuple(
        Wanted(field=one.field, message=one.message)
        for one in found
        if one.severity in ("error", "pending")
    )


def filled(case: Case) -> tuple[str, ...]:
    """Return the paths of a procedure's own facts that a case fills, read or as they were typed."""
    paths = [
        path
        for path in differing(_BLANK, case)
        if path.partition(".")[0] in PROCEDURE and path not in _OWN
    ]
    unread = (path for path in case.unread if not is_of_ledger(path))
    return tuple(dict.fromkeys((*paths, *unread)))


def _worded(own: Pack, to: Pack) -> Pack:
    """A case's own pack, with the other's words for what it does not ask itself."""
    more = (field for field in to.fields if own.field(field.path) is None)
    return msgspec.structs.replace(own, fields=(*own.fields, *more))


def _dropped(case: Case, items: Sequence[ConversionItem], to: Pack) -> Iterator[str]:
    """What goes no further: what an item says so of, and what nobody asks any more."""
    for path in filled(case):
        item = _item_of(path, items)
        becomes = item.becomes if item else None
        if becomes == "dropped" or (becomes != "kept" and not _is_asked(case, path, to)):
            yield path


def _item_of(path: str, items: Iterable[ConversionItem]) -> ConversionItem | None:
    covering = (
        (len(one), item) for item in items for one in item.paths if f"{path}.".startswith(f"{one}.")
    )
    return max(covering, key=lambda found: found[0], default=(0, None))[1]


def _is_asked(case: Case, path: str, to: Pack) -> bool:
    """Whether a pack asks a fact, and of its own ones in the kind that it is."""
    field = field_of(to, path) or field_of(to, path.rpartition(".")[0])
    if field is None or not path.startswith("extra."):
        return field is not None
    if path in case.unread:
        return True
    value = value_at(case, path)
    texts = isinstance(value, str) and field.kind in ("text", "long_text")
    return texts or (field.kind == "choice" and value in {choice.value for choice in field.choices})


def _without(case: Case, dropped: Iterable[str], own: Pack, to: Pack) -> Case:
    new = case
    for path in dropped:
        if path.startswith("extra."):
            extra = {k: v for k, v in new.extra.items() if f"extra.{k}" != path}
            new = msgspec.structs.replace(new, extra=extra)
        else:
            new = with_value(new, path, value_at(_BLANK, path))
    unread = {path: text for path, text in case.unread.items() if path not in dropped}
    return msgspec.structs.replace(
        new, pack=to.identity.code, converted_from=own.identity.code, unread=unread
    )


def _carried(new: Case, to: Pack) -> Iterator[str]:
    for field in to.fields:
        path = field.path
        if path.startswith(("licence.", "owners.")) or not field.step:
            continue
        if path in new.unread or value_at(new, path) not in (None, "", ()):
            yield path


# --- rows ---------------------------------------------------------------------------------------


def _rows(items: Iterable[ConversionItem], view: View) -> Iterator[Row]:
    for item in items:
        yield Row(
            label=item.label,
            becomes=item.becomes,
            basis=item.basis,
            before=tuple(_lines(item.before, view)),
            after=tuple(_lines(item.after, view)),
            paths=item.paths,
        )


def _lines(texts: Iterable[str], view: View) -> Iterator[str]:
    """The texts with their slots filled; one whose slots are all blank is left out."""
    for text in texts:
        pieces = parse(text)
        answers = [view.answer(piece) for piece in pieces if not isinstance(piece, str)]
        if answers and not any(answers):
            continue
        left = iter(answers)
        yield "".join(piece if isinstance(piece, str) else next(left) for piece in pieces)


def _rest(
    case: Case, own: Pack, items: Sequence[ConversionItem], dropped: Iterable[str]
) -> Iterator[Row]:
    """What is dropped without any item that says so: nobody asks it any more."""
    for path in dropped:
        if _item_of(path, items) is None:
            field = field_of(own, path)
            yield Row(
                label=field.label if field else without_places(path),
                becomes="dropped",
                basis="",
                before=(said(case, path, field) if field else "",),
                after=(_REST,),
                paths=(path,),
            )


# --- bars, errors -------------------------------------------------------------------------------


def _bars(
    plan: Conversion, view: View, problems: Sequence[Problem]
) -> tuple[tuple[BarRow, ...], tuple[Reason, ...]]:
    """How each bar stands, and what bars the conversion."""
    rows, reasons = [], []
    for bar in plan.bars:
        problem = next((p for p in problems if any(_tells(p, by) for by in bar.stands)), None)
        answer = next((one for one in bar.answers if view.holds(one.when)), None)
        words = "".join(_lines([answer.text], view)) if answer else ""
        state: BarState = answer.state if answer else "asked"
        if problem is not None:
            words, state = problem.message, "stands"
            reasons.append(Reason(rule=problem.rule, message=words, basis=bar.basis))
        rows.append(
            BarRow(label=bar.label, basis=bar.basis, state=state, words=words, path=bar.path)
        )
    return tuple(rows), tuple(reasons)


def _tells(problem: Problem, by: StandsBy) -> bool:
    if by.rule not in (problem.rule, message_key(problem.rule, problem.variant)):
        return False
    text = str(problem.params.get("text", ""))
    if by.says and not any(word in text for word in by.says):
        return False
    return not any(word in text for word in by.says_none)


def _errors(
    plan: Conversion, problems: Iterable[Problem], items: Sequence[ConversionItem]
) -> Iterator[Reason]:
    """The errors of the old case that go along: the bars judge theirs, what is dropped stays."""
    judged = {by.rule for bar in plan.bars for by in bar.stands}
    judged |= {rule.partition(".")[0] + "." + rule.split(".")[1] for rule in judged}
    for problem in problems:
        if problem.severity != "error" or problem.scope == "contract":
            continue
        item = _item_of(problem.field, items)
        is_left = item is not None and item.becomes == "dropped"
        if not is_left and problem.rule not in judged and problem.rule not in plan.forgives:
            yield Reason(rule=problem.rule, message=problem.message, basis=problem.basis)
