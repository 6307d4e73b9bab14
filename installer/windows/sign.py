"""Signs executables with the certificate that the environment names; without one, says so.

`OPENLICENSE_SIGN_PFX` names a .pfx file, `OPENLICENSE_SIGN_PASSWORD_FILE` a file with its password,
`OPENLICENSE_SIGN_TIMESTAMP` the address of a time-stamp service (without it a signature ends with
its certificate).  osslsigncode signs on Linux, signtool on Windows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.develop.console import Trouble, say

PFX, PASSWORD_FILE = "OPENLICENSE_SIGN_PFX", "OPENLICENSE_SIGN_PASSWORD_FILE"
TIMESTAMP = "OPENLICENSE_SIGN_TIMESTAMP"


@dataclass(frozen=True)
class Certificate:
    """What to sign with."""

    pfx: Path
    password_file: Path | None
    timestamp: str


def certificate(environment: Mapping[str, str] = os.environ) -> Certificate | None:
    """The certificate that the environment names.  Raises Trouble where its file is not there."""
    pfx = environment.get(PFX, "")
    if not pfx:
        return None
    password_file = environment.get(PASSWORD_FILE, "")
    for name, value in ((PFX, pfx), (PASSWORD_FILE, password_file)):
        if value and not Path(value).is_file():
            raise Trouble(f"{name} names {value}, which is not there.")
    return Certificate(
        Path(pfx), Path(password_file) if password_file else None, environment.get(TIMESTAMP, "")
    )


def tell() -> None:
    """Say what will be signed with what, or that nothing will."""
    found = certificate()
    if found is None:
        say(f"Not signed: {PFX} names no certificate. Windows will call the maker unknown.")
    else:
        say(f"Signing with {found.pfx.name}" + ("" if found.timestamp else ", without time stamp"))


def sign(file: Path) -> None:
    """Sign a file in its place, where there is a certificate.  Raises Trouble."""
    found = certificate()
    if found is None:
        return
    signed = file.with_name(f"{file.name}.signed")
    command = _signtool(found, file) if os.name == "nt" else _osslsigncode(found, file, signed)
    if not shutil.which(command[0]):
        raise Trouble(f"A certificate is given, but {command[0]} is not on this machine.")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        signed.unlink(missing_ok=True)
        raise Trouble(f"{file.name} could not be signed:\n{(done.stdout + done.stderr).strip()}")
    if signed.exists():
        shutil.copymode(file, signed)
        signed.replace(file)


def _osslsigncode(found: Certificate, file: Path, signed: Path) -> list[str]:
    password = ["-readpass", str(found.password_file)] if found.password_file else ["-pass", ""]
    stamp = ["-ts", found.timestamp] if found.timestamp else []
    return ["osslsigncode", "sign", "-pkcs12", str(found.pfx), *password, "-h", "sha256", *stamp,
            "-n", "OpenLicense Desk", "-in", str(file), "-out", str(signed)]  # fmt: skip


def _signtool(found: Certificate, file: Path) -> list[str]:
    password = found.password_file.read_text("utf-8").strip() if found.password_file else ""
    stamp = ["/tr", found.timestamp, "/td", "sha256"] if found.timestamp else []
    secret = ["/p", password] if password else []
    return ["signtool", "sign", "/fd", "sha256", "/f", str(found.pfx), *secret, *stamp, str(file)]


if __name__ == "__main__":
    try:
        sign(Path(sys.argv[1]))
    except Trouble as trouble:
        sys.exit(str(trouble))
