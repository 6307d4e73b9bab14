"""The one style sheet, filled from tokens."""

from pathlib import Path
from string import Template

from desktop.parts.theme import tokens as t
from desktop.parts.theme.tokens import Tokens
from desktop.parts.theme.type import SERIF


def drawn_folder(tokens: Tokens) -> str:
    """The folder below the icons that has those of the style sheet, which can not tint."""
    return "dark" if tokens is t.DARK else "light"


def style_sheet(path: Path, tokens: Tokens, icons: Path) -> str:
    """Read `style.qss` and put in colours, sizes and the folder of icons.

    Raises KeyError for a name that no token has.
    """
    values = {
        **tokens.as_dict(),
        "caption": f"{t.CAPTION}px",
        "label": f"{t.LABEL}px",
        "body": f"{t.BODY}px",
        "pane": f"{t.PANE}px",
        "step": f"{t.STEP}px",
        "page": f"{t.PAGE}px",
        "first": f"{t.FIRST}px",
        "serif": SERIF,
        "icons": icons.as_posix(),
        "drawn": drawn_folder(tokens),
    }
    return Template(path.read_text(encoding="utf-8")).substitute(values)
