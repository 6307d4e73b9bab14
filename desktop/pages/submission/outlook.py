"""What a submission would be: what blocks it, what is still wanted, which papers it would hold.

Put together in a job, from the use cases of the office; the page only shows it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.store import Store
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from forms.check.case_check import checker_of
from forms.facts.record import Office
from forms.ground.problems import Problem, Severity
from forms.office.case_standing import Checked, check_cases
from forms.office.paper_making import (
    Standing,
    batch_papers,
    sealed_papers,
    standing_of_batch,
)
from forms.office.store import of_pack
from forms.pack.types import Attachment, Pack


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a problem stands: the case's place in the submission (from 1), its id, the field."""

    place: int
    case_id: int
    field: str


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """One sentence about one case or about several, with its basis."""

    severity: Severity
    message: str
    beneath: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper of the package: its title, in how many files, how many of them stand how.

    `standings` are of those that are to be sealed: none of a workbook.
    """

    title: str
    format: str
    count: int
    standings: Mapping[Standing, int]
    is_of_batch: bool = False

    @property
    def sealed(self) -> int:
        """How many of them are sealed."""
        return self.standings.get("sealed", 0)


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The whole of it; `office_gaps` are names of the office's facts that are still blank.

    `others` counts the cases left out since they belong to another form pack.
    """

    checked: tuple[Checked, ...]
    errors: tuple[Gathered, ...]
    pending: tuple[Gathered, ...]
    office_gaps: tuple[str, ...]
    wanted: tuple[Attachment, ...]
    papers: tuple[PaperLine, ...]
    others: int = 0

    @property
    def faulty(self) -> tuple[int, ...]:
        """The ids of the cases with errors, in order."""
        return tuple(one.stored.id for one in self.checked if one.errors())

    @property
    def unsealed(self) -> Mapping[Standing, int]:
        """How many papers would go out without their seals, by how they stand.

        As 签章 counts them, and the result after: the summary is one of them.
        """
        found: Counter[Standing] = Counter()
        for line in self.papers:
            found.update(line.standings)
        return {one: found[one] for one in ("unmade", "printed", "stale") if found[one]}

    @property
    def files(self) -> int:
        """How many papers there would be."""
        return sum(line.count for line in self.papers)


EMPTY = Outlook(checked=(), errors=(), pending=(), office_gaps=(), wanted=(), papers=())


def look_ahead(desk: Desk, case_ids: Sequence[int], report: Report) -> Outlook:
    """Check the cases in their order and say what would come of them; in a job."""
    pack, today = desk.pack, desk.today
    with desk.own_store() as store:
        by_id = {stored.id: stored for stored in store.cases.listed(ids=list(case_ids))}
        there = [by_id[case_id] for case_id in case_ids if case_id in by_id]
        cases = of_pack(there, pack)
        checked = tuple(check_cases(store, pack, today, cases, progress=report))
        office = store.parties.office()
        papers = _papers(store, checked, pack, office)
    return Outlook(
        checked=checked,
        errors=gathered(checked, pack, "error"),
        pending=gathered(checked, pack, "pending"),
        office_gaps=_gaps(office),
        wanted=tuple(a for a in pack.submission.attachments if office.kind in a.office_kinds),
        papers=papers,
        others=len(there) - len(cases),
    )


def gathered(checked: Sequence[Checked], pack: Pack, severity: Severity) -> tuple[Gathered, ...]:
    """The problems of a severity that concern the offer; equal sentences are said once."""
    found: dict[tuple[str, str], list[Spot]] = {}
    for place, one in enumerate(checked, start=1):
        for problem in one.problems:
            if problem.severity == severity and problem.scope != "contract":
                spot = Spot(place=place, case_id=one.stored.id, field=problem.field)
                found.setdefault((problem.message, _beneath(problem, pack)), []).append(spot)
    return tuple(
        Gathered(severity=severity, message=message, beneath=beneath, spots=tuple(spots))
        for (message, beneath), spots in found.items()
    )


def _beneath(problem: Problem, pack: Pack) -> str:
    """The basis; the place too where the sentence does not begin with it."""
    field = pack.field(problem.field)
    place = (field.box or field.label) if field else ""
    is_said = problem.message.startswith(checker_of(pack).wording.place(problem.field))
    basis = t("widgets.basis", basis=problem.basis) if problem.basis else ""
    return "  ·  ".join(part for part in ("" if is_said else place, basis) if part)


def _gaps(office: Office) -> tuple[str, ...]:
    return tuple(name for name in ("name", "contact", "phone") if not getattr(office, name))


def _papers(
    store: Store, checked: Sequence[Checked], pack: Pack, office: Office
) -> tuple[PaperLine, ...]:
    sound = [one for one in checked if not one.errors()]
    lines = [
        PaperLine(
            title=paper.title,
            format="pdf",
            count=sum(paper.code in one.standings for one in sound),
            standings=Counter(
                one.standings[paper.code] for one in sound if paper.code in one.standings
            ),
        )
        for paper in sealed_papers(pack)
    ]
    cases = [one.stored.case for one in sound]
    made = store.papers.exports(None) if cases else ()
    for paper in batch_papers(pack):
        standings: dict[Standing, int] = {}
        if cases:
            scan = store.papers.scan(None, paper.code)
            standings[standing_of_batch(pack, paper, cases, office, made, scan)] = 1
        for format in dict.fromkeys(("pdf", *paper.formats)):
            lines.append(
                PaperLine(
                    title=paper.title,
                    format=format,
                    count=1 if cases else 0,
                    standings=standings if format == "pdf" else {},
                    is_of_batch=True,
                )
            )
    return tuple(lines)
