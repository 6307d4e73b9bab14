"""A package that was made: where it lies, what is in it, what it lacks, whether it was sent."""

from collections import Counter
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.submission.package_actions import Package, PackageFile
from desktop.parts.theme.tokens import Tone
from desktop.parts.widgets.basics import (
    button,
    clear,
    column,
    frame,
    icon_label,
    label,
    row,
)
from desktop.parts.widgets.calendar import Calendar
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.one_line import CardColumn, CardLine, facts
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.record import Office
from forms.ground.name_patterns import fill
from forms.office.cover_letter import UNNAMED_OFFICE
from forms.pack.types import Pack

_KIB, _MIB = 1024, 1024 * 1024


class ResultView(QWidget):
    """Shows a package."""

    folder_asked = Signal(Path)
    mail_asked = Signal(Path)
    words_asked = Signal(Path)  # to be copied
    case_asked = Signal(int, str)
    seals_asked = Signal()
    sent_noted = Signal(int, object)  # the submission's id, the day

    def __init__(self) -> None:
        super().__init__()
        self.package: Package | None = None
        self._banner = QVBoxLayout()
        self._banner.setContentsMargins(0, 0, 8, 0)
        self.files = RowsTable(_columns(), t("submission.done.made_files"), tone=_tone)
        self._left = Card(t("submission.done.made_files"), beside=" ")
        self._left.body.addWidget(self.files, 1)
        self._cards = CardColumn()
        panes = QHBoxLayout()
        panes.setSpacing(16)
        panes.addWidget(self._left, 1)
        panes.addWidget(self._cards, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 8, 16, 24)
        whole.setSpacing(16)
        whole.addLayout(self._banner)
        whole.addLayout(panes, 1)
        self.day = QDateEdit()

    def show_package(self, package: Package, pack: Pack, office: Office, today: date) -> None:
        """Show a package, the one just made or an older; the focus stays here if it was."""
        self.package = package
        focus: QWidget | None = self.window().focusWidget()
        has_focus = focus is not None and self.isAncestorOf(focus)
        clear(self._banner)
        self._banner.addWidget(self._headline(package))
        self.files.show_rows(package.files)
        count = t("submission.done.file_count", count=len(package.files))
        self._left.show_title(t("submission.done.made_files"), count)
        cards: list[QWidget] = []
        if package.changed:
            cards.append(self._stale(package))
        cards += [self._mail(package, pack, office), self._afterwards(package, today)]
        if unsealed := self._unsealed(package):
            cards.append(unsealed)
        if not_made := self._not_made(package):
            cards.append(not_made)
        cards += [_strip("advice", "info", sentence) for sentence in package.lies.advice]
        self._cards.show_cards(cards)
        if has_focus:  # what had it is made anew
            self.files.setFocus()

    # --- parts ------------------------------------------------------------------------------

    def _headline(self, package: Package) -> QWidget:
        sent_at = package.submission.sent_at
        if sent_at is not None:
            head = t("submission.done.sent", day=day_of(sent_at))
            words = t("submission.done.sent_words", cases=package.cases, files=len(package.files))
        else:
            head = t("submission.done.made")
            words = _made_words(package)
        folder = button(t("submission.done.open_folder"), icon="folder-open")
        folder.clicked.connect(self._open_folder)
        buttons = row(folder, space=12)
        mails = package.lies.mails
        is_unsent = sent_at is None
        for place, mail in enumerate(mails, start=1):
            role = "primary" if is_unsent and place == 1 else ""
            more = f" {place}" if len(mails) > 1 else ""
            one = button(t("submission.done.open_mail") + more, role, icon="mail")
            one.clicked.connect(partial(self._open_mail, Path(mail)))
            buttons.addWidget(one)
        if mails and is_unsent:
            copy = button(t("submission.done.copy_mail"), "quiet", icon="clipboard-copy")
            copy.setToolTip(t("submission.done.copy_mail_words"))
            copy.clicked.connect(partial(self._show_words, Path(mails[0])))
            buttons.addWidget(copy)
        icon = icon_label("package-check" if is_unsent else "send", "done", 28)
        says = column(label(head, "step"), label(words, wrap=True), space=6)
        whole = row(icon, space=16, margins=(20, 16, 20, 16))
        whole.addLayout(says, 1)
        whole.addLayout(buttons)
        made = frame("strip", whole)
        made.setProperty("tone", "done")
        return made

    def _stale(self, package: Package) -> Card:
        card = Card(t("submission.done.stale"))
        count = t("submission.done.stale_count", count=len(package.changed))
        card.show_title(t("submission.done.stale"), count, tone="pending")
        words = label(t("submission.done.stale_words"), "hint", wrap=True)
        words.setContentsMargins(16, 10, 16, 6)
        card.body.addWidget(words)
        for one in package.changed:
            if one.is_gone or one.case_id is None:
                why = t("submission.done.stale_case_gone") if one.is_gone else ""
                card.body.addWidget(CardLine("refresh-cw", "pending", one.name, why))
                continue
            look = partial(self.case_asked.emit, one.case_id, "")
            do = t("submission.done.stale_look")
            card.body.addWidget(CardLine("refresh-cw", "pending", one.name, do=do, on_do=look))
        return card

    def _mail(self, package: Package, pack: Pack, office: Office) -> Card:
        count, parts = len(package.files) + 1, len(package.lies.mails)
        attached = (
            t("submission.done.mail_parts", count=count, parts=parts)
            if parts > 1
            else t("submission.done.mail_one", count=count)
        )
        if package.lies.locked:
            attached = t("submission.done.mail_locked", name=Path(package.lies.zip).name)
        values = {
            "office": office.name or UNNAMED_OFFICE,
            "date": day_of(package.submission.made_at),
            "count": str(package.cases),
        }
        limit = t("submission.done.mail_limit_words", limit=pack.submission.size_limit_mb)
        to = pack.submission.address or t("submission.done.no_address")
        card = Card(t("submission.done.mail"))
        if package.lies.locked:
            folder = Path(package.lies.folder).name
            words = t("submission.done.unlocked_folder", name=folder)
            card.body.addWidget(CardLine("lock", "pending", words))
        card.body.addLayout(
            facts(
                (
                    (t("submission.done.mail_to"), to),
                    (t("submission.done.mail_subject"), fill(pack.submission.subject, values)),
                    (t("submission.done.mail_attached"), attached),
                    (t("submission.done.mail_limit"), limit),
                )
            )
        )
        return card

    def _unsealed(self, package: Package) -> Card | None:
        """The papers that went in without their seals, counted by title."""
        titles = [title for one in package.lines("missing_seals") for title in one["papers"]]
        if not titles:
            return None
        card = Card(t("submission.done.unsealed"))
        count = t("submission.done.stale_count", count=len(titles))
        card.show_title(t("submission.done.unsealed"), count, tone="pending")
        go, do = self.seals_asked.emit, t("submission.check.seal")
        for title, times in Counter(titles).items():
            text = f"{title}　{t('submission.check.times', count=times)}"
            card.body.addWidget(CardLine("stamp", "pending", text, do=do, on_do=go))
        return card

    def _not_made(self, package: Package) -> Card | None:
        lines = []
        for case_id, name in package.lies.skipped:
            why, do = t("submission.done.skipped"), t("submission.done.mend")
            go = partial(self.case_asked.emit, case_id, "")
            lines.append(CardLine("minus", "text2", name, why, do=do, on_do=go))
        for one in package.lines("left_out"):
            name = str(one.get("title") or one.get("patent_number") or "")
            why = "；".join(str(reason) for reason in one.get("reasons", ()))
            lines.append(CardLine("minus", "text2", name, why))
        if not lines:
            return None
        beside = t("submission.done.not_made_count", count=len(lines))
        card = Card(t("submission.done.not_made"), beside=beside)
        for line in lines:
            card.body.addWidget(line)
        return card

    def _afterwards(self, package: Package, today: date) -> QWidget:
        sent_at = package.submission.sent_at
        day = sent_at.astimezone().date() if sent_at else today
        self.day = QDateEdit(QDate(day.year, day.month, day.day))
        self.day.setCalendarPopup(True)
        self.day.setCalendarWidget(Calendar())
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName(t("submission.done.sent_on"))
        self.day.setFixedWidth(150)
        words = t("submission.done.note_again") if sent_at else t("submission.done.note")
        note = button(words, icon="send", clicked=self.note_sent)
        says = (
            t("submission.done.noted", day=day_of(sent_at))
            if sent_at
            else t("submission.done.after_words")
        )
        if package.pack is None:
            says += t("submission.done.packless", code=package.submission.pack_code)
        elif sent_at and not package.changed:
            says += t("submission.done.all_the_same")
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 12, 16, 14)
        inside.setSpacing(8)
        inside.addWidget(label(t("submission.done.after"), "strong"))
        inside.addWidget(label(says, wrap=True))
        inside.addLayout(row(self.day, note, None))
        made = frame("strip", inside)
        made.setProperty("tone", "advice")
        return made

    def note_sent(self) -> None:
        """The clerk says that it was sent on the day chosen."""
        if self.package is not None:
            chosen = self.day.date()
            day = date(chosen.year(), chosen.month(), chosen.day())
            self.sent_noted.emit(self.package.submission.id, day)

    def _open_folder(self) -> None:
        if self.package is not None:
            self.folder_asked.emit(Path(self.package.lies.folder))

    def _open_mail(self, mail: Path) -> None:
        self.mail_asked.emit(mail)

    def _show_words(self, mail: Path) -> None:
        self.words_asked.emit(mail)


def day_of(moment: datetime) -> str:
    """The day of a moment, here."""
    return moment.astimezone().date().isoformat()


def size_words(size_bytes: int) -> str:
    """A size as people read it."""
    if size_bytes >= _MIB:
        return f"{size_bytes / _MIB:.1f} MB"
    return f"{max(1, round(size_bytes / _KIB))} KB"


def _made_words(package: Package) -> str:
    values = {
        "cases": package.cases,
        "files": len(package.files),
        "size": size_words(package.size_bytes),
    }
    if package.took_s is None:
        return t("submission.done.words", **values)
    return t("submission.done.words_timed", **values, seconds=max(1, round(package.took_s)))


def _strip(tone: Tone, icon: str, sentence: str) -> QWidget:
    inside = row(icon_label(icon, tone), space=10, margins=(12, 10, 12, 10))
    inside.addWidget(label(sentence, wrap=True), 1)
    made = frame("strip", inside)
    made.setProperty("tone", tone)
    return made


_STATE_WORDS = {
    "same": ("submission.done.same", "text2"),
    "changed": ("submission.done.changed", "pending"),
    "gone": ("submission.done.gone", "error"),
}


def _tone(one: PackageFile) -> Tone | None:
    return "pending" if one.state != "same" else None


def _icon(one: PackageFile) -> tuple[str, str]:
    if one.state == "gone":
        return "file-x", "error"
    return "file-check", "done" if one.state == "same" else "pending"


def _columns() -> tuple[Column, ...]:
    return (
        Column(header=t("submission.done.file"), text=lambda one: one.name, icon=_icon, ends=True),
        Column(
            header=t("submission.done.pages"),
            text=lambda one: t("submission.done.page_count", count=one.pages) if one.pages else "—",
            ink=lambda one: "text2",
            width=72,
            may_go=True,
        ),
        Column(
            header=t("submission.done.size"),
            text=lambda one: size_words(one.size_bytes) if one.size_bytes else "—",
            ink=lambda one: "text2",
            width=84,
            may_go=True,
        ),
        Column(
            header=t("submission.done.as_made"),
            text=lambda one: t(_STATE_WORDS[one.state][0]),
            ink=lambda one: _STATE_WORDS[one.state][1],
            width=124,
            may_go=True,
        ),
    )
