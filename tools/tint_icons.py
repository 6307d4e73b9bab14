"""Tints the few icons that the style sheet names by file, since a style sheet can not tint.

Run it after a change of the colours: `python -m tools.tint_icons`.
"""

from pathlib import Path

from desktop.parts.theme import tokens as t
from desktop.parts.theme.icons import STROKE, source
from desktop.parts.theme.style import drawn_folder
from forms.ground.locate import resources

TINTED = {
    "chevron-down": "text2",
    "chevron-up": "text2",
    "calendar": "text2",
    "check": "on_accent",
    "minus": "on_accent",
    "x": "text2",
}
_DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'
    '<circle cx="12" cy="12" r="7" fill="{colour}"/></svg>\n'
)


def drawn(tokens: t.Tokens) -> dict[str, str]:
    """The files of one theme by name."""
    made = {
        f"{name}.svg": _tinted(name, getattr(tokens, colour)) for name, colour in TINTED.items()
    }
    return {**made, "dot.svg": _DOT.format(colour=tokens.accent)}


def _tinted(name: str, colour: str) -> str:
    width = 3 if name in ("check", "minus") else STROKE
    text = source(name).replace("currentColor", colour)
    return text.replace('stroke-width="2"', f'stroke-width="{width}"')


def main() -> None:
    """Write them all."""
    for tokens in (t.LIGHT, t.DARK):
        folder: Path = resources() / "icons" / drawn_folder(tokens)
        folder.mkdir(exist_ok=True)
        for name, text in drawn(tokens).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
