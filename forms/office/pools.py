"""Pools (专利池) as an office keeps them: made, joined, filled, left; what of one is at hand.

Whoever wants all of a pool at once takes `view`; the window and the command line call the rest.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

import msgspec

from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import Party
from forms.ground.cleaning import fold
from forms.office.offered_values import party_of_office
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.pool import standing
from forms.pool.book_columns import WHY_WORDS
from forms.pool.charter_rules import check_agreements, check_grades, check_pool
from forms.pool.entry_rules import digits_of
from forms.pool.findings import PoolProblem, worded
from forms.pool.records import (
    AGREEMENTS,
    APPLICATIONS,
    CHARTS,
    LICENCES,
    MEMBERS,
    PATENTS,
    POOLS,
    Agreement,
    Application,
    EvidenceChart,
    Grade,
    Member,
    Pool,
    PoolLicence,
    PoolPatent,
    WhyOut,
)

WORK = "work.pool"
"""The setting that brings the place 专利池 onto the rail (用到的工作)."""
GRADES = (
    Grade(name="甲级", weight=Decimal(5)),
    Grade(name="乙级", weight=Decimal(3)),
    Grade(name="丙级"),
)
"""The grades a new pool begins with; it may change them."""

_replace = msgspec.structs.replace


class PoolView(msgspec.Struct, frozen=True, dict=True):
    """All of a pool: its members in the order of joining, patents, and what is going on."""

    pool: Kept[Pool]
    members: tuple[Kept[Member], ...]
    patents: tuple[Kept[PoolPatent], ...]
    applications: tuple[Kept[Application], ...]
    agreements: tuple[Kept[Agreement], ...]
    licences: tuple[Kept[PoolLicence], ...]
    charts: tuple[Kept[EvidenceChart], ...]

    @cached_property
    def names(self) -> Mapping[int, str]:
        """The members' names by their ids."""
        return {one.id: one.record.party.name for one in self.members}

    def in_on(self, day: date) -> list[Kept[PoolPatent]]:
        """Return the patents that are in the pool on a day."""
        return [one for one in self.patents if standing.is_in(one.record, day)]

    def problems(self, today: date) -> tuple[PoolProblem, ...]:
        """Return what stands against charter, agreements, grades, and what of the lists is open."""
        members = [one.record for one in self.members]
        pool, here = self.pool.record, (one.record for one in self.in_on(today))
        agreements = (one.record for one in self.agreements)
        return worded(
            (
                *check_pool(pool, members, today),
                *check_agreements(agreements),
                *check_grades(pool, here),
            )
        )


def view(store: CaseStore, pool_id: int) -> PoolView:
    """Return all of a pool.  Raises UnknownRecord."""
    records = store.records
    members = records.of(MEMBERS).listed(parent=pool_id)
    return PoolView(
        pool=records.of(POOLS).get(pool_id),
        members=tuple(sorted(members, key=lambda one: (one.record.order, one.id))),
        patents=tuple(records.of(PATENTS).listed(parent=pool_id)),
        applications=tuple(records.of(APPLICATIONS).listed(parent=pool_id)),
        agreements=tuple(records.of(AGREEMENTS).listed(parent=pool_id)),
        licences=tuple(records.of(LICENCES).listed(parent=pool_id)),
        charts=tuple(records.of(CHARTS).listed(parent=pool_id)),
    )


def pools(store: CaseStore) -> Sequence[Kept[Pool]]:
    """Return the pools there are."""
    return store.records.of(POOLS).listed()


def pool_named(store: CaseStore, text: str = "") -> Kept[Pool]:
    """Return the pool of a name or an id ("专利池3", "3"), without either the only one.

    Raises CannotDo.
    """
    all_ = pools(store)
    wanted = fold(text)
    bare = wanted.removeprefix(fold("专利池")).lstrip("#")
    found = [one for one in all_ if fold(one.record.name) == wanted] if wanted else list(all_)
    if not found and bare.isdecimal():
        found = [one for one in all_ if one.id == int(bare[:9])]
    if len(found) == 1:
        return found[0]
    if not all_:
        raise CannotDo("还没有专利池，请用 pool create 新建。")
    names = "、".join(f"{one.record.name}（{one.id}）" for one in all_[:10])
    what = "有几个专利池，请写明是哪一个" if not wanted else f"没有或者不止一个“{text}”"
    raise CannotDo(f"{what}：{names}。")


def create(store: CaseStore, pool: Pool, *, who: str = "") -> Kept[Pool]:
    """Add a pool; its place comes onto the rail.  Raises CannotDo without a name of its own."""
    with store.transaction():
        _raise_unless_own_name(store, pool, None)
        kept = store.records.of(POOLS).add(pool, who=who, what="新建")
        store.settings.put(WORK, "true")
        store.events.log("pool.created", who=who)
    return kept


def change(
    store: CaseStore,
    pool_id: int,
    made_of: Callable[[Pool], Pool],
    *,
    who: str = "",
    amends: int | None = None,
) -> Kept[Pool]:
    """Change a pool as it stands now, so that what others have changed of it stays.

    The version of the revision that it `amends` gives place to it, if that is still the last.
    Raises CannotDo.
    """
    with store.transaction():
        now = store.records.of(POOLS).get(pool_id)
        pool = made_of(now.record)
        _raise_unless_own_name(store, pool, pool_id)
        return store.records.of(POOLS).save(
            pool_id, pool, revision=now.revision, who=who, amends=amends == now.revision
        )


def _raise_unless_own_name(store: CaseStore, pool: Pool, own: int | None) -> None:
    if not pool.name.strip():
        raise CannotDo("专利池没有名称，请填写。")
    for other in pools(store):
        if other.id != own and fold(other.record.name) == fold(pool.name):
            raise CannotDo(f"已有名为“{pool.name}”的专利池，请另取名称。")


# --- members ----------------------------------------------------------------------------------


def add_member(store: CaseStore, pool_id: int, member: Member, *, who: str = "") -> Kept[Member]:
    """Add a member after those there are.  Raises CannotDo for one that is in already."""
    if not member.party.name:
        raise CannotDo("成员没有名称，请填写。")
    with store.transaction():
        others = store.records.of(MEMBERS).listed(parent=pool_id)
        if any(_is_same(one.record, member) and one.record.left_on is None for one in others):
            raise CannotDo(f"{member.party.name} 已是成员。")
        order = max((one.record.order for one in others), default=0) + 1
        return store.records.of(MEMBERS).add(
            _replace(member, order=order), parent=pool_id, who=who, what="加入"
        )


def member_named(
    members: Sequence[Kept[Member]], name: str, *, is_here: bool = False
) -> Kept[Member] | None:
    """Return the member of a name, the last one to join; `is_here` leaves out those who left."""
    wanted = fold(name)
    found = [
        one
        for one in members
        if fold(one.record.party.name) == wanted and not (is_here and one.record.left_on)
    ]
    return found[-1] if found else None


def _is_same(one: Member, other: Member) -> bool:
    return fold(one.party.name) == fold(other.party.name)


def leave(store: CaseStore, pool_id: int, member_id: int, day: date, *, who: str = "") -> int:
    """Let a member leave from a day on, its patents with it; how many fall out.

    What fell out by then stays as it fell out.  Raises CannotDo.
    """
    with store.transaction():
        kept = store.records.of(MEMBERS).get(member_id)
        member = kept.record
        if member.left_on is not None:
            raise CannotDo(f"{member.party.name} 已于 {member.left_on} 退出。")
        if member.joined_on is not None and day < member.joined_on:
            raise CannotDo(f"退出日 {day} 早于加入日 {member.joined_on}，请核对。")
        store.records.of(MEMBERS).save(
            member_id, _replace(member, left_on=day), revision=kept.revision, who=who, what="退出"
        )
        own = [
            one
            for one in store.records.of(PATENTS).listed(parent=pool_id)
            if one.record.member_id == member_id
            and (one.record.why_out is None or (one.record.out_on or day) > day)
        ]
        for one in own:
            _take_out(store, one, "left", day, who)
        for kept_one in store.records.of(AGREEMENTS).listed(parent=pool_id):
            agreement = kept_one.record
            if agreement.member_id == member_id and agreement.ended_on is None:
                ended = _replace(agreement, ended_on=day, end_reason="成员退出")
                store.records.of(AGREEMENTS).save(kept_one.id, ended, who=who, what="终止")
        store.events.log("pool.left", who=who, counts={"patents": len(own)})
    return len(own)


# --- patents ----------------------------------------------------------------------------------


def add_patents(
    store: CaseStore,
    pool_id: int,
    patents: Sequence[PoolPatent],
    *,
    who: str = "",
    what: str = "入池",
) -> Sequence[int]:
    """Put patents on the list, all or none.  Raises CannotDo for one that is in already."""
    with store.transaction():
        inside = numbers_in(store.records.of(PATENTS).listed(parent=pool_id))
        made = []
        for one in patents:
            number = normal_number(one.number)
            digits = digits_of(number)
            if digits in inside:
                raise CannotDo(f"{number} 已在池内，没有重复登记。")
            inside.add(digits)
            made.append(_replace(one, number=number))
        return store.records.of(PATENTS).add_all(made, parent=pool_id, who=who, what=what)


def numbers_in(patents: Iterable[Kept[PoolPatent]]) -> set[str]:
    """Return the digits of the patents that have not fallen out."""
    return {digits_of(one.record.number) for one in patents if one.record.why_out is None}


def normal_number(text: str) -> str:
    """Return a number as it is kept: normalised.  Raises CannotDo."""
    try:
        return parse(text).text
    except NotAPatentNumber as error:
        raise CannotDo(f"“{text}”不是专利号，请核对专利证书。") from error


def take_out(
    store: CaseStore, kept: Kept[PoolPatent], why: WhyOut, day: date | None, *, who: str = ""
) -> Kept[PoolPatent]:
    """Let a patent fall out from a day on; of an invalid one the day is the decision's.

    Raises CannotDo without a day, or before its entry.
    """
    if day is None:
        raise CannotDo(f"{kept.record.number} 没有写明哪一天出池，请填写。")
    if why != "invalid" and kept.record.entered_on and day < kept.record.entered_on:
        raise CannotDo(f"{kept.record.number} 的出池日 {day} 早于入池日，请核对。")
    with store.transaction():
        return _take_out(store, kept, why, day, who)


def bring_back(store: CaseStore, kept: Kept[PoolPatent], *, who: str = "") -> Kept[PoolPatent]:
    """Take a fall-out back that was noted by mistake."""
    back = _replace(kept.record, out_on=None, why_out=None, declared_on=None)
    return store.records.of(PATENTS).save(
        kept.id, back, revision=kept.revision, who=who, what="撤销出池"
    )


def _take_out(
    store: CaseStore, kept: Kept[PoolPatent], why: WhyOut, day: date, who: str
) -> Kept[PoolPatent]:
    from forms.pool.fall_out import out_of_pool

    return store.records.of(PATENTS).save(
        kept.id,
        out_of_pool(kept.record, why, day),
        revision=kept.revision,
        who=who,
        what=f"出池：{WHY_WORDS[why]}",
    )


# --- licences ---------------------------------------------------------------------------------


def add_licence(
    store: CaseStore, pool_id: int, licence: PoolLicence, *, who: str = ""
) -> Kept[PoolLicence]:
    """Add a licence of the pool.  Raises CannotDo without a licensee, or for unreadable numbers."""
    if not licence.licence.licensee.name and not licence.is_cross:
        raise CannotDo("许可没有被许可人，请填写。")
    numbers = tuple(dict.fromkeys(normal_number(one) for one in licence.numbers))
    if not licence.is_whole and not numbers:
        raise CannotDo("没有写明许可哪些专利，请列出专利号，或者选全部专利。")
    agreed = _replace(licence.licence, agreed="negotiated")
    made = _replace(licence, numbers=numbers, licence=agreed)
    return store.records.of(LICENCES).add(made, parent=pool_id, who=who, what="许可")


def own_party(store: CaseStore) -> Party:
    """Return the office as a party: what it says of itself."""
    return party_of_office(store.parties.office())
