"""Payments to members as a workbook: written out with what is due, filled in, taken back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from forms.exchange.record_rows import ReadRow, rows_under
from forms.exchange.workbook_reader import read_file
from forms.ground.cleaning import fold
from forms.office.pool_money import PoolMoney
from forms.office.pool_payments import owed
from forms.office.store import CannotDo
from forms.output.plain_book import Cell, SheetOfRows, write_plain_book
from forms.pack.types import Field, FieldKind
from forms.pool.runs import Payment

SHEET = "付款"


def _column(path: str, label: str, kind: FieldKind = "text", *words: str) -> Field:
    return Field(path=path, label=label, kind=kind, columns=(label, *words))


_COLUMNS = (
    _column("run", "分配编号", "text", "编号", "分配"),
    _column("member", "成员", "text", "成员名称", "单位名称", "收款人"),
    _column("left", "未付（元）", "money", "应付未付"),
    _column("day", "付款日", "date", "付款日期", "日期"),
    _column("amount", "付款金额（元）", "money", "付款金额", "金额", "金额（元）"),
    _column("voucher", "票据号、回单号", "text", "票据号", "回单号", "凭证号"),
)
_NEEDS = ("member", "day", "amount")


class PaymentRows(NamedTuple):
    """What a workbook says of payments, and sentences on rows that can not be taken."""

    payments: tuple[Payment, ...]
    notes: tuple[str, ...]


def payment_book(money: PoolMoney) -> bytes:
    """Return a workbook of what is due, to be filled in, and of what was paid."""
    due: list[tuple[Cell, ...]] = [
        (one.run.number, one.share.name, one.left, None, None, None)
        for one in owed(money)
        if one.left
    ]
    runs, names = dict(money.numbered), _names(money)
    paid: list[tuple[Cell, ...]] = [
        (
            runs[kept.record.run_id].number if kept.record.run_id in runs else "",
            names.get(kept.record.member_id, ""),
            kept.record.day,
            kept.record.amount,
            kept.record.voucher,
            kept.updated_by,
        )
        for kept in money.payments
    ]
    head = tuple(field.label for field in _COLUMNS)
    kept_head = ("分配编号", "成员", "付款日", "已付金额（元）", "票据号、回单号", "登记人")
    sheets = [SheetOfRows(SHEET, head, due), SheetOfRows("已付", kept_head, paid)]
    return write_plain_book(sheets, f"{money.pool.name} 付款")


def read_payments(file: Path, money: PoolMoney) -> PaymentRows:
    """Read payments from a workbook; rows without a day and an amount are passed over.

    Raises CannotDo where no sheet has the headings, UnreadableFile.
    """
    read = (rows_under(sheet, _COLUMNS, _NEEDS) for sheet in read_file(file))
    found = [rows for rows in read if rows is not None]
    if not found:
        raise CannotDo(
            f"“{file.name}”没有付款的表：表头须有“成员”“付款日”“付款金额（元）”。"
            "可先用 pool pay --out 写出，填好后再导入。"
        )
    notes: list[str] = []
    payments = list(_payments(found[0], money, notes))
    return PaymentRows(tuple(payments), tuple(notes))


def _payments(rows: Sequence[ReadRow], money: PoolMoney, notes: list[str]) -> Iterator[Payment]:
    waiting = [one for one in owed(money) if one.left]
    known = {
        (kept.record.run_id, kept.record.member_id, kept.record.day, kept.record.amount)
        for kept in money.payments
    }
    for row in rows:
        values: Mapping[str, Any] = row.values
        notes += row.wrong
        day, amount = values.get("day"), values.get("amount")
        if row.wrong or not isinstance(day, date) or not isinstance(amount, Decimal):
            if day is not None or amount is not None:
                notes.append(_at(row, "付款日、付款金额须都填写"))
            continue
        name, number = str(values.get("member", "")), str(values.get("run", ""))
        mine = [
            one
            for one in waiting
            if fold(one.share.name) == fold(name) and number in ("", one.run.number)
        ]
        if len(mine) != 1:
            why = "没有未付的款项" if not mine else "有几次未付清，请填写分配编号"
            notes.append(_at(row, f"{name} {why}"))
            continue
        one = mine[0]
        key = (one.run_id, one.share.member_id, day, amount)
        if key in known:
            notes.append(_at(row, f"{name} 的这笔付款已经登记，未重复登记"))
            continue
        known.add(key)
        yield Payment(
            run_id=one.run_id,
            member_id=one.share.member_id,
            day=day,
            amount=amount,
            voucher=str(values.get("voucher", "")),
        )


def _at(row: ReadRow, words: str) -> str:
    return f"工作表“{row.sheet}”第 {row.row} 行：{words}"


def _names(money: PoolMoney) -> dict[int, str]:
    return {member_id: member.party.name for member_id, member in money.members}
