"""Papers that were made, put where they belong: under names that are free, all or none."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import overload

import msgspec

from forms.ground.bulk_files import Spool
from forms.ground.files import (
    CannotRead,
    name_key,
    numbered,
    other_names,
    publish,
    read_bytes,
)
from forms.ground.packed import Packed
from forms.office.store import CaseStore
from forms.office.stored import Made
from forms.pack.types import Pack


class Done(msgspec.Struct, frozen=True, gc=False):
    """A paper that was made; it lies on the bench under its place."""

    place: int
    name: str
    case: str | None
    paper: str
    format: str
    draft: bool
    case_id: int | None
    licence_id: int | None
    sha256: bytes
    words: int


class Exported(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A paper that was exported; `case` is None for one of many cases."""

    folder: Path
    name: str
    case: str | None
    paper: str
    format: str
    draft: bool

    @property
    def path(self) -> Path:
        """Its file."""
        return self.folder / self.name


_PACKED = msgspec.msgpack.Encoder()
_UNPACKED = msgspec.msgpack.Decoder(Done)


class DoneSoFar:
    """The papers that were made, put by in a file: of each, sixteen bytes stay in memory.

    They are gone through in the order of their places, once all are there, each time from the
    file.  Raises CannotWrite, CannotRead.
    """

    def __init__(self, spool: Spool) -> None:
        """Begin with none; the spool is for nothing else."""
        self._spool = spool
        self.places = array("q")
        self._kept = array("q")

    def __len__(self) -> int:
        """How many there are."""
        return len(self.places)

    def add(self, one: Done) -> None:
        """Put a paper by."""
        self.places.append(one.place)
        self._kept.append(self._spool.add(_PACKED.encode(one)))

    def put_in_order(self) -> None:
        """Put them into the order of their places."""
        order = sorted(range(len(self)), key=self.places.__getitem__)
        self.places = array("q", map(self.places.__getitem__, order))
        self._kept = array("q", map(self._kept.__getitem__, order))

    def __iter__(self) -> Iterator[Done]:
        """Yield each."""
        return map(self.at, range(len(self)))

    def at(self, place: int) -> Done:
        """Return one by where it stands among them."""
        return _UNPACKED.decode(self._spool.read(self._kept[place]))


class _Names(Collection[str]):
    """The names of papers, read when they are asked for; some are called otherwise, by places."""

    def __init__(self, done: DoneSoFar, others: Mapping[int, str]) -> None:
        self._done, self._others = done, others

    def __len__(self) -> int:
        return len(self._done)

    def __iter__(self) -> Iterator[str]:
        return (self._others.get(at, one.name) for at, one in enumerate(self._done))

    def __contains__(self, name: object) -> bool:
        return any(one == name for one in self)

    def at(self, place: int) -> str:
        return self._others.get(place) or self._done.at(place).name


class _Placing(Sequence[tuple[Path, Path]]):
    """Where each file lies and where it belongs, told when it is asked for: there are many."""

    def __init__(self, bench: Path, files: Sequence[int], papers: Sequence[Exported]) -> None:
        self._bench, self._files, self._papers = bench, files, papers

    def __len__(self) -> int:
        return len(self._papers)

    def __iter__(self) -> Iterator[tuple[Path, Path]]:
        return map(self._placed, self._files, self._papers)

    @overload
    def __getitem__(self, at: int) -> tuple[Path, Path]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[Path, Path]]: ...
    def __getitem__(self, at: int | slice) -> tuple[Path, Path] | Sequence[tuple[Path, Path]]:
        if isinstance(at, slice):
            return _Placing(self._bench, self._files[at], self._papers[at])
        return self._placed(self._files[at], self._papers[at])

    def _placed(self, file: int, paper: Exported) -> tuple[Path, Path]:
        return self._bench / str(file), paper.path


def put_in_place(
    store: CaseStore,
    pack: Pack,
    bench: Path,
    out: Path,
    words: Spool,
    done: DoneSoFar,
    there: Path,
) -> tuple[Sequence[Exported], tuple[Path, ...]]:
    """Note the papers and move their files from a bench to a folder.

    `there` is where the folder's files will lie in the end.  Returns the papers, and which files
    lay there that are none of ours.  Raises CannotWrite, CannotRead.
    """
    aside = bench / "aside"
    wanted = _Names(done, other_names(_Names(done, {})))
    free = _free_names(store, there, wanted, done)
    papers = Packed(Exported, _exported(out, wanted, free, done))
    aside.mkdir()
    with store.transaction():
        store.papers.record_exports(_as_made(words, pack, done))
        publish(_Placing(bench, done.places, papers), aside=aside)
    return papers, tuple(there / wanted.at(place) for place in free)


def _exported(
    out: Path, wanted: _Names, free: Mapping[int, str], done: DoneSoFar
) -> Iterator[Exported]:
    for place, (name, one) in enumerate(zip(wanted, done, strict=True)):
        yield Exported(
            folder=out,
            name=free.get(place, name),
            case=one.case,
            paper=one.paper,
            format=one.format,
            draft=one.draft,
        )


def _as_made(words: Spool, pack: Pack, done: DoneSoFar) -> Generator[Made, None, None]:
    for one in done:
        yield Made(
            paper=one.paper,
            format=one.format,
            words=words.read(one.words).decode(),
            sha256=one.sha256.hex(),
            draft=one.draft,
            pack_code=pack.identity.code,
            pack_version=pack.identity.version,
            case_id=one.case_id,
            licence_id=one.licence_id,
        )


def _free_names(store: CaseStore, out: Path, names: _Names, papers: DoneSoFar) -> dict[int, str]:
    """Names with a count where a file lies that is not an earlier export, by their places."""
    taken: set[str] = set()
    chosen = {}
    for place, (name, paper) in enumerate(zip(names, papers, strict=True)):
        if not _is_foreign(store, out / name, paper):
            continue
        taken = taken or {name_key(one) for one in names}
        free, count = name, 1
        while free == name or name_key(free) in taken or _is_foreign(store, out / free, paper):
            count += 1
            free = numbered(name, count)
        taken.add(name_key(free))
        chosen[place] = free
    return chosen


MOST_OF_A_PAPER = 100 << 20  # bytes; what is larger is none of ours


def _is_foreign(store: CaseStore, path: Path, paper: Done) -> bool:
    """Whether something lies at a place that no export of this paper or contract put there."""
    if not path.exists():
        return False
    try:
        there = sha256(read_bytes(path, most=MOST_OF_A_PAPER)).digest()
    except CannotRead:
        return True
    if there == paper.sha256:
        return False
    return all(
        export.sha256 != there.hex()
        for export in store.papers.exports(paper.case_id)
        if export.licence_id == paper.licence_id
    )
