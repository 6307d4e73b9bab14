"""What is wrong, under the field it is wrong with; the same fault of several blanks is one line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.parts.widgets.basics import clear
from desktop.parts.widgets.messages import MessageStrip
from forms.check.case_check import checker_of
from forms.ground.problems import Problem
from forms.pack.implied_fields import field_of
from forms.pack.types import Pack

FixWords = Callable[[Problem], str]


@dataclass(frozen=True)
class Trouble:
    """One message: the problem (of several alike the first), its words, the fix's words."""

    problem: Problem
    message: str
    fix: str = ""


class ProblemStrip(MessageStrip):
    """A message that knows its problem."""

    fix_of = Signal(object)
    basis_of = Signal(object)

    def __init__(self, trouble: Trouble) -> None:
        problem = trouble.problem
        super().__init__(problem.severity, trouble.message, fix=trouble.fix, basis=problem.basis)
        self._problem = problem
        self.fix_asked.connect(self._fixed)
        self.basis_asked.connect(self._explained)

    @Slot()
    def _fixed(self) -> None:
        self.fix_of.emit(self._problem)

    @Slot()
    def _explained(self) -> None:
        self.basis_of.emit(self._problem)


class Troubles(QWidget):
    """The messages under one field or one way of a choice."""

    fix_asked = Signal(object)
    basis_asked = Signal(object)
    rebuilt = Signal()  # other buttons than before

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Trouble, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 2, 0, 0)
        self._layout.setSpacing(6)
        self.hide()

    @property
    def shown(self) -> tuple[Trouble, ...]:
        """What is shown."""
        return self._shown

    def show_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show these; nothing is made anew where they are the same."""
        if tuple(troubles) == self._shown:
            return
        self._shown = tuple(troubles)
        clear(self._layout)
        for one in troubles:
            strip = ProblemStrip(one)
            strip.fix_of.connect(self.fix_asked)
            strip.basis_of.connect(self.basis_asked)
            self._layout.addWidget(strip)
        self.setVisible(bool(troubles))
        self.rebuilt.emit()


def short_message(problem: Problem, pack: Pack) -> str:
    """The message without the place it begins with: it stands beside that place already."""
    place = checker_of(pack).wording.place(problem.field)
    return problem.message.removeprefix(f"{place}：")


def troubles_of(
    problems: Sequence[Problem], pack: Pack, fix_words: FixWords, *, named: bool
) -> tuple[Trouble, ...]:
    """Messages for problems; `named` puts the fields' labels before them, alike ones together."""
    together: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        key = (problem.rule, problem.variant, short_message(problem, pack))
        together.setdefault(key, []).append(problem)
    result = []
    for (_, _, message), alike in together.items():
        shown = message
        if named:
            labels = [field.label for p in alike if (field := field_of(pack, p.field))]
            shown = f"{'、'.join(labels)}：{message}" if labels else message
        fix = fix_words(alike[0]) if len(alike) == 1 else ""
        result.append(Trouble(alike[0], shown, fix))
    return tuple(result)
