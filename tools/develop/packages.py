"""Has pip install what a lock names, and says in a sentence why it could not.

All that pip says goes into a log; the person at the keyboard gets what to do.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.develop.console import ROOT, Trouble, child_environment

# What pip is not to be told from outside: where to install to, and whom to ask.
_SETTINGS = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "PIP_NO_WARN_SCRIPT_LOCATION": "1",
    "PIP_REQUIRE_VIRTUALENV": "0",
    "PIP_USER": "0",
}
_FULL = re.compile(
    r"No space left on device|Errno 28\b|Disk quota exceeded|not enough space on the disk", re.I
)
_GONE = re.compile(r"HTTP error 404 while getting \S*?([^/\s#]+\.whl)")
_COLLECTING = re.compile(r"(?:Collecting|Requirement already satisfied:) ([^\s(]+)")
_LACKING = re.compile(
    r"No matching distribution found for ([A-Za-z0-9._-]+(?:\[[^\]]*\])?==[^\s;(]+)"
)
# The first that fits counts; pip tells of a way that is cut before it tells what it lacks.
_CAUSES = (
    (
        re.compile(r"ProxyError|Cannot connect to proxy|Tunnel connection failed", re.I),
        "The proxy that is set refuses or can not be reached: look at the variable HTTPS_PROXY and"
        " at pip's setting `proxy`.",
    ),
    (
        re.compile(r"DO NOT MATCH THE HASHES", re.I),
        "The package index gave another file than the locked one, and it was refused: use another"
        " index.",
    ),
    (
        re.compile(r"CERTIFICATE_VERIFY_FAILED|SSLError|certificate verify failed", re.I),
        "The package index has a certificate that this machine does not trust: look at pip's"
        " setting `cert`.",
    ),
    (
        re.compile(r"\b(?:401|403|407)\b.*(?:Error|Forbidden|Unauthorized|Required)", re.I),
        "The package index refuses access: use another one, or give it what it asks for.",
    ),
    (
        re.compile(
            r"NewConnectionError|ConnectTimeoutError|ReadTimeoutError|Failed to establish|"
            r"NameResolutionError|Connection (?:aborted|refused|reset|to .* timed out)|"
            r"Could not fetch URL|Max retries exceeded|IncompleteRead|ProtocolError|timed out",
            re.I,
        ),
        "No Python package index can be reached: connect to the network, name a mirror (`pip config"
        " set global.index-url …`) or set the right proxy (the variable HTTPS_PROXY).",
    ),
    (
        re.compile(r"Permission denied|Errno 13\b|Access is denied|Read-only file system", re.I),
        "Something may not be written here: look at who owns this folder, and close what uses it.",
    ),
)


class Unchanged(Trouble):
    """pip gave up before it had touched anything."""


def explain(said: str, otherwise: str) -> str:
    """Why a set-up failed and what to do, from all that pip said, and where that is kept."""
    return f"{cause(said) or otherwise} Then try again.{_kept(said)}"


def cause(said: str) -> str | None:
    """In one sentence why pip failed and what to do; None where that is not known."""
    if _FULL.search(said):
        return full_disk()
    for pattern, sentence in _CAUSES:
        if pattern.search(said):
            return sentence
    if gone := _GONE.search(said):
        return (
            f"The package index lists {gone[1]} and does not have it: use another index or mirror."
        )
    if lacking := _LACKING.search(said):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        return (
            f"The package index gives no file of {lacking[1]} for Python {version} on this system:"
            " use another index or mirror."
        )
    return None


def full_disk() -> str:
    """What to do where something could not be written for want of room."""
    return f"The disk is full: make room in {ROOT} and in {tempfile.gettempdir()}."


def run_pip(python: Path, arguments: Sequence[str], held: int | None = None) -> str:
    """Run the pip of an environment; return what it said.

    `held` is the open file that whoever works here keeps locked: pip keeps it too, so that nobody
    else begins while pip is still at work after we were killed.

    Raises: Trouble with the cause; Unchanged where pip had not begun to install.
    """
    code, said = _follow([str(python), "-m", "pip", *arguments], held)
    if code == 0:
        return said
    begun = "Installing collected packages" in said
    raise (Trouble if begun else Unchanged)(explain(said, "pip could not install the packages."))


def _follow(command: Sequence[str], held: int | None) -> tuple[int, str]:
    """Run pip, showing on a console which package it is at; return its code and all it said."""
    attended = sys.stdout.isatty()
    lines = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=child_environment(_SETTINGS),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=() if held is None or os.name == "nt" else (held,),
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line)
            if attended and (found := _COLLECTING.match(line)):
                print(f"\r  {found[1]:<50}", end="", flush=True)
    if attended and lines:
        print("\r" + " " * 52, end="\r", flush=True)
    return pip.returncode, "".join(lines)


def _kept(said: str) -> str:
    """Keep what pip said for whoever wants to know more; say where."""
    log = Path(tempfile.gettempdir()) / "openlicense-setup.log"
    try:
        log.write_text(said, encoding="utf-8")
    except OSError:
        return ""  # the cause itself may be that nothing can be written
    return f"\nAll that pip said: {log}"
