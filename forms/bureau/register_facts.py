"""What the office's register says of patents, as exported on a day: kept to hold cases against.

The plans ask the bureau to examine validity, exclusive licences and pledges
(国知办函运字〔2022〕448号 三（一）2); it is looked up elsewhere, and its table is taken in here.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from forms.exchange.status_export import StatusExport, StatusLine
from forms.facts.paths import value_at, with_values
from forms.facts.record import Case
from forms.facts.record_shape import Record
from forms.ground.record_kind import RecordKind
from forms.office.store import CaseStore

_NEVER = ("patent.fee_reduction",)


class RegisterFacts(Record, frozen=True):
    """What an export of a day said of a patent; `said` names the paths that were filled in it."""

    number: str = ""
    case: Case = Case()
    said: tuple[str, ...] = ()
    on: date | None = None
    source: str = ""

    def value(self, path: str) -> Any:
        """A fact that the export said; None where it did not."""
        return value_at(self.case, path) if path in self.said else None


REGISTER_FACTS = RecordKind(
    name="register_facts",
    shape=RegisterFacts,
    word="法律状态核验",
    key=lambda one: one.number,
)


def take_in(store: CaseStore, export: StatusExport, *, on: date, source: str, who: str = "") -> int:
    """Keep what an export says, one record for each patent, the latest export's; how many."""
    shelf = store.records.of(REGISTER_FACTS)
    made = {line.number.text: _of(line, on, source) for line in export.lines}
    with store.transaction():
        known = {kept.record.number: kept for kept in shelf.listed(keys=made)}
        for number, one in made.items():
            if (kept := known.get(number)) is not None:
                shelf.save(kept.id, one, revision=kept.revision, who=who, what="核验")
        shelf.add_all(
            [one for number, one in made.items() if number not in known], who=who, what="核验"
        )
    return len(made)


def facts_of(store: CaseStore, numbers: Sequence[str]) -> Mapping[str, RegisterFacts]:
    """What is known of some patents, by their numbers."""
    listed = store.records.of(REGISTER_FACTS).listed(keys=[one for one in numbers if one])
    return {kept.record.number: kept.record for kept in listed}


def _of(line: StatusLine, on: date, source: str) -> RegisterFacts:
    values = {
        answer.field.path: answer.value
        for answer in line.answers
        if answer.field.path not in _NEVER and answer.value not in (None, "", ())
    }
    return RegisterFacts(
        number=line.number.text,
        case=with_values(Case(), values),
        said=tuple(values),
        on=on,
        source=source,
    )
