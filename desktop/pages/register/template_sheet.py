"""Putting the answers of a template into many cases."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.register.changes_sheet import ChangesSheet
from desktop.parts.widgets.basics import label
from desktop.parts.widgets.labelled import LabelledField
from desktop.parts.widgets.search_combo import SearchCombo
from forms.office.bulk_change import Change, planned, template_values
from forms.office.stored import StoredCase
from forms.office.templates import Template
from forms.pack.types import Pack

TEMPLATE = "template"


class TemplateSheet(ChangesSheet):
    """Asks which template; what is filled already stays unless the clerk says otherwise."""

    def __init__(
        self,
        cases: Sequence[StoredCase],
        pack: Pack,
        templates: Sequence[Template],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(TEMPLATE, cases, pack, parent)
        self._templates = templates
        self.choice = SearchCombo(t("register.sheet.template"))
        for one in templates:
            self.choice.addItem(one.name)
        self.choice.currentIndexChanged.connect(self.look_soon)
        self.only_blank = QCheckBox(t("register.sheet.only_blank"))
        self.only_blank.setChecked(True)
        self.only_blank.toggled.connect(self.look_soon)
        self.form.addWidget(LabelledField(t("register.sheet.template"), self.choice))
        self.form.addWidget(self.only_blank)
        if not templates:
            self.form.addWidget(label(t("templates.none"), "hint", wrap=True))
        self.form.addStretch()
        self.show_changes()

    @property
    def first(self) -> QWidget | None:
        """The choice of the template."""
        return self.choice

    def plan(self) -> tuple[list[Change], str]:
        """What the template makes of each case."""
        at = self.choice.currentIndex()
        if not 0 <= at < len(self._templates):
            return [], t("register.sheet.no_template")
        values = template_values(self._templates[at].case, self._pack)
        changes = planned(self.cases, self._pack, values, only_blank=self.only_blank.isChecked())
        is_same = not any(change.texts for change in changes)
        return changes, t("register.sheet.same") if is_same else ""
