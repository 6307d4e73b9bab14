"""网上填报 of kept cases: rows with what was copied, attachments, what sources call the owners."""

from collections.abc import Mapping, Sequence

from forms.facts.several_names import split_names
from forms.office.case_standing import Checked
from forms.office.online_form import OnlineRow, Stated, rows_of
from forms.office.online_uploads import Upload, uploads_of
from forms.office.paper_making import standings
from forms.office.store import CaseStore
from forms.office.stored import Counterpart, StoredCase
from forms.pack.types import Pack

_OWNERS = "owners"


def writing_setting(pack: Pack) -> str:
    """Under which name the data keep how the number is written in a pack's web form."""
    return f"online.writing.{pack.identity.code}"


def stated_names(stored: StoredCase, others: Sequence[Counterpart]) -> tuple[Stated, ...]:
    """Return what the imported list and other entries of the ledger call the patentees."""
    found = []
    if names := split_names(stored.imported.get(_OWNERS, "")):
        found.append(Stated(source="导入的清单", names=names))
    for other in others:
        named = tuple(owner.name for owner in other.patent.entry.owners if owner.name)
        if named:
            found.append(Stated(source="台账的另一份记录", names=named))
    return tuple(found)


def rows_of_cases(
    store: CaseStore, cases: Sequence[tuple[StoredCase, Pack]], writing: str = ""
) -> Mapping[int, tuple[OnlineRow, ...]]:
    """Return the rows of some cases, each by its pack, by the case."""
    ids = [stored.id for stored, _ in cases]
    copied, others = store.web.copied_of(ids), store.ledger.counterparts(ids)
    office = store.parties.office()
    return {
        stored.id: rows_of(
            stored.case,
            pack,
            copied.get(stored.id, {}),
            office=office,
            stated=stated_names(stored, others.get(stored.id, ())),
            writing=writing,
        )
        for stored, pack in cases
    }


def uploads_now(store: CaseStore, stored: StoredCase, pack: Pack) -> tuple[Upload, ...]:
    """Return the attachments of one case as its papers stand now."""
    office, exports = store.parties.office(), store.papers.exports(stored.id)
    sealed = store.papers.sealed([stored.id])
    return uploads_of(
        stored.case,
        pack,
        case_id=stored.id,
        standings=standings(pack, stored, office, exports, sealed),
        sealed=sealed,
        files=store.web.files_of([stored.id]).get(stored.id, {}),
        office=office,
    )


def uploads_of_cases(
    store: CaseStore, checked: Sequence[Checked]
) -> Mapping[int, tuple[Upload, ...]]:
    """Return the attachments of some cases that were looked at, by the case."""
    ids = [one.stored.id for one in checked]
    sealed, files = store.papers.sealed(ids), store.web.files_of(ids)
    office = store.parties.office()
    return {
        one.stored.id: uploads_of(
            one.stored.case,
            one.pack,
            case_id=one.stored.id,
            standings=one.standings,
            sealed=sealed,
            files=files.get(one.stored.id, {}),
            office=office,
        )
        for one in checked
        if one.pack is not None
    }
