"""The summary of stock patents as a paper and as a workbook, by the pack that counts."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from forms.facts.amounts import chinese_date
from forms.facts.record import Office
from forms.ground.files import safe_name, write_atomically
from forms.office.store import CannotDo
from forms.pack.record_pack import record_pack
from forms.paper import document as doc
from forms.paper.facts_view import compose_facts
from forms.stock.facts import InStock
from forms.stock.inventory import Inventory, inventory_rows, total_of
from forms.stock.stock_items import StockForm

PAPER = "inventory"


def report_document(
    form: StockForm,
    stock: Sequence[InStock],
    office: Office,
    today: date,
    *,
    college: str = "",
    own: Path | None = None,
) -> doc.Document:
    """Return the summary of some patents composed; `own` is the folder of the office's packs.

    Raises PackFault, CannotDo where the pack has no such paper.
    """
    pack = record_pack("stock", own)
    paper = pack.papers.get(PAPER)
    if paper is None:
        raise CannotDo(f"文书包“{pack.identity.name}”中没有汇总表（{PAPER}）。")
    rows = inventory_rows(form, stock)
    facts = Inventory(
        office=office.name,
        contact=office.contact,
        phone=office.phone,
        scope=f"{college}，" if college else "",
        day=chinese_date(today),
        note=form.note,
        rows=rows,
        total=total_of(rows),
    )
    return compose_facts(paper, facts, pack, number=college)


def write_report(
    form: StockForm,
    stock: Sequence[InStock],
    office: Office,
    out: Path,
    today: date,
    *,
    college: str = "",
    force: bool = False,
    own: Path | None = None,
) -> list[Path]:
    """Write paper and workbook into a folder and return them.

    Raises CannotDo where there is nothing to write, or a file is there that may not be replaced.
    """
    from forms.output.pdf import render  # slow to import
    from forms.output.xlsx import write_xlsx

    if not stock:
        raise CannotDo("没有列入盘点的专利，未生成汇总表。")
    stem = safe_name("_".join(filter(None, ("存量专利盘点汇总表", college, today.isoformat()))))
    files = [out / f"{stem}.pdf", out / f"{stem}.xlsx"]
    for path in () if force else files:
        if path.exists():
            raise CannotDo(f"“{path}”已存在，未覆盖。请另选文件夹；确需覆盖的，请加 --force。")
    document = report_document(form, stock, office, today, college=college, own=own)
    made = (render(document), write_xlsx(document))
    out.mkdir(parents=True, exist_ok=True)
    for path, content in zip(files, made, strict=True):
        write_atomically(path, content)
    return files
