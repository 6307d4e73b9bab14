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
from forms.ground.cleaning import INVISIBLE, clean_lines, visible
from forms.pack.online import NumberForm, Online, OnlineField, Writing
from forms.pack.slots import Slot, parse
from forms.pack.types import Pack
from forms.paper.printed_values import PEN, View

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
    missing for it, `hints` sentences about what is to be compared.  `path` is its first fact.
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
        lacks=tuple(one for one in gaps if one),
        hints=tuple(name_hints(view.case, stated)) if is_of_names and "owners" in paths else (),
        writings=field.writings,
    )


def _filled(field: OnlineField, view: View) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The text of a field, the facts it reads, and the names of those that are missing for it.

    What is no fact of the pack's own, as the whole statement, has no name: "".
    """
    words: list[str] = []
    paths: list[str] = []
    gaps: list[str] = []
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
            gaps.append(str(error))
    value = for_clipboard("".join(words))
    if len(value) > LONGEST_VALUE:
        return "", tuple(paths), ("内容过长，请精简",)
    return value, tuple(paths), tuple(dict.fromkeys(gaps))


def _answer(slot: Slot, view: View, gaps: list[str]) -> str:
    unread = [path for path in slot.paths if view.unread(path)]
    answer = "" if unread else view.answer(slot)
    if GAP in answer or PEN in answer:
        answer = ""
    if not answer:
        gaps.append(_name(view.path((unread or slot.paths)[0]), view.pack))
    return answer


def _name(path: str, pack: Pack) -> str:
    """What a pack calls a fact."""
    field = pack.field(path)
    return field.label if field is not None else ""


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
