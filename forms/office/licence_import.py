"""Add a licence granted under a case, as it stands in a JSON file of the published shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from forms.check.case_check import checker_of
from forms.exchange.json_file import MAX_JSON_BYTES, read_json_file
from forms.exchange.json_shape import converted, each_value
from forms.facts.paths import value_at, with_value
from forms.facts.record import LICENCE_VERSION, Licence
from forms.ground.files import read_bytes
from forms.ground.problems import Problem
from forms.office.store import CannotDo, CaseStore, case_name
from forms.office.stored import StoredCase, StoredLicence
from forms.pack.reading import Unreadable, read
from forms.pack.types import Pack

_LICENCE = "licence."
LARGEST = 10**15
MOST_DECIMALS = 10


@dataclass(frozen=True, kw_only=True)
class Licensed:
    """A licence that was added: its place among the case's (from 1), and its problems.

    `was_known` where the case had exactly this one already; nothing then was added.
    """

    place: int
    licence: Licence
    problems: tuple[Problem, ...]
    was_known: bool = False


def read_licence_file(file: Path) -> Licence:
    """Read a licence from a JSON file.

    Raises CannotDo naming every key at fault, UnreadableFile, CannotRead.
    """
    return read_licence(read_bytes(file, most=MAX_JSON_BYTES), file.name)


def read_licence(content: bytes, name: str) -> Licence:
    """Read a licence from JSON.  Raises CannotDo naming every key at fault, UnreadableFile."""
    licence, faults = _converted(read_json_file(content, name))
    if faults:
        raise CannotDo(f"“{name}”不能用作许可合同：{'；'.join(faults)}。格式见 schema licence。")
    if licence.version > LICENCE_VERSION:
        raise CannotDo(f"“{name}”由更新版本的程序生成，请升级后再添加。")
    if not licence.licensee.name.strip():
        raise CannotDo(f"“{name}”未填写被许可人（licensee.name），未登记，请补填。")
    return licence


def add_licence(
    store: CaseStore,
    pack: Pack,
    today: date,
    stored: StoredCase,
    licence: Licence,
    *,
    who: str = "",
) -> Licensed:
    """Add a licence to a case, unless the case has the same already, and check the contract.

    A text that can not be what its field asks for (an account number cut to 6.22E+18) stays as it
    stands in the file, unread, until it is mended.
    """
    licence = _as_read(licence, pack)
    with store.transaction():
        licences = [one.licence for one in store.licences.of_case(stored.id)]
        was_known = licence in licences
        if not was_known:
            store.licences.add(stored.id, licence, who=who)
            licences.append(licence)
    problems = checker_of(pack).check(stored.case, today, licences=[licence])
    return Licensed(
        place=licences.index(licence) + 1,
        licence=licence,
        problems=tuple(problem for problem in problems if problem.scope == "contract"),
        was_known=was_known,
    )


def _as_read(licence: Licence, pack: Pack) -> Licence:
    """The licence with its texts read as every other door reads them."""
    unread = dict(licence.unread)
    for field in pack.fields:
        own = field.path.removeprefix(_LICENCE)
        text = value_at(licence, own) if own != field.path else None
        if not isinstance(text, str) or not text or field.choices:
            continue
        try:
            read(field, text)
        except Unreadable:
            licence = with_value(licence, own, "")
            unread[own] = text
    return msgspec.structs.replace(licence, unread=unread)


def remove_licence(store: CaseStore, stored: StoredCase, place: int, *, who: str = "") -> Licence:
    """Put the licence at a place among the case's (from 1) into the bin.  Raises CannotDo."""
    with store.transaction():
        one = licence_at(store, stored, place)
        store.licences.bin(one.id)
        store.events.log("licence.binned", who=who, case_id=stored.id)
    return one.licence


def licence_at(store: CaseStore, stored: StoredCase, place: int) -> StoredLicence:
    """Return the licence at a place among the case's (from 1).  Raises CannotDo."""
    licences = store.licences.of_case(stored.id)
    if not 1 <= place <= len(licences):
        raise CannotDo(
            f"{case_name(stored.case)} 没有第 {place} 份许可合同，共登记 {len(licences)} 份。"
            "用 license list 查看。"
        )
    return licences[place - 1]


def _converted(data: Any) -> tuple[Licence, list[str]]:
    """The licence in the data, and every fault; with faults what is left of it."""
    licence, faults = converted(data, Licence)
    if licence is None:
        return Licence(), faults
    return licence, faults + [f"{key}：{reason}" for key, reason in _odd_numbers(licence)]


def _is_plain(number: Decimal) -> bool:
    """Whether a number can be written out: 1e-999999999 would be a text of a gigabyte."""
    if not number.is_finite():
        return False
    smallest = int(number.as_tuple().exponent)
    return smallest >= -MOST_DECIMALS and number.copy_abs() < LARGEST  # abs() may overflow


def _odd_numbers(record: Any) -> Iterator[tuple[str, str]]:
    """Key and reason of numbers that can not be meant: below zero, NaN, beyond all measure."""
    for key, value in each_value(record):
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            continue
        is_plain = _is_plain(value) if isinstance(value, Decimal) else abs(value) < LARGEST
        if not is_plain:
            yield key, "不是合理的数字"
        elif value < 0:
            yield key, "不能小于零"
