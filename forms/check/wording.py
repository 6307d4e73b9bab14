"""Wording: a finding becomes a sentence for a clerk, in the words of the pack's form.

A template holds words, `{place}` (the box and label of the field), `{what}` (what stands in
the box, by itself) and the finding's own params; nothing else is understood, so that a pack
can not reach into the program.  What was typed is shown with unseen characters made visible
and cut at a readable length.

This module must not know rules, severities or a screen.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from forms.facts.paths import without_places
from forms.ground.cleaning import visible
from forms.ground.problems import Finding, ParamValue
from forms.pack.implied_fields import with_implied
from forms.pack.types import Field, Pack, RuleBinding
from forms.rules.base import PLACE, WHAT

LONGEST_SHOWN = 60
LONGEST_LIST = 400  # the pieces of a list are looked for one by one
_SLOT = re.compile(r"\{(\w+)\}")
_BARE_BOX = re.compile(r"第[^\s第]+[栏条]$")  # a box that does not name what stands in it
_NO_SENTENCE = "{place}：请核对。"


def message_key(rule_id: str, variant: str) -> str:
    """Return the key of a sentence in a pack's wording: "rule" or "rule.variant"."""
    return f"{rule_id}.{variant}" if variant else rule_id


def sentence_key(wording: Mapping[str, str], rule_id: str, variant: str) -> str:
    """Return the key under which a pack says a variant: its own, else the rule's general one.

    A pack that was issued before a variant was made has no sentence of its own for it.
    """
    own = message_key(rule_id, variant)
    return own if own in wording or rule_id not in wording else rule_id


def slots(template: str) -> frozenset[str]:
    """Return the names a template shows, `place` among them."""
    return frozenset(_SLOT.findall(template))


def sentence(finding: Finding, binding: RuleBinding, pack: Pack) -> str:
    """Return the sentence for one finding.  `Wording` serves many."""
    return Wording(pack).sentence(finding, binding.rule)


class Wording:
    """The sentences and places of one pack."""

    def __init__(self, pack: Pack) -> None:
        """Index the pack's fields and papers."""
        self._templates = pack.wording
        self._fields: Mapping[str, Field] = {field.path: field for field in with_implied(pack)}
        self._named = {"": pack.identity.name}
        for code, paper in pack.papers.items():
            self._named[f"papers.{code}"] = " ".join(filter(None, (paper.label, paper.title)))
        self._order = {path: place for place, path in enumerate(self._fields)}
        self.place = lru_cache(maxsize=1024)(self._place)
        self.order = lru_cache(maxsize=1024)(self._order_of)
        self.field = lru_cache(maxsize=1024)(self._field)

    def sentence(self, finding: Finding, rule_id: str) -> str:
        """Return the sentence for a finding of a rule."""
        key = sentence_key(self._templates, rule_id, finding.variant)
        template = self._templates.get(key, _NO_SENTENCE)

        def fill(slot: re.Match[str]) -> str:
            if slot[1] == PLACE:
                return self.place(finding.field)
            if slot[1] == WHAT:
                return self.what(finding.field)
            return _shown(finding.params.get(slot[1], ""))

        return _SLOT.sub(fill, template)

    def _field(self, path: str) -> Field | None:
        """The pack's field of a path, or None: places in a list are one field."""
        return self._fields.get(without_places(path))

    def _place(self, path: str) -> str:
        """The box and label of a path, as the form names them."""
        if path in self._named:
            return self._named[path]
        field = self._nearest(path)
        if field is None:
            return self._named[""]
        named = field.box and not _BARE_BOX.search(field.box)
        place = field.box if named else f"{field.box} {field.label}".strip()
        return place + _which(path)

    def what(self, path: str) -> str:
        """What stands in the box of a path, by itself: of 第⑥栏 一次总付 付款期限 the last."""
        field = self._nearest(path)
        if field is None:
            return self._named[""]
        named = " " in field.box and not _BARE_BOX.search(field.box)
        return field.box.rpartition(" ")[2] if named else field.label

    def _order_of(self, path: str) -> int:
        """Where a path stands among the pack's fields; unknown ones stand last."""
        field = self._nearest(path)
        return self._order[field.path] if field else len(self._order)

    def _nearest(self, path: str) -> Field | None:
        """The field of a path, or of the nearest path above it that the pack declares."""
        names = without_places(path).split(".")
        for length in range(len(names), 0, -1):
            if field := self._fields.get(".".join(names[:length])):
                return field
        return None


def _which(path: str) -> str:
    """Which of several, in words: of owners always, of contracts from the second on."""
    names = path.split(".")
    if names[0] == "statement" and len(names) > 2 and names[2].isdecimal():
        return f"（第 {int(names[2]) + 1} 项）"
    if len(names) < 2 or not names[1].isdecimal():
        return ""
    place = int(names[1]) + 1
    if names[0] == "owners":
        return f"（第 {place} 位）"
    return f"（第 {place} 份合同）" if names[0] == "licence" and place > 1 else ""


def _shown(value: ParamValue) -> str:
    text = "、".join(value) if isinstance(value, tuple) else str(value)
    text = visible(" ".join(text.split()) if text.isascii() else text.replace("\n", " "))
    most = LONGEST_LIST if isinstance(value, tuple) else LONGEST_SHOWN
    return text if len(text) <= most else text[:most] + "……"
