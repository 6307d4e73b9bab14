"""The workplaces (工作台) of the one program: an office's (单位) and a bureau's (省局).

Each has its own places on the rail and its own data.
"""

from typing import Literal

Workplace = Literal["office", "bureau"]

OFFICE: Workplace = "office"
BUREAU: Workplace = "bureau"
WORKPLACES: tuple[Workplace, ...] = (OFFICE, BUREAU)


def workplace_of(text: str) -> Workplace:
    """The workplace a setting names; the office's where it names none."""
    return next((one for one in WORKPLACES if one == text), OFFICE)
