"""The same two papers by typst, the fastest way its package offers.

One compiler for all documents, fonts looked up once, the papers in a module of their own whose
evaluation typst keeps, and the words of each patent in the few bytes compiled anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from forms.facts.amounts import chinese_date, grouped, plain
from forms.facts.derived import instalment_times, instalment_total
from forms.facts.record import Case
from forms.ground.locate import fonts_folder

PAPERS = ("info", "consent")


def words(case: Case) -> str:
    """The words a case has on the two papers, as JSON."""
    royalty, end, contact = case.royalty, case.offer_end, case.contact
    paid, of_way = royalty.instalments, royalty.way
    entry, lump = royalty.entry_running, royalty.lump_sum
    used, licensed = case.own_use, case.other_licences

    def shown(way: str, value: Any, form: Any = str) -> str:
        return form(value) if of_way == way and value is not None else ""

    told = {
        "number": case.patent.number,
        "granted": chinese_date(case.patent.grant_date) if case.patent.grant_date else "",
        "title": case.patent.title,
        "owners": [owner.name for owner in case.owners],
        "own_use": used.way,
        "own_period": used.period,
        "own_scope": used.scope,
        "own_manner": used.manner,
        "others": licensed.way,
        "others_period": licensed.period,
        "others_scope": licensed.scope,
        "end_year": str(end.year) if end else "",
        "end_month": str(end.month) if end else "",
        "end_day": str(end.day) if end else "",
        "royalty": of_way,
        "cycle": paid.cycle,
        "entry_fee": shown("entry_running", entry.entry_fee, grouped),
        "rate": shown("entry_running", entry.rate_percent, plain),
        "lump_days": shown("lump_sum", lump.days),
        "lump_amount": shown("lump_sum", lump.amount, grouped),
        "first_days": shown("instalments", paid.first_days),
        "first_amount": shown("instalments", paid.first_amount, grouped),
        "each_days": shown("instalments", paid.each_days),
        "batches": shown("instalments", paid.batches),
        "each_amount": shown("instalments", paid.each_amount, grouped),
        "times": shown("instalments", instalment_times(paid)),
        "total": shown("instalments", instalment_total(paid), grouped),
        "other": shown("other", royalty.other.text),
        "terms": case.other_terms,
        "contact": contact.name,
        "address": contact.address,
        "postcode": contact.postcode,
        "phone": contact.phone,
        "email": contact.email,
    }
    return json.dumps(told, ensure_ascii=False)


class Typst:
    """The compiler, made once."""

    def __init__(self) -> None:
        """Raises ImportError where typst is not installed."""
        import typst

        self.version = str(typst.__version__) if hasattr(typst, "__version__") else ""
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(fonts_folder())],
        )
        folder = str(Path(__file__).parent)
        self._compiler = typst.Compiler(b"", root=folder, font_paths=fonts)

    def make(self, told: str, paper: str, *, archive: bool) -> bytes:
        """Make one paper of a case's words, as PDF/A-2b for the archive."""
        quoted = json.dumps(told, ensure_ascii=False)
        source = f'#import "papers.typ": {paper}\n#{paper}(json(bytes({quoted})))'
        made = self._compiler.compile(
            source.encode(), format="pdf", pdf_standards=["a-2b"] if archive else []
        )
        assert isinstance(made, bytes)
        return made


# ---------------------------------------------------------------- in a process of its own

_own: list[Typst] = []


def made_in_worker(told: Sequence[str]) -> list[int]:
    """Make both papers of some cases; return their sizes."""
    if not _own:
        _own.append(Typst())
    return [len(_own[0].make(one, paper, archive=True)) for one in told for paper in PAPERS]
