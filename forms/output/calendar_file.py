"""Dated entries as a calendar (.ics, RFC 5545), by icalendar.

An entry keeps its UID, so that importing a later file changes what was imported before.  No clock:
the stamp is the day that the entries are of, and so is the sequence number.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec

_MAKER = "-//OpenLicense Desk//duties//ZH"
_HOST = "duties.openlicense-desk"
_DAY = timedelta(days=1)
_WARNED_BEFORE = timedelta(days=7)
_COUNTED_FROM = date(2020, 1, 1)


class Entry(msgspec.Struct, frozen=True):
    """One entry of a day; `key` names it for ever, `lines` say more."""

    key: str
    day: date
    title: str
    lines: tuple[str, ...]
    kind: str


def write_calendar(entries: Sequence[Entry], day: date) -> bytes:
    """Return the entries, as they stand on a day, as a calendar with alarms a week before."""
    from icalendar import Alarm, Calendar, Event  # slow to import, and seldom wanted

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "开放许可日程")
    stamp = datetime.combine(day, time(), UTC)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@{_HOST}")
        event.add("dtstamp", stamp)
        event.add("sequence", max((day - _COUNTED_FROM).days, 0))
        event.add("dtstart", entry.day)
        if entry.day < date.max:
            event.add("dtend", entry.day + _DAY)
        event.add("summary", entry.title)
        event.add("description", "\n".join(line for line in entry.lines if line))
        event.add("categories", [entry.kind])
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -_WARNED_BEFORE)
        event.add_component(alarm)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
