"""Charts on a page: side by side in a frame."""

from functools import partial

from forms.output.page_flow import Pages
from forms.output.page_sheet import MM, Painted
from forms.paper import document as doc


def put_charts(block: doc.Charts, pages: Pages) -> None:
    """Put charts on the page, on a new one if need be."""
    from forms.output.charts import chart_drawing, paint  # slow to import, and few papers have any

    tall = block.height_mm * MM
    if pages.y + tall > pages.bottom + 0.01:
        pages.new_sheet()
    wide = pages.width / len(block.charts)
    sheet, top = pages.sheet, pages.y
    for place, chart in enumerate(block.charts):
        x = pages.left + place * wide
        drawing = chart_drawing(chart, wide, tall, pages.setter.fonts)

        sheet.painted(
            Painted(
                x,
                top,
                wide,
                tall,
                partial(paint, drawing=drawing),
                pages.tags.add("P"),
                chart.spoken,
            )
        )
        if place:
            sheet.rule(x, top, x, top + tall, block.rule_pt)
    sheet.frame(pages.left, top, pages.width, tall, block.frame_pt)
    pages.y = top + tall
