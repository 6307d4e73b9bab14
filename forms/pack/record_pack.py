"""Record packs (文书包): papers, lists and words of records that are no cases.

A record pack is a folder beside the form packs.  It holds records.toml (what it is, and its
parameters), perhaps codes.toml (code lists and lists of questions), texts.toml (sentences with
slots), tables.toml (columns of workbooks), and papers/*.toml, in the language of all papers and
filled by `forms.paper.facts_view`.  It is no form pack: it has no pack.toml, so nothing offers it
for cases.  Where an authority publishes its own list or columns, the pack's file changes, no code.

`record_pack` is the one that counts of a kind; one of the office's own counts before the shipped.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from forms.ground.locate import packs_folder
from forms.pack.pack_files import Fault, FolderReader, PackFault, flat, read_toml
from forms.pack.pack_identity import identity_faults, version_key
from forms.pack.paper_faults import over_names, slot_faults
from forms.pack.record_types import (
    CodeList,
    Parameter,
    ParameterKind,
    RecordIdentity,
    RecordPack,
    RecordPackKind,
    SheetTable,
)
from forms.pack.slots import SlotFault, parse
from forms.pack.types import PackRecord

RECORDS_FILE = "records.toml"
CODES_FILE = "codes.toml"
TEXTS_FILE = "texts.toml"
TABLES_FILE = "tables.toml"
KIND_OF_PACK = "文书包"

MOST_CODES = 200  # of one list
MOST_COLUMNS = 120  # of one table
_NAME = re.compile("[a-z][a-z0-9_]{0,39}")

Said = Iterator[tuple[str, str]]  # key, reason
R = TypeVar("R", bound=PackRecord)


class _RecordsFile(PackRecord, frozen=True):
    identity: RecordIdentity
    parameters: tuple[Parameter, ...] = ()


class _CodesFile(PackRecord, frozen=True):
    codes: tuple[CodeList, ...] = ()


class _TablesFile(PackRecord, frozen=True):
    tables: tuple[SheetTable, ...] = ()


class _Reader(FolderReader):
    """Reads a record pack's files; what is wrong with any of them is noted, all of it."""

    def pack(self) -> RecordPack:
        """Return the pack.  Raises PackFault."""
        if not self.folder.is_dir():
            self.say("", "", f"找不到文件夹：{self.folder}")
        main = self.record(RECORDS_FILE, _RecordsFile)
        codes = self._beside(CODES_FILE, _CodesFile) or _CodesFile()
        tables = self._beside(TABLES_FILE, _TablesFile) or _TablesFile()
        has_texts = (self.folder / TEXTS_FILE).exists()
        texts = self.record(TEXTS_FILE, dict[str, str], flat) if has_texts else None
        papers = tuple(self.papers_of())
        for file, faults in (
            (CODES_FILE, code_faults(codes.codes)),
            (TABLES_FILE, table_faults(tables.tables, {one.name for one in codes.codes})),
            (TEXTS_FILE, text_faults(texts or {})),
            *((name, over_names(paper)) for name, paper in papers),
            *((name, slot_faults(paper)) for name, paper in papers),
        ):
            for key, reason in faults:
                self.say(file, key, reason)
        if main is not None:
            for key, reason in (
                *identity_faults(main.identity),
                *parameter_faults(main.parameters),
            ):
                self.say(RECORDS_FILE, key, reason)
        if main is None or self.faults:
            raise PackFault(self.folder, self.faults, KIND_OF_PACK)
        return RecordPack(
            identity=main.identity,
            folder=self.folder,
            parameters=main.parameters,
            codes={one.name: one for one in codes.codes},
            texts=texts or {},
            tables={one.name: one for one in tables.tables},
            papers={paper.code: paper for _, paper in papers},
        )

    def _beside(self, name: str, shape: type[R]) -> R | None:
        return self.record(name, shape) if (self.folder / name).exists() else None


def parameter_faults(parameters: tuple[Parameter, ...]) -> Said:
    """Yield key and reason (Chinese) of what is wrong with parameters."""
    yield from _names("parameters", [one.name for one in parameters])
    for place, one in enumerate(parameters):
        key = f"parameters[{place}]"
        if one.value is None and not one.help.strip():
            yield f"{key}.help", "没有值的参数，要在 help 里写明尚不知道什么、怎么办"
        elif one.value is not None and not _is_of(one.kind, one.value):
            yield f"{key}.value", f"不是{_KIND_WORDS[one.kind]}"


_KIND_WORDS: Mapping[ParameterKind, str] = {
    "days": "不小于 0 的整数",
    "number": "整数",
    "percent": '加引号的数字（如 "12.5"）',
    "money": '加引号的数字（如 "12.50"）',
    "text": "文字",
    "date": '加引号的日期（如 "2026-01-01"）',
    "flag": "true/false",
}


def _is_of(kind: ParameterKind, value: int | bool | str) -> bool:
    if kind == "flag" or isinstance(value, bool):
        return kind == "flag" and isinstance(value, bool)
    if kind in ("days", "number"):
        return isinstance(value, int) and (kind == "number" or value >= 0)
    if not isinstance(value, str):
        return False
    try:
        if kind == "date":
            date.fromisoformat(value)
        return kind in ("date", "text") or Decimal(value).is_finite()
    except (InvalidOperation, ValueError):
        return False


def code_faults(lists: tuple[CodeList, ...]) -> Said:
    """Yield key and reason (Chinese) of what is wrong with code lists."""
    yield from _names("codes", [one.name for one in lists])
    for place, one in enumerate(lists):
        key = f"codes[{place}].codes"
        if not 1 <= len(one.codes) <= MOST_CODES:
            yield key, f"应有 1 至 {MOST_CODES} 项"
        yield from _names(key, [code.value for code in one.codes], "value")
        for inner, code in enumerate(one.codes):
            if not code.label.strip():
                yield f"{key}[{inner}].label", "不能空着"


def table_faults(tables: tuple[SheetTable, ...], lists: set[str]) -> Said:
    """Yield key and reason (Chinese) of what is wrong with columns; `lists` are the code lists."""
    yield from _names("tables", [one.name for one in tables])
    for place, one in enumerate(tables):
        key = f"tables[{place}].columns"
        if not 1 <= len(one.columns) <= MOST_COLUMNS:
            yield key, f"应有 1 至 {MOST_COLUMNS} 列"
        yield from _names(key, [column.name for column in one.columns])
        headers = Counter(column.header for column in one.columns)
        for inner, column in enumerate(one.columns):
            at = f"{key}[{inner}]"
            if headers[column.header] > 1 or not column.header.strip():
                yield f"{at}.header", f"“{column.header}”重复或者空着"
            if column.codes and column.codes not in lists:
                yield f"{at}.codes", f"没有名为 {column.codes} 的代码表"
            if (column.kind == "choice") != bool(column.codes):
                yield f"{at}.codes", "choice 的列要写明代码表（codes），其他的列不写"
            if column.width_mm <= 0:
                yield f"{at}.width_mm", "应大于 0"


def text_faults(texts: Mapping[str, str]) -> Said:
    """Yield key and reason (Chinese) of each sentence whose slots can not be read."""
    for name, text in texts.items():
        try:
            parse(text)
        except SlotFault as fault:
            yield name, str(fault)


def _names(key: str, names: list[str], member: str = "name") -> Said:
    counted = Counter(names)
    for place, name in enumerate(names):
        if not _NAME.fullmatch(name):
            yield f"{key}[{place}].{member}", "只能用小写字母、数字和下划线，以字母开头"
        if counted[name] > 1:
            yield f"{key}[{place}].{member}", f"“{name}”重复"


# --- which of them counts -----------------------------------------------------------------------


def load_record_pack(folder: Path) -> RecordPack:
    """Return the record pack in a folder.  Raises PackFault with all that is wrong with it.

    The one read before is returned while its files are the same.
    """
    return _loaded(folder, _stamps(folder))


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    files = (*folder.glob("*.toml"), *folder.glob("*/*.toml"))
    stats = ((file.relative_to(folder).as_posix(), file.stat()) for file in sorted(files))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=16)
def _loaded(folder: Path, _stamps: tuple[tuple[str, int, int], ...]) -> RecordPack:
    return _Reader(folder).pack()


class PassedOver(msgspec.Struct, frozen=True, kw_only=True):
    """A record pack of the office's own that can not be used, and why."""

    folder: Path
    faults: tuple[Fault, ...]


def find_record_packs(root: Path) -> dict[str, Path]:
    """Return code -> folder of the record packs under a root, sorted by code.

    One whose records.toml can not be read stands under its folder's name, as form packs do.
    """
    found: dict[str, Path] = {}
    if root.is_dir():
        for folder in sorted(one for one in root.iterdir() if (one / RECORDS_FILE).is_file()):
            found.setdefault(_said(folder, "code") or folder.name, folder)
    return dict(sorted(found.items()))


def record_pack(kind: RecordPackKind, own: Path | None = None) -> RecordPack:
    """Return the record pack that counts of a kind.

    `own` is the folder of the packs beside the data.  One there takes the place of the shipped
    one of its code, and counts before those of other codes; of several the latest version does.
    One that can not be used is passed over (`passed_over`).  Raises PackFault where none is left.
    """
    shipped, mine = find_record_packs(packs_folder()), find_record_packs(own) if own else {}
    for folders in (mine, shipped):
        of_kind = [folder for folder in folders.values() if _said(folder, "kind") == kind]
        for folder in sorted(of_kind, key=_version, reverse=True):
            try:
                return load_record_pack(folder)
            except PackFault:
                continue
    raise PackFault(packs_folder(), [Fault("", "", f"没有可用的{kind}文书包")], KIND_OF_PACK)


def passed_over(own: Path) -> tuple[PassedOver, ...]:
    """The record packs of the office's own that can not be used, with all their faults."""
    found = []
    for folder in find_record_packs(own).values():
        try:
            load_record_pack(folder)
        except PackFault as fault:
            found.append(PassedOver(folder=folder, faults=tuple(fault.faults)))
    return tuple(found)


def _version(folder: Path) -> tuple[tuple[int, int, str], ...]:
    return version_key(_said(folder, "version"))


def _said(folder: Path, key: str) -> str:
    data, _ = read_toml(folder, RECORDS_FILE)
    identity = (data or {}).get("identity")
    found = identity.get(key) if isinstance(identity, dict) else ""
    return found if isinstance(found, str) else ""
