"""What is done with papers and scans, in jobs: export, read, keep.  No widgets."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.pages.seals.dropped_scans import Dropped
from desktop.pages.seals.waiting_papers import Key, Waiting, chosen_cases
from forms.exchange.scanned_pages import put_together
from forms.ground.files import publish, workshop
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.pdf_pages import page_count
from forms.office.paper_export import ExportReport, export
from forms.office.scan_names import Candidate, matched
from forms.office.sealed_scans import keep_sealed, read_scan


def export_papers(
    desk: Desk, wanted: Sequence[Waiting], folder: Path, report: Report
) -> tuple[Path, list[ExportReport]]:
    """Export papers into a folder, all or none.  Raises CannotWrite, Cancelled."""
    from desktop.desk.workers import on_every_core

    groups: dict[str, list[Waiting]] = {}
    for one in wanted:
        groups.setdefault(one.paper.code, []).append(one)
    done, total, reports = 0, len(wanted), []
    with workshop(folder) as bench, desk.own_store() as store, store.transaction():
        for place, group in enumerate(groups.values()):
            ids = list(dict.fromkeys(one.stored.id for one in group if one.stored))
            ids = ids or list(chosen_cases(store))
            reports.append(
                export(
                    store,
                    desk.pack,
                    desk.today,
                    store.cases.listed(ids=ids),
                    bench / str(place),
                    [(group[0].paper, ("pdf",))],
                    licences={one.licence.id for one in group if one.licence},
                    bound_for=folder,
                    progress=partial(_further, report, done, total),
                    makers=on_every_core,
                )
            )
            done += len(group)
        (bench / "aside").mkdir()
        made = [one.path for each in reports for one in each.made]
        publish([(file, folder / file.name) for file in made], aside=bench / "aside")
    return folder, reports


def _further(report: Report, before: int, total: int, done: int, _of: int) -> None:
    report(min(before + done, total), total)


def read_scans(
    desk: Desk, files: Sequence[Path], candidates: Sequence[Candidate[Key]], report: Report
) -> tuple[list[Dropped], list[str]]:
    """Read scans; the sentences say which could not be taken and why, and what to look at.

    What no file's name tells is told by the codes in the foot margins: a stack comes apart into its
    papers, and the pages that nothing is known of.  In a job.
    """
    scans: list[Dropped] = []
    faults: list[str] = []
    said: list[str] = []
    for place, file in enumerate(files):
        report(place, len(files), file.name)
        try:
            scan = read_scan(file)
        except ForTheClerk as fault:
            faults.append(str(fault))
            continue
        pages = page_count(scan.content)
        said += scan.words
        key: Key | None = matched(file.name, candidates)
        by_name = key is not None
        scans.append(
            Dropped(name=file.name, content=scan.content, pages=pages, key=key, by_name=by_name)
        )
    apart, told = _apart(desk, [scan for scan in scans if scan.key is None], report)
    return [*(scan for scan in scans if scan.key is not None), *apart], [*faults, *said, *told]


def _apart(desk: Desk, scans: Sequence[Dropped], report: Report) -> tuple[list[Dropped], list[str]]:
    """Scans taken apart by their codes; those without any stay as they are."""
    from forms.office.scan_filing import stack_of, told

    if not scans:
        return [], []
    with desk.own_store() as store:
        named = [(scan.name, scan.content) for scan in scans]
        try:
            stack = stack_of(store, desk.shelf, named, progress=report)
        except ForTheClerk as fault:
            return list(scans), [str(fault)]
    coded = {page.file for paper in stack.papers for page in paper.pages}
    found = [
        Dropped(
            name=t("seals.scans.by_code", title=paper.title, number=paper.number),
            content=paper.content,
            pages=len(paper.pages),
            key=(paper.export.case_id, paper.export.paper, paper.export.licence_id),
        )
        for paper in stack.papers
        if paper.is_whole
    ]
    left = [page for paper in stack.papers if not paper.is_whole for page in paper.pages]
    left += [page for page in stack.unread if page.file in coded]
    pages = [
        Dropped(
            name=t("seals.scans.page_of", name=page.file, page=page.seen.place + 1),
            content=put_together([page.taken]),
            pages=1,
            key=None,
            is_part=True,
        )
        for page in sorted(left, key=lambda page: page.number)
    ]
    whole = [scan for scan in scans if scan.name not in coded]
    return [*found, *pages, *whole], list(told(stack)) if coded else []


def keep_scans(
    desk: Desk, pairs: Sequence[tuple[Dropped, Waiting]], report: Report
) -> tuple[list[Dropped], int]:
    """Keep scans, all or none: which were kept, how many of them are stale.  In a job."""
    stale = 0
    with desk.own_store() as store, store.transaction():
        for place, (scan, paper) in enumerate(pairs):
            report(place, len(pairs), scan.name)
            done = keep_sealed(
                *(store, desk.pack, paper.stored, paper.paper, scan.content),
                licence=paper.licence,
                who=desk.who,
            )
            stale += done.stale
    return [scan for scan, _ in pairs], stale


def kept_scan(desk: Desk, paper: Waiting, report: Report) -> Dropped | None:
    """The scan that is kept of a paper, None where there is none; in a job."""
    case_id, code, licence_id = paper.key
    with desk.own_store() as store:
        report.check()
        scan = store.papers.scan(case_id, code, licence_id=licence_id)
        if scan is None:
            return None
        content = store.papers.scan_content(scan)
    name = f"{paper.stem}.pdf"
    return Dropped(name=name, content=content, pages=page_count(content), key=paper.key)
