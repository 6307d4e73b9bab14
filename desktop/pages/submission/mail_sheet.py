"""What a mail draft says, to copy into any mail program or a mail page in the browser."""

from email import message_from_bytes, policy
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.parts.outside import open_outside
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import LabelledField
from desktop.parts.widgets.sheet import Sheet

PARTS = ("to", "subject", "text")


def words_of(draft: bytes) -> dict[str, str]:
    """Return recipient, subject and text of a draft."""
    mail = message_from_bytes(draft, policy=policy.default)
    body = mail.get_body()
    text = str(body.get_content()) if body is not None else ""
    said = {"to": str(mail["To"] or ""), "subject": str(mail["Subject"] or ""), "text": text}
    return {part: said[part].replace("\r\n", "\n").strip() for part in PARTS}


class MailSheet(Sheet):
    """Recipient, subject and text with a button to copy each, and the way to what is attached."""

    def __init__(self, desk: Desk, draft: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._draft = desk, draft
        self.setWindowTitle(t("submission.mail.title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(560)
        self.copies: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("submission.mail.title"), "step"))
        layout.addWidget(label(t("submission.mail.words"), "hint", wrap=True))
        for part, words in words_of(draft.read_bytes()).items():
            layout.addWidget(self._line(part, words))
        folder = button(t("submission.mail.folder"), icon="folder-open", clicked=self.open_folder)
        close = button(t("submission.mail.close"), "primary", clicked=self.accept)
        layout.addLayout(row(folder, None, close))
        close.setDefault(True)

    def open_folder(self) -> None:
        """Open the folder in which the draft and what is attached lie."""
        open_outside(self._draft.parent, self._desk.notices)

    def _line(self, part: str, words: str) -> LabelledField:
        name = t(f"submission.mail.{part}")
        shown: QLineEdit | QPlainTextEdit
        if part == "text":
            shown = QPlainTextEdit(words)
            shown.setMinimumHeight(180)
        else:
            shown = QLineEdit(words)
            shown.setCursorPosition(0)
            if not words:
                shown.setPlaceholderText(t("submission.mail.none"))
        shown.setReadOnly(True)
        copy = button(t("submission.mail.copy", what=name), icon="clipboard-copy")
        copy.setEnabled(bool(words))
        copy.clicked.connect(partial(self._copy, part, words))
        self.copies[part] = copy
        return LabelledField(name, shown, beside=copy)

    def _copy(self, part: str, words: str, _checked: bool = False) -> None:
        QGuiApplication.clipboard().setText(words)
        for other, copy in self.copies.items():
            name = t(f"submission.mail.{other}")
            key = "copied" if other == part else "copy"
            copy.setText(t(f"submission.mail.{key}", what=name))
