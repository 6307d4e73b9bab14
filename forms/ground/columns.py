"""How much room a text takes where every character is one column wide or two."""

import unicodedata


def width(text: str) -> int:
    """How many columns the text takes: two for a Chinese character, none for what only marks."""
    return sum(columns_of(character) for character in text)


def columns_of(character: str) -> int:
    """How many columns one character takes (Unicode Standard Annex 11, East Asian Width)."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
