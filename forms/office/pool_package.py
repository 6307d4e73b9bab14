"""A pool's package for a member, and a member's for its pool: what each has of the other's list.

The workbook in it is changed and sent back; taken in, it is looked at like any other.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from forms.exchange.mail import Letter
from forms.exchange.package import File
from forms.exchange.pool_parcel import Received, Sent, read_parcels, write_parcel
from forms.facts.record import Office
from forms.ground.cleaning import fold
from forms.ground.files import safe_name
from forms.office.pool_book_in import BookPlan, plan
from forms.office.pool_book_out import pool_book
from forms.office.pools import PoolView, member_named
from forms.office.store import CannotDo, CaseStore
from forms.pool.book_columns import APPLICATIONS, MEMBERS, PATENTS
from forms.pool.records import APPLICATIONS as APPLICATION_KIND
from forms.pool.records import Member

ENCLOSED = "enclosed"
"""The part that files play which came with a package."""


def write_for_member(
    view: PoolView, member_id: int, out: Path, today: date, office: Office
) -> Sent:
    """Write a package into a folder: to a member, or of a pool that was joined to its operator.

    Raises CannotWrite, CannotDo for a member that is not there.
    """
    member = next((one.record for one in view.members if one.id == member_id), None)
    if member is None:
        raise CannotDo("没有这个成员，请重新选择。")
    pool = view.pool.record
    book = File(
        name=f"{safe_name(member.party.name)}_入池专利.xlsx",
        content=pool_book(of_member(view, member_id, member), (MEMBERS, PATENTS, APPLICATIONS)),
    )
    is_to_member = pool.run == "run"
    to = member.party.email if is_to_member else pool.operator.email
    text = _TO_MEMBER if is_to_member else _TO_OPERATOR
    count = sum(one.record.member_id == member_id for one in view.in_on(today))
    told = {
        "to": member.party.name if is_to_member else pool.operator.name,
        "pool": pool.name,
        "count": count,
        "day": today,
        "office": office.name,
        "contact": "，".join(part for part in (office.contact, office.phone) if part),
    }
    letter = Letter(
        to=to,
        subject=f"{pool.name}：{member.party.name}的入池专利",
        text=text.format_map(told),
        day=today,
    )
    name = f"{pool.name}_{member.party.name}_{today.isoformat()}"
    return write_parcel(out, name, [book], letter, pool=pool.name, sender=office.name)


_TO_MEMBER = (
    "{to}：\n\n附件是截至 {day} 贵单位在“{pool}”的入池专利，共 {count} 件。请核对专利权是否有效、"
    "年费是否缴纳、权属有无变化；有变动的，在工作簿中改好后发回。新申请入池的，填在“入池申请”表。"
    "\n\n贵单位可以自行对外许可入池专利，许可后请告知。\n\n{office}\n{contact}\n"
)
_TO_OPERATOR = (
    "{to}：\n\n附件是截至 {day} 我单位在“{pool}”的入池专利（{count} 件）和入池申请，请查收。"
    "\n\n{office}\n{contact}\n"
)


def of_member(view: PoolView, member_id: int, member: Member) -> PoolView:
    """Return a pool with what is of one member only."""
    name = fold(member.party.name)
    return PoolView(
        pool=view.pool,
        members=tuple(one for one in view.members if one.id == member_id),
        patents=tuple(one for one in view.patents if one.record.member_id == member_id),
        applications=tuple(
            one
            for one in view.applications
            if one.record.member_id == member_id or fold(one.record.applicant.name) == name
        ),
        agreements=(),
        licences=(),
        charts=(),
    )


def look_at_package(view: PoolView, paths: Sequence[Path]) -> tuple[Received, BookPlan]:
    """Return what came, and what it would change of a pool.  Raises UnreadableFile."""
    received = read_parcels(paths)
    planned = plan(view, received.sheets)
    notes = list(received.notes)
    if received.pool and fold(received.pool) != fold(view.pool.record.name):
        notes.insert(0, f"来件是“{received.pool}”的，不是“{view.pool.record.name}”的，请核对")
    changed = msgspec.structs.replace(planned, notes=(*notes, *planned.notes))
    return received, changed


def keep_enclosed(store: CaseStore, view: PoolView, received: Received, *, who: str = "") -> int:
    """Keep what was enclosed: with the sender's last application, else with the member; how many.

    Of a sender that is not known it is kept with the pool.
    """
    if not received.enclosed:
        return 0
    at = view.pool.id
    member = member_named(view.members, received.sender)
    if member is not None:
        at = member.id
    applications = [
        one
        for one in store.records.of(APPLICATION_KIND).listed(parent=view.pool.id)
        if fold(one.record.applicant.name) == fold(received.sender)
    ]
    if applications:
        at = applications[-1].id
    for one in received.enclosed:
        store.records.keep_file(at, ENCLOSED, one.name, one.content, who=who)
    return len(received.enclosed)
