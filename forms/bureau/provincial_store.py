"""The store of a province (总库): every patent that passed, with its licences as reported.

Looked up and exported from what the bureau keeps; nothing is stored a second time.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from forms.bureau.fee_words import fee_of
from forms.bureau.province import LISTED, number_of
from forms.bureau.records import (
    PACKAGE_CASES,
    REPORTED_LICENCES,
    PackageCase,
    ReportedLicence,
    State,
)
from forms.facts.derived import owners_joined
from forms.office.store import CaseStore
from forms.office.stored import Kept
from forms.output.plain_book import Cell, SheetOfRows, write_plain_book

MOST_SHOWN = 500
"""How many patents are shown at once; a search narrows them, an export has all."""

Which = Literal[
    "listed", "passed", "published", "licensed", "waiting", "returned", "refused", "withdrawn"
]
WHICH: tuple[Which, ...] = (
    *("listed", "passed", "published", "licensed", "waiting", "returned", "refused", "withdrawn"),
)
STATE_WORDS: Mapping[State, str] = {
    "waiting": "未审",
    "passed": "通过",
    "returned": "退回补正",
    "refused": "不予通过",
    "published": "已公布",
    "withdrawn": "已撤回",
    "replaced": "已由后一版代替",
}


class Entry(msgspec.Struct, frozen=True):
    """A patent of the store with its licences as reported, the first reported first."""

    kept: Kept[PackageCase]
    licences: tuple[Kept[ReportedLicence], ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a look into the store found: how many in all, and as many as were asked for.

    With `is_more` a search found more than `total`: how many, is not counted.
    """

    entries: tuple[Entry, ...]
    total: int
    is_more: bool = False


def look_up(
    store: CaseStore,
    which: Which = "listed",
    search: str = "",
    *,
    only: Sequence[int] = (),
    limit: int | None = MOST_SHOWN,
) -> Found:
    """Return the patents of a state that a search finds; `only` those of some ids."""
    shelf = store.records.of(PACKAGE_CASES)
    if only:
        wanted = set(only)
        found = [one for one in shelf.listed(search=search) if one.id in wanted]
        return _with_licences(store, found[:limit], len(found))
    if which == "licensed":
        keys = [one.record.patent_number for one in store.records.of(REPORTED_LICENCES).listed()]
        found = [
            one for one in shelf.listed(keys=keys, search=search) if one.record.state in LISTED
        ]
        return _with_licences(store, found[:limit], len(found))
    states = LISTED if which == "listed" else (which,)
    some: list[Kept[PackageCase]] = []
    if search.strip() and limit is not None:
        holding, is_more = shelf.found(search, states=states, most=limit)
        some = sorted(holding, key=lambda one: states.index(one.state))
        return _with_licences(store, some, len(some), is_more=is_more)
    for state in states:
        rest = None if limit is None else limit - len(some)
        if rest != 0:
            some += shelf.listed(state=state, search=search, limit=rest)
    total = len(some) if limit is None else sum(shelf.count(state=state) for state in states)
    return _with_licences(store, some, total)


def counts(store: CaseStore) -> dict[Which, int]:
    """Return how many patents are in each state; licensed are those of the listed."""
    states = store.records.of(PACKAGE_CASES).states()
    found: dict[Which, int] = {
        which: states.get(which, 0) for which in WHICH if which not in ("listed", "licensed")
    }
    found["listed"] = sum(states.get(state, 0) for state in LISTED)
    found["licensed"] = look_up(store, "licensed", limit=0).total
    return found


def export(entries: Iterable[Entry], fee_words: Mapping[str, str]) -> bytes:
    """Return patents of the store as a workbook: a sheet of patents, a sheet of licences."""
    patents: list[tuple[Cell, ...]] = []
    licences: list[tuple[Cell, ...]] = []
    for entry in entries:
        one, case = entry.kept.record, entry.kept.record.case
        decided = one.decision.at if one.decision is not None else None
        patents.append(
            (
                one.number,
                case.patent.title,
                owners_joined(case),
                one.office,
                case.patent.main_class,
                fee_of(case.royalty, fee_words).text,
                case.offer_end,
                case.region,
                STATE_WORDS[one.state],
                decided.date() if decided is not None else None,
                len(entry.licences),
            )
        )
        licences += [_licence_row(kept.record) for kept in entry.licences]
    return write_plain_book(
        [
            SheetOfRows("总库", _PATENT_HEAD, patents),
            SheetOfRows("许可情况", _LICENCE_HEAD, licences),
        ],
        "总库",
    )


_PATENT_HEAD = (
    *("专利号", "发明创造名称", "专利权人", "报送单位", "主分类号", "许可使用费"),
    *("许可期限届满日", "开放范围", "状态", "审核日期", "许可份数"),
)
_LICENCE_HEAD = (
    *("专利号", "发明创造名称", "报送单位", "被许可人", "许可使用费", "金额（元）", "签订日"),
    *("开始日", "终止日", "备案号", "备案日", "报来日", "来源"),
)


def _licence_row(one: ReportedLicence) -> tuple[Cell, ...]:
    return (
        *(one.patent_number, one.title, one.office, one.licensee, one.royalty, one.amount),
        *(one.signed_on, one.starts_on, one.ends_on, one.recorded_no, one.recorded_on),
        *(one.reported_on, one.source),
    )


def _with_licences(
    store: CaseStore, some: Sequence[Kept[PackageCase]], total: int, *, is_more: bool = False
) -> Found:
    keys = dict.fromkeys(one.record.number for one in some if one.record.number)
    by_number: dict[str, list[Kept[ReportedLicence]]] = {}
    for licence in store.records.of(REPORTED_LICENCES).listed(keys=keys) if keys else ():
        by_number.setdefault(number_of(licence.record.patent_number), []).append(licence)
    entries = tuple(
        Entry(one, tuple(by_number.get(number_of(one.record.number), ()))) for one in some
    )
    return Found(entries=entries, total=total, is_more=is_more)
