"""What is to be made of checked cases, paper by paper; and what of it can not be, and why."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import msgspec

from forms.facts.record import Case, Office
from forms.office.case_standing import Checked
from forms.office.paper_making import not_for, paper_file_name
from forms.office.paper_orders import Order
from forms.office.papers_wanted import LeftOut, Wanted
from forms.office.store import case_name
from forms.pack.language import Paper
from forms.pack.types import Pack
from forms.paper.made_for import is_for


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of a case to make: its place among all papers, its file's name, its order."""

    place: int
    paper: Paper
    name: str
    case: str
    order: Order


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for: papers, perhaps of some contracts alone, and those called by name."""

    pack: Pack
    office: Office
    today: date
    papers: Wanted
    licences: Collection[int] | None = None
    named: Collection[str] = ()


def place_of(paper: int, case: int = 0, licence: int = 0, format: int = 0) -> int:
    """Where a paper stands among all: by paper, then case, then contract, then format."""
    return ((paper * 10**9 + case) * 10**4 + licence) * 100 + format


def jobs_of(asked: Asked, place: int, one: Checked) -> Iterator[Job]:
    """Yield what is to be made of a case, that stands at a place among the cases."""
    pack, case = asked.pack, one.stored.case
    of_case = case_name(case)
    for at, (paper, formats) in enumerate(asked.papers):
        if paper.scope == "batch":
            continue
        contracts = one.licences if paper.scope == "licence" else ((None, None),)
        for number, (licence_id, licence) in enumerate(contracts):
            of_all = licence is None or asked.licences is None
            if not of_all and licence_id not in (asked.licences or ()):
                continue
            if not is_for(paper, case, pack, licence=licence, today=asked.today):
                continue
            draft = bool(one.errors(number if licence else None))
            name = paper_file_name(
                *(pack, paper, case, asked.office, asked.today.isoformat()),
                licence=licence,
                draft=draft,
            )
            for kind, format in enumerate(formats):
                yield Job(
                    place=place_of(at, place, number, kind),
                    paper=paper,
                    name=f"{name}.{format}",
                    case=of_case,
                    order=Order(
                        paper=paper.code,
                        format=format,
                        case=case,
                        case_id=one.stored.id,
                        licence=licence,
                        licence_id=licence_id,
                        granted=tuple(granted for _, granted in one.licences),
                        today=asked.today,
                        draft=draft,
                    ),
                )


def without_licence(asked: Asked, place: int, one: Checked) -> Iterator[tuple[int, LeftOut]]:
    """Yield the contracts' papers of a case that has none, each with its place."""
    for at, (paper, _) in enumerate(asked.papers):
        if paper.scope != "licence" or one.licences:
            continue
        if _may_be_for(paper, one.stored.case, asked.pack):
            yield (
                place_of(at, place),
                LeftOut(
                    case=case_name(one.stored.case),
                    paper=paper.title,
                    reason="尚未登记许可，请先登记被许可人和合同条款。",
                ),
            )


def papers_not_for(asked: Asked, place: int, one: Checked) -> Iterator[tuple[int, LeftOut]]:
    """Yield the papers called by name that are none of a case's, each with its place."""
    case = one.stored.case
    for at, (paper, _) in enumerate(asked.papers):
        if paper.code not in asked.named or paper.scope == "batch":
            continue
        if paper.scope == "licence" and one.licences:
            fits = any(
                is_for(paper, case, asked.pack, licence=licence, today=asked.today)
                for _, licence in one.licences
            )
        else:
            fits = _may_be_for(paper, case, asked.pack)
        if not fits:
            left = LeftOut(case=case_name(case), paper=paper.title, reason=not_for(paper))
            yield place_of(at, place), left


def _may_be_for(paper: Paper, case: Case, pack: Pack) -> bool:
    """Whether a licence's paper is made of a case, as far as can be told without a licence."""
    root = paper.when.path.partition(".")[0] if paper.when else ""
    return root in _OF_A_LICENCE or is_for(paper, case, pack)


_OF_A_LICENCE: Sequence[str] = ("account", "agreed", "licence")
