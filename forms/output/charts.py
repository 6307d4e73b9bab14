"""Bar charts as reportlab drawings: one picture for the paper and, through a raster, the screen.

Black only: solid, hatch, dots, white, in that order; every bar carries its number; no grid, no
axis numbers.  A drawing names our voices as its fonts and is painted by `paint`, since reportlab's
own way would call for fonts that no file of ours embeds.
"""

from collections.abc import Callable, Iterator, Sequence
from math import fsum
from typing import Any, cast

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import black

from forms.ground.fonts import FontSet
from forms.ground.voices import Role
from forms.output.canvas import PaperCanvas, new_canvas
from forms.paper.document import Bar, Chart

TITLE_PT, WORDS_PT, SMALL_PT = 11.5, 10.0, 9.0
BLACK, RULE_PT = 0.13, 0.6
_PAD_PT = 14.0
_HATCH_PT, _DOTS_PT, _DOT_PT = 3.4, 3.0, 0.9
_BAR_SHARE = 0.58  # of the room of a column
_WIDEST_PT = 28.0  # of a column: where there are few they stay columns
_LABEL_SHARE = 0.4  # of a chart's width, at most

Pattern = Callable[[float, float, float, float], Iterator[Any]]


def chart_drawing(chart: Chart, width: float, height: float, fonts: FontSet) -> Drawing:
    """Return a chart as a drawing of so many points; its strings' fonts are voices."""
    made = _Made(chart, width, height, fonts)
    made.title()
    if chart.upright:
        made.columns()
    else:
        made.bars()
    return made.drawing


def chart_file(chart: Chart, width: float, height: float, fonts: FontSet) -> bytes:
    """Return a PDF of one page that is the chart, for a screen to show by its raster."""
    canvas = new_canvas(fonts, title=chart.title, page_size=(width, height))
    paint(canvas, 0, 0, chart_drawing(chart, width, height, fonts))
    canvas.end_page()
    return canvas.content()


def paint(canvas: PaperCanvas, x: float, y: float, drawing: Drawing) -> None:
    """Paint a drawing of ours with its lower left corner at a place, in our own fonts."""
    canvas.write(f"q 1 0 0 1 {x:.3f} {y:.3f} cm")
    for shape in drawing.contents:
        match shape:
            case Rect():
                _rect(canvas, shape)
            case Line():
                place = f"{shape.x1:.3f} {shape.y1:.3f} m {shape.x2:.3f} {shape.y2:.3f} l"
                canvas.write(f"{BLACK} G {shape.strokeWidth:g} w {place} S")
            case String():
                canvas.write(f"{BLACK} g")
                role = cast(Role, shape.fontName)
                canvas.show(shape.x, shape.y, shape.text, role, shape.fontSize)
            case _:
                raise AssertionError(f"a chart has no {type(shape).__name__}")
    canvas.write("Q")


def _rect(canvas: PaperCanvas, shape: Any) -> None:
    place = f"{shape.x:.3f} {shape.y:.3f} {shape.width:.3f} {shape.height:.3f} re"
    if shape.fillColor is None:
        canvas.write(f"{BLACK} G {shape.strokeWidth:g} w {place} S")
    else:
        canvas.write(f"{BLACK} g {place} f")


class _Made:
    """A chart being drawn; points from the lower left corner."""

    def __init__(self, chart: Chart, width: float, height: float, fonts: FontSet) -> None:
        self.chart = chart
        self.fonts = fonts
        self.drawing = Drawing(width, height)
        self.width, self.height = width, height

    def title(self) -> None:
        """The title over all, and below it what a series or the unit is called."""
        self._words(self.chart.title, self.width / 2, self._line(1), "title", TITLE_PT, "middle")
        y = self._line(2)
        x = _PAD_PT + 10
        for place, words in enumerate(self.chart.series):
            self._filled(x, y - 1, 9, 9, place)
            x += 13
            self._words(words, x, y, "song", WORDS_PT)
            x += self.fonts.width(words, "song", WORDS_PT) + 16
        if self.chart.unit and not self.chart.upright:
            self._words(self.chart.unit, self.width - _PAD_PT, y, "song", SMALL_PT, "end")

    def _line(self, number: int) -> float:
        return self.height - 18 * number

    def columns(self) -> None:
        """One column for each bar, its parts one on the other, the number on top."""
        bars, floor = self.chart.bars, 32.0
        room = (self.width - 2 * _PAD_PT) / max(len(bars), 1)
        top = self._line(2) - 18
        scale = (top - floor) / _most(bars)
        for place, bar in enumerate(bars):
            middle, y = _PAD_PT + room * (place + 0.5), floor
            wide = min(room * _BAR_SHARE, _WIDEST_PT)
            for series, part in enumerate(bar.parts):
                tall = float(part) * scale
                if tall:
                    self._filled(middle - wide / 2, y, wide, tall, series)
                y += tall
            self._words(bar.number, middle, y + 3.5, "song", WORDS_PT, "middle")
            self._words(bar.label, middle, floor - 12, "song", SMALL_PT, "middle")
        self._rule(_PAD_PT - 4, floor, self.width - _PAD_PT + 4, floor)
        end = self.width - _PAD_PT + 4
        self._words(self.chart.unit, end, floor - 24, "song", SMALL_PT, "end")

    def bars(self) -> None:
        """One row for each bar, with the label before it and the number behind it."""
        bars = self.chart.bars
        names = [self._shortened(bar.label, self.width * _LABEL_SHARE) for bar in bars]
        labels = max((self.fonts.width(one, "song", WORDS_PT) for one in names), default=0)
        numbers = max((self.fonts.width(b.number, "song", WORDS_PT) for b in bars), default=0)
        left, top = _PAD_PT + labels + 6, self._line(2) - 10
        room, floor = self.width - left - numbers - _PAD_PT - 6, 12.0
        pitch = min((top - floor) / max(len(bars), 1), 30.0)
        tall, scale = min(pitch * _BAR_SHARE, 14.0), room / _most(bars)
        for place, bar in enumerate(bars):
            y = top - pitch * (place + 0.5) - tall / 2
            base = y + tall / 2 - 0.36 * WORDS_PT
            self._words(names[place], left - 6, base, "song", WORDS_PT, "end")
            x = left
            for series, part in enumerate(bar.parts):
                wide = float(part) * scale
                if wide:
                    self._filled(x, y, wide, tall, series if len(bar.parts) > 1 else place)
                x += wide
            self._words(bar.number, x + 5, base, "song", WORDS_PT)
        self._rule(left, top - pitch * len(bars) - 2, left, top + 2)

    def _shortened(self, label: str, room: float) -> str:
        """A label that leaves the bars their room; a table beside the chart has it whole."""
        if self.fonts.width(label, "song", WORDS_PT) <= room:
            return label
        while label and self.fonts.width(f"{label}…", "song", WORDS_PT) > room:
            label = label[:-1]
        return f"{label}…"

    def _filled(self, x: float, y: float, width: float, height: float, series: int) -> None:
        for shape in _PATTERNS[series % len(_PATTERNS)](x, y, width, height):
            self.drawing.add(shape)
        self.drawing.add(_box(x, y, width, height, is_filled=False))

    def _rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.drawing.add(Line(x1, y1, x2, y2, strokeWidth=RULE_PT + 0.2))

    def _words(
        self, words: str, x: float, y: float, role: Role, size: float, anchor: str = "start"
    ) -> None:
        wide = self.fonts.width(words, role, size)
        x -= {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        self.drawing.add(String(x, y, words, fontName=role, fontSize=size))


def _box(x: float, y: float, width: float, height: float, *, is_filled: bool) -> Rect:
    made = Rect(x, y, width, height)
    made.fillColor = black if is_filled else None
    made.strokeWidth = 0 if is_filled else RULE_PT
    return made


def _most(bars: Sequence[Bar]) -> float:
    return max((fsum(bar.parts) for bar in bars), default=0) or 1


def _solid(x: float, y: float, width: float, height: float) -> Iterator[Any]:
    yield _box(x, y, width, height, is_filled=True)


def _hatch(x: float, y: float, width: float, height: float) -> Iterator[Any]:
    """Strokes rising to the right, each within the bar."""
    count = int((width + height) / _HATCH_PT)
    for place in range(1, count + 1):
        at = place * _HATCH_PT - height
        x1, y1 = x + max(at, 0), y + max(-at, 0)
        x2, y2 = x + min(width, at + height), y + min(height, width - at)
        if x2 > x1:
            yield Line(x1, y1, x2, y2, strokeWidth=0.4)


def _dots(x: float, y: float, width: float, height: float) -> Iterator[Any]:
    for row in range(int(height / _DOTS_PT)):
        for column in range(int(width / _DOTS_PT)):
            at_x, at_y = x + (column + 0.35) * _DOTS_PT, y + (row + 0.35) * _DOTS_PT
            yield _box(at_x, at_y, _DOT_PT, _DOT_PT, is_filled=True)


def _white(_x: float, _y: float, _width: float, _height: float) -> Iterator[Any]:
    yield from ()


_PATTERNS: tuple[Pattern, ...] = (_solid, _hatch, _dots, _white)
