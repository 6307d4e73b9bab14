"""Notes on faults that are ours to mend: where in the program, never whose data."""

import os
import traceback
from datetime import datetime
from pathlib import Path

NOTES_NAME = "errors.log"


def note_crash(error: BaseException, folder: Path | None = None) -> Path | None:
    """Append the kinds of errors and the places in the program they passed; None if it fails."""
    lines = [f"{datetime.now():%Y-%m-%d %H:%M:%S}", *(f"  {line}" for line in places(error))]
    try:
        target = folder or _usual_folder()
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(target / NOTES_NAME, "a", encoding="utf-8", opener=_private) as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return target / NOTES_NAME


def _usual_folder() -> Path:
    import platformdirs  # slow to load, and seldom is there anything to note

    return platformdirs.user_log_path("OpenLicenseDesk", appauthor=False)


def _private(path: str, flags: int) -> int:
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


def places(error: BaseException) -> list[str]:
    """The kinds of errors and the places in the program they passed; no values, no words."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or seen.__context__
    return lines
