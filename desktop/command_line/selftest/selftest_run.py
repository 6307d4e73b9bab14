"""Runs the parts of the self-test one after the other and keeps the report."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from desktop.command_line.selftest import windowless_parts
from desktop.installed.stop_signals import heed, held_back
from forms.ground.files import write_atomically

REPORT = "selftest.json"
UNFINISHED = "the self-test did not come to its end"

Part = Callable[[Path], dict[str, Any]]


@dataclass
class SelftestFound:
    """What the self-test has found so far."""

    parts: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def write(self, file: Path, *faults: str) -> None:
        """Write the report.  Raises CannotWrite."""
        told = [*faults, *self.faults]
        report = {"ok": not told, "faults": told, "seconds": self.seconds, **self.parts}
        text = msgspec.json.format(msgspec.json.encode(report), indent=2)
        write_atomically(file, text + b"\n")


def selftest(out: Path, tell: Callable[[str], None], only: Collection[str] = ()) -> SelftestFound:
    """Look at everything in turn; `tell` hears each part's name and every fault.

    `only` names some of the parts; without it all are looked at.

    The report is written before every part too, since Qt ends a program that lacks a plug-in
    without a word to it.  Raises CannotWrite.
    """
    out.mkdir(parents=True, exist_ok=True)
    found = SelftestFound()
    with held_back():
        for name, part in _PARTS.items():
            if only and name not in only:
                continue
            found.write(out / REPORT, f"{name}: {UNFINISHED}")
            tell(name)
            begun = time.monotonic()
            try:
                found.parts[name] = part(out)
            except Exception as error:
                fault = f"{name}: {type(error).__name__}: {error}"
                found.faults.append(fault)
                tell(fault)
            found.seconds[name] = round(time.monotonic() - begun, 2)
            heed()
    found.write(out / REPORT)
    return found


def _windows(out: Path) -> dict[str, Any]:
    from desktop.command_line.selftest.window_part import windows  # loads the windows' toolkit

    return windows(out)


_PARTS: dict[str, Part] = {
    "program": windowless_parts.program,
    "resources": windowless_parts.resources_there,
    "licences": windowless_parts.licences,
    "fonts": windowless_parts.fonts,
    "papers": windowless_parts.papers,
    "workers": windowless_parts.workers,
    "pages": windowless_parts.pages,
    "doors": windowless_parts.doors,
    "calendar": windowless_parts.calendar,
    "server": windowless_parts.server,
    "windows": _windows,
}
