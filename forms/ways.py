"""Facts that belong to one way of a choice (③ ④ ⑥ and the contract's): which, and of which.

Answers of a way that was not chosen are kept in the record, and neither printed nor judged.
This module must not know the pack, the papers or a screen.
"""

from forms.paths import value_at
from forms.record import Case, Licence

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
        for way in ("entry_running", "lump_sum", "instalments", "other")
    ),
    ("derived.instalment_", "royalty.way", "instalments"),
    ("derived.licence_instalment_", "agreed.way", "instalments"),
    ("licence.improvements_other", "licence.improvements_to", "other"),
    ("licence.arbitration_commission", "licence.dispute", "arbitration"),
)


def way_of(path: str) -> tuple[str, str] | None:
    """Return the choice a fact hangs on and the way it belongs to, None where it hangs on none.

    Places do not count: "licence.0.royalty.other.text" is of "licence.royalty.way".
    """
    plain = ".".join(name for name in path.split(".") if not name.isdecimal())
    return next(((choice, way) for prefix, choice, way in WAYS if plain.startswith(prefix)), None)


def is_unchosen(path: str, case: Case, licence: Licence | None = None) -> bool:
    """Whether a fact belongs to a way beside the one that is chosen; while none is, it does not."""
    choice, way = way_of(path) or ("", "")
    root, _, rest = choice.partition(".")
    if not choice or root in ("agreed", "derived") or (root == "licence" and licence is None):
        return False
    chosen = value_at(licence, rest) if root == "licence" else value_at(case, choice)
    return chosen is not None and chosen != way
