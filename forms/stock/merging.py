"""Workbooks that came back, held against the stock: what changed, and what is not surely meant.

Three values of an item are compared: the one that was sent, the one that stands here, and the one
that came back.  What changed there alone is taken; what changed here alone stays; what changed in
both and not alike is a conflict.  A blank takes nothing away.  Nothing is decided in silence: what
is not surely meant is told and taken by choice (`Change.is_taken`).

This module must not know files, a store or a screen.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from forms.ground.cleaning import fold
from forms.stock.facts import InStock, key_of
from forms.stock.records import Sending, Values
from forms.stock.returned import NOTHING, Returned, ReturnedFile, ReturnedRow, Said, place_of
from forms.stock.stock_items import Item, StockForm

Standing = Literal[
    "changed", "conflict", "cleared", "unread", "guessed", "renumbered", "foreign", "merged"
]
STANDINGS: Mapping[Standing, str] = {
    "changed": "更新",
    "conflict": "冲突",
    "cleared": "清空",
    "unread": "不能识别",
    "guessed": "列名推断",
    "renumbered": "专利号被改",
    "foreign": "别院的专利",
    "merged": "合并单元格",
}
"""What a change is, in words."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell would change of a patent's item; `place` says where it stands in its file.

    `reason` tells why it is not taken by itself, `by` who filled it in.
    """

    patent: InStock
    item: Item
    before: Said
    after: Said
    standing: Standing
    is_taken: bool
    file: str
    place: str
    reason: str = ""
    by: str = ""

    @property
    def key(self) -> tuple[int, str, str]:
        """What the change is known by: the record, the item, the place in the file."""
        return (self.patent.id, self.item.code, f"{self.file}\n{self.place}")


class OddRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is of no patent in stock; `number` is "" where it can not be read."""

    file: str
    place: str
    text: str
    number: str
    title: str
    row: ReturnedRow


class MissingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A patent that was sent and stands in no row of what came back."""

    file: str
    college: str
    number: str
    title: str


class FileStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A file that came back: of which sending it is (its record), how many rows and blanks."""

    file: ReturnedFile
    sending: int | None
    college: str
    known: int
    unfilled: int


class MergePlan(msgspec.Struct, frozen=True, kw_only=True):
    """What merging would do."""

    changes: tuple[Change, ...]
    odd: tuple[OddRow, ...]
    missing: tuple[MissingRow, ...]
    files: tuple[FileStanding, ...]
    unchanged: int
    notes: tuple[str, ...]

    def count(self, standing: Standing) -> int:
        """How many changes are of a standing."""
        return sum(one.standing == standing for one in self.changes)


class _Base(msgspec.Struct):
    """What was sent last of each patent, and in which sending each file's patents were."""

    values: dict[str, Mapping[str, Values]]
    titles: dict[str, str]
    of_sending: dict[int, dict[str, str]]  # record -> key -> title
    colleges: dict[int, str]


def plan_merge(
    form: StockForm,
    stock: Sequence[InStock],
    sendings: Sequence[tuple[int, Sending]],
    files: Sequence[ReturnedFile],
) -> MergePlan:
    """Return what merging some files would do; `sendings` are records in order of sending."""
    base, by_key = _base(sendings), {one.key: one for one in stock}
    found: list[Change] = []
    odd: list[OddRow] = []
    missing: list[MissingRow] = []
    standings: list[FileStanding] = []
    notes: list[str] = []
    unchanged = 0
    for file in files:
        looked = _Looked(form, file, by_key, base)
        found += looked.changes
        odd += looked.odd
        missing += looked.missing
        standings.append(looked.standing)
        notes += looked.notes
        unchanged += looked.unchanged
    return MergePlan(
        changes=tuple(_against_each_other(found)),
        odd=tuple(odd),
        missing=tuple(missing),
        files=tuple(standings),
        unchanged=unchanged,
        notes=tuple(notes),
    )


def _base(sendings: Sequence[tuple[int, Sending]]) -> _Base:
    base = _Base({}, {}, {}, {})
    for record, sending in sendings:
        keys = base.of_sending.setdefault(record, {})
        base.colleges[record] = sending.college
        for row in sending.rows:
            key = key_of(row.number)
            keys[key] = row.title
            base.values[key], base.titles[key] = row.values, row.title
    return base


class _Looked:
    """One file, looked at row by row."""

    def __init__(
        self, form: StockForm, file: ReturnedFile, by_key: Mapping[str, InStock], base: _Base
    ) -> None:
        self._form, self._file, self._by_key, self._base = form, file, by_key, base
        self.changes: list[Change] = []
        self.odd: list[OddRow] = []
        self.notes = [f"{file.name}：{words}" for words in file.notes]
        self.unchanged = 0
        keys = [key_of(row.number) for row in file.rows]
        here = set(keys)
        self._sending = self._which(here)
        sent = base.of_sending.get(self._sending or 0, {})
        lost = {key: title for key, title in sent.items() if key not in here}
        unfilled = 0
        for key, row in zip(keys, file.rows, strict=True):
            patent, standing = self._patent(key, row, sent, lost)
            if patent is None:
                self.odd.append(self._odd(row, key))
                continue
            if standing == "renumbered":
                lost.pop(patent.key, None)
            unfilled += self._row(patent, row, standing)
        college = base.colleges.get(self._sending or 0, "")
        self.missing = [
            MissingRow(file=file.name, college=college, number=by_key[key].number, title=title)
            for key, title in lost.items()
            if key in by_key
        ]
        self.standing = FileStanding(
            file=file,
            sending=self._sending,
            college=college,
            known=len(here & by_key.keys()),
            unfilled=unfilled,
        )
        if file.rows and self._sending is None:
            self.notes.append(f"{file.name}：认不出是发给哪个学院的表，按专利号逐件核对")

    def _which(self, here: set[str]) -> int | None:
        """The sending a file is of: that with most of its patents, the last of several alike.

        None where that has not even half of them: a list of the whole school.
        """
        best, most = None, len(here & self._by_key.keys()) // 2 + 1
        for record, keys in self._base.of_sending.items():
            if (count := len(here & keys.keys())) and count >= most:
                best, most = record, count
        return best

    def _patent(
        self, key: str, row: ReturnedRow, sent: Mapping[str, str], lost: Mapping[str, str]
    ) -> tuple[InStock | None, Standing]:
        """The patent a row is of, and how surely: by its number, else by its title alone."""
        if (known := self._by_key.get(key)) is not None:
            is_foreign = bool(sent) and key not in sent
            return known, "foreign" if is_foreign else "changed"
        title = fold(row.title)
        alike = [one for one, words in lost.items() if title and fold(words) == title]
        if len(alike) == 1 and alike[0] in self._by_key:
            return self._by_key[alike[0]], "renumbered"
        return None, "changed"

    def _odd(self, row: ReturnedRow, key: str) -> OddRow:
        is_number = key.isdigit() and len(key) in (8, 12)
        return OddRow(
            file=self._file.name,
            place=place_of(row),
            text=row.number,
            number=row.number if is_number else "",
            title=row.title,
            row=row,
        )

    def _row(self, patent: InStock, row: ReturnedRow, surely: Standing) -> int:
        """Look at a row's cells; return 1 where it leaves a counted item blank."""
        base = self._base.values.get(patent.key, {})
        self._tell_title(patent, row)
        for item in self._form.items:
            cell = row.cells.get(item.code)
            if cell is None:
                continue
            before = said_of(patent, item.code)
            sent = Said(base.get(item.code, ()))
            self._cell(patent, row, item, cell, before, sent, surely)
        main = (row.cells.get(item.code) for item in self._form.main)
        return int(any(cell is None or cell.said.is_blank for cell in main))

    def _cell(
        self,
        patent: InStock,
        row: ReturnedRow,
        item: Item,
        cell: Returned,
        before: Said,
        sent: Said,
        surely: Standing,
    ) -> None:
        after = cell.said
        if after == before or (after == sent and not before.is_blank):
            self.unchanged += 1
            return
        if after.is_blank:
            if not sent.is_blank and before == sent:
                words = "发出时已填，收回的表中为空"
                self._add(patent, row, item, before, after, "cleared", words)
            else:
                self.unchanged += 1
            return
        if after.unread:
            is_taken = before.is_blank
            self._add(patent, row, item, before, after, "unread", cell.fault, is_taken=is_taken)
            return
        if not before.is_blank and before != sent and not before.unread:
            words = "发出以后本处也改过，请选定以哪一处为准"
            if sent.is_blank and not self._base.values.get(patent.key):
                words = "本处已经填写，与收回的不同"
            self._add(patent, row, item, before, after, "conflict", words)
            return
        standing: Standing = surely
        if cell.is_guessed:
            standing = "guessed"
        elif cell.is_merged and surely == "changed":
            standing = "merged"
        reason = _REASONS.get(standing, "")
        is_taken = standing in ("changed", "merged")
        self._add(patent, row, item, before, after, standing, reason, is_taken=is_taken)

    def _add(
        self,
        patent: InStock,
        row: ReturnedRow,
        item: Item,
        before: Said,
        after: Said,
        standing: Standing,
        reason: str,
        *,
        is_taken: bool = False,
    ) -> None:
        self.changes.append(
            Change(
                patent=patent,
                item=item,
                before=before,
                after=after,
                standing=standing,
                is_taken=is_taken,
                file=self._file.name,
                place=place_of(row),
                reason=reason,
                by=row.filler or self._base.colleges.get(self._sending or 0, ""),
            )
        )

    def _tell_title(self, patent: InStock, row: ReturnedRow) -> None:
        sent = self._base.titles.get(patent.key)
        if sent and row.title and fold(row.title) not in (fold(sent), fold(patent.title)):
            self.notes.append(
                f"{self._file.name} {place_of(row)}：{patent.number} 的专利名称被改动，"
                "名称以台账为准，未采用"
            )


_REASONS: Mapping[Standing, str] = {
    "guessed": "列名不认识，按位置和内容推断，请核对",
    "renumbered": "专利号被改动，按专利名称认出，请核对",
    "foreign": "不在发给该学院的表中，请核对由谁填写",
    "merged": "按合并单元格的第一格读取",
}


def said_of(patent: InStock, code: str) -> Said:
    """Return what stands here in an item."""
    answer = patent.patent.answers.get(code)
    return Said(answer.values, answer.unread) if answer is not None else NOTHING


def _against_each_other(found: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes in order; of several that say different things of one item none is taken.

    Of several that say the same the first counts.
    """
    together: dict[tuple[int, str], list[Change]] = defaultdict(list)
    for one in found:
        together[(one.patent.id, one.item.code)].append(one)
    for same in together.values():
        filled = [one for one in same if one.standing != "cleared"] or same
        if len({one.after for one in filled}) == 1:
            yield max(filled, key=lambda one: one.is_taken)
            continue
        for one in filled:
            others = "、".join(
                dict.fromkeys(f"{other.file} {other.place}" for other in filled if other is not one)
            )
            yield msgspec.structs.replace(
                one, standing="conflict", is_taken=False, reason=f"与{others}填的不同，请选定一处"
            )
