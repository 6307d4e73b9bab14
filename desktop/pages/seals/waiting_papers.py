"""Which papers there are to be sealed, and how each stands; gathered in a job, no widgets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from db.store import Store
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import DECLARED, GONE_OUT
from forms.facts.derived import number, number_text
from forms.facts.record import Case, Office
from forms.office.case_standing import Checked, check_alone, check_cases
from forms.office.paper_making import (
    Standing,
    batch_file_name,
    batch_papers,
    by_weight,
    contract_standing,
    paper_file_name,
    sealed_papers,
    standing_of_batch,
)
from forms.office.scan_names import Candidate
from forms.office.store import of_pack
from forms.office.stored import StoredCase, StoredLicence
from forms.pack.language import Paper
from forms.pack.types import Pack
from forms.paper.made_for import is_signed

Key = tuple[int | None, str, int | None]  # case, paper, licence
CHOSEN = "submission.cases"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A paper that is to be sealed: of a case, of a licence, or of many cases (`stored` None)."""

    stored: StoredCase | None
    licence: StoredLicence | None = None
    cases: tuple[Case, ...]
    paper: Paper
    standing: Standing
    is_faulty: bool
    stem: str

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        of_case = self.stored.id if self.stored else None
        return (of_case, self.paper.code, self.licence.id if self.licence else None)

    @property
    def state(self) -> Literal["faulty", "unmade", "printed", "stale", "sealed"]:
        """Its state in a word."""
        return "faulty" if self.is_faulty and self.standing != "sealed" else self.standing

    @property
    def name(self) -> str:
        """What it is of: number and title, or how many patents."""
        if self.stored is None:
            return t("seals.table.of_batch", count=len(self.cases))
        case = self.stored.case
        if self.licence is not None:
            licensee = self.licence.licence.licensee.name or t("licences.no_name")
            return f"{number_text(case)}　{licensee}".strip()
        return f"{number_text(case)}　{case.patent.title}".strip()

    @property
    def signers(self) -> tuple[str, str]:
        """Who seals and who signs."""
        if self.stored is None:
            return "", ""
        case = self.stored.case
        if case.signing == "representative" and case.signing_representative:
            wanted = [o for o in case.owners if o.name == case.signing_representative]
        else:
            wanted = list(case.owners)
        if self.licence is not None:
            wanted = [*case.owners, self.licence.licence.licensee]
        units = "、".join(owner.name for owner in wanted if owner.name and owner.kind != "person")
        people = "、".join(owner.name for owner in wanted if owner.kind == "person")
        return units, people

    def candidate(self) -> Candidate[Key]:
        """It, as a file's name may mean it."""
        case = self.stored.case if self.stored else None
        found = number(case) if case else None
        return Candidate(
            key=self.key,
            digits=found.digits if found else "",
            paper=self.paper.title,
            title=case.patent.title if case else "",
            stem=self.stem,
        )


def waiting(desk: Desk, report: Report) -> list[Waiting]:
    """All papers to be sealed of cases that have not gone out; in a job."""
    pack = desk.pack
    with desk.own_store() as store:
        ids = [
            row.id for rows in store.register.rows() for row in rows if row.state not in GONE_OUT
        ]
        cases = of_pack(store.cases.listed(ids=ids), pack)
        checked = check_alone(store, pack, desk.today, cases, progress=report)
        office, day = store.parties.office(), desk.today.isoformat()
        found = [
            _of_case(one, paper, pack, office, day)
            for one in checked
            if one.state not in ("drafting", *GONE_OUT, *DECLARED)
            for paper in sealed_papers(pack, one.stored.case)
        ]
        found.sort(key=lambda one: one.state == "faulty")  # those to be mended first come last
        contracts = _of_licences(store, pack, desk.today, office)
        return [*_of_batch(store, pack, office, desk.today), *contracts, *found]


def _of_licences(store: Store, pack: Pack, today: date, office: Office) -> list[Waiting]:
    """The contracts of all licences, whatever has become of their cases."""
    granted = store.licences.granted(store.register.ids())
    if not granted or not by_weight(pack, ("licence",)):
        return []
    cases = of_pack(store.cases.listed(ids=sorted(granted)), pack)
    exports = store.papers.exports_of(sorted(granted))
    found = []
    for one in check_alone(store, pack, today, cases):
        made = exports.get(one.stored.id, ())
        for place, licence in enumerate(granted[one.stored.id]):
            wanted = by_weight(pack, ("licence",), one.stored.case, licence.licence)
            for paper in filter(is_signed, wanted):
                stem = paper_file_name(
                    *(pack, paper, one.stored.case, office, today.isoformat()),
                    licence=licence.licence,
                )
                found.append(
                    Waiting(
                        stored=one.stored,
                        licence=licence,
                        cases=(one.stored.case,),
                        paper=paper,
                        standing=contract_standing(store, pack, paper, one.stored, licence, made),
                        is_faulty=bool(one.errors(place)),
                        stem=stem,
                    )
                )
    return found


def _of_case(one: Checked, paper: Paper, pack: Pack, office: Office, day: str) -> Waiting:
    return Waiting(
        stored=one.stored,
        cases=(one.stored.case,),
        paper=paper,
        standing=one.standings.get(paper.code, "unmade"),
        is_faulty=bool(one.errors()),
        stem=paper_file_name(pack, paper, one.stored.case, office, day),
    )


def _of_batch(store: Store, pack: Pack, office: Office, today: date) -> list[Waiting]:
    """The papers of the cases that are chosen for the next submission."""
    ids, day = chosen_cases(store), today.isoformat()
    by_id = {stored.id: stored for stored in of_pack(store.cases.listed(ids=ids), pack)}
    chosen = [by_id[case_id] for case_id in ids if case_id in by_id]
    if not chosen:
        return []
    cases = tuple(stored.case for stored in chosen)
    is_faulty = any(one.errors() for one in check_cases(store, pack, today, chosen))
    made, sealed = store.papers.exports(None), store.papers.sealed()
    return [
        Waiting(
            stored=None,
            cases=cases,
            paper=paper,
            standing=standing_of_batch(
                pack, paper, cases, office, made, sealed.get((None, paper.code))
            ),
            is_faulty=is_faulty,
            stem=batch_file_name(pack, paper, office, day, len(cases)),
        )
        for paper in batch_papers(pack)
    ]


def chosen_cases(store: Store) -> Sequence[int]:
    """The ids of the cases whose summary waits for its seal, in order.

    Those chosen for the next submission; else those of the last package that was made and not
    sent yet: its summary is sealed, and sent, after.
    """
    try:
        data = json.loads(store.settings.get(CHOSEN) or "[]")
    except ValueError:
        data = []
    chosen = [one for one in data if isinstance(one, int)] if isinstance(data, list) else []
    last = next(iter(store.papers.submissions()), None)
    if chosen or last is None or last.sent_at is not None:
        return chosen
    return list(dict.fromkeys(file.case_id for file in last.files if file.case_id is not None))
