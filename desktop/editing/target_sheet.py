"""What is asked when the year's targets are set: a number for each measure, or none."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.sheet import Sheet
from forms.office.statistics_types import MEASURE_WORDS, Measure
from forms.office.store import CannotDo
from forms.office.targets import Scheme, Targets, schemes, target_of


class TargetSheet(Sheet):
    """Asks for the targets of a year; `changed` are those typed anew, None for one taken away."""

    def __init__(
        self,
        year: int,
        targets: Targets,
        parent: QWidget | None = None,
        *,
        measures: Mapping[Measure, tuple[str, str]] = MEASURE_WORDS,
    ) -> None:
        """`measures` are those asked for, each with its word and unit."""
        super().__init__(parent)
        self.changed: Mapping[Measure, Decimal | None] = {}
        self._shown = targets
        self.setWindowTitle(t("statistics.targets.title", year=year))
        self.setMinimumWidth(520)
        self.lines: dict[Measure, QLineEdit] = {}
        self._fields: dict[Measure, LabelledField] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for place, (measure, (word, unit)) in enumerate(measures.items()):
            edit = QLineEdit(_number(targets.get(measure)))
            edit.setMaxLength(20)
            field = LabelledField(t("statistics.targets.field", name=word, unit=unit), edit)
            edit.textChanged.connect(self._follow)
            self.lines[measure], self._fields[measure] = edit, field
            grid.addWidget(field, place // 2, place % 2)
        self.yes = button(t("statistics.targets.yes"), "primary", mnemonic="Y", clicked=self.accept)
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("statistics.targets.words"), "hint", wrap=True))
        layout.addLayout(grid)
        for scheme in schemes().values():
            words = t("statistics.targets.scheme", name=scheme.name)
            take = button(words, "link", tip=scheme.basis, clicked=partial(self._take, scheme))
            take.setAutoDefault(False)
            layout.addLayout(row(take, None))
        layout.addSpacing(4)
        layout.addLayout(row(None, stay, self.yes))
        self.lines["sent"].setFocus()
        self._follow()

    def _take(self, scheme: Scheme, _checked: bool = False) -> None:
        """Fill in what a scheme sets; what it does not set stays."""
        for measure, edit in self.lines.items():
            if measure in scheme.targets:
                edit.setText(_number(scheme.targets[measure]))

    def _follow(self) -> None:
        """Read what is typed; what can not be read is said, and keeps from saying yes."""
        found: dict[Measure, Decimal | None] = {}
        for measure, edit in self.lines.items():
            problems = []
            try:
                found |= [target_of(f"{measure}={edit.text()}")]
            except CannotDo as fault:
                problems.append(FieldProblem("error", str(fault)))
            self._fields[measure].show_problems(problems)
        self.changed = {one: aim for one, aim in found.items() if aim != self._shown.get(one)}
        self.yes.setEnabled(len(found) == len(self.lines))


def _number(value: Decimal | None) -> str:
    return f"{value:f}" if value is not None else ""
