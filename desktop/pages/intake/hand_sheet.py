"""What a clerk types of a patent that came without data: number, title, owners, its files."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.sheet import Sheet
from forms.bureau.package_care import HandEntry
from forms.bureau.records import Package, PackageCase
from forms.ground.for_the_clerk import ForTheClerk
from forms.office.stored import Kept

_FIELDS = ("number", "title", "owners")
_WIDE, _FILES_HIGH = 560, 168


class HandSheet(Sheet):
    """Asks for a patent; `keep` keeps it and may raise what is then said under the fields."""

    def __init__(
        self,
        package: Package,
        kept: Kept[PackageCase] | None,
        keep: Callable[[HandEntry], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keep, self._kept = keep, kept
        self.setWindowTitle(t("intake.hand.title" if kept is None else "intake.hand.complete"))
        self.setMinimumWidth(_WIDE)
        self.lines = {name: QLineEdit() for name in _FIELDS}
        self._fields: dict[str, LabelledField] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("intake.hand.words"), "hint", wrap=True))
        for name in _FIELDS:
            hint, word = t(f"intake.hand.{name}_hint"), "title_field" if name == "title" else name
            self._fields[name] = LabelledField(
                t(f"intake.hand.{word}"), self.lines[name], hint=hint
            )
            layout.addWidget(self._fields[name])
        self.files = QListWidget()
        own = {paper.file for paper in kept.record.papers} if kept is not None else set()
        number = kept.record.number if kept is not None else ""
        for one in package.files:
            if kept is not None or not one.patent_number:
                item = QListWidgetItem(one.name, self.files)
                is_own = one.name in own or (bool(number) and one.patent_number == number)
                item.setCheckState(Qt.CheckState.Checked if is_own else Qt.CheckState.Unchecked)
        self.files.setFixedHeight(_FILES_HIGH)
        if self.files.count():
            layout.addWidget(LabelledField(t("intake.hand.files"), self.files))
        if kept is not None:
            case = kept.record.case
            texts = (kept.record.number, case.patent.title, "；".join(o.name for o in case.owners))
            for name, text in zip(_FIELDS, texts, strict=True):
                self.lines[name].setText(text)
        yes = button(t("intake.hand.yes"), "primary", mnemonic="Y", clicked=self.keep)
        yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout.addLayout(row(None, stay, yes))
        first = next((name for name in _FIELDS if not self.lines[name].text()), _FIELDS[0])
        self.lines[first].setFocus()

    @property
    def entry(self) -> HandEntry:
        """What is typed."""
        texts = {name: edit.text().strip() for name, edit in self.lines.items()}
        owners = texts["owners"].replace(";", "；").split("；")
        return HandEntry(
            number=texts["number"],
            title=texts["title"],
            owners=tuple(filter(None, map(str.strip, owners))),
            case_id=self._kept.id if self._kept is not None else None,
            revision=self._kept.revision if self._kept is not None else None,
            files=self._ticked(),
        )

    def keep(self) -> None:
        """Keep what is typed; what is wrong is said where it was typed."""
        try:
            self._keep(self.entry)
        except ForTheClerk as wrong:
            name = "title" if "名称" in str(wrong) else "number"
            self._fields[name].show_problems([FieldProblem("error", str(wrong))])
            self.lines[name].setFocus()
            return
        self.accept()

    def _ticked(self) -> tuple[str, ...]:
        items = (self.files.item(place) for place in range(self.files.count()))
        return tuple(item.text() for item in items if item.checkState() == Qt.CheckState.Checked)
