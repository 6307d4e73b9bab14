"""The duties of a bureau: by which day, what, on what ground, how many, and the one thing to do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from desktop.installed.screen_texts import t
from desktop.parts.theme.tokens import Tone
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.bureau.province import BureauDuty, DutyKind

SOON_DAYS = 7
_MOST_NAMES = 3
_ICONS: Mapping[DutyKind, str] = {
    "unheard": "octagon-x",
    "correction": "undo-2",
    "packages": "inbox",
    "review": "clipboard-check",
    "publish": "newspaper",
    "ending": "calendar-x",
}
_UNITS: Mapping[DutyKind, str] = {"unheard": "个", "packages": "包", "review": "包"}


class ProvinceDuties(RowsTable):
    """Shows duties; `acted` carries one whose action was clicked, or by Enter and Space."""

    acted = Signal(object)  # BureauDuty

    READ, LEAST = 1, 220

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(
            _columns(today),
            t("province.duties"),
            tone=lambda duty: "error" if _tone(duty, today()) == "error" else None,
        )
        self.opened.connect(self.acted)

    def going(self) -> Sequence[int]:
        """The basis goes first, then the count."""
        return (2, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in the last column acts."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and index.isValid() and index.column() == len(self.table_model.columns) - 1:
            self.acted.emit(self.rows[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space acts, as Enter does."""
        if event.key() == Qt.Key.Key_Space and self.current is not None:
            self.acted.emit(self.current)
            return
        super().keyPressEvent(event)


def span_of(duty: BureauDuty, today: date) -> str:
    """Which of the spans a duty is first counted in: overdue, soon, month, later."""
    if duty.day is None:
        return "later"
    days = (duty.day - today).days
    return "overdue" if days < 0 else "soon" if days <= SOON_DAYS else "month" if days <= 30 else ""


def _tone(duty: BureauDuty, today: date) -> Tone:
    span = span_of(duty, today)
    return "error" if span == "overdue" else "pending" if span == "soon" else "plain"


def _day(duty: BureauDuty) -> str:
    if duty.day is None:
        return t("province.no_day")
    weekday = t("overview.weekday", day=t("overview.weekdays")[duty.day.weekday()])
    return f"{duty.day:%m-%d} {weekday}"


def _left(today: Callable[[], date], duty: BureauDuty) -> str:
    if duty.day is None:
        return t("province.set_day") if duty.kind == "unheard" else ""
    days = (duty.day - today()).days
    if days < 0:
        return t("overview.past", days=-days)
    return t("overview.left", days=days) if days else t("overview.today_is_it")


def _ink(today: Callable[[], date], duty: BureauDuty) -> str:
    tone = _tone(duty, today())
    return tone if tone in ("error", "pending") else "text2"


def _what(duty: BureauDuty) -> str:
    return t(f"province.duty.{duty.kind}", count=f"{duty.count:,}")


def _beneath(duty: BureauDuty) -> str:
    """Whose it is, or what it consists of."""
    if duty.kind == "correction":
        return t("province.of_batch", unit=duty.unit, batch=duty.batch)
    if duty.kind == "packages":
        parts = (t(f"province.part.{code}", count=count) for code, count in duty.parts.items())
        return "，".join(parts)
    if duty.kind == "review":
        waiting, decided = (duty.parts.get(name, 0) for name in ("waiting", "decided"))
        return t("province.part.review", count=waiting + decided, decided=decided)
    names = "、".join(duty.names[:_MOST_NAMES])
    more = len(duty.names) - _MOST_NAMES
    return names + (t("province.more_names", count=len(duty.names)) if more > 0 else "")


def _count(duty: BureauDuty) -> str:
    return f"{duty.count:,} {_UNITS.get(duty.kind, '件')}"


def _icon(today: Callable[[], date], duty: BureauDuty) -> tuple[str, str]:
    return _ICONS[duty.kind], _ink(today, duty)


def _columns(today: Callable[[], date]) -> Sequence[Column]:
    return (
        Column(
            header=t("overview.columns.day"),
            text=_day,
            second=partial(_left, today),
            second_ink=partial(_ink, today),
            width=124,
        ),
        Column(
            header=t("overview.columns.what"),
            text=_what,
            second=_beneath,
            icon=partial(_icon, today),
        ),
        Column(
            header=t("overview.columns.basis"),
            text=lambda duty: duty.basis,
            width=176,
            is_small=True,
            ink=lambda _duty: "text2",
            may_go=True,
        ),
        Column(header=t("province.count"), text=_count, width=84, is_right=True, may_go=True),
        Column(
            header=t("overview.columns.do"),
            text=lambda duty: t(f"province.do.{duty.kind}"),
            ink=lambda _duty: "accent",
            width=88,
        ),
    )
