"""The summary of stock patents: each page counts its own rows, the last all of them."""

import re
from datetime import date

import pypdfium2

from forms.facts.patent_number import check_character, parse
from forms.facts.record import LedgerEntry, Office, Patent
from forms.ground.locate import packs_folder
from forms.office.stock_report import report_document
from forms.output.pdf import render
from forms.stock.facts import InStock
from forms.stock.records import Answer, StockPatent
from forms.stock.stock_items import load_form
from forms.vetting.record_lint import lint_records

ROW = re.compile(r"ZL\d{12}\.[\dX]")
SUM = re.compile(r"本页小计\s*(\d+)\s*件")


def patent(place: int) -> InStock:
    digits = f"20181{place:07d}"
    number = f"ZL{digits}.{check_character(digits)}"
    entry = LedgerEntry(patent=Patent(number=number, title="示例装置" * (1 + place % 9)))
    stars = Answer(values=(str(1 + place % 5),))
    return InStock(
        id=place,
        revision=1,
        patent=StockPatent(entry=entry, answers={"stars": stars} if place % 4 else {}),
        entry=entry,
        parsed=parse(number),
        of_ledger=False,
    )


def test_each_page_counts_its_rows_and_the_last_all_of_them() -> None:
    stock = [patent(place) for place in range(40)]
    made = report_document(load_form(), stock, Office(name="示例大学"), date(2026, 11, 24))
    with pypdfium2.PdfDocument(render(made)) as paper:
        pages = [page.get_textpage().get_text_bounded() for page in paper]
    assert len(pages) > 3
    for text in pages:
        (said,) = SUM.findall(text)
        assert int(said) == len(ROW.findall(text)) > 0
    assert sum(len(ROW.findall(text)) for text in pages) == 40
    assert "总计" not in "".join(pages[:-1])
    assert re.search(r"总计\s*40\s*件", pages[-1])
    three_stars = sum(place % 5 >= 2 for place in range(40) if place % 4)
    assert re.search(rf"三星以上\s*{three_stars}\s*件", pages[-1].split("总计")[1])


def test_the_shipped_pack_asks_nothing_that_the_facts_have_not() -> None:
    assert lint_records(packs_folder() / "stock-2024") == []
