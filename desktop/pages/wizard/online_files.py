"""The attachments of a web form as a card: each with its state, and what is done about it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, clear, column, frame, icon_label, label, line, row
from forms.office.online_uploads import Upload, UploadState

_LOOKS: Mapping[UploadState, tuple[str, str]] = {
    "ready": ("circle-check", "done"),
    "printable": ("circle-check", "done"),
    "unwritten": ("clock", "pending"),
    "unmade": ("clock", "pending"),
    "unsealed": ("clock", "pending"),
    "stale": ("clock", "pending"),
    "wanting": ("clock", "pending"),
    "too_large": ("octagon-x", "error"),
    "optional": ("circle-minus", "text3"),
    "not_needed": ("circle-minus", "text3"),
}


class FileRow(QWidget):
    """An attachment: its name, how it stands, what is done about it."""

    open_asked = Signal()
    put_in_asked = Signal(str)

    def __init__(self, upload: Upload) -> None:
        super().__init__()
        self.upload = upload
        self.acts: list[QWidget] = []
        self.setMinimumHeight(tk.ROW)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(14, 6, 12, 6)
        whole.setSpacing(12)
        whole.addWidget(icon_label(*_LOOKS[upload.state]))
        words = [label(upload.label, wrap=True), label(state_words(upload), "caption", wrap=True)]
        whole.addLayout(column(None, *words, None, space=1), 1)
        if not upload.paper and upload.state != "not_needed":
            self._act("put_other" if upload.file else "put_in", self._put_in)
        if upload.files:
            self._act("open", self._open)
        for one in self.acts:
            whole.addWidget(one)

    def _act(self, name: str, slot: object) -> None:
        is_wanted = name == "put_in" and self.upload.state == "wanting"
        words = t(f"online.files.{name}")
        icon = "paperclip" if name == "put_in" else ""
        made = button(words, "" if is_wanted else "link", icon=icon, clicked=slot)  # type: ignore[arg-type]
        made.setAccessibleName(t("online.files.of", act=words, label=self.upload.label))
        self.acts.append(made)

    def _open(self) -> None:
        self.open_asked.emit()

    def _put_in(self) -> None:
        self.put_in_asked.emit(self.upload.id)


class FilesCard(QWidget):
    """All attachments, how many of those that are asked are ready, and their folder."""

    open_asked = Signal()
    put_in_asked = Signal(str)
    folder_asked = Signal()
    rebuilt = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, FileRow] = {}
        self.shown: tuple[Upload, ...] = ()
        self._count = label("", "hint")
        self.make = button(t("online.files.make"), "link", icon="folder", clicked=self._ask)
        head = QWidget()
        head.setFixedHeight(tk.HEADER)
        title = label(t("online.files.name"), "strong")
        head.setLayout(row(title, None, self.make, self._count, margins=(14, 0, 12, 0), space=12))
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(head)
        inside.addLayout(self._rows)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame("card", inside))

    def show_uploads(self, uploads: Sequence[Upload]) -> None:
        """Show how the attachments stand now."""
        if self.shown == tuple(uploads):
            return
        self.shown = tuple(uploads)
        clear(self._rows)
        self.rows = {}
        for upload in uploads:
            made = FileRow(upload)
            made.open_asked.connect(self.open_asked)
            made.put_in_asked.connect(self.put_in_asked)
            self._rows.addWidget(line())
            self._rows.addWidget(made)
            self.rows[upload.id] = made
        asked = [one for one in uploads if one.required]
        done = sum(not one.is_missing for one in asked)
        words = t("online.files.count", done=done, total=len(asked))
        self._count.setText(words if asked else t("online.files.none"))
        self.rebuilt.emit()

    def _ask(self) -> None:
        self.folder_asked.emit()


def state_words(upload: Upload) -> str:
    """How an attachment stands, in a sentence."""
    size = _size(upload.size_bytes)
    if upload.state == "ready":
        key = "scan" if upload.scan is not None else "file"
        name = upload.file.name if upload.file is not None else ""
        return t(f"online.files.{key}", size=size, name=name)
    if upload.state == "too_large":
        return t("online.files.too_large", name=f"{upload.name}　{size}")
    if upload.state == "optional":
        return t("online.files.optional", help=upload.help).strip()
    if upload.state in ("wanting", "not_needed"):
        return upload.help or t(f"online.files.{upload.state}")
    return t(f"online.files.{upload.state}")


def _size(size_bytes: int) -> str:
    if size_bytes >= 1 << 20:
        return t("online.files.mb", size=f"{size_bytes * 10 // (1 << 20) / 10:.1f}")
    return t("online.files.kb", size=max(1, size_bytes >> 10))
