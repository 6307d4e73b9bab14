"""Charts: every bar with its number, within its room, in our fonts, alike on paper and screen."""

import re
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from reportlab.graphics.shapes import Line, Rect, String

from forms.ground.fonts import shipped_fonts
from forms.output.charts import chart_drawing, chart_file
from forms.paper.document import Bar, Chart

MONTHS = Chart(
    title="图 1　达成许可",
    bars=tuple(
        Bar(label=str(m), parts=(m % 4, m % 3), number=str(m % 4 + m % 3)) for m in range(1, 13)
    ),
    series=("收费 18 项", "免费 12 项"),
    unit="月份",
    upright=True,
)
WAYS = Chart(
    title="图 2　许可费到账",
    bars=tuple(
        Bar(label=label, parts=(Decimal(amount),), number=f"{amount:,}")
        for label, amount in (("一次总付", 430000), ("分期支付", 0), ("入门费", 1), ("其他", 9))
    ),
    unit="单位：元",
)


@pytest.mark.parametrize("chart", [MONTHS, WAYS, Chart(title="空", bars=())])
def test_every_bar_carries_its_number_within_the_chart(chart: Chart) -> None:
    drawing = chart_drawing(chart, 240, 150, shipped_fonts())
    words = [shape.text for shape in drawing.contents if isinstance(shape, String)]
    for bar in chart.bars:
        assert bar.label in words
        assert bar.number in words
    for shape in drawing.contents:
        match shape:
            case Rect():
                corners = (shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)
            case Line():
                corners = (shape.x1, shape.y1), (shape.x2, shape.y2)
            case String():
                wide = shipped_fonts().width(shape.text, shape.fontName, shape.fontSize)
                corners = (shape.x, shape.y), (shape.x + wide, shape.y + shape.fontSize)
        assert all(-0.01 <= x <= 240.01 and -0.01 <= y <= 150.01 for x, y in corners)


def test_a_long_label_leaves_the_bars_their_room() -> None:
    bar = Bar(label="化学与环境科学与工程学院" * 4, parts=(3, 2), number="5")
    drawing = chart_drawing(Chart(title="图 3", bars=(bar,)), 240, 150, shipped_fonts())
    filled = [shape for shape in drawing.contents if isinstance(shape, Rect)]
    assert max(shape.width for shape in filled) > 50
    assert any(isinstance(one, String) and one.text.endswith("…") for one in drawing.contents)


def test_a_chart_brings_no_font_but_ours() -> None:
    with pikepdf.open(BytesIO(chart_file(MONTHS, 240, 150, shipped_fonts()))) as file:
        names = {
            str(font.BaseFont)
            for font in file.objects
            if isinstance(font, pikepdf.Dictionary) and "/BaseFont" in font
        }
        content = file.pages[0].Contents.read_bytes()
    assert names
    assert all("Noto" in name for name in names)
    assert not re.search(rb" (rg|RG|k|K)\s", content)  # black only


def test_few_columns_stay_columns() -> None:
    bar = Bar(label="1", parts=(3, 2), number="5")
    chart = Chart(title="图 1", bars=(bar,), upright=True)
    shapes = chart_drawing(chart, 240, 150, shipped_fonts()).contents
    assert max(one.width for one in shapes if isinstance(one, Rect)) < 30
