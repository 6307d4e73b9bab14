"""What is wrong with a pack's moulds of the 简要说明: each fault's key and the reason (Chinese)."""

from collections.abc import Iterator, Mapping

from forms.pack.statement_moulds import ListOver, StatementMoulds
from forms.paper.printed_values import OF_PACK
from forms.paper.statement_words import RECKONED
from forms.vetting.paper_lint import Fault, paths_of_records, words_faults

Known = Mapping[str, tuple[str, ...] | None]

_OF_ITEM: Mapping[ListOver, tuple[str, ...]] = {
    "factors": ("name", "value", "reason"),
    "sources": ("name", "day"),
}
_NOT_OF_A_STATEMENT = (
    "item.",
    "part.",
    "phrase.",
    "licence.",
    "office.",
    "agreed.",
    "bank.",
    "offer_contact.",
)
_SIDES = ("lower", "equal", "higher")


def statement_faults(moulds: StatementMoulds, own: Known) -> Iterator[Fault]:
    """Yield each fault; `own` are the paths of the pack's own fields, with values of a choice."""
    known = _known(own)
    for place, method in enumerate(moulds.methods):
        for name in ("fee", "rate"):
            text = getattr(method, name)
            yield from words_faults(text, f"methods[{place}].{name}", known)
    for place, part in enumerate(moulds.parts):
        for inner, text in enumerate(part.texts):
            of_item = _OF_ITEM[text.over] if text.over else ()
            here = {**known, **dict.fromkeys(f"item.{name}" for name in of_item)}
            yield from words_faults(text, f"parts[{place}].texts[{inner}]", here)
    if not moulds.parts:
        yield "parts", "至少要有一部分"
    for place, name in enumerate(moulds.factors):
        if not name.strip():
            yield f"factors[{place}]", "不能空着"
    for place, one in enumerate(moulds.references):
        if not one.source.strip() or not one.industry.strip():
            yield f"references[{place}]", "要写明行业和来源"
        if one.amount is None and one.rate is None:
            yield f"references[{place}]", "要有金额（amount）或者提成率（rate）"


def _known(own: Known) -> Known:
    of_case = {
        path: values
        for path, values in paths_of_records().items()
        if not path.startswith(_NOT_OF_A_STATEMENT)
    }
    for name in OF_PACK:  # it would count itself
        of_case.pop(f"derived.{name}")
    found: dict[str, tuple[str, ...] | None] = {**of_case, **own}
    for name in RECKONED:
        found[f"reckoned.{name}"] = None
    found |= {"reckoned.fee_side": _SIDES, "reckoned.rate_side": _SIDES}
    found["reckoned.over"] = ("yes", "no")
    return found
