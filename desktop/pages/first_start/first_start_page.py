"""The first start, drawn: the five facts at the left, the paper at the right.

It asks and says what was answered; who keeps it is not its business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.installed.workplaces import BUREAU, OFFICE, Workplace
from desktop.parts.dialogs import Dialogs
from desktop.parts.notice_strip import NoticeStrip
from desktop.parts.widgets.basics import button, icon_label, label, line, row
from desktop.parts.widgets.frames import PaperPicture
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.workplace_choice import WorkplaceChoice
from forms.facts.record import Office

_PICTURE_FROM = 1160
_USUAL_REGION = "全省"
_FACTS = ("name", "contact", "phone", "email", "region")


@dataclass(frozen=True)
class Answers:
    """What was answered: the office or bureau, the pack's code, the data folder, the workplace."""

    office: Office
    pack: str
    folder: Path
    workplace: Workplace = OFFICE

    def onto(self, office: Office) -> Office:
        """Return the profile of the data with what was answered; what was left blank stays."""
        given = {name: said for name in _FACTS if (said := getattr(self.office, name))}
        return msgspec.structs.replace(office, **given)


class FirstStart(QWidget):
    """Asks which workplace it is, and its five facts."""

    answered = Signal(object)  # Answers
    sample_asked = Signal()
    workplace_asked = Signal(str)  # one that has data already

    def __init__(
        self,
        packs: Mapping[str, str],
        folder: Path,
        dialogs: Dialogs,
        *,
        office: Office | None = None,
        regions: tuple[str, ...] = (_USUAL_REGION,),
        edition: str = "",
        workplace: Workplace = OFFICE,
        begun: Sequence[Workplace] = (),
    ) -> None:
        """Take the packs' names by code, and the folder to offer; `edition` is a bureau's name.

        The code "" stands for none: then one is to be chosen.  `begun` are other workplaces,
        which have data already: one that is clicked is opened.
        """
        super().__init__()
        self._dialogs = dialogs
        self._folder = folder
        self._edition = edition
        self._begun = begun
        self.workplace = WorkplaceChoice(workplace, self._choose_workplace)
        self.setWindowTitle(t("frame.app"))
        self.fields = {name: QLineEdit() for name in _FACTS if name != "region"}
        self.region = QComboBox()
        self.region.setEditable(True)
        self.region.addItems(list(regions))
        self.pack = QComboBox()
        for code, name in packs.items():
            self.pack.addItem(name, code)
        self.folder = QLineEdit(str(folder))
        self.folder.setReadOnly(True)
        self._labelled: dict[str, LabelledField] = {}
        self._title, self._intro = label("", "first"), label("", "hint", wrap=True)
        self._fill(office or Office())
        self._side = self._picture()
        self.notices = NoticeStrip(self)
        sides = QHBoxLayout()
        sides.setSpacing(0)
        sides.addWidget(self._left(), 5)
        sides.addWidget(self._side, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(sides, 1)
        self.notices.raise_()
        for name in ("name", "email"):
            self.fields[name].editingFinished.connect(self._look_over)
        self._say_whose()
        self.fields["name"].setFocus()  # a window gives the focus to what has it when it is shown

    def start(self) -> None:
        """Look the answers over and say them; the first that is wrong gets the focus."""
        wrong = self._look_over()
        is_chosen = bool(self.pack.currentData())
        self._pack.show_problems(
            [] if is_chosen else [FieldProblem("error", t("first_start.pack_missing"))]
        )
        if wrong:
            self.fields[wrong[0]].setFocus()
            return
        if not is_chosen:
            self.pack.setFocus()
            return
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        office = Office(
            name=texts["name"],
            contact=texts["contact"],
            phone=texts["phone"],
            email=texts["email"],
            region=self.region.currentText().strip(),
        )
        pack, workplace = str(self.pack.currentData()), self.workplace.chosen
        self.answered.emit(Answers(office, pack, self._folder, workplace))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts, from any of the fields."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.start()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the picture out where there is no room for it."""
        super().resizeEvent(event)
        self._side.setVisible(event.size().width() >= _PICTURE_FROM)

    def _choose_workplace(self, workplace: Workplace) -> None:
        """Ask what the other workplace asks, or go there where it has data already."""
        if workplace in self._begun:
            self.workplace_asked.emit(workplace)
        else:
            self._say_whose()

    def _say_whose(self) -> None:
        """Put the questions to an office or to a bureau."""
        self._title.setText(self._said("title"))
        self._intro.setText(self._said("intro"))
        self._labelled["name"].say(self._said("name"), t("first_start.name_hint"))
        self._labelled["region"].say(self._said("region"), self._said("region_hint"))
        self._pack.say(t("first_start.pack"), self._said("pack_hint"))
        self._labelled["name"].show_problems([])
        is_offered = self.region.currentText() == _USUAL_REGION or not self.region.currentText()
        if is_offered:
            is_bureaus = self.workplace.chosen == BUREAU
            self.region.setCurrentText("" if is_bureaus else _USUAL_REGION)

    def _said(self, key: str) -> str:
        """A text in the words of the workplace."""
        if self.workplace.chosen == BUREAU:
            return t(f"first_start.bureau.{key}")
        return t(f"first_start.{key}")

    def _look_over(self) -> list[str]:
        wrong = []
        name, email = (self.fields[one].text().strip() for one in ("name", "email"))
        says = {
            "name": "" if name else self._said("name_missing"),
            "email": ""
            if not email or _looks_like_mail(email)
            else t("first_start.email_odd", email=email),
        }
        asked = self.sender()
        for one, message in says.items():
            if isinstance(asked, QLineEdit) and asked is not self.fields[one]:
                continue
            shown = [FieldProblem("error", message)] if message else []
            self._labelled[one].show_problems(shown)
            if message:
                wrong.append(one)
        return wrong

    def _fill(self, office: Office) -> None:
        for name, field in self.fields.items():
            field.setText(getattr(office, name))
        if office.region:
            self.region.setCurrentText(office.region)

    def _left(self) -> QWidget:
        column = QVBoxLayout()
        column.setSpacing(16)
        column.setContentsMargins(0, 8, 0, 8)
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addSpacing(4)
        words, hint = t("first_start.workplace"), t("first_start.workplace_hint")
        column.addWidget(LabelledField(words, self.workplace, hint=hint))
        column.addWidget(self._field("name", t("first_start.name_hint")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(16)
        for place, name in enumerate(_FACTS[1:]):
            made = self._field(name)
            grid.addWidget(made, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place % 2, 1)
        column.addLayout(grid)
        column.addSpacing(4)
        column.addWidget(line())
        column.addSpacing(4)
        self._pack = LabelledField(t("first_start.pack"), self.pack)
        column.addWidget(self._pack)
        column.addWidget(
            LabelledField(
                t("first_start.folder"),
                self.folder,
                hint=t("first_start.folder_hint"),
                beside=button(t("first_start.change"), clicked=self._choose_folder),
            )
        )
        column.addStretch()
        start = button(
            t("first_start.start"), "primary", trailing="arrow-right", clicked=self.start
        )
        start.setMinimumHeight(40)
        start.setMinimumWidth(120)
        start.setDefault(True)
        sample = button(t("first_start.sample"), "quiet", clicked=self._sample)
        return self._centred(column, row(sample, None, start))

    def _centred(self, facts: QVBoxLayout, buttons: QHBoxLayout) -> QWidget:
        """The facts in the middle, scrolling where they must; the buttons always in sight."""
        area = _AsHighAsItsWidget()
        area.show_widget(_holding(facts))
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 24, 0, 24)
        whole.addStretch(1)
        whole.addWidget(area, 1000)
        whole.addLayout(row(_holding(buttons)))
        whole.addStretch(1)
        left = QFrame()
        left.setProperty("role", "surface")
        left.setLayout(whole)
        return left

    def _field(self, name: str, hint: str = "") -> LabelledField:
        widget = self.region if name == "region" else self.fields[name]
        made = LabelledField(t(f"first_start.{name}"), widget, hint=hint)
        self._labelled[name] = made
        return made

    def _picture(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "beside")
        column = QVBoxLayout(frame)
        column.setSpacing(12)
        column.addStretch()
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(PaperPicture(280, t("first_start.paper")), 0, centre)
        column.addSpacing(16)
        column.addWidget(label(t("first_start.app"), "title"), 0, centre)
        if self._edition:
            column.addWidget(label(t("first_start.edition", name=self._edition)), 0, centre)
        column.addWidget(label(t("first_start.app_words"), "hint"), 0, centre)
        offline = QWidget()
        offline.setLayout(row(icon_label("wifi-off"), label(t("first_start.offline"), "hint")))
        column.addWidget(offline, 0, centre)
        column.addStretch()
        return frame

    def _choose_folder(self) -> None:
        chosen = self._dialogs.folder(self, t("first_start.choose_folder"), self._folder)
        if chosen is not None:
            self._folder = chosen
            self.folder.setText(str(chosen))

    def _sample(self) -> None:
        self.sample_asked.emit()


class _AsHighAsItsWidget(QScrollArea):
    """Scrolls only where the window is lower than what is in it."""

    def show_widget(self, widget: QWidget) -> None:
        """Hold a widget."""
        widget.setProperty("role", "plain")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow when a message appears inside."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """All of it, in the width there is."""
        inside = self.widget()
        wanted = inside.sizeHint()
        high = max(wanted.height(), inside.heightForWidth(self.viewport().width()))
        return QSize(wanted.width(), high + 2)


def _holding(layout: QLayout) -> QWidget:
    """A column of at most 640 in the middle of its place."""
    inner = QWidget()
    inner.setLayout(layout)
    inner.setMaximumWidth(640)
    inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    sideways = QHBoxLayout()
    sideways.setContentsMargins(48, 0, 48, 0)
    sideways.addStretch(1)
    sideways.addWidget(inner, 100)
    sideways.addStretch(1)
    holder = QWidget()
    holder.setLayout(sideways)
    return holder


def _looks_like_mail(text: str) -> bool:
    """Enough to catch a slip; the rules of the pack look closer."""
    name, at, domain = text.partition("@")
    return bool(name and at and "." in domain and not domain.endswith(".") and " " not in text)
