"""Export papers into a folder: drafts while errors stand, one file each, all put in place at
the end.

Cases are read, checked and made into orders a portion at a time, while papers are made; of a
paper that was made stay its name, its hashes and where its words lie.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import chain
from pathlib import Path

import msgspec

from forms.facts.derived import number_text
from forms.facts.record import Case, Office
from forms.ground.bulk_files import Lasting, Spool, lasting, put_on_bench
from forms.ground.files import workshop
from forms.office.case_standing import Checked, Progress, check_by_portions, no_progress
from forms.office.export_jobs import Asked, Job, jobs_of, papers_not_for, place_of, without_licence
from forms.office.many_cases import HeldCases, ManyCases
from forms.office.paper_making import (
    Unprintable,
    batch_file_name,
    composed_of_batch,
    made,
    standing_in_the_way,
)
from forms.office.paper_orders import Makers, Order, Orders, in_turn
from forms.office.papers_in_place import Done, DoneSoFar, Exported, put_in_place
from forms.office.papers_wanted import LeftOut, Wanted
from forms.office.store import CannotDo, CaseStore, case_name
from forms.office.stored import Made, StoredCase
from forms.pack.language import Paper
from forms.pack.types import Pack


class Faulty(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose papers are drafts: how messages name it, its number, "" where it has none.

    `of_itself` where the case has errors, and not a contract of it alone.
    """

    name: str
    number: str
    of_itself: bool


class ExportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was exported, what was not, and the cases with errors whose papers are drafts.

    `skipped` were left out whole for their errors.  `kept` are files that lay under a paper's
    name and are not ours: they stay, and the paper has another name.
    """

    made: Sequence[Exported]
    left_out: tuple[LeftOut, ...]
    drafts: tuple[Faulty, ...]
    skipped: tuple[Faulty, ...] = ()
    kept: tuple[Path, ...] = ()


def export(
    store: CaseStore,
    pack: Pack,
    today: date,
    cases: Sequence[StoredCase] | ManyCases,
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
    folder of its own until all is, so that memory hardly grows with the cases' number.
    Raises CannotWrite, CannotDo where no case is left.
    """
    asked = Asked(
        pack=pack,
        office=store.parties.office(),
        today=today,
        papers=papers,
        licences=licences,
        named=named,
    )
    many = cases if isinstance(cases, ManyCases) else HeldCases(cases)
    with (
        workshop(out) as bench,
        lasting() as files,
        Spool(bench / "words") as words,
        Spool(bench / "done") as kept_done,
    ):
        done = DoneSoFar(kept_done)
        run = _Run(store, asked, many, bench, files, words, done, skip_faulty, progress)
        run.make_of_cases(makers)
        if run.skipped and len(run.skipped) == len(many):
            raise CannotDo("所选案卷均有错误，无可导出，请用 check 查看。")
        run.make_of_batches()
        files.finish()
        done.put_in_order()
        placed, kept = put_in_place(store, pack, bench, out, words, done, bound_for or out)
    return ExportReport(
        made=placed,
        left_out=run.all_left_out(),
        drafts=run.drafts(),
        skipped=tuple(run.skipped.values()),
        kept=kept,
    )


class _Run:
    """One export under way: cases in, orders out, papers and what was left out kept in short."""

    def __init__(
        self,
        store: CaseStore,
        asked: Asked,
        cases: ManyCases,
        bench: Path,
        files: Lasting,
        words: Spool,
        done: DoneSoFar,
        skip_faulty: bool,
        progress: Progress,
    ) -> None:
        self._store = store
        self._asked = asked
        self._cases = cases
        self._bench = bench
        self._files = files
        self._words = words
        self._skips = skip_faulty
        self._progress = progress
        self._jobs: deque[tuple[Job, int]] = deque()  # ordered, not made yet
        self._done = done
        self._drafts: set[int | None] = set()  # the cases of papers that are drafts
        self._left_out: list[tuple[int, int, LeftOut]] = []
        self._faulty: dict[int, Faulty] = {}
        self.skipped: dict[int, Faulty] = {}
        self._batches = [
            (place, paper, formats)
            for place, (paper, formats) in enumerate(asked.papers)
            if paper.scope == "batch"
        ]
        self._of_batches: list[Case] = []  # as their own papers say them
        self._each = len(asked.papers) - len(self._batches)
        self._total = len(cases) * self._each + len(self._batches)

    def make_of_cases(self, makers: Makers) -> None:
        """Make the papers of the cases, in the order of the cases."""
        orders = Orders(
            pack=self._asked.pack,
            office=self._asked.office,
            each=self._orders(),
            about=len(self._cases) * self._each,
        )
        with closing(makers(orders)) as results:
            for result in results:
                job, so_far = self._jobs.popleft()
                self._progress(so_far, self._total)
                if isinstance(result, Made):
                    self._keep(job.place, job.name, job.case, result)
                else:
                    left = LeftOut(case=job.case, paper=job.paper.title, reason=f"{result}。")
                    self._left_out.append((2, job.place, left))

    def _orders(self) -> Iterator[Order]:
        store, asked = self._store, self._asked
        checked = check_by_portions(store, asked.pack, asked.today, self._cases)
        for place, one in enumerate(chain.from_iterable(checked)):
            if one.errors():
                self._faulty[one.stored.id] = _faulty(one)
                if self._skips:
                    self.skipped[one.stored.id] = self._faulty.pop(one.stored.id)
                    continue
            if self._batches:
                self._of_batches.append(one.stored.case)
            self._left_out += [(0, *left) for left in without_licence(asked, place, one)]
            self._left_out += [(1, *left) for left in papers_not_for(asked, place, one)]
            for of_case, job in enumerate(jobs_of(asked, place, one)):
                if job.order.draft and one.stored.id not in self._faulty:
                    self._faulty[one.stored.id] = _faulty(one)
                so_far = place * self._each + min(of_case, self._each - 1)
                self._jobs.append((job, so_far))
                yield msgspec.structs.replace(job.order, file=self._bench / str(job.place))

    def _keep(self, place: int, name: str, case: str | None, paper: Made) -> None:
        self._files.take(self._bench / str(place))
        if paper.draft:
            self._drafts.add(paper.case_id)
        self._done.add(
            Done(
                place,
                name,
                case,
                paper.paper,
                paper.format,
                paper.draft,
                paper.case_id,
                paper.licence_id,
                bytes.fromhex(paper.sha256),
                self._words.add(paper.words.encode()),
            )
        )

    def make_of_batches(self) -> None:
        """Make the papers of many cases here: there are few, each needs all cases at once.

        A case whose row can not be made is left out by name; the others are listed.
        """
        asked, day, cases = self._asked, self._asked.today.isoformat(), tuple(self._of_batches)
        for nth, (at, paper, formats) in enumerate(self._batches):
            draft = any(one.of_itself for one in self._faulty.values())
            name = batch_file_name(asked.pack, paper, asked.office, day, len(cases), draft=draft)
            for kind, format in enumerate(formats):
                done = self._total - len(self._batches) + nth
                self._progress(done, self._total)
                place = place_of(at, format=kind)
                try:
                    result = self._of_batch(paper, format, cases, place, draft=draft)
                except Unprintable as fault:
                    left = LeftOut(case=None, paper=paper.title, reason=f"{fault}。")
                    self._left_out.append((2, place, left))
                    continue
                put_on_bench(self._bench / str(place), result.content)
                self._keep(place, f"{name}.{format}", None, result)
        self._progress(self._total, self._total)

    def _of_batch(
        self, paper: Paper, format: str, cases: Sequence[Case], place: int, *, draft: bool
    ) -> Made:
        pack, office = self._asked.pack, self._asked.office
        try:
            return _made_of(paper, format, pack, cases, office, draft=draft)
        except Unprintable:
            without = standing_in_the_way(pack, paper, format, cases, office, draft=draft)
            listed = [case for at, case in enumerate(cases) if at not in without]
            if not without or not listed:
                raise
        result = _made_of(paper, format, pack, listed, office, draft=draft)
        for at, reason in without.items():
            left = LeftOut(
                case=case_name(cases[at]),
                paper=paper.title,
                reason=f"{reason}；其余案卷均已列入。",
            )
            self._left_out.append((2, place, left))
        return result

    def all_left_out(self) -> tuple[LeftOut, ...]:
        """What was left out, by why, then in the order of the papers."""
        return tuple(left for _, _, left in sorted(self._left_out, key=lambda one: one[:2]))

    def drafts(self) -> tuple[Faulty, ...]:
        """The cases for whose errors any of the papers is a draft."""
        of_all = None in self._drafts
        return tuple(
            one
            for case_id, one in self._faulty.items()
            if case_id in self._drafts or (of_all and one.of_itself)
        )


def _faulty(one: Checked) -> Faulty:
    case = one.stored.case
    return Faulty(name=case_name(case), number=number_text(case), of_itself=bool(one.errors()))


def _made_of(
    paper: Paper, format: str, pack: Pack, cases: Sequence[Case], office: Office, *, draft: bool
) -> Made:
    return made(composed_of_batch(pack, paper, cases, office, draft=draft), format, pack)
