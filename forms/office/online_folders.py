"""网上填报: a folder for each patent with what is uploaded for it, and the list of it all.

Names are ASCII, as web forms want them.  A paper goes in as its sealed scan, else as it was made,
named as not yet sealed; what is missing stands in a list beside it.  A folder made before is
replaced whole while all that lies in it is ours.  Nothing is sent.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec

from forms.facts.derived import number_text
from forms.ground.files import (
    CannotRead,
    name_key,
    numbered,
    publish,
    read_bytes,
    set_aside,
    unique_names,
    workshop,
    write_atomically,
)
from forms.office.case_standing import Checked, Progress, check_each, no_progress
from forms.office.online_form import OnlineRow
from forms.office.online_list import CODE, UPLOAD_WORDS, Listed, listed
from forms.office.online_uploads import Upload, stem_of
from forms.office.online_view import rows_of_cases, uploads_of_cases
from forms.office.paper_making import Unprintable, made
from forms.office.paper_orders import Makers, Order, Orders, in_turn
from forms.office.papers_in_place import MOST_OF_A_PAPER
from forms.office.store import CannotDo, CaseStore, case_name
from forms.office.stored import Made, StoredCase
from forms.pack.online import Online
from forms.pack.pack_shelf import Shelf
from forms.pack.types import Pack

MISSING_FILE = "missing.txt"
LIST_NAME = "list"
_MISSING_HEAD = "还缺的内容（由开放许可通生成，请勿上传）"
_NOT_MADE = ("not_needed", "optional", "unwritten")
_MOST_LOOKED_AT = 200  # files of a folder


class OnlineFolder(msgspec.Struct, frozen=True, kw_only=True):
    """A patent's upload folder: its files, and sentences on what is missing."""

    case: str
    number: str | None
    folder: Path
    files: tuple[str, ...]
    missing: tuple[str, ...] = ()


class FoldersMade(msgspec.Struct, frozen=True, kw_only=True):
    """What was made.  `lists` are the list in its formats; `left_out` are (what, reason).

    `kept` are folders and files that are not ours: they stay, ours have other names.
    """

    folders: tuple[OnlineFolder, ...]
    lists: tuple[Path, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    kept: tuple[Path, ...] = ()


class _Folder:
    """A folder in the making, on the bench at `at`."""

    def __init__(
        self,
        one: Checked,
        pack: Pack,
        online: Online,
        rows: tuple[OnlineRow, ...],
        uploads: tuple[Upload, ...],
        at: Path,
    ) -> None:
        self.one, self.pack, self.online, self.at = one, pack, online, at
        self.rows, self.uploads = rows, uploads
        self.names: list[str] = []
        self.missing: list[str] = []

    def put(self, name: str, content: bytes) -> None:
        write_atomically(self.at / name, content)
        self.names.append(name)

    @property
    def stored(self) -> StoredCase:
        return self.one.stored

    @property
    def listed(self) -> Listed:
        return Listed(number=case_name(self.stored.case), rows=self.rows, uploads=self.uploads)


class _Paper(msgspec.Struct, frozen=True):
    """A paper to be made for a folder, under its name there."""

    folder: _Folder
    upload: Upload
    order: Order
    name: str


def make_folders(
    store: CaseStore,
    shelf: Shelf,
    today: date,
    cases: Sequence[StoredCase],
    out: Path,
    *,
    writing: str = "",
    progress: Progress = no_progress,
    makers: Makers = in_turn,
) -> FoldersMade:
    """Make the upload folders of cases, each by its own pack, all of them or none.

    Raises CannotDo where no case has a web form; CannotWrite.
    """
    checked = check_each(store, shelf, today, cases)
    left_out = [
        (case_name(one.stored.case), "所属的表单包没有网上填报")
        for one in checked
        if one.pack is None or one.pack.online is None
    ]
    with workshop(out) as bench:
        folders = _folders(store, checked, bench, writing)
        if not folders:
            raise CannotDo("所选案卷的表单包都没有网上填报，没有可生成的文件夹。")
        papers = _fill(store, folders, progress, makers)
        lists, unlisted = _make_lists(folders, today, bench)
        return _put(store, folders, papers, lists, out, bench, (*left_out, *unlisted))


def _folders(
    store: CaseStore, checked: Sequence[Checked], bench: Path, writing: str
) -> list[_Folder]:
    asked = [
        (one, one.pack, one.pack.online)
        for one in checked
        if one.pack is not None and one.pack.online is not None
    ]
    rows = rows_of_cases(store, [(one.stored, pack) for one, pack, _ in asked], writing)
    uploads = uploads_of_cases(store, [one for one, _, _ in asked])
    return [
        _Folder(
            *(one, pack, online, rows[one.stored.id], uploads[one.stored.id]),
            bench / "folders" / str(place),
        )
        for place, (one, pack, online) in enumerate(asked)
    ]


def _fill(
    store: CaseStore, folders: Sequence[_Folder], progress: Progress, makers: Makers
) -> list[Made]:
    """Fill the folders: scans and files as they are, papers without a seal as they are made."""
    wanted: list[_Paper] = []
    for folder in folders:
        folder.missing += _missing_rows(folder)
        for upload in folder.uploads:
            wanted += _take(store, folder, upload)
    done: list[Made] = []
    for pack in {id(one.folder.pack): one.folder.pack for one in wanted}.values():
        of_pack = [one for one in wanted if one.folder.pack is pack]
        each = [one.order for one in of_pack]
        orders = Orders(pack=pack, office=store.parties.office(), each=each)
        with closing(makers(orders)) as results:
            for one, result in zip(of_pack, results, strict=True):
                progress(len(done), len(wanted))
                if isinstance(result, Unprintable):
                    one.folder.missing.append(f"{one.upload.label}：{result}")
                    continue
                one.folder.put(one.name, result.content)
                done.append(msgspec.structs.replace(result, content=b""))
    progress(len(wanted), len(wanted))
    for folder in folders:
        if folder.missing:
            text = "\r\n".join((f"\ufeff{_MISSING_HEAD}", "", *folder.missing, ""))
            folder.put(MISSING_FILE, text.encode())
        folder.at.mkdir(parents=True, exist_ok=True)  # nothing may be asked of a case
    return done


def _missing_rows(folder: _Folder) -> Iterator[str]:
    if errors := folder.one.errors():
        yield f"案卷有 {len(errors)} 处错误，文书是草稿，改正后重新生成"
    for row in folder.rows:
        if row.state == "missing":
            yield f"{row.label}：未填{'、'.join(row.lacks)}"


def _take(store: CaseStore, folder: _Folder, upload: Upload) -> Iterator[_Paper]:
    """Put a file into a folder, or order the paper that goes in instead."""
    attachment = folder.online.attachment(upload.id)
    needs_seal = attachment is None or attachment.sealed
    if upload.is_missing:
        more = f"（{upload.help.rstrip('。')}）" if upload.help else ""
        folder.missing.append(f"{upload.label}：{UPLOAD_WORDS[upload.state]}{more}")
    if upload.scan is not None:
        folder.put(upload.name, store.papers.scan_content(upload.scan))
    elif upload.file is not None:
        folder.put(upload.name, store.web.file_content(upload.file))
    elif upload.paper and upload.state not in _NOT_MADE:
        is_draft = bool(folder.one.errors())
        end = "-draft" if is_draft else "-unsealed" if needs_seal else ""
        order = Order(
            paper=upload.paper,
            format="pdf",
            case=folder.stored.case,
            case_id=folder.stored.id,
            draft=is_draft,
        )
        yield _Paper(folder, upload, order, f"{upload.name.removesuffix('.pdf')}{end}.pdf")


def _make_lists(
    folders: Sequence[_Folder], today: date, bench: Path
) -> tuple[list[Made], list[tuple[str, str]]]:
    """Make the list in its formats, each on the bench under its format's name."""
    forms = {id(folder.online): folder.online for folder in folders}
    cases = [folder.listed for folder in folders]
    lists, failed = [], []
    for format in ("pdf", "xlsx"):
        document = listed(list(forms.values()), cases, today, whole=format == "xlsx")
        try:
            one = made(document, format, folders[0].pack)
        except Unprintable as fault:
            failed.append((f"{LIST_NAME}.{format}", str(fault)))
            continue
        write_atomically(bench / format, one.content)
        lists.append(msgspec.structs.replace(one, content=b""))
    return lists, failed


def _put(
    store: CaseStore,
    folders: Sequence[_Folder],
    papers: Sequence[Made],
    lists: Sequence[Made],
    out: Path,
    bench: Path,
    left_out: tuple[tuple[str, str], ...],
) -> FoldersMade:
    stems = [stem_of(one.online.folder_name, one.stored.case, one.stored.id) for one in folders]
    each = [name.replace(" (", "-").removesuffix(")") for name in unique_names(stems)]
    wished = [*each, *(f"{LIST_NAME}.{one.format}" for one in lists)]
    ours = _Ours(store, folders)
    names = _free_names(out, wished, ours)
    places = [out / name for name in names]
    sources = [*(one.at for one in folders), *(bench / one.format for one in lists)]
    (bench / "aside").mkdir()
    with store.transaction(), set_aside(places[: len(folders)], bench / "former"):
        store.papers.record_exports([*papers, *lists])
        publish(list(zip(sources, places, strict=True)), aside=bench / "aside")
    return FoldersMade(
        folders=tuple(
            OnlineFolder(
                case=case_name(one.stored.case),
                number=number_text(one.stored.case) or None,
                folder=place,
                files=tuple(one.names),
                missing=tuple(one.missing),
            )
            for one, place in zip(folders, places[: len(folders)], strict=True)
        ),
        lists=tuple(places[len(folders) :]),
        left_out=left_out,
        kept=tuple(out / old for old, new in zip(wished, names, strict=True) if old != new),
    )


class _Ours:
    """Tells what the program itself put somewhere, so that it may be replaced."""

    def __init__(self, store: CaseStore, folders: Sequence[_Folder]) -> None:
        exports = store.papers.exports_of([one.stored.id for one in folders])
        self._made = {one.sha256 for some in exports.values() for one in some}
        self._made |= {one.sha256 for one in store.papers.exports(None) if one.paper == CODE}
        self._store = store

    def __call__(self, place: Path) -> bool:
        """Whether a file is ours, or a folder in which nothing else lies."""
        if not place.is_dir():
            return self._are_ours([place])
        files = [path for path, _ in zip(place.iterdir(), range(_MOST_LOOKED_AT), strict=False)]
        return len(files) < _MOST_LOOKED_AT and self._are_ours(files)

    def _are_ours(self, files: Sequence[Path]) -> bool:
        hashes = set()
        for file in files:
            try:
                content = read_bytes(file, most=MOST_OF_A_PAPER)
            except CannotRead:  # a folder, too
                return False
            if file.name != MISSING_FILE or _MISSING_HEAD.encode() not in content[:200]:
                hashes.add(hashlib.sha256(content).hexdigest())
        left = hashes - self._made
        return not left or left == self._store.web.keeps(left)


def _free_names(out: Path, wished: Sequence[str], ours: _Ours) -> list[str]:
    """The names, with a count where something lies there that is not ours."""
    taken = {name_key(name) for name in wished}
    chosen = []
    for name in wished:
        free, count = name, 1
        while ((out / free).exists() and not ours(out / free)) or (
            free != name and name_key(free) in taken
        ):
            count += 1
            free = numbered(name, count) if "." in name else f"{name}-{count}"
        taken.add(name_key(free))
        chosen.append(free)
    return chosen
