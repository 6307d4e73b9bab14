"""The bars of a province: listed by quarter, by unit, by industry; each leads to its patents."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.bar_chart import BarChart, said
from desktop.parts.widgets.frames import Card
from forms.bureau.province import Province, Share
from forms.paper.document import Bar, Chart

_NAMES = ("quarters", "units", "industries")
_MOST = 5


class ProvinceCharts(QWidget):
    """Three cards with bars; `asked` carries the ids behind a bar, and what they are."""

    asked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, Card] = {}
        self.charts: dict[str, BarChart] = {}
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        for name in _NAMES:
            card, chart = Card(" ", beside=" "), BarChart()
            inside = QVBoxLayout()
            inside.setContentsMargins(12, 12, 12, 12)
            inside.addWidget(chart)
            inside.addStretch()
            card.body.addLayout(inside)
            chart.asked.connect(self._ask)
            self._cards[name], self.charts[name] = card, chart
            self._row.addWidget(card, 1)

    def stand(self, *, beside: bool) -> None:
        """Stand beside each other, or below."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if beside else down)

    def show_province(self, found: Province) -> None:
        """Show the bars of a province."""
        listed = t("province.count_of", count=f"{found.listed:,}")
        licensed = t("province.licensed_of", count=f"{found.states['licensed']:,}")
        shown = {
            "quarters": (_quarters(found.quarters), f"{listed}{t('province.by_quarter')}"),
            "units": (_units(found.units), f"{listed}{licensed}"),
            "industries": (_industries(found.industries), listed),
        }
        for name, (chart, beside) in shown.items():
            self._cards[name].show_title(chart.title, beside)
            self.charts[name].show_chart(chart)

    def _ask(self, bar: Bar) -> None:
        self.asked.emit(bar.case_ids, said(bar))


def _quarters(shares: Sequence[Share]) -> Chart:
    """What was listed by quarter; the present one is not over yet, and outlined."""
    last = len(shares) - 1
    bars = tuple(
        Bar(
            label=t("province.quarter" if at < last else "province.this_quarter", number=at + 1),
            parts=(one.count,) if at < last else (0, 0, one.count),
            number=f"{one.count:,}",
            case_ids=one.ids,
        )
        for at, one in enumerate(shares)
    )
    return Chart(title=t("province.listed"), bars=bars, upright=True)


def _units(shares: Sequence[Share]) -> Chart:
    bars = tuple(
        Bar(
            label=one.name,
            parts=(one.licensed, one.count - one.licensed),
            number=f"{one.licensed:,} / {one.count:,}",
            case_ids=one.ids,
        )
        for one in _with_rest(shares, "province.other_units")
    )
    series = (t("province.state.licensed"), t("province.unlicensed"))
    return Chart(title=t("province.units"), bars=bars, series=series)


def _industries(shares: Sequence[Share]) -> Chart:
    bars = tuple(
        Bar(
            label=one.name or t("province.no_industry"),
            parts=(one.count,),
            number=f"{one.count:,}",
            case_ids=one.ids,
        )
        for one in _with_rest(shares, "province.other_industries")
    )
    return Chart(title=t("province.industries"), bars=bars)


def _with_rest(shares: Sequence[Share], key: str) -> list[Share]:
    """The largest, and the others together."""
    shown, rest = list(shares[:_MOST]), shares[_MOST:]
    if len(rest) == 1:
        shown += rest
    elif rest:
        ids = tuple(number for one in rest for number in one.ids)
        count, licensed = (
            sum(getattr(one, name) for one in rest) for name in ("count", "licensed")
        )
        shown.append(Share(t(key, count=len(rest)), count, licensed, ids))
    return shown
