"""A line of text bound to a fact: what is typed goes to the draft, what stands there is shown.

While an input method composes, nothing is set; what can not be read stays as it was typed.
"""

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget

from desktop.editing.draft import Draft
from desktop.installed.screen_texts import t
from desktop.parts.theme.icons import icon
from desktop.parts.widgets.basics import set_role
from forms.ground.cleaning import with_letters

_FIGURES = ("money", "percent", "number", "integer", "date", "duration")
_NO_KEYS = Qt.KeyboardModifier.NoModifier
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def is_the_page_s(event: QEvent) -> bool:
    """Whether a key means something to the page that a line would take: undo, redo, copy a case.

    On some systems Ctrl+D is a line's own delete.
    """
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    assert isinstance(event, QKeyEvent)
    is_copy = event.keyCombination() == QKeyCombination(
        Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_D
    )
    keys = QKeySequence.StandardKey
    return is_copy or event.matches(keys.Undo) or event.matches(keys.Redo)


class Line(QLineEdit):
    """A line that says when it is entered and left, and leaves undo to the case."""

    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_composing = False

    def event(self, event: QEvent) -> bool:
        """Let undo and redo pass to the page; Tab leaves the field though a list lies open.

        WORKAROUND: while its list is open a QCompleter swallows that the field was left.
        """
        if is_the_page_s(event):
            event.ignore()
            return False
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            completer = self.completer()
            if completer is not None:
                completer.popup().hide()
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know whether something is being composed."""
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so, except where only a list over it was closed."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say so, except where only a list opened over it."""
        self.is_composing = False
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.left.emit()


class BoundLine(Line):
    """A line of one fact."""

    at = Signal(str)  # entered: its path
    gone = Signal(str)  # left: its path

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__()
        self.path = path
        self._draft = draft
        self._past_button: QAction | None = None
        self.textEdited.connect(self._typed)
        self.entered.connect(self._entered)
        self.left.connect(self._left)
        self.refresh()

    def refresh(self) -> None:
        """Show what stands in the draft, unless that is what is being typed."""
        if self.is_composing:
            return
        if self.hasFocus() and self._draft.says(self.path, self.text()):
            return
        self._show()

    def _show(self) -> None:
        text = self._draft.shown(self.path)
        if text != self.text():
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)  # a long text shows how it begins

    @Slot(str)
    def _typed(self, text: str) -> None:
        letters = with_letters(text)
        if letters != text:  # pasted from a PDF: what is kept is seen at once
            at = self.cursorPosition()
            self.setText(letters)
            self.setCursorPosition(at)
        self._draft.type(self.path, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down shows what was filled in before."""
        is_plain = event.modifiers() in (_NO_KEYS, Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_Down and is_plain:
            self.offer_past()
            return
        super().keyPressEvent(event)

    @Slot()
    def offer_past(self) -> None:
        """Show what may be taken, and where it comes from, if there is anything."""
        past = [one for one in self._draft.past(self.path) if one.text != self.text()]
        if not past:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in past:
            words = one.text + t(f"wizard.form.from_{one.source}")
            action = menu.addAction(words.replace("&", "&&"))
            action.setData(one.text)
        menu.triggered.connect(self._take)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    @Slot(QAction)
    def _take(self, action: QAction) -> None:
        self._draft.type(self.path, str(action.data()))

    @Slot()
    def _entered(self) -> None:
        self._show_past(bool(self._draft.past(self.path)))
        self.at.emit(self.path)

    def _show_past(self, is_there: bool) -> None:
        """A button at the right end while the field is in hand, unless one stands there already."""
        if is_there and self._past_button is None and self.layout() is None:
            side = QLineEdit.ActionPosition.TrailingPosition
            self._past_button = self.addAction(icon("history", "text2"), side)
            self._past_button.setText(t("wizard.form.past"))
            self._past_button.setToolTip(t("wizard.form.past"))
            self._past_button.triggered.connect(self.offer_past)
        if self._past_button is not None:
            self._past_button.setVisible(is_there)

    @Slot()
    def _left(self) -> None:
        self._show_past(False)
        self._show()
        self.gone.emit(self.path)


class BlankLine(BoundLine):
    """A blank inside a sentence, as wide as what stands in it."""

    grown = Signal()

    def __init__(self, draft: Draft, path: str, least_em: float, *, fills: bool = False) -> None:
        self._least_em, self._fills = least_em, fills
        super().__init__(draft, path)
        set_role(self, "blank")
        if draft.field(path).kind in _FIGURES:
            self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.textChanged.connect(self._fit)

    def _show_past(self, is_there: bool) -> None:
        """There is no room for a button in a sentence; Down works all the same."""

    def sizeHint(self) -> QSize:
        """Room for the text and the cursor, at least what the form leaves."""
        metrics = self.fontMetrics()
        em = metrics.horizontalAdvance("中")
        least = em * (max(self._least_em, 10) if self._fills else max(self._least_em, 2) + 1)
        return QSize(round(max(least, metrics.horizontalAdvance(self.text()) + 1.4 * em)), 30)

    @Slot()
    def _fit(self) -> None:
        if self.sizeHint().width() != self.width():
            self.grown.emit()


class BoundText(QPlainTextEdit):
    """Several lines of one fact, as high as they need between three and ten."""

    at = Signal(str)
    gone = Signal(str)

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__()
        self.path = path
        self._draft = draft
        self._is_composing = self._is_showing = False
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.refresh()
        self._fit()

    def text(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def event(self, event: QEvent) -> bool:
        """Let undo and redo pass to the page."""
        if is_the_page_s(event):
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know whether something is being composed."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.at.emit(self.path)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say so, except where only a list opened over it."""
        self._is_composing = False
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self._show()
            self.gone.emit(self.path)

    def refresh(self) -> None:
        """Show what stands in the draft, unless that is what is being typed."""
        if self._is_composing or (self.hasFocus() and self._draft.says(self.path, self.text())):
            return
        self._show()

    def _show(self) -> None:
        text = self._draft.shown(self.path)
        if text != self.toPlainText():
            self._is_showing = True
            self.setPlainText(text)
            self._is_showing = False

    @Slot()
    def _typed(self) -> None:
        if not self._is_showing and not self._is_composing:
            text = self.toPlainText()
            letters = with_letters(text)
            if letters != text:
                self._put_letters(letters)
            self._draft.type(self.path, text)

    def _put_letters(self, text: str) -> None:
        cursor = self.textCursor()
        at = cursor.position()
        self._is_showing = True
        self.setPlainText(text)
        self._is_showing = False
        cursor.setPosition(min(at, len(self.toPlainText())))
        self.setTextCursor(cursor)

    @Slot()
    def _fit(self) -> None:
        lines = min(max(self.document().size().height(), 3), 10)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing()) + 18)
