"""A small package index made for a test: invented wheels in a folder that pip reads as an index."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path


class Shop:
    """Invented packages for sale: put wheels in, then point pip at its environment."""

    def __init__(self, folder: Path) -> None:
        self.simple = folder / "simple"
        self.simple.mkdir(parents=True)
        self._digests: dict[tuple[str, str], str] = {}

    def put(self, name: str, version: str, needs: Sequence[str] = (), code: str = "") -> Path:
        """Make a wheel of one module; `needs` are its Requires-Dist lines."""
        extras = sorted(
            {line.split("extra == ")[1].strip("'") for line in needs if "extra" in line}
        )
        metadata = [
            *("Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"),
            *(f"Provides-Extra: {extra}" for extra in sorted(extras)),
            *(f"Requires-Dist: {line}" for line in needs),
        ]
        info = f"{name}-{version}.dist-info"
        files = {
            f"{name}.py": f"VERSION = {version!r}\n{code}",
            f"{info}/METADATA": "\n".join(metadata) + "\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\n"
            "Root-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = [f"{path},," for path in [*files, f"{info}/RECORD"]]
        files[f"{info}/RECORD"] = "\n".join(record) + "\n"
        wheel = self.simple / name / f"{name}-{version}-py3-none-any.whl"
        wheel.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, text in files.items():
                archive.writestr(path, text)
        self._digests[name, version] = hashlib.sha256(wheel.read_bytes()).hexdigest()
        self._list(wheel.parent)
        return wheel

    def sell_out(self, name: str) -> Callable[[], None]:
        """Take a package's files off the shelf; what is returned puts them back."""
        wheels = {wheel: wheel.read_bytes() for wheel in (self.simple / name).glob("*.whl")}

        def put_back() -> None:
            for wheel, content in wheels.items():
                wheel.write_bytes(content)
            self._list(self.simple / name)

        for wheel in wheels:
            wheel.unlink()
        self._list(self.simple / name)
        return put_back

    def _list(self, folder: Path) -> None:
        links = (f'<a href="{one.name}">{one.name}</a>' for one in sorted(folder.glob("*.whl")))
        page = "<!DOCTYPE html><html><body>" + "\n".join(links) + "</body></html>"
        (folder / "index.html").write_text(page, encoding="utf-8")

    def line(self, requirement: str) -> str:
        """A requirement such as "inner[more]==1.0" as a lock has it, with the wheel's hash."""
        name, version = requirement.split("==")
        digest = self._digests[name.partition("[")[0], version]
        return f"{requirement} \\\n    --hash=sha256:{digest}\n"

    def settings(self) -> dict[str, str]:
        """The variables by which pip knows this index and no other, whatever the machine has."""
        return {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": self.simple.as_uri(),
            "PIP_FIND_LINKS": "",
            "PIP_NO_CACHE_DIR": "1",
        }
