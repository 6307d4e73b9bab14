"""The public page's data for its script: one text of tabs and lines, and what narrows the list.

One text that is searched line by line is smaller and quicker than records, an index or a library
would be (measured: docs/adr/0063-public-page.md).  The text is a string of JSON, in which no
character of a patent can end it.
"""

from collections import Counter
from collections.abc import Sequence

import msgspec

from forms.output.published import FACETS, PublishedPatent, PublishedSet

PER_PAGE = 100
"""Patents on one of the pages that need no script."""
_MOST_VALUES = 200
_OTHER = "其他"
_BLANK = "未注明"
_FIRST_CODE = 33
_PARTS, _LINE, _END = "\x1f", "\x1e", "\x1d"
_SEARCHED = (
    *("number", "title", "owners", "kind", "industry", "main_class", "region", "royalty"),
    *("other_terms", "contact_name", "inventors"),
)
_BESIDE = (
    *("grant_date", "legal_status", "offer_end", "single_term", "contact_phone"),
    *("contact_mobile", "contact_email", "contact_address", "code", "head", "line", "amount"),
)
_OF_FEE = frozenset({"code", "head", "line", "amount"})
_LISTS = frozenset({"owners", "inventors"})


class _Facet(msgspec.Struct, frozen=True):
    name: str
    label: str
    note: str
    values: list[str]
    totals: list[int]
    codes: str


def data_script(published: PublishedSet, contract: str) -> bytes:
    """Return data.js; `contract` is the address of the contract to download, "" where none is."""
    rows = "\n".join(_row(patent) for patent in published.patents)
    data = {
        "columns": [*_SEARCHED, *_BESIDE],
        "labels": [(column.name, column.label) for column in published.columns],
        "per_page": PER_PAGE,
        "contract": contract,
        "steps": published.steps,
        "facets": [_facet(published, name) for name in _facets(published)],
        "rows": rows,
    }
    text = msgspec.json.encode(data).decode()
    for sign in ("<", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"window.PUBLISHED = {text};\n".encode()


def _row(patent: PublishedPatent) -> str:
    searched = "\t".join(_cell(patent, name) for name in _SEARCHED)
    return searched + _END + "\t".join(_cell(patent, name) for name in _BESIDE)


def _cell(patent: PublishedPatent, name: str) -> str:
    if name in _OF_FEE:
        return _one_line(getattr(patent.royalty, name))
    if name in _LISTS:
        return _PARTS.join(map(_one_line, getattr(patent, name)))
    return _one_line(patent.text(name))


def _one_line(text: str) -> str:
    return text.replace("\n", _LINE).replace("\t", " ")


def _facets(published: PublishedSet) -> Sequence[str]:
    names = {column.name for column in published.columns}
    return [name for name in FACETS if (name if name != "royalty_way" else "royalty") in names]


def _facet(published: PublishedSet, name: str) -> _Facet:
    """What narrows the list: the values that the data have, those beyond 200 as 其他."""
    values = [patent.facet(name) or _BLANK for patent in published.patents]
    common = [value for value, _ in Counter(values).most_common(_MOST_VALUES)]
    code_of = {value: code for code, value in enumerate(common)}
    others = len(common) if len(set(values)) > len(common) else -1
    codes = [code_of.get(value, others) for value in values]
    counted = Counter(codes)
    return _Facet(
        name=name,
        label=published.facet_labels.get(name, name),
        note=published.notes.get(name, ""),
        values=[*common, *([_OTHER] if others >= 0 else [])],
        totals=[counted[code] for code in range(len(common) + (others >= 0))],
        codes="".join(chr(_FIRST_CODE + code) for code in codes),
    )
