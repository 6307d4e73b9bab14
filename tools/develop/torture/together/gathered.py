"""What the programs of a round have confirmed: heard of windows, read of commands."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.develop.torture.together.nursery import Program
from tools.develop.torture.together.office import Confirmed
from tools.develop.torture.whole import Broken


class Gathered:
    """Gathers what programs confirm."""

    def __init__(self) -> None:
        self._facts: dict[str, list[Any]] = {
            name: [] for name in ("texts", "events", "imports", "backups", "fields")
        }
        self._restores = 0

    def hear(self, ack: dict[str, Any], counts: Counter[str]) -> None:
        """Hear a window.  Raises Broken."""
        match ack["what"]:
            case "saved":
                self._facts["texts"].append((ack["case"], ack["token"]))
            case "event":
                self._facts["events"].append((ack["case"], ack["event"]))
            case "imported":
                self._facts["imports"].append((ack["tag"], ack["count"]))
            case "field":
                self._facts["fields"].append((ack["field"], ack["token"]))
            case "restored":
                self._restores += 1
            case "bug" | "late":
                raise Broken(f"{ack}")
            case "over":
                for tone, _ in ack["told"]:
                    counts[f"windows told: {tone}"] += 1

    def read(self, command: Program, counts: Counter[str]) -> None:
        """Read what a command has said.  Raises Broken."""
        words = command.wanted.words
        what = words[0]
        complaint = command.complained()
        if "意外情况" in complaint or "Traceback" in complaint:
            raise Broken(f"{words}: {complaint}")
        if command.code:
            if not command.was_killed:
                counts[f"{what} told"] += 1
                if command.code not in (1, 2) or (command.code == 2 and not complaint.strip()):
                    raise Broken(f"{words} ended with {command.code}: {complaint}")
                if what == "verify":
                    raise Broken(f"verify: {command.printed()} {complaint}")
            return
        match what:
            case "import":
                rows = json.loads(command.printed())["counts"]
                tag = words[1].rpartition("-")[2].partition(".")[0]
                self._facts["imports"].append((tag, rows["new"] + rows["changed"]))
            case "delete" | "undelete":
                case_id = int(words[1].removeprefix("案卷"))
                event = "case.binned" if what == "delete" else "case.unbinned"
                self._facts["events"].append((case_id, event))
            case "backup":
                said = re.search(r"核对：(.*?\.db)", command.printed())
                assert said is not None
                self._facts["backups"].append(Path(said[1]))
            case "office":
                self._facts["fields"].append((f"office.{words[2].removeprefix('--')}", words[3]))
            case "restore":
                self._restores += 1

    def all(self, *, tried_fields: Sequence[tuple[str, str]], tried_restore: bool) -> Confirmed:
        """Return all of it."""
        return Confirmed(
            restores=self._restores,
            tried_restore=tried_restore,
            tried_fields=tried_fields,
            **self._facts,
        )
