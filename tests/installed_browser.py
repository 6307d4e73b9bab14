"""Where a Chromium is installed.  No browser is downloaded: `.ci/run` installs one."""

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def browser_here() -> str:
    """The path of an installed Chromium, "" where there is none."""
    found = (shutil.which(name) for name in NAMES)
    return next(filter(None, (*found, *(one for one in PLACES if Path(one).is_file()))), "")
