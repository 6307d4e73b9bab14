"""A stack of scanned papers files itself: by the codes in their foot margins (页脚识别码).

A page's code holds part of the hash of its paper's words, and what was printed is remembered with
that hash: so each page finds its paper and its case, whatever order the stack is in.  A paper is
filed whole or not at all.  What can not be: a page without a code, of another computer's papers, a
paper with pages missing, or one whose case has changed since it was printed, is told and left to
the clerk.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from forms.exchange.scanned_pages import PageOf, SeenPage, put_together, seen_pages
from forms.facts.derived import number_text
from forms.ground.page_code import BITS, bits_of
from forms.ground.pdf_pages import page_count
from forms.office.case_standing import Progress, no_progress
from forms.office.paper_making import composed
from forms.office.sealed_scans import read_scan
from forms.office.store import CaseStore
from forms.office.stored import Export, StoredCase
from forms.pack.pack_shelf import Shelf
from forms.paper.document_words import words_sha256


class StackPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the stack: its number from 1 across all files, its file, what was seen of it."""

    number: int
    file: str
    content: bytes
    seen: SeenPage

    @property
    def taken(self) -> PageOf:
        """The page as it goes into a PDF."""
        return PageOf(self.content, self.seen.place, self.seen.turn)


class StackPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper found in the stack, its pages in their order.

    `missing` are its pages (from 1) that are not in the stack, of `count`; `again` are pages of the
    stack that repeat others; `is_stale` that the case's words are others by now.
    """

    export: Export
    title: str
    number: str
    pages: tuple[StackPage, ...]
    count: int
    missing: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    is_stale: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it can be filed: all pages, and words that still hold."""
        return not self.missing and not self.is_stale

    @property
    def content(self) -> bytes:
        """The paper's pages as one PDF."""
        return put_together([page.taken for page in self.pages])


class Stack(msgspec.Struct, frozen=True, kw_only=True):
    """A stack that was read: its papers, and the pages that nothing is known of."""

    count: int
    papers: tuple[StackPaper, ...]
    unread: tuple[StackPage, ...]
    words: tuple[str, ...] = ()


def read_stack(
    store: CaseStore,
    shelf: Shelf,
    files: Sequence[Path],
    *,
    progress: Progress = no_progress,
) -> Stack:
    """Read the pages of some files and find their papers; nothing is kept yet.

    Raises CannotDo, NoPicture, CannotRead, TooManyPages, naming the file.
    """
    scans, words = [], list[str]()
    for file in files:
        scanned = read_scan(file)
        words.extend(scanned.words)
        scans.append((file.name, scanned.content))
    stack = stack_of(store, shelf, scans, progress=progress)
    return msgspec.structs.replace(stack, words=tuple(words))


def stack_of(
    store: CaseStore,
    shelf: Shelf,
    scans: Sequence[tuple[str, bytes]],
    *,
    progress: Progress = no_progress,
) -> Stack:
    """Find the papers of some PDFs that were read, each a name and its bytes; nothing is kept.

    Raises TooManyPages, naming the file.
    """
    pages: list[StackPage] = []
    total = sum(page_count(content) for _, content in scans)
    for name, content in scans:
        for seen in seen_pages(content, name):
            progress(len(pages), total)
            pages.append(StackPage(number=len(pages) + 1, file=name, content=content, seen=seen))
    papers, unread = _papers(store, shelf, pages)
    return Stack(count=len(pages), papers=papers, unread=unread)


def file_stack(
    store: CaseStore, stack: Stack, *, who: str = "", progress: Progress = no_progress
) -> tuple[StackPaper, ...]:
    """Keep every whole paper as its case's sealed scan; return those that were kept.

    Each is kept by itself: what was filed stays filed where the rest is stopped.
    """
    kept = []
    whole = [paper for paper in stack.papers if paper.is_whole]
    for done, paper in enumerate(whole):
        progress(done, len(whole))
        export = paper.export
        store.papers.add_scan(
            export.case_id,
            export.paper,
            paper.content,
            export.words_sha256,
            licence_id=export.licence_id,
            who=who,
        )
        kept.append(paper)
    return tuple(kept)


def _papers(
    store: CaseStore, shelf: Shelf, pages: Sequence[StackPage]
) -> tuple[tuple[StackPaper, ...], tuple[StackPage, ...]]:
    groups: dict[tuple[int, int], list[StackPage]] = {}
    for page in pages:
        if (code := page.seen.code) is not None:
            groups.setdefault((code.words, code.pages), []).append(page)
    beginnings = [f"{words:0{BITS // 4}x}" for words, _ in groups]
    exports: dict[int, Export] = {}
    for export in store.papers.finals_of_words(beginnings):
        exports.setdefault(bits_of(export.words_sha256), export)
    ids = [one.case_id for one in exports.values() if one.case_id is not None]
    cases = {stored.id: stored for stored in store.cases.listed(ids=ids)}
    today = _Today(store, shelf)
    found: list[StackPaper] = []
    for (words, count), some in groups.items():
        known = exports.get(words)
        stored = cases.get(known.case_id) if known and known.case_id is not None else None
        if known is not None and (known.case_id is None or stored is not None):
            found.append(_paper(known, stored, some, count, today))
    filed = {page.number for paper in found for page in paper.pages}
    filed |= {number for paper in found for number in paper.again}
    unread = tuple(page for page in pages if page.number not in filed)
    return tuple(sorted(found, key=lambda one: one.pages[0].number)), unread


def _paper(
    export: Export,
    stored: StoredCase | None,
    pages: Sequence[StackPage],
    count: int,
    today: "_Today",
) -> StackPaper:
    first: dict[int, StackPage] = {}
    again = []
    for page in pages:
        place = page.seen.code.page if page.seen.code is not None else 0
        if place in first:
            again.append(page.number)
        else:
            first[place] = page
    title, now = today.of(export, stored)
    return StackPaper(
        export=export,
        title=title,
        number=number_text(stored.case) if stored is not None else "",
        pages=tuple(first[place] for place in sorted(first)),
        count=count,
        missing=tuple(place for place in range(1, count + 1) if place not in first),
        again=tuple(again),
        is_stale=now is not None and now != export.words_sha256,
    )


class _Today:
    """What papers say today, each by its own pack; asked for those of the stack alone."""

    def __init__(self, store: CaseStore, shelf: Shelf) -> None:
        self._store, self._shelf = store, shelf
        self._office = store.parties.office()

    def of(self, export: Export, stored: StoredCase | None) -> tuple[str, str | None]:
        """The paper's title, and its words' hash today; None where that is not said here.

        A summary's words hang on the cases chosen for it: it is looked at when it is sent.
        """
        pack = self._shelf.of(stored.case.pack if stored is not None else export.pack_code)
        paper = pack.papers.get(export.paper) if pack is not None else None
        if pack is None or paper is None:
            return export.paper, ""
        if stored is None:
            return paper.title, None
        licence = None
        if export.licence_id is not None:
            granted = {one.id: one.licence for one in self._store.licences.of_case(stored.id)}
            if export.licence_id not in granted:
                return paper.title, ""
            licence = granted[export.licence_id]
        document = composed(pack, paper, stored.case, self._office, licence=licence)
        return paper.title, words_sha256(document)


def told(stack: Stack) -> Iterator[str]:
    """What the clerk is to be told of a stack, a sentence each."""
    yield from stack.words
    for paper in stack.papers:
        name = f"{paper.number} 的《{paper.title}》" if paper.number else f"《{paper.title}》"
        if paper.is_stale:
            yield f"{name}打印后案卷有改动，没有归入，请重新打印、签章：第 {_listed(paper)} 页。"
        elif paper.missing:
            lacking = "、".join(map(str, paper.missing))
            yield f"{name}共 {paper.count} 页，缺第 {lacking} 页，没有归入；补扫后一起再归。"
        elif paper.again:
            more = "、".join(map(str, paper.again))
            yield f"{name}有重复的页，只取一次：第 {more} 页。"
    if stack.unread:
        pages = "、".join(str(page.number) for page in stack.unread)
        yield f"没有识别码，或者不是用这份资料打印的：第 {pages} 页，请逐页指明是什么文书。"


def _listed(paper: StackPaper) -> str:
    return "、".join(str(page.number) for page in paper.pages)
