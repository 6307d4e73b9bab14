"""Export papers into a folder: drafts while errors stand, one file each, all put in place at
the end."""

from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec

from forms.facts.record import Case, Office
from forms.ground.files import (
    CannotRead,
    name_key,
    numbered,
    publish,
    read_bytes,
    unique_names,
    workshop,
    write_atomically,
)
from forms.office.case_standing import Checked, Progress, check_cases, no_progress
from forms.office.paper_making import (
    Unprintable,
    batch_file_name,
    composed_of_batch,
    made,
    not_for,
    note,
    paper_file_name,
    standing_in_the_way,
)
from forms.office.paper_orders import Makers, Order, Orders, Result, in_turn
from forms.office.papers_wanted import LeftOut, Wanted
from forms.office.store import CannotDo, CaseStore, case_name
from forms.office.stored import Made, StoredCase
from forms.pack.language import Paper
from forms.pack.types import Pack
from forms.paper.made_for import is_for


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A paper that was exported; `number` is None for one of many cases."""

    path: Path
    case: str | None
    paper: str
    format: str
    draft: bool


@dataclass(frozen=True, kw_only=True)
class ExportReport:
    """What was exported, what was not, and the cases with errors whose papers are drafts.

    `skipped` were left out whole for their errors.  `kept` are files that lay under a paper's
    name and are not ours: they stay, and the paper has another name.
    """

    made: tuple[Exported, ...]
    left_out: tuple[LeftOut, ...]
    drafts: tuple[Checked, ...]
    skipped: tuple[Checked, ...] = ()
    kept: tuple[Path, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Job:
    """A paper to make: where it belongs, and its order; of many cases' all these instead."""

    paper: Paper
    format: str
    name: str
    case: str | None = None
    order: Order | None = None
    cases: tuple[Case, ...] = ()
    draft: bool = False


def export(
    store: CaseStore,
    pack: Pack,
    today: date,
    cases: Sequence[StoredCase],
    out: Path,
    papers: Wanted,
    *,
    licences: Collection[int] | None = None,
    named: Collection[str] = (),
    skip_faulty: bool = False,
    bound_for: Path | None = None,
    progress: Progress = no_progress,
    makers: Makers = in_turn,
) -> ExportReport:
    """Make papers of cases and put them into a folder, over those of an earlier export.

    With `licences` only these of the cases' contracts are made, by their ids in the store.
    A paper is made of the cases it is for; of those it is not for that is told of `named` ones, by
    their codes.
    With `skip_faulty` cases with errors are left out, so that a summary of the others is a
    final one.  A file that is not an earlier export stays; the paper then has a count in its
    name.  A paper that can not be made is left out; the others are made.  What is made lies in a
    folder of its own until all is, so that memory does not grow with the cases' number.
    Raises CannotWrite, CannotDo where no case is left.
    """
    checked = check_cases(store, pack, today, cases)
    skipped = tuple(one for one in checked if skip_faulty and one.errors())
    checked = [one for one in checked if one not in skipped] if skipped else checked
    if skipped and not checked:
        raise CannotDo("所选案卷均有错误，无可导出，请用 check 查看。")
    office = store.parties.office()
    left_out = [
        *_without_licence(pack, papers, checked),
        *_not_for(pack, papers, checked, named, today),
    ]
    with workshop(out) as bench:
        jobs = [
            job
            for paper, formats in papers
            for job in _jobs(pack, paper, formats, checked, licences, office, today)
        ]
        done: list[tuple[_Job, Made, Path]] = []
        with closing(_results(jobs, pack, office, bench, makers)) as results:
            for place, (job, result, without) in enumerate(results):
                progress(place, len(jobs))
                left_out += without
                if isinstance(result, Made):
                    done.append((job, result, bench / str(place)))
                else:
                    reason = f"{result}。"
                    left_out.append(LeftOut(case=job.case, paper=job.paper.title, reason=reason))
        progress(len(jobs), len(jobs))
        exported, kept = _put(store, pack, out, done, bound_for or out, aside=bench / "aside")
    return ExportReport(
        made=tuple(exported),
        left_out=tuple(left_out),
        drafts=_drafts(checked, [paper for _, paper, _ in done]),
        skipped=skipped,
        kept=kept,
    )


def _drafts(checked: Sequence[Checked], papers: Sequence[Made]) -> tuple[Checked, ...]:
    """The cases for whose errors any of the papers is a draft."""
    drafts = {paper.case_id for paper in papers if paper.draft}
    of_all = None in drafts
    return tuple(one for one in checked if one.stored.id in drafts or (of_all and one.errors()))


def _results(
    jobs: Sequence[_Job], pack: Pack, office: Office, bench: Path, makers: Makers
) -> Generator[tuple[_Job, Result, list[LeftOut]], None, None]:
    """Yield every job with what came of it, its file on the bench under the job's place.

    Last are the cases that a paper of many was made without.
    """
    orders = [
        msgspec.structs.replace(job.order, file=bench / str(place))
        for place, job in enumerate(jobs)
        if job.order
    ]
    with closing(makers(Orders(pack=pack, office=office, each=orders))) as results:
        for place, job in enumerate(jobs):
            if job.order is not None:
                yield job, next(results), []
            else:
                yield job, *_of_batch(job, pack, office, bench / str(place))


def _of_batch(job: _Job, pack: Pack, office: Office, file: Path) -> tuple[Result, list[LeftOut]]:
    """Make a paper of many cases here: there is one.

    A case whose row can not be made is left out by name; the others are listed.
    """
    cases, without = list(job.cases), dict[int, str]()
    try:
        try:
            result = _made_of(job, pack, cases, office)
        except Unprintable:
            without = standing_in_the_way(
                pack, job.paper, job.format, cases, office, draft=job.draft
            )
            cases = [case for place, case in enumerate(cases) if place not in without]
            if not without or not cases:
                raise
            result = _made_of(job, pack, cases, office)
    except Unprintable as fault:
        return fault, []
    write_atomically(file, result.content)
    return msgspec.structs.replace(result, content=b""), [
        LeftOut(
            case=case_name(job.cases[place]),
            paper=job.paper.title,
            reason=f"{reason}；其余案卷均已列入。",
        )
        for place, reason in without.items()
    ]


def _made_of(job: _Job, pack: Pack, cases: Sequence[Case], office: Office) -> Made:
    document = composed_of_batch(pack, job.paper, cases, office, draft=job.draft)
    return made(document, job.format, pack)


def _put(
    store: CaseStore,
    pack: Pack,
    out: Path,
    done: Sequence[tuple[_Job, Made, Path]],
    there: Path,
    *,
    aside: Path,
) -> tuple[list[Exported], tuple[Path, ...]]:
    wanted = unique_names([f"{job.name}.{job.format}" for job, _, _ in done])
    names = _free_names(store, there, wanted, [paper for _, paper, _ in done])
    aside.mkdir()
    with store.transaction():
        note(store, [paper for _, paper, _ in done])
        publish(
            [(file, out / name) for (_, _, file), name in zip(done, names, strict=True)],
            aside=aside,
        )
    kept = tuple(there / old for old, new in zip(wanted, names, strict=True) if old != new)
    exported = [
        Exported(
            path=out / name,
            case=job.case,
            paper=paper.paper,
            format=paper.format,
            draft=paper.draft,
        )
        for (job, paper, _), name in zip(done, names, strict=True)
    ]
    return exported, kept


def _free_names(
    store: CaseStore, out: Path, names: Sequence[str], papers: Sequence[Made]
) -> list[str]:
    """The names, with a count where a file lies there that is not an earlier export."""
    taken = {name_key(name) for name in names}
    chosen = []
    for name, paper in zip(names, papers, strict=True):
        free, count = name, 1
        while _is_foreign(store, out / free, paper) or (free != name and name_key(free) in taken):
            count += 1
            free = numbered(name, count)
        taken.add(name_key(free))
        chosen.append(free)
    return chosen


MOST_OF_A_PAPER = 100 << 20  # bytes; what is larger is none of ours


def _is_foreign(store: CaseStore, path: Path, paper: Made) -> bool:
    """Whether something lies at a place that no export of this paper or contract put there."""
    if not path.exists():
        return False
    try:
        there = sha256(read_bytes(path, most=MOST_OF_A_PAPER)).hexdigest()
    except CannotRead:
        return True
    if there == paper.sha256:
        return False
    return all(
        export.sha256 != there
        for export in store.papers.exports(paper.case_id)
        if export.licence_id == paper.licence_id
    )


def _jobs(
    pack: Pack,
    paper: Paper,
    formats: Sequence[str],
    checked: Sequence[Checked],
    licences: Collection[int] | None,
    office: Office,
    today: date,
) -> Iterator[_Job]:
    day = today.isoformat()
    if paper.scope == "batch":
        draft = any(one.errors() for one in checked)
        cases = tuple(one.stored.case for one in checked)
        name = batch_file_name(pack, paper, office, day, len(cases), draft=draft)
        for format in formats:
            yield _Job(paper=paper, format=format, name=name, cases=cases, draft=draft)
        return
    for one in checked:
        stored = one.stored
        contracts = one.licences if paper.scope == "licence" else ((None, None),)
        for place, (licence_id, licence) in enumerate(contracts):
            if licence is not None and licences is not None and licence_id not in licences:
                continue
            if not is_for(paper, stored.case, pack, licence=licence, today=today):
                continue
            draft = bool(one.errors(place if licence else None))
            for format in formats:
                yield _Job(
                    paper=paper,
                    format=format,
                    name=paper_file_name(
                        pack, paper, stored.case, office, day, licence=licence, draft=draft
                    ),
                    case=case_name(stored.case),
                    order=Order(
                        paper=paper.code,
                        format=format,
                        case=stored.case,
                        case_id=stored.id,
                        licence=licence,
                        licence_id=licence_id,
                        granted=tuple(granted for _, granted in one.licences),
                        today=today,
                        draft=draft,
                    ),
                )


def _without_licence(pack: Pack, papers: Wanted, checked: Sequence[Checked]) -> Iterator[LeftOut]:
    for paper, _ in papers:
        for one in checked if paper.scope == "licence" else ():
            if not one.licences and _may_be_for(paper, one.stored.case, pack):
                yield LeftOut(
                    case=case_name(one.stored.case),
                    paper=paper.title,
                    reason="尚未登记许可，请先登记被许可人和合同条款。",
                )


def _may_be_for(paper: Paper, case: Case, pack: Pack) -> bool:
    """Whether a licence's paper is made of a case, as far as can be told without a licence."""
    root = paper.when.path.partition(".")[0] if paper.when else ""
    return root in _OF_A_LICENCE or is_for(paper, case, pack)


_OF_A_LICENCE = ("account", "agreed", "licence")


def _not_for(
    pack: Pack,
    papers: Wanted,
    checked: Sequence[Checked],
    named: Collection[str],
    today: date,
) -> Iterator[LeftOut]:
    for paper, _ in papers:
        for one in checked if paper.code in named and paper.scope != "batch" else ():
            case = one.stored.case
            if paper.scope == "licence" and one.licences:
                fits = any(
                    is_for(paper, case, pack, licence=licence, today=today)
                    for _, licence in one.licences
                )
            else:
                fits = _may_be_for(paper, case, pack)
            if not fits:
                yield LeftOut(case=case_name(case), paper=paper.title, reason=not_for(paper))
