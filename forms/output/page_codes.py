"""Page codes drawn: a QR code of 9 mm at the right of the foot margin, of black fields.

Version 1, level M: 21 modules of 0.43 mm, which a scan at 200 dpi shows by 3.4 dots.  Size and
level were chosen by trial (docs/adr/0065-page-codes.md).  The modules are
artifacts: nothing of them is read out.
"""

from itertools import groupby
from typing import Any

from forms.output.page_sheet import MM, Sheet
from forms.pack.language import Page

CODE_MM = 9.0
FOOT_MM = 4.6
"""White between the code and the lower edge: what a printer can not reach is less."""


def put_code(sheet: Sheet, page: Page, text: str) -> None:
    """Put a code on a sheet, flush right with the page's text."""
    if text:
        side = CODE_MM * MM
        left = sheet.width - page.right_mm * MM - side
        sheet.code(left, sheet.height - FOOT_MM * MM - side, side, *_drawn(text))


def _drawn(text: str) -> tuple[str, int]:
    """The dark stretches of a code as a path in modules, from the lower left; modules a side."""
    import zxingcpp  # of no use to a paper without a code

    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = made.to_image(scale=1, add_quiet_zones=False)  # it has the buffer's protocol
    rows: Any = memoryview(image).tolist()
    stretches = []
    for above, row in enumerate(reversed(rows)):
        column = 0
        for is_light, same in groupby(row):
            count = len(list(same))
            if not is_light:
                stretches.append(f"{column} {above} {count} 1 re")
            column += count
    return " ".join(stretches), len(rows)
