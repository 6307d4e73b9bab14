"""The ways for a patent on paper and as a workbook, by the pack that counts."""

from datetime import date
from pathlib import Path

from forms.facts.record import Office
from forms.ground.files import safe_name, write_atomically
from forms.office.stock_ways import Known
from forms.office.store import CannotDo
from forms.pack.record_pack import record_pack
from forms.paper import document as doc
from forms.paper.facts_view import compose_facts
from forms.stock.facts import InStock
from forms.stock.stock_items import StockForm
from forms.stock.way_money import Published, figures_of
from forms.stock.way_paper import way_rows, ways_facts
from forms.stock.way_rules import WayRules
from forms.stock.ways import suggested, ways_of

PAPER = "ways"


def ways_document(
    form: StockForm,
    rules: WayRules,
    patent: InStock,
    known: Known,
    published: tuple[Published, ...],
    office: Office,
    today: date,
    *,
    own: Path | None = None,
) -> doc.Document:
    """Return the ways of a patent composed; `own` is the folder of the office's packs.

    Raises PackFault, CannotDo where the pack has no such paper.
    """
    pack = record_pack("stock", own)
    paper = pack.papers.get(PAPER)
    if paper is None:
        raise CannotDo(f"文书包“{pack.identity.name}”中没有路径说明（{PAPER}）。")
    answers = patent.patent.answers
    ways = ways_of(rules, known.facts, answers, today)
    told = suggested(rules, form, ways, answers, patent.patent.path)
    figures = {one.way: figures_of(one, known.facts, known.money, published, today) for one in ways}
    rows = way_rows(ways, figures)
    facts = ways_facts(office.name, patent, rows, told, rules.note, today)
    return compose_facts(paper, facts, pack, number=patent.number)


def write_ways(
    document: doc.Document, patent: InStock, out: Path, *, force: bool = False
) -> list[Path]:
    """Write paper and workbook into a folder and return them.

    Raises CannotDo where a file is there that may not be replaced.
    """
    from forms.output.pdf import render  # slow to import
    from forms.output.xlsx import write_xlsx

    stem = safe_name(f"专利路径说明_{patent.number}")
    files = [out / f"{stem}.pdf", out / f"{stem}.xlsx"]
    for path in () if force else files:
        if path.exists():
            raise CannotDo(f"“{path}”已存在，未覆盖。请另选文件夹；确需覆盖的，请加 --force。")
    made = (render(document), write_xlsx(document))
    out.mkdir(parents=True, exist_ok=True)
    for path, content in zip(files, made, strict=True):
        write_atomically(path, content)
    return files
