"""The rules, by id.

A pack binds them: which bind, how severe each is, on what basis, with what parameters.
`REGISTRY` tells a pack's linter which rules there are and what each may show and take.
"""

from collections.abc import Mapping
from types import MappingProxyType

from forms.rules import (
    contact_rules,
    contract_rules,
    declaration_rules,
    number_rules,
    owner_rules,
    party_rules,
    royalty_rules,
    standing_rules,
    statement_rules,
    submission_rules,
    term_rules,
    text_rules,
    unread_rules,
    working_rules,
)
from forms.rules.base import EVERYWHERE, FIELD_PARAMS, PAPER_PARAMS, PLACE, Rule, Subject

REGISTRY: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for module in (
            unread_rules,
            number_rules,
            term_rules,
            owner_rules,
            working_rules,
            standing_rules,
            text_rules,
            royalty_rules,
            contact_rules,
            statement_rules,
            submission_rules,
            declaration_rules,
            contract_rules,
            party_rules,
        )
        for rule in module.RULES
    }
)

__all__ = ["EVERYWHERE", "FIELD_PARAMS", "PAPER_PARAMS", "PLACE", "REGISTRY", "Rule", "Subject"]
