"""共享数据库: which server the data are on, if they are; tried before it is used."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from db.password_file import keep_password
from db.shared_database import FaultyAddress, SharedDatabase, is_shared, shared_database
from desktop.desk.desk import Clock, Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.installed.workplaces import shared_key
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from forms.facts.record import Office


class SharedCard(Card):
    """The address and the password; the data of the server are opened once it has answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("settings.shared.title"))
        self._desk = desk
        place = desk.store.place
        is_in_use = isinstance(place, SharedDatabase)
        self.address = QLineEdit(desk.settings.text(shared_key(desk.workplace)))
        self.address.setPlaceholderText(t("settings.shared.address_hint"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.connect_button = button(t("settings.shared.connect"), icon="database")
        self.connect_button.clicked.connect(self.try_it)
        self.local = button(t("settings.shared.local"), "quiet", clicked=self.use_local)
        self.local.setVisible(is_in_use)
        name = place.shown if isinstance(place, SharedDatabase) else ""
        state = t("settings.shared.in_use", name=name) if name else t("settings.shared.not_in_use")
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 18)
        column.setSpacing(14)
        column.addWidget(label(t("settings.shared.intro"), "hint", wrap=True))
        self._field = LabelledField(t("settings.shared.address"), self.address)
        column.addWidget(self._field)
        secret = LabelledField(t("settings.shared.password"), self.password)
        inside = secret.layout()
        assert inside is not None
        inside.addWidget(label(t("settings.shared.password_hint"), "hint", wrap=True))
        column.addWidget(secret)
        column.addLayout(row(self.connect_button, self.local, None))
        column.addWidget(label(f"{state}{t('settings.shared.own_copy')}", "hint", wrap=True))
        self.body.addLayout(column)

    @Slot()
    def try_it(self) -> None:
        """Speak to the server; the data there are used once it has answered."""
        try:
            place = self._named()
            if password := self.password.text():
                host = "localhost" if place.is_local else place.host
                named = (host, place.port, place.database, place.user)
                keep_password(*named, password, place.password_file)
        except (FaultyAddress, OSError) as problem:
            self._show_fault(str(problem))
            return
        self.password.clear()
        self.address.setText(place.address)
        self._field.show_problems(())
        self.connect_button.setDisabled(True)
        job = self._desk.jobs.run(
            partial(_tried, place, self._desk.now, self._desk.store.parties.office()),
            t("settings.shared.connecting"),
            finished=self._use,
            failed=self._failed,
        )
        job.ended.connect(lambda: self.connect_button.setEnabled(True))

    def _named(self) -> SharedDatabase:
        """The database that is meant.  Raises FaultyAddress."""
        text = self.address.text().strip()
        if not text:
            raise FaultyAddress(t("settings.shared.empty"))
        if not is_shared(text):
            text = f"postgresql://{text}"
        return shared_database(text, beside=self._desk.store.path)

    def _use(self, place: SharedDatabase) -> None:
        self._desk.settings.set(shared_key(self._desk.workplace), place.address)
        self._desk.notices.tell("done", t("settings.shared.connected", name=place.shown))
        self._desk.own_data_asked.emit()

    def _failed(self, error: BaseException) -> None:
        self._show_fault(str(error))

    def _show_fault(self, words: str) -> None:
        self._field.show_problems([FieldProblem("error", words)])

    @Slot()
    def use_local(self) -> None:
        """Go back to the data of this computer."""
        self._desk.settings.set(shared_key(self._desk.workplace), "")
        self._desk.own_data_asked.emit()


class ServerBackupsCard(Card):
    """What stands for the list of backups where the data are on a server: how they are made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("settings.shared.backups"))
        place = desk.store.place
        assert isinstance(place, SharedDatabase)
        from db.server_backups import commands

        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 18)
        column.setSpacing(14)
        column.addWidget(label(t("settings.shared.backups_words"), wrap=True))
        for key, words in zip(("dump", "bring_back"), commands(place), strict=True):
            field = QLineEdit(words)
            field.setReadOnly(True)
            field.setCursorPosition(0)
            column.addWidget(LabelledField(t(f"settings.shared.{key}"), field))
        self.body.addLayout(column)


def _tried(place: SharedDatabase, now: Clock, office: Office, report: Report) -> SharedDatabase:
    """Open it once; where nobody has begun yet it gets its tables and this office's facts.

    Raises a StoreProblem.
    """
    from db.store import open_store

    report.check()
    with open_store(place, now=now) as store, store.transaction():
        if store.settings.get("started") is None:
            store.settings.put("started", "true")
            store.parties.set_office(office)
    return place
