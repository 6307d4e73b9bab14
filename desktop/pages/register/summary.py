"""What there is to know of the case in hand, beside the table: facts, papers, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.register.cell_words import left
from desktop.parts.theme import chips
from desktop.parts.theme.icons import icon
from desktop.parts.theme.painted import balanced
from desktop.parts.widgets.basics import (
    button,
    clear,
    column,
    frame,
    icon_button,
    icon_label,
    label,
    line,
    row,
)
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import Chip

if TYPE_CHECKING:  # what is known of a case comes when one is shown: slow to load
    from forms.facts.record import Case
    from forms.ground.problems import Problem
    from forms.office.case_standing import Checked
    from forms.office.paper_making import Standing
    from forms.pack.types import Pack

WIDTH = 320
_TITLE, _TITLE_LINES = WIDTH - 40, 8
_MOST_PROBLEMS = 4
_STANDINGS: dict[Standing, tuple[str, str]] = {
    "unmade": ("file-text", "text3"),
    "printed": ("stamp", "pending"),
    "sealed": ("file-check", "done"),
    "stale": ("refresh-cw", "pending"),
}
PRIMARY = {
    "drafting": "wizard",
    "faulty": "mend",
    "pending": "mend",
    "ready": "export",
    "stale": "export",
    "unsealed": "seals",
    "sealed": "submission",
    "sent": "licences",
    "licensed": "licences",
    "filed": "filing",
    "published": "licences",
    "refused": "filing",
    "withdrawn": "filing",
    "packless": "packs",
}
"""The one thing to do next, by the state."""
_BY_ITS_OWN = ("export", "seals", "submission")  # what wants the case's own pack in use


class SummaryPane(QFrame):
    """The pane at the right.  `asked` carries what is to be done: see `PRIMARY` and the menu.

    Of a case of another pack it may be "use_pack".
    """

    asked = Signal(str)
    jump_asked = Signal(str)  # a field's path
    case_asked = Signal(int)  # another case of the patent
    close_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.may_convert: Callable[[], bool] = bool
        self.setProperty("role", "side")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(t("register.summary.name"))
        self.chip = Chip()
        close = icon_button("x", t("register.summary.close"), keys="Ctrl+\\", clicked=self._close)
        self._title = label("", "pane", wrap=True)
        self._below = label("", "hint")
        self._below.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        inside = QWidget()
        inside.setLayout(self._filled())
        self._nothing = label(t("register.summary.nothing"), "hint", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = scrolled(inside)
        self._foot = self._buttons()
        head = row(self.chip, None, close, margins=(20, 16, 12, 0))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._nothing, 1)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot)
        self.show_nothing()

    def _filled(self) -> QVBoxLayout:
        inside = column(self._title, self._below, space=6, margins=(20, 12, 16, 12))
        inside.addSpacing(6)
        inside.addLayout(self._body)
        inside.addStretch()
        return inside

    def _buttons(self) -> QWidget:
        self.primary = button("", "primary", trailing="arrow-right", clicked=self._do_primary)
        self.open = button(t("register.open"), keys="Return", clicked=self._do_open)
        self.export = button(t("register.export"), icon="download", clicked=self._do_export)
        self.more = icon_button("ellipsis", t("register.more"))
        self.more.setProperty("role", "button")
        self.more.setFixedSize(36, 32)
        menu = QMenu(self.more)
        for name, picture, keys in (
            ("copy", "copy", "Ctrl+D"),
            ("template", "file-plus", ""),
            ("licences", "handshake", ""),
            ("convert", "git-compare", ""),
            ("bin", "trash-2", "Del"),
        ):
            action = menu.addAction(icon(picture), t(f"register.do.{name}"))
            if keys:
                action.setText(f"{action.text()}\t{keys}")
            action.triggered.connect(partial(self._ask, name))
            if name == "convert":
                self._convert = action
        menu.aboutToShow.connect(self._offer_convert)
        self.more.setMenu(menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self.print = icon_button("printer", t("register.print"), keys="Ctrl+P")
        self.print.setProperty("role", "button")
        self.print.setFixedSize(36, 32)
        self.print.clicked.connect(partial(self._ask, "print"))
        below = row(self.open, self.export, self.print, self.more)
        below.setStretch(0, 1)
        below.setStretch(1, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 8, 16, 16)
        foot.setSpacing(8)
        foot.addWidget(self.primary)
        foot.addLayout(below)
        return frame("plain", foot)

    # --- what is shown --------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No case is in hand."""
        self._next = self._first = ""
        for widget in (self.chip, self._area, self._foot):
            widget.hide()
        self._nothing.show()

    def _offer_convert(self) -> None:
        self._convert.setVisible(self.may_convert())

    def show_case(
        self,
        one: Checked,
        in_use: Pack,
        today: date,
        others: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Show a case with all that is wrong with it, and its pack where another is in use.

        `others` are the patent's other cases: id, how each is called.
        """
        from forms.facts import derived
        from forms.facts.derived import number_text

        case = one.stored.case
        is_other = one.pack is not None and one.pack.identity.code != in_use.identity.code
        self._next = PRIMARY[one.state]
        if is_other and self._next in _BY_ITS_OWN:
            self._next = "use_pack"
        self.chip.show_state(one.state)
        title = case.patent.title or t("register.no_title")
        self._title.setText("\n".join(balanced(title, self._title.font(), _TITLE, _TITLE_LINES)))
        self._title.setAccessibleName(title)
        number = number_text(case) or t("register.no_number")
        self._below.setText("　".join(filter(None, (number, derived.kind_word(case)))))
        clear(self._body)
        self._body.addWidget(line())
        self._body.addSpacing(6)
        told = _facts(case, today)
        if is_other and one.pack is not None:
            told.append((t("register.summary.other_pack"), one.pack.identity.name, ""))
        self._body.addLayout(_grid_of(told))
        for case_id, called in others:
            link = button(called, "link", icon="git-compare")
            link.clicked.connect(partial(self._ask_case, case_id))
            self._body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._body.addSpacing(6)
        self._body.addWidget(line())
        self._body.addSpacing(6)
        self._notes(case.notes)
        if one.pack is None:
            words = label(t("register.summary.packless", code=case.pack), wrap=True)
            self._body.addWidget(words)
        else:
            self._papers(one, one.pack)
        self._problems(one.problems)
        is_own = self._next != "use_pack"
        self.primary.setText(t(f"register.primary.{one.state if is_own else self._next}"))
        self.primary.setAccessibleName(self.primary.text())
        self.open.setVisible(self._next not in ("wizard", "mend"))
        can_print = one.pack is not None and not is_other
        self.export.setVisible(can_print and self._next != "export")
        self.print.setVisible(can_print)
        for widget in (self.chip, self._area, self._foot):
            widget.show()
        self._nothing.hide()

    def _notes(self, notes: str) -> None:
        """The office's own notes on the case, and the way to write them."""
        key = "edit_notes" if notes else "add_notes"
        write = button(
            t(f"register.summary.{key}"), "link", icon="pencil-line", clicked=self._write_notes
        )
        self._body.addLayout(row(label(t("register.summary.notes"), "label"), None, write))
        if notes:
            words = label(notes, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._body.addWidget(words)
        self._body.addSpacing(6)

    def _write_notes(self) -> None:
        self.jump_asked.emit("notes")

    def _papers(self, one: Checked, pack: Pack) -> None:
        self._body.addWidget(label(t("register.summary.papers"), "label"))
        from forms.office.paper_making import by_weight

        shown = [paper.code for paper in by_weight(pack, ("case",)) if paper.code in one.standings]
        for code, standing in ((code, one.standings[code]) for code in shown):
            picture, colour = _STANDINGS[standing]
            words = label(pack.papers[code].title, wrap=True)
            state = label(t(f"register.standing.{standing}"), "caption")
            line_of = row(icon_label(picture, colour), words, state)
            line_of.setStretch(1, 1)
            self._body.addLayout(line_of)
        if one.licences:
            words = label(t("register.summary.licences"))
            count = label(t("register.summary.count", count=len(one.licences)), "caption")
            line_of = row(icon_label("handshake", "done"), words, None, count)
            self._body.addLayout(line_of)

    def _problems(self, problems: Sequence[Problem]) -> None:
        grave = [one for one in problems if one.severity != "advice" and one.scope != "contract"]
        self._first = grave[0].field if grave else ""
        if not grave:
            return
        self._body.addSpacing(8)
        self._body.addWidget(label(t("register.summary.missing", count=len(grave)), "label"))
        for problem in grave[:_MOST_PROBLEMS]:
            self._body.addWidget(_ProblemStrip(problem, partial(self._jump, problem.field)))
        if len(grave) > _MOST_PROBLEMS:
            words = t("register.summary.more", count=len(grave) - _MOST_PROBLEMS)
            self._body.addWidget(button(words, "link", clicked=self._do_open))

    # --- what is asked --------------------------------------------------------------------

    def go_to_first(self) -> None:
        """Ask for the field of the gravest problem."""
        self.jump_asked.emit(self._first)

    def _ask_case(self, case_id: int, _checked: bool = False) -> None:
        self.case_asked.emit(case_id)

    def _jump(self, path: str) -> None:
        self.jump_asked.emit(path)

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.asked.emit(what)

    def _do_primary(self) -> None:
        self.asked.emit(self._next)

    def _do_open(self) -> None:
        self.asked.emit("wizard")

    def _do_export(self) -> None:
        self.asked.emit("export")

    def _close(self) -> None:
        self.close_asked.emit()


class _ProblemStrip(QFrame):
    """A problem with the way to its field."""

    def __init__(self, problem: Problem, go: Callable[[], object]) -> None:
        super().__init__()
        look = chips.SEVERITIES[problem.severity]
        self.setProperty("role", "strip")
        self.setProperty("tone", look.tone)
        self.setAccessibleName(f"{t(look.word)}：{problem.message}")
        words = label(problem.message, wrap=True)
        link = button(t(f"register.go.{problem.severity}"), "link", trailing="arrow-right")
        link.setAccessibleName(f"{link.text()}：{problem.message}")
        link.clicked.connect(go)
        head = row(
            icon_label(look.icon, look.tone), label(t(look.word), tone=look.tone), None, link
        )
        self.setLayout(column(space=2, margins=(12, 4, 6, 8)))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(head)
        layout.addWidget(words)


def _facts(case: Case, today: date) -> list[tuple[str, str, str]]:
    """The facts of a case in the summary: name, value, a smaller word beneath."""
    from forms.facts import derived
    from forms.office.case_states import royalty_in_short

    end = case.offer_end.isoformat() if case.offer_end else ""
    term = derived.term_end(case)
    royalty = royalty_in_short(case.royalty)
    return [
        (t("register.fact.owners"), "\n".join(owner.name for owner in case.owners), ""),
        (t("register.fact.granted"), _day(case.patent.grant_date), ""),
        (t("register.fact.end"), end, left(end, today)),
        (
            t("register.fact.term"),
            t("register.fact.computed", day=_day(term)) if term else "",
            "",
        ),
        (t("register.fact.royalty"), "，".join(royalty), ""),
        *([(t("register.fact.region"), case.region, "")] if case.region else []),
        (
            t("register.fact.contact"),
            "　".join(filter(None, (case.contact.name, case.contact.phone))),
            "",
        ),
        *(
            [(t("register.fact.inventors"), "、".join(case.patent.inventors), "")]
            if case.patent.inventors
            else []
        ),
        *([(t("register.fact.department"), case.department, "")] if case.department else []),
    ]


def _grid_of(lines: Sequence[tuple[str, str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for place, (name, value, beneath) in enumerate(lines):
        grid.addWidget(label(name, "hint"), place, 0, top)
        words = label(value or "—", "" if value else "third", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if beneath:
            grid.addLayout(column(words, label(beneath, "caption"), space=0), place, 1)
        else:
            grid.addWidget(words, place, 1, top)
    return grid


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
