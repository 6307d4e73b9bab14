"""What a package carries of its cases as data: what its papers show, and what publication needs.

A package goes to another authority.  It carries of a case no more than who reads its papers is
told anyway, and the facts of the patent that the bureau looks up: never what an office keeps for
itself (学院/部门, 备注), nor answers of a way that was not chosen, nor what a contract alone asks
(证件号码, 开户银行).  This module must not know files.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from forms.facts.derived import GROUNDS
from forms.facts.paths import UnknownPath, value_at, with_values, without_places
from forms.facts.record import OF_THE_OFFICE, Case, Party
from forms.facts.ways import is_unchosen
from forms.pack.language import Node
from forms.pack.slots import Slot, SlotFault, parse
from forms.pack.types import Pack

# 公开发布的信息应至少包括 (国知办函运字〔2022〕448号 三（一）3).
PUBLISHED = (
    *("patent.number", "patent.title", "owners.name", "owners.kind", "offer_end", "single_term"),
    *("royalty.way", "contact.name", "contact.address", "contact.postcode", "contact.phone"),
    *("contact.email", "region"),
)
# 核查发布内容: 有效性, 独占或排他许可, 质押, 评价报告 (the same, 三（一）2).
EXAMINED = (
    *("patent.kind_stated", "patent.filing_date", "patent.grant_date", "patent.legal_status"),
    *("patent.fee_paid_to", "patent.compensation_days", "patent.pledge", "patent.hold"),
    *("patent.pledgee_consents", "patent.evaluation_report", "patent.report_conclusion"),
    *("patent.transferred_on", "patent.technology_export", "patent.main_class"),
    *("own_use.way", "own_use.period", "own_use.scope", "own_use.manner"),
    *("other_licences.way", "other_licences.period", "other_licences.scope", "other_licences.kind"),
    *("signing", "signing_representative", "agency"),
)
_ROOTS = {"item": "owners", "offer_contact": "contact", "agreed": "royalty", "part": "statement"}
_OWNERS = "owners"
_NEVER = frozenset({*OF_THE_OFFICE, "unread", "version", "pack", "earlier", "converted_from"})
_NAMES = ("owners.name", "owners.kind")

_encode = msgspec.json.Encoder(order="deterministic").encode


def canonical(case: Case) -> bytes:
    """Return the one JSON that a case has: its fields in order, the pack's own sorted by name."""
    return _encode(case)


def content_sha256(case: Case) -> str:
    """Return the SHA-256 of a case's canonical JSON."""
    return hashlib.sha256(canonical(case)).hexdigest()


def carried(case: Case, pack: Pack) -> Case:
    """Return what a package of a pack says of a case; see the module."""
    paths = _paths_of(pack)
    values = {}
    for path in paths:
        if path.startswith(f"{_OWNERS}.") or is_unchosen(path, case):
            continue
        values[path] = value_at(case, path)
    blank = Case(version=case.version, pack=case.pack or pack.identity.code)
    extras = {path: value for path, value in values.items() if not path.startswith("extra.")}
    made = with_values(blank, extras)
    return msgspec.structs.replace(
        made,
        owners=tuple(_owner(owner, paths) for owner in case.owners),
        extra={name: kept for name, kept in case.extra.items() if f"extra.{name}" in paths},
        unread={
            path: text
            for path, text in case.unread.items()
            if _is_under(without_places(path), paths) and not is_unchosen(path, case)
        },
    )


def _owner(owner: Party, paths: frozenset[str]) -> Party:
    shown = {
        path.removeprefix(f"{_OWNERS}."): value_at(owner, path.removeprefix(f"{_OWNERS}."))
        for path in paths
        if path.startswith(f"{_OWNERS}.")
    }
    return with_values(Party(), shown)


def _is_under(path: str, paths: frozenset[str]) -> bool:
    names = path.split(".")
    return path == _OWNERS or any(
        ".".join(names[:end]) in paths for end in range(1, 1 + len(names))
    )


_LAST: dict[str, tuple[Pack, frozenset[str]]] = {}


def _paths_of(pack: Pack) -> frozenset[str]:
    """The paths that packages of a pack carry; of the pack asked for last they are kept."""
    known, found = _LAST.get("paths", (None, frozenset()))
    if known is not pack:
        found = _found(pack)
        _LAST["paths"] = (pack, found)
    return found


def _found(pack: Pack) -> frozenset[str]:
    shown = {*PUBLISHED, *EXAMINED}
    texts = [paper for paper in pack.papers.values() if paper.scope != "licence"]
    for read in _read_by([*texts, *pack.phrases]):
        for path in GROUNDS.get(read.removeprefix("derived."), (read,)):
            root, _, rest = without_places(path).partition(".")
            plain = f"{_ROOTS.get(root, root)}.{rest}".strip(".")
            shown.update(_NAMES if plain == _OWNERS else (plain,))
    kept = {path for path in shown if path not in _NEVER and _is_of_cases(path)}
    return frozenset(
        path for path in kept if not any(path.startswith(f"{other}.") for other in kept)
    )


def _read_by(node: Any) -> Iterator[str]:
    """Yield each path that a paper reads, in its slots and in its conditions."""
    if isinstance(node, str):
        try:
            pieces = parse(node)
        except SlotFault:
            return
        yield from (path for one in pieces if isinstance(one, Slot) for path in one.paths)
    elif isinstance(node, Node):
        for name in node.__struct_fields__:
            part = getattr(node, name)
            if name == "path":
                yield str(part)
            yield from _read_by(part)
    elif isinstance(node, tuple | list):
        for part in node:
            yield from _read_by(part)
    elif isinstance(node, dict):
        for part in node.values():
            yield from _read_by(part)


def _is_of_cases(path: str) -> bool:
    """Whether a path is of the case and not of the office, a licence or the paper itself."""
    if path.startswith("extra."):
        return True
    try:
        if path.startswith(f"{_OWNERS}."):
            value_at(Party(), path.removeprefix(f"{_OWNERS}."))
        else:
            value_at(Case(), path)
    except UnknownPath:
        return False
    return True
