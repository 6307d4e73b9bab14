"""Look back at what went into a package: which of its papers the cases no longer agree with.

A paper of a package is known by its file's hash, which leads to the words it was printed from;
they are compared with the words the paper would have today.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.office.paper_making import composed, composed_of_batch
from forms.office.store import CaseStore
from forms.office.stored import Export, Scan, SubmittedFile
from forms.pack.types import Pack
from forms.paper.document_words import words_sha256


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A paper of a package whose words are others today; `is_gone` where its case is."""

    name: str
    case_id: int | None
    paper: str
    is_gone: bool = False


def changed_since(
    store: CaseStore, pack: Pack, files: Sequence[SubmittedFile]
) -> tuple[Changed, ...]:
    """The papers of a package that must be printed and signed anew, in the package's order.

    A paper whose words are not known any more, or that the pack no longer has, says nothing.
    """
    ids = list(dict.fromkeys(file.case_id for file in files if file.case_id is not None))
    cases = {stored.id: stored for stored in store.cases.listed(ids=ids)}
    office = store.parties.office()
    found = []
    for file in files:
        paper = pack.papers.get(file.paper)
        if paper is None:
            continue
        printed = _printed(store, file)
        if file.case_id is None:
            if paper.scope != "batch" or printed is None:
                continue
            there = [cases[case_id].case for case_id in ids if case_id in cases]
            today = words_sha256(composed_of_batch(pack, paper, there, office)) if there else ""
            is_gone = not there
        else:
            stored = cases.get(file.case_id)
            is_gone = stored is None
            today = words_sha256(composed(pack, paper, stored.case, office)) if stored else ""
        if is_gone or (printed is not None and printed != today):
            found.append(
                Changed(name=file.name, case_id=file.case_id, paper=file.paper, is_gone=is_gone)
            )
    return tuple(found)


def _printed(store: CaseStore, file: SubmittedFile) -> str | None:
    """The hash of the words a file was printed from."""
    known: list[Export | Scan] = [*store.papers.exports(file.case_id)]
    known += store.papers.scans(file.case_id, file.paper)
    return next((one.words_sha256 for one in known if one.sha256 == file.sha256), None)
