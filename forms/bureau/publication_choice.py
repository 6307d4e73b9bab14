"""What a bureau decides of its next issue: fields on or off, personal data, what is taken down.

It is kept as it is decided, so that nothing is lost between two sessions.
"""

from datetime import date

import msgspec

from forms.bureau.publication_plan import ConcernKind, How, PublicationPlan
from forms.facts.record_shape import Record
from forms.ground.record_kind import RecordKind
from forms.output.published import Column


class Choice(Record, frozen=True):
    """What the bureau decided of the next issue.

    `on` are fields switched against the plan, by its ids.  `usual` is how a kind of concern goes
    out, `own` the same for one patent.  `taken_down` are numbers with the reason (撤下).
    `day` is the day of the next issue, `folder` where its files go.
    """

    on: dict[str, bool] = msgspec.field(default_factory=dict)
    usual: dict[ConcernKind, How] = msgspec.field(default_factory=dict)
    own: dict[str, dict[ConcernKind, How]] = msgspec.field(default_factory=dict)
    taken_down: dict[str, str] = msgspec.field(default_factory=dict)
    day: date | None = None
    folder: str = ""


CHOICES = RecordKind(name="publication_choice", shape=Choice, word="公布的选择")


def is_on(plan: PublicationPlan, choice: Choice, field: str) -> bool:
    """Whether a field of the plan, by its id, goes out."""
    one = next(one for one in plan.fields if one.id == field)
    return one.lock == "on" if one.lock else choice.on.get(field, one.on)


def columns_of(plan: PublicationPlan, choice: Choice) -> tuple[Column, ...]:
    """The fields that go out, in the plan's order."""
    return tuple(
        Column(name=name, label=label, basis=one.basis)
        for one in plan.fields
        if is_on(plan, choice, one.id)
        for name, label in zip(one.names, one.labels or (one.label,) * len(one.names), strict=True)
    )


def way_of(plan: PublicationPlan, choice: Choice, number: str, kind: ConcernKind) -> How | None:
    """How a concern goes out: as decided for the patent, for the kind, by the plan; None is open.

    What the plan does not offer is not taken.
    """
    told = plan.concern(kind)
    for way in (choice.own.get(number, {}).get(kind), choice.usual.get(kind), told.usual):
        if way and way in told.ways:
            return way
    return None


def with_all(choice: Choice, kind: ConcernKind, how: How) -> Choice:
    """Decide on all patents of a kind alike, whatever was decided of one."""
    own = {
        number: {one: way for one, way in ways.items() if one != kind}
        for number, ways in choice.own.items()
    }
    return msgspec.structs.replace(choice, usual=choice.usual | {kind: how}, own=own)


def with_one(choice: Choice, number: str, kind: ConcernKind, how: How) -> Choice:
    """Decide on one patent's."""
    ways = choice.own.get(number, {}) | {kind: how}
    return msgspec.structs.replace(choice, own=choice.own | {number: ways})


def for_the_next(choice: Choice) -> Choice:
    """Return what stays decided once an issue was put up: not its day, nor its folder."""
    return msgspec.structs.replace(choice, day=None, folder="")
