"""A row of the grid: a patent in stock, with what its cells say worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.facts.kinds import KIND_WORDS
from forms.stock.facts import InStock
from forms.stock.records import Answer
from forms.stock.stock_items import (
    Item,
    StockForm,
    lacking,
    shown_answer,
)

if TYPE_CHECKING:
    from desktop.pages.stock.stock_paths import Paths


class StockRow:
    """A patent in stock, as it is shown."""

    __slots__ = (
        "answers",
        "folded",
        "found",
        "id",
        "lacking",
        "parts_lacking",
        "texts",
        "under",
        "ways",
    )

    def __init__(self, form: StockForm, found: InStock, paths: Paths | None = None) -> None:
        """Work out what the cells say; `paths` tells the ways, where they are wanted."""
        self.ways = paths.of(found) if paths is not None else None
        self.id = found.id
        self.found = found
        self.answers = found.patent.answers
        self.texts = {
            item.code: shown_answer(item, self.answers.get(item.code)) for item in form.items
        }
        missed = lacking(form, self.answers)
        self.parts_lacking = {one.when[0] for one in missed if one.when}
        self.lacking = {one.code for one in missed if not one.when}
        kind = found.kind
        self.under = "　".join(filter(None, (found.number, KIND_WORDS[kind] if kind else "")))
        words = (found.number, found.title, found.college, found.filler, *self.texts.values())
        self.folded = "\n".join(words).casefold()

    @property
    def is_complete(self) -> bool:
        """Whether all that is asked is answered."""
        return not self.lacking and not self.parts_lacking

    @property
    def open(self) -> int:
        """How many counted items are not wholly answered."""
        return len(self.lacking | self.parts_lacking)

    def answer(self, item: Item) -> Answer | None:
        """What was answered to an item."""
        return self.answers.get(item.code)

    def is_unread(self, code: str) -> bool:
        """Whether what stands in an item is none of its answers."""
        answer = self.answers.get(code)
        return answer is not None and bool(answer.unread)
