"""Checks of the build's own tools: the audit and the signing hook can both fail."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.kept import remove
from installer.windows import audit, sign
from installer.windows.prove.office import Failed, Office, can_fail, expect
from installer.windows.prove.world import World

_CERTIFICATE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem"
    " -subj /CN=proof -addext extendedKeyUsage=codeSigning"
)
_PFX = "openssl pkcs12 -export -inkey key.pem -in cert.pem -out cert.pfx -passout pass:"


def audit_sees(world: World, _: Office) -> str:
    """The audit finds what must not be in a bundle, and what is missing in it."""
    system = Path(world.lab.home / "clean" / "drive_c" / "windows" / "system32")
    foreign = Path("/usr/share/nsis/Plugins/x86-unicode/System.dll")
    planted = {
        "made by Wine": (system / "msvcp140.dll", "msvcp140_2.dll"),
        "a stand-in": (system / "ui_settings.dll", "ui_settings.dll"),
        "not for 64-bit Windows": (foreign, "System.dll"),
    }
    for word, (source, name) in planted.items():
        with _copy(world) as folder:
            shutil.copyfile(source, folder / "_internal" / name)
            _finds(folder, word)
    with _copy(world) as folder:
        (folder / "_internal" / "PySide6" / "Qt6Core.dll").unlink()
        _finds(folder, "asks for qt6core.dll, which is nowhere")
    return f"{len(planted) + 1} spoiled bundles found out"


def signature(world: World, _: Office) -> str:
    """The signing hook signs with a certificate, here a self-made one; a changed file is told."""
    folder = world.out / "signing"
    remove(folder)
    folder.mkdir()
    for command in (_CERTIFICATE, _PFX):
        subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    signed = folder / "openlicense.exe"
    shutil.copyfile(world.made.program / "openlicense.exe", signed)
    before = os.environ.get(sign.PFX)
    os.environ[sign.PFX] = str(folder / "cert.pfx")
    try:
        sign.sign(signed)
    finally:
        if before is None:
            del os.environ[sign.PFX]
        else:
            os.environ[sign.PFX] = before
    _verify(signed, folder / "cert.pem")
    content = bytearray(signed.read_bytes())
    content[len(content) // 2] ^= 1
    signed.write_bytes(content)
    can_fail(lambda: _verify(signed, folder / "cert.pem"), "a changed byte")
    return "signed and verified with a self-made certificate"


def _verify(file: Path, certificate: Path) -> None:
    command = ["osslsigncode", "verify", "-CAfile", str(certificate), "-in", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"{file.name} does not verify: {done.stdout[-400:]}")


def _finds(folder: Path, word: str) -> None:
    found = audit.faults(folder)
    if not any(word in fault for fault in found):
        raise Failed(f"the audit is blind to “{word}”; it found {found[:3]}")


@contextmanager
def _copy(world: World) -> Iterator[Path]:
    """A copy of the bundle to be spoiled; the files are the same ones until one is replaced."""
    folder = world.out / "spoiled"
    remove(folder)
    subprocess.run(["cp", "-al", str(world.made.program), str(folder)], check=True)
    try:
        yield folder
    finally:
        remove(folder)
