"""Answers used again: a new case like another one, and templates (模板), such answers under a name.

What belongs to one patent alone is never carried over: the patent itself, the notes on its case,
how that patent was worked or licensed, save where the answer is that it was not, and what became
of its declaration.
"""

from collections.abc import Callable, Sequence

import msgspec

from forms.facts.declared import COURSE
from forms.facts.record import Case, Declaration, OtherLicences, OwnUse, Patent
from forms.ground.cleaning import clean_line
from forms.ground.pinyin import name_order
from forms.office.store import CannotDo, SettingKeeper
from forms.pack.types import Pack

LONGEST_NAME = 60
_OF_ONE_PATENT = ("patent.", "own_use.", "other_licences.", COURSE)


class Template(msgspec.Struct, frozen=True):
    """Answers under a name."""

    name: str
    case: Case


_decoder = msgspec.json.Decoder(tuple[Template, ...])


def shared_answers(case: Case) -> Case:
    """Return a new case with the answers that others may share."""
    unread = {p: text for p, text in case.unread.items() if not p.startswith(_OF_ONE_PATENT)}
    return msgspec.structs.replace(
        case,
        patent=Patent(),
        notes="",
        declaration=Declaration(),
        earlier=(),
        converted_from="",
        own_use=OwnUse(way="none") if case.own_use.way == "none" else OwnUse(),
        other_licences=(
            OtherLicences(way="none") if case.other_licences.way == "none" else OtherLicences()
        ),
        unread=unread,
    )


def templates(kept: SettingKeeper, pack: Pack) -> tuple[Template, ...]:
    """Return a pack's templates by name; what can not be read any more is left out."""
    return _read(kept.get(_key(pack)))


def keep_template(kept: SettingKeeper, pack: Pack, name: str, case: Case) -> Template:
    """Keep a case's shared answers under a name, instead of those it had.  Raises CannotDo."""
    made = Template(_named(name), shared_answers(case))
    _change(kept, pack, lambda known: [*(one for one in known if one.name != made.name), made])
    return made


def bring_template_back(kept: SettingKeeper, pack: Pack, deleted: Template) -> bool:
    """Bring back a template that was deleted, unless another has its name by now."""
    is_back = False

    def brought(known: Sequence[Template]) -> Sequence[Template]:
        nonlocal is_back
        is_back = all(one.name != deleted.name for one in known)
        return [*known, deleted] if is_back else known

    _change(kept, pack, brought)
    return is_back


def rename_template(kept: SettingKeeper, pack: Pack, old: str, new: str) -> None:
    """Give a template another name.  Raises CannotDo where another has it already."""
    new = _named(new)

    def renamed(known: Sequence[Template]) -> Sequence[Template]:
        if new != old and any(one.name == new for one in known):
            raise CannotDo(f"已有名为“{new}”的模板，请另选名称。")
        return [Template(new, one.case) if one.name == old else one for one in known]

    _change(kept, pack, renamed)


def delete_template(kept: SettingKeeper, pack: Pack, name: str) -> Template | None:
    """Delete a template and return it; cases made from it stay as they are."""
    deleted: Template | None = None

    def without(known: Sequence[Template]) -> Sequence[Template]:
        nonlocal deleted
        deleted = next((one for one in known if one.name == name), None)
        return [one for one in known if one.name != name]

    _change(kept, pack, without)
    return deleted


def from_template(kept: SettingKeeper, pack: Pack, name: str) -> Case:
    """Return a new case with a template's answers.  Raises CannotDo where there is none."""
    for one in templates(kept, pack):
        if one.name == name:
            return one.case
    raise CannotDo(f"没有名为“{name}”的模板，可能已删除，请刷新后再试。")


def _named(name: str) -> str:
    clean = clean_line(name)
    if not clean:
        raise CannotDo("模板名称未填写，请填写。")
    if len(clean) > LONGEST_NAME:
        raise CannotDo(f"模板名称至多 {LONGEST_NAME} 个字，请精简。")
    return clean


def _change(
    kept: SettingKeeper, pack: Pack, made_of: Callable[[Sequence[Template]], Sequence[Template]]
) -> None:
    """Make of the templates there are now others, so that none of another program's is lost."""

    def made(text: str | None) -> str:
        in_order = sorted(made_of(_read(text)), key=lambda one: name_order(one.name))
        return msgspec.json.encode(in_order).decode()

    kept.change(_key(pack), made)


def _read(text: str | None) -> tuple[Template, ...]:
    try:
        return _decoder.decode(text or "[]")
    except msgspec.DecodeError:
        return ()


def _key(pack: Pack) -> str:
    return f"templates.{pack.identity.code}"
