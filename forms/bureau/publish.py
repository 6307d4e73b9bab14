"""Publish: read what passed, make the files of an issue, note that it was put up (登记已公布).

Nothing is uploaded: the folder is handed to whoever keeps the website (交网站管理员放上去).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec

from forms.bureau.issues import ISSUES, MADE, REGISTERED, Issue
from forms.bureau.publication import Candidate, Publication, publication
from forms.bureau.publication_choice import CHOICES, Choice, for_the_next
from forms.bureau.publication_plan import PublicationPlan
from forms.bureau.records import PACKAGE_CASES
from forms.facts.record import Case, Licence, Office
from forms.ground.files import make_folder, publish, workshop, write_atomically
from forms.office.case_standing import Progress, no_progress
from forms.office.paper_making import Unprintable, composed, composed_of_batch, written
from forms.office.store import CannotDo, CaseStore, ChangedMeanwhile
from forms.output.published import PublishedPatent
from forms.output.published_data import data_book
from forms.output.site import BOOK_NAME, LIST_FOLDER, site_files
from forms.pack.load import load
from forms.pack.types import Pack

OURS = "index.html"  # a folder that has one is asked about before it is written over
SUMMARY_NAME = "汇总表"
MOST_ON_PAPER = 20_000
"""Rows of the summary in the form's own layout; beyond it 公布.xlsx alone has them all."""


class NothingToPublish(CannotDo):
    """No patent is to be published; the message says why."""


class Made(msgspec.Struct, frozen=True):
    """The folder and files of an issue that were made; `told` are sentences for the clerk."""

    folder: Path
    files: tuple[Path, ...]
    told: tuple[str, ...]


def pack_of_plan(plan: PublicationPlan, packs: Mapping[str, Path]) -> Pack:
    """The form pack whose summary and contract are published.  Raises CannotDo, PackFault."""
    folder = packs.get(plan.contract_pack)
    if folder is None:
        raise CannotDo(f"公布方案用到的表单包（{plan.contract_pack}）不在本机，请先接收。")
    return load(folder)


def candidates(store: CaseStore) -> list[Candidate]:
    """The cases that came in, as they stand, in the order in which they came."""
    kept = store.records.of(PACKAGE_CASES).listed()
    return [Candidate(one.record.case, one.record.office, one.record.state) for one in kept]


def issues_of(store: CaseStore) -> list[Issue]:
    """The issues that were registered, in order."""
    found = [one.record for one in store.records.of(ISSUES).listed(state=REGISTERED)]
    return sorted(found, key=lambda issue: issue.number)


def made_issue(store: CaseStore) -> Issue | None:
    """The issue whose files were made and that is not registered yet."""
    kept = store.records.of(ISSUES).listed(state=MADE)
    return kept[-1].record if kept else None


def keep_made(
    store: CaseStore, found: Publication, decided: Choice | None = None, *, who: str = ""
) -> None:
    """Remember the issue whose files were made: that one is registered, whatever comes in then.

    Raises ChangedMeanwhile where it is not `decided` any more as it was when they were made.
    """
    with store.transaction():
        if decided is not None and for_the_next(choice_of(store)) != for_the_next(decided):
            raise ChangedMeanwhile("生成期间公布的选择已有改动，这些文件不能用于公布，请重新生成。")
        forget_made(store)
        store.records.of(ISSUES).add(found.issue(), who=who)


def forget_made(store: CaseStore) -> None:
    """Something was decided anew: the files made are no longer those to be put up."""
    shelf = store.records.of(ISSUES)
    with store.transaction():  # none that is registered meanwhile
        shelf.bin([one.id for one in shelf.listed(state=MADE)])


def choice_of(store: CaseStore) -> Choice:
    """What was decided of the next issue so far."""
    kept = store.records.of(CHOICES).listed(limit=1)
    return kept[0].record if kept else Choice()


def change_choice(
    store: CaseStore, made_of: Callable[[Choice], Choice], *, who: str = ""
) -> Choice:
    """Decide something beside what is decided by now, be it by others; what is decided then."""
    shelf = store.records.of(CHOICES)
    with store.transaction():
        kept = shelf.listed(limit=1)
        choice = made_of(kept[0].record if kept else Choice())
        if kept:
            shelf.save(kept[0].id, choice, who=who)
        else:
            shelf.add(choice, who=who)
    return choice


def decide_anew(store: CaseStore, made_of: Callable[[Choice], Choice], *, who: str = "") -> Choice:
    """Decide something as `change_choice` does; files made before are no longer to be put up."""
    with store.transaction():
        choice = change_choice(store, made_of, who=who)
        forget_made(store)
    return choice


def next_issue(store: CaseStore, plan: PublicationPlan, day: date) -> Publication:
    """The next issue as it would be published on a day, by what was decided."""
    return publication(candidates(store), plan, choice_of(store), day, issues_of(store))


def make_files(
    found: Publication,
    plan: PublicationPlan,
    pack: Pack,
    folder: Path,
    *,
    office: Office | None = None,
    force: bool = False,
    progress: Progress = no_progress,
) -> Made:
    """Write the site, the data and the merged summary into a folder.

    `office` is the bureau's own profile, for the head of the summary.

    Raises NothingToPublish; CannotDo where the folder has an issue that may not be replaced;
    CannotWrite.
    """
    if not found.published.patents:
        why = "、".join(dict.fromkeys(one.reason for one in found.withheld)) or "没有收到报送包"
        raise NothingToPublish(f"没有可以公布的专利（{why}）。")
    is_there = (folder / OURS).exists()
    if is_there and not force:
        raise CannotDo(
            f"“{folder}”里已有一期公布文件，未覆盖。请另选文件夹；确需覆盖的，请加 --force。"
        )
    told: list[str] = []
    moved: list[tuple[Path, Path]] = []
    with workshop(folder) as room:
        new = room / "new"
        count = len(found.published.patents) // 100 + 20
        for place, (name, content) in enumerate(
            _files(found, plan, pack, office or Office(), told)
        ):
            progress(min(place, count), count)
            write_atomically(new / name, content)
            moved.append((new / name, folder / name))
        former = room / "former"
        former.mkdir()
        for parent in {target.parent for _, target in moved}:
            make_folder(parent)
        publish(moved, aside=former)
    files = tuple(target for _, target in moved)
    if is_there:
        _take_away_old(folder / LIST_FOLDER, set(files))
    return Made(folder, files, tuple(told))


def _files(
    found: Publication, plan: PublicationPlan, pack: Pack, office: Office, told: list[str]
) -> Iterator[tuple[str, bytes]]:
    book = data_book(found.published)
    yield from site_files(found.published, book, _contract(plan, pack))
    yield from _summary(found, plan, pack, office, told)


def _take_away_old(folder: Path, files: set[Path]) -> None:
    """Take away the pages of an issue before that this one does not have: a patent may be gone."""
    for path in folder.glob("[0-9][0-9][0-9][0-9].html"):
        if path not in files:
            with suppress(OSError):
                path.unlink()


def _contract(plan: PublicationPlan, pack: Pack) -> bytes | None:
    """The contract to be filled in, as the pack prints it, without a patent in it."""
    paper = pack.papers.get(plan.contract_paper)
    if paper is None:
        return None
    case = Case(pack=pack.identity.code)
    document = composed(pack, paper, case, Office(), licence=Licence(), draft=False)
    return written(document, "docx", pack)


def _summary(
    found: Publication, plan: PublicationPlan, pack: Pack, office: Office, told: list[str]
) -> Iterator[tuple[str, bytes]]:
    """The merged summary of all units; it says no more of a person than the page does."""
    paper = pack.papers.get(plan.summary_paper)
    if paper is None:
        return
    if len(found.cases) > MOST_ON_PAPER:
        told.append(f"超过 {MOST_ON_PAPER:,} 件，未另排汇总表，各件见{BOOK_NAME}。")
        return
    pairs = zip(found.cases, found.published.patents, strict=True)
    cases = [as_published(case, patent) for case, patent in pairs]
    named = msgspec.structs.replace(office, name=office.name or plan.authority)
    document = composed_of_batch(pack, paper, cases, named)
    for format in ("xlsx", "pdf"):
        try:
            yield f"{SUMMARY_NAME}.{format}", written(document, format, pack)
        except Unprintable as fault:
            told.append(f"汇总表（{format}）未生成：{fault}。")


def as_published(case: Case, patent: PublishedPatent) -> Case:
    """A case with its texts as they are published: what is hidden on the page is hidden here."""
    phones = (patent.contact_phone, patent.contact_mobile)
    owners = tuple(
        msgspec.structs.replace(owner, name=name)
        for owner, name in zip((one for one in case.owners if one.name), patent.owners, strict=True)
    )
    contact = msgspec.structs.replace(
        case.contact, name=patent.contact_name, phone="、".join(filter(None, phones))
    )
    replaced = msgspec.structs.replace(case.patent, title=patent.title)
    return msgspec.structs.replace(case, patent=replaced, owners=owners, contact=contact)


def register_issue(store: CaseStore, today: date, *, who: str = "") -> Issue:
    """Note that the issue made last was put up; its cases stand as published.

    Raises CannotDo where no files were made since the issue before.
    """
    shelf = store.records.of(ISSUES)
    with store.transaction():
        kept = shelf.listed(state=MADE)
        known = issues_of(store)
        number = known[-1].number + 1 if known else 1
        if not kept or kept[-1].record.number != number:
            raise CannotDo(f"第 {number} 期的公布文件还没有生成，请先生成，放上去以后再登记。")
        issue = msgspec.structs.replace(kept[-1].record, registered=today)
        shelf.save(kept[-1].id, issue, revision=kept[-1].revision, who=who)
        _mark(store, {one.number for one in issue.patents}, who)
        store.events.log("issue.registered", who=who, counts={"patents": len(issue.patents)})
    return issue


def _mark(store: CaseStore, numbers: set[str], who: str) -> None:
    """Let the cases stand as published; those that are no longer, as passed."""
    shelf = store.records.of(PACKAGE_CASES)
    for state, wanted in (("passed", True), ("published", False)):
        for one in shelf.listed(state=state):
            if (one.record.number in numbers) is wanted:
                turned = "published" if wanted else "passed"
                record = msgspec.structs.replace(one.record, state=turned)
                shelf.save(one.id, record, revision=one.revision, who=who)


def take_down(choice: Choice, number: str, reason: str) -> Choice:
    """Leave a patent out of the next issue (撤下); the issues before stay listed.

    Source: 试点工作方案 三（三）2: 转移专利权的，应当提请试点省局撤回已公布的信息.
    """
    return msgspec.structs.replace(choice, taken_down=choice.taken_down | {number: reason})


def put_back(choice: Choice, numbers: Sequence[str]) -> Choice:
    """Let patents that were taken down be published again."""
    left = {one: why for one, why in choice.taken_down.items() if one not in numbers}
    return msgspec.structs.replace(choice, taken_down=left)
