"""Fields that a list of parties needs though a pack may leave them out: name, unit or person.

Whoever is named on a paper has a name and is one or the other, whether or not the authority
asks for it by itself.  This module must not know files, rules or papers.
"""

from collections.abc import Mapping

from forms.pack.types import Choice, Field, Pack

_OF_PARTY: Mapping[str, Field] = {
    "name": Field(path="name", label="姓名或者名称", kind="text"),
    "kind": Field(
        path="kind",
        label="单位或者个人",
        kind="choice",
        choices=(Choice(value="unit", label="单位"), Choice(value="person", label="个人")),
    ),
}


def field_of(pack: Pack, path: str) -> Field | None:
    """Return the pack's field of a path ("owners.1.name"), else the one its list implies."""
    declared = pack.field(path)
    if declared is not None:
        return declared
    of_list, _, name = path.rpartition(".")
    parties = pack.field(of_list)
    return _OF_PARTY.get(name) if parties is not None and parties.kind == "parties" else None
