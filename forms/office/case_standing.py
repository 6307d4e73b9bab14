"""Check cases of a store: everything wrong with each, and how its papers stand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from forms.check.case_check import checker_of, others_of
from forms.facts.declared import stage_of
from forms.facts.paths import UnknownPath, value_at
from forms.facts.record import Case, Licence
from forms.ground.problems import SEVERITY_ORDER, Problem, Severity
from forms.office.ledger_conflicts import conflict_problems
from forms.office.many_cases import ManyCases
from forms.office.paper_making import Standing, standings
from forms.office.store import CaseStore
from forms.office.stored import Export, StoredCase
from forms.pack.pack_shelf import Shelf
from forms.pack.types import Pack
from forms.rules import REGISTRY

Progress = Callable[[int, int], None]
"""Called with how many are done, of how many; it may raise to stop the work."""

State = Literal[
    "drafting",
    "faulty",
    "pending",
    "ready",
    "stale",
    "unsealed",
    "sealed",
    "sent",
    "licensed",
    "filed",
    "published",
    "refused",
    "withdrawn",
    "packless",
]

STATE_WORDS: Mapping[State, str] = {
    "drafting": "填写中",
    "faulty": "有错误",
    "pending": "待补",
    "ready": "可打印",
    "stale": "须重新打印",
    "unsealed": "待签章",
    "sealed": "可报送",
    "sent": "已报送",
    "licensed": "已许可",
    "filed": "已填报",
    "published": "已公告",
    "refused": "不予公告",
    "withdrawn": "已撤回",
    "packless": "缺表单包",
}
"""The states in the order of a case's life; last that nobody can tell it."""


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A case with all its problems; `licences` are (id in the store, licence).

    `pack` is the one that judged it, None where it is missing: then nothing was checked.
    """

    stored: StoredCase
    pack: Pack | None
    problems: tuple[Problem, ...]
    licences: tuple[tuple[int, Licence], ...] = ()
    standings: dict[str, Standing] = {}
    sent: bool = False

    def errors(self, licence: int | None = None) -> tuple[Problem, ...]:
        """The errors that make a paper of the case a draft; for a contract, its own as well.

        `licence` is the place of the licence among the case's.
        """
        return tuple(
            problem
            for problem in self.problems
            if problem.severity == "error" and _concerns(problem, licence)
        )

    @property
    def state(self) -> State:
        """The case's state in one word: what is to be done first, else how far it has come.

        A declaration that was filed is past its papers; one that was refused is judged anew when
        it is made anew.  What was sent is past its seals and what was pending, until a paper is
        changed (stale) or printed anew.  A licence does not hide that papers are not printed,
        sealed or complete.
        """
        if self.pack is None:
            return "packless"
        case = self.stored.case
        stage, standing = stage_of(case.declaration), set(self.standings.values())
        if stage == "refused":
            return stage
        if errors := self.errors():
            is_begun = all(_is_gap(case, one.field) and not _is_duty(one) for one in errors)
            if stage is None or not is_begun:
                return "drafting" if is_begun else "faulty"
        if stage is not None:
            return stage
        if "stale" in standing:
            return "stale"
        if self.sent:
            return "licensed" if self.licences else "sent"
        if "printed" in standing:
            return "unsealed"
        if any(p.severity == "pending" and p.scope != "contract" for p in self.problems):
            return "pending"
        if standing != {"sealed"}:
            return "ready"
        return "licensed" if self.licences else "sealed"


def counts(checked: Sequence[Checked]) -> dict[Severity, int]:
    """How many problems of each severity there are in all."""
    result: dict[Severity, int] = {"error": 0, "pending": 0, "advice": 0}
    for one in checked:
        for problem in one.problems:
            result[problem.severity] += 1
    return result


def check_cases(
    store: CaseStore,
    pack: Pack,
    today: date,
    cases: Sequence[StoredCase],
    *,
    progress: Progress = no_progress,
) -> list[Checked]:
    """Check cases of one pack, each by itself and all of them together."""
    return _together(store, today, check_alone(store, pack, today, cases, progress=progress))


def check_by_portions(
    store: CaseStore, pack: Pack, today: date, cases: ManyCases
) -> Iterator[list[Checked]]:
    """Check cases of one pack as `check_cases` does, and yield them a portion at a time.

    They are gone through twice: what is between cases has to be known of all of them.
    """
    office, checker = store.parties.office(), checker_of(pack)
    among = others_of((stored.case for stored in cases), office)
    for some in cases.portions():
        portion = check_alone(store, pack, today, some)
        for place, one in enumerate(portion):
            if more := checker.check_among(one.stored.case, today, among):
                portion[place] = msgspec.structs.replace(
                    one, problems=checker.fold(one.problems, more)
                )
        yield portion


def check_alone(
    store: CaseStore,
    pack: Pack,
    today: date,
    cases: Sequence[StoredCase],
    *,
    progress: Progress = no_progress,
) -> list[Checked]:
    """Check cases of one pack, each by itself: all that its state hangs on."""
    known = _Known(store, cases)
    return [_checked(known, pack, today, stored) for stored in _telling(cases, progress)]


def check_each(
    store: CaseStore,
    shelf: Shelf,
    today: date,
    cases: Sequence[StoredCase],
    *,
    progress: Progress = no_progress,
) -> list[Checked]:
    """Check cases of whatever packs, each by itself and by its own; of many they are asked once.

    One whose pack is missing has no problems, and the state "packless".
    """
    known = _Known(store, cases)
    return [
        _checked(known, known.judge(shelf, stored), today, stored)
        for stored in _telling(cases, progress)
    ]


def check_all(
    store: CaseStore,
    shelf: Shelf,
    today: date,
    cases: Sequence[StoredCase],
    *,
    progress: Progress = no_progress,
) -> list[Checked]:
    """Check cases of whatever packs, each by itself and those of one pack together."""
    return _together(store, today, check_each(store, shelf, today, cases, progress=progress))


def _telling(cases: Sequence[StoredCase], progress: Progress) -> Iterator[StoredCase]:
    for place, stored in enumerate(cases):
        progress(place, len(cases))
        yield stored
    progress(len(cases), len(cases))


def _together(store: CaseStore, today: date, alone: Sequence[Checked]) -> list[Checked]:
    """Add what is wrong between the cases of each pack."""
    result, office = list(alone), store.parties.office()
    places: dict[int, list[int]] = {}
    for place, one in enumerate(alone):
        places.setdefault(id(one.pack), []).append(place)
    for some in places.values():
        pack = alone[some[0]].pack
        if pack is None:
            continue
        checker = checker_of(pack)
        found = checker.check_batch([alone[at].stored.case for at in some], today, office)
        for place, problems in found.items():
            one = alone[some[place]]
            folded = checker.fold(one.problems, problems)
            result[some[place]] = msgspec.structs.replace(one, problems=folded)
    return result


class _Known:
    """What a store knows of some cases, asked for once."""

    def __init__(self, store: CaseStore, cases: Sequence[StoredCase]) -> None:
        ids = [stored.id for stored in cases]
        numbers = {stored.case.patent.number for stored in cases}
        self._store = store
        self._asked = {number for number in numbers if number}
        self._numbers: dict[str, Mapping[str, int]] = {}
        self.office = store.parties.office()
        self.sealed = store.papers.sealed(ids)
        self.exports = store.papers.exports_of(ids)
        self.licences = store.licences.granted(ids)
        self.packed = store.papers.packed(ids)
        self.counterparts = store.ledger.counterparts(ids)

    def numbers(self, pack: Pack) -> Mapping[str, int]:
        """How many cases carry each number among those of a pack: it lists each patent once."""
        code = pack.identity.code
        if code not in self._numbers:
            self._numbers[code] = self._store.cases.numbers(self._asked, pack=code)
        return self._numbers[code]

    def judge(self, shelf: Shelf, stored: StoredCase) -> Pack | None:
        """The pack that judges a case, None where it is missing.

        Its own, the newest of the code; but what was sent is judged by the version it was sent
        with until its papers are printed by another: a new form does not make it stale.
        """
        code, packed = stored.case.pack, self.packed.get(stored.id)
        if packed is None or packed.pack_code != code:
            return shelf.of(code)
        printed_anew = any(
            export.licence_id is None
            and not export.draft
            and export.made_at > packed.made_at
            and export.pack_version != packed.pack_version
            for export in self.exports.get(stored.id, ())
        )
        return shelf.of(code) if printed_anew else shelf.in_version(code, packed.pack_version)


def _checked(known: _Known, pack: Pack | None, today: date, stored: StoredCase) -> Checked:
    licences = tuple((one.id, one.licence) for one in known.licences.get(stored.id, ()))
    if pack is None:
        return Checked(stored=stored, pack=None, problems=(), licences=licences)
    exports = known.exports.get(stored.id, ())
    papers = standings(pack, stored, known.office, exports, known.sealed)
    checker = checker_of(pack)
    problems = checker.check(
        stored.case,
        today,
        numbers=known.numbers(pack),
        licences=[licence for _, licence in licences],
        seals=_seals(papers, pack),
        stale=frozenset(code for code, standing in papers.items() if standing == "stale"),
    )
    if others := known.counterparts.get(stored.id):
        problems = checker.fold(problems, conflict_problems(stored.case, others, pack))
    packed = known.packed.get(stored.id)
    return Checked(
        stored=stored,
        pack=pack,
        problems=problems,
        licences=licences,
        standings=papers,
        sent=_is_sent(
            packed.made_at if packed else None, [one for one in exports if one.paper in papers]
        ),
    )


def _is_sent(packed_at: datetime | None, exports: Sequence[Export]) -> bool:
    """Whether what was sent is what is printed now.

    A paper that was printed with other words since is to be sealed and sent anew.  `exports` are
    the latest first.
    """
    if packed_at is None:
        return False
    before: dict[str, str] = {}
    now: dict[str, str] = {}
    for one in exports:
        now.setdefault(one.paper, one.words_sha256)
        if one.made_at <= packed_at:
            before.setdefault(one.paper, one.words_sha256)
    return all(now[paper] == words for paper, words in before.items())


def _is_duty(problem: Problem) -> bool:
    """Whether it is owed once a declaration was made, and no mere answer that is waited for."""
    rule = REGISTRY.get(problem.rule)
    return rule is not None and rule.of_course


def _is_gap(case: Case, path: str) -> bool:
    """Whether a field merely waits for its answer."""
    try:
        return path not in case.unread and value_at(case, path) in ("", None, ())
    except UnknownPath:
        return False


def while_filling(problems: Sequence[Problem], case: Case) -> tuple[Problem, ...]:
    """Return the problems as they are told while a case is still filled in, the gravest first.

    What merely waits for its answer is no error yet: it is told as what is pending is.
    """
    told = (
        msgspec.structs.replace(one, severity="pending")
        if one.severity == "error" and _is_gap(case, one.field)
        else one
        for one in problems
    )
    return tuple(sorted(told, key=lambda one: SEVERITY_ORDER[one.severity]))


def _seals(papers: Mapping[str, Standing], pack: Pack) -> frozenset[str] | None:
    """The papers whose seal is not wanted: seals are asked of what has been printed only."""
    if set(papers.values()) <= {"unmade"}:
        return None
    return frozenset(
        code for code in pack.papers if papers.get(code, "unmade") in ("unmade", "sealed")
    )


def _concerns(problem: Problem, licence: int | None) -> bool:
    if problem.scope != "contract":
        return True
    if licence is None:
        return False
    head, _, rest = problem.field.partition(".")
    return head != "licence" or rest.partition(".")[0] == str(licence)
