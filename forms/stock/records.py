"""What is kept of taking stock (存量盘点): patents with their answers, rounds, what was sent out.

A patent's facts stand in the ledger.  A stock patent that the ledger does not know yet brings its
own along; once the ledger has its number, these no longer count (`forms.stock.facts`).

What is asked, and which answers there are, is a pack's (`forms.stock.stock_items`): an answer is
kept as codes and texts, so that another list of codes needs no code.

This module must not know a store or a screen.
"""

from collections.abc import Mapping
from datetime import date

from forms.facts.derived import number_text
from forms.facts.record import LedgerEntry
from forms.facts.record_shape import Record
from forms.ground.record_kind import RecordKind

STOCK_VERSION = 1

Values = tuple[str, ...]
"""An item's answer: a code, several codes, the number of stars, or a text; () for none."""


class Answer(Record, omit_defaults=True, frozen=True):
    """What was answered to an item, by whom, on which day; `via` is the file it came in.

    `unread` is what was typed where that is none of the item's answers: it is kept until mended.
    """

    values: Values = ()
    unread: str = ""
    by: str = ""
    on: date | None = None
    via: str = ""


class ChosenPath(Record, frozen=True):
    """A path (路径) that the office chose instead of the one suggested, and why."""

    path: str
    reason: str
    by: str = ""
    on: date | None = None


class StockPatent(Record, omit_defaults=True, frozen=True):
    """A patent in stock: the facts it came with, its answers by the item's code.

    `college` and `filler` are the college (学院) that is asked and who fills it in there, where
    these are not the ledger's department and first inventor.  `asked_in` is the round in which it
    is asked.  One that `is_out` is no longer in stock, because of `out_reason`.
    """

    version: int = STOCK_VERSION
    entry: LedgerEntry = LedgerEntry()
    college: str = ""
    filler: str = ""
    asked_in: str = ""
    answers: dict[str, Answer] = {}
    path: ChosenPath | None = None
    is_out: bool = False
    out_reason: str = ""
    notes: str = ""


class CollegeFigures(Record, frozen=True):
    """How far a college was when the round was closed: patents asked, all filled in."""

    college: str
    asked: int
    complete: int


class StockRound(Record, frozen=True):
    """A round of taking stock (盘点轮次): its name, from when to when, and how it ended."""

    version: int = STOCK_VERSION
    name: str = ""
    opened_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    figures: tuple[CollegeFigures, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is going on."""
        return self.closed_on is None


class SentPatent(Record, omit_defaults=True, frozen=True):
    """A row of a workbook that was sent: the number, the title, and what stood in each item."""

    number: str
    title: str = ""
    values: dict[str, Values] = {}


class Return(Record, frozen=True):
    """A workbook that came back: its name, its SHA-256, the day, how many answers were taken."""

    name: str
    sha256: str
    on: date
    by: str = ""
    taken: int = 0
    left: int = 0


class Sending(Record, omit_defaults=True, frozen=True):
    """What was sent to a college in a round, and what came back of it.

    `rows` are the values as they stood then: by them it is told which side changed one.
    """

    version: int = STOCK_VERSION
    round: str = ""
    college: str = ""
    file: str = ""
    sent_on: date | None = None
    due_on: date | None = None
    rows: tuple[SentPatent, ...] = ()
    returns: tuple[Return, ...] = ()


class WatchedRight(Record, omit_defaults=True, frozen=True):
    """A lapsed right of another that is watched (他人失效专利): what it is, since when it is free.

    `use` is what the office wants of it, `until` the day up to which it may be restored, as far as
    that is known.
    """

    version: int = STOCK_VERSION
    number: str = ""
    title: str = ""
    owner: str = ""
    lapsed_on: date | None = None
    until: date | None = None
    reason: str = ""
    use: str = ""
    notes: str = ""


def _state(patent: StockPatent) -> str:
    return "out" if patent.is_out else "in"


def _searched(patent: StockPatent) -> tuple[str, ...]:
    entry = patent.entry
    owners = tuple(owner.name for owner in entry.owners)
    answers = sorted(patent.answers.items())  # as the store gives them back, whoever put them
    texts = tuple(text for _, answer in answers for text in answer.values)
    college = patent.college or entry.department
    return (entry.patent.title, *entry.patent.inventors, *owners, college, patent.filler, *texts)


def _round_state(one: StockRound) -> str:
    return "open" if one.is_open else "closed"


STOCK = RecordKind(
    name="stock",
    shape=StockPatent,
    word="存量专利",
    key=lambda patent: number_text(patent.entry),
    state=_state,
    searched=_searched,
)
ROUNDS = RecordKind(
    name="stock_round",
    shape=StockRound,
    word="盘点轮次",
    key=lambda one: one.name,
    state=_round_state,
)
SENDINGS = RecordKind(
    name="stock_sending",
    shape=Sending,
    word="发出的盘点表",
    key=lambda one: one.college,
    state=lambda one: "back" if one.returns else "sent",
)
WATCHED = RecordKind(
    name="watched_right",
    shape=WatchedRight,
    word="关注的失效专利",
    key=lambda one: one.number,
    searched=lambda one: (one.title, one.owner, one.use),
)

KINDS = (STOCK, ROUNDS, SENDINGS, WATCHED)


def values_of(answers: Mapping[str, Answer], item: str) -> Values:
    """Return what was answered to an item; () where nothing was, or nothing that can be read."""
    found = answers.get(item)
    return found.values if found is not None and not found.unread else ()
