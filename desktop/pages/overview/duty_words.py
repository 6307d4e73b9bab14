"""What is said of a duty on the screen: its day, how long there is, its icon, where it is done."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from desktop.installed.screen_texts import t
from desktop.parts.theme.tokens import Tone
from forms.facts.amounts import yuan
from forms.office.agenda import Item
from forms.office.duties import DutyKind

SOON_DAYS = 7
WEEK = timedelta(days=7)
KINDS: Mapping[str, Sequence[DutyKind]] = {
    "fees": ("annual_fee", "grace_step", "lapse", "restoration"),
    "recordal": ("recordal",),
    "income": ("payment_in", "statement_in"),
    "ends": ("offer_end", "term_end"),
    "pools": ("pool_payout", "pool_statement"),
    "other": ("withdraw", "correction"),
}
"""The kinds of duties that are filtered together."""
_KIND_OF = {kind: name for name, kinds in KINDS.items() for kind in kinds}
_ICONS: Mapping[DutyKind, str] = {
    "annual_fee": "coins",
    "grace_step": "clock",
    "lapse": "octagon-x",
    "restoration": "refresh-cw",
    "recordal": "stamp",
    "offer_end": "calendar",
    "term_end": "calendar",
    "payment_in": "download",
    "statement_in": "file-text",
    "withdraw": "undo-2",
    "pool_payout": "coins",
    "pool_statement": "file-text",
    "correction": "pencil-line",
}
_DISTRIBUTION = ("distribution", "")
_PLACES: Mapping[DutyKind, tuple[str, str]] = {
    "annual_fee": ("wizard", "patent.fee_paid_to"),
    "grace_step": ("wizard", "patent.fee_paid_to"),
    "lapse": ("wizard", "patent.fee_paid_to"),
    "restoration": ("wizard", "patent.lapse_notice_on"),
    "recordal": ("licences", ""),
    "payment_in": ("licences", ""),
    "statement_in": ("licences", ""),
    "offer_end": ("wizard", "offer_end"),
    "term_end": ("wizard", "patent.filing_date"),
    "withdraw": ("wizard", "declaration.withdrawal_reason"),
    "pool_payout": _DISTRIBUTION,
    "pool_statement": _DISTRIBUTION,
    "correction": ("wizard", ""),
}
"""The page where a duty is done, and the field there."""


def kind_of(item: Item) -> str:
    """The filter that a duty belongs to."""
    return _KIND_OF[item.duty.kind]


def place_of(item: Item) -> tuple[str, str]:
    """The page where a duty is done, and the field there."""
    return _DISTRIBUTION if item.duty.pool_id is not None else _PLACES[item.duty.kind]


def case_of(item: Item) -> int:
    """The case that is opened for a duty: its own, else the patent's first."""
    return item.duty.case_id or item.case_ids[0]


def weekday(day: date) -> str:
    """A day's weekday: 周一."""
    return t("overview.weekday", day=t("overview.weekdays")[day.weekday()])


def day_words(item: Item) -> str:
    """The day of a duty in its row: 12-07 周一."""
    return f"{item.day:%m-%d} {weekday(item.day)}"


def left_words(item: Item, today: date) -> str:
    """How long there is: 还有 13 天, 已过 39 天; of what is done, that it is."""
    if not item.is_open:
        return t("overview.done" if item.is_done else "overview.excluded")
    days = (item.day - today).days
    if days < 0:
        return t("overview.past", days=-days)
    return t("overview.left", days=days) if days else t("overview.today_is_it")


def tone_of(item: Item, today: date) -> Tone:
    """How pressing a duty is."""
    days = (item.day - today).days
    if not item.is_open:
        return "done" if item.is_done else "grey"
    return "error" if days < 0 else "pending" if days <= SOON_DAYS else "plain"


def icon_of(item: Item, today: date) -> tuple[str, str]:
    """A duty's icon and its colour."""
    tone = tone_of(item, today)
    if item.is_done:
        return "circle-check", "done"
    colour = tone if tone in ("error", "pending") else "text2"
    return ("octagon-x" if tone == "error" else _ICONS[item.duty.kind]), colour


def below_words(item: Item) -> str:
    """The second line of a row: the patent, and what the office says of the duty."""
    duty, note = item.duty, item.note
    whose = whose_words(item)
    if note is None:
        return whose
    if item.is_snoozed:
        said = t("overview.snoozed_from", day=f"{duty.date:%m-%d}", words=note.words)
    elif item.is_excluded:
        said = t("overview.excluded_because", words=note.words)
    else:
        said = t("overview.done_on", day=note.day, words=note.words).strip("　")
    return f"{said}　{whose}"


def whose_words(item: Item) -> str:
    """The patent of a duty, or the pool."""
    duty = item.duty
    if duty.pool_id is not None:
        return duty.title
    return "　".join(filter(None, (duty.patent_number or t("overview.numberless"), duty.title)))


def basis_words(item: Item) -> str:
    """The basis in short, as a row has it; the pane has it in full."""
    return item.duty.basis.replace("专利法实施细则", "细则").replace("专利审查指南", "指南")


def amount_words(item: Item) -> str:
    """A duty's sum: 400 元."""
    amount = item.note.amount if item.is_done and item.note is not None else None
    amount = item.duty.amount if amount is None else amount
    return f"{yuan(amount)} 元" if amount is not None else "—"


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
