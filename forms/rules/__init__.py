"""The rules, by id.

A pack binds them: which bind, how severe each is, on what basis, with what parameters.
`REGISTRY` tells a pack's linter which rules there are and what each may show and take.
"""

from collections.abc import Mapping
from types import MappingProxyType

from forms.rules import (
    contact,
    contract,
    number,
    owners,
    parties,
    royalty,
    standing,
    submission,
    term,
    texts,
    unread,
    working,
)
from forms.rules.base import EVERYWHERE, PLACE, Rule, Subject

REGISTRY: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for module in (
            unread,
            number,
            term,
            owners,
            working,
            standing,
            texts,
            royalty,
            contact,
            submission,
            contract,
            parties,
        )
        for rule in module.RULES
    }
)

__all__ = ["EVERYWHERE", "PLACE", "REGISTRY", "Rule", "Subject"]
