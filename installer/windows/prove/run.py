"""The proof: every check in turn, its time and what it saw; the first that fails ends it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from installer.windows import wine
from installer.windows.prove import building, bureau, installing, refusing, running, world
from installer.windows.prove.office import CLERK, Failed, Office
from tools.develop.console import Trouble, say

if TYPE_CHECKING:
    from installer.windows.lab import Lab
    from installer.windows.run import Made

# In one Windows, from a bare one to a bare one.
CHECKS: tuple[Callable[[world.World, Office], str], ...] = (
    building.audit_sees,
    building.signature,
    refusing.bad_folders,
    refusing.old_windows,
    refusing.broken_download,
    refusing.no_room,
    refusing.full_while_writing,
    installing.installs,
    running.tests_itself,
    running.starts_workers,
    running.makes_the_same_papers,
    running.starts,
    refusing.running_copy,
    installing.repairs,
    installing.begins_anew,
    installing.is_called_off,
    installing.is_led_through,
    installing.renews,
    installing.refuses_older,
    installing.removes,
    installing.for_all,
    bureau.serves_a_bureau,
    running.is_portable,
    running.serves_a_chinese_user,
)


def prove(lab: Lab, made: Made) -> None:
    """Prove what was built.  Raises Trouble at the first check that fails."""
    tried = world.make(lab, made)
    office = Office(lab.fresh("office", CLERK))
    table = []
    for check in CHECKS:
        name = check.__name__.replace("_", " ")
        begun = time.monotonic()
        try:
            seen = check(tried, office)
        except Trouble as failed:
            lab.screen.picture(tried.out / "failed.png")
            raise Failed(
                f"{name}: {failed}\nThe screen then: {tried.out / 'failed.png'}"
            ) from failed
        seconds = time.monotonic() - begun
        say(f"{name:26} {seconds:5.1f} s  {seen}")
        table.append({"check": name, "seconds": round(seconds, 1), "seen": seen})
    text = json.dumps({"wine": wine.version(), "checks": table}, ensure_ascii=False, indent=2)
    (tried.out / "proof.json").write_text(text + "\n", encoding="utf-8")
