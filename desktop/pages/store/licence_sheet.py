"""A licence that an office reported, typed in by a clerk of the bureau."""

from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.sheet import Sheet
from forms.bureau.records import PackageCase, ReportedLicence
from forms.ground.cleaning import clean_line, narrow

_FIELDS = ("licensee", "royalty", "amount", "signed_on", "recorded_no", "recorded_on")
_DAYS = ("signed_on", "recorded_on")
_MOST = Decimal(10) ** 12


class LicenceSheet(Sheet):
    """Asks for a licence; `licence` is what was typed, once nothing of it is wrong."""

    def __init__(self, case: PackageCase, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.licence: ReportedLicence | None = None
        self._case, self._today = case, today
        self.setWindowTitle(t("store.licence.title", number=case.number))
        self.setMinimumWidth(520)
        self.lines = {name: QLineEdit() for name in _FIELDS}
        self._fields: dict[str, LabelledField] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for place, name in enumerate(_FIELDS):
            hint = t("store.licence.day_hint") if name in _DAYS else ""
            field = LabelledField(t(f"store.licence.{name}"), self.lines[name], hint=hint)
            self._fields[name] = field
            grid.addWidget(field, place // 2, place % 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "step"))
        layout.addWidget(label(t("store.licence.words"), "hint", wrap=True))
        layout.addLayout(grid)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        yes = button(t("store.licence.yes"), "primary", mnemonic="Y", clicked=self.keep)
        yes.setDefault(True)
        layout.addLayout(row(None, stay, yes))
        self.lines["licensee"].setFocus()

    def keep(self) -> None:
        """Read what is typed; what is wrong is said where it stands."""
        texts = {name: clean_line(edit.text()) for name, edit in self.lines.items()}
        wrong: dict[str, str] = {}
        if not texts["licensee"]:
            wrong["licensee"] = t("store.licence.no_licensee")
        days: dict[str, date | None] = {}
        for name in _DAYS:
            try:
                days[name] = date.fromisoformat(narrow(texts[name])) if texts[name] else None
            except ValueError:
                wrong[name] = t("store.licence.odd_day", text=texts[name])
        amount = _amount(texts["amount"])
        if texts["amount"] and amount is None:
            wrong["amount"] = t("store.licence.odd_amount", text=texts["amount"])
        for name, field in self._fields.items():
            field.show_problems([FieldProblem("error", wrong[name])] if name in wrong else [])
        if wrong:
            self.lines[next(iter(wrong))].setFocus()
            return
        self.licence = ReportedLicence(
            patent_number=self._case.number,
            title=self._case.case.patent.title,
            office=self._case.office,
            licensee=texts["licensee"],
            royalty=texts["royalty"],
            amount=amount,
            signed_on=days["signed_on"],
            recorded_no=texts["recorded_no"],
            recorded_on=days["recorded_on"],
            reported_on=self._today,
            source=t("store.licence.source"),
        )
        self.accept()


def _amount(text: str) -> Decimal | None:
    """An amount in yuan, None where the text is none."""
    try:
        amount = Decimal(narrow(text).replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < _MOST else None
