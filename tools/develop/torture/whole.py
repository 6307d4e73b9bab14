"""Whether a file under a final name is whole, by opening it as its reader would."""

import io
import json
import zipfile
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path

import pypdfium2
from python_calamine import CalamineWorkbook

from db.door import SqliteDoor
from db.file_inside import look_inside
from db.store_problems import NewerDatabase, StoreProblem
from forms.ground.files import is_temporary

SIDE_FILES = ("-wal", "-shm", "-journal")


class Broken(Exception):
    """Something was lost, half made or left under a name it should not have."""


def pdf(content: bytes) -> None:
    """Open a PDF and its pages.  Raises Broken."""
    if not content.rstrip().endswith(b"%%EOF"):
        raise Broken("a PDF without its end")
    document = pypdfium2.PdfDocument(content)
    try:
        if len(document) < 1:
            raise Broken("a PDF without a page")
        for page in document:
            page.close()
    finally:
        document.close()


def archive(content: bytes) -> None:
    """Read every part of a zip.  Raises Broken."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        if not opened.namelist() or opened.testzip() is not None:
            raise Broken("a zip with a broken part")


def workbook(content: bytes) -> None:
    """Open a workbook.  Raises Broken."""
    archive(content)
    if not CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names:
        raise Broken("a workbook without a sheet")


def mail(content: bytes) -> None:
    """Read a mail and what is attached.  Raises Broken."""
    message = message_from_bytes(content, policy=policy.default)
    if message.defects:
        raise Broken("a mail with defects")
    attached = list(message.iter_attachments())
    if not attached or any(part.defects or not part.get_content() for part in attached):
        raise Broken("a mail with nothing or something broken attached")


def record(content: bytes) -> None:
    """Read JSON.  Raises Broken."""
    json.loads(content)


def database(path: Path) -> None:
    """Look into a backup in full; of a version still to come, at its pages.  Raises Broken."""
    try:
        look_inside(path)
    except NewerDatabase:
        SqliteDoor(path).check(full=True, mode="look")


READERS: Mapping[str, Callable[[bytes], None]] = {
    ".pdf": pdf,
    ".zip": archive,
    ".docx": archive,
    ".xlsx": workbook,
    ".eml": mail,
    ".json": record,
}


class Looker:
    """Looks through folders; what has not changed since is not opened again."""

    def __init__(self, *, is_beside_others: bool = False) -> None:
        """Begin with nothing seen; others who live may clear an old backup away meanwhile."""
        self.is_beside_others = is_beside_others
        self._seen: set[Hashable] = set()
        self.opened = 0

    def look(self, folder: Path, live: Collection[Path] = ()) -> None:
        """Open all that stands under a final name, but databases in use.  Raises Broken."""
        passed = {str(path) + end for path in live for end in ("", *SIDE_FILES)}
        for path in (one for one in final(folder) if str(one) not in passed):
            try:
                self._look_at(path)
            except (Broken, FileNotFoundError):
                if path.exists() or not self.is_beside_others:
                    raise

    def _look_at(self, path: Path) -> None:
        mark = self.mark(path)
        if mark not in self._seen:
            self._open(path)
            self._seen.add(mark)

    def mark(self, path: Path) -> Hashable:
        """Return what stays while a file stays as it is."""
        status = path.stat()
        return path, status.st_ino, status.st_mtime_ns, status.st_size

    def _open(self, path: Path) -> None:
        self.opened += 1
        try:
            if path.suffix == ".db":
                database(path)
            elif path.suffix in READERS:
                READERS[path.suffix](path.read_bytes())
            else:
                raise Broken("a file of no kind that is known")
            if path.name == "manifest.json":
                _agree(path)
        except (Broken, StoreProblem, OSError, ValueError, zipfile.BadZipFile) as error:
            raise Broken(f"{path.name}: {error}") from error
        except Exception as error:  # a reader of broken files raises nearly anything
            raise Broken(f"{path.name}: {type(error).__name__} {error}") from error


def final(folder: Path) -> Iterator[Path]:
    """Yield the files that a clerk takes for finished; nothing inside a folder in the making."""
    for path in sorted(folder.iterdir()):
        if is_temporary(path.name):
            continue
        if path.is_dir():
            yield from final(path)
        else:
            yield path


def _agree(manifest: Path) -> None:
    """Compare a package with its manifest."""
    said = json.loads(manifest.read_bytes())["files"]
    named = {entry["name"]: entry["sha256"] for entry in said}
    found = {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in manifest.parent.iterdir()
        if path != manifest
    }
    if named != found:
        raise Broken("the manifest and the files do not agree")
