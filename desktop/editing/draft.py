"""The record in hand while it is filled in: typed into, undone, redone.  No widgets.

Paths are the pack's ("royalty.way", "licence.royalty.way"); `prefix` is what the record's own
paths lack ("licence.").  What can not be read is kept as it was typed, so nothing typed is lost.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from forms.facts.amounts import grouped, plain
from forms.facts.declared import COURSE, as_filed
from forms.facts.left_unread import left_unread
from forms.facts.paths import value_at, with_value
from forms.facts.record import Case, Licence
from forms.ground.cleaning import radicals_in
from forms.ground.combining import differing, upon
from forms.office.offered_values import Offer
from forms.pack.implied_fields import field_of
from forms.pack.reading import BLANKS, Unreadable, read, write
from forms.pack.types import Field, Pack

Record = Case | Licence
Step = tuple[Record, frozenset[str]]
"""A record, and the paths at which the next one differs; none: perhaps all of them."""
Past = Callable[[str, Record], Sequence[Offer]]
"""What may be taken at a path of a record: the office's own facts, then what was filled before."""
_PERHAPS_ALL: frozenset[str] = frozenset()
_MOST_STEPS = 500


class Draft(QObject):
    """A record with what was typed, and the way back."""

    changed = Signal(object)  # frozenset of the paths that changed; empty: perhaps all of them
    turned = Signal(str, object)  # a field's name, radical -> letter of what was typed there

    def __init__(
        self,
        record: Record,
        pack: Pack,
        *,
        prefix: str = "",
        past: Past = lambda _path, _record: (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._past = past
        self.pack = pack
        self._record = record
        self._prefix = prefix
        self._before: list[Step] = []
        self._after: list[Step] = []
        self._open = ""  # the field whose typing is one step back as yet
        self._step_in_hand = 0

    @property
    def record(self) -> Any:
        """The record as it stands."""
        return self._record

    def field(self, path: str) -> Field:
        """The field of a path, the pack's or one its lists imply.  Raises LookupError."""
        field = field_of(self.pack, path)
        if field is None:
            raise LookupError(path)
        return field

    def value(self, path: str) -> Any:
        """The value at a path, None or "" where it is blank."""
        return value_at(self._record, self._own(path))

    def unread(self, path: str) -> str:
        """What was typed at a path and could not be read."""
        return self._record.unread.get(self._own(path), "")

    def shown(self, path: str) -> str:
        """The text a field shows: what was typed where it can not be read, else the value's."""
        return self.unread(path) or shown_text(self.field(path), self.value(path))

    def past(self, path: str) -> Sequence[Offer]:
        """What may be taken at a path instead of typing."""
        return self._past(path, self._record)

    def says(self, path: str, text: str) -> bool:
        """Whether a text means what stands at a path already."""
        value, unread = self._read(path, text)
        return (value, unread) == (self.value(path) or _blank(self.field(path)), self.unread(path))

    @property
    def step(self) -> int:
        """The step in hand: it stays while one types on in one field, every other has its own."""
        return self._step_in_hand

    # --- changing -------------------------------------------------------------------------

    def type(self, path: str, text: str) -> None:
        """Take a text for a field; typing on in one field is one step back."""
        value, unread = self._read(path, text)
        self._step(frozenset({path}), lambda record: self._with(record, path, value, unread), path)
        if radicals := radicals_in(text):
            self.turned.emit(self.field(path).label, radicals)

    def put(self, path: str, value: Any) -> None:
        """Put a value, as a step of its own."""
        self.put_all({path: value})

    def put_all(self, changes: Mapping[str, Any]) -> None:
        """Put several values as one step."""

        def changed(record: Record) -> Record:
            for path, value in changes.items():
                record = self._with(record, path, value, "")
            return record

        self._step(frozenset(changes), changed)

    def replace(self, record: Record) -> None:
        """Put another record (an earlier version) as one step."""
        self._step(frozenset(), lambda _: record)

    def take_over(self, before: Record, theirs: Record, record: Record) -> None:
        """Go on with a record that holds what somebody else made of the one `before`.

        That is no step of one's own: the ways back and forward keep it, and a step that only
        leads from what somebody else has changed anew is none any more.
        """
        self._before = self._upon(self._before, before, theirs, record)
        self._after = self._upon(self._after, before, theirs, record)
        self._open = ""
        self._step_in_hand += 1
        if record != self._record:
            self._record = record
            self.changed.emit(frozenset())

    def complete(self, record: Record) -> None:
        """Take what was added to what was typed: it is of the same step, and goes back with it."""
        if self._before:
            self._before[-1] = (self._before[-1][0], frozenset())
        self._after.clear()
        self._record = record
        self.changed.emit(frozenset())

    def seal(self) -> None:
        """What is typed next is a step of its own."""
        self._open = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a way back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether there is a way forward."""
        return bool(self._after)

    def undo(self) -> str:
        """Go one step back; the path of the field it was, "" where it was none or several."""
        return self._go(self._before, self._after)

    def redo(self) -> str:
        """Go one step forward again."""
        return self._go(self._after, self._before)

    # --- inside ---------------------------------------------------------------------------

    def _go(
        self,
        there: list[Step],
        back: list[Step],
    ) -> str:
        if not there:
            return ""
        record, paths = there.pop()
        back.append((self._record, paths))
        self._record, self._open = record, ""
        self._step_in_hand += 1
        self.changed.emit(paths)
        return next(iter(paths)) if len(paths) == 1 else ""

    def _step(
        self, paths: frozenset[str], change: Callable[[Record], Record], typed: str = ""
    ) -> None:
        new = change(self._record)
        if new == self._record:
            return
        if not (typed and typed == self._open):
            self._step_in_hand += 1
            self._before = [*self._before[-_MOST_STEPS:], (self._record, paths)]
        self._after.clear()
        self._record, self._open = new, typed
        self.changed.emit(paths)

    def _upon(
        self, steps: Sequence[Step], before: Record, theirs: Record, record: Record
    ) -> list[Step]:
        """Steps with what somebody else made of the one `before`; the last leads to this record."""
        kept: list[Step] = []
        for one, paths in reversed(steps):
            made = upon(before, one, theirs, standing=self._record)
            if made != record:
                # Places in lists may have moved, and of what both changed theirs be a step back.
                own = {self._own(path) for path in paths}
                own |= {f"unread.{path}" for path in own}
                is_all = own.issuperset(differing(made, record))
                kept.insert(0, (made, paths if is_all else _PERHAPS_ALL))
                record = made
        return kept

    def _read(self, path: str, text: str) -> tuple[Any, str]:
        field = self.field(path)
        try:
            return read(field, text), ""
        except Unreadable:
            return BLANKS.get(field.kind), text

    def _with(self, record: Record, path: str, value: Any, unread: str) -> Record:
        own = self._own(path)
        after = with_value(record, own, value)
        if isinstance(record, Case) and isinstance(after, Case):
            kept = left_unread(own, record, after)
        else:
            kept = {place: text for place, text in record.unread.items() if place != own}
        if unread:
            kept[own] = unread
        made = msgspec.structs.replace(after, unread=kept)
        return as_filed(made) if isinstance(made, Case) and own.startswith(COURSE) else made

    def _own(self, path: str) -> str:
        return path.removeprefix(self._prefix)


def shown_text(field: Field, value: Any) -> str:
    """A value as a screen shows it: amounts grouped, percent without its sign."""
    if field.kind == "money" and value is not None:
        return grouped(value).removesuffix(".00")
    if field.kind == "percent" and value is not None:
        return plain(value)
    return write(field, value)


def _blank(field: Field) -> Any:
    return BLANKS.get(field.kind)
