"""Write the sample workbooks of our packs: invented offices and patents, the same bytes each time.

The rows stand in `tools.samples`.  Run it after a change of a pack's columns:

    python tools/make_sample.py
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import Workbook  # noqa: E402
from openpyxl.styles import Alignment, Font, PatternFill  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402

from forms.ground.steady_archive import steady  # noqa: E402
from tools.samples import cnipa_2024, hubei_2022  # noqa: E402

SAMPLES: Mapping[str, tuple[Sequence[str], Sequence[Mapping[str, Any]]]] = {
    "cnipa-2024": (cnipa_2024.HEADERS, cnipa_2024.ROWS),
    "hubei-2022": (hubei_2022.HEADERS, hubei_2022.ROWS),
}
_WIDE = (
    *("发明创造名称", "专利权人", "其他约定事项", "联系地址", "其他标准"),
    *("付款时间", "先使用后付费约定", "简要说明", "专利的内容和实施情况"),
)


def workbook(headers: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a workbook of a list of patents."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "专利清单"
    sheet.append(list(headers))
    for answers in rows:
        sheet.append([answers.get(header) for header in headers])
    for column, header in enumerate(headers, start=1):
        cell = sheet.cell(1, column)
        cell.font = Font(name="微软雅黑", bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF7")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        width = 36 if header in _WIDE else 16
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def main() -> None:
    """Write the workbooks."""
    for code, (headers, rows) in SAMPLES.items():
        target = ROOT / "resources" / "packs" / code / "sample.xlsx"
        target.write_bytes(workbook(headers, rows))
        print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
