"""The pack in use, what the office says instead of it, and taking in one a bureau has issued."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.pack_parameters import ADDRESS, SIZE_LIMIT_MB, deadline_name
from desktop.installed.packs_here import offered, taken
from desktop.installed.screen_texts import t
from desktop.pages.settings.take_sheet import TakeSheet
from desktop.parts.widgets.basics import button, clear, label, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.one_line import CardLine, facts
from desktop.parts.widgets.typed import when_typed
from forms.pack.load import PackFault, load
from forms.pack.types import Identity, Pack
from forms.vetting.pack_intake import Offered, PackRefused, Taken, told

_MOST_MB = 1000
_FAULTS_SHOWN = 8


class PackCard(Card):
    """Which pack, and what it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("settings.groups.pack"), beside=t("settings.pack.hint"))
        self._desk = desk
        self.which = QComboBox()
        self._facts = QVBoxLayout()
        self._faults = QVBoxLayout()
        self.take = button(t("settings.pack.take"), icon="package", clicked=self.ask_take)
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 8)
        column.addWidget(LabelledField(t("settings.pack.which"), self.which))
        self.body.addLayout(column)
        self.body.addLayout(self._facts)
        taking = row(self.take, margins=(16, 4, 16, 16), space=12)
        taking.addWidget(label(t("settings.pack.take_words"), "hint", wrap=True), 1)
        self.body.addLayout(taking)
        self.body.addLayout(self._faults)
        self.which.activated.connect(self._chosen)
        self.refresh()

    def refresh(self) -> None:
        """Show the packs there are and the one in use."""
        self.which.clear()
        for code, folder in self._desk.packs.items():
            self.which.addItem(_pack_name(folder), code)
        self.which.setCurrentIndex(self.which.findData(self._desk.issued_pack.identity.code))
        clear(self._facts)
        identity = self._desk.issued_pack.identity
        pairs = [
            (t("settings.pack.version"), identity.version),
            (t("settings.pack.authority"), identity.authority),
            (t("settings.pack.notice"), identity.notice),
            (t("settings.pack.in_force"), _in_force(identity, self._desk.today)),
        ]
        self._facts.addLayout(facts([pair for pair in pairs if pair[1]]))

    def ask_take(self) -> None:
        """Let the clerk choose a .pack.zip."""
        title, kinds = t("settings.pack.take"), t("settings.pack.take_files")
        chosen = self._desk.dialogs.files(self, title, kinds)
        if chosen:
            self.take_file(chosen[0])

    def take_file(self, file: Path) -> None:
        """Check a pack, show what it would change, and take it in if the clerk agrees.

        What is wrong with it is shown.  One that the edition's bureau has signed needs nobody to
        agree, and one that is here already changes nothing.
        """
        clear(self._faults)
        self._desk.jobs.run(
            partial(_looked_at, file, self._desk.store.path, self._desk.today),
            t("settings.pack.taking"),
            finished=self._offered,
            failed=self._refused,
        )

    def _offered(self, offer: Offered) -> None:
        if offer.needs_consent and not self._desk.dialogs.agrees(TakeSheet(offer, self.window())):
            self._desk.notices.tell("pending", t("settings.pack.not_taken", name=offer.file))
            return
        self._desk.jobs.run(
            partial(_taking, offer, self._desk.store.path),
            t("settings.pack.taking"),
            finished=self._taken,
            failed=self._refused,
        )

    def _taken(self, taken: Taken) -> None:
        desk = self._desk
        is_in_hand = taken.code == desk.issued_pack.identity.code
        desk.take_packs_anew()
        use = (t("settings.pack.use"), partial(desk.choose_pack, taken.code))
        is_used = is_in_hand or taken.in_use != taken.version
        desk.notices.tell("done", told(taken), action=None if is_used else use)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, PackRefused):
            self._desk.jobs.unheard.emit(error)
            return
        told = "\n".join(str(fault) for fault in error.faults)
        self._desk.notices.tell("error", str(error), details=told)
        if not error.faults:
            return
        copy = button(t("settings.pack.copy"), icon="clipboard-copy")
        copy.clicked.connect(partial(self._copy, told))
        self._faults.addLayout(
            row(label(t("settings.pack.faults"), "strong"), None, copy, margins=(16, 8, 16, 0))
        )
        for fault in error.faults[:_FAULTS_SHOWN]:
            where = "  ·  ".join(part for part in (fault.file, fault.key) if part)
            self._faults.addWidget(CardLine("octagon-x", "error", fault.reason, where))
        self._faults.addSpacing(8)

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._desk.notices.tell("done", t("settings.pack.copied"))

    def _chosen(self, _place: int) -> None:
        code = self.which.currentData()
        if code != self._desk.issued_pack.identity.code:
            try:
                self._desk.choose_pack(code)
            except PackFault:
                self.refresh()
                raise


class ParametersCard(Card):
    """What the office says instead of its pack; blank is as the pack says."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("settings.pack.parameters"), beside=t("settings.pack.parameters_hint"))
        self._desk = desk
        self.fields: dict[str, QLineEdit] = {}
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 18)
        column.setSpacing(14)
        for name, words, value, wrong in _parameters(desk.issued_pack):
            column.addWidget(self._field(name, words, value, wrong))
        self.body.addLayout(column)

    def _field(
        self, name: str, words: str, value: str, wrong: Callable[[str], str]
    ) -> LabelledField:
        line = QLineEdit(self._desk.settings.pack_parameter(self._desk.issued_pack, name))
        line.setPlaceholderText(t("settings.pack.as_pack", value=value))
        made = LabelledField(words, line)
        self.fields[name] = line

        def take(typed: str) -> None:
            text = typed.strip()
            fault = wrong(text) if text else ""
            made.show_problems([FieldProblem("error", fault)] if fault else [])
            if not fault:
                self._desk.settings.set_pack_parameter(self._desk.issued_pack, name, text)

        when_typed(line, take)
        return made


def _parameters(pack: Pack) -> list[tuple[str, str, str, Callable[[str], str]]]:
    """Name, label, the pack's value and what may be wrong, of each parameter."""
    theirs = pack.submission
    if not theirs.is_mailed:
        return []
    found: list[tuple[str, str, str, Callable[[str], str]]] = [
        (ADDRESS, t("settings.pack.address"), theirs.address, _odd_address),
        (SIZE_LIMIT_MB, t("settings.pack.size_limit_mb"), str(theirs.size_limit_mb), _odd_size),
    ]
    for one in theirs.deadlines:
        kind = t(f"settings.office.{one.office_kind}")
        words = f"{t('settings.pack.deadline')}（{kind}）"
        found.append((deadline_name(one), words, one.day.isoformat(), _odd_day))
    return found


def _odd_address(text: str) -> str:
    name, at, domain = text.partition("@")
    fits = name and at and "." in domain.strip(".") and " " not in text
    return "" if fits else t("settings.pack.odd_address")


def _odd_size(text: str) -> str:
    fits = text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_MB
    return "" if fits else t("settings.pack.odd_size")


def _odd_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return t("settings.pack.odd_day")
    return ""


def _in_force(identity: Identity, today: date) -> str:
    first, last = identity.in_force_from, identity.in_force_until
    if first is None:
        return ""
    if last is None:
        return t("settings.pack.in_force_from", first=first.isoformat())
    span = t("settings.pack.in_force_span", first=first.isoformat(), last=last.isoformat())
    return f"{span}（{t('settings.pack.over')}）" if today > last else span


def _pack_name(folder: Path) -> str:
    try:
        identity = load(folder).identity
    except PackFault:
        return folder.name
    return f"{identity.name}　{identity.version}"


def _looked_at(file: Path, database: Path, today: date, report: Report) -> Offered:
    report.check()
    return offered(file, database, today)


def _taking(offer: Offered, database: Path, report: Report) -> Taken:
    report.check()
    return taken(offer, database)
