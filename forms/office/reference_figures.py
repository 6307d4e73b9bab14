"""Reference figures of a fee (参考数据): those of the pack, and tables the office took in itself.

The office's own are kept with its data.  A figure that is taken fills the base of a statement and
names its source.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from forms.exchange.reference_table import ReadFigures
from forms.facts.fee_reckoning import Sort
from forms.facts.record import DataSource, Statement
from forms.office.store import SettingKeeper
from forms.pack.statement_moulds import MOST_REFERENCES, ReferenceFigure
from forms.pack.types import Pack

_decoder = msgspec.json.Decoder(tuple[ReferenceFigure, ...])


def figures(kept: SettingKeeper, pack: Pack) -> tuple[ReferenceFigure, ...]:
    """Return the figures there are, the pack's first, then the office's own."""
    of_pack = pack.statement.references if pack.statement else ()
    return (*of_pack, *own_figures(kept, pack))


def own_figures(kept: SettingKeeper, pack: Pack) -> tuple[ReferenceFigure, ...]:
    """Return the figures that the office took in; what can not be read any more is left out."""
    return _read(kept.get(_key(pack)))


def take_in(kept: SettingKeeper, pack: Pack, found: ReadFigures) -> int:
    """Keep figures beside those there are, one of an industry, year and source anew; how many."""
    kept.change(_key(pack), lambda text: _written((*_read(text), *found.figures)))
    return len(found.figures)


def bring_back(kept: SettingKeeper, pack: Pack, dropped: tuple[ReferenceFigure, ...]) -> None:
    """Bring figures back that were dropped, beside those that were taken in since."""
    kept.change(_key(pack), lambda text: _written((*dropped, *_read(text))))


def drop_own(kept: SettingKeeper, pack: Pack) -> tuple[ReferenceFigure, ...]:
    """Forget the office's own figures, and return them; statements that took one stay."""
    dropped: tuple[ReferenceFigure, ...] = ()

    def without(text: str | None) -> str:
        nonlocal dropped
        dropped = _read(text)
        return _written(())

    kept.change(_key(pack), without)
    return dropped


def taken(figure: ReferenceFigure, statement: Statement, sort: Sort) -> Mapping[str, Any]:
    """Return path -> value of what a figure says for the fee or the rate, with its source."""
    found: dict[str, Any] = {"statement.base_note": figure.source}
    if sort == "fee":
        found |= {"statement.base_amount": figure.amount, "statement.base_years": figure.years}
    else:
        found["statement.base_rate"] = figure.rate
    source = DataSource(name=figure.source, day=figure.day)
    if all(one.name != source.name for one in statement.sources):
        found["statement.sources"] = (*statement.sources, source)
    return found


def suits(figure: ReferenceFigure, sort: Sort) -> bool:
    """Whether a figure says something of the fee, or of the rate."""
    return (figure.amount if sort == "fee" else figure.rate) is not None


def _read(text: str | None) -> tuple[ReferenceFigure, ...]:
    try:
        return _decoder.decode(text or "[]")
    except (msgspec.DecodeError, ValueError):
        return ()


def _written(figures: Sequence[ReferenceFigure]) -> str:
    """Figures as they are kept: of an industry, year and source the last one."""
    known = {_name(one): one for one in figures}
    return msgspec.json.encode(tuple(known.values())[-MOST_REFERENCES:]).decode()


def _name(figure: ReferenceFigure) -> tuple[str, int, str]:
    return figure.industry, figure.year, figure.source


def _key(pack: Pack) -> str:
    return f"references.{pack.identity.code}"
