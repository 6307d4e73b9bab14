"""What an office may say instead of its pack: the address, the size limit, the deadlines."""

from collections.abc import Callable
from datetime import date

import msgspec

from forms.pack.types import Deadline, Pack, Submission

ADDRESS, SIZE_LIMIT_MB = "address", "size_limit_mb"


def kept_as(pack: Pack, name: str) -> str:
    """The name of the setting, kept with the data, that holds a parameter."""
    return f"pack.{pack.identity.code}.{name}"


def deadline_name(deadline: Deadline) -> str:
    """The name of the parameter that moves a deadline."""
    return f"deadline.{deadline.office_kind}"


def adjusted(pack: Pack, parameter: Callable[[str], str]) -> Pack:
    """The pack with the parameters put in; one that can not be read leaves the pack's own.

    It is the pack itself where they change nothing: what was found of it once holds.
    """
    theirs = pack.submission
    limit = parameter(SIZE_LIMIT_MB)
    ours: Submission = msgspec.structs.replace(
        theirs,
        address=parameter(ADDRESS) or theirs.address,
        size_limit_mb=int(limit) if limit.isdecimal() and int(limit) else theirs.size_limit_mb,
        deadlines=tuple(_moved(one, parameter(deadline_name(one))) for one in theirs.deadlines),
    )
    changed: Pack = msgspec.structs.replace(pack, submission=ours)
    return pack if ours == theirs else changed


def _moved(deadline: Deadline, text: str) -> Deadline:
    try:
        moved: Deadline = msgspec.structs.replace(deadline, day=date.fromisoformat(text))
    except ValueError:
        return deadline
    return moved
