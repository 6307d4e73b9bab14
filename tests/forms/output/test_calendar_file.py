"""The calendar: stable names, short lines, the same bytes, a second import that changes."""

from datetime import date

from icalendar import Calendar

from forms.output.calendar_file import Entry, write_calendar

DAY = date(2026, 11, 30)
ONE = Entry(
    key="annual_fee:ZL201911230877.9:8",
    day=date(2026, 12, 7),
    title="第8年年费，12-05 逢休息日顺延" + "；很长的说明" * 20,
    lines=("ZL201911230877.9 低温，烟气；脱硝\\催化剂\n第二行", "", "依据：专利法实施细则"),
    kind="annual_fee",
)


def test_it_comes_back_as_it_was_written() -> None:
    content = write_calendar([ONE], DAY)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["UID"]) == "annual_fee:ZL201911230877.9:8@duties.openlicense-desk"
    assert event.decoded("DTSTART") == date(2026, 12, 7)
    assert event.decoded("DTEND") == date(2026, 12, 8)
    assert str(event["SUMMARY"]) == ONE.title
    assert str(event["DESCRIPTION"]) == "\n".join(line for line in ONE.lines if line)


def test_lines_are_short_and_no_character_is_parted() -> None:
    for line in write_calendar([ONE], DAY).split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_the_same_day_gives_the_same_bytes_and_a_later_one_a_later_edition() -> None:
    first, again = write_calendar([ONE], DAY), write_calendar([ONE], DAY)
    assert first == again
    (before,) = Calendar.from_ical(first).walk("VEVENT")
    (after,) = Calendar.from_ical(write_calendar([ONE], date(2026, 12, 1))).walk("VEVENT")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
