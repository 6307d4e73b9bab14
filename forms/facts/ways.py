"""Facts that belong to one way of a choice (③ ④ ⑥ and the contract's): which, and of which.

Answers of a way that was not chosen are kept in the record, and neither printed nor judged.
This module must not know the pack, the papers or a screen.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from forms.facts.paths import value_at, without_places
from forms.facts.record import Case, Licence

# Prefix of the facts' paths, the choice's path, the way.
WAYS: tuple[tuple[str, str, str], ...] = (
    ("own_use.period", "own_use.way", "used"),
    ("own_use.scope", "own_use.way", "used"),
    ("own_use.manner", "own_use.way", "used"),
    ("other_licences.period", "other_licences.way", "granted"),
    ("other_licences.scope", "other_licences.way", "granted"),
    ("other_licences.kind", "other_licences.way", "granted"),
    *(
        (f"{royalty}.{way}.", f"{royalty}.way", way)
        for royalty in ("royalty", "licence.royalty")
        for way in ("entry_running", "running", "lump_sum", "instalments", "other")
    ),
    ("derived.instalment_", "royalty.way", "instalments"),
    ("derived.licence_instalment_", "agreed.way", "instalments"),
    ("licence.improvements_other", "licence.improvements_to", "other"),
    ("licence.arbitration_commission", "licence.dispute", "arbitration"),
)


@lru_cache(maxsize=1024)
def way_of(path: str) -> tuple[str, str] | None:
    """Return the choice a fact hangs on and the way it belongs to, None where it hangs on none.

    Places do not count: "licence.0.royalty.other.text" is of "licence.royalty.way".
    """
    plain = without_places(path)
    return next(((choice, way) for prefix, choice, way in WAYS if plain.startswith(prefix)), None)


def is_unchosen(path: str, case: Case, licence: Licence | None = None) -> bool:
    """Whether a fact belongs to a way beside the one that is chosen; while none is, it does not."""
    choice, way = way_of(path) or ("", "")
    root, _, rest = choice.partition(".")
    if not choice or root in ("agreed", "derived") or (root == "licence" and licence is None):
        return False
    chosen = value_at(licence, rest) if root == "licence" else value_at(case, choice)
    return chosen is not None and chosen != way


CHOICES: tuple[str, ...] = tuple(dict.fromkeys(choice for _, choice, _ in WAYS))
"""The paths of the choices, in the form's order."""

_FEES: Mapping[str, str] = {
    "lump_sum": "royalty.lump_sum.amount",
    "entry_running": "royalty.entry_running.entry_fee",
    "instalments": "royalty.instalments.total_stated",
}
"""Where the one fee of a list stands under each way."""


def has_blanks(choice: str, way: str) -> bool:
    """Whether a way of a choice has blanks of its own; 免费 and 未自行实施 have none."""
    return any((choice, way) == (at, one) for _, at, one in WAYS)


def fee_of_the_way(case: Case, way: str) -> Mapping[str, Decimal | None]:
    """Return path -> value that bring a case's one fee to the way that is chosen for it.

    A list with one column of fees says how much before anybody says how it is paid; nothing is
    moved where a way was chosen already, or where it is not plain which fee is meant.
    """
    target = _FEES.get(way)
    if case.royalty.way is not None or target is None or value_at(case, target) is not None:
        return {}
    filled = [path for path in _FEES.values() if value_at(case, path) is not None]
    return {filled[0]: None, target: value_at(case, filled[0])} if len(filled) == 1 else {}
