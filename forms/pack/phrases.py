"""Phrases: sentences of a pack made of a case's facts, said alike wherever a paper needs them.

`[[phrases]]` in pack.toml; a paper prints one as `{phrase.NAME}`.
"""

from forms.pack.language import Node, When


class Wording(Node, frozen=True, kw_only=True):
    """One way of saying it, taken where `when` holds; its text has slots for answers."""

    text: str
    when: When | None = None


class Phrase(Node, frozen=True, kw_only=True):
    """A phrase: of its `ways` the first that holds is said, nothing where none does."""

    name: str
    ways: tuple[Wording, ...]
