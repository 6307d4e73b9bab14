"""The colours, sizes and spaces of the screens: said once, for light and for dark.

What is drawn asks `tokens()`; it follows the application's palette, so that nobody has to be
told when light turns to dark.
"""

from typing import Literal, NamedTuple

from PySide6.QtGui import QColor, QGuiApplication, QPalette

Tone = Literal["plain", "accent", "error", "pending", "advice", "done", "grey"]


class Tokens(NamedTuple):
    """The colours of one theme as #RRGGBB."""

    bg: str
    rail: str
    surface: str
    sunken: str
    desk: str
    line: str
    field_border: str
    text: str
    text2: str
    text3: str
    accent: str
    on_accent: str
    accent_pressed: str
    tint: str
    tint_border: str
    selected: str
    hover: str
    error: str
    error_tint: str
    error_border: str
    pending: str
    pending_tint: str
    pending_border: str
    advice: str
    advice_tint: str
    advice_border: str
    done: str
    done_tint: str
    done_border: str

    def colour(self, name: str) -> QColor:
        """The colour of a name such as "text2".  Raises AttributeError."""
        return QColor(getattr(self, name))

    def tone(self, tone: Tone) -> tuple[QColor, QColor, QColor]:
        """Ink, ground and border of a tone."""
        names = _TONES.get(tone, (tone, f"{tone}_tint", f"{tone}_border"))
        ink, ground, border = (self.colour(name) for name in names)
        return ink, ground, border

    def as_dict(self) -> dict[str, str]:
        """All of them by name, as the style sheet wants them."""
        return self._asdict()


_TONES: dict[str, tuple[str, str, str]] = {
    "plain": ("text2", "surface", "line"),
    "grey": ("text2", "hover", "line"),
    "accent": ("accent", "tint", "tint_border"),
}

LIGHT = Tokens(
    bg="#F6F5F1",
    rail="#EDEBE5",
    surface="#FFFFFF",
    sunken="#FAF9F6",
    desk="#E4E1DA",
    line="#E3E0D9",
    field_border="#8E8A81",
    text="#1D2127",
    text2="#50565F",
    text3="#61666D",
    accent="#1F4E9E",
    on_accent="#FFFFFF",
    accent_pressed="#183F82",
    tint="#EAF0FA",
    tint_border="#B7CAEC",
    selected="#E6EDF9",
    hover="#F3F1EC",
    error="#B3261E",
    error_tint="#FDF0EE",
    error_border="#F0C9C4",
    pending="#7D4E00",
    pending_tint="#FCF3E0",
    pending_border="#EBD5A4",
    advice="#46566C",
    advice_tint="#F0F3F7",
    advice_border="#CED6E0",
    done="#1B673A",
    done_tint="#E8F4EC",
    done_border="#B8DCC4",
)

DARK = Tokens(
    bg="#16181B",
    rail="#111315",
    surface="#1D2024",
    sunken="#191B1F",
    desk="#0D0F10",
    line="#2E3238",
    field_border="#777E88",
    text="#E9E7E2",
    text2="#B3B6BB",
    text3="#959AA1",
    accent="#93B5F3",
    on_accent="#0F1F3B",
    accent_pressed="#B0C9F6",
    tint="#1E2A40",
    tint_border="#3A5380",
    selected="#202C42",
    hover="#23272B",
    error="#F4A097",
    error_tint="#36211F",
    error_border="#6B3A35",
    pending="#E9C06E",
    pending_tint="#332914",
    pending_border="#64511F",
    advice="#AFBDCE",
    advice_tint="#252B33",
    advice_border="#434E5C",
    done="#8ACFA1",
    done_tint="#1B2F23",
    done_border="#315A40",
)

# Logical pixels.
CAPTION, LABEL, BODY, PANE = 12, 13, 14, 16
STEP, PAGE, FIRST = 20, 24, 28
SPACE = (0, 4, 8, 12, 16, 24, 32)
RADIUS_BLANK, RADIUS_CONTROL, RADIUS_CARD = 4, 6, 8
CONTROL, ROW, ROW_DENSE, HEADER = 32, 48, 32, 40
BAR, FOOT, HEAD, RAIL = 56, 64, 72, 72
CHIP = 24
ICON, ICON_RAIL, ICON_CHIP = 16, 20, 14

_HALF_LIGHT = 128


def tokens(palette: QPalette | None = None) -> Tokens:
    """The tokens a palette was made from; without one, the application's."""
    ground = (palette or QGuiApplication.palette()).color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < _HALF_LIGHT else LIGHT


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = QColor(colour)
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (parts.redF(), parts.greenF(), parts.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
