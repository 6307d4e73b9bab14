"""What a slot's path means for one case, one licence and one office: values as printed words.

Roots: a path of the case stands bare (`patent.title`, `owners.0.name`, `extra.NAME`); the
others are `licence.`, `office.`, `derived.` (see `forms.facts.derived`), `agreed.` (the royalty of
the contract: the offer's where it was agreed as offered, else the licence's own), `bank.`
(where the licensee pays: the licence's, else the first owner's), `item.` (whom a block is
repeated for), `phrase.` (a sentence of the pack's, see `forms.pack.phrases`), `part.` (the
paragraphs of the 简要说明, see `forms.paper.statement_parts`), `account.` (a licence's life, see
`forms.paper.licence_account`), `licensees` (all of the case's), `offer_contact.` (the offer's
contact, where the item is the first owner, whose it is; another owner's is not guessed) and `row`
(the row's number in a batch).

Answers of a way that was not chosen are kept in the record but are blank here.  What could not
be read is printed as it was typed.  This module must not know blocks or formats.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from forms.facts import amounts
from forms.facts.derived import derived
from forms.facts.paths import UnknownPath, value_at
from forms.facts.record import OF_THE_OFFICE, Case, Licence, Office, Party
from forms.facts.ways import way_of
from forms.pack.slots import parse
from forms.paper.answers import PEN, WORD_JOIN, Answers, none_if_blank
from forms.paper.licence_account import Account
from forms.paper.statement_parts import characters, paragraphs, whole_text

if TYPE_CHECKING:  # the pack's types stand on the paper language, so they can not be met here
    from forms.pack.types import Pack

# A derived value that is a choice is labelled as the pack's field of this path is.
LABELLED_AS: Mapping[str, str] = {"derived.kind": "patent.kind_stated"}

_NAMES_ALONE = ("signing_representative", "agency")  # who signs, and is no owner of the record
_ROOTS = frozenset(
    ("row", "licensees", "phrase", "part", "account", "derived", "licence", "office", "bank")
)
"""What a path begins with that is none of the case's own."""
_RELATIVE = frozenset(("item", "offer_contact", "agreed"))  # what a path may begin with


@lru_cache(maxsize=4096)
def is_relative(path: str) -> bool:
    """Whether a path of a paper's is another path of the record for another reading."""
    return path.partition(".")[0] in _RELATIVE


LICENSEES = ("licensees", "licensees.recorded_on")
"""The paths of all who were granted a licence under the case, and of the days of recordal."""

OF_A_PART = ("heading", "text")
"""What a paper reads of a part of the 简要说明, as {item.heading}."""

OF_PACK: Mapping[str, "Callable[[Case, Pack], Any]"] = {
    "statement_characters": characters,
    "statement_text": whole_text,
}
"""Derived facts for which the pack's words are asked too: their names under derived."""


class View(Answers, frozen=True, kw_only=True):
    """One reading of a case's facts.  `item` is the path an {item.…} stands for."""

    case: Case
    pack: "Pack"
    licence: Licence | None = None
    office: Office | None = None
    account: Account = Account()
    granted: tuple[Licence, ...] = ()

    def each(self, over: str) -> "list[View]":
        """One view for each party a block is repeated for; at least one, for the pen."""
        return [msgspec.structs.replace(self, item=item) for item in self._items(over)]

    def _items(self, over: str) -> list[str]:
        if over == "licensee":
            return ["licence.licensee"]
        if over == "once":
            return [""]
        if over == "statement":
            count = len(paragraphs(self.case, self.pack))
            return [f"part.{place}" for place in range(max(1, count))]
        owners = [f"owners.{place}" for place in range(len(self.case.owners))]
        if over == "signers" and self.case.signing == "agency" and self.case.agency:
            return ["agency"]
        name = self.case.signing_representative
        if over == "signers" and self.case.signing == "representative" and name:
            found = [
                f"owners.{place}"
                for place, owner in enumerate(self.case.owners)
                if owner.name == name
            ]
            return found[:1] or ["signing_representative"]
        return owners or ["owners.0"]

    def rows(self, over: str) -> "list[View]":
        """One view for each row of a licence's table; none for one of cases."""
        count = len(getattr(self.account, over, ()))
        items = [f"account.{over}.{place}" for place in range(count)]
        return [msgspec.structs.replace(self, item=item) for item in items]

    def path(self, path: str) -> str:
        """The path in the record, with {item.…} and {agreed.…} resolved."""
        if not is_relative(path):
            return path
        root, _, rest = path.partition(".")
        if root == "item":
            if self.item in _NAMES_ALONE:
                return self.item if rest == "name" else f"owners.{len(self.case.owners)}.{rest}"
            return f"{self.item}.{rest}"
        if root == "offer_contact":
            return f"contact.{rest}"
        negotiated = self.licence is not None and self.licence.agreed == "negotiated"
        return f"licence.royalty.{rest}" if negotiated else f"royalty.{rest}"

    def value(self, path: str) -> Any:
        """The value a path has, None where it is blank or not to be printed.

        Raises UnknownPath.
        """
        if self.closed:
            return None
        place = self.path(path)
        if self._hidden(path, place):
            return None
        return none_if_blank(self._read(place))

    def unread(self, path: str) -> str:
        """What was typed and could not be read, "" where nothing stands so."""
        place = self.path(path)
        if self.closed or self._hidden(path, place):
            return ""
        if place.startswith("licence."):
            unread = self.licence.unread if self.licence else {}
            return unread.get(place.removeprefix("licence."), "")
        return self.case.unread.get(place, "")

    def marked(self, owners: tuple[Any, ...], mark: str) -> tuple[Any, ...]:
        """The parties with words after the name of the one who signs for all."""
        name = self.case.signing_representative
        if self.case.signing != "representative" or not name:
            return owners
        return tuple(
            msgspec.structs.replace(owner, name=owner.name + mark)
            if isinstance(owner, Party) and owner.name == name
            else owner
            for owner in owners
        )

    def _phrase(self, name: str) -> str:
        phrase = next((one for one in self.pack.phrases if one.name == name), None)
        if phrase is None:
            raise UnknownPath(f"phrase.{name}")
        inside = msgspec.structs.replace(self, in_phrase=True)
        for way in phrase.ways:
            if inside.holds(way.when):
                return "".join(
                    piece if isinstance(piece, str) else inside.answer(piece) or PEN
                    for piece in parse(way.text)
                )
        return ""

    def label(self, path: str, word: str) -> str | None:
        """How the pack calls a word of the record's own, None where it has no name for it."""
        place = self.path(path)
        field = self.pack.field(LABELLED_AS.get(place, place))
        if field is None or not field.choices:
            return None
        return next((choice.label for choice in field.choices if choice.value == word), None)

    def _hidden(self, path: str, place: str) -> bool:
        if place is not path:
            if path.startswith("agreed.") and (self.licence is None or self.licence.agreed is None):
                return True
            if path.startswith("offer_contact.") and self.item != "owners.0":
                return True
        if place in OF_THE_OFFICE:  # whatever a pack of no office's asks
            return True
        belongs = way_of(place)
        return belongs is not None and self.key(belongs[0]) != belongs[1]

    def _read(self, place: str) -> Any:
        root, _, rest = place.partition(".")
        if root not in _ROOTS:
            return value_at(self.case, place)
        if root == "row" and not rest:
            return self.row
        if place == "licensees":
            return tuple(one.licensee for one in self.granted)
        if place == "licensees.recorded_on":
            days = (one.life.recordal.recorded_on for one in self.granted)
            return WORD_JOIN.join(amounts.chinese_date(day) for day in days if day)
        if root == "phrase":
            return None if self.in_phrase else self._phrase(rest)
        if root == "part":
            return value_at(paragraphs(self.case, self.pack), rest)
        if root == "account":
            return value_at(self.account, rest)
        if root == "derived":
            return self._derived(rest)
        if root == "licence":
            return value_at(self.licence or Licence(), rest)
        if root == "office":
            return value_at(self.office or Office(), rest)
        if root == "bank":
            return value_at(self._bank_holder().bank, rest)
        return value_at(self.case, place)

    def _derived(self, name: str) -> Any:
        if name in OF_PACK:
            return OF_PACK[name](self.case, self.pack)
        try:
            return derived(name, self.case, self.licence)
        except KeyError:
            raise UnknownPath(f"derived.{name}") from None

    def _bank_holder(self) -> Licence | Party:
        licence = self.licence or Licence()
        if any(msgspec.structs.astuple(licence.bank)) or not self.case.owners:
            return licence
        return self.case.owners[0]
