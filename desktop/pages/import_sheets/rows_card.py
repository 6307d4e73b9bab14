"""What an import would do, row by row, with the reason: nothing has been written yet."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.installed.screen_texts import t
from desktop.pages.import_sheets.import_look import ImportLook, SheetLine
from desktop.parts.theme.tokens import Tone
from desktop.parts.widgets.basics import button, clear, label, line, row
from desktop.parts.widgets.frames import Card, FilterBar
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.plain_tip import plain_tip
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.ground.problems import Severity

_LOOKS = {
    "new": ("circle-plus", "done"),
    "changed": ("pencil-line", "accent"),
    "unchanged": ("equal", "text3"),
    "refused": ("octagon-x", "error"),
    "sample": ("circle-minus", "text3"),
    "passed": ("circle-minus", "text3"),
}
FILTERS = ("all", "new", "changed", "unchanged", "refused", "sample", "passed", "doubtful")
_ALWAYS = ("all", "new", "refused")
_NAMED = 3  # so many cases are named that stand in no row


class RowsCard(Card):
    """The card at the right: counted filters above the table."""

    reasons_asked = Signal()

    def __init__(self) -> None:
        super().__init__(t("import.rows.title"), beside=t("import.rows.beside"))
        self._lines: tuple[SheetLine, ...] = ()
        self.filters = FilterBar([(name, t(f"import.rows.{name}")) for name in FILTERS])
        self.filters.chosen.connect(self._show)
        reasons = button(
            t("import.rows.reasons"), "quiet", icon="download", clicked=self._ask_reasons
        )
        self.table = RowsTable(
            (
                Column(header=t("import.rows.row"), text=_where, width=60),
                Column(
                    header=t("import.rows.number"),
                    text=_name,
                    second=_title,
                    width=210,
                    ink=_name_ink,
                ),
                Column(
                    header=t("import.rows.result"),
                    text=_result,
                    width=116,
                    icon=_result_icon,
                    ink=_result_ink,
                ),
                Column(header=t("import.rows.why"), text=_why, ink=_why_ink),
            ),
            t("import.rows.title"),
            tone=_tone,
        )
        bar = row(self.filters, None, reasons, margins=(12, 8, 12, 8))
        self.body.addLayout(bar)
        self.body.addWidget(line())
        self._said = QVBoxLayout()
        self.body.addLayout(self._said)
        self.body.addWidget(self.table, 1)
        self._all_of_it = label("", wrap=True)
        self._all_of_it.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._all_of_it.setContentsMargins(16, 10, 16, 10)
        self._all_of_it.hide()
        self.body.addWidget(line())
        self.body.addWidget(self._all_of_it)
        self.table.chosen.connect(self._show_whole)

    def show_look(self, look: ImportLook) -> None:
        """Show the rows of a dry run."""
        self._lines = look.lines
        counts = {name: sum(map(_is_of(name), look.lines)) for name in FILTERS}
        self.filters.show_counts(counts)
        self.filters.show_only([name for name in FILTERS if counts[name] or name in _ALWAYS])
        self._show_said(look)
        if not counts[self.filters.current]:
            self.filters.choose("all")
        self._show(self.filters.current)

    def _show_said(self, look: ImportLook) -> None:
        """Say what of the files could not be read as it stands, and what cases it is not about.

        How the sheets were understood where a clerk may think otherwise, new cases that another
        pack has already, and cases that stand in no row now.
        """
        clear(self._said)
        notes = dict.fromkeys(note for sheet in look.plan.sheets for note in sheet.notes)
        for note in notes:
            self._said.addWidget(MessageStrip("pending", note))
        if look.told:
            self._said.addWidget(_told(look.told))
        elsewhere, absent = look.plan.elsewhere, look.plan.absent
        if elsewhere:
            self._said.addWidget(_strip("pending", "elsewhere", elsewhere))
        if absent:
            self._said.addWidget(_strip("advice", "absent", absent))
        is_said = bool(notes or look.told or elsewhere or absent)
        self._said.setContentsMargins(*((12, 8, 12, 8) if is_said else (0, 0, 0, 0)))

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """The rows that are shown."""
        return tuple(self.table.rows)

    def _show(self, name: str) -> None:
        self.table.show_rows(filter(_is_of(name), self._lines))

    def _show_whole(self, *_: object) -> None:
        """Show all that is said of the row in hand; in the table it may be cut."""
        one = self.table.current
        words = f"{_name(one)}　{one.reason}" if one is not None and one.reason else ""
        self._all_of_it.setText(words)
        self._all_of_it.setVisible(bool(words))

    def _ask_reasons(self) -> None:
        self.reasons_asked.emit()


def _is_of(name: str) -> Callable[[SheetLine], bool]:
    if name == "all":
        return lambda one: True
    if name == "doubtful":
        return lambda one: one.is_doubtful
    return lambda one: one.action == name


def _where(one: SheetLine) -> str:
    return one.where


def _name(one: SheetLine) -> str:
    return one.name or one.title or t("import.blank")


def _title(one: SheetLine) -> str:
    return one.title if one.name else ""


def _name_ink(one: SheetLine) -> str:
    return "text" if one.name else "text2"


def _result(one: SheetLine) -> str:
    return t(f"import.rows.{one.action}")


def _result_icon(one: SheetLine) -> tuple[str, str]:
    return _LOOKS[one.action]


def _result_ink(one: SheetLine) -> str:
    return _LOOKS[one.action][1]


def _why(one: SheetLine) -> str:
    return one.reason or (t("import.rows.same") if one.action == "unchanged" else "—")


def _why_ink(one: SheetLine) -> str:
    if one.is_doubtful:
        return "pending"
    return "text" if one.reason else "text3"


def _tone(one: SheetLine) -> Tone | None:
    return "error" if one.action == "refused" else None


def _strip(severity: Severity, key: str, names: Sequence[str]) -> MessageStrip:
    """A sentence on some cases, all of whose names the tooltip has."""
    many = "_many" if len(names) > _NAMED else ""
    words = t(f"import.{key}{many}", count=len(names), names="、".join(names[:_NAMED]))
    strip = MessageStrip(severity, words)
    strip.setToolTip(plain_tip("\n".join(names)))
    return strip


def _told(texts: Sequence[str]) -> MessageStrip:
    """The first of some sentences, all of which the tooltip has."""
    more = t("import.told_more", count=len(texts) - _NAMED) if len(texts) > _NAMED else ""
    strip = MessageStrip("advice", "".join(texts[:_NAMED]) + more)
    strip.setToolTip(plain_tip("\n".join(texts)))
    return strip
