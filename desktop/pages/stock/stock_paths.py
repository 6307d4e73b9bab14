"""What the page knows of the ways for its patents: conditions, facts, published figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import Look
from forms.stock.facts import InStock
from forms.stock.grading import Grading, GradingForm, judged
from forms.stock.stock_items import StockForm
from forms.stock.way_money import Figure, Published, figures_of
from forms.stock.way_rules import Way, WayRules
from forms.stock.ways import Suggestion, WayFound, suggested, ways_of

if TYPE_CHECKING:
    from db.store import Store
    from forms.office.stock_ways import Known
    from forms.office.stored import Kept
    from forms.pack.types import Pack

LOOKS: Mapping[Way, Look] = {
    "own_use": Look("building-2", "accent", "stock.columns.path"),
    "ordinary": Look("file-check", "accent", "stock.columns.path"),
    "open": Look("handshake", "accent", "stock.columns.path"),
    "pool": Look("layers", "accent", "stock.columns.path"),
    "transfer": Look("arrow-right", "accent", "stock.columns.path"),
    "pledge": Look("landmark", "accent", "stock.columns.path"),
    "share": Look("coins", "accent", "stock.columns.path"),
    "restore": Look("undo-2", "pending", "stock.columns.path"),
    "surrender": Look("circle-minus", "grey", "stock.columns.path"),
}
NONE = Look("circle-dashed", "plain", "stock.open")


@dataclass(frozen=True)
class RowWays:
    """The ways of a patent, and what is suggested."""

    ways: tuple[WayFound, ...]
    suggestion: Suggestion


@dataclass(frozen=True, kw_only=True)
class Paths:
    """What is reckoned with: the conditions as weighed, what is known of each patent by key."""

    form: StockForm
    rules: WayRules
    known: Mapping[str, Known]
    published: tuple[Published, ...]
    today: date
    grading: GradingForm
    gradings: Mapping[str, Kept[Grading]]

    def grade(self, found: InStock) -> str:
        """The grade and score of a patent in words; "" where it was not judged."""
        kept = self.gradings.get(found.key)
        if kept is None:
            return ""
        told = judged(self.grading, kept.record)
        words = (
            self.grading.class_label(kept.record.category) if kept.record.category else "",
            self.grading.grade_label(told.grade) if told.grade else "",
            t("stock.grades.score", score=told.score) if told.score is not None else "",
            f"{kept.record.by} {kept.record.on or ''}".strip(),
        )
        return "　".join(filter(None, words))

    def of(self, found: InStock) -> RowWays | None:
        """The ways of a patent; None of one that is not known here."""
        known = self.known.get(found.key)
        if known is None:
            return None
        answers = found.patent.answers
        ways = ways_of(self.rules, known.facts, answers, self.today)
        told = suggested(self.rules, self.form, ways, answers, found.patent.path)
        return RowWays(ways, told)

    def figures(self, found: InStock, way: WayFound) -> tuple[Figure, ...]:
        """What a way of a patent costs and brings."""
        known = self.known[found.key]
        return figures_of(way, known.facts, known.money, self.published, self.today)


def paths_here(desk: Desk, store: Store, form: StockForm, stock: list[InStock]) -> Paths:
    """Gather what the ways of some patents hang on; takes as long as reading the cases."""
    from desktop.installed.packs_here import own_packs
    from forms.office.stock_grading import grading_here, gradings
    from forms.office.stock_ways import known_of, published, rules_here
    from forms.pack.load import PackFault, load

    def packs() -> Iterator[Pack]:
        for folder in desk.packs.values():
            try:
                yield load(folder)
            except PackFault:
                continue  # told where packs are looked at

    own = own_packs(store.path)
    return Paths(
        form=form,
        rules=rules_here(store, form, own),
        known=known_of(store, stock, desk.today),
        published=published(packs()),
        today=desk.today,
        grading=grading_here(own),
        gradings=gradings(store),
    )
