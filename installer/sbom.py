"""The list of everything in a bundle (SBOM), in CycloneDX's JSON, by CycloneDX's own library.

What the program runs on comes from the lock with its hashes; Python, fonts, icons and the system's
libraries are added.  Two lists of the same bundle are the same to the byte: no clock, no chance.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from installer import contents
from tools.develop.console import Trouble
from tools.develop.lock import Pin, parse, pins

_NAMESPACE = uuid.UUID("6f7a3c52-5f0c-4f5e-9a3e-0f1d6a3f7b11")
_ICONS = ("Lucide", "1.62.0")


def write(file: Path, system: str, python: str, further: Iterable[Component] = ()) -> None:
    """Write the list of a bundle for a system.  Raises Trouble where it is not valid."""
    program = Component(
        name=contents.WINDOW,
        version=contents.version(),
        type=ComponentType.APPLICATION,
        bom_ref=contents.WINDOW,
    )
    parts = [*of_the_lock(system), *of_ourselves(python), *further]
    bom = Bom(
        serial_number=uuid.uuid5(_NAMESPACE, f"{contents.version()} {system}"),
        components=parts,
    )
    bom.metadata.timestamp = None  # type: ignore[assignment]  # the same bytes whenever it is made
    bom.metadata.component = program
    bom.register_dependency(program, parts)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise Trouble(f"The SBOM is not valid: {fault}")
    file.write_text(text + "\n", encoding="utf-8")


def of_the_lock(system: str, lock: str | None = None) -> list[Component]:
    """The packages that requirements.txt names for a system ("linux", "win32")."""
    from packaging.markers import Marker

    windows = system == "win32"
    where = {
        "sys_platform": system,
        "platform_system": "Windows" if windows else "Linux",
        "os_name": "nt" if windows else "posix",
    }
    return [
        Component(
            name=pin.name,
            version=pin.version,
            type=ComponentType.LIBRARY,
            bom_ref=f"pypi:{pin.name}",
            purl=PackageURL("pypi", name=pin.key, version=pin.version),
            hashes=_hashes(pin),
        )
        for pin in (pins(contents.LOCK) if lock is None else parse(lock))
        if not pin.marker or Marker(pin.marker).evaluate(where)
    ]


def of_ourselves(python: str) -> list[Component]:
    """Python itself, the fonts, the icons."""
    fonts = sorted((contents.ROOT / "resources" / "fonts").glob("*.ttf"))
    return [
        Component(name="CPython", version=python, type=ComponentType.PLATFORM, bom_ref="cpython"),
        Component(
            name=_ICONS[0], version=_ICONS[1], type=ComponentType.DATA, bom_ref="icons:lucide"
        ),
        *(
            Component(
                name=font.stem,
                type=ComponentType.DATA,
                bom_ref=f"font:{font.stem}",
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=_sha256(font))],
            )
            for font in fonts
        ),
    ]


def of_the_system(name: str, version: str) -> Component:
    """A library's package of the system the bundle was made on."""
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=f"deb:{name}",
        purl=PackageURL("deb", namespace="debian", name=name, version=version),
    )


def _hashes(pin: Pin) -> list[HashType]:
    """The hash of the one file the lock accepts; where it accepts several it says nothing."""
    if len(pin.hashes) != 1:
        return []
    return [HashType(alg=HashAlgorithm.SHA_256, content=pin.hashes[0])]


def _sha256(file: Path) -> str:

    return hashlib.sha256(file.read_bytes()).hexdigest()
