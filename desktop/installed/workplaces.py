"""The workplaces (工作台) of the one program: an office's (单位) and a bureau's (省局).

Each has its own places on the rail and its own data; the look is the same.
"""

from pathlib import Path
from typing import Literal

Workplace = Literal["office", "bureau"]

OFFICE: Workplace = "office"
BUREAU: Workplace = "bureau"
WORKPLACES: tuple[Workplace, ...] = (OFFICE, BUREAU)
ICONS: dict[Workplace, str] = {OFFICE: "school", BUREAU: "landmark"}


def workplace_of(text: str) -> Workplace:
    """The workplace a setting names; the office's where it names none."""
    return next((one for one in WORKPLACES if one == text), OFFICE)


def folder_of(data: Path, workplace: Workplace) -> Path:
    """The folder of a workplace's data inside the data folder.

    The office's lie in the data folder itself, where they lay before there were two.
    """
    return data if workplace == OFFICE else data / workplace


def shared_key(workplace: Workplace) -> str:
    """The setting that holds the address of a workplace's shared database, where it has one."""
    return f"shared_{workplace}"


def data_folder_around(chosen: Path, workplace: Workplace) -> Path:
    """The data folder a clerk means who points at the one inside it, or at itself."""
    return chosen.parent if workplace != OFFICE and chosen.name == workplace else chosen
