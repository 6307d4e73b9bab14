"""What a statement's figures come to: the sum beside the offer, and the caps as bars."""

from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.basics import clear, icon_label, label, row
from forms.facts.amounts import grouped, plain
from forms.facts.fee_reckoning import (
    ROUNDING,
    Gap,
    Offered,
    Reckoning,
    Sort,
    gap,
    offered,
    reckoned,
    sorts_of,
)
from forms.facts.record import Case
from forms.pack.implied_fields import field_of
from forms.pack.royalty_caps import HIGH, HIGH_OF_PROFIT, basis_of, caps_of
from forms.pack.types import Pack

_BAR, _TOLD = 6, 196
_TEN_THOUSAND = Decimal(10_000)
_LOOKS = {"lower": ("circle-check", "done"), "equal": ("circle-check", "done")}


class ResultPanel(QFrame):
    """The sums, the offer and how far one is from the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "derived")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 12, 16, 12)
        self._inside.setSpacing(6)
        self._shown: object = None

    def show_case(self, case: Case, pack: Pack) -> None:
        """Show what a case comes to; nothing is made anew where it is the same."""
        offer = offered(case.royalty)
        made = [reckoned(case, sort) for sort in sorts_of(case.royalty)]
        if case.royalty.way == "entry_running" and made[1].value is None:
            made = made[:1]  # a rate beside an entry fee may stand for itself
        shown = (made, offer, case.royalty.way)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._inside)
        self.setVisible(case.royalty.way != "free")
        spoken = []
        for one in made:
            for line, words in _lines(one, offer, case, pack):
                self._inside.addWidget(line)
                spoken.append(words)
        if any(one.value is not None for one in made):
            rounding = t("statement.result.rounding", rule=ROUNDING)
            self._inside.addWidget(label(rounding, "third", wrap=True))
        self.setAccessibleName("；".join(spoken))


def _lines(
    made: Reckoning, offer: Offered, case: Case, pack: Pack
) -> Iterator[tuple[QWidget, str]]:
    sort = made.sort
    name = t(f"statement.result.{sort}")
    for step in made.steps:
        sum_, equals, result = step.rpartition("＝")
        words = label(f"{sum_}{equals}", wrap=True)
        is_last = step is made.steps[-1] and made.value is not None
        end = label(result.strip(), "pane" if is_last else "strong")
        yield _line(name if is_last else t("statement.result.base"), words, end)
    if made.value is None:
        what = "、".join(_what(path, case, pack) for path in made.lacking)
        yield _line(name, label(t("statement.result.lacking", what=what), "hint", wrap=True))
    offer_name = "entry" if sort == "fee" and case.royalty.way == "entry_running" else sort
    value = offer.fee if sort == "fee" else offer.rate
    said = _said(sort, value)
    between = gap(value, made.value)
    pieces: list[QWidget] = [
        label(said or t("statement.result.not_offered"), "strong" if said else "hint")
    ]
    yield _line(t(f"statement.result.offered_{offer_name}"), *pieces, *_compared(between))


def _what(path: str, case: Case, pack: Pack) -> str:
    """What is wanting, by its name; of a factor whose value it is."""
    field = field_of(pack, path)
    words = field.label if field else path
    place = next((int(name) for name in path.split(".") if name.isdecimal()), None)
    if place is None:
        return words
    name = case.statement.factors[place].name
    return (
        t("statement.result.of_factor", name=name)
        if name
        else t("statement.result.of_place", place=place + 1)
    )


def _line(name: str, *widgets: QWidget) -> tuple[QWidget, str]:
    holder = QWidget()
    what = label(name, "hint")
    what.setMinimumWidth(116)
    layout = row(what, space=10)
    for widget in widgets:
        layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    layout.addStretch()
    holder.setLayout(layout)
    texts = [str(text()) for one in widgets if callable(text := getattr(one, "text", None))]
    return holder, t("statement.result.spoken", name=name, value=" ".join(filter(None, texts)))


def _compared(between: Gap | None) -> list[QWidget]:
    if between is None:
        return []
    icon, tone = _LOOKS.get(between.side, ("circle-alert", "pending"))
    words = t(f"statement.result.{between.side}", gap=plain(between.percent))
    return [icon_label(icon, tone), label(words, tone=tone)]


def _said(sort: Sort, value: Decimal | None) -> str:
    if value is None:
        return ""
    if sort == "rate":
        return t("statement.result.percent", rate=plain(value))
    return t("statement.result.yuan", amount=grouped(value).removesuffix(".00"))


class _CapBar(QWidget):
    """How much of a cap an offer takes."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A thin bar."""
        return QSize(160, _BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; beyond the cap in the colour of what is pending."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours, place = tokens(), QRectF(self.rect())
        painter.setBrush(colours.colour("line"))
        painter.drawRoundedRect(place, _BAR / 2, _BAR / 2)
        painter.setBrush(colours.colour("pending" if self._share > 1 else "done"))
        place.setWidth(max(_BAR / 2, place.width() * min(self._share, 1)))
        painter.drawRoundedRect(place, _BAR / 2, _BAR / 2)


class CapBars(QWidget):
    """The caps that an offer is held against; nothing is blocked."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(8)
        self._shown: object = None

    def show_case(self, case: Case, pack: Pack) -> None:
        """Show the bars of a case."""
        offer, caps = offered(case.royalty), caps_of(pack)
        known = (
            ("fixed", offer.fee, caps.fixed, HIGH),
            (offer.base or "net_sales", offer.rate, caps.of_rate(offer.base), HIGH_OF_PROFIT),
        )
        bars = [
            (name, value, cap, basis_of(pack, rule if name == "profit" else HIGH))
            for name, value, cap, rule in known
            if value and cap
        ]
        if bars == self._shown:
            return
        self._shown = bars
        clear(self._inside)
        for name, value, cap, basis in bars:
            self._add(name, value, cap, basis)
        self.setVisible(bool(bars))

    def _add(self, name: str, value: Decimal, cap: Decimal, basis: str) -> None:
        is_fee, is_over = name == "fixed", value > cap
        said = _said("fee" if is_fee else "rate", value)
        most = _said("rate", cap)
        if is_fee:
            amount = f"{cap / _TEN_THOUSAND:,f}"
            most = t("statement.caps.ten_thousand", amount=amount)
        words = t(f"statement.caps.{'over' if is_over else 'of'}", value=said, cap=most)
        title = label(t(f"statement.caps.{name}"), "hint")
        title.setFixedWidth(96)
        share = float(min(value / cap, Decimal(2)))
        told = label(words, "hint", tone="pending" if is_over else "")
        told.setMinimumWidth(_TOLD)
        told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = row(title, _CapBar(share), told, space=12)
        line.setStretch(1, 1)
        self._inside.addLayout(line)
        if is_over:
            note = label(t("statement.caps.basis", basis=basis), "hint", tone="pending", wrap=True)
            self._inside.addWidget(note)
