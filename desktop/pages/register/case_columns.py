"""The columns of the table of cases: how wide they are, what shows in which ink, which give way."""

from collections.abc import Callable
from datetime import date

from db.register_rows import RegisterRow
from desktop.installed.screen_texts import t
from desktop.pages.register import cell_words
from desktop.pages.register.shown_rows import COLUMNS
from desktop.parts.theme.chips import STATES, Look
from desktop.parts.widgets.table_cells import TICKS
from desktop.parts.widgets.table_model import Column

LEAST_TITLE = 190
_WIDTHS = {
    "tick": TICKS,
    "number": 160,
    "owners": 134,
    "inventors": 112,
    "department": 118,
    "end": 120,
    "royalty": 134,
    "state": 112,
    "changed": 98,
}
GIVES_WAY = ("changed", "owners", "royalty", "end", "department", "inventors")
"""The columns that may go, and go where there is no room, the first first."""
USUAL_COLUMNS = frozenset({"changed", "owners", "royalty", "end"})
"""Those of them that are shown unless a clerk chooses others."""
RETURNED = Look("undo-2", "pending", "replies.filters.return")
"""Instead of the state where a bureau returned what was sent, until it is reported again."""
_FACTS: dict[str, Callable[[RegisterRow], object]] = {
    "number": lambda row: row.number_text,
    "title": lambda row: row.title,
    "owners": lambda row: row.owners,
    "inventors": lambda row: row.inventors,
    "department": lambda row: row.department,
    "end": lambda row: row.offer_end,
    "royalty": lambda row: (row.royalty or "").partition("\n")[0],
}
"""What is told paler where it is blank."""


def case_columns(
    today: Callable[[], date], is_returned: Callable[[RegisterRow], bool]
) -> list[Column]:
    """Return the columns in order; what they ask is asked each time something is drawn."""
    return [_column(name, today, is_returned) for name in COLUMNS]


def _column(
    name: str, today: Callable[[], date], is_returned: Callable[[RegisterRow], bool]
) -> Column:
    return Column(
        header=t(f"register.columns.{name}"),
        name=name,
        width=_WIDTHS.get(name, 0),
        chip=(lambda row: _returned() if is_returned(row) else _state(row))
        if name == "state"
        else None,
        ink=_ink(name),
        second_ink=(lambda row: _left_ink(row, today())) if name == "end" else None,
        is_small=name == "changed",
        breaks=name == "title",
        may_go=name in GIVES_WAY,
    )


def _ink(name: str) -> Callable[[RegisterRow], str] | None:
    if name == "changed":
        return lambda _row: "text2"
    fact = _FACTS.get(name)
    return None if fact is None else (lambda row: "text" if fact(row) else "text3")


def _state(row: RegisterRow) -> tuple[Look, str] | None:
    look = STATES.get(row.state or "")
    return None if look is None else (look, t(look.word))


def _returned() -> tuple[Look, str]:
    return RETURNED, t(RETURNED.word)


def _left_ink(row: RegisterRow, today: date) -> str:
    """The ink of how much time is left."""
    if not row.offer_end:
        return "text2"
    if date.fromisoformat(row.offer_end) < today:
        return "error"
    return "pending" if cell_words.is_short(row.offer_end, today) else "text2"
