"""Patent numbers as certificates print them."""

from forms.facts.patent_number import check_character


def number(digits: str) -> str:
    """The twelve digits with their check character."""
    return f"ZL{digits}.{check_character(digits)}"
