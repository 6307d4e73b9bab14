"""A bureau's edition: its pack and its words, laid among the resources of a finished program.

Nothing is compiled in: `dev.py bundle --pack DIR --edition NAME` checks the pack in DIR, and the
file `edition.toml` in it if there is one, and puts both in as data.  That file may say, at its
top, the workplace it starts as ("office", or "bureau" for the bureau's own people), in `[office]`
what the first start offers, in `[submission]` the address submissions go to, and in `[packs]` the
public key that the bureau signs its packs with (`openlicense pack key`):

    workplace = "office"

    [office]
    region = "某省"
    kind = "city"

    [submission]
    address = "kaifangxuke@example.gov.cn"

    [packs]
    key = "Cx0…="
"""

from __future__ import annotations

import json
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

from desktop.installed.bureau_edition import FILE, EditionFault, read_edition
from forms.pack.load import find_packs, load
from forms.vetting.pack_lint import lint
from tools.develop.console import Trouble


@dataclass(frozen=True)
class Edition:
    """What is put in: its name, the pack's folder and code, the text of the edition's file."""

    name: str
    pack: Path
    code: str
    text: str


def wanted(pack: Path | None, name: str) -> Edition | None:
    """The edition that `--pack` and `--edition` ask for; None where neither is given.

    Raises Trouble with every fault of the pack, or what is wrong with the words.
    """
    if pack is None and not name:
        return None
    if pack is None or not name.strip():
        raise Trouble("A bureau's edition needs both: --pack DIR --edition NAME")
    if not pack.is_dir():
        raise Trouble(f"{pack} is no folder.")
    if faults := lint(pack):
        told = "\n".join(map(str, faults))
        raise Trouble(f"The pack in {pack} has {len(faults)} faults:\n{told}")
    code, name = load(pack).identity.code, name.strip()
    return Edition(name, pack, code, _text(pack / FILE, name, code))


def put_in(edition: Edition, resources: Path) -> None:
    """Put an edition among a program's resources; a shipped pack of the same code gives way."""
    packs = resources / "packs"
    for code, folder in find_packs(packs).items():
        if code == edition.code:
            shutil.rmtree(folder)
    shutil.copytree(edition.pack, packs / edition.code, ignore=shutil.ignore_patterns(FILE))
    file = resources / FILE
    file.unlink(missing_ok=True)  # it may be a link to another program's
    file.write_text(edition.text, encoding="utf-8")


def _text(file: Path, name: str, code: str) -> str:
    """The edition's file: name and pack, then what the bureau wrote.  Raises Trouble."""
    written = file.read_text(encoding="utf-8") if file.is_file() else ""
    head = "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in (("name", name), ("pack", code))
    )
    try:
        if twice := {"name", "pack"} & tomllib.loads(written).keys():
            raise EditionFault(f"{', '.join(sorted(twice))} are said on the command line")
        text = f"{head}\n{written}"
        read_edition(text)
    except (EditionFault, tomllib.TOMLDecodeError) as error:
        raise Trouble(f"{file}: {error}") from error
    return text
