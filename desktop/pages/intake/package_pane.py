"""What is beside the table: one package, what is wrong with it, and what is to be done."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.intake.intake_rows import LOOKS, Row, batch_words, moment_words
from desktop.parts.widgets.basics import button, clear, icon_button, label, line, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import Chip, MessageStrip
from desktop.parts.widgets.one_line import Elided, TwoLines
from desktop.parts.widgets.plain_tip import plain_tip
from forms.bureau.letters_to_units import needs_resending
from forms.bureau.package_care import hinders
from forms.bureau.records import LIGHT, Duplicate, PackageCase, PackageFile
from forms.ground.problems import Severity
from forms.office.stored import Kept

WIDTH = 376
_MOST_FILES, _MOST_FAULTS, _MOST_TWICE, _MOST_CASES = 12, 12, 12, 60
_HEAD, _TAIL = 12, 4


class PackagePane(QFrame):
    """Shows a package; the signals say what the clerk asks of it."""

    closed = Signal()
    resend_asked = Signal()
    accept_asked = Signal()
    folder_asked = Signal()
    office_asked = Signal()
    case_asked = Signal(object)  # Kept[PackageCase], or None for a further one
    counts_asked = Signal(object, object)  # the case that is to count, ids of the others
    agree_asked = Signal(object)  # Kept[PackageCase]
    take_back_asked = Signal()
    send_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(t("intake.pane.name"))
        self._chip = Chip()
        self._close = icon_button("x", t("frame.close"), keys="Esc", clicked=self.closed.emit)
        head = row(self._chip, None, self._close, margins=(24, 14, 12, 8))
        self._title, self._beneath = TwoLines("", "pane"), label("", "hint", wrap=True)
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(24, 0, 24, 16)
        self._body.setSpacing(10)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(24, 12, 24, 14)
        self._foot.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        titles = QVBoxLayout()
        titles.setContentsMargins(24, 0, 24, 12)
        titles.setSpacing(4)
        titles.addWidget(self._title)
        titles.addWidget(self._beneath)
        whole.addLayout(titles)
        whole.addWidget(line())
        whole.addWidget(scrolled(inside), 1)
        whole.addWidget(line())
        whole.addLayout(self._foot)

    def show_package(self, one: Row, cases: Sequence[Kept[PackageCase]], bureau_day: date) -> None:
        """Show a package with its cases, as far as they are listed."""
        package = one.package
        look = LOOKS[one.standing]
        self._chip.show_look(look, t(look.word))
        name = package.office or t("intake.no_office")
        self._title.say(f"{name}　{batch_words(package)}".strip("　"))
        self._beneath.setText(
            t(
                "intake.pane.beneath",
                cases=package.cases,
                files=len(package.files),
                at=moment_words(package.received_at, bureau_day),
            )
        )
        clear(self._body)
        self._body.addSpacing(8)
        self._add_sums(package.files)
        self._add_faults(one)
        self._add_duplicates(cases)
        self._add_again(one, bureau_day)
        if package.manifest_version is None and package.verdict != "unreadable":
            self._add_by_hand(one, cases)
        self._body.addStretch()
        self._show_foot(one)

    # --- parts --------------------------------------------------------------------------------

    def _heading(self, words: str, count: str = "") -> None:
        self._body.addLayout(row(label(words, "strong"), label(count, "hint"), None))

    def _add_sums(self, files: Sequence[PackageFile]) -> None:
        """Files whose sums are not those of the list: both, the one found in red."""
        odd = [one for one in files if one.listed and one.listed != one.found]
        if not odd:
            return
        self._heading(t("intake.pane.sums"), f"{len(odd)} / {len(files)}")
        for one in odd[:_MOST_FILES]:
            self._body.addWidget(Elided(one.name, mode=Qt.TextElideMode.ElideMiddle))
            listed = t("intake.pane.listed"), _sum(one.listed), ""
            found = t("intake.pane.found"), _sum(one.found), "error"
            for name, value, tone in (listed, found):
                shown = label(value, "hint" if not tone else "", tone=tone)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                shown.setToolTip(plain_tip(one.listed if not tone else one.found))
                self._body.addLayout(row(label(name, "hint"), shown, None, space=12))
            self._body.addWidget(line())
        self._add_rest(len(odd) - _MOST_FILES)

    def _add_rest(self, count: int) -> None:
        if count > 0:
            self._body.addWidget(label(t("intake.pane.rest", count=f"{count:,}"), "hint"))

    def _add_faults(self, one: Row) -> None:
        """What was found, in sentences; what the sums above show is not said again."""
        package = one.package
        told = {file.name for file in package.files if file.listed and file.listed != file.found}
        faults = [
            fault
            for fault in package.faults
            if fault.code != "conflict" and not (fault.code == "altered" and fault.where in told)
        ]
        altered = sum(fault.code == "altered" for fault in package.faults)
        if altered and not package.accepted:
            self._body.addWidget(MessageStrip("error", t("intake.pane.altered", count=altered)))
        for fault in faults[:_MOST_FAULTS]:
            severity: Severity = "pending" if fault.code in LIGHT else "error"
            if package.accepted or package.sent_to_review is not None:
                severity = "advice"
            self._body.addWidget(MessageStrip(severity, fault.message))
        self._add_rest(len(faults) - _MOST_FAULTS)
        if package.accepted:
            words = t("intake.said.accepted", words=package.accepted)
            self._body.addWidget(MessageStrip("advice", words))

    def _add_duplicates(self, cases: Sequence[Kept[PackageCase]]) -> None:
        """Patents that came from elsewhere too: both places, which came first, how they differ."""
        twice = [one for one in cases if one.record.duplicates and one.record.state != "replaced"]
        if not twice:
            return
        self._heading(t("intake.pane.twice"), t("intake.pane.count", count=len(twice)))
        for one in twice[:_MOST_TWICE]:
            self._add_duplicate(one)
        self._add_rest(len(twice) - _MOST_TWICE)

    def _add_duplicate(self, kept: Kept[PackageCase]) -> None:
        case = kept.record
        self._body.addWidget(label(case.number))
        self._body.addWidget(Elided(case.case.patent.title, "hint"))
        first = min([kept.id, *(one.case_id for one in case.duplicates)])
        own = t("intake.pane.this", place=case.place)
        for words, case_id in (
            *((_place(one), one.case_id) for one in case.duplicates),
            (own, kept.id),
        ):
            came = label(t("intake.pane.first"), "hint", tone="done") if case_id == first else None
            self._body.addLayout(row(Elided(words, shrinks=False), None, *filter(None, [came])))
        differs = dict.fromkeys(box for one in case.duplicates for box in one.differs)
        if differs:
            words = t("intake.pane.differs", boxes="、".join(differs))
            self._body.addWidget(label(words, "hint", wrap=True))
        others = [one.case_id for one in case.duplicates]
        this = button(
            t("intake.do.this_counts"), clicked=partial(self.counts_asked.emit, kept.id, others)
        )
        other = button(
            t("intake.do.other_counts"),
            clicked=partial(
                self.counts_asked.emit,
                others[0],
                [kept.id, *others[1:]],
            ),
        )
        both = row(other, this)
        self._body.addLayout(both)
        if any(one.kind == "other_office" for one in case.duplicates):
            ask = button(t("intake.do.agree"), "link", clicked=partial(self.agree_asked.emit, kept))
            self._body.addLayout(row(ask, None))
        self._body.addWidget(line())

    def _add_again(self, one: Row, today: date) -> None:
        for at in one.package.came_again[-3:]:
            words = t("intake.pane.again", at=moment_words(at, today))
            self._body.addWidget(label(words, "hint", wrap=True))

    def _add_by_hand(self, one: Row, cases: Sequence[Kept[PackageCase]]) -> None:
        """What a clerk completes: the unit, each patent that was recognised, further ones."""
        self._heading(t("intake.pane.by_hand"))
        office = one.package.office or t("intake.no_office")
        name = button(t("intake.do.office"), "link", clicked=self.office_asked.emit)
        whose = row(Elided(office), name)
        whose.setStretch(0, 1)
        self._body.addLayout(whose)
        for kept in cases[:_MOST_CASES]:
            words = t(
                "intake.pane.case",
                number=kept.record.number or t("intake.pane.no_number"),
                title=kept.record.case.patent.title or t("intake.pane.no_title"),
            )
            ask = button(
                t("intake.do.complete"), "link", clicked=partial(self.case_asked.emit, kept)
            )
            ask.setAccessibleName(f"{t('intake.do.complete')}：{words}")
            line_of = row(Elided(words), ask)
            line_of.setStretch(0, 1)
            self._body.addLayout(line_of)
        self._add_rest(len(cases) - _MOST_CASES)
        more = button(
            t("intake.do.further"), icon="plus", clicked=partial(self.case_asked.emit, None)
        )
        self._body.addLayout(row(more, None))

    def _show_foot(self, one: Row) -> None:
        clear(self._foot)
        package = one.package
        folder = button(t("intake.do.original"), icon="folder-open", clicked=self.folder_asked.emit)
        if package.sent_to_review is not None:
            back = button(
                t("intake.do.take_back"), icon="undo-2", clicked=self.take_back_asked.emit
            )
            self._foot.addLayout(row(back, folder))
            return
        if needs_resending(package) and not package.accepted:
            self._foot.addWidget(
                button(t("intake.do.resend"), icon="mail", clicked=self.resend_asked.emit)
            )
        takes = button(t("intake.do.accept"), clicked=self.accept_asked.emit)
        takes.setVisible(package.verdict == "faulty" and not package.accepted)
        self._foot.addLayout(row(takes, folder))
        if not (why := hinders(package)):
            words = t("intake.do.send", count=package.cases)
            self._foot.addWidget(
                button(words, "primary", icon="clipboard-check", clicked=self.send_asked.emit)
            )
        elif package.verdict != "faulty":
            self._foot.addWidget(label(t("intake.pane.hinders", why=why), "hint", wrap=True))


def _place(one: Duplicate) -> str:
    return t("intake.pane.place", office=one.office, batch=one.batch, place=one.place)


def _sum(sha256: str) -> str:
    """A sum as it is compared by eye: the first twelve signs and the last four."""
    if not sha256:
        return t("intake.pane.no_file")
    head = sha256[:_HEAD]
    groups = " ".join(head[at : at + 4] for at in range(0, _HEAD, 4))
    return f"{groups} … {sha256[-_TAIL:]}"
