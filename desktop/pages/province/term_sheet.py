"""Until when the units report for the quarter, and when the bureau publishes it."""

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import LabelledField
from desktop.parts.widgets.sheet import Sheet
from forms.bureau.units import Quarter, ReportTerm
from forms.ground.cleaning import clean_line

_WIDE = 480


class TermSheet(Sheet):
    """Asks for the days of a quarter; `term` is what was said."""

    def __init__(
        self, quarter: Quarter, before: ReportTerm | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._quarter = quarter
        self.setWindowTitle(t("province.term.title", quarter=quarter.words))
        self.setMinimumWidth(_WIDE)
        self.days: dict[str, tuple[QCheckBox, QDateEdit]] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "step"))
        layout.addWidget(label(t("province.term.words"), "hint", wrap=True))
        for name in ("due", "publishes"):
            day = getattr(before, name) if before is not None else None
            is_set = QCheckBox(t("province.term.is_set"))
            is_set.setAccessibleName(f"{t(f'province.term.{name}')} {is_set.text()}")
            shown = day or quarter.last
            edit = QDateEdit(QDate(shown.year, shown.month, shown.day))
            edit.setDisplayFormat("yyyy-MM-dd")
            edit.setCalendarPopup(True)
            is_set.setChecked(day is not None)
            edit.setEnabled(day is not None)
            is_set.toggled.connect(edit.setEnabled)
            layout.addWidget(LabelledField(t(f"province.term.{name}"), edit, beside=is_set))
            self.days[name] = is_set, edit
        self.basis = QLineEdit(before.basis if before is not None else "")
        words, hint = t("province.term.basis"), t("province.term.basis_hint")
        layout.addWidget(LabelledField(words, self.basis, hint=hint))
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        yes = button(t("province.term.yes"), "primary", mnemonic="Y", clicked=self.accept)
        yes.setDefault(True)
        layout.addLayout(row(None, stay, yes))

    @property
    def term(self) -> ReportTerm:
        """What was said."""
        days = {
            name: edit.date().toPython() if is_set.isChecked() else None
            for name, (is_set, edit) in self.days.items()
        }
        basis = clean_line(self.basis.text())
        return ReportTerm(quarter=self._quarter.code, basis=basis, **days)  # type: ignore[arg-type]
