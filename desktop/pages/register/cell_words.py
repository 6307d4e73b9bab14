"""The words of the register's cells: days, time left, royalties, when something was changed."""

from datetime import date, datetime, timedelta

from db.register_rows import RegisterRow
from desktop.installed.screen_texts import t
from desktop.pages.register.shown_rows import inventors_of, months_left, owners_of
from desktop.parts.theme.chips import STATES
from forms.facts.kinds import KIND_WORDS

SHORT_MONTHS = 9  # an offer that ends sooner is marked
_JUST_NOW = timedelta(minutes=2)


def lines(row: RegisterRow, column: str, today: date, now: datetime | None) -> tuple[str, str]:
    """The two lines of a cell, the second perhaps ""."""
    match column:
        case "number":
            return row.number_text or t("register.no_number"), kind_word(row.kind)
        case "title":
            return row.title or t("register.no_title"), ""
        case "owners":
            return _owners(row)
        case "inventors":
            return _inventors(row)
        case "department":
            return row.department or "—", ""
        case "end":
            return row.offer_end or "—", left(row.offer_end, today)
        case "royalty":
            first, _, second = (row.royalty or "").partition("\n")
            return first or "—", second
        case "state":
            return (t(STATES[row.state].word) if row.state in STATES else ""), ""
        case "changed":
            return changed(row.updated_at, now), ""
    return "", ""


def whole(row: RegisterRow, column: str) -> str:
    """A cell's words in full, for its tooltip."""
    if column == "title":
        return row.title
    if column == "owners":
        return "\n".join(owners_of(row))
    if column == "inventors":
        return "\n".join(inventors_of(row))
    if column == "department":
        return row.department or ""
    return row.royalty or ""


def kind_word(kind: str | None) -> str:
    """The kind of a patent in the words of the summary."""
    return next((word for name, word in KIND_WORDS.items() if name == kind), "")


def _owners(row: RegisterRow) -> tuple[str, str]:
    names = owners_of(row)
    if not names:
        return "—", ""
    return names[0], t("register.owners", count=len(names)) if len(names) > 1 else ""


def _inventors(row: RegisterRow) -> tuple[str, str]:
    names = inventors_of(row)
    if not names:
        return "—", ""
    return names[0], t("register.inventors", count=len(names)) if len(names) > 1 else ""


def left(end: str | None, today: date) -> str:
    """How much time is left till a day, in years and months, at last in days."""
    if not end:
        return ""
    day = date.fromisoformat(end)
    if day < today:
        return t("register.left.over")
    months = months_left(day, today)
    if months < 1:
        days = (day - today).days
        return t("register.left.days", days=days) if days else t("register.left.today")
    years, months = divmod(months, 12)
    if not years:
        return t("register.left.months", months=months)
    if not months:
        return t("register.left.years", years=years)
    return t("register.left.years_months", years=years, months=months)


def is_short(end: str | None, today: date) -> bool:
    """Whether so little time is left that it is marked."""
    return bool(end) and months_left(date.fromisoformat(end or ""), today) < SHORT_MONTHS


def changed(moment: str, now: datetime | None) -> str:
    """When something was changed, as one would say it now; `now` is in local time."""
    then = datetime.fromisoformat(moment).astimezone(now.tzinfo if now else None)
    if now is None:
        return then.date().isoformat()
    if timedelta(0) <= now - then < _JUST_NOW:
        return t("register.changed.just_now")
    days = (now.date() - then.date()).days
    if days == 0:
        return t("register.changed.today", time=f"{then:%H:%M}")
    if days == 1:
        return t("register.changed.yesterday")
    return f"{then:%m-%d}" if then.year == now.year else f"{then:%Y-%m-%d}"
