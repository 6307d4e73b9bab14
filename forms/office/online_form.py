"""网上填报: what a web form asks of a case, row by row, and how far the clerk has copied it.

What is asked is the pack's (`forms.pack.online`).  Nothing is sent anywhere: values are shown,
copied by hand, and noted as copied by the hash of what was copied, so that a value which has
changed since is told.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from forms.facts.declaration import GAP
from forms.facts.derived import number as number_of
from forms.facts.name_letters import nearly, oddities
from forms.facts.patent_number import PatentNumber
from forms.facts.paths import UnknownPath
from forms.facts.record import Case, Office
from forms.facts.ways import way_of
from forms.ground.cleaning import INVISIBLE, clean_lines, visible
from forms.pack.online import NumberForm, Online, OnlineField, Writing
from forms.pack.slots import Slot, parse
from forms.pack.types import Field, Pack
from forms.paper.answers import PEN
from forms.paper.printed_values import OF_PACK, View
from forms.paper.stand import fields_at

LONGEST_VALUE = 32_767  # characters, as of any answer

RowState = Literal["missing", "blank", "todo", "copied", "changed", "ticked"]
DONE: frozenset[RowState] = frozenset({"copied", "ticked"})

_DIFFERS = {
    "invisible": "相差一个看不见的字符",
    "blank": "空格不同",
    "width": "全角、半角不同",
    "lookalike": "有形似而不同的字",
    "marks": "标点不同",
    "letter": "相差一个字",
}
_ODD = {
    "half_width": "有半角括号，专利证书上通常是全角",
    "blank": "字间有空格",
    "invisible": "有看不见的字符",
    "lookalike": "有形似字的部首",
}


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What a source (导入的清单, 台账) says the patentees are called."""

    source: str
    names: tuple[str, ...]


class OnlineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the web form with its value.

    `value` is what is copied, in the writing asked for; `lacks` are the names of facts that are
    missing for it, `fill` is the first of them, `hints` are sentences about what is to be compared.
    `path` is the first fact that the field reads.
    `sha256` is what is noted once it was copied: the same however a number is written.
    """

    id: str
    label: str
    kind: Literal["copy", "tick"]
    value: str
    state: RowState
    sha256: str
    path: str = ""
    help: str = ""
    lacks: tuple[str, ...] = ()
    fill: str = ""
    hints: tuple[str, ...] = ()
    writings: tuple[Writing, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether it was copied as it stands, or ticked."""
        return self.state in DONE

    @property
    def is_asked(self) -> bool:
        """Whether there is something to copy or to tick."""
        return self.state not in ("missing", "blank")


def rows_of(
    case: Case,
    pack: Pack,
    copied: Mapping[str, str],
    *,
    office: Office | None = None,
    stated: Sequence[Stated] = (),
    writing: str = "",
) -> tuple[OnlineRow, ...]:
    """Return the rows of a case, in the order of the web form; none without a web form.

    `copied` is field -> hash of what was copied, `writing` the form of the number (by default the
    first that the pack names).
    """
    view = View(case=case, pack=pack, office=office)
    fields = pack.online.fields if pack.online else ()
    return tuple(
        _row(field, view, copied.get(field.id), stated, writing)
        for field in fields
        if _holds(view, field)
    )


def _holds(view: View, field: OnlineField) -> bool:
    try:
        return all(map(view.holds, field.when))
    except UnknownPath:
        return False


def _row(
    field: OnlineField, view: View, copied: str | None, stated: Sequence[Stated], writing: str
) -> OnlineRow:
    if field.kind == "tick":
        sha256 = _sha256(field.label)
        state: RowState = "ticked" if copied == sha256 else "changed" if copied else "todo"
        return OnlineRow(
            id=field.id,
            label=field.label,
            kind="tick",
            value="",
            state=state,
            sha256=sha256,
            help=field.help,
        )
    value, paths, gaps = _filled(field, view)
    sha256 = _sha256(value)
    if not value or gaps:
        state = "blank" if field.optional and not gaps else "missing"
    else:
        state = "copied" if copied == sha256 else "changed" if copied else "todo"
    is_of_names = any(path == "owners" or path.endswith(".name") for path in paths)
    return OnlineRow(
        id=field.id,
        label=field.label,
        kind="copy",
        value="" if gaps else _written(value, field, view.case, writing),
        state=state,
        sha256=sha256,
        path=paths[0] if paths else "",
        help=field.help,
        lacks=tuple(one.name for one in gaps if one.name),
        fill=gaps[0].path if gaps else paths[0] if paths and state == "missing" else "",
        hints=tuple(name_hints(view.case, stated)) if is_of_names and "owners" in paths else (),
        writings=field.writings,
    )


class _Gap(msgspec.Struct, frozen=True):
    """What is missing for a field: its name ("" where it is no field of the pack), its fact."""

    name: str
    path: str


def _filled(field: OnlineField, view: View) -> tuple[str, tuple[str, ...], tuple[_Gap, ...]]:
    """The text of a field, the facts it reads, and what is missing for it."""
    words: list[str] = []
    paths: list[str] = []
    gaps: list[_Gap] = []
    for text in field.texts:
        try:
            if not all(map(view.holds, text.when)):
                continue
            for piece in parse(text.text):
                if isinstance(piece, str):
                    words.append(piece)
                    continue
                paths += [view.path(path) for path in piece.paths]
                words.append(_answer(piece, view, gaps))
        except UnknownPath as error:  # a pack that nobody has linted
            gaps.append(_Gap("", str(error)))
    value = for_clipboard("".join(words))
    if len(value) > LONGEST_VALUE:
        return "", tuple(paths), (_Gap("内容过长，请精简", paths[0] if paths else ""),)
    return value, tuple(paths), tuple(dict.fromkeys(gaps))


def _answer(slot: Slot, view: View, gaps: list[_Gap]) -> str:
    unread = [gap for path in slot.paths if (gap := _unread(view.path(path), view))]
    answer = "" if unread else view.answer(slot)
    if GAP in answer or PEN in answer:
        answer = ""
    if not answer:
        gaps.append(unread[0] if unread else _gap(view.path(slot.paths[0]), view))
    return answer


def _unread(path: str, view: View) -> _Gap | None:
    """The fact read at a place that was typed and could not be read, if there is one."""
    if (field := view.pack.field(path)) is not None:
        return _Gap(field.label, path) if view.unread(path) else None
    inside = _facts_at(path, view)
    return next((_Gap(one.label, one.path) for one in inside if view.unread(one.path)), None)


def _gap(path: str, view: View) -> _Gap:
    """What is missing at a place that stays blank: a fact, or one that a phrase needs."""
    if (field := view.pack.field(path)) is not None:
        return _Gap(field.label, path)
    for one in _facts_at(path, view):
        if view.value(one.path) is None:
            return _Gap(one.label, one.path)
    is_of_statement = path.removeprefix("derived.") in OF_PACK
    return _Gap("", "statement" if is_of_statement else path)


def _facts_at(path: str, view: View) -> list[Field]:
    """The fields that a phrase or what is derived reads, of the ways that are chosen."""
    found = {field.path: field for field in fields_at(view.pack, path)}
    return [
        field
        for field in found.values()
        if (way := way_of(field.path)) is None or view.key(way[0]) == way[1]
    ]


def for_clipboard(text: str) -> str:
    """Return a text as it may be pasted: no control or unseen character, line ends as \\n."""
    return INVISIBLE.sub("", clean_lines(text)).strip()


def _sha256(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def _written(value: str, field: OnlineField, case: Case, writing: str) -> str:
    number = number_of(case) if field.writings else None
    if number is None:
        return value
    forms = [one.form for one in field.writings]
    return written_number(number, next((one for one in forms if one == writing), forms[0]))


def written_number(number: PatentNumber, form: NumberForm) -> str:
    """Return a patent number as a web form wants it."""
    if form == "zl_dot":
        return number.text
    bare = number.text.removeprefix("ZL")
    return bare if form == "dot" else bare.replace(".", "")


def name_hints(case: Case, stated: Sequence[Stated]) -> Iterator[str]:
    """Say where a patentee's name may not be what the register has, both writings named."""
    for owner in case.owners:
        named = visible(owner.name)
        told = False
        for one in stated:
            if (found := nearly(owner.name, one.names)) is not None:
                other, what = found
                told = True
                yield (
                    f"“{named}”在{one.source}中写作“{visible(other)}”，{_DIFFERS[what]}，请逐字核对"
                )
        if not told and (odd := oddities(owner.name)):
            words = "，".join(_ODD[one] for one in odd)
            yield f"“{named}”{words}，请与专利证书逐字核对"


def writings_of(online: Online) -> tuple[Writing, ...]:
    """The ways its number may be written, of the first field that has several."""
    return next((field.writings for field in online.fields if field.writings), ())
