"""What the page 公布 has done in jobs: reading, weighing, making, registering."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.program_places import taken_packs_folder

if TYPE_CHECKING:
    from forms.bureau.issues import Issue
    from forms.bureau.publication import Candidate, Publication
    from forms.bureau.publication_choice import Choice
    from forms.bureau.publication_plan import PublicationPlan
    from forms.bureau.publish import Made


@dataclass(frozen=True, kw_only=True)
class Look:
    """What came in and went out before, and the next issue as it would be by a choice."""

    plan: PublicationPlan
    candidates: Sequence[Candidate]
    issues: Sequence[Issue]
    choice: Choice
    found: Publication
    made: Issue | None = None
    """The issue whose files wait to be put up."""


def reading(desk: Desk, choice: Choice, day: date) -> Callable[[Report], Look]:
    """Read what came in and weigh it; a job's work."""

    def work(report: Report) -> Look:
        from forms.bureau.publication import publication
        from forms.bureau.publication_plan import find_plan
        from forms.bureau.publish import candidates, issues_of, made_issue

        plan = find_plan(taken_packs_folder(desk.store.path))
        with desk.own_store() as store:
            some, issues, made = candidates(store), issues_of(store), made_issue(store)
        report.check()
        found = publication(some, plan, choice, day, issues)
        return Look(
            plan=plan, candidates=some, issues=issues, choice=choice, found=found, made=made
        )

    return work


def weighing(look: Look, choice: Choice, day: date) -> Callable[[Report], Look]:
    """Weigh what was read by another choice; a job's work, without the database."""

    def work(_report: Report) -> Look:
        from forms.bureau.publication import publication

        found = publication(look.candidates, look.plan, choice, day, look.issues)
        return Look(
            plan=look.plan,
            candidates=look.candidates,
            issues=look.issues,
            choice=choice,
            found=found,
        )

    return work


def making(
    desk: Desk, look: Look, folder: Path, *, force: bool, is_kept: bool
) -> Callable[[Report], Made]:
    """Make the files of the issue; a job's work.  Those to be put up are `is_kept` in mind."""
    packs, office = dict(desk.packs), desk.store.parties.office()

    def work(report: Report) -> Made:
        from forms.bureau.publish import keep_made, make_files, pack_of_plan

        pack = pack_of_plan(look.plan, packs)
        made = make_files(
            *(look.found, look.plan, pack, folder), office=office, force=force, progress=report
        )
        if is_kept:
            with desk.own_store() as store:
                keep_made(store, look.found, look.choice, who=desk.who)
        return made

    return work


def registering(desk: Desk) -> Callable[[Report], Issue]:
    """Note that the issue was put up; a job's work."""

    def work(_report: Report) -> Issue:
        from forms.bureau.publish import register_issue

        with desk.own_store() as store:
            return register_issue(store, desk.today, who=desk.who)

    return work
