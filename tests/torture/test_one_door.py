"""Files are written through forms/ground/files.py alone: nothing else opens one to write."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ROOMS = ("forms", "db", "desktop")
WRITING = {"write_bytes", "write_text", "rename", "copyfile", "copy2", "copytree"}
ALLOWED = {
    "forms/ground/files.py": "the one place",
    "forms/ground/bulk_files.py": "many new files on a bench, synced before they are put in place",
    "db/copies.py": "puts a finished database in place, synced",
    "db/door.py": "makes an empty database for its owner only",
    "desktop/installed/crash_notes.py": "appends to a log",
    "forms/bureau/originals.py": "copies what came, too large to hold, onto a bench, synced",
    "forms/bureau/look_into.py": "puts the files of a package into a zip on that bench",
    "desktop/program/bureau_sample.py": "what invented units send, in a temporary folder",
    "desktop/screens/picture_taking.py": "keeps a sample for the makers' pictures",
}


def writes(source: str) -> Iterator[str]:
    """Yield the calls that write a file."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if isinstance(node.func, ast.Name):
            name = node.func.id
        if name in WRITING:
            yield f"{name} in line {node.lineno}"
        if name == "open":
            modes = [
                one.value
                for one in (*node.args, *(k.value for k in node.keywords))
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if any(set(mode) <= set("rwxabt+") and set(mode) & set("wxa+") for mode in modes):
                yield f"open in line {node.lineno}"


def test_a_writing_call_is_seen() -> None:
    found = list(writes("p.write_bytes(b'')\nopen(p, 'wb')\np.open('rb')\np.open(mode='a')\n"))
    assert found == ["write_bytes in line 1", "open in line 2", "open in line 4"]


def test_nothing_else_writes_files() -> None:
    found = {}
    for path in (one for room in ROOMS for one in sorted((ROOT / room).rglob("*.py"))):
        name = path.relative_to(ROOT).as_posix()
        calls = list(writes(path.read_text(encoding="utf-8")))
        if calls and name not in ALLOWED:
            found[name] = calls
    assert not found
