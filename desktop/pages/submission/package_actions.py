"""Make a package and keep where it lies; show any package again, the one just made or an older.

What is in a package is read from its own manifest; the store keeps the hashes.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from db.store import Store
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.program_places import documents_folder, program_folder, usual_data_folder
from forms.exchange.package import sha256
from forms.exchange.package_manifest import MANIFEST_NAME
from forms.ground.files import CannotRead, TooLarge, read_bytes
from forms.ground.pdf_pages import page_count
from forms.office.past_packages import Changed, changed_since
from forms.office.store import CannotDo
from forms.office.stored import Submission
from forms.office.submission import ATTACHMENTS_MB, Submitted, read_attachments, submit
from forms.pack.types import Pack

_MOST_BYTES = ATTACHMENTS_MB << 20  # no file of a package is larger
_LOOKED_BACK = 20  # so many packages are compared with today's cases
CASES, FOLDER = "submission.cases", "submission.folder"
PACKAGES = "报送"


class Lies(msgspec.Struct, frozen=True):
    """Where a package lies, and what was said when it was made."""

    folder: str = ""
    zip: str = ""
    mails: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    locked: bool = False


@dataclass(frozen=True, kw_only=True)
class PackageFile:
    """A file of a package: `state` is "same", "changed" (on the disk) or "gone"."""

    name: str
    paper: str
    case_id: int | None
    size_bytes: int
    pages: int
    state: str


@dataclass(frozen=True, kw_only=True)
class Package:
    """A package as the page shows it; `took_s` is known of the one just made.

    `pack` is the one it was made with; where it is missing nothing is known to have changed.
    """

    submission: Submission
    pack: Pack | None
    lies: Lies
    files: tuple[PackageFile, ...]
    manifest: dict[str, Any]
    changed: tuple[Changed, ...]
    took_s: float | None = None

    @property
    def cases(self) -> int:
        """How many cases are in it."""
        return len({file.case_id for file in self.submission.files if file.case_id is not None})

    @property
    def size_bytes(self) -> int:
        """The size of all files together."""
        return sum(file.size_bytes for file in self.files)

    def lines(self, name: str) -> list[dict[str, Any]]:
        """A list of the manifest ("left_out", "missing_seals"); empty where it is not there."""
        lines = self.manifest.get(name)
        return lines if isinstance(lines, list) else []


def usual_folder(desk: Desk) -> Path:
    """Where packages go: where the last one went, else beside the data or in the documents.

    The usual folder of the data is one that systems hide; beside it nobody would find a package.
    """
    chosen = desk.store.settings.get(FOLDER)
    if chosen:
        return Path(chosen)
    beside = desk.store.path.parent
    is_hidden = beside == usual_data_folder() and not beside.is_relative_to(program_folder())
    return (documents_folder() if is_hidden else beside) / PACKAGES


def chosen_last(desk: Desk) -> list[int]:
    """Return the cases that were chosen last, if no package was made of them."""
    try:
        data = json.loads(desk.store.settings.get(CASES) or "[]")
    except ValueError:
        return []
    return [one for one in data if isinstance(one, int)] if isinstance(data, list) else []


def keep_chosen(desk: Desk, case_ids: Sequence[int]) -> None:
    """Keep which cases are chosen."""
    desk.store.settings.put(CASES, json.dumps(list(case_ids)))


def place_of(desk: Desk, submission: Submission | None) -> tuple[date, int]:
    """Return on which day and as which of that day a package is made; None is the next one."""
    day = (submission.made_at if submission else desk.now()).astimezone().date()
    made = desk.store.papers.submissions()
    same_day = [one.id for one in made if one.made_at.astimezone().date() == day]
    if submission is None:
        return day, len(same_day) + 1
    return day, sum(one <= submission.id for one in same_day)


def make(
    desk: Desk,
    case_ids: Sequence[int],
    out: Path,
    attachments: Sequence[Path],
    skipped: Sequence[tuple[int, str]],
    password: str | None,
    report: Report,
) -> Package:
    """Make the package of these cases, its zip locked by the password; in a job.

    Raises CannotDo, BadPassword, CannotRead, CannotWrite.
    """
    from desktop.desk.workers import on_every_core

    began = time.monotonic()
    pack = desk.pack
    further = read_attachments(attachments)
    with desk.own_store() as store:
        by_id = {stored.id: stored for stored in store.cases.listed(ids=list(case_ids))}
        cases = [by_id[case_id] for case_id in case_ids if case_id in by_id]
        if not cases:
            raise CannotDo("所选案卷均已不存在，请重新选择。")
        done = submit(
            store,
            pack,
            desk.today,
            cases,
            out,
            attachments=further,
            who=desk.who,
            progress=report,
            makers=on_every_core,
            password=password,
        )
        submission = store.papers.submissions()[0]
        keep(store, submission.id, done, skipped)
        return look_at(store, pack, submission, took_s=time.monotonic() - began)


def keep(
    store: Store, submission_id: int, done: Submitted, skipped: Sequence[tuple[int, str]]
) -> None:
    """Keep where a package lies."""
    lies = Lies(
        folder=str(done.written.folder),
        zip=str(done.written.zip),
        mails=tuple(str(mail) for mail in done.written.mails),
        advice=done.advice,
        skipped=tuple(skipped),
        locked=done.written.locked,
    )
    store.settings.put(f"submission.{submission_id}", msgspec.json.encode(lies).decode())


def look_at(
    store: Store, pack: Pack | None, submission: Submission, *, took_s: float | None = None
) -> Package:
    """A package with what became of its files and which of its papers have changed since."""
    lies = _lies(store, submission.id)
    folder = Path(lies.folder)
    return Package(
        submission=submission,
        pack=pack,
        lies=lies,
        files=tuple(_file(folder, file.name, file) for file in submission.files),
        manifest=_manifest(folder / MANIFEST_NAME),
        changed=changed_since(store, pack, submission.files) if pack is not None else (),
        took_s=took_s,
    )


def looked_at(desk: Desk, submission_id: int, report: Report) -> Package:
    """Return a package made before, as the pack of its version has it; in a job."""
    with desk.own_store() as store:
        submission = next(one for one in store.papers.submissions() if one.id == submission_id)
        report.check()
        pack = desk.shelf.in_version(submission.pack_code, submission.pack_version)
        return look_at(store, pack, submission)


def changed_in_each(desk: Desk, report: Report) -> dict[int, int | None]:
    """Return how many papers of each package have changed since, of the latest; in a job.

    None where its form pack is missing.
    """
    shelf = desk.shelf
    with desk.own_store() as store:
        found: dict[int, int | None] = {}
        for one in store.papers.submissions()[:_LOOKED_BACK]:
            report.check()
            pack = shelf.in_version(one.pack_code, one.pack_version)
            found[one.id] = None if pack is None else len(changed_since(store, pack, one.files))
        return found


def _lies(store: Store, submission_id: int) -> Lies:
    try:
        return msgspec.json.decode(
            store.settings.get(f"submission.{submission_id}") or "{}", type=Lies
        )
    except (msgspec.ValidationError, msgspec.DecodeError):
        return Lies()


def _file(folder: Path, name: str, noted: Any) -> PackageFile:
    try:
        content = read_bytes(folder / name, most=_MOST_BYTES)
    except TooLarge:
        content = b""  # no file of ours is: it was changed
    except CannotRead:
        content = None
    is_pdf = content is not None and name.lower().endswith(".pdf")
    same = content is not None and sha256(content) == noted.sha256
    return PackageFile(
        name=name,
        paper=noted.paper,
        case_id=noted.case_id,
        size_bytes=len(content or b""),
        pages=page_count(content) if content and is_pdf else 0,
        state="gone" if content is None else "same" if same else "changed",
    )


def _manifest(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(read_bytes(file, most=_MOST_BYTES))
    except (CannotRead, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
