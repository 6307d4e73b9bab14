"""Reads the lock files: requirements of one version each, with the hashes of their files.

The one place that knows how they are written (`uv pip compile --generate-hashes`). Stands on the
standard library alone, since the set-up reads them before any package is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEAD = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)(?:\[(?P<extras>[^\]]*)\])?==(?P<version>[^\s;]+)"
    r"(?:\s*;\s*(?P<marker>.+))?"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """One requirement of a lock, such as `coverage[toml]==7.17.3 ; python_version < "3.14"`."""

    name: str
    extras: frozenset[str]
    version: str
    marker: str
    hashes: tuple[str, ...]
    text: str

    @property
    def key(self) -> str:
        """The name as packages are compared by (PEP 503)."""
        return normalized(self.name)


def normalized(name: str) -> str:
    """A package's name as packages are compared by (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> list[Pin]:
    """What a lock file names, in its order.  Raises ValueError where a line pins no version."""
    return list(parse(lock.read_text(encoding="utf-8")))


def parse(text: str) -> Iterator[Pin]:
    """What a lock's text names, in its order.  Raises ValueError where a line pins no version."""
    for block in re.split(r"\n(?=\S)", text.strip()):
        if not block or block.startswith("#"):
            continue
        head = block.partition("--hash")[0].replace("\\", "").strip()
        found = _HEAD.fullmatch(head)
        if found is None:
            raise ValueError(f"not one version of one package: {head}")
        yield Pin(
            name=found["name"],
            extras=frozenset(part.strip() for part in (found["extras"] or "").split(",") if part),
            version=found["version"],
            marker=found["marker"] or "",
            hashes=tuple(_HASH.findall(block)),
            text=block,
        )
